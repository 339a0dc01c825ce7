"""One township between two reports: a firm side and perhaps a contest, moved on by each turn of reports.

:func:`take` is the whole of it; the rules it applies are in :mod:`mapper.rules`, by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mapper import control, rules
from mapper.control import Report, ResolveOptions, Verdict

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, slots=True)
class Firm:
    """The last side that held the township beyond doubt, as far as reported."""

    status: control.Status
    holders: tuple[str, ...]
    holders_from: Report
    since: dt.date
    since_precision: control.SincePrecision
    confirmed: dt.date
    reports: tuple[Report, ...]
    disputed_by: tuple[Report, ...] = ()
    before: Firm | None = None

    @property
    def event(self) -> Report | None:
        """The latest event among the reports behind it."""
        return next((report for report in reversed(self.reports) if report.kind == "event"), None)


@dataclass(frozen=True, slots=True)
class Contest:
    """A fight, or a disagreement, that stands until a firm report or until it lapses."""

    rule: control.Rule
    since: dt.date
    since_precision: control.SincePrecision
    confirmed: dt.date
    parties: frozenset[str]
    reports: tuple[Report, ...]
    disputed_by: tuple[Report, ...] = ()


@dataclass(slots=True)
class State:
    """One township between two turns."""

    pcode: str
    options: ResolveOptions
    firm: Firm | None = None
    contest: Contest | None = None
    lapsed: Contest | None = None
    setters: list[Report] = field(default_factory=list)
    """The counted reports on the whole township that a new one may still disagree with."""
    turning: set[str] = field(default_factory=set)
    """Ids of the reports that turned the status rather than confirm it."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def judge(self, report: Report, rule: str, reason: str, *, counted: bool) -> None:
        """Note what became of a report; a later word on the same report replaces the earlier one."""
        self.verdicts[report.report_id] = Verdict(report, counted, rule, reason)


def take(state: State, turn: list[Report]) -> None:
    """Move on by the reports of one turn."""
    _let_lapse(state, turn[0].speaks_from)
    setters = [report for report in turn if report.sets_status]
    for report in turn:
        if not report.sets_status:
            _take_part(state, report)
    if setters:
        _take_setters(state, setters)


def _let_lapse(state: State, day: dt.date) -> None:
    """Rule 5: end a contest that nothing confirmed for too long, before anything new is weighed."""
    if state.contest is not None and rules.expired(state.contest.confirmed, day, options=state.options):
        state.lapsed, state.contest = state.contest, None


def firm_side(state: State, day: dt.date) -> tuple[control.Status, tuple[str, ...]]:
    """Give the side a contradiction is measured against: the firm one, else the assumed one, else unknown."""
    if state.firm is not None:
        return state.firm.status, state.firm.holders
    assumed = rules.assumption(day, options=state.options)
    return (assumed.status, assumed.holders) if assumed is not None else ("unknown", ())


def _take_part(state: State, report: Report) -> None:
    """Rule 2, second half: a part of the township, or another of its towns."""
    status, holders = firm_side(state, report.speaks_from)
    event = None if state.firm is None else state.firm.event
    if status == "unknown" and state.contest is None:
        state.judge(report, "part_contests", "speaks of a part, and nothing is known to contradict", counted=False)
    elif not rules.contradicts(report, status) and not (status == "unknown" and report.status == "contested"):
        state.judge(report, "part_contests", "speaks of a part and does not contradict the status", counted=False)
    elif state.contest is None and event is not None and rules.may_precede(report, event):
        state.judge(report, "part_contests", f"may be from before {event.report_id}", counted=False)
    else:
        reason = "contradicts on a part: contested" if state.contest is None else "the contest goes on"
        _contest(state, [report], "part_contests", {*report.holders, *holders})
        state.judge(report, "part_contests", reason, counted=True)


def _contest(
    state: State,
    reports: list[Report],
    rule: control.Rule,
    parties: set[str],
    disputed_by: tuple[Report, ...] = (),
) -> None:
    """Begin a contest, or confirm the one there is."""
    day, precision = rules.since(_lead(reports))
    if state.contest is None:
        state.lapsed = None
        state.contest = Contest(rule, day, precision, day, frozenset(parties), tuple(reports), disputed_by)
        return
    contest = state.contest
    state.contest = replace(
        contest,
        rule=rule,
        confirmed=day,
        parties=contest.parties | parties,
        reports=_joined(contest.reports, reports),
        disputed_by=disputed_by,
    )


def _joined(reports: tuple[Report, ...], more: Iterable[Report]) -> tuple[Report, ...]:
    known = {report.report_id for report in reports}
    return (*reports, *(report for report in more if report.report_id not in known))


def _take_setters(state: State, turn: list[Report]) -> None:
    """Rules 2 to 4: reports on the whole township or its main town, weighed with those close before them."""
    event = None if state.firm is None or state.contest is not None else state.firm.event
    fresh = []
    for report in turn:
        if event is not None and _is_overtaken(report, event):
            state.judge(report, "disagreement", f"may be from before {event.report_id}", counted=False)
        else:
            fresh.append(report)
    if not fresh:
        return
    rivals = [old for old in state.setters if any(_disagree(state, old, new) for new in fresh)]
    winners = rules.separate([*rivals, *fresh]) if rivals or _divided(state, fresh) else fresh
    outweighed = [report for report in (*rivals, *fresh) if report not in winners]
    for report in outweighed:
        state.judge(report, "disagreement", "outweighed by a report of higher confidence", counted=False)
    rivals = [report for report in rivals if report in winners]
    fresh = [report for report in fresh if report in winners]
    if not fresh:
        return
    _take_back(state, outweighed)
    state.setters = [old for old in state.setters if rules.close(old, fresh[0], options=state.options)] + fresh
    quarrel = bool(rivals) or _divided(state, fresh)
    if quarrel:
        _dispute(state, (*rivals, *fresh), fresh)
    elif fresh[0].status == "contested":
        _, holders = firm_side(state, fresh[0].speaks_from)
        _contest(state, fresh, scope_rule(fresh), {*_holders(fresh), *holders})
        for report in fresh:
            state.judge(report, scope_rule([report]), "contested", counted=True)
    else:
        _settle(state, fresh)


def _is_overtaken(report: Report, event: Report) -> bool:
    """Whether a report that differs from the event behind the firm status may be from before it."""
    happened = report.kind == "event" and report.status in control.FIRM
    return not happened and report.status != event.status and rules.may_precede(report, event)


def _take_back(state: State, reports: Collection[Report]) -> None:
    """Undo a firm status that rests on reports which no longer stand alone, or at all."""
    while state.firm is not None and state.firm.reports[0] in reports:
        state.firm = state.firm.before


def _disagree(state: State, earlier: Report, later: Report) -> bool:
    turning = earlier.report_id in state.turning
    return rules.disagree(earlier, later, options=state.options, turning=turning)


def _divided(state: State, fresh: list[Report]) -> bool:
    """Whether the reports of one turn disagree among themselves."""
    return any(rules.disagree(one, two, options=state.options) for one in fresh for two in fresh)


def _dispute(state: State, sides: tuple[Report, ...], fresh: list[Report]) -> None:
    """Rule 4: nothing separates the sides. Over the status: contested. Over the holders alone: both are named."""
    names = ", ".join(report.report_id for report in sides)
    for report in sides:
        state.judge(report, "disagreement", f"disagree and confidence cannot separate them: {names}", counted=True)
    state.turning.update(report.report_id for report in sides)
    if len({report.status for report in sides}) > 1:
        _take_back(state, sides)
        _contest(state, list(sides), "disagreement", _holders(sides), sides)
        return
    first = _lead(fresh)
    day, precision = rules.since(first)
    firm, held = state.firm, tuple(sorted(_holders(sides)))
    if firm is not None and firm.status == first.status:
        state.firm = replace(firm, holders=held, confirmed=day, reports=_joined(firm.reports, fresh), disputed_by=sides)
    else:
        state.firm = Firm(first.status, held, first, day, precision, day, sides, sides, firm)
    state.contest = state.lapsed = None


def _lead(reports: Iterable[Report]) -> Report:
    """Take the report of one turn that dates it best: an event before a snapshot, a day before a month."""
    return min(reports, key=lambda report: (report.kind != "event", report.precision != "day", report.report_id))


def _holders(reports: Iterable[Report]) -> set[str]:
    return {holder for report in reports for holder in report.holders}


def scope_rule(reports: Iterable[Report]) -> control.Rule:
    """Name the half of rule 2 by which reports set the status."""
    return "township_scope" if any(report.scope == "township" for report in reports) else "main_town_scope"


def _settle(state: State, fresh: list[Report]) -> None:
    """Rules 2 and 3: a firm status begins, or is confirmed."""
    first = _lead(fresh)
    day, precision = rules.since(first)
    firm = state.firm
    rule = scope_rule(fresh)
    held = tuple(sorted(_holders(fresh)))
    goes_on = (
        firm is not None
        and state.contest is None
        and state.lapsed is None
        and firm.status == first.status
        and rules.same_holders(firm.holders, held, options=state.options)
    )
    if firm is not None and goes_on:
        # An event names its actor; a list of towns "held by A and B" does not say which of them holds this one.
        keeps = not held or (firm.holders_from.kind == "event" and first.kind == "snapshot" and bool(firm.holders))
        state.firm = replace(
            firm,
            holders=firm.holders if keeps else held,
            holders_from=firm.holders_from if keeps else first,
            confirmed=day,
            reports=_joined(firm.reports, fresh),
            disputed_by=(),
        )
    else:
        state.firm = Firm(first.status, held, first, day, precision, day, tuple(fresh), before=firm)
        state.turning.update(report.report_id for report in fresh)
    state.contest = state.lapsed = None
    for report in fresh:
        state.judge(report, rule, "confirms the status" if goes_on else "sets the status", counted=True)
