"""Movements of people over the slices: from one area to another, one kind at a time, never finer than a township."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from itertools import groupby, pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import codec, disclosure, figures, record
from mapper.terms import Withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mapper.tables import Package
    from mapper.timeline import Timeline

COUNTRY: Final = "MMR"
WIDEST_PX: Final = 16
"""Width of the arrow for the largest movement of all kinds and dates; the others by area."""

WITHHELD: Final = SimpleNamespace(date_from=dt.date.min, date_to=dt.date.min, people=0, qualifier="exact", source_id="")
"""Stands for a movement that the page does not get."""


def flows(
    timeline: Timeline, package: Package, *, countries: Collection[str], source: Callable[[str], int]
) -> dict[str, Any]:
    """Give movements by kind and pair of places, each pair with its latest.

    ``countries`` are those with a place on the map or its margin, by ISO 3166 code; ``source`` numbers a source of
    the page. They stand as figures do, by basis and place; a place is [from, to, turns, slices]. ``turns`` are slices
    too: from the first of them up to the second, and so on, one of its townships is contested, and the movement is
    withheld; ``None`` stands where it cannot be drawn and is only told. A movement that is withheld as long as it
    is the latest does not reach the page: noughts stand for it, and its pair has no names where all of them are so.
    """
    known = {COUNTRY, *countries, *map(str, package.townships.index), *map(str, package.townships["state_pcode"])}
    pairs: dict[tuple[str, str, str], dict[int, Any]] = {}
    for row in _until(package, timeline):
        at = bisect_left(timeline.dates, row.date_to)
        pairs.setdefault((_kind(row), *_ends(row)), {})[at] = row
    found = [(kind, *_pair(timeline, ends, by_slice, known)) for (kind, *ends), by_slice in sorted(pairs.items())]
    rows = [row for _, _, kept in found for row in kept]
    return {
        "bases": [
            {"id": kind, "places": [pair for _, pair, _ in group]} for kind, group in groupby(found, lambda one: one[0])
        ],
        "figures": {
            "begun": codec.ascending(record.day_number(row.date_from) for row in rows),
            "day": codec.ascending(record.day_number(row.date_to) for row in rows),
            **figures.counts(rows, lambda name: source(name) if name else 0),
        },
        "largest": [disclosure.shown(max((int(row.people) for row in rows), default=0)).people, WIDEST_PX],
    }


def withheld(timeline: Timeline, package: Package) -> tuple[Withheld, ...]:
    """Count the movements that are drawn at no slice, or not at each, since a township at an end is contested."""
    found = len(touching(timeline, package))
    return (Withheld("contested", "movements", found),) if found else ()


def touching(timeline: Timeline, package: Package) -> set[str]:
    """Give the ids of movements with a township at an end that is contested at a slice since they ended."""
    return {
        str(row.Index)
        for row in _until(package, timeline)
        if any(
            _contested(timeline, end, date)
            for end in _ends(row)
            if end in timeline.stretches
            for date in timeline.dates
            if date >= row.date_to
        )
    }


def _until(package: Package, timeline: Timeline) -> list[Any]:
    """Give the movements that have ended by the last slice, in the order of time."""
    every: Iterable[Any] = package.movements.itertuples()
    ended = [row for row in every if row.date_to <= timeline.dates[-1]]
    return sorted(ended, key=lambda row: (row.date_to, row.Index))


def _kind(row: Any) -> str:  # noqa: ANN401 -- a pandas row has no static type
    return f"{row.movement_type}.{row.measure}" if row.measure else str(row.movement_type)


def _ends(row: Any) -> tuple[str, str]:  # noqa: ANN401 -- a pandas row has no static type
    """Give the codes of both ends, or the source's words where it names no area that has one.

    Words beside a code may name a place within it, which is finer than anything that the page tells.
    """
    return row.origin_pcode or row.origin, row.destination_pcode or row.destination


def _pair(
    timeline: Timeline, ends: Sequence[str], by_slice: Mapping[int, Any], known: Collection[str]
) -> tuple[list[Any], list[Any]]:
    """Give a pair as the page gets it, and the movements that do."""
    one, two = ends
    if not (one in known and two in known) or one.startswith(two) or two.startswith(one):
        return [one, two, None, codec.ascending(by_slice)], list(by_slice.values())
    starts = [*by_slice, len(timeline.dates)]
    closed = [
        i >= starts[0] and any(_contested(timeline, end, date) for end in ends) for i, date in enumerate(timeline.dates)
    ]
    turns = [i for i, (before, now) in enumerate(pairwise([False, *closed])) if before != now]
    kept = [
        WITHHELD if all(closed[start:end]) else row
        for row, (start, end) in zip(by_slice.values(), pairwise(starts), strict=True)
    ]
    told = ["", ""] if all(row is WITHHELD for row in kept) else [one, two]
    return [*told, codec.ascending(turns), codec.ascending(by_slice)], kept


def _contested(timeline: Timeline, end: str, date: dt.date) -> bool:
    return end in timeline.stretches and timeline.at(end, date).status == "contested"
