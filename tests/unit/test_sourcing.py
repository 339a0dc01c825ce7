"""Rule 8: a party's word for itself is a claim, and a map is no source."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from made import ASSUMES_JUNTA, assess, report, verdicts
from mapper import control, sourcing

AA = {"claimant": "AA statement", "claimant_side": "eao"}
SAC = {"claimant": "SAC", "claimant_side": "junta"}
ALL = replace(ASSUMES_JUNTA, sourcing="all")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_rule_8_a_claim_by_a_party_for_itself_is_contested_and_claimed() -> None:
    claim = report("2024-05-20", "eao", **AA)
    found = assess("2024-06-01", claim)
    assert (found.status, found.holders, found.rule, found.claimed) == ("contested", ("AA", "SAC"), "claim", True)
    assert (found.firm_status, found.since) == ("junta", day("2024-05-20"))
    assert "second, independent source" in verdicts("2024-06-01", claim)[claim.report_id].reason


def test_rule_8_without_the_rule_it_counts_like_any_report() -> None:
    found = assess("2024-06-01", report("2024-05-20", "eao", **AA), options=ALL)
    assert (found.status, found.rule, found.claimed) == ("eao", "township_scope", False)


def test_rule_8_a_second_independent_source_makes_it_more_since_the_day_that_was_claimed() -> None:
    claim = report("2024-05-20", "eao", **AA)
    seen = report("2024-07-01", "eao", kind="snapshot", claimant="residents", claimant_side="resident")
    found = assess("2024-07-02", claim, seen)
    assert (found.status, found.since, found.since_precision) == ("eao", day("2024-05-20"), "day")
    assert (found.last_confirmed, found.report_ids) == (day("2024-07-01"), (claim.report_id, seen.report_id))
    assert assess("2024-06-30", claim, seen).status == "contested"


def test_rule_8_an_independent_event_of_another_time_dates_it_itself() -> None:
    claim = report("2024-05-20", "eao", **AA)
    assert assess("2024-08-01", claim, report("2024-07-01", "eao")).since == day("2024-07-01")
    assert assess("2024-08-01", claim, report("2024-05-22", "eao")).since == day("2024-05-20")


def test_rule_8_the_same_side_again_is_no_second_source() -> None:
    claim = report("2024-05-20", "eao", **AA)
    again = report("2024-07-01", "eao", source_id="another", **AA)
    ally = report("2024-07-02", "eao", source_id="third", claimant="a PDF", claimant_side="resistance")
    assert assess("2024-08-01", claim, again, ally).status == "contested"


def test_rule_8_against_its_own_interest_a_party_counts_alone() -> None:
    lost = assess("2024-06-01", report("2024-05-20", "eao", **SAC))
    assert (lost.status, lost.rule) == ("eao", "township_scope")
    voice = replace(ASSUMES_JUNTA, partisan={"a-source": "junta"})
    assert assess("2024-06-01", report("2024-05-20", "nug"), options=voice).status == "nug"


def test_rule_8_a_source_that_is_a_partys_voice_claims_whomever_it_quotes() -> None:
    voice = replace(ASSUMES_JUNTA, partisan={"a-source": "junta"})
    taken = report("2024-01-01", "eao", source_id="a-paper")
    quoted = report("2024-05-20", "junta", claimant="residents", claimant_side="resident")
    assert assess("2024-06-01", taken, quoted, options=voice).claimed
    assert assess("2024-06-01", taken, quoted).status == "junta"


def test_rule_8_what_is_assumed_stays_assumed_where_only_its_own_side_says_so() -> None:
    claim = report("2024-05-20", "junta", **SAC)
    found = assess("2024-06-01", claim)
    assert (found.status, found.basis, found.rule) == ("junta", "assumed", "baseline")
    assert "is assumed" in verdicts("2024-06-01", claim)[claim.report_id].reason


def test_rule_8_a_claim_of_what_stands_does_not_keep_it_fresh() -> None:
    taken, claim = report("2023-01-01", "eao"), report("2024-01-01", "eao", **AA)
    found = assess("2024-02-01", taken, claim)
    assert (found.last_confirmed, found.stale) == (day("2023-01-01"), True)
    assert assess("2024-02-01", taken, claim, options=ALL).stale is False


def test_rule_8_a_claim_does_not_end_a_contest_and_an_independent_word_ends_the_claim() -> None:
    fight, claim = report("2024-05-01", "contested"), report("2024-05-20", "eao", **AA)
    assert assess("2024-06-01", fight, claim).rule == "claim"
    weak = report("2024-06-02", "junta", kind="snapshot", confidence="low", scope="town", main_town=True)
    assert assess("2024-06-03", claim, weak).status == "junta"
    again = assess("2024-06-03", fight, claim, report("2024-06-02", "contested"))
    assert (again.status, again.claimed) == ("contested", False)


def test_rule_8_a_claim_that_nobody_answers_does_not_lapse_to_who_held_it_before() -> None:
    found = assess("2026-01-01", report("2024-05-20", "eao", **AA))
    assert (found.status, found.claimed, found.stale) == ("contested", True, True)


def test_rule_8_a_report_of_fighting_claims_nothing() -> None:
    assert assess("2024-06-01", report("2024-05-20", "contested", **AA)).rule == "township_scope"


def test_rule_8_the_name_in_the_claim_of_a_capture_beats_that_of_a_list() -> None:
    claim = report("2024-05-20", "eao", holders=("TNLA",), **AA)
    listed = report("2024-07-01", "eao", holders=("MNDAA", "TNLA"), kind="snapshot")
    assert assess("2024-08-01", claim, listed).holders == ("TNLA",)


def test_rule_8_a_claim_lends_its_confidence_to_nothing() -> None:
    claim = report("2024-05-20", "eao", confidence="high", **AA)
    assert assess("2024-08-01", claim, report("2024-07-01", "eao", confidence="low")).confidence == "low"


def test_rule_8_a_map_is_no_source() -> None:
    maps = replace(ASSUMES_JUNTA, maps=frozenset({"a-map"}))
    drawn = report("2024-05-20", "eao", source_id="a-map")
    assert assess("2024-06-01", drawn, options=maps).basis == "assumed"
    assert assess("2024-06-01", drawn, options=replace(maps, sourcing="all")).status == "eao"


@pytest.mark.parametrize(
    ("side", "status", "claims"),
    [
        ("junta", "junta", True),
        ("junta", "eao", False),
        ("junta", "nug", False),
        ("eao", "eao", True),
        ("eao", "nug", True),
        ("eao", "junta", False),
        ("resistance", "nug", True),
        ("resistance", "junta", False),
        ("resident", "eao", False),
        ("independent", "eao", False),
        ("", "eao", False),
        ("junta", "contested", False),
    ],
)
def test_rule_8_who_claims_what(side: str, status: control.Status, claims: bool) -> None:  # noqa: FBT001 -- a case
    assert sourcing.claims(report("2024-05-20", status, claimant_side=side), options=ASSUMES_JUNTA) is claims
