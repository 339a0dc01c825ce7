"""Where two timelines of the same townships show something else, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.timeline import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.control import Assessment
    from mapper.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Difference:
    """A time in which one township shows something else in one timeline than in another."""

    pcode: str
    begins: dt.date
    ends: dt.date | None
    """The first day after; ``None`` where it lasts as long as both are known."""
    before: Assessment
    after: Assessment


def differences(
    before: Timeline, after: Timeline, *, first: dt.date, last: dt.date, seen: dt.date
) -> Iterator[Difference]:
    """Go through what differs from ``first`` to ``last``, by township and then by day.

    ``seen`` is the last day that ``before`` told its readers of: later days are held against what it said of that one.
    Townships that only one of the two knows are passed over.
    """
    for pcode in sorted(before.stretches.keys() & after.stretches.keys()):
        yield from _of_township(before, after, pcode, first=first, last=last, seen=seen)


def _of_township(
    before: Timeline, after: Timeline, pcode: str, *, first: dt.date, last: dt.date, seen: dt.date
) -> Iterator[Difference]:
    stretches = [stretch for line in (before, after) for stretch in line.stretches[pcode]]
    days = {stretch.valid_from for stretch in stretches if first < stretch.valid_from <= last}
    turns = sorted({first, *days})
    open_one: Difference | None = None
    for day, following in pairwise([*turns, None]):
        if day is None:
            continue
        old, new = before.at(pcode, min(day, seen)), after.at(pcode, day)
        if open_one is not None and (shown(old), shown(new)) == (shown(open_one.before), shown(open_one.after)):
            open_one = Difference(pcode, open_one.begins, following, open_one.before, new)
            continue
        if open_one is not None:
            yield open_one
        open_one = None if shown(old) == shown(new) else Difference(pcode, day, following, old, new)
    if open_one is not None:
        yield open_one
