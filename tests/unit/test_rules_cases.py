"""Cases of the rules that a second reader found on real townships: each was wrong once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from made import assess, report, verdicts


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_rule_2_a_list_of_towns_does_not_end_a_contest_of_the_township() -> None:
    land = report("2024-05-01", "contested", confidence="high")
    listed = report("2024-06-30", "junta", scope="town", main_town=True, kind="snapshot")
    found = assess("2024-07-01", land, listed)
    assert (found.status, found.firm_status) == ("contested", "junta")
    assert verdicts("2024-07-01", land, listed)[listed.report_id].reason == "holds the main town, within a contest"
    captured = report("2024-06-30", "junta", scope="town", main_town=True)
    assert assess("2024-07-01", land, captured).status == "junta"


def test_rule_2_a_weak_claim_does_not_end_a_contest_that_better_reports_describe() -> None:
    land = report("2024-05-01", "contested", confidence="high")
    claim = report("2024-06-30", "eao", confidence="low")
    assert assess("2024-07-01", land, claim).status == "contested"
    assert assess("2024-07-01", replace(land, confidence="low"), claim).status == "eao"


def test_rule_4_a_state_is_no_outcome_of_the_fighting_a_day_before() -> None:
    fighting = report("2024-05-20", "contested", confidence="high")
    weak = report("2024-05-21", "junta", kind="snapshot", confidence="low")
    assert assess("2024-06-01", fighting, weak).status == "contested"
    equal = assess("2024-06-01", fighting, replace(weak, confidence="high"))
    assert (equal.status, equal.disputed) == ("contested", True)


def test_rule_4_a_state_known_by_its_month_does_not_end_a_contest_begun_within_it() -> None:
    offensive = report("2024-08-19", "contested", scope="part")
    held = report("2024-08", "eao", kind="snapshot")
    assert assess("2024-09-01", offensive, held).status == "contested"


def test_rule_4_fighting_on_a_part_does_not_settle_a_dispute() -> None:
    sides = report("2024-05-18", "eao"), report("2024-05-20", "junta")
    found = assess("2024-06-01", *sides, report("2024-05-21", "contested", scope="part"))
    assert (found.disputed, found.rule, found.last_confirmed) == (True, "disagreement", day("2024-05-21"))


def test_rule_4_a_later_word_on_the_holder_settles_a_dispute_over_it() -> None:
    taken = report("2024-05-20", "eao", holders=("MNDAA",))
    handed = report("2024-05-25", "eao", holders=("UWSA",))
    assert assess("2024-06-01", taken, handed).holders == ("MNDAA", "UWSA")
    found = assess("2024-09-01", taken, handed, report("2024-08-01", "eao", holders=("UWSA",), kind="snapshot"))
    assert (found.holders, found.since, found.disputed) == (("UWSA",), day("2024-05-25"), False)


def test_rule_4_a_dispute_over_the_holder_does_not_inherit_the_date_of_another() -> None:
    first = report("2022-01-01", "eao", holders=("KIA",))
    sides = [report("2024-05-20", "eao", report_id=name, holders=(name,)) for name in ("TNLA", "MNDAA")]
    found = assess("2024-06-01", first, *sides)
    assert (found.holders, found.since, found.disputed) == (("MNDAA", "TNLA"), day("2024-05-20"), True)


def test_rule_4_a_third_report_does_not_hide_that_two_disagree() -> None:
    event, month = report("2024-05-10", "junta"), report("2024-05", "eao")
    assert assess("2024-06-01", event, month).disputed
    between = report("2024-05-25", "junta", kind="snapshot")
    assert assess("2024-06-01", event, month, between).disputed


def test_rule_5_a_capture_on_a_part_shows_that_the_contest_goes_on() -> None:
    reports = report("2023-01-01", "eao"), report("2023-05-20", "contested")
    found = assess("2024-06-01", *reports, report("2024-03-01", "eao", scope="part"))
    assert (found.status, found.last_confirmed) == ("contested", day("2024-03-01"))


def test_rule_3_a_snapshot_after_a_contest_confirms_who_held_it_before() -> None:
    reports = report("2024-01-01", "eao"), report("2024-05-20", "contested", scope="part")
    found = assess("2024-09-01", *reports, report("2024-08-01", "eao", kind="snapshot"))
    assert (found.status, found.since, found.since_precision) == ("eao", day("2024-01-01"), "day")


def test_an_umbrella_is_no_party_beside_its_member() -> None:
    found = assess("2024-06-01", report("2024-05-20", "contested", holders=("3BHA", "SAC", "TNLA")))
    assert found.holders == ("SAC", "TNLA")
