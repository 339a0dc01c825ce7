"""What a file from outside holds, before anything of it is matched or believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mapper.errors import Fault

SOURCE_COLUMNS: Final = ("url", "title", "publisher", "published", "affiliation")
"""What a row may say of the page that it rests on; the same names as in the table of sources."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the file tells of it: by code, by name with or without its state, or by a point (EPSG:4326)."""

    code: str = ""
    name: str = ""
    state: str = ""
    lon: float | None = None
    lat: float | None = None
    level: str = "township"
    """``township``, ``district``, ``state``, ``country`` or ``area``: how far the file's own precision goes. A point
    is looked up in a township only where it is ``township``."""
    strict: bool = False
    """Whether name and state, where the file has them, must be known as those of the place; without it, for a point or
    a district, it is enough that they are not known as another's."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a file, for one row of a table."""

    row: int
    cells: Mapping[str, str]
    """By the table's columns, in the table's own words; what the file leaves open is missing."""
    place: Place | None = None
    source: Mapping[str, str] = field(default_factory=dict)
    """By ``SOURCE_COLUMNS``; empty where the whole file is the source."""


@dataclass(frozen=True)
class Lazily:
    """Rows that are read while one goes through them, as often as one does."""

    read: Callable[[], Iterator[Item | Fault]]

    def __iter__(self) -> Iterator[Item | Fault]:
        """Read them anew."""
        return self.read()


@dataclass(frozen=True)
class Harvest:
    """All that a file gives for one table."""

    name: str
    """What messages call the file."""
    table: str
    items: Iterable[Item | Fault]
    """Its rows in the order of the file; where they are read lazily, those that cannot be taken stand among them as
    their faults."""
    faults: tuple[Fault, ...] = ()
    """Rows that cannot be taken, with the reason, as far as they do not stand in ``items``."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The file's own name of a table's column, so that a fault names what the user sees."""
    left_out: tuple[str, ...] = ()
    """Columns that are not taken over."""
    source: Mapping[str, str] = field(default_factory=dict)
    """The source that the whole file is: the cells of its row in the table of sources."""

    def parted(self) -> tuple[tuple[Item, ...], tuple[Fault, ...]]:
        """Read all of it; give the rows that can be taken, and the faults of those that cannot."""
        return _parted(self.items, self.faults)


def of(name: str, table: str, read: Callable[[], Iterator[Item | Fault]], *, whole: bool) -> Harvest:
    """Make a harvest of a reader of rows: read as a ``whole`` now, or lazily where that may be larger than memory."""
    if not whole:
        return Harvest(name, table, Lazily(read))
    return Harvest(name, table, *_parted(read(), ()))


def _parted(rows: Iterable[Item | Fault], faults: Iterable[Fault]) -> tuple[tuple[Item, ...], tuple[Fault, ...]]:
    items: list[Item] = []
    told = list(faults)
    for found in rows:
        if isinstance(found, Item):
            items.append(found)
        else:
            told.append(found)
    return tuple(items), tuple(told)
