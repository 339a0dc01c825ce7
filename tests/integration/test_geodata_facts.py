"""The embedded data package, beside the facts it was compiled from: nothing lost, nothing changed."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GEODATA = ROOT / "geodata"
FACTS = ROOT.parent / "shared" / "facts"

Table = list[dict[str, str]]

pytestmark = pytest.mark.shared


def read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def table(name: str) -> Table:
    return read(GEODATA / f"{name}.csv")


def facts(name: str) -> Table:
    return read(FACTS / f"{name}.csv")


STATES_NOT_EVENTS = {"R0304", "R0355", "R0480", "R0657", "R0658", "R0831", "R1064", "R1113"}
"""Recorded as events, though the finding says what was so ("still held", "failed to enter") and not what happened."""


def test_every_report_of_the_facts_is_kept_as_it_was_but_for_eight_that_are_states() -> None:
    kept = ["pcode", "date", "date_precision", "status", "scope", "kind", "confidence", "place"]
    kept += ["claimant", "claimant_side", "source_id", "finding"]
    renamed = {"township_name": "township", "actors": "holders"}
    reports = {row["report_id"]: row for row in table("control_reports")}
    assert len(facts("control_reports")) == len(reports)
    for fact in facts("control_reports"):
        row = reports[fact["report_id"]]
        mended = fact["report_id"] in STATES_NOT_EVENTS
        assert not mended or (fact["kind"], row["kind"]) == ("event", "snapshot")
        expected = {**fact, "kind": "snapshot"} if mended else fact
        assert [row[field] for field in kept] == [expected[field] for field in kept]
        assert all(row[new] == fact[old] for old, new in renamed.items())
        assert row["recorded_on"] == "2026-11-23"
        assert not row["withdrawn_on"]


def test_every_displacement_figure_of_the_facts_is_there_once() -> None:
    old = [
        (f["date"], f["state_or_region"], f["state_pcode"], f["idps"], f["source_id"]) for f in facts("idps_by_state")
    ]
    for f in facts("idps_by_township"):
        pcode = "" if f["township_pcode"] == "(group)" else f["township_pcode"]
        old.append((f["date"], f["township"], pcode, f["idps"], f["source_id"]))
    new = [(r["date"], r["place"], r["pcode"], r["people"], r["source_id"]) for r in table("displacement")]
    assert Counter(old) == Counter(new)


def test_no_two_bases_of_the_facts_were_mixed_but_those_said_to_be_one() -> None:
    texts: dict[str, set[str]] = {}
    figures = {(r["date"], r["place"], r["people"], r["source_id"]): r["basis"] for r in table("displacement")}
    for f in facts("idps_by_state") + facts("idps_by_township"):
        place = f.get("township") or f["state_or_region"]
        basis = figures[f["date"], place, f["idps"], f["source_id"]]
        texts.setdefault(basis, set()).add(f["basis"])
    assert {basis: text for basis, text in texts.items() if len(text) > 1} == {
        "total": {"total", "total (township group)"},
        "since_2021_02_01": {"since 1 Feb 2021", "displaced in township, since 1 Feb 2021"},
    }


def test_every_refugee_figure_of_the_facts_is_there_once_zeros_included() -> None:
    old: list[tuple[str, ...]] = []
    for f in facts("refugees"):
        old.append((f["date"], f["country"], f["refugees"], f["source_id"]))
        if f["asylum_seekers"]:
            old.append((f["date"], f["country"], f["asylum_seekers"].removesuffix(".0"), f["source_id"]))
    new = [(r["date"], r["country"], r["people"], r["source_id"]) for r in table("refugees")]
    assert Counter(old) == Counter(new)


def test_every_movement_list_poll_aggregate_and_place_of_the_facts_is_there_once() -> None:
    url = {row["source_id"]: row["url"] for row in table("sources")}

    def same(old: str, old_fields: list[str], new: str, new_fields: list[str] | None = None) -> None:
        before = Counter(tuple(f[field] for field in old_fields) for f in facts(old))
        rows = [row | {"url": url.get(row.get("source_id", ""), row.get("url", ""))} for row in table(new)]
        assert before == Counter(tuple(row[field] for field in new_fields or old_fields) for row in rows), new

    same(
        "movements",
        ["date_from", "date_to", "origin", "origin_pcode", "destination", "destination_pcode", "people", "source_id"],
        "movements",
    )
    same("junta_proxy_lists", ["date", "pcode", "url"], "junta_lists")
    same("polls_2025_2026", ["pcode", "phase", "date", "source_id"], "polls")
    same("published_aggregates", ["date", "publisher", "measure", "denominator", "url"], "published_aggregates")
    same("towns", ["town_pcode", "pcode", "lon", "lat"], "towns")
    same("townships", ["pcode", "name_en", "district_pcode", "lon", "lat", "population_2014"], "townships")
    same("aliases", ["pcode", "alias", "source"], "aliases", ["pcode", "alias", "seen_in"])
    same("actors", ["actor_id", "kind", "allied_with", "also_written"], "actors")


def test_every_source_of_the_facts_is_kept_and_none_is_named_twice() -> None:
    fields = ["source_id", "title", "publisher", "published", "url", "affiliation"]
    new = {tuple(row[field] for field in fields) for row in table("sources")}
    assert {tuple(f[field] for field in fields) for f in facts("sources")} <= new
    addresses = [row["url"] for row in table("sources") if row["url"]]
    assert len(addresses) == len(set(addresses))
