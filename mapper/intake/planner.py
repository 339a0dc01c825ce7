"""From what a file holds to a plan: rows placed, checked, and held against what the package has already.

A row is the same as one of the package where all that it says is in it, and changes one where the two speak about the
same thing and say otherwise (:mod:`comparing`). A file that is taken in a second time is therefore all the same, and
changes nothing. Rows go through in batches, so that a file of millions needs no more memory than a small one.
"""

from __future__ import annotations

import heapq
import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mapper.errors import Fault
from mapper.intake import comparing, placing, plan, provenance, vetting
from mapper.matching import names
from mapper.sources.harvest import Item, Lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.intake.book import Book, Cells
    from mapper.matching.names import Match
    from mapper.matching.points import Areas
    from mapper.sources.harvest import Harvest

BATCH: Final = 10_000
"""Rows that are placed and checked together."""

UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def untold(_what: str, _rows: int) -> None:
    """Tell nobody how far it is."""


@dataclass
class Given:
    """What an import has besides the file."""

    day: str
    """The day it is recorded, ``YYYY-MM-DD``."""
    areas: Areas | None = None
    """Real polygons to place points by."""
    credit: Mapping[str, str] = field(default_factory=dict)
    """What the user says of the file as a source: see :mod:`provenance`."""
    again: bool = False
    """Whether a row counts that says what a report said which was corrected or withdrawn since."""
    tell: Callable[[str, int], None] = untold
    """Is told what is being done, and at which row it is."""


def make(harvest: Harvest, book: Book, given: Given, *, sources: Sequence[Cells] = ()) -> plan.Plan:
    """Make the plan of an import; nothing is changed by it. ``sources`` are those that go with it already."""
    table = harvest.table
    credited = provenance.Sources(book, harvest, given.credit, beside=sources)
    gazetteer = names.Gazetteer(book.package)
    placer = placing.Placer(gazetteer, given.areas)
    vetter = vetting.Vetter(harvest, book, credited)
    recorded = any(column["name"] == "recorded_on" for column in book.schemas[table]["fields"])
    made = plan.Plan(harvest.name, table, vetting.KEYS[table][0], left_out=harvest.left_out)
    used: set[str] = set()

    def draft(item: Item, match: Match | None) -> plan.Row:
        cells = {column: clean(text) for column, text in item.cells.items()}
        cells |= placing.cells(table, item.place, match, gazetteer, book.country.code)
        cells["source_id"] = cells.get("source_id") or credited.source(item.source)
        if table == "events" and match is not None and not match.pcode:
            cells["note"] = "; ".join(part for part in (cells.get("note", ""), match.reason) if part)
        if recorded:
            cells["recorded_on"] = given.day
        place = "" if item.place is None else item.place.name or item.place.code
        return plan.Row(item.row, "new", cells, place, match)

    with comparing.against(book, table, again=given.again, tell=given.tell) as compare:
        for batch in _batches(harvest):
            matches = placer.matches([found.place if isinstance(found, Item) else None for found in batch])
            rows = [
                draft(found, match) if isinstance(found, Item) else plan.Row(found.row, "refused", faults=(found,))
                for found, match in zip(batch, matches, strict=True)
            ]
            drafts = [row for row in rows if row.outcome != "refused"]
            vetter.check(drafts)
            for row in drafts:
                if row.outcome != "refused":
                    compare.take(row)
            used.update(row.cells["source_id"] for row in drafts if row.outcome in ("new", "changed"))
            made.add(rows)
            given.tell("planning", len(made.rows))
    if compare.overruled:
        told = {row: Fault("", row, "", "", *comparing.otherwise(by)) for row, by in compare.overruled.items()}
        made.overrule(told)
        used = {row.cells["source_id"] for row in made.rows if row.outcome in ("new", "changed")}
    made.sources = [row for row in credited.added if row["source_id"] in used]
    return made


def _batches(harvest: Harvest) -> Iterator[list[Item | Fault]]:
    """Give the rows of a file in its order, so many at a time."""

    def number(found: Item | Fault) -> int:
        return found.row

    listed: Iterable[Item | Fault] = harvest.items
    if not isinstance(listed, Lazily):
        listed = sorted(listed, key=number)
    merged = heapq.merge(sorted(harvest.faults, key=number), listed, key=number)
    while batch := list(itertools.islice(merged, BATCH)):
        yield batch


def clean(text: str) -> str:
    """Give text as the tables have it: composed, one blank between words, nothing unseen.

    >>> clean("  Gwa \u200b town ")
    'Gwa town'
    """
    if text.isascii():  # nothing in it to compose, and all of it is seen
        return " ".join(text.split())
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
