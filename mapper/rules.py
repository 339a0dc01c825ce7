"""The rules from reports to an assessment, each one a small function with a name.

:mod:`mapper.resolve` applies them in order of time; nothing here knows about townships or maps.

1. :attr:`control.Report.speaks_from`: a report speaks from its date on, never earlier than its source supports.
2. :func:`contradicts`: a report on a part, or on another town, counts only against the status.
3. :func:`since`: a snapshot's date is "by", never "on".
4. :func:`disagree`, :func:`separate`: reports close in time that cannot both be true.
5. :func:`expired`: what nothing confirms for long is stale, and a contest lapses.
6. :func:`assumption`: where there is no report.
7. :func:`considered`, :func:`turn`: what was known, in an order that does not depend on the rows.
8. :mod:`mapper.sourcing`: who may speak for whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import control

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from mapper.control import Report, ResolveOptions


def considered(reports: Iterable[Report], *, known_on: dt.date | None = None) -> list[Report]:
    """Rule 7: the reports recorded until ``known_on`` (``None``: all), not taken back by then, in turn."""
    return sorted((report for report in reports if stands(report, known_on)), key=order)


def stands(report: Report, known_on: dt.date | None) -> bool:
    """Rule 7: whether a report was known by then, and nobody had taken it back."""
    gone = is_withdrawn(report, known_on) or is_superseded(report, known_on)
    return is_recorded(report, known_on) and not gone


def order(report: Report) -> tuple[tuple[dt.date, int], str]:
    """Rule 7: the order of reports, whatever the order of the rows; within a turn the id only makes it stable."""
    return turn(report), report.report_id


def is_recorded(report: Report, known_on: dt.date | None) -> bool:
    """Rule 7: a report recorded later is not known yet."""
    return known_on is None or report.recorded_on <= known_on


def is_withdrawn(report: Report, known_on: dt.date | None) -> bool:
    """Rule 7: a withdrawn report is kept and ignored, from the day it was withdrawn."""
    return report.withdrawn_on is not None and (known_on is None or report.withdrawn_on <= known_on)


def is_superseded(report: Report, known_on: dt.date | None) -> bool:
    """Rule 7: a report that another record corrects is kept and ignored, from the day of that record."""
    return report.superseded_on is not None and (known_on is None or report.superseded_on <= known_on)


def turn(report: Report) -> tuple[dt.date, int]:
    """Rule 7: the place of a report in the course of things; reports of one turn are weighed together.

    Within a day what *was so* comes first, then fighting, then what *happened*: a capture is the end of
    the clash reported on the same day, not its denial. A contest of the whole township comes last, since
    a town can fall while the land around it does not.
    """
    if report.sets_status and report.status in control.FIRM:
        return report.speaks_from, 0 if report.kind == "snapshot" else 2
    return report.speaks_from, 3 if report.scope == "township" else 1


def since(report: Report) -> tuple[dt.date, control.SincePrecision]:
    """Rule 3: the day of an event, the month of one known only so, or "by" the day of a snapshot."""
    return report.speaks_from, "by" if report.kind == "snapshot" else report.precision


def same_holders(one: Sequence[str], other: Sequence[str], *, options: ResolveOptions) -> bool:
    """Whether two lists of actors share one, counting umbrellas as their members; an empty list fits any."""
    if not one or not other:
        return True
    return not _members(one, options).isdisjoint(_members(other, options))


def _members(holders: Sequence[str], options: ResolveOptions) -> set[str]:
    return {member for holder in holders for member in (holder, *options.umbrellas.get(holder, ()))}


def contradicts(report: Report, status: control.Status) -> bool:
    """Rule 2: whether a report on a part, or on another town, speaks against a firm status of the township."""
    return status in control.FIRM and report.status != status


def may_precede(report: Report, event: Report) -> bool:
    """Whether a report, taken at its earliest, can be from before an event.

    "Fighting in May" does not speak against a capture on 20 May: it may well be what led to it. On the same
    day it may, too, but not where it speaks of the whole township and the event of its main town.
    """
    wider = report.scope == "township" and event.scope != "township"
    return event.kind == "event" and (
        report.date < event.speaks_from or (report.date == event.speaks_from and not wider)
    )


def close(earlier: Report, later: Report, *, options: ResolveOptions) -> bool:
    """Rule 4: whether two reports speak about the same moment; a month is as long as it is."""
    return (later.date - earlier.speaks_from).days <= options.window_days


def disagree(earlier: Report, later: Report, *, options: ResolveOptions, turning: bool = True) -> bool:
    """Rule 4: whether two reports that set a status, close in time, cannot both be true.

    Fighting and then an outcome, or a state and then an event that ends it, is the course of things
    and no disagreement. ``earlier`` has an earlier turn than ``later``, or the same; ``turning`` says whether
    it turned the status: an "event" that only repeats what was so is a state like any snapshot.
    """
    if not close(earlier, later, options=options):
        return False
    if earlier.status == later.status:
        return earlier.status in control.FIRM and not same_holders(earlier.holders, later.holders, options=options)
    if turn(earlier) == turn(later):
        return True
    if _town_in_contested_land(earlier, later):
        return False
    if later.kind == "event" and later.status in control.FIRM:
        return turning and earlier.kind == "event" and earlier.status in control.FIRM
    return not may_precede(later, earlier)


def _town_in_contested_land(one: Report, other: Report) -> bool:
    """Whether one gives the main town to a side and the other calls the whole township contested: both can be."""
    towns = {report.scope for report in (one, other) if report.status in control.FIRM}
    lands = {report.scope for report in (one, other) if report.status == "contested"}
    return towns == {"town"} and lands == {"township"}


def may_end(report: Report, contest: Iterable[Report], *, options: ResolveOptions) -> bool:
    """Rule 2: whether a report that names a side is enough to end a contest that stands.

    A report of low confidence does not end what better ones report. A state of the main town ("listed among towns
    held by") does not end a contest of the whole township that a report within the time of rule 5 speaks of.
    """
    known = list(contest)
    if report.confidence == "low" and any(rank(other.confidence) > rank("low") for other in known):
        return False
    listed = report.kind == "snapshot" and report.scope == "town"
    return not (
        listed
        and any(
            other.scope == "township" and not expired(other.speaks_from, report.speaks_from, options=options)
            for other in known
        )
    )


def separate(reports: Iterable[Report]) -> list[Report]:
    """Rule 4: the reports of the highest confidence among those that disagree."""
    listed = list(reports)
    top = max(rank(report.confidence) for report in listed)
    return [report for report in listed if rank(report.confidence) == top]


def rank(confidence: control.Confidence) -> int:
    """Place of a confidence in ascending order."""
    return control.CONFIDENCES.index(confidence)


def expired(last_confirmed: dt.date, on: dt.date, *, options: ResolveOptions) -> bool:
    """Rule 5: whether nothing has confirmed a status for longer than the package allows."""
    return on > control.months_later(last_confirmed, options.stale_months)


def assumption(on: dt.date, *, options: ResolveOptions) -> control.Baseline | None:
    """Rule 6: the declared baseline, from the day it is declared for; otherwise nothing is known."""
    baseline = options.baseline
    return baseline if baseline is not None and on >= baseline.valid_from else None
