"""How one turn of reports moves a township on: the rules of :mod:`mapper.rules`, applied to a :class:`state.State`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper import control, rules, sourcing
from mapper.state import Contest, Firm, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from mapper.control import Report

LONGEST_MONTH: Final = 31


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
    contest = state.contest
    if contest is not None and not contest.claims and rules.expired(contest.confirmed, day, options=state.options):
        state.lapsed, state.contest = contest, None


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
    elif state.contest is not None and report.kind == "event":
        _contest(state, [report], "part_contests", {*report.holders, *holders})
        state.judge(report, "part_contests", "fighting on a part: the contest goes on", counted=True)
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
    *,
    disputed_by: tuple[Report, ...] = (),
    claims: tuple[Report, ...] = (),
) -> None:
    """Begin a contest, or confirm the one there is.

    ``reports`` are in turn; those of the last turn date it, since a dispute begins with the word against. A report
    on a part confirms a contest and leaves its rule, and who disputes it, as they are.
    """
    last = reports[-1].speaks_from
    day, precision = rules.since(_lead(report for report in reports if rules.turn(report) == rules.turn(reports[-1])))
    if state.contest is None:
        state.lapsed = None
        state.contest = Contest(rule, day, precision, last, frozenset(parties), tuple(reports), disputed_by, claims)
        return
    on_part = rule == "part_contests"
    contest = state.contest
    state.contest = replace(
        contest,
        rule=contest.rule if on_part else rule,
        confirmed=last,
        parties=contest.parties | parties,
        reports=_joined(contest.reports, reports),
        disputed_by=contest.disputed_by if on_part else disputed_by,
        claims=contest.claims if on_part else (*contest.claims, *claims) if claims else (),
    )


def _joined(reports: tuple[Report, ...], more: Iterable[Report]) -> tuple[Report, ...]:
    known = {report.report_id for report in reports}
    return (*reports, *(report for report in more if report.report_id not in known))


def _take_setters(state: State, turn: list[Report]) -> None:
    """Rules 2 to 4 and 8: reports on the whole township or its main town; claims after what counts by itself."""
    fresh = []
    for report in turn:
        later = _overtaken_by(state, report)
        if later is None:
            fresh.append(report)
        else:
            state.judge(report, "disagreement", f"may be from before {later.report_id}", counted=False)
    independent = sourcing.independent(fresh, options=state.options)
    if independent:
        _weigh(state, independent)
    for report in fresh:
        if report not in independent:
            _take_claim(state, report)


def _take_claim(state: State, report: Report) -> None:
    """Rule 8: a party claims the township for itself; that contests it, and neither gives nor confirms it."""
    status, holders = firm_side(state, report.speaks_from)
    stands = sourcing.agrees(report, status, holders, options=state.options)
    if stands and state.contest is None:
        what = "stands" if state.firm is not None else "is assumed"
        state.judge(report, "claim", f"a party says for itself what {what}: confirms nothing alone", counted=False)
    elif stands:
        _contest(state, [report], "part_contests", {*report.holders, *holders})
        state.judge(report, "claim", "a party's word for itself does not end the contest", counted=True)
    else:
        _contest(state, [report], "claim", {*report.holders, *holders}, claims=(report,))
        reason = "claimed by a party for itself; more than contested only with a second, independent source"
        state.judge(report, "claim", reason, counted=True)


def _weigh(state: State, fresh: list[Report]) -> None:
    """Rules 2 to 4: reports that count by themselves, weighed with those close before them."""
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
    state.setters = [old for old in state.setters if _still_near(state, old, fresh[0])] + fresh
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


def _overtaken_by(state: State, report: Report) -> Report | None:
    """Give the report that a state, known only by its month, may be older than and so cannot speak against."""
    if report.kind == "event" and report.status in control.FIRM:
        return None
    if state.contest is not None:
        weighty = sourcing.independent(state.contest.reports, options=state.options)
        later = bool(weighty) and report.status in control.FIRM and report.date < weighty[-1].speaks_from
        return weighty[-1] if later else None
    event = None if state.firm is None else state.firm.event
    if event is None or report.status == event.status or not rules.may_precede(report, event):
        return None
    return event


def _still_near(state: State, old: Report, new: Report) -> bool:
    """Whether a report known by its month, yet to come, can still be close to an old one."""
    return (new.speaks_from - old.speaks_from).days <= state.options.window_days + LONGEST_MONTH


def _take_back(state: State, reports: Collection[Report]) -> None:
    """Undo a firm status that rests on reports which no longer stand alone, or at all."""
    while state.firm is not None and sourcing.independent(state.firm.reports, options=state.options)[0] in reports:
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
        _contest(state, list(sides), "disagreement", _holders(sides), disputed_by=sides)
        return
    first = _lead(fresh)
    day, precision = rules.since(first)
    firm, held = state.firm, tuple(sorted(_holders(sides)))
    if firm is not None and _same_side(state, firm, first.status, held):
        state.firm = replace(firm, holders=held, confirmed=day, reports=_joined(firm.reports, fresh), disputed_by=sides)
    else:
        state.firm = Firm(first.status, held, first, day, precision, day, sides, sides, firm)
    state.contest = state.lapsed = None


def _claim_before(state: State, fresh: list[Report], first: Report) -> Report | None:
    """Rule 8: give the claim that reports confirm: it dates what they only found to be so, or tell of days later."""
    claims = () if state.contest is None else state.contest.claims
    held = tuple(sorted(_holders(fresh)))
    agreeing = [
        one
        for one in claims
        if sourcing.agrees(one, first.status, held, options=state.options)
        and (first.kind == "snapshot" or rules.close(one, first, options=state.options))
    ]
    if agreeing:
        state.judge(agreeing[0], "claim", "claimed by a party for itself; confirmed by another source", counted=True)
    return agreeing[0] if agreeing else None


def _lead(reports: Iterable[Report]) -> Report:
    """Take the report of one turn that dates it best: an event before a snapshot, a day before a month."""
    return min(reports, key=lambda report: (report.kind != "event", report.precision != "day", report.report_id))


def _same_side(state: State, firm: Firm, status: control.Status, held: tuple[str, ...]) -> bool:
    return firm.status == status and rules.same_holders(firm.holders, held, options=state.options)


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
    contest = state.contest
    weighty = [] if contest is None else sourcing.independent(contest.reports, options=state.options)
    ends = contest is None or any(rules.may_end(one, weighty, options=state.options) for one in fresh)
    if not ends and first.confidence == "low":
        for report in fresh:
            state.judge(report, rule, "too weak to end the contest", counted=False)
        return
    goes_on = (
        firm is not None
        and (contest is None or first.kind == "snapshot")
        and state.lapsed is None
        and _same_side(state, firm, first.status, held)
    )
    if firm is not None and goes_on and firm.disputed_by:
        side = [one for one in firm.disputed_by if rules.same_holders(one.holders, held, options=state.options)]
        day, precision = rules.since(side[0])
        reports = _joined(tuple(side), fresh)
        state.firm = Firm(first.status, held, side[0], day, precision, first.speaks_from, reports, before=firm.before)
    elif firm is not None and goes_on:
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
        claim = _claim_before(state, fresh, first)
        began, how = (day, precision) if claim is None else rules.since(claim)
        behind = tuple(fresh) if claim is None else (claim, *fresh)
        # An event names its actor, here as in what goes on.
        names = first if claim is None or claim.kind == "snapshot" or first.kind == "event" else claim
        held = held if names is first else tuple(sorted(names.holders)) or held
        state.firm = Firm(first.status, held, names, began, how, day, behind, before=firm)
        state.turning.update(report.report_id for report in fresh)
    if ends:
        state.contest = state.lapsed = None
    said = "sets the status" if not goes_on else "confirms the status"
    for report in fresh:
        state.judge(report, rule, said if ends else "holds the main town, within a contest", counted=ends)
