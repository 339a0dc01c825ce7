"""Make a change of a package and undo it: the tables, the log and what undoing needs, all in one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from mapper import errors
from mapper.intake import content as contents_of
from mapper.intake import disk as disks
from mapper.intake import log
from mapper.intake.book import Book
from mapper.intake.content import Pieces
from mapper.sources import files, pending
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mapper.intake.content import Content
    from mapper.intake.disk import Disk

MAPPINGS: Final = "mappings.json"
"""Which column is what, for files whose header was seen before."""

WHAT: Final = "what.json"


def make(
    folder: Path,
    prepare: Callable[[Book], tuple[Mapping[str, Content], log.Entry] | None],
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
        changed = {
            name: content
            for name, content in asked[0].items()
            if isinstance(content, Pieces) or book.read_beside(name) != content
        }
        if not changed:
            return None
        raw = book.read_beside(pending.LOG)
        number = max((entry.entry for entry in _log(folder, raw)), default=0) + 1
        entry = replace(asked[1], entry=number)
        kept = _kept(number, changed, book)
        _commit(folder, {**kept, **changed, pending.LOG: log.added(raw, entry)}, used)
        return entry


def _log(folder: Path, raw: bytes | None) -> list[log.Entry]:
    return log.read(raw, file=str(folder / pending.LOG))


def _commit(folder: Path, contents: Mapping[str, Content | None], disk: Disk) -> None:
    def check(new: Mapping[str, Path]) -> None:
        packages.open_package(folder, instead=new, statements=False)

    disks.commit(folder, contents, disk=disk, check=check)


def _kept(number: int, changed: Mapping[str, Content], book: Book) -> dict[str, Content]:
    """Give what undoing a change needs: how each file was, and what it must be for it.

    Of a file that was only added to nothing is kept but its length before.
    """
    place = f"{pending.FOLDER}/{disks.UNDO}/{number:06}"
    contents: dict[str, Content] = {}
    what: dict[str, dict[str, str | int | None]] = {}
    for position, (name, content) in enumerate(changed.items()):
        old = book.place(name)
        if isinstance(content, Pieces) and content.begins is not None:
            what[name] = {"first": content.begins}
        elif old.is_file():
            what[name] = {"was": str(position)}
            contents[f"{place}/{position}"] = contents_of.of(old)
        else:
            what[name] = {"was": None}
        what[name]["is"] = contents_of.digest(content)
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


def _as_before(folder: Path, entry: log.Entry) -> dict[str, Content | None]:
    place = folder / pending.FOLDER / disks.UNDO / f"{entry.entry:06}"
    if not (place / WHAT).is_file():
        raise errors.UsageError(
            f"{folder}: what undoing change {entry.entry} ({entry.action}, {entry.at}) needs is no longer kept; "
            f"the last {disks.UNDOS} changes are. Correct the tables by hand, or take an earlier copy of the package."
        )
    what: Any = files.read_json(place / WHAT)
    if not all(pending.sound(name, one.get("was")) for name, one in what.items()):
        raise errors.fault(place / WHAT, "names files outside the package", "Take an earlier copy of the package")
    contents: dict[str, Content | None] = {}
    for name, one in what.items():
        file = folder / name
        if (contents_of.digest(contents_of.of(file)) if file.is_file() else "") != one["is"]:
            raise errors.UsageError(
                f"{file} has been changed since change {entry.entry} ({entry.action}, {entry.at}), and "
                "undoing it would lose that. Correct the table by hand instead."
            )
        if "first" in one:
            contents[name] = contents_of.of(file, most=int(one["first"]))
        else:
            contents[name] = None if one["was"] is None else contents_of.of(place / one["was"])
    return contents
