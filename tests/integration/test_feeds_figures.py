"""Figures of feeds into a package: each kind once, IDMC's, and those of UNHCR; values are made up but for UNHCR's."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

import cli
import feeds
from feeds import COUNTRY, DTM_ROW, GIDD_ROW, IDP
from planning import new, planned, put, refused
from taking import content

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = ("--sensitivity", "public")
CROSSED = (("basis", "arrivals_since_2021_02_01"), ("measure", "arrivals"))


@pytest.fixture(scope="session")
def fresh(three: Path) -> Path:
    return three / "own"


EACH = {
    "hapi": ("idps.csv", feeds.idps(IDP), ()),
    "dtm": ("dtm.json", feeds.dtm(dict(DTM_ROW)), ()),
    "idmc": (
        "gidd.xlsx",
        feeds.workbook({"README": [["CC BY-NC"]], "1_Displacement_data": [feeds.GIDD, list(GIDD_ROW.values())]}),
        (),
    ),
    "odp": (
        "odp.json",
        feeds.as_json({"data": [COUNTRY]}),
        ("--set", "basis=arrivals_since_2021_02_01", "--set", "measure=arrivals"),
    ),
    "lists": ("list.csv", b"Township,State,Date,IDPs\nGwa,Rakhine,2024-05-31,800\n", ("--set", "basis=total", "--yes")),
}


@pytest.mark.parametrize("kind", EACH)
def test_each_kind_is_taken_in_once_checks_and_is_undone(own: Path, kind: str) -> None:
    before = content(own)
    name, raw, options = EACH[kind]
    first = cli.run("import", kind, put(own, raw, name), "--into", own, *feeds.BY, *PUBLIC, *options)
    assert first.code == 0, first.err
    assert cli.run("check", own).code == 0
    after = content(own)
    assert set(after) > set(before)
    again = cli.run("import", kind, own.parent / name, "--into", own, *feeds.BY, *PUBLIC, *options)
    assert "Nothing was changed" in again.out, again.err
    assert content(own) == after
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert {name: raw for name, raw in content(own).items() if name != "log.csv"} == before


def test_countries_of_the_portal_have_a_date_each(own: Path) -> None:
    india = {**COUNTRY, "geomaster_name": "India", "individuals": 88, "date": "2025-04-30"}
    province = {**COUNTRY, "geomaster_name": "Tak"}
    plans = planned(
        own,
        "odp",
        feeds.as_json({"data": [COUNTRY, india, province, {**COUNTRY, "geomaster_name": "Myanmar"}]}),
        "a.json",
        fixed=CROSSED,
    )
    columns = ("country", "country_iso3", "date", "people", "measure", "basis")
    assert new(plans, *columns) == [
        ("Thailand", "THA", "2025-05-31", "4321", "arrivals", "arrivals_since_2021_02_01"),
        ("India", "IND", "2025-04-30", "88", "arrivals", "arrivals_since_2021_02_01"),
    ]
    assert "geomaster_name: 'Tak' is no country that is known" in refused(plans)[0]
    assert "geomaster_name: 'Myanmar' is the country itself" in refused(plans)[1]
    assert set(plans[0].left_out) == {"centroid_lat", "centroid_lon"}


def test_a_series_of_the_portal_names_no_place_and_is_told_of_it(own: Path) -> None:
    answer = feeds.as_json(
        {"data": {"timeseries": [{"data_date": "2025-05-31", "individuals": 12, "year": 2025, "month": 5}]}}
    )
    with pytest.raises(Exception, match="say which with --set country=NAME"):
        planned(own, "odp", answer, "a.json", fixed=CROSSED)
    plans = planned(own, "odp", answer, "a.json", fixed=[*CROSSED, ("country", "Thailand")])
    assert new(plans, "country", "date", "people") == [("Thailand", "2025-05-31", "12")]


def test_what_the_portal_counts_must_be_said(own: Path) -> None:
    with pytest.raises(
        Exception, match=r"does not say what it counts: say it with --set basis=\.\.\., such as arrivals"
    ):
        planned(own, "odp", feeds.as_json({"data": [COUNTRY]}), "a.json")


def test_displaced_people_of_the_portal_are_in_the_country_or_a_state(own: Path) -> None:
    listed = [{**COUNTRY, "geomaster_name": name} for name in ("Myanmar", "Rakhine", "Atlantis")]
    inside = [("basis", "total"), ("measure", "idps")]
    plans = planned(own, "odp", feeds.as_json({"data": listed}), "a.json", fixed=inside)
    assert new(plans, "level", "pcode") == [("country", "MMR"), ("state", "MMR012")]
    assert "the state 'Atlantis' is not known" in refused(plans)[0]


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("hapi", {"maps": [("date", "x")]}, "The columns of this kind of file are known: leave --map out"),
        (
            "hapi",
            {"fixed": [("basis", "total")]},
            "'basis' cannot be set for this kind of file: use operation, assessment",
        ),
        (
            "idmc",
            {"values": [("status:x", "eao")]},
            "'status:x' cannot be said of this kind of file: leave --value out",
        ),
    ],
)
def test_wishes_that_mean_nothing_are_refused(own: Path, kind: str, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(Exception, match=said):
        planned(own, kind, feeds.idps(IDP), **asked)


@pytest.mark.parametrize("kind", ["hapi", "dtm", "idmc", "odp"])
def test_a_file_of_another_form_gets_one_clear_error(own: Path, kind: str) -> None:
    asked = {"fixed": CROSSED} if kind == "odp" else {}
    with pytest.raises(Exception, match=r"is missing\. Is it .*\? It has 'a', 'b'") as told:
        planned(own, kind, b"a,b\n1,2\n", **asked)
    assert len(told.value.faults) == 1


@pytest.mark.shared
@pytest.mark.parametrize("name", ["population_mmr_2010_2025", "demographics_mmr_2018_2025", "flows_mmr_2015_2025"])
def test_the_envelope_of_the_refugee_data_finder_says_what_its_tables_say(
    own: Path, shared_dir: Path, name: str
) -> None:
    raw = (shared_dir / "samples" / f"unhcr_{name}.csv").read_bytes()
    with (shared_dir / "samples" / f"unhcr_{name}.csv").open(encoding="utf-8", newline="") as stream:
        listed = [
            {key: int(text) if text.isdecimal() else text or None for key, text in row.items()}
            for row in csv.DictReader(stream)
        ]
    envelope = {"page": 1, "maxPages": 1, "total": [], "items": listed}
    table = planned(own, "unhcr", raw)
    answer = planned(own, "unhcr", feeds.as_json(envelope), "a.json")
    columns = ("date", "date_from", "country", "place", "people", "measure", "basis")
    assert new(answer, *columns) == new(table, *columns) != []
    assert len(refused(answer)) == len(refused(table))
