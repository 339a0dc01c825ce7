"""What holds for any reports whatever, not only for those somebody thought of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from made import ASSUMES_JUNTA, TOWNSHIP, report
from mapper import control, resolve, timeline

OPTIONS = [
    ASSUMES_JUNTA,
    replace(ASSUMES_JUNTA, sourcing="all"),
    replace(ASSUMES_JUNTA, partisan={"a-source": "eao"}),
    control.ResolveOptions(),
    control.ResolveOptions(window_days=0, stale_months=1),
]
FIRST, LAST = dt.date(2021, 1, 1), dt.date(2022, 12, 31)

# Dates close together, so that windows, months and days on which several reports fall are common.
dates = st.dates(FIRST, LAST) | st.dates(dt.date(2022, 5, 1), dt.date(2022, 6, 15))
options = st.sampled_from(OPTIONS)
holders = st.lists(st.sampled_from(["AA", "KIA", "3BHA", "SAC", "PDF"]), min_size=1, max_size=2, unique=True)


@st.composite
def reports(draw: st.DrawFn) -> list[control.Report]:
    """Up to nine reports on one township, every field that the rules look at drawn freely."""
    count = draw(st.integers(0, 9))
    return [_report(draw, number) for number in range(count)]


def _report(draw: st.DrawFn, number: int) -> control.Report:
    date, scope = draw(dates), draw(st.sampled_from(control.SCOPES))
    recorded = draw(st.dates(date, LAST + dt.timedelta(days=400)))
    withdrawn = draw(st.none() | st.dates(recorded, LAST + dt.timedelta(days=500)))
    return report(
        date.isoformat() if draw(st.booleans()) else date.isoformat()[:7],
        draw(st.sampled_from(control.REPORT_STATUSES)),
        report_id=f"R{number}",
        holders=tuple(sorted(draw(holders))),
        scope=scope,
        main_town=scope == "town" and draw(st.booleans()),
        kind=draw(st.sampled_from(control.KINDS)),
        confidence=draw(st.sampled_from(["low", "medium", "high"])),
        claimant_side=draw(st.sampled_from(["", *control.CLAIMANT_SIDES])),
        recorded_on=recorded,
        withdrawn_on=withdrawn,
        withdrawn_why="" if withdrawn is None else "an error",
    )


@given(data=st.data(), listed=reports(), on=dates, chosen=options)
def test_the_order_of_rows_never_matters(
    data: st.DataObject, listed: list[control.Report], on: dt.date, chosen: control.ResolveOptions
) -> None:
    shuffled = data.draw(st.permutations(listed))
    one = resolve.explain(TOWNSHIP, listed, on, options=chosen)
    assert resolve.explain(TOWNSHIP, shuffled, on, options=chosen) == one


@given(listed=reports(), on=dates, chosen=options)
def test_a_report_dated_later_never_changes_an_earlier_slice(
    listed: list[control.Report], on: dt.date, chosen: control.ResolveOptions
) -> None:
    earlier = [one for one in listed if one.speaks_from <= on]
    assert resolve.resolve(TOWNSHIP, listed, on, options=chosen) == resolve.resolve(
        TOWNSHIP, earlier, on, options=chosen
    )


@given(listed=reports(), on=dates, known_on=dates, chosen=options)
def test_a_report_recorded_later_never_changes_what_was_known_earlier(
    listed: list[control.Report], on: dt.date, known_on: dt.date, chosen: control.ResolveOptions
) -> None:
    known = [one for one in listed if one.recorded_on <= known_on]
    assert resolve.resolve(TOWNSHIP, listed, on, options=chosen, known_on=known_on) == resolve.resolve(
        TOWNSHIP, known, on, options=chosen, known_on=known_on
    )


@given(listed=reports(), on=dates, chosen=options)
def test_as_of_equals_the_slice(listed: list[control.Report], on: dt.date, chosen: control.ResolveOptions) -> None:
    line = timeline.timeline([TOWNSHIP], listed, [FIRST, LAST], options=chosen)
    assert line.slice(on)[TOWNSHIP] == resolve.resolve(TOWNSHIP, listed, on, options=chosen)


@given(listed=reports(), chosen=options)
def test_stretches_follow_one_another_and_each_differs_from_the_one_before(
    listed: list[control.Report], chosen: control.ResolveOptions
) -> None:
    stretches = timeline.timeline([TOWNSHIP], listed, [FIRST], options=chosen).stretches[TOWNSHIP]
    assert stretches[0].valid_from == dt.date.min
    assert stretches[-1].valid_to is None
    for before, after in pairwise(stretches):
        assert before.valid_to == after.valid_from
        assert before.assessment != after.assessment


@given(listed=reports(), chosen=options)
def test_the_changes_replayed_give_back_every_slice(
    listed: list[control.Report], chosen: control.ResolveOptions
) -> None:
    monthly = timeline.slice_dates(FIRST, LAST, every="month")
    line = timeline.timeline([TOWNSHIP], listed, monthly, options=chosen)
    shown = timeline.shown(line.slice(monthly[0])[TOWNSHIP])
    changes = {change.date: change for change in line.changes()}
    for date in monthly[1:]:
        if date in changes:
            assert timeline.shown(changes[date].before) == shown
            shown = timeline.shown(changes[date].after)
        assert timeline.shown(line.slice(date)[TOWNSHIP]) == shown


@given(data=st.data(), listed=reports().filter(bool), on=dates, chosen=options)
def test_withdrawing_a_report_gives_what_it_would_have_been_without_it(
    data: st.DataObject, listed: list[control.Report], on: dt.date, chosen: control.ResolveOptions
) -> None:
    victim = data.draw(st.sampled_from(listed))
    without = [one for one in listed if one is not victim]
    withdrawn = replace(victim, withdrawn_on=victim.recorded_on, withdrawn_why="an error")
    assert resolve.resolve(TOWNSHIP, [*without, withdrawn], on, options=chosen) == resolve.resolve(
        TOWNSHIP, without, on, options=chosen
    )


@given(listed=reports(), on=dates, chosen=options)
def test_an_assessment_names_only_reports_that_spoke_and_every_reported_one_names_some(
    listed: list[control.Report], on: dt.date, chosen: control.ResolveOptions
) -> None:
    found = resolve.resolve(TOWNSHIP, listed, on, options=chosen)
    spoken = {one.report_id for one in listed if one.speaks_from <= on and one.withdrawn_on is None}
    assert set(found.report_ids) <= spoken
    assert set(found.disputed_by) <= set(found.report_ids)
    assert (found.basis == "reported") <= bool(found.report_ids)
    assert found.disputed == bool(found.disputed_by)
    assert found.since is None or found.since <= on


@given(listed=reports(), on=dates, chosen=options)
def test_every_report_gets_one_verdict(
    listed: list[control.Report], on: dt.date, chosen: control.ResolveOptions
) -> None:
    explained = resolve.explain(TOWNSHIP, listed, on, options=chosen)
    assert sorted(verdict.report.report_id for verdict in explained.verdicts) == sorted(one.report_id for one in listed)
    counted = {verdict.report.report_id for verdict in explained.verdicts if verdict.counted}
    assert counted <= set(explained.assessment.report_ids)
