"""Dates as people write them, read only where they can mean one thing."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, Literal

from mapper import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

Order = Literal["dmy", "mdy"]
"""What the first of two numbers before a year is: the day, or the month."""

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
CLOCK: Final = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
WORDS: Final = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})"),
)
DIGITS: Final = str.maketrans("၀၁၂၃၄၅၆၇၈၉", "0123456789")
LAST_MONTH: Final = 12


@functools.lru_cache(50_000)  # a long table says the same days again and again
def read(text: str, *, order: Order | None = None) -> str | None:
    """Give ``YYYY-MM-DD``, or ``YYYY-MM`` where only the month is said; ``None`` where it is no date, or may be two.

    ``order`` says what comes first in ``03/04/2024``; without it such a date is read only if one of the two numbers
    can be no month.

    >>> read("5 January 2023"), read("2024/07/15"), read("Jan 2024"), read("13.4.2024")
    ('2023-01-05', '2024-07-15', '2024-01', '2024-04-13')
    >>> read("3/4/2024"), read("3/4/2024", order="dmy"), read("soon")
    (None, '2024-04-03', None)
    """
    plain = CLOCK.sub("", " ".join(text.translate(DIGITS).split()))
    if found := YEAR_FIRST.fullmatch(plain):
        return _sound(*found.groups())
    if found := YEAR_LAST.fullmatch(plain):
        first, second, year = found.groups()
        if order is None and int(first) != int(second) and max(int(first), int(second)) <= LAST_MONTH:
            return None
        day_first = int(first) > LAST_MONTH if order is None else order == "dmy"
        return _sound(year, second, first) if day_first else _sound(year, first, second)
    for form in WORDS:
        if found := form.fullmatch(plain):
            named = found.groupdict()
            return _sound(named["year"], _month(named["month"]), named.get("day"))
    return None


def order_of(texts: Iterable[str]) -> Order | None:
    """Tell from a whole column what comes first in its dates; ``None`` where nothing shows it, or two things do.

    >>> order_of(["03/04/2024", "25/12/2024"]), order_of(["03/04/2024"])
    ('dmy', None)
    """
    first = second = False
    for text in texts:
        if found := YEAR_LAST.fullmatch(CLOCK.sub("", " ".join(text.translate(DIGITS).split()))):
            first |= int(found[1]) > LAST_MONTH
            second |= int(found[2]) > LAST_MONTH
    if first == second:
        return None
    return "dmy" if first else "mdy"


def _month(word: str) -> str | None:
    near = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(word.lower())]
    if word.lower() == "sept":
        near = [9]
    return str(near[0]) if len(near) == 1 else None


def _sound(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return None
    found = f"{year}-{int(month):02}" + ("" if day is None else f"-{int(day):02}")
    return found if tables.is_date(found) else None
