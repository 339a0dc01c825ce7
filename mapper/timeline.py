"""All townships over time: slices, stretches and changes, from the reports of a data package."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from mapper import control, errors, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from mapper.control import Assessment, Report, ResolveOptions

    Said = TypeVar("Said")

Every = Literal["month", "week", "quarter", "change"]
Slice = dict[str, "Assessment"]
"""P-code to assessment, for all townships at one date: ``{"MMR012017": Assessment(...)}``."""

MONTHS: Final[dict[str, int]] = {"month": 1, "quarter": 3}
ONE_DAY = dt.timedelta(days=1)
ONE_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a township's assessment stays the same."""

    valid_from: dt.date
    """The first day; ``date.min`` where nothing is earlier."""
    valid_to: dt.date | None
    """The first day after; ``None`` where nothing ends it."""
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Change:
    """A township that shows something else in a slice than in the slice before."""

    date: dt.date
    previous: dt.date
    pcode: str
    before: Assessment
    after: Assessment

    @property
    def what(self) -> str:
        """The weightiest thing that differs: ``status``, ``holders``, ``basis``, ``disputed`` or ``stale``."""
        names = ("status", "holders", "basis", "disputed", "stale")
        pairs = zip(names, shown(self.before), shown(self.after), strict=True)
        return next(name for name, before, after in pairs if before != after)

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The reports that made the change: those behind the new assessment that were not behind the old.

        None made a lapse: there it is the silence since ``after.contested_until`` that did.
        """
        if self.after.rule == "lapse":
            return ()
        return tuple(name for name in self.after.report_ids if name not in self.before.report_ids)


def shown(assessment: Assessment) -> tuple[str, tuple[str, ...], str, bool, bool]:
    """Give what of an assessment the map shows; two that agree in it look the same."""
    return assessment.status, assessment.holders, assessment.basis, assessment.disputed, assessment.stale


@dataclass(frozen=True)
class Timeline:
    """The assessments of all townships, at every date and at the chosen slice dates."""

    dates: tuple[dt.date, ...]
    """The slice dates, ascending."""
    as_known_on: dt.date | None
    stretches: Mapping[str, tuple[Stretch, ...]]
    """By P-code, ascending; each township's stretches follow one another without a gap."""

    def at(self, pcode: str, date: dt.date) -> Assessment:
        """Give one township's assessment at any date."""
        stretches = self.stretches[pcode]
        return stretches[bisect_right(stretches, date, key=lambda stretch: stretch.valid_from) - 1].assessment

    def slice(self, date: dt.date) -> Slice:
        """Give all townships' assessments at any date, in the order of their P-codes; a copy of your own."""
        if date in self._looked_up:
            return dict(self._looked_up[date])
        return self._look_up(date)

    @cached_property
    def _looked_up(self) -> dict[dt.date, Slice]:
        """Keep the slices: the page, the changes and the sums each go through all of them."""
        pcodes = list(self.stretches)
        rows = self.each(lambda found: found)
        return {date: dict(zip(pcodes, row, strict=True)) for date, row in zip(self.dates, rows, strict=True)}

    def _look_up(self, date: dt.date) -> Slice:
        return {pcode: self.at(pcode, date) for pcode in self.stretches}

    def slices(self) -> Iterator[tuple[dt.date, Slice]]:
        """Go through the slices, oldest first."""
        for date in self.dates:
            yield date, self.slice(date)

    def each(self, say: Callable[[Assessment], Said]) -> Iterator[tuple[Said, ...]]:
        """Give what is to be said of each township, slice by slice, in the order of their P-codes.

        ``say`` is asked once for each assessment that a township has in some slice, not once for each slice.
        """
        columns = []
        for stretches in self.stretches.values():
            starts = [0, *(bisect_left(self.dates, stretch.valid_from) for stretch in stretches[1:])]
            column: list[Said] = []
            for stretch, (start, end) in zip(stretches, pairwise([*starts, len(self.dates)]), strict=True):
                if start < end:
                    column += [say(stretch.assessment)] * (end - start)
            columns.append(column)
        return zip(*columns, strict=True) if columns else iter([()] * len(self.dates))

    def changes(self) -> tuple[Change, ...]:
        """Give every change between consecutive slices, by date and then P-code."""
        return tuple(change for previous, date in pairwise(self.dates) for change in self.between(previous, date))

    def with_a_slice_for_each_change(self) -> Timeline:
        """Give the same timeline with a slice on each day, from the first to the last, on which the map changes."""
        first, last = self.dates[0], self.dates[-1]
        days = {
            after.valid_from
            for stretches in self.stretches.values()
            for before, after in pairwise(stretches)
            if first < after.valid_from < last and shown(before.assessment) != shown(after.assessment)
        }
        return replace(self, dates=tuple(sorted({first, last, *days})))

    def between(self, previous: dt.date, date: dt.date) -> tuple[Change, ...]:
        """Give the townships that differ between two dates, by P-code."""
        before, after = self.slice(previous), self.slice(date)
        return tuple(
            Change(date, previous, pcode, before[pcode], after[pcode])
            for pcode in self.stretches
            if before[pcode] is not after[pcode] and shown(before[pcode]) != shown(after[pcode])
        )


def timeline(
    pcodes: Iterable[str],
    reports: Iterable[Report],
    dates: Sequence[dt.date],
    *,
    options: ResolveOptions,
    known_on: dt.date | None = None,
) -> Timeline:
    """Resolve all reports, once, into the assessments of all townships.

    ``pcodes`` are the townships that exist; a report on another one is ignored (checking it is the business
    of :mod:`mapper.tables`). Raises :class:`errors.UsageError` if ``dates`` are empty or not ascending.
    """
    if not dates or any(one >= two for one, two in pairwise(dates)):
        raise errors.UsageError("slice dates must be at least one, ascending, without repetition")
    by_township: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_township[report.pcode].append(report)
    stretches = {
        pcode: _stretches(resolve.history(pcode, by_township[pcode], options=options, known_on=known_on))
        for pcode in sorted(pcodes)
    }
    return Timeline(tuple(dates), known_on, stretches)


def _stretches(history: list[tuple[dt.date, Assessment]]) -> tuple[Stretch, ...]:
    ends: list[dt.date | None] = [day for day, _ in history[1:]]
    return tuple(Stretch(day, end, found) for (day, found), end in zip(history, [*ends, None], strict=True))


def slice_dates(start: dt.date, end: dt.date, *, every: Every) -> tuple[dt.date, ...]:
    """Choose the dates of the slices, from ``start`` to ``end`` inclusive.

    ``month`` and ``quarter`` give last days of months and ``week`` every seventh day, counted back from ``end``;
    ``start`` and ``end`` themselves always count. The days of ``change`` only a timeline knows:
    :meth:`Timeline.with_a_slice_for_each_change`.

    >>> [day.isoformat() for day in slice_dates(dt.date(2021, 2, 28), dt.date(2021, 4, 30), every="month")]
    ['2021-02-28', '2021-03-31', '2021-04-30']
    """
    if start > end:
        raise errors.UsageError(f"the first slice, {start}, would be after the last, {end}: give other dates")
    if every == "week":
        days = {end - ONE_WEEK * count for count in range((end - start).days // 7 + 1)}
    else:
        days = set(_month_ends(start, end, MONTHS[every]))
    return tuple(sorted(days | {start, end}))


def _month_ends(start: dt.date, end: dt.date, step: int) -> Iterator[dt.date]:
    """Walk the last days of months, every ``step`` of them counted back from the month of ``end``."""
    first = end.replace(day=1)
    while first >= start.replace(day=1):
        last = control.months_later(first, 1) - ONE_DAY
        if start <= last <= end:
            yield last
        if (first.year, first.month) <= (1, step):
            return
        first = control.months_later(first, -step)
