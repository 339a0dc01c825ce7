"""Rows of one file that speak about the same thing and say otherwise: none of them is taken, whichever comes first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.sources.harvest import Harvest, Item

SUBJECT: Final = frozenset({"date", "scope", "place", "kind", "claimant", "measure", "basis", "level", "source_id"})
WORDS: Final = frozenset({"finding", "confidence"})
"""How it is said, and how surely: two rows may differ in it and still say the same."""


def only(found: Harvest) -> Harvest:
    """Give a harvest without the rows that contradict another of it; each of them is a fault that names the first."""
    rows, told = found.parted()
    about: dict[object, list[Item]] = defaultdict(list)
    for item in rows:
        about[_subject(item)].append(item)
    wrong: dict[int, int] = {}
    for items in about.values():
        if len({tuple(sorted(_statement(item.cells).items())) for item in items}) > 1:
            wrong |= {id(item): items[1].row if item is items[0] else items[0].row for item in items}
    remedy = "Keep one of the two, or tell them apart by date, place, kind or claimant"
    faults = [
        Fault(found.name, item.row, "", "", f"says otherwise than row {wrong[id(item)]} about the same", remedy)
        for item in rows
        if id(item) in wrong
    ]
    kept = tuple(item for item in rows if id(item) not in wrong)
    return replace(found, items=kept, faults=(*told, *faults))


def _subject(item: Item) -> object:
    said = tuple(sorted((part, text) for part, text in item.cells.items() if part in SUBJECT))
    place = item.place.code if item.place is not None and item.place.code else item.place
    return place, said, tuple(sorted(item.source.items()))


def _statement(cells: Mapping[str, str]) -> dict[str, str]:
    return {part: text for part, text in cells.items() if text and part not in SUBJECT | WORDS}
