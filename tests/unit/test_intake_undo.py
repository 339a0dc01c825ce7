"""What undoing a change gives back, and what it refuses to lose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import changing
from mapper import errors
from mapper.intake import change, disk

if TYPE_CHECKING:
    from pathlib import Path


def test_undo_gives_every_byte_back_and_says_so_in_the_log(fresh: Path, folder: Path) -> None:
    change.make(folder, changing.alias("Mitkyina"))
    undone, entry = change.undo(folder, who="another", at=changing.AT)
    assert (undone.entry, undone.action, entry.entry, entry.undoes) == (1, "import test", 2, 1)
    for path in fresh.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes(), path.name
    assert [line.split(",")[:4] for line in (folder / "log.csv").read_text(encoding="utf-8").splitlines()[1:]] == [
        ["1", changing.AT, "tester", "import test"],
        ["2", changing.AT, "another", "undo"],
    ]
    with pytest.raises(errors.UsageError, match="there is no change to undo"):
        change.undo(folder, who="another", at=changing.AT)


def test_changes_are_undone_one_after_the_other(folder: Path) -> None:
    change.make(folder, changing.alias("Mitkyina"))
    change.make(folder, changing.alias("Mytkyina"))
    assert change.undo(folder, who="x", at=changing.AT)[0].entry == 2
    assert change.undo(folder, who="x", at=changing.AT)[0].entry == 1
    assert changing.state(folder) == ([], "", 4)


def test_undo_never_loses_what_was_done_by_hand_since(folder: Path) -> None:
    change.make(folder, changing.alias("Mitkyina"))
    towns = folder / "townships.csv"
    towns.write_text(towns.read_text(encoding="utf-8").replace("Waingmaw", "Wine Maw"), encoding="utf-8")
    with pytest.raises(errors.UsageError, match=r"townships.csv has been changed since change 1"):
        change.undo(folder, who="x", at=changing.AT)
    assert "Wine Maw" in towns.read_text(encoding="utf-8")


def test_only_the_latest_changes_can_be_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "UNDOS", 2)
    for name in ("A", "B", "C"):
        change.make(folder, changing.alias(name))
    assert len(list((folder / ".intake" / "undo").iterdir())) == 2
    change.undo(folder, who="x", at=changing.AT)
    change.undo(folder, who="x", at=changing.AT)
    with pytest.raises(errors.UsageError, match=r"what undoing change 1 \(import test, .*\) needs is no longer kept"):
        change.undo(folder, who="x", at=changing.AT)
    assert changing.state(folder)[0] == ["A"]
