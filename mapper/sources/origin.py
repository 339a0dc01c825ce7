"""Where a file of polygons is from, and on what terms: the record that is kept beside it, ``FILE.metadata.json``.

A record speaks of one file, byte for byte: once the file has changed it says nothing about it any more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from mapper import errors
from mapper.sources import files

if TYPE_CHECKING:
    from pathlib import Path

ENDING: Final = ".metadata.json"
FORM: Final = "mapper boundaries record 1"
LIMIT: Final = 1_000_000
LONGEST: Final = 400
"""Letters of one value; more is cut off, since it goes under a map."""


@dataclass(frozen=True)
class Origin:
    """Where a file is from."""

    source_id: str
    """Who has published it, as ``mapper boundaries fetch`` calls them: ``geoboundaries``, ``cod-ab`` or ``mimu``."""
    title: str
    licence: str
    attribution: str
    sha256: str
    size: int
    """Bytes."""
    address: str
    """Where the file was asked for."""
    fetched_at: str
    """Day and time in UTC: ``2026-11-25T10:40:00Z``; of a file that was downloaded by hand, when it was taken in."""
    terms_accepted_by: str
    owners: tuple[str, ...] = ()
    """Whose agreement a public output needs, by the names that a package's ``publish.agreements`` uses: ``MIMU``."""
    licence_url: str = ""
    country: str = ""
    level: str = ""
    made_from: str = ""
    """The file that was fetched, where this one was made from it."""
    made_from_sha256: str = ""


def beside(path: Path) -> Path:
    """Give the place of a file's record."""
    return path.with_name(path.name + ENDING)


def as_json(origin: Origin) -> bytes:
    """Write a record."""
    return (json.dumps({"form": FORM, **asdict(origin)}, ensure_ascii=False, indent=1) + "\n").encode()


def read(path: Path) -> Origin | None:
    """Read the record beside a file; ``None`` where there is none, or what is there is no record of ours.

    Raises :class:`mapper.errors.DataError` where it is one, and broken.
    """
    place = beside(path)
    if not place.is_file():
        return None
    found = files.read_json(place) if place.stat().st_size <= LIMIT else None
    if not isinstance(found, dict) or found.get("form") != FORM:
        return None
    values: dict[str, Any] = {}
    for part in fields(Origin):
        value: Any = found.get(part.name, part.default)
        if part.name == "owners":
            good = isinstance(value, list | tuple)
            value = tuple(text(one) for one in value) if good else ()
        elif part.name == "size":
            good = isinstance(value, int)
        else:
            good = isinstance(value, str)
            value = text(value)
        if not good:
            remedy = "Delete it, and fetch the boundaries again"
            raise errors.fault(place, "is missing or no such value", remedy, column=part.name)
        values[part.name] = value
    return Origin(**values)


def of(path: Path) -> tuple[Origin | None, str]:
    """Give the record of a file as it is now, and a note where one lies beside it that does not speak of it."""
    found = read(path)
    if found is None:
        there = beside(path).is_file()
        return None, f"{beside(path).name} is no record of mapper boundaries, and was not used." if there else ""
    if found.sha256 != files.sha256(path):
        return None, f"{path.name} has changed since it was fetched: its recorded source and licence are not used."
    return found, ""


def text(value: object) -> str:
    r"""Give a stranger's text on one line, without what cannot be printed, and not too long.

    >>> text("CC\u202e BY\n 4.0")
    'CC BY 4.0'
    """
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in str(value)).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
