"""Make a change of a package and undo it: the tables, the log and what undoing needs, all in one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from mapper import errors
from mapper.intake import disk as disks
from mapper.intake import log
from mapper.intake.book import Book
from mapper.sources import files, pending
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mapper.intake.disk import Disk

MAPPINGS: Final = "mappings.json"
"""Which column is what, for files whose header was seen before."""

WHAT: Final = "what.json"


def make(
    folder: Path,
    prepare: Callable[[Book], tuple[Mapping[str, bytes], log.Entry] | None],
    *,
    disk: Disk | None = None,
) -> log.Entry | None:
    """Change a package as ``prepare`` says, which sees it while nobody else can change it.

    ``prepare`` gives the new files and the entry of the log, whose number is set here, or ``None`` to change nothing;
    files that are as they were do not count. Gives the entry, or ``None`` where nothing has changed. Raises
    :class:`errors.DataError` where the package would not be sound, and :class:`errors.OutputError` where it cannot be
    written; it is then as it was.
    """
    used = disk or disks.Disk()
    with disks.locked(folder, used):
        book = Book(folder)
        asked = prepare(book)
        if asked is None:
            return None
        before = {name: book.read_beside(name) for name in asked[0]}
        changed = {name: content for name, content in asked[0].items() if before[name] != content}
        if not changed:
            return None
        raw = book.read_beside(pending.LOG)
        number = max((entry.entry for entry in _log(folder, raw)), default=0) + 1
        entry = replace(asked[1], entry=number)
        kept = _kept(number, {name: before[name] for name in changed}, changed)
        _commit(folder, {**kept, **changed, pending.LOG: log.added(raw, entry)}, used)
        return entry


def _log(folder: Path, raw: bytes | None) -> list[log.Entry]:
    return log.read(raw, file=str(folder / pending.LOG))


def _commit(folder: Path, contents: Mapping[str, bytes | None], disk: Disk) -> None:
    disks.commit(folder, contents, disk=disk, check=lambda new: packages.open_package(folder, instead=new))


def _kept(number: int, before: Mapping[str, bytes | None], after: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give what undoing a change needs: the files as they were, and what they must be for it."""
    place = f"{pending.FOLDER}/{disks.UNDO}/{number:06}"
    what = {
        name: {"was": None if before[name] is None else str(position), "is": digest(after[name])}
        for position, name in enumerate(before)
    }
    contents = {f"{place}/{position}": old for position, old in enumerate(before.values()) if old is not None}
    return {**contents, f"{place}/{WHAT}": json.dumps(what, indent=1).encode()}


def undo(folder: Path, *, who: str, at: str, disk: Disk | None = None) -> tuple[log.Entry, log.Entry]:
    """Undo the latest change that is not undone yet: each file it changed is as it was before, byte for byte.

    Gives the entry that is undone and the one that says so. Raises :class:`errors.UsageError` where there is none, or
    where a file has been changed since by something else, whose work would be lost.
    """
    used = disk or disks.Disk()
    with disks.locked(folder, used):
        raw = files.read_whole(folder / pending.LOG) if (folder / pending.LOG).is_file() else None
        entries = _log(folder, raw)
        gone = {entry.undoes for entry in entries}
        left = [entry for entry in entries if entry.undoes is None and entry.entry not in gone]
        if not left:
            raise errors.UsageError(f"{folder}: there is no change to undo.")
        last = left[-1]
        contents = _as_before(folder, last)
        entry = log.Entry(entries[-1].entry + 1, at, who, "undo", undoes=last.entry)
        _commit(folder, {**contents, pending.LOG: log.added(raw, entry)}, used)
        return last, entry


def _as_before(folder: Path, entry: log.Entry) -> dict[str, bytes | None]:
    place = folder / pending.FOLDER / disks.UNDO / f"{entry.entry:06}"
    if not (place / WHAT).is_file():
        raise errors.UsageError(
            f"{folder}: what undoing change {entry.entry} ({entry.action}, {entry.at}) needs is no longer kept; "
            f"the last {disks.UNDOS} changes are. Correct the tables by hand, or take an earlier copy of the package."
        )
    contents: dict[str, bytes | None] = {}
    what: Any = files.read_json(place / WHAT)
    if not all(pending.sound(name, one["was"]) for name, one in what.items()):
        raise errors.fault(place / WHAT, "names files outside the package", "Take an earlier copy of the package")
    for name, one in what.items():
        found = files.read_whole(folder / name) if (folder / name).is_file() else b""
        if digest(found) != one["is"]:
            raise errors.UsageError(
                f"{folder / name} has been changed since change {entry.entry} ({entry.action}, {entry.at}), and "
                "undoing it would lose that. Correct the table by hand instead."
            )
        contents[name] = None if one["was"] is None else files.read_whole(place / one["was"])
    return contents


def digest(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
