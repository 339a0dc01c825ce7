"""What is withheld of figures of people, and of words about places and persons, from a public output.

A count of 1 to 4 is only said to be below 5 (:mod:`mapper.outputs.disclosure`). Whoever has the totals could work it
out all the same: 7 in the state and 5 in one of its two townships leave 2 for the other. So no figure of the same
day is public that may count these people, too: those of the place itself, of any other basis or measure, and of every
place around it, however small they are themselves. What is left out depends on nothing but which counts are below 5,
so that its absence tells no more than that.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapper import tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from mapper.tables import Package

FEW: Final = 5
"""Below this a count is small, unless it is nought; as in UNHCR's published statistics."""

SITE: Final = re.compile(
    r"\b(camps?|sites?|villages?|hamlets?|tracts?|settlements?|wards?|quarters?|blocks?|compounds?|monaster(y|ies)"
    r"|pagodas?|shelters?|schools?|hospitals?|clinics?|church(es)?|mosques?|relief|IDPs?|host (family|families))\b"
    r"|စခန်း|ရွာ|အုပ်စု|ကျောင်း|ဆေးရုံ|ဆေးခန်း|ရပ်ကွက်|ဘုရား",
    re.IGNORECASE,
)
"""Words for places finer than a township."""

PERSONAL: Final = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"  # an address
    r"|(?<![\w@.])@\w{3,}"  # a name on a platform
    r"|\b(?:t\.me|telegram\.me|wa\.me|m\.me|signal\.me)/\S+"  # a way to write to somebody
    r"|(?<![\w-])(?:\+\d{1,3}|00\d{1,3}|09|959)[\s().-]*(?:\d[\s().-]*){7,}"  # a number to call
    r"|\b\d{1,2}\s?/\s?[^\d\s()/]{2,20}\s?\([^()\d]{1,12}\)\s?\d{5,6}"  # a card of identity
    r"|\d{1,3}\s?[°º]\s?\d{1,2}\s?['\u2032\u2019]"  # a point in degrees and minutes
    r"|\d{1,3}\.\d{3,}\s*°?\s*[NSEW]?\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}"  # a point in degrees
    r"|\b4[67][A-Z]\s?[A-Z]{2}\s?\d{4,10}\b"  # a point on the military grid, zones 46 and 47
)
"""Texts that lead to a person, or to a point on the ground."""


@dataclass(frozen=True)
class Places:
    """Which place lies in which, by P-code."""

    country: str
    """Its code, such as ``MMR``."""
    within: Mapping[str, frozenset[str]]
    """Of a township its district and state, of a district its state: a district's code need not begin like its
    townships'."""

    def around(self, place: Relative, inner: Relative) -> bool:
        """Whether a place includes another, or may: of one without a code nobody knows what it includes."""
        if not place or not inner or self.country in place:
            return True
        nothing: frozenset[str] = frozenset()
        return any(one.startswith(code) or code in self.within.get(one, nothing) for code in place for one in inner)


def places(package: Package) -> Places:
    """Tell which place of a package lies in which."""
    within: dict[str, set[str]] = defaultdict(set)
    for row in tables.rows(package.townships):
        within[str(row.Index)] |= {str(row.district_pcode), str(row.state_pcode)}
        within[str(row.district_pcode)].add(str(row.state_pcode))
    return Places(package.country_code, {code: frozenset(outer - {""}) for code, outer in within.items()})


DIGITS: Final = {zero + n: str(n) for zero in (0x1040, 0x1090, 0x0E50, 0x0660, 0x06F0, 0xFF10) for n in range(10)}
"""Burmese, Shan, Thai, Arabic and wide digits, as those that the rules are written in."""

Relative = tuple[str, ...]
"""The codes of one place, or of several together: ``("MMR012",)``; empty for one that has none."""


PERSONS: Final = "persons"
"""The unit of a published total of people."""


def is_small(people: int) -> bool:
    """Whether a count could point at persons."""
    return 0 < people < FEW


def speaks_from(row: Any) -> dt.date:  # noqa: ANN401 -- a pandas row has no static type
    """Give the day from which a figure counts: a month's figure from its last day on."""
    day: dt.date = row.date
    if row.date_precision != "month":
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def telling_figures(figures: pd.DataFrame, known: Places) -> set[str]:
    """Give the ids of figures, by place inside the country, from which a small count could be worked out."""
    rows = tables.rows(figures)
    return _telling(((row.Index, speaks_from(row), int(row.people), _codes(row.pcode)) for row in rows), known)


def telling_refugees(figures: pd.DataFrame, known: Places) -> set[str]:
    """Give the ids of figures, by country, from which a small count could be worked out."""
    rows = tables.rows(figures)
    return _telling(((row.Index, speaks_from(row), int(row.people), _codes(row.country_iso3)) for row in rows), known)


def telling_movements(movements: pd.DataFrame, known: Places) -> set[str]:
    """Give the ids of movements from which a small one could be worked out: those that include both of its ends."""
    by_day: dict[Any, list[tuple[str, int, Relative, Relative]]] = defaultdict(list)
    for row in tables.rows(movements):
        ends = _codes(row.origin_pcode), _codes(row.destination_pcode)
        by_day[row.date_to].append((str(row.Index), int(row.people), *ends))
    return {
        name
        for rows in by_day.values()
        for small, count, origin, destination in rows
        if is_small(count)
        for name, _, begins, ends in rows
        if name != small and known.around(begins, origin) and known.around(ends, destination)
    }


def telling_totals(totals: pd.DataFrame, *figures: pd.DataFrame) -> set[str]:
    """Give the ids of published totals of people that are small, or from which a small figure could be worked out.

    A total names no place by code, so it may include any figure of its day, month or year.
    """
    small = {
        speaks_from(row).isoformat() for table in figures for row in tables.rows(table) if is_small(int(row.people))
    }
    return {
        str(row.Index)
        for row in tables.rows(totals)
        if row.unit == PERSONS
        and (
            any(is_small(int(float(value))) for value in (row.value_low, row.value_high) if str(value).strip())
            or any(day.startswith(str(row.date)) for day in small)
        )
    }


def _telling(rows: Iterable[tuple[Any, dt.date, int, Relative]], known: Places) -> set[str]:
    by_day: dict[dt.date, list[tuple[str, int, Relative]]] = defaultdict(list)
    for name, day, people, place in rows:
        by_day[day].append((str(name), people, place))
    return {
        name
        for day in by_day.values()
        for small, count, place in day
        if is_small(count)
        for name, _, other in day
        if name != small and known.around(other, place)
    }


def _codes(text: str) -> Relative:
    return tuple(sorted(code for code in str(text).split(";") if code))


def finer_figures(figures: pd.DataFrame) -> set[str]:
    """Give the ids of figures at a place finer than a township, by the words for it where it has no code."""
    return {str(row.Index) for row in tables.rows(figures) if not row.pcode and SITE.search(str(row.place))}


def finer_movements(movements: pd.DataFrame) -> set[str]:
    """Give the ids of movements with such a place at an end."""
    return {
        str(row.Index)
        for row in tables.rows(movements)
        if any(
            SITE.search(str(words))
            for words, code in ((row.origin, row.origin_pcode), (row.destination, row.destination_pcode))
            if not code
        )
    }


def is_personal(text: str) -> bool:
    """Whether a text leads to a person or to a point on the ground.

    >>> is_personal("call 09 791 234 567"), is_personal("at 20.1234, 93.5678"), is_personal("taken on 2024-05-20")
    (True, True, False)
    """
    return bool(PERSONAL.search(text if text.isascii() else text.translate(DIGITS)))
