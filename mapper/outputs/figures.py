"""Figures of displaced people over the slices: one basis at a time, each place with its latest figure."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import disclosure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from mapper.outputs.words import Words
    from mapper.tables import Package

QUALIFIERS: Final[dict[str, str]] = {"rounded": "about", "some": "about"}
"""Words of the tables that the page says in one word; the others are said as they are."""

SAID: Final = frozenset({"exact", "about", "over", "nearly", "estimate"})

ABROAD_DEFAULT: Final = "unhcr_mandate"
LARGEST_PX: Final = 27
"""Radius of the circle for the largest figure of all bases and dates; the others by area."""


def speaks_from(date: dt.date, precision: str) -> dt.date:
    """Give the day from which a figure counts: a month's figure from its last day on."""
    if precision == "month":
        return date.replace(day=calendar.monthrange(date.year, date.month)[1])
    return date


def inside(
    package: Package, dates: Sequence[dt.date], languages: Iterable[Words], *, source: Callable[[str], int]
) -> dict[str, Any]:
    """Give displacement inside the country, by basis and place.

    ``source`` numbers a source of the page. A place is a state or township (its P-code, drawn as a circle) or
    a larger or unclear one (its name, told in words).
    """
    on_time = _until(package.displacement, dates[-1])
    found, rows = _series(on_time, dates, place=_place_inside, source=source)
    drawn = [int(row.people) for row in on_time if row.level in {"state", "township"}]
    shown = disclosure.shown(max(drawn, default=0)).people
    return {
        "bases": _described(found, package.bases, list(languages)),
        "figures": rows,
        "largest": [shown, LARGEST_PX],
        "first": "",
    }


def abroad(
    package: Package, dates: Sequence[dt.date], languages: Iterable[Words], *, source: Callable[[str], int]
) -> dict[str, Any]:
    """Give refugees and others abroad, by basis and country (ISO 3166 code, or "" for several together)."""
    on_time = _until(package.refugees, dates[-1])
    found, rows = _series(on_time, dates, place=lambda row: ("country", row.country_iso3), source=source)
    first = ABROAD_DEFAULT if ABROAD_DEFAULT in found else next(iter(found), "")
    return {"bases": _described(found, package.bases, list(languages)), "figures": rows, "first": first}


def _until(table: pd.DataFrame, last: dt.date) -> list[Any]:
    """Give the rows that count by the last slice, in the order of time."""
    every: Iterable[Any] = table.itertuples()
    rows = [row for row in every if speaks_from(row.date, row.date_precision) <= last]
    return sorted(rows, key=lambda row: (speaks_from(row.date, row.date_precision), row.Index))


def _place_inside(row: Any) -> tuple[str, str]:  # noqa: ANN401 -- a pandas row has no static type
    return row.level, row.pcode or row.place


Series = dict[str, dict[tuple[str, str, str], list[int]]]
"""Basis to (level, place, measure) to [slice, figure, slice, figure ...]."""


def _series(
    ordered: Iterable[Any],
    dates: Sequence[dt.date],
    *,
    place: Callable[[Any], tuple[str, str]],
    source: Callable[[str], int],
) -> tuple[Series, list[list[Any]]]:
    """Turn figures in the order of time into changes; where two begin in one slice the later one stands."""
    found: Series = {}
    rows: list[list[Any]] = []
    for row in ordered:
        at = bisect_left(dates, speaks_from(row.date, row.date_precision))
        changes = found.setdefault(row.basis, {}).setdefault((*place(row), row.measure), [])
        if changes[-2:-1] == [at]:
            del changes[-2:]
        changes += [at, len(rows)]
        rows.append(_row(row, source))
    return found, rows


def _row(row: Any, source: Callable[[str], int]) -> list[Any]:  # noqa: ANN401 -- a pandas row has no static type
    """Give one figure as the page shows it; the exact count goes no further than here."""
    count = disclosure.shown(int(row.people))
    qualifier = QUALIFIERS.get(row.qualifier, row.qualifier)
    if qualifier not in SAID:
        qualifier = "estimate"
    return [
        row.date.isoformat(),
        row.date_precision,
        count.people,
        "few" if count.few else qualifier,
        source(row.source_id),
    ]


def _described(found: Series, bases: pd.DataFrame, languages: Sequence[Words]) -> list[dict[str, Any]]:
    names: Mapping[str, str] = dict(bases["name_en"]) if len(bases) else {}
    return [
        {
            "id": basis,
            "name": {words.lang: words.bases.get(basis) or names.get(basis, basis) for words in languages},
            "places": [[level, name, measure, changes] for (level, name, measure), changes in sorted(places.items())],
        }
        for basis, places in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
