"""Our totals beside those that others published: side by side, never tuned to them."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Final

from mapper import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.tables import Package
    from mapper.timeline import Timeline

COLUMNS: Final = ("id", "date", "publisher", "measure", "unit", "theirs", "ours", "of_which_assumed", "difference")


def against(timeline: Timeline, package: Package, *, area_km2: Mapping[str, float]) -> list[dict[str, Any]]:
    """Hold our slice on each aggregate's date beside what was published, in their unit.

    Rows have the columns ``COLUMNS``. ``ours`` and ``difference`` (ours less theirs, or less the nearer end of
    their range) are ``None`` where we have nothing comparable: towns, persons counted, places under martial law.
    A published month or year is taken at its last day.
    """
    return [_row(row, timeline, package, area_km2) for row in tables.records(package.aggregates.reset_index())]


def _row(row: Mapping[str, Any], timeline: Timeline, package: Package, area_km2: Mapping[str, float]) -> dict[str, Any]:
    low = float(row["value_low"])
    high = float(row["value_high"]) if row["value_high"] else None
    ours, assumed = _ours(row, timeline, package, area_km2)
    return {
        "id": row["aggregate_id"],
        "date": row["date"],
        "publisher": row["publisher"],
        "measure": row["measure"],
        "unit": row["unit"],
        "theirs": f"over {low:.12g}" if high is None else " to ".join(f"{end:.12g}" for end in sorted({low, high})),
        "ours": ours,
        "of_which_assumed": assumed,
        "difference": None if ours is None else _tidy(ours - min(max(ours, low), math.inf if high is None else high)),
    }


def _ours(
    row: Mapping[str, Any], timeline: Timeline, package: Package, area_km2: Mapping[str, float]
) -> tuple[float | None, float | None]:
    """Measure our slice as the row asks: our value, and how much of it rests on the assumption alone."""
    if not row["our_status"]:
        return None, None
    weights = _weights(row["unit"], package, area_km2)
    if weights is None:
        return None, None
    states = set(row["within"].split(";")) - {""}
    inside = [str(pcode) for pcode, state in package.townships["state_pcode"].items() if not states or state in states]
    found = timeline.slice(last_day(row["date"]))
    counted = [
        pcode
        for pcode in inside
        if found[pcode].status in row["our_status"].split(";")
        and (not row["our_holder"] or row["our_holder"] in found[pcode].holders)
    ]
    assumed = [pcode for pcode in counted if found[pcode].basis == "assumed"]
    whole = 1.0 if row["unit"] == "townships" else sum(weights[pcode] for pcode in inside) / 100
    return _share(counted, weights, whole), _share(assumed, weights, whole)


def _share(pcodes: list[str], weights: Mapping[str, float], whole: float) -> float:
    return _tidy(sum(weights[pcode] for pcode in pcodes) / whole)


def _tidy(value: float) -> float:
    """Round to one decimal, and leave that out where it is nothing."""
    rounded = round(float(value), 1)
    return int(rounded) if rounded.is_integer() else rounded


def _weights(unit: str, package: Package, area_km2: Mapping[str, float]) -> Mapping[str, float] | None:
    """Give what a township counts for in a unit; ``None`` for a unit that townships cannot be counted in."""
    if unit in {"townships", "percent_of_townships"}:
        return dict.fromkeys(map(str, package.townships.index), 1.0)
    if unit in {"percent_of_territory", "percent_of_state"}:
        return area_km2
    if unit == "percent_of_population":
        return {str(pcode): float(people) for pcode, people in package.townships["population_2014"].fillna(0).items()}
    return None


def last_day(text: str) -> dt.date:
    """Give the last day of a date that may be a day, a month or a year.

    >>> last_day("2024-02").isoformat()
    '2024-02-29'
    """
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])
