"""What was done to a package: ``log.csv`` in it, one row for each change, added to and never rewritten."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.intake import book
from mapper.sources import files, pending

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS: Final = (
    "entry",
    "at",
    "who",
    "action",
    "file",
    "sha256",
    "mapping",
    "new",
    "same",
    "changed",
    "refused",
    "undoes",
)


@dataclass(frozen=True)
class Entry:
    """One change of a package; counts are of rows."""

    entry: int
    at: str
    """Day and time in UTC: ``2026-11-25T10:40:00Z``."""
    who: str
    action: str
    """``import ucdp``, ``add``, ``match``, ``undo``."""
    file: str = ""
    sha256: str = ""
    mapping: str = ""
    """Which column was taken for what, as JSON."""
    new: int = 0
    same: int = 0
    changed: int = 0
    refused: int = 0
    undoes: int | None = None
    """The entry that this one has undone."""


def read(raw: bytes | None, *, file: str) -> list[Entry]:
    """Read a log, oldest entry first; raises :class:`errors.DataError` where it is not ours."""
    if not raw:
        return []
    try:
        listed = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), strict=True))
        return [_entry(row) for row in listed]
    except (UnicodeDecodeError, csv.Error, ValueError, KeyError, TypeError) as error:
        problem = f"is not a log of ours ({type(error).__name__}: {error})"
        raise errors.fault(file, problem, "Put it back as it was, or move it away") from None


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        entry=int(row["entry"]),
        at=row["at"],
        who=row["who"],
        action=row["action"],
        file=row["file"],
        sha256=row["sha256"],
        mapping=row["mapping"],
        new=int(row["new"]),
        same=int(row["same"]),
        changed=int(row["changed"]),
        refused=int(row["refused"]),
        undoes=int(row["undoes"]) if row["undoes"] else None,
    )


def of(folder: Path) -> list[Entry]:
    """Give the log of a package, oldest entry first; none where nothing was ever taken into it."""
    place = pending.instead(folder).get(pending.LOG, folder / pending.LOG)
    return read(files.read_whole(place) if place.is_file() else None, file=str(folder / pending.LOG))


def rows(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Give entries as flat rows; a change that was undone says by which."""
    listed = list(entries)
    undone = {entry.undoes: entry.entry for entry in listed if entry.undoes is not None}
    return [{**asdict(entry), "undone_by": undone.get(entry.entry)} for entry in listed]


def added(raw: bytes | None, entry: Entry) -> bytes:
    """Give a log with one more entry; what stood in it stays byte for byte."""
    cells = {item.name: _cell(asdict(entry)[item.name]) for item in fields(Entry)}
    if not raw:
        return book.text_of(list(COLUMNS), [cells]).encode()
    between = b"" if raw.endswith(b"\n") else b"\n"
    return raw + between + book.text_of(list(COLUMNS), [cells], head=False).encode()


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def moment(at: str | None) -> str:
    """Give the time of a change: now, or the day or the moment that the user has given.

    >>> moment("2026-01-31"), moment("2026-01-31T08:00:00Z")
    ('2026-01-31T00:00:00Z', '2026-01-31T08:00:00Z')
    """
    if at is None:
        return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        day = dt.datetime.fromisoformat(at)
    except ValueError:
        day = None
    if day is None or not tables.FIRST_YEAR <= day.year <= tables.LAST_YEAR:
        remedy = "write a day, such as 2026-01-31, or a moment, such as 2026-01-31T08:00:00Z"
        raise errors.UsageError(f"{errors.shown(at)} is no day: {remedy}")
    aware = day if day.tzinfo else day.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
