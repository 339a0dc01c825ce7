"""How much each status and each holder has, slice by slice: townships, area, people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper import control

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.control import Assessment
    from mapper.timeline import Timeline

    Key = tuple[str, str, str]
    """By what it is summed up, its name, and the basis."""

COLUMNS = ("date", "by", "key", "basis", "townships", "joint", "area_km2", "population_2014")


def summary(timeline: Timeline, *, area_km2: Mapping[str, float], population: Mapping[str, int | None]) -> pd.DataFrame:
    """Sum up every slice.

    Gives one row per slice and status with its basis (``by`` = ``status``), per slice and holder of a firm
    status (``holder``), and per slice and party of a contest (``party``). A township held jointly counts for
    each of its holders; ``joint`` says how many of the townships are. ``population_2014`` is the census of
    2014, without the townships for which it was not published.
    """
    rows = [
        {"date": date, **row}
        for date, part in zip(timeline.dates, timeline.each(_keys), strict=True)
        for row in _sums(zip(timeline.stretches, part, strict=True), area_km2=area_km2, population=population)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _keys(found: Assessment) -> tuple[tuple[Key, bool], ...]:
    """Give what a township counts for, and whether it is held jointly there."""
    by, joint = ("holder", len(found.holders) > 1) if found.status in control.FIRM else ("party", False)
    status = ("status", str(found.status), str(found.basis)), False
    return status, *(((by, holder, str(found.basis)), joint) for holder in found.holders)


def _sums(
    found: Iterable[tuple[str, Iterable[tuple[Key, bool]]]],
    *,
    area_km2: Mapping[str, float],
    population: Mapping[str, int | None],
) -> Iterator[dict[str, Any]]:
    """Sum up one slice; ``found`` are the keys of each township."""
    groups: dict[Key, list[str]] = {}
    joint: Counter[Key] = Counter()
    for pcode, keys in found:
        for key, jointly in keys:
            groups.setdefault(key, []).append(pcode)
            joint[key] += jointly
    for key in sorted(groups, key=_row_order):
        pcodes = groups[key]
        yield {
            "by": key[0],
            "key": key[1],
            "basis": key[2],
            "townships": len(pcodes),
            "joint": joint[key],
            "area_km2": round(sum(area_km2[pcode] for pcode in pcodes), 1),
            "population_2014": sum(population.get(pcode) or 0 for pcode in pcodes),
        }


def _row_order(key: Key) -> tuple[int, int, str, str]:
    by, name, basis = key
    order: tuple[str, ...] = control.STATUSES
    place = order.index(name) if by == "status" else 0
    return ("status", "holder", "party").index(by), place, name, basis
