"""From the reports on one township to one assessment at one date.

The reports are taken in the order of the days they speak from (:func:`rules.turn`), and each turn moves the
township from one state to the next: a *firm* side, and on top of it perhaps a *contest*. Everything that a
later reader needs is in the state, so a report dated or recorded later cannot reach back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from mapper import control, rules, sourcing
from mapper.control import Assessment, Verdict
from mapper.course import firm_side, scope_rule, take
from mapper.state import Contest, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.control import Report, ResolveOptions

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why?": the assessment, and what became of every report on the township."""

    assessment: Assessment
    verdicts: tuple[Verdict, ...]


def resolve(
    pcode: str, reports: Iterable[Report], on: dt.date, *, options: ResolveOptions, known_on: dt.date | None = None
) -> Assessment:
    """Assess one township at one date.

    ``reports`` are the township's, in any order; only those that speak by ``on`` and were recorded by
    ``known_on`` (``None``: all of them) are used.
    """
    return explain(pcode, reports, on, options=options, known_on=known_on).assessment


def explain(
    pcode: str, reports: Iterable[Report], on: dt.date, *, options: ResolveOptions, known_on: dt.date | None = None
) -> Explanation:
    """Assess one township at one date, and say of each of its reports what became of it and why.

    Verdicts are in the order in which the reports speak.
    """
    listed = list(reports)
    state = State(pcode, options)
    for turn in _turns(_considered(listed, options, known_on)):
        if turn[0].speaks_from <= on:
            take(state, turn)
    assessment = _assess(state, on)
    for report in listed:
        if report.report_id not in state.verdicts:
            rule, reason = _why_not_considered(report, options, known_on)
            state.judge(report, rule, reason, counted=False)
    return Explanation(assessment, tuple(_verdicts(state, assessment)))


def history(
    pcode: str, reports: Iterable[Report], *, options: ResolveOptions, known_on: dt.date | None = None
) -> list[tuple[dt.date, Assessment]]:
    """All assessments of one township, each with the first day it holds, oldest first.

    The first holds from the beginning of time (``date.min``); between two entries nothing changes, so
    ``resolve`` at any date equals the entry before it.
    """
    turns = [(turn[0].speaks_from, turn) for turn in _turns(_considered(reports, options, known_on))]
    days = {day for day, _ in turns}
    days |= {control.months_later(day, options.stale_months) + ONE_DAY for day in days}
    if options.baseline is not None:
        days.add(options.baseline.valid_from)
    state = State(pcode, options)
    found = [(dt.date.min, _assess(state, dt.date.min))]
    position = 0
    for day in sorted(days):
        while position < len(turns) and turns[position][0] <= day:
            take(state, turns[position][1])
            position += 1
        assessment = _assess(state, day)
        if assessment != found[-1][1]:
            found.append((day, assessment))
    return found


def _considered(reports: Iterable[Report], options: ResolveOptions, known_on: dt.date | None) -> list[Report]:
    known = rules.considered(reports, known_on=known_on)
    return [report for report in known if not sourcing.is_map(report, options=options)]


def _turns(ordered: Iterable[Report]) -> Iterator[list[Report]]:
    return (list(group) for _, group in groupby(ordered, key=rules.turn))


def _assess(state: State, on: dt.date) -> Assessment:
    """Read the state at a date; a date without a report of its own still ages what stands (rule 5)."""
    contest = state.contest
    if contest is not None:
        expired = rules.expired(contest.confirmed, on, options=state.options)
        if contest.claims or not expired:  # who held it before a claim that nobody answered is no better known
            return _contested(state, contest, on, stale=expired)
    lapsed = contest or state.lapsed
    found = _uncontested(state, on)
    if lapsed is None:
        return found
    return replace(
        found,
        rule="lapse",
        stale=True,
        contested_until=lapsed.confirmed,
        report_ids=tuple(dict.fromkeys((*found.report_ids, *_ids(lapsed.reports)))),
    )


def _contested(state: State, contest: Contest, on: dt.date, *, stale: bool) -> Assessment:
    status, holders = firm_side(state, on)
    return Assessment(
        pcode=state.pcode,
        status="contested",
        holders=tuple(sorted(_parties(contest, state.options))),
        confidence=_confidence(contest.disputed_by or contest.reports, state.options),
        basis="reported",
        rule=contest.rule,
        disputed=bool(contest.disputed_by),
        since=contest.since,
        since_precision=contest.since_precision,
        last_confirmed=contest.confirmed,
        stale=stale,
        main_town_only=all(report.main_town for report in contest.reports),
        firm_status=None if status == "unknown" else status,
        firm_holders=holders,
        report_ids=_ids(contest.reports),
        disputed_by=_ids(contest.disputed_by),
    )


def _parties(contest: Contest, options: ResolveOptions) -> set[str]:
    """Name each party once: an umbrella goes where one of its members is named as well."""
    named = contest.parties
    return {party for party in named if named.isdisjoint(options.umbrellas.get(party, ()))}


def _uncontested(state: State, on: dt.date) -> Assessment:
    firm = state.firm
    if firm is None:
        return _assumed(state.pcode, on, state.options)
    return Assessment(
        pcode=state.pcode,
        status=firm.status,
        holders=firm.holders,
        confidence=_confidence(firm.reports, state.options),
        basis="reported",
        rule=scope_rule(firm.reports),
        disputed=bool(firm.disputed_by),
        since=firm.since,
        since_precision=firm.since_precision,
        last_confirmed=firm.confirmed,
        stale=rules.expired(firm.confirmed, on, options=state.options),
        main_town_only=all(report.main_town for report in firm.reports),
        report_ids=_ids(firm.reports),
        disputed_by=_ids(firm.disputed_by),
    )


def _assumed(pcode: str, on: dt.date, options: ResolveOptions) -> Assessment:
    """Rule 6: no report, so the declared assumption, and without one: unknown."""
    assumed = rules.assumption(on, options=options)
    if assumed is None:
        return Assessment(pcode, "unknown", (), "none", "none", "no_report")
    return Assessment(
        pcode,
        assumed.status,
        assumed.holders,
        "none",
        "assumed",
        "baseline",
        since=assumed.valid_from,
        since_precision="assumed",
    )


def _confidence(reports: Iterable[Report], options: ResolveOptions) -> control.Confidence:
    """Take the best of the reports behind it: they agree, so a weaker one takes nothing away, nor a claim adds."""
    listed = list(reports)
    weighed = sourcing.independent(listed, options=options) or listed
    return max((report.confidence for report in weighed), key=rules.rank)


def _ids(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(report.report_id for report in reports)


def _why_not_considered(report: Report, options: ResolveOptions, known_on: dt.date | None) -> tuple[str, str]:
    if not rules.is_recorded(report, known_on):
        return "considered", f"recorded on {report.recorded_on}, after the date of knowledge"
    if rules.is_withdrawn(report, known_on):
        return "considered", f"withdrawn on {report.withdrawn_on}: {report.withdrawn_why}"
    if rules.is_superseded(report, known_on):
        return "considered", f"corrected on {report.superseded_on} by {report.superseded_by}"
    if sourcing.is_map(report, options=options):
        return "map", "a map is no source: it does not say how it knows"
    return "considered", f"speaks from {report.speaks_from}, after the date asked for"


def _verdicts(state: State, assessment: Assessment) -> Iterator[Verdict]:
    """Say of a report that counted once, and no longer stands behind the assessment, that it was overtaken."""
    ordered = sorted(
        state.verdicts.values(), key=lambda verdict: (rules.turn(verdict.report), verdict.report.report_id)
    )
    for verdict in ordered:
        if verdict.counted and verdict.report.report_id not in assessment.report_ids:
            yield replace(verdict, counted=False, reason=f"{verdict.reason}; overtaken since by later reports")
        else:
            yield verdict
