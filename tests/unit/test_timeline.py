"""Slice dates, slices, stretches and changes."""

from __future__ import annotations

import datetime as dt

import pytest

from made import ASSUMES_JUNTA, TOWNSHIP, report
from mapper import control, errors, timeline


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(*texts: str) -> tuple[dt.date, ...]:
    return tuple(day(text) for text in texts)


MONTHLY = days("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30")
OTHER = "MMR012001"


def made_timeline(*reports: timeline.Report) -> timeline.Timeline:
    return timeline.timeline([TOWNSHIP, OTHER], reports, MONTHLY, options=ASSUMES_JUNTA)


def test_there_are_61_month_ends_from_february_2021_to_february_2026() -> None:
    dates = timeline.slice_dates(day("2021-02-28"), day("2026-02-28"), every="month")
    assert len(dates) == 61
    assert dates[12] == day("2022-02-28")
    assert dates[36] == day("2024-02-29")


def test_quarters_end_with_the_last_date() -> None:
    dates = timeline.slice_dates(day("2025-02-28"), day("2026-02-28"), every="quarter")
    assert dates == days("2025-02-28", "2025-05-31", "2025-08-31", "2025-11-30", "2026-02-28")


def test_weeks_are_counted_back_from_the_last_date() -> None:
    dates = timeline.slice_dates(day("2026-02-05"), day("2026-02-28"), every="week")
    assert dates == days("2026-02-05", "2026-02-07", "2026-02-14", "2026-02-21", "2026-02-28")


def test_there_is_a_slice_for_each_day_on_which_the_map_changes_by_report_or_by_silence() -> None:
    line = timeline.timeline(
        [TOWNSHIP],
        [report("2024-02", "eao"), report("2024-03-05", "eao", kind="snapshot"), report("2030-01-01", "eao")],
        days("2024-01-01", "2025-12-31"),
        options=ASSUMES_JUNTA,
    )
    assert line.with_a_slice_for_each_change().dates == days("2024-01-01", "2024-02-29", "2025-03-06", "2025-12-31")


def test_a_lapse_is_made_by_no_report() -> None:
    reports = [report("2022-01-10", "eao"), report("2023-02-20", "contested")]
    (change,) = timeline.timeline([TOWNSHIP], reports, MONTHLY, options=ASSUMES_JUNTA).changes()
    assert (change.after.rule, change.after.contested_until, change.report_ids) == ("lapse", day("2023-02-20"), ())


def test_dates_in_the_middle_of_a_month_still_count() -> None:
    dates = timeline.slice_dates(day("2024-01-15"), day("2024-03-15"), every="month")
    assert dates == days("2024-01-15", "2024-01-31", "2024-02-29", "2024-03-15")


def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(errors.UsageError, match="would be after the last"):
        timeline.slice_dates(day("2024-02-01"), day("2024-01-01"), every="month")


def test_slice_dates_must_ascend() -> None:
    with pytest.raises(errors.UsageError, match="ascending, without repetition"):
        timeline.timeline([TOWNSHIP], [], days("2024-01-01", "2024-01-01"), options=ASSUMES_JUNTA)


def test_a_slice_has_every_township_in_the_order_of_the_codes() -> None:
    assert list(made_timeline().slice(MONTHLY[0])) == [OTHER, TOWNSHIP]


def test_what_is_said_of_each_slice_is_said_of_what_holds_there_and_asked_once() -> None:
    made = made_timeline(report("2024-02-29", "eao"), report("2024-04-02", "contested", holders="SAC;AA"))
    asked = []

    def say(found: control.Assessment) -> tuple[str, str]:
        asked.append(found)
        return found.pcode, found.status

    rows = list(made.each(say))
    assert rows == [tuple((pcode, made.at(pcode, date).status) for pcode in made.stretches) for date in made.dates]
    assert {status for row in rows for _, status in row} == {"junta", "eao", "contested"}
    assert len(asked) == len({id(found) for found in asked})


def test_a_slice_before_all_that_is_known_has_what_is_known_first() -> None:
    found = made_timeline().slice(day("2024-01-31"))
    late = {pcode: (timeline.Stretch(day("2024-06-30"), None, one),) for pcode, one in found.items()}
    made = timeline.Timeline(days("2024-01-31", "2024-08-31"), None, late)
    assert [part for _, part in made.slices()] == [found, found]


def test_without_townships_each_slice_is_empty() -> None:
    made = timeline.Timeline(days("2024-01-31", "2024-02-29"), None, {})
    assert list(made.each(str)) == [(), ()]
    assert [part for _, part in made.slices()] == [{}, {}]


def test_a_change_tells_from_what_to_what_and_by_which_report() -> None:
    (change,) = made_timeline(report("2024-02-20", "eao")).changes()
    assert (change.date, change.previous, change.pcode) == (MONTHLY[1], MONTHLY[0], TOWNSHIP)
    assert (change.before.status, change.after.status, change.what) == ("junta", "eao", "status")
    assert change.report_ids == ("2024-02-20-eao",)


def test_a_confirmation_is_no_change() -> None:
    reports = report("2024-01-10", "eao"), report("2024-03-10", "eao", kind="snapshot")
    assert made_timeline(*reports).changes() == ()


def test_the_assumed_side_reported_is_a_change_of_basis() -> None:
    (change,) = made_timeline(report("2024-02-20", "junta")).changes()
    assert change.what == "basis"


def test_any_two_dates_can_be_compared() -> None:
    line = made_timeline(report("2024-02-20", "eao"), report("2024-03-20", "junta"))
    assert line.between(day("2024-02-19"), day("2024-02-20"))[0].after.status == "eao"
    assert [change.what for change in line.between(MONTHLY[0], MONTHLY[-1])] == ["basis"]
