"""Figures of displaced people over the slices: one basis at a time, each place with its latest figure."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import codec, disclosure, record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from mapper.outputs.words import Words
    from mapper.tables import Package

QUALIFIERS: Final[dict[str, str]] = {"rounded": "about", "some": "about"}
"""Words of the tables that the page says in one word; the others are said as they are."""

SAID: Final = ("exact", "about", "over", "nearly", "estimate", "few")
PRECISIONS: Final = ("day", "month", "approximate")
"""How a date is said; one that was inferred is said as a day."""

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
    found = _standing(on_time, dates, place=_place_inside)
    most = [largest(package, dates[-1]), LARGEST_PX]
    return {**_described(found, package.bases, list(languages), source), "largest": most, "first": ""}


def abroad(
    package: Package, dates: Sequence[dt.date], languages: Iterable[Words], *, source: Callable[[str], int]
) -> dict[str, Any]:
    """Give refugees and others abroad, by basis and country (ISO 3166 code, or "" for several together)."""
    on_time = _until(package.refugees, dates[-1])
    found = _standing(on_time, dates, place=lambda row: ("country", row.country_iso3))
    first = ABROAD_DEFAULT if ABROAD_DEFAULT in found else next(iter(found), "")
    return {**_described(found, package.bases, list(languages), source), "first": first}


def a_year_before(date: dt.date) -> dt.date:
    """Give the day before which a figure is older than a year.

    >>> import datetime as dt
    >>> a_year_before(dt.date(2024, 2, 29))
    datetime.date(2023, 2, 28)
    """
    day = min(date.day, calendar.monthrange(date.year - 1, date.month)[1])
    return date.replace(year=date.year - 1, day=day)


def _from(row: Any) -> dt.date:  # noqa: ANN401 -- a pandas row has no static type
    return speaks_from(row.date, row.date_precision)


def _until(table: pd.DataFrame, last: dt.date) -> list[Any]:
    """Give the rows that count by the last slice, in the order of time."""
    every: Iterable[Any] = table.itertuples()
    return sorted((row for row in every if _from(row) <= last), key=lambda row: (_from(row), row.Index))


def _place_inside(row: Any) -> tuple[str, str]:  # noqa: ANN401 -- a pandas row has no static type
    # no page has a list of districts, and two may have one name
    return row.level, f"{row.place}, {row.pcode}" if row.level == "district" else row.pcode or row.place


Standing = dict[str, dict[tuple[str, str, str], dict[int, Any]]]
"""Basis to (level, place, measure) to slice to the figure that stands from that slice on."""


def _standing(ordered: Iterable[Any], dates: Sequence[dt.date], *, place: Callable[[Any], tuple[str, str]]) -> Standing:
    """Sort figures, given in the order of time; of two that begin in one slice the later stands."""
    found: Standing = {}
    for row in ordered:
        at = bisect_left(dates, _from(row))
        found.setdefault(row.basis, {}).setdefault((*place(row), row.measure), {})[at] = row
    return found


def _described(
    found: Standing, bases: pd.DataFrame, languages: Sequence[Words], source: Callable[[str], int]
) -> dict[str, Any]:
    """Give the bases with their places, and the figures in the same order; the exact counts go no further than here.

    A place is [level, name, measure, slices]: from each of the slices on, the next of the figures holds.
    """
    names: Mapping[str, str] = dict(bases["name_en"]) if len(bases) else {}
    ordered = {
        basis: sorted(places.items())
        for basis, places in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    }
    rows = [row for places in ordered.values() for _, by_slice in places for row in by_slice.values()]
    precisions = (row.date_precision if row.date_precision in PRECISIONS else "day" for row in rows)
    return {
        "bases": [
            {
                "id": basis,
                "name": {words.lang: words.bases.get(basis) or names.get(basis, basis) for words in languages},
                "places": [[*key, codec.ascending(by_slice)] for key, by_slice in places],
            }
            for basis, places in ordered.items()
        ],
        "figures": {
            "day": codec.ascending(record.day_number(_from(row)) for row in rows),
            "precision": "".join(str(PRECISIONS.index(one)) for one in precisions),
            **counts(rows, source),
        },
    }


def counts(rows: Sequence[Any], source: Callable[[str], int]) -> dict[str, Any]:
    """Give people as they may be shown, the word that goes with each count, and its source."""
    shown = [disclosure.shown(int(row.people)) for row in rows]
    words = (QUALIFIERS.get(row.qualifier, row.qualifier) for row in rows)
    said = ("few" if count.few else word for count, word in zip(shown, words, strict=True))
    return {
        "people": [count.people for count in shown],
        "said": "".join(str(SAID.index(word if word in SAID else "estimate")) for word in said),
        "source": codec.ascending(source(row.source_id) for row in rows),
    }


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it may be shown."""

    level: str
    place: str
    """A P-code, a country's ISO 3166 code, or the name of a larger or unclear place."""
    measure: str
    people: int
    said: str
    """The word that goes with the count, of ``SAID``."""
    date: dt.date
    precision: str
    """Of ``PRECISIONS``."""
    source_id: str
    old: bool
    """It is older than a year."""


def standing(package: Package, date: dt.date, *, beyond: bool = False) -> dict[str, list[Figure]]:
    """Give the figures that stand on one day, by basis, each place with its latest; the bases with most places first.

    Inside the country, or ``beyond`` its borders. People are rounded as everywhere (:mod:`disclosure`).
    """
    place = (lambda row: ("country", row.country_iso3)) if beyond else _place_inside
    found = _standing(_until(package.refugees if beyond else package.displacement, date), [date], place=place)
    year = a_year_before(date)
    return {
        basis: [_shown(key, row, year) for key, by_slice in sorted(places.items()) for row in by_slice.values()]
        for basis, places in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    }


def _shown(key: tuple[str, str, str], row: Any, year: dt.date) -> Figure:  # noqa: ANN401 -- a pandas row has no static type
    said = counts([row], lambda _: 0)
    precision = row.date_precision if row.date_precision in PRECISIONS else "day"
    people, word = said["people"][0], SAID[int(said["said"])]
    return Figure(*key, people, word, _from(row), precision, row.source_id, _from(row) < year)


def largest(package: Package, last: dt.date) -> int:
    """Give the largest figure that a circle is drawn for until a day, on any basis: all circles go by it."""
    drawn = [int(row.people) for row in _until(package.displacement, last) if row.level in {"state", "township"}]
    return disclosure.shown(max(drawn, default=0)).people
