"""Whatever was recorded, corrected and taken back later: as known on a day is what a build on that day gave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import made
from mapper import control, publish, records, timeline
from mapper.outputs import corrections, folium_map
from mapper.outputs.exports import built

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2024, 3, 31)
days = st.dates(FIRST, LAST)
PCODES = ["MMR012001", "MMR012002"]
DATES = timeline.slice_dates(FIRST, LAST, every="month")


@st.composite
def histories(draw: st.DrawFn) -> tuple[control.Report, ...]:
    """Give up to eight records, some of which correct earlier ones or are taken back."""
    found: list[control.Report] = []
    for number in range(draw(st.integers(0, 8))):
        date = draw(days)
        recorded = draw(st.dates(date, LAST + dt.timedelta(days=30)))
        fresh = [one for one in found if not any(other.supersedes == one.report_id for other in found)]
        old = draw(st.sampled_from(fresh)) if fresh and draw(st.booleans()) else None
        taken = draw(st.none() | st.dates(recorded, LAST + dt.timedelta(days=60)))
        found.append(
            made.report(
                date.isoformat(),
                draw(st.sampled_from(control.REPORT_STATUSES)),
                report_id=f"R{number}",
                pcode=draw(st.sampled_from(PCODES)),
                claimant_side=draw(st.sampled_from(["", "eao", "junta"])),
                recorded_on=recorded if old is None else max(recorded, old.recorded_on),
                supersedes="" if old is None else old.report_id,
                supersedes_why="" if old is None else "it was wrong",
            )
        )
        if taken is not None:
            taken = max(taken, found[-1].recorded_on)
            found[-1] = replace(found[-1], withdrawn_on=taken, withdrawn_why="it was not so")
    return records.corrected(found)


def on_the_day(history: tuple[control.Report, ...], day: dt.date) -> tuple[control.Report, ...]:
    """Write the table as it stood on a day: the rows there were, with the withdrawals there were."""
    rows = [replace(one, superseded_on=None, superseded_by="") for one in history if one.recorded_on <= day]
    there = [
        replace(one, withdrawn_on=None, withdrawn_why="") if one.withdrawn_on and one.withdrawn_on > day else one
        for one in rows
    ]
    return records.corrected(there)


@given(history=histories(), day=st.dates(FIRST, LAST + dt.timedelta(days=70)))
def test_as_known_on_a_day_equals_what_a_build_on_that_day_gave(
    history: tuple[control.Report, ...], day: dt.date
) -> None:
    options = made.ASSUMES_JUNTA
    later = timeline.timeline(PCODES, history, DATES, options=options, known_on=day)
    then = timeline.timeline(PCODES, on_the_day(history, day), DATES, options=options)
    assert later.stretches == then.stretches
    assert records.as_known(history, day) == on_the_day(history, day)


@settings(max_examples=15)
@given(history=histories(), day=st.dates(FIRST, LAST + dt.timedelta(days=70)))
def test_each_file_of_a_build_comes_back_to_the_byte(history: tuple[control.Report, ...], day: dt.date) -> None:
    assert written(history, day) == written(on_the_day(history, day), day)


def written(history: tuple[control.Report, ...], day: dt.date) -> list[bytes]:
    package = publish.as_known(made.package(*history, count=2), day)
    shapes = made.boundaries(package)
    line = timeline.timeline(PCODES, package.reports, DATES, options=package.options, known_on=day)
    return [
        folium_map.to_html(folium_map.control_map(line, shapes, package)).encode(),
        built.history_geojson(line, shapes, package),
        built.changes_csv(line, package).encode(),
        corrections.to_html(records.log(package.reports), package, known_on=day),
    ]


def test_a_figure_recorded_later_is_not_known_yet() -> None:
    package = made.package()
    figures = pd.DataFrame({"people": [10, 20, 30], "recorded_on": ["2024-01-01", "2024-02-01", ""]})
    known = publish.as_known(replace(package, displacement=figures), dt.date(2024, 1, 15))
    assert list(known.displacement["people"]) == [10, 30]
