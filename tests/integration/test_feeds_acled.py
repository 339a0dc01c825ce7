"""ACLED's events into a package; all values are made up, but for UCDP's events in ACLED's form."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import cli
import feeds
from acled import export, take, told
from feeds import CLASH, TAKEN
from mapper import publish
from mapper.sources import package as packages
from taking import content, rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def fresh(three: Path) -> Path:
    return three / "own"


def test_an_event_is_kept_with_its_precision_and_without_notes_or_news_sources(own: Path, three: Path) -> None:
    ran = take(own, export(CLASH), three)
    assert "acled.csv into events: 1 new, 0 same, 0 changed, 0 refused" in ran.out, ran.err
    assert "Not taken over: year, disorder_type, assoc_actor_1, assoc_actor_2" in ran.out
    assert "source_scale, notes, tags, timestamp." in " ".join(ran.out.split())
    (event,) = rows(own, "events")
    assert event == {
        "event_id": "acled-MMR1001",
        "date_from": "2024-12-29",
        "date_to": "2024-12-29",
        "date_precision": "day",
        "level": "township",
        "pcode": "MMR012017",
        "where_precision": "exact",
        "place": "Gwa",
        "kind": "Armed clash",
        "sides": "Military Forces of Myanmar (2021-); ULA/AA: United League of Arakan/Arakan Army",
        "deaths_low": "",
        "deaths_best": "3",
        "deaths_high": "",
        "source_id": "acled",
        "note": "",
    }
    assert rows(own, "control_reports") == []
    for said in (b"Somebody", b"0912345", b"A Paper"):
        assert said not in b"".join(content(own).values())


def test_the_same_file_again_changes_nothing_and_undo_gives_every_file_back(own: Path, three: Path) -> None:
    before = content(own)
    take(own, export(CLASH, TAKEN), three)
    after = content(own)
    again = take(own, export(CLASH, TAKEN), three)
    assert again.out.count("Nothing was changed") == 1
    assert content(own) == after
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert {name: raw for name, raw in content(own).items() if name != "log.csv"} == before


@pytest.mark.parametrize(
    "changed",
    [
        {"event_date": "29-12-2024"},
        {"event_date": "29 December 2024"},
        {"inter1": "1", "inter2": "2"},
        {"population_best": "1200", "data_id": "1", "iso3": "MMR"},
    ],
)
def test_both_forms_of_dates_and_codes_and_more_columns_say_the_same(
    own: Path, three: Path, changed: dict[str, str]
) -> None:
    header = [*feeds.ACLED, *[column for column in changed if column not in feeds.ACLED]]
    raw = feeds.csv_text([{**TAKEN, **changed}], header, bom="inter1" not in changed)
    assert take(own, raw, three).code == 0
    (event,), (report,) = rows(own, "events"), rows(own, "control_reports")
    assert (event["date_from"], event["pcode"]) == ("2024-12-29", "MMR012017")
    assert (report["date"], report["holders"]) == ("2024-12-29", "AA")


def test_the_answer_of_the_interface_gives_the_same_events(own: Path, three: Path, tmp_path: Path) -> None:
    other = shutil.copytree(own, tmp_path / "other")
    take(own, export(CLASH, TAKEN), three)
    answer = {"success": True, "count": 2, "data": [{**CLASH, "fatalities": 3, "geo_precision": 1}, TAKEN]}
    ran = take(other, feeds.as_json(answer), three, name="acled.json")
    assert ran.code == 0, ran.err
    assert rows(other, "events") == rows(own, "events")
    assert rows(other, "control_reports") == rows(own, "control_reports")


def test_times_within_a_week_and_a_month_keep_their_span(own: Path, three: Path) -> None:
    week = {**CLASH, "time_precision": "2", "event_date": "2024-12-30"}
    month = {**CLASH, "event_id_cnty": "MMR2", "time_precision": "3", "event_date": "2024-02-15"}
    take(own, export(week, month), three)
    spans = [(row["date_from"], row["date_to"], row["date_precision"]) for row in rows(own, "events")]
    assert spans == [("2024-12-27", "2025-01-02", "week"), ("2024-02-01", "2024-02-29", "month")]


def test_a_larger_region_is_put_in_its_state_and_never_in_a_township(own: Path, three: Path) -> None:
    ran = take(own, export({**CLASH, "geo_precision": "3"}, {**TAKEN, "geo_precision": "3"}), three)
    put = [(row["level"], row["pcode"], row["where_precision"], row["place"]) for row in rows(own, "events")]
    assert put == [("state", "MMR012", "state", "Rakhine")] * 2
    assert rows(own, "control_reports") == []
    assert "is a larger region, and no township" in told(ran)


def test_a_place_that_is_near_is_said_to_be(own: Path, three: Path) -> None:
    take(own, export({**TAKEN, "geo_precision": "2"}), three)
    (event,), (report,) = rows(own, "events"), rows(own, "control_reports")
    assert (event["where_precision"], event["pcode"]) == ("near", "MMR012017")
    assert (report["confidence"], report["doubt"]) == ("low", "place uncertain")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"admin3": "Minhla", "admin1": "Bago-West"}, "lies in Gwa (Rakhine), but the row says Bago-West"),
        ({"admin3": "Gwaa"}, "lies in Gwa (Rakhine), which is not known as Gwaa, Rakhine"),
        ({"admin1": "Atlantis"}, "lies in Gwa (Rakhine), which is not known as Gwa, Atlantis"),
        ({"latitude": "20", "longitude": "95"}, "lies in Minhla (Magway), but the row says Rakhine"),
        ({"latitude": "1", "longitude": "95"}, "lies in no township"),
    ],
)
def test_where_name_and_point_do_not_agree_an_event_is_put_nowhere_and_listed(
    own: Path, three: Path, changed: dict[str, str], said: str
) -> None:
    ran = take(own, export({**CLASH, **changed}, {**TAKEN, **changed}), three)
    assert "events: 2 new" in ran.out
    assert [(row["level"], row["pcode"]) for row in rows(own, "events")] == [("area", "")] * 2
    assert said in rows(own, "events")[0]["note"]
    assert told(ran).count(said) == 3  # both events, and the report that is refused
    assert rows(own, "control_reports") == []
    assert "control_reports: 0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert said in told(ran)


def test_two_townships_of_one_name_are_told_apart_by_state_and_point(own: Path, three: Path) -> None:
    magway = {**CLASH, "admin1": "Magway", "admin3": "Minhla", "latitude": "20", "longitude": "95"}
    bago = {
        **CLASH,
        "event_id_cnty": "MMR2",
        "admin1": "Bago-West",
        "admin3": "Minhla",
        "latitude": "18",
        "longitude": "96",
    }
    take(own, export(magway, bago), three)
    assert [row["pcode"] for row in rows(own, "events")] == ["MMR009013", "MMR008009"]


def test_a_name_that_is_only_alike_is_asked_about_and_then_known(own: Path, three: Path) -> None:
    file = own.parent / "acled.csv"
    take(own, export({**CLASH, "admin3": "Gwaa"}), three, "--dry-run", "--plan", str(own.parent / "plan.csv"))
    squares = ("--boundaries", three / "squares.geojson")
    ran = cli.run("match", file, "--kind", "acled", "--into", own, *feeds.BY, *squares, "--answer", "Gwaa=MMR012017")
    assert "1 alias kept" in ran.out, ran.err
    take(own, export({**CLASH, "admin3": "Gwaa"}), three)
    assert [row["pcode"] for row in rows(own, "events")] == ["MMR012017"]


def test_points_need_real_polygons(own: Path) -> None:
    (own.parent / "acled.csv").write_bytes(export(CLASH))
    ran = cli.run("import", "acled", own.parent / "acled.csv", "--into", own, *feeds.BY)
    assert ran.code == 2
    assert "name real township polygons with --boundaries" in ran.err


def test_nothing_of_acled_is_public_until_the_package_says_that_an_agreement_exists(own: Path, three: Path) -> None:
    take(own, export(CLASH, TAKEN), three)
    (source,) = rows(own, "sources")
    assert (source["sensitivity"], source["licence"]) == ("restricted", "ACLED")
    withheld = publish.public(packages.open_package(own))
    assert (len(withheld.events), withheld.reports) == (0, ())
    assert withheld.withheld == {"control_reports": 1, "events": 2}
    sources = (own / "sources.csv").read_text(encoding="utf-8")
    (own / "sources.csv").write_text(sources.replace(",restricted,", ",public,"), encoding="utf-8")
    assert len(publish.public(packages.open_package(own)).events) == 0
    described = json.loads((own / "datapackage.json").read_text(encoding="utf-8"))
    agreed = {**described, "publish": {"agreements": ["ACLED"]}}
    (own / "datapackage.json").write_text(json.dumps(agreed), encoding="utf-8")
    assert len(publish.public(packages.open_package(own)).events) == 2


def test_a_package_that_is_older_than_the_licence_gets_it(own: Path, three: Path) -> None:
    old = (own / "licences.csv").read_text(encoding="utf-8")
    (own / "licences.csv").write_text(
        "".join(f"{line}\n" for line in old.splitlines() if "ACLED" not in line), encoding="utf-8"
    )
    assert take(own, export(CLASH), three).code == 0
    assert [row["public_use"] for row in rows(own, "licences") if row["licence_id"] == "ACLED"] == ["no"]
    assert cli.run("check", own).code == 0


@pytest.mark.parametrize(
    ("sheets", "option"),
    [
        ({"Licensing": [["x"]], "HRP_1": [["Country", "Admin1", "Month", "Year", "Events", "Fatalities"]]}, ()),
        ({"Licensing": [["x"]], "Non_HRP": [["Country", "Month", "Year", "Events"]]}, ()),
        ({"Licensing": [["x"]], "HRP_2": [["Country", "Month", "Year", "Events"]]}, ("--sheet", "HRP_2")),
    ],
)
def test_monthly_counts_of_hdx_hold_no_events_and_are_refused(
    own: Path, three: Path, sheets: dict[str, list[list[str]]], option: tuple[str, ...]
) -> None:
    ran = take(own, feeds.workbook(sheets), three, *option, name="acled.xlsx")
    assert ran.code == 2
    assert "holds counts of ACLED by month and no events" in ran.err


def test_what_is_missing_is_told_once(own: Path, three: Path) -> None:
    ran = take(own, b"event_id_cnty,event_date\nMMR1,2024-01-01\n", three)
    assert ran.code == 2
    assert (
        "column 'time_precision, sub_event_type, actor1, inter1, country, admin1, latitude, longitude, geo_prec"
        in ran.err
    )
    assert ran.err.count("is missing") == 1


@pytest.mark.shared
def test_all_events_of_ucdp_in_the_form_of_acled_are_taken_no_finer_than_they_say(
    tmp_path: Path, shared_dir: Path
) -> None:
    own = tmp_path / "own"
    cli.run("new", own, "--title", "Own map", "--at", "2026-01-01")
    with (shared_dir / "samples" / "ucdp_ged_mmr_1989_2023.csv").open(encoding="utf-8", newline="") as stream:
        real = list(csv.DictReader(stream))
    recast = [
        {
            **CLASH,
            "event_id_cnty": f"MMR{row['id']}",
            "event_date": row["date_start"][:10],
            "time_precision": {"1": "1", "2": "2", "3": "2"}.get(row["date_prec"], "3"),
            "actor1": row["side_a"],
            "actor2": row["side_b"],
            "admin1": row["adm_1"],
            "admin3": "",
            "location": row["where_coordinates"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "geo_precision": {"1": "1", "2": "2"}.get(row["where_prec"], "3"),
            "fatalities": row["best"],
        }
        for row in real
    ]
    (tmp_path / "acled.csv").write_bytes(export(*recast))
    polygons = ("--boundaries", shared_dir / "boundaries" / "mimu_adm3_v93.zip")
    ran = cli.run("import", "acled", tmp_path / "acled.csv", "--into", own, *feeds.BY, *polygons)
    assert "7,374 new, 0 same, 0 changed, 0 refused" in ran.out, ran.err
    events = rows(own, "events")
    finest = Counter(row["where_precision"] for row in events if row["level"] == "township")
    assert set(finest) == {"exact", "near"}
    assert finest == {"exact": 1306, "near": 1314}
    assert {row["level"] for row in events if row["where_precision"] == "state"} == {"state", "area"}
    again = cli.run("import", "acled", tmp_path / "acled.csv", "--into", own, *feeds.BY, *polygons)
    assert "Nothing was changed" in again.out
