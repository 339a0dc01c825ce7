"""A package is the old one or the new one, whatever fails, wherever the power goes; and one writes at a time."""

from __future__ import annotations

import datetime as dt
import errno
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mapper import errors
from mapper.intake import change, disk, log, start
from mapper.sources import package as packages
from mapper.sources import pending

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapper.intake.book import Book

AT = "2026-01-31T08:00:00Z"


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new package that no test changes; each copies it."""
    place = tmp_path_factory.mktemp("fresh") / "package"
    table = place.parent / "places.csv"
    table.write_text(
        "code,name,name_local,district_code,district,state_code,state,lon,lat\n"
        "MMR001001,Myitkyina,မြစ်ကြီးနား,MMR001D001,Myitkyina,MMR001,Kachin,97.39,25.38\n"
        "MMR001002,Waingmaw,ဝိုင်းမော်,MMR001D001,Myitkyina,MMR001,Kachin,97.44,25.35\n",
        encoding="utf-8",
    )
    start.make(place, start.Wishes("A map", places=table, day=dt.date(2026, 1, 1)))
    return place


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return shutil.copytree(fresh, tmp_path / "package")


def alias(name: str) -> Callable[[Book], tuple[dict[str, bytes], log.Entry]]:
    """A change of three files: a note in a table, and a table that the package does not have yet."""

    def prepare(book: Book) -> tuple[dict[str, bytes], log.Entry]:
        book.table("aliases").add({"pcode": "MMR001001", "alias": name, "seen_in": "test", "machine_matched": "no"})
        places = book.table("townships")
        places.change(0, {**places.rows[0], "doubt": f"also {name}"})
        return book.contents(), log.Entry(0, AT, "tester", "import test", new=1, changed=1)

    return prepare


def state(folder: Path) -> tuple[list[str], str, int]:
    """What a reader sees: the aliases of a place, the note on it, and the entries of the log."""
    read = packages.open_package(folder)
    names = read.aliases["alias"].tolist()
    new = pending.instead(folder).get(pending.LOG, folder / pending.LOG)
    entries = log.read(new.read_bytes() if new.is_file() else None, file="log.csv")
    return names, str(read.townships.loc["MMR001001", "doubt"]), len(entries)


BEFORE = ([], "", 0)
AFTER = (["Mitkyina"], "also Mitkyina", 1)


class PowerCutError(BaseException):
    """The machine is off: nothing after it runs."""


class Failing(disk.Disk):
    """A disk on which the n-th call fails, having done half of its work or none."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.left = at
        self.error = error
        self.off = False
        self.calls = 0

    def _call(self) -> None:
        self.calls += 1
        self.left -= 1
        if self.left == 0 or self.off:
            self.off = isinstance(self.error, PowerCutError)
            raise self.error

    def make(self, folder: Path) -> None:
        self._call()
        super().make(folder)

    def write(self, file: Path, content: bytes) -> None:
        try:
            self._call()
        except BaseException:
            file.write_bytes(content[: len(content) // 2])
            raise
        super().write(file, content)

    def move(self, file: Path, place: Path) -> None:
        self._call()
        super().move(file, place)

    def remove(self, file: Path) -> None:
        self._call()
        super().remove(file)

    def settle(self, folder: Path) -> None:
        self._call()
        super().settle(folder)


def calls_of_a_change(folder: Path) -> int:
    counting = Failing(0, OSError())
    change.make(folder, alias("Mitkyina"), disk=counting)
    return counting.calls


@pytest.mark.parametrize("undone", [False, True])
def test_a_power_cut_at_any_write_leaves_the_old_state_or_the_new_one(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, undone: bool
) -> None:
    points = calls_of_a_change(shutil.copytree(fresh, tmp_path / "counted"))
    assert points > 15
    seen = []
    for point in range(1, points + 20):
        folder = shutil.copytree(fresh, tmp_path / f"package-{point}")
        if undone:
            change.make(folder, alias("Mitkyina"))
        old, new = (AFTER, ([], "", 2)) if undone else (BEFORE, AFTER)
        failing = Failing(point, PowerCutError())
        with monkeypatch.context() as patch:
            # a machine that is off cleans nothing up
            real = shutil.rmtree
            patch.setattr(shutil, "rmtree", lambda *a, failing=failing, real=real, **k: failing.off or real(*a, **k))
            try:
                if undone:
                    change.undo(folder, who="tester", at=AT, disk=failing)
                else:
                    change.make(folder, alias("Mitkyina"), disk=failing)
            except PowerCutError:
                pass
        found = state(folder)
        assert found in (old, new), f"between, after the cut at call {point}"
        seen.append(found == new)
        # the next change is made on top of it, and nothing of the broken one is left
        change.make(folder, alias("Mytkyina"))
        names, town, entries = state(folder)
        assert names == [*found[0], "Mytkyina"]
        assert (town, entries) == ("also Mytkyina", found[2] + 1)
        assert sorted(p.name for p in (folder / ".intake").iterdir()) == ["holder", "lock", "undo"]
        shutil.rmtree(folder)
        if not failing.off:
            break
    assert seen == sorted(seen), "from one point on the change counts"
    assert seen[0] is False
    assert seen.count(True) >= 5


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")]
)
def test_a_disk_that_refuses_leaves_the_package_as_it_was_and_says_so(
    fresh: Path, tmp_path: Path, number: int, words: str
) -> None:
    points = calls_of_a_change(shutil.copytree(fresh, tmp_path / "counted"))
    refused = 0
    for point in range(1, points + 1):
        folder = shutil.copytree(fresh, tmp_path / f"package-{point}")
        with pytest.raises(errors.OutputError) as told:
            change.make(folder, alias("Mitkyina"), disk=Failing(point, OSError(number, words)))
        assert words in str(told.value)
        if state(folder) == BEFORE:
            refused += 1
            assert "It is as it was" in str(told.value)
            unchanged = {path.name: path.read_bytes() for path in fresh.iterdir()}
            assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == unchanged
        else:
            assert state(folder) == AFTER
            assert "the change is made and counts" in str(told.value)
    assert refused >= 10


def test_a_folder_that_cannot_be_written_is_one_clear_message(folder: Path) -> None:
    (folder / ".intake").write_text("a file where the folder is due", encoding="utf-8")
    with pytest.raises(errors.OutputError, match=r"the package cannot be changed .* It is as it was"):
        change.make(folder, alias("Mitkyina"))


def test_ctrl_c_while_the_new_files_are_written_leaves_nothing_behind(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        change.make(folder, alias("Mitkyina"), disk=Failing(8, KeyboardInterrupt()))
    assert state(folder) == BEFORE
    assert not (folder / ".intake" / "next").exists()


def test_two_processes_at_once_are_told_apart(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from mapper.intake import disk\n"
    code += "with disk.locked(Path(sys.argv[1]), disk.Disk()): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(errors.OutputError) as told:
            change.make(folder, alias("Mitkyina"))
        assert f"another mapper is changing this package (process {other.pid})" in str(told.value)
        assert state(folder) == BEFORE
        other.communicate("")
    change.make(folder, alias("Mitkyina"))
    assert state(folder) == AFTER


def test_undo_gives_every_byte_back_and_says_so_in_the_log(fresh: Path, folder: Path) -> None:
    change.make(folder, alias("Mitkyina"))
    undone, entry = change.undo(folder, who="another", at=AT)
    assert (undone.entry, undone.action, entry.entry, entry.undoes) == (1, "import test", 2, 1)
    for path in fresh.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes(), path.name
    assert [line.split(",")[:4] for line in (folder / "log.csv").read_text(encoding="utf-8").splitlines()[1:]] == [
        ["1", AT, "tester", "import test"],
        ["2", AT, "another", "undo"],
    ]
    with pytest.raises(errors.UsageError, match="there is no change to undo"):
        change.undo(folder, who="another", at=AT)


def test_changes_are_undone_one_after_the_other(folder: Path) -> None:
    change.make(folder, alias("Mitkyina"))
    change.make(folder, alias("Mytkyina"))
    assert change.undo(folder, who="x", at=AT)[0].entry == 2
    assert change.undo(folder, who="x", at=AT)[0].entry == 1
    assert state(folder) == ([], "", 4)


def test_undo_never_loses_what_was_done_by_hand_since(folder: Path) -> None:
    change.make(folder, alias("Mitkyina"))
    towns = folder / "townships.csv"
    towns.write_text(towns.read_text(encoding="utf-8").replace("Waingmaw", "Wine Maw"), encoding="utf-8")
    with pytest.raises(errors.UsageError, match=r"townships.csv has been changed since change 1"):
        change.undo(folder, who="x", at=AT)
    assert "Wine Maw" in towns.read_text(encoding="utf-8")


def test_what_would_not_be_sound_is_not_made(folder: Path) -> None:
    def prepare(book: Book) -> tuple[dict[str, bytes], log.Entry]:
        book.table("aliases").add({"pcode": "MMR999999", "alias": "X", "seen_in": "test", "machine_matched": "no"})
        return book.contents(), log.Entry(0, AT, "tester", "import test")

    with pytest.raises(errors.DataError, match=r"aliases.csv, row 2, column 'pcode': 'MMR999999' is not in the table"):
        change.make(folder, prepare)
    assert state(folder) == BEFORE


def test_a_change_that_changes_nothing_is_no_change(folder: Path) -> None:
    def prepare(book: Book) -> tuple[dict[str, bytes], log.Entry]:
        return {"townships.csv": book.table("townships").content()}, log.Entry(0, AT, "tester", "import test")

    assert change.make(folder, prepare) is None
    assert not (folder / "log.csv").exists()


def test_line_ends_and_a_byte_order_mark_stay(folder: Path) -> None:
    for name in ("townships.csv", "states.csv"):
        file = folder / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    change.make(folder, alias("Mitkyina"))
    for name in ("townships.csv", "states.csv"):
        raw = (folder / name).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert not raw.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")
    assert state(folder) == AFTER


def test_a_table_that_is_a_link_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    (folder / "townships.csv").rename(elsewhere)
    (folder / "townships.csv").symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    with pytest.raises(errors.OutputError, match=r"townships.csv is a symbolic link"):
        change.make(folder, alias("Mitkyina"))
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/outside", "a\\..\\b", "C:outside"])
def test_a_journal_that_names_a_file_outside_is_refused(folder: Path, name: str) -> None:
    (folder / ".intake" / "next").mkdir(parents=True)
    (folder / ".intake" / "next" / "0").write_text("x", encoding="utf-8")
    (folder / ".intake" / "journal.json").write_text(json.dumps({"files": {name: "0"}}), encoding="utf-8")
    with pytest.raises(errors.DataError, match="is not a journal of ours"):
        packages.open_package(folder)
    with pytest.raises(errors.DataError, match="is not a journal of ours"):
        change.make(folder, alias("Mitkyina"))


def test_only_the_latest_changes_can_be_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "UNDOS", 2)
    for name in ("A", "B", "C"):
        change.make(folder, alias(name))
    assert len(list((folder / ".intake" / "undo").iterdir())) == 2
    change.undo(folder, who="x", at=AT)
    change.undo(folder, who="x", at=AT)
    with pytest.raises(errors.UsageError, match=r"what undoing change 1 \(import test, .*\) needs is no longer kept"):
        change.undo(folder, who="x", at=AT)
    assert state(folder)[0] == ["A"]
