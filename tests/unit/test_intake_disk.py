"""A package is the old one or the new one, whatever fails, wherever the power goes; and one writes at a time."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import changing
from mapper import errors
from mapper.intake import change, log
from mapper.sources import package as packages

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.intake.book import Book


def calls_of_a_change(folder: Path) -> int:
    counting = changing.Failing(0, OSError())
    change.make(folder, changing.alias("Mitkyina"), disk=counting)
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
            change.make(folder, changing.alias("Mitkyina"))
        old, new = (changing.AFTER, ([], "", 2)) if undone else (changing.BEFORE, changing.AFTER)
        failing = changing.Failing(point, changing.PowerCutError())
        with monkeypatch.context() as patch:
            # a machine that is off cleans nothing up
            real = shutil.rmtree
            patch.setattr(shutil, "rmtree", lambda *a, failing=failing, real=real, **k: failing.off or real(*a, **k))
            try:
                if undone:
                    change.undo(folder, who="tester", at=changing.AT, disk=failing)
                else:
                    change.make(folder, changing.alias("Mitkyina"), disk=failing)
            except changing.PowerCutError:
                pass
        found = changing.state(folder)
        assert found in (old, new), f"between, after the cut at call {point}"
        seen.append(found == new)
        # the next change is made on top of it, and nothing of the broken one is left
        change.make(folder, changing.alias("Mytkyina"))
        names, town, entries = changing.state(folder)
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
            change.make(folder, changing.alias("Mitkyina"), disk=changing.Failing(point, OSError(number, words)))
        assert words in str(told.value)
        if changing.state(folder) == changing.BEFORE:
            refused += 1
            assert "It is as it was" in str(told.value)
            unchanged = {path.name: path.read_bytes() for path in fresh.iterdir()}
            assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == unchanged
        else:
            assert changing.state(folder) == changing.AFTER
            assert "the change is made and counts" in str(told.value)
    assert refused >= 10


def test_a_folder_that_cannot_be_written_is_one_clear_message(folder: Path) -> None:
    (folder / ".intake").write_text("a file where the folder is due", encoding="utf-8")
    with pytest.raises(errors.OutputError, match=r"the package cannot be changed .* It is as it was"):
        change.make(folder, changing.alias("Mitkyina"))


def test_ctrl_c_while_the_new_files_are_written_leaves_nothing_behind(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        change.make(folder, changing.alias("Mitkyina"), disk=changing.Failing(8, KeyboardInterrupt()))
    assert changing.state(folder) == changing.BEFORE
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
            change.make(folder, changing.alias("Mitkyina"))
        assert f"another mapper is changing this package (process {other.pid})" in str(told.value)
        assert changing.state(folder) == changing.BEFORE
        other.communicate("")
    change.make(folder, changing.alias("Mitkyina"))
    assert changing.state(folder) == changing.AFTER


def test_what_would_not_be_sound_is_not_made(folder: Path) -> None:
    def prepare(book: Book) -> tuple[dict[str, bytes], log.Entry]:
        book.table("aliases").add({"pcode": "MMR999999", "alias": "X", "seen_in": "test", "machine_matched": "no"})
        return book.contents(), log.Entry(0, changing.AT, "tester", "import test")

    with pytest.raises(errors.DataError, match=r"aliases.csv, row 2, column 'pcode': 'MMR999999' is not in the table"):
        change.make(folder, prepare)
    assert changing.state(folder) == changing.BEFORE


def test_a_change_that_changes_nothing_is_no_change(folder: Path) -> None:
    def prepare(book: Book) -> tuple[dict[str, bytes], log.Entry]:
        return {"townships.csv": book.table("townships").content()}, log.Entry(0, changing.AT, "tester", "import test")

    assert change.make(folder, prepare) is None
    assert not (folder / "log.csv").exists()


def test_line_ends_and_a_byte_order_mark_stay(folder: Path) -> None:
    for name in ("townships.csv", "states.csv"):
        file = folder / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    change.make(folder, changing.alias("Mitkyina"))
    for name in ("townships.csv", "states.csv"):
        raw = (folder / name).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert not raw.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")
    assert changing.state(folder) == changing.AFTER


def test_a_table_that_is_a_link_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    (folder / "townships.csv").rename(elsewhere)
    (folder / "townships.csv").symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    with pytest.raises(errors.OutputError, match=r"townships.csv is a symbolic link"):
        change.make(folder, changing.alias("Mitkyina"))
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/outside", "a\\..\\b", "C:outside"])
def test_a_journal_that_names_a_file_outside_is_refused(folder: Path, name: str) -> None:
    (folder / ".intake" / "next").mkdir(parents=True)
    (folder / ".intake" / "next" / "0").write_text("x", encoding="utf-8")
    (folder / ".intake" / "journal.json").write_text(json.dumps({"files": {name: "0"}}), encoding="utf-8")
    with pytest.raises(errors.DataError, match="is not a journal of ours"):
        packages.open_package(folder)
    with pytest.raises(errors.DataError, match="is not a journal of ours"):
        change.make(folder, changing.alias("Mitkyina"))
