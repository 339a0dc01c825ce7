"""A table that is added to in pieces is the old one or the new one, wherever writing stops; undoing cuts it off."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

import changing
from mapper import errors
from mapper.intake import change, log
from mapper.sources import files, pending
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapper.intake.book import Book
    from mapper.intake.content import Content

SOURCE = {
    "source_id": "events-of-others",
    "title": "Events",
    "title_kind": "descriptive",
    "publisher": "Others",
    "affiliation": "unclassified",
    "sensitivity": "public",
    "licence": "facts-cited",
}


def event(number: int) -> dict[str, str]:
    when = dict.fromkeys(("date_from", "date_to"), "2026-01-01") | {"date_precision": "day"}
    where = {"level": "township", "pcode": "MMR001001", "where_precision": "exact"}
    return {"event_id": f"test-{number}", **when, **where, "kind": "battle", "source_id": SOURCE["source_id"]}


def events(*numbers: int) -> Callable[[Book], tuple[dict[str, Content], log.Entry]]:
    """A change that adds events to their table, and their source where the package lacks it."""

    def prepare(book: Book) -> tuple[dict[str, Content], log.Entry]:
        if not book.table("sources").rows:
            book.table("sources").add(SOURCE)
        book.ledger("events").add(event(number) for number in numbers)
        return book.contents(), log.Entry(0, changing.AT, "tester", "import test", new=len(numbers))

    return prepare


def state(folder: Path) -> tuple[list[str], int]:
    """What a reader sees: the ids of events, and the entries of the log."""
    ids = [str(name) for part in packages.open_package(folder).events for name in part.index]
    new = pending.instead(folder).get(pending.LOG, folder / pending.LOG)
    return ids, len(log.read(new.read_bytes(), file="log.csv"))


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a package with two events, which no test changes."""
    place = tmp_path_factory.mktemp("fresh") / "package"
    changing.make_package(place)
    change.make(place, events(1, 2))
    return place


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PIECE", 100)


BEFORE = (["test-1", "test-2"], 1)
AFTER = (["test-1", "test-2", "test-3", "test-4"], 2)


@pytest.mark.usefixtures("in_pieces")
@pytest.mark.parametrize("undone", [False, True])
def test_a_power_cut_at_any_piece_leaves_the_old_table_or_the_new_one(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, undone: bool
) -> None:
    seen = []
    for point in range(1, 80):
        folder = shutil.copytree(fresh, tmp_path / f"package-{point}")
        if undone:
            change.make(folder, events(3, 4))
        old, new = (AFTER, (BEFORE[0], 3)) if undone else (BEFORE, AFTER)
        failing = changing.Failing(point, changing.PowerCutError())
        with monkeypatch.context() as patch:
            # a machine that is off cleans nothing up
            real = shutil.rmtree
            patch.setattr(shutil, "rmtree", lambda *a, failing=failing, real=real, **k: failing.off or real(*a, **k))
            try:
                if undone:
                    change.undo(folder, who="tester", at=changing.AT, disk=failing)
                else:
                    change.make(folder, events(3, 4), disk=failing)
            except changing.PowerCutError:
                pass
        found = state(folder)
        assert found in (old, new), f"between, after the cut at call {point}"
        seen.append(found == new)
        shutil.rmtree(folder)
        if not failing.off:
            break
    assert seen == sorted(seen), "from one point on the change counts"
    assert seen.count(False) > 15
    assert seen.count(True) >= 4


@pytest.mark.usefixtures("in_pieces")
def test_a_disk_that_is_full_in_the_middle_of_a_table_leaves_it_as_it_was(fresh: Path, tmp_path: Path) -> None:
    unchanged = {path.name: path.read_bytes() for path in fresh.iterdir() if path.is_file()}
    for point in range(4, 14):
        folder = shutil.copytree(fresh, tmp_path / f"package-{point}")
        with pytest.raises(errors.OutputError, match=r"No space left on device\)\. It is as it was"):
            change.make(
                folder, events(3, 4), disk=changing.Failing(point, OSError(errno.ENOSPC, "No space left on device"))
            )
        assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == unchanged
        assert not (folder / ".intake" / "next").exists()


def test_ctrl_c_in_the_moment_in_which_a_change_begins_to_count_waits_until_it_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = changing.Failing.settle

    def interrupted(self: changing.Failing, place: Path) -> None:
        if (folder / ".intake" / "journal.json").exists():
            os.kill(os.getpid(), signal.SIGINT)
        real(self, place)

    monkeypatch.setattr(changing.Failing, "settle", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            change.make(folder, events(3, 4), disk=changing.Failing(0, OSError()))
    finally:
        signal.signal(signal.SIGINT, before)
    assert state(folder) == AFTER
    assert not (folder / ".intake" / "journal.json").exists()
    assert not (folder / ".intake" / "next").exists()


def test_undoing_an_addition_needs_no_copy_of_the_table(folder: Path) -> None:
    before = (folder / "events.csv").read_bytes()
    change.make(folder, events(3, 4))
    what = json.loads((folder / ".intake" / "undo" / "000002" / "what.json").read_text(encoding="utf-8"))
    assert what["events.csv"]["first"] == len(before)
    assert [path.name for path in (folder / ".intake" / "undo" / "000002").iterdir()] == ["what.json"]
    change.undo(folder, who="tester", at=changing.AT)
    assert (folder / "events.csv").read_bytes() == before


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_the_mark_and_an_open_last_line_stay(folder: Path, ending: bytes, mark: bytes, *, last: bool) -> None:
    file = folder / "events.csv"
    raw = mark + file.read_bytes().replace(b"\n", ending)
    file.write_bytes(raw if last else raw.removesuffix(ending))
    change.make(folder, events(3))
    after = file.read_bytes()
    assert after.startswith(raw)
    assert after.count(ending) == 4
    assert state(folder)[0] == ["test-1", "test-2", "test-3"]
    change.undo(folder, who="tester", at=changing.AT)
    assert file.read_bytes() == (raw if last else raw.removesuffix(ending))


def test_events_twice_in_the_table_are_a_fault_wherever_they_stand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.sources.large.PART", 1)
    with pytest.raises(errors.DataError, match=r"'test-1' occurs more than once\. Give each its own"):
        change.make(folder, events(3, 1))
    assert state(folder) == BEFORE
