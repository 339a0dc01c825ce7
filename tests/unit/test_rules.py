"""The seven rules from reports to an assessment, each under its own name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from made import ASSUMES_JUNTA, assess, report, verdicts
from mapper import control


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# 1. A report speaks from its date on.


def test_rule_1_a_report_says_nothing_about_the_day_before_it() -> None:
    taken = report("2024-12-29", "eao")
    assert assess("2024-12-28", taken).status == "junta"
    assert assess("2024-12-29", taken).status == "eao"


def test_rule_1_a_month_speaks_from_its_last_day() -> None:
    taken = report("2024-02", "eao")
    assert assess("2024-02-28", taken).basis == "assumed"
    assert assess("2024-02-29", taken).status == "eao"


# 2. Scope: the township, its main town, another town, a part.


def test_rule_2_a_report_on_the_township_sets_the_status() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao"))
    assert (found.status, found.holders, found.rule, found.main_town_only) == ("eao", ("AA",), "township_scope", False)


def test_rule_2_a_report_on_the_main_town_sets_it_too_marked_as_such() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao", scope="town", main_town=True))
    assert (found.status, found.rule, found.main_town_only) == ("eao", "main_town_scope", True)


@pytest.mark.parametrize("scope", ["part", "town"])
def test_rule_2_another_town_or_a_part_makes_it_contested_if_it_contradicts(scope: str) -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao", scope=scope))
    assert (found.status, found.rule) == ("contested", "part_contests")
    assert found.holders == ("AA", "SAC")
    assert (found.firm_status, found.firm_holders) == ("junta", ("SAC",))


def test_rule_2_a_part_that_does_not_contradict_changes_nothing() -> None:
    whole = report("2024-05-01", "eao")
    part = report("2024-05-20", "eao", scope="part", holders=("KIA",))
    assert assess("2024-06-01", whole, part) == assess("2024-06-01", whole)
    assert not verdicts("2024-06-01", whole, part)[part.report_id].counted


def test_rule_2_a_part_says_nothing_where_nothing_is_known() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao", scope="part"), options=control.ResolveOptions())
    assert (found.status, found.basis, found.rule) == ("unknown", "none", "no_report")


def test_rule_2_under_contested_the_last_firm_status_is_remembered() -> None:
    found = assess("2024-09-01", report("2024-05-20", "nug"), report("2024-08-01", "contested"))
    assert (found.status, found.firm_status, found.firm_holders) == ("contested", "nug", ("PDF",))
    assert found.holders == ("AA", "PDF", "SAC")


def test_rule_2_fighting_in_the_month_of_a_capture_does_not_speak_against_it() -> None:
    fighting = report("2024-05", "contested", scope="part")
    assert assess("2024-06-01", report("2024-05-20", "eao"), fighting).status == "eao"
    assert (
        assess("2024-07-01", report("2024-05-20", "eao"), replace(fighting, date=day("2024-06-01"))).status
        == "contested"
    )


# 3. Snapshots.


def test_rule_3_the_date_of_a_snapshot_is_by_and_never_on() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao", kind="snapshot"))
    assert (found.since, found.since_precision) == (day("2024-05-20"), "by")


def test_rule_3_an_event_has_its_day_or_its_month() -> None:
    assert assess("2024-06-01", report("2024-05-20", "eao")).since_precision == "day"
    found = assess("2024-06-01", report("2024-05", "eao"))
    assert (found.since, found.since_precision) == (day("2024-05-31"), "month")


def test_rule_3_a_snapshot_confirms_without_moving_the_date_of_capture() -> None:
    found = assess("2024-09-01", report("2024-05-20", "eao"), report("2024-08-20", "eao", kind="snapshot"))
    assert (found.since, found.last_confirmed) == (day("2024-05-20"), day("2024-08-20"))


def test_rule_3_a_snapshot_corrects() -> None:
    found = assess("2024-09-01", report("2024-05-20", "eao"), report("2024-08-20", "junta", kind="snapshot"))
    assert (found.status, found.since, found.since_precision) == ("junta", day("2024-08-20"), "by")


def test_rule_3_a_list_of_towns_does_not_take_the_name_from_an_event() -> None:
    captured = report("2024-05-20", "eao", holders=("TNLA",))
    listed = report("2024-08-20", "eao", holders=("MNDAA", "TNLA"), kind="snapshot")
    assert assess("2024-09-01", captured, listed).holders == ("TNLA",)


# 4. Disagreement inside the window.


def test_rule_4_reports_close_in_time_that_confidence_cannot_separate_are_disputed() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao"), report("2024-05-23", "junta", kind="snapshot"))
    assert (found.status, found.disputed, found.rule) == ("contested", True, "disagreement")
    assert found.disputed_by == ("2024-05-20-eao", "2024-05-23-junta")
    assert (found.firm_status, found.firm_holders) == ("junta", ("SAC",))


def test_rule_4_the_higher_confidence_stands_whichever_comes_first() -> None:
    sure = report("2024-05-20", "eao", confidence="high")
    unsure = report("2024-05-23", "junta", kind="snapshot", confidence="low")
    assert assess("2024-06-01", sure, unsure).status == "eao"
    assert not verdicts("2024-06-01", sure, unsure)[unsure.report_id].counted
    swapped = assess("2024-06-01", replace(sure, confidence="low"), replace(unsure, confidence="high"))
    assert (swapped.status, swapped.disputed) == ("junta", False)


def test_rule_4_outside_the_window_the_later_report_counts() -> None:
    found = assess("2024-07-01", report("2024-05-20", "eao"), report("2024-05-28", "junta", kind="snapshot"))
    assert (found.status, found.disputed) == ("junta", False)


def test_rule_4_the_window_is_the_packages_own() -> None:
    reports = report("2024-05-20", "eao"), report("2024-05-28", "junta", kind="snapshot")
    found = assess("2024-07-01", *reports, options=replace(ASSUMES_JUNTA, window_days=8))
    assert (found.status, found.disputed) == ("contested", True)


def test_rule_4_fighting_and_then_a_capture_is_no_disagreement() -> None:
    found = assess("2024-06-01", report("2024-05-18", "contested"), report("2024-05-20", "eao"))
    assert (found.status, found.disputed, found.since) == ("eao", False, day("2024-05-20"))


def test_rule_4_a_state_and_then_an_event_that_ends_it_is_no_disagreement() -> None:
    found = assess("2024-06-01", report("2024-05-18", "junta", kind="snapshot"), report("2024-05-20", "eao"))
    assert (found.status, found.disputed) == ("eao", False)


def test_rule_4_an_event_that_only_repeats_what_was_so_is_no_rival() -> None:
    taken = report("2024-01-01", "eao")
    still = report("2024-05-18", "eao")
    handed_back = report("2024-05-20", "junta")
    assert assess("2024-06-01", taken, still, handed_back).status == "junta"


def test_rule_4_two_events_within_the_window_are_disputed() -> None:
    found = assess("2024-06-01", report("2024-05-18", "eao"), report("2024-05-20", "junta"))
    assert (found.status, found.disputed) == ("contested", True)


def test_rule_4_a_dispute_over_the_holder_alone_names_both_and_keeps_the_status() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao"), report("2024-05-21", "eao", holders=("KIA",)))
    assert (found.status, found.holders, found.disputed) == ("eao", ("AA", "KIA"), True)


def test_rule_4_a_member_does_not_disagree_with_its_alliance() -> None:
    found = assess(
        "2024-06-01", report("2024-05-20", "eao"), report("2024-05-21", "eao", holders=("3BHA",), kind="snapshot")
    )
    assert (found.holders, found.disputed) == (("AA",), False)


def test_rule_4_a_dispute_ends_with_the_next_report_outside_the_window() -> None:
    sides = report("2024-05-18", "eao"), report("2024-05-20", "junta")
    found = assess("2024-07-01", *sides, report("2024-06-10", "eao", kind="snapshot"))
    assert (found.status, found.disputed, found.since) == ("eao", False, day("2024-06-10"))


# 5. What nothing confirms.


def test_rule_5_a_status_that_nothing_confirms_is_kept_and_stale() -> None:
    taken = report("2023-05-20", "eao")
    assert not assess("2024-05-20", taken).stale
    found = assess("2024-05-21", taken)
    assert (found.status, found.stale) == ("eao", True)


def test_rule_5_a_contest_that_nothing_confirms_lapses_to_the_last_firm_status() -> None:
    reports = report("2022-01-01", "nug"), report("2023-05-20", "contested")
    assert assess("2024-05-20", *reports).status == "contested"
    found = assess("2024-05-21", *reports)
    assert (found.status, found.holders, found.stale, found.rule) == ("nug", ("PDF",), True, "lapse")
    assert found.contested_until == day("2023-05-20")
    assert found.report_ids == ("2022-01-01-nug", "2023-05-20-contested")


def test_rule_5_without_a_firm_report_a_contest_lapses_to_the_assumption() -> None:
    found = assess("2024-05-21", report("2023-05-20", "contested"))
    assert (found.status, found.basis, found.stale, found.confidence) == ("junta", "assumed", True, "none")


def test_rule_5_fighting_on_a_part_confirms_a_contest() -> None:
    reports = report("2023-05-20", "contested"), report("2024-01-10", "contested", scope="part")
    found = assess("2024-05-21", *reports)
    assert (found.status, found.last_confirmed, found.since) == ("contested", day("2024-01-10"), day("2023-05-20"))


def test_rule_5_a_side_confirmed_after_a_lapse_holds_anew() -> None:
    reports = report("2022-01-01", "nug"), report("2023-05-20", "contested")
    found = assess("2024-08-01", *reports, report("2024-07-01", "nug", kind="snapshot"))
    assert (found.status, found.since, found.since_precision, found.contested_until) == (
        "nug",
        day("2024-07-01"),
        "by",
        None,
    )


# 6. Where there is no report.


def test_rule_6_without_a_report_the_declared_baseline_is_assumed() -> None:
    found = assess("2024-06-01")
    assert (found.status, found.basis, found.confidence, found.report_ids) == ("junta", "assumed", "none", ())


def test_rule_6_before_the_baseline_nothing_is_known() -> None:
    assert assess("2021-01-31").status == "unknown"


def test_rule_6_without_a_baseline_nothing_is_known() -> None:
    found = assess("2024-06-01", options=control.ResolveOptions())
    assert (found.status, found.holders, found.basis) == ("unknown", (), "none")


def test_rule_6_a_report_from_before_the_baseline_outlives_it() -> None:
    found = assess("2024-06-01", report("1989-04-17", "eao", holders=("UWSA",)))
    assert (found.status, found.holders, found.basis, found.stale) == ("eao", ("UWSA",), "reported", True)


# 7. Order, knowledge and withdrawal.


def test_rule_7_what_was_recorded_later_was_not_known() -> None:
    taken = report("2024-05-20", "eao", recorded_on=day("2024-06-10"))
    assert assess("2024-06-01", taken, known_on=day("2024-06-09")).basis == "assumed"
    assert assess("2024-06-01", taken, known_on=day("2024-06-10")).status == "eao"


def test_rule_7_a_withdrawn_report_is_ignored_from_the_day_it_was_withdrawn() -> None:
    taken = report("2024-05-20", "eao", withdrawn_on=day("2026-02-01"), withdrawn_why="another township was meant")
    assert assess("2024-06-01", taken).basis == "assumed"
    assert assess("2024-06-01", taken, known_on=day("2026-01-31")).status == "eao"
    verdict = verdicts("2024-06-01", taken)[taken.report_id]
    assert not verdict.counted
    assert verdict.reason == "withdrawn on 2026-02-01: another township was meant"


def test_rule_7_a_capture_on_the_day_of_a_clash_is_its_end_in_either_order_of_rows() -> None:
    clash, taken = report("2024-05-20", "contested", scope="part"), report("2024-05-20", "eao")
    assert assess("2024-06-01", clash, taken) == assess("2024-06-01", taken, clash)
    assert assess("2024-06-01", clash, taken).status == "eao"


def test_rule_7_a_town_that_falls_does_not_end_the_contest_of_the_township_on_that_day() -> None:
    town = report("2025-04-22", "junta", scope="town", main_town=True)
    land = report("2025-04-22", "contested")
    found = assess("2025-05-01", town, land)
    assert (found.status, found.disputed, found.firm_status) == ("contested", False, "junta")


def test_an_explanation_accounts_for_every_report() -> None:
    counted, late = report("2024-05-20", "eao"), report("2024-06-20", "junta")
    found = verdicts("2024-06-01", counted, late)
    assert found[counted.report_id].counted
    assert (found[late.report_id].counted, found[late.report_id].reason) == (
        False,
        "speaks from 2024-06-20, after the date asked for",
    )


def test_an_overtaken_report_says_so() -> None:
    first, second = report("2024-05-20", "eao"), report("2024-08-20", "junta")
    verdict = verdicts("2024-09-01", first, second)[first.report_id]
    assert (verdict.counted, verdict.reason) == (False, "sets the status; overtaken since by later reports")


def test_rule_4_an_outweighed_claim_is_taken_back() -> None:
    claim = report("2024-07-25", "eao", confidence="low")
    witness = report("2024-07-26", "contested", holders=("AA",), confidence="high")
    found = assess("2024-07-26", claim, witness)
    assert (found.status, found.holders, found.firm_status) == ("contested", ("AA", "SAC"), "junta")
    assert (
        verdicts("2024-07-26", claim, witness)[claim.report_id].reason == "outweighed by a report of higher confidence"
    )
