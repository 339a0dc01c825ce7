"""Figures of HDX HAPI, IOM, IDMC, UNHCR's portal and lists into a package; all values are made up."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import cli
import feeds
from feeds import COUNTRY, DTM_ROW, GIDD_ROW, IDP, IDU, REFUGEES
from mapper import publish
from mapper.intake import book, importing, kinds, start
from mapper.outputs import figures
from mapper.sources import package as packages
from taking import content, rows

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.intake.plan import Plan

PUBLIC = ("--sensitivity", "public")
CROSSED = (("basis", "arrivals_since_2021_02_01"), ("measure", "arrivals"))


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of three places, with squares to put points in."""
    place = tmp_path_factory.mktemp("three")
    (place / "places.csv").write_text(feeds.PLACES, encoding="utf-8")
    start.make(place / "own", start.Wishes("Three", places=place / "places.csv"))
    feeds.boundaries(place)
    return place


@pytest.fixture
def own(three: Path, tmp_path: Path) -> Path:
    return shutil.copytree(three / "own", tmp_path / "own")


def put(own: Path, raw: bytes, name: str) -> Path:
    file = own.parent / name
    file.write_bytes(raw)
    return file


def planned(own: Path, kind: str, raw: bytes, name: str = "a.csv", **asked: Any) -> list[Plan]:  # noqa: ANN401 -- the parts of what is asked have several types
    """Plan an import; nothing is changed."""
    read = book.Book(own)
    wishes = kinds.Asked(put(own, raw, name), "2026-06-30", credit={"sensitivity": "public"}, **asked)
    return importing.plan(kinds.ready(kind, wishes, read).task, read)


def new(plans: list[Plan], *columns: str) -> list[tuple[str, ...]]:
    return [
        tuple(row.cells.get(part, "") for part in columns) for one in plans for row in one.rows if row.outcome == "new"
    ]


def refused(plans: list[Plan]) -> list[str]:
    return [row.reason for one in plans for row in one.rows if row.outcome == "refused"]


def idps(*listed: dict[str, str]) -> bytes:
    return feeds.csv_text(listed, feeds.IDPS)


def dtm(*listed: dict[str, Any]) -> bytes:
    return feeds.as_json(feeds.dtm_answer(*listed))


EACH = {
    "hapi": ("idps.csv", idps(IDP), ()),
    "dtm": ("dtm.json", dtm(dict(DTM_ROW)), ()),
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


def test_hapi_counts_by_district_and_says_so(own: Path) -> None:
    plans = planned(own, "hapi", idps(IDP))
    assert new(plans, "level", "pcode", "place", "date", "people", "measure", "basis", "note") == [
        ("district", "MMR012D004", "Thandwe", "2024-03-31", "1200", "idps", "total_dtm", "round 1; assessment BA")
    ]
    assert [source["title"] for source in plans[0].sources] == [
        "HDX HAPI, internally displaced people (IOM DTM): Countrywide"
    ]
    assert plans[0].left_out[:3] == ("has_hrp", "in_gho", "provider_admin1_name")


@pytest.mark.parametrize(
    ("changed", "level", "pcode"),
    [
        (
            {"admin_level": "0", "admin1_code": "", "admin1_name": "", "admin2_code": "", "admin2_name": ""},
            "country",
            "MMR",
        ),
        ({"admin_level": "1", "admin2_code": "", "admin2_name": ""}, "state", "MMR012"),
        ({"admin_level": "", "admin2_code": ""}, "district", "MMR012D004"),
        ({"admin2_code": "MMR012017", "admin2_name": "Gwa"}, "township", "MMR012017"),
    ],
)
def test_the_level_is_what_the_row_names_and_what_the_package_has(
    own: Path, changed: dict[str, str], level: str, pcode: str
) -> None:
    assert new(planned(own, "hapi", idps({**IDP, **changed})), "level", "pcode") == [(level, pcode)]


def test_the_rows_of_json_say_the_same(own: Path) -> None:
    row = {
        **IDP,
        "population": 1200,
        "admin_level": 2,
        "reporting_round": 1,
        "has_hrp": True,
        "location_ref": 5,
        "error": None,
    }
    answer = feeds.as_json({"data": [row]})
    columns = ("level", "pcode", "date", "people", "note")
    assert new(planned(own, "hapi", answer, "a.json"), *columns) == new(planned(own, "hapi", idps(IDP)), *columns)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"error": "Duplicate row"}, "error: 'Duplicate row' is an error that HAPI itself has found"),
        ({"location_code": "SDN"}, "location_code: 'SDN' is not MMR"),
        ({"population": "1,2"}, "population: '1,2' is no whole number of people"),
        ({"population": "NaN"}, "population: 'NaN' is no whole number of people"),
        ({"population": "9" * 30}, "is no whole number of people"),
        ({"population": ""}, "population: is empty"),
        ({"population": "-5"}, "is no whole number of people"),
        ({"reference_period_end": "soon"}, "reference_period_end: 'soon' is no date"),
        ({"reporting_round": "x"}, "reporting_round: 'x' is no number of a round"),
        ({"admin2_code": "MMR999D999"}, "the district 'MMR999D999' is not known"),
        ({"operation": "a\u202eb"}, "is no name of an operation"),
        ({"admin2_code": "", "admin2_name": ""}, "names no place of its level"),
    ],
)
def test_a_row_of_hapi_that_means_nothing_is_refused_with_its_reason(
    own: Path, changed: dict[str, str], said: str
) -> None:
    plans = planned(
        own, "hapi", idps(IDP, {**IDP, "reporting_round": "2", "reference_period_end": "2024-06-30", **changed})
    )
    assert len(new(plans, "people")) == 1
    assert said in refused(plans)[0]


def test_rounds_are_figures_of_their_dates_and_never_added(own: Path) -> None:
    later = {**IDP, "reporting_round": "2", "reference_period_end": "2024-06-30", "population": "900"}
    assert new(planned(own, "hapi", idps(IDP, later)), "date", "people") == [
        ("2024-03-31", "1200"),
        ("2024-06-30", "900"),
    ]


def test_several_operations_make_a_total_of_the_latest_round_of_each(own: Path) -> None:
    listed = [
        IDP,
        {**IDP, "reporting_round": "2", "reference_period_end": "2024-06-30", "population": "900"},
        {**IDP, "operation": "Flood", "reporting_round": "7", "reference_period_end": "2024-06-30", "population": "50"},
    ]
    plans = planned(own, "hapi", idps(*listed))
    assert new(plans, "date", "people", "note") == [
        ("2024-06-30", "950", "total of the most recent rounds of 2 operations")
    ]
    assert "has a more recent round, and rounds are not added" in refused(plans)[0]


def test_operations_of_different_dates_are_not_added_but_can_be_chosen(own: Path) -> None:
    other = {**IDP, "operation": "Flood", "reference_period_end": "2021-06-30", "population": "50"}
    plans = planned(own, "hapi", idps(IDP, other))
    assert new(plans, "people") == []
    assert len(refused(plans)) == 2
    assert (
        "at different dates, which cannot be added. Take them in one by one: --set 'operation=Countrywide'"
        in refused(plans)[0]
    )
    chosen = planned(own, "hapi", idps(IDP, other), fixed=[("operation", "Flood")])
    assert new(chosen, "date", "people", "source_id") == [("2021-06-30", "50", "hdx-hapi-idps-flood")]
    assert "is not what was asked for" in refused(chosen)[0]


def test_two_kinds_of_assessment_that_differ_are_not_chosen_between(own: Path) -> None:
    site = {**IDP, "assessment_type": "SA", "population": "400"}
    plans = planned(own, "hapi", idps(IDP, site))
    assert new(plans, "people") == []
    assert "differs: BA 1200, SA 400. Choose one: --set assessment=BA" in refused(plans)[0]
    assert new(planned(own, "hapi", idps(IDP, site), fixed=[("assessment", "SA")]), "people") == [("400",)]
    alike = planned(own, "hapi", idps(IDP, {**site, "population": "1200"}))
    assert new(alike, "people", "note") == [("1200", "round 1; assessment BA; 2 rows of the file")]


def test_refugees_and_returnees_of_hapi(own: Path) -> None:
    part = {**REFUGEES, "gender": "f", "population": "40000"}
    back = {**REFUGEES, "population_group": "RET", "population": "70"}
    raw = feeds.csv_text([REFUGEES, part, back, {**REFUGEES, "population_group": "OOC"}], feeds.ABROAD)
    plans = planned(own, "hapi", raw)
    assert [one.table for one in plans] == ["refugees", "movements"]
    columns = ("country", "country_iso3", "date", "people", "measure", "basis")
    assert new(plans[:1], *columns) == [("Thailand", "THA", "2024-12-31", "90000", "refugees", "unhcr_mandate")]
    columns = ("origin", "origin_pcode", "destination", "destination_pcode", "people", "movement_type")
    assert new(plans[1:], *columns) == [("Thailand", "THA", "Myanmar", "MMR", "70", "return")]
    assert "gender: 'f' is a part of the whole" in refused(plans)[0]
    assert "population_group: 'OOC' is a group that has no table here" in refused(plans)[1]


def test_counts_of_events_are_refused(own: Path) -> None:
    with pytest.raises(Exception, match="holds counts of events and no events"):
        planned(own, "hapi", b"location_code,event_type,events,fatalities\nMMR,political_violence,3,1\n")


def test_parts_by_origin_are_one_figure_of_dtm(own: Path) -> None:
    rakhine = {**DTM_ROW, "idpOriginAdmin1Name": "Rakhine", "idpOriginAdmin1Pcode": "MMR012", "numPresentIdpInd": 300}
    plans = planned(own, "dtm", dtm(dict(DTM_ROW), rakhine), "a.json")
    columns = ("level", "pcode", "people", "date", "basis", "source_id", "note")
    assert new(plans, *columns) == [
        (
            "district",
            "MMR012D004",
            "1500",
            "2024-03-31",
            "total_dtm",
            "iom-dtm-countrywide",
            "round 1; assessment BA; 2 rows of the file",
        )
    ]
    assert plans[0].left_out[:1] == ("id",)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"displacementReason": "Natural disaster"}, "displacementReason: 'Natural disaster' is no conflict"),
        ({"admin0Pcode": "TCD"}, "admin0Pcode: 'TCD' is not MMR"),
        ({"numPresentIdpInd": None}, "numPresentIdpInd: is empty"),
        ({"numPresentIdpInd": 1.5}, "'1.5' is no whole number of people"),
        ({"numPresentIdpInd": [3]}, "numPresentIdpInd: is empty"),
        ({"reportingDate": "2024-13-31T00:00:00"}, "is no date"),
        ({"idpOriginAdmin1Name": "Not available"}, "numPresentIdpInd: '1200' is counted twice"),
    ],
)
def test_a_row_of_dtm_that_means_nothing_is_refused(own: Path, changed: dict[str, Any], said: str) -> None:
    plans = planned(
        own,
        "dtm",
        dtm({**DTM_ROW, **changed}, *([dict(DTM_ROW)] if "idpOriginAdmin1Name" in changed else [])),
        "a.json",
    )
    assert new(plans, "people") == []
    assert said in refused(plans)[0]


def test_dtm_of_hdx_has_a_row_of_tags_and_levels(own: Path) -> None:
    header = [*feeds.DTM[:8], "adminLevel", *feeds.DTM[8:], "operationStatus"]
    tags = dict.fromkeys(header, "#x")
    whole = {**DTM_ROW, "adminLevel": 0, "admin1Name": "", "admin1Pcode": "", "admin2Name": "", "admin2Pcode": ""}
    state = {**DTM_ROW, "adminLevel": 1, "admin2Name": "", "admin2Pcode": ""}
    plans = planned(own, "dtm", feeds.csv_text([tags, whole, state, {**DTM_ROW, "adminLevel": 2}], header))
    assert new(plans, "level", "pcode") == [("country", "MMR"), ("state", "MMR012"), ("district", "MMR012D004")]
    assert refused(plans) == []


def test_an_answer_that_has_failed_is_told(own: Path) -> None:
    answer = {"result": None, "statusCode": 404, "isSuccess": False, "errorMessages": ["No Country found"]}
    file = put(own, feeds.as_json(answer), "a.json")
    ran = cli.run("import", "dtm", file, "--into", own, *feeds.BY)
    assert ran.code == 2
    assert "is an answer that says that it has failed ('No Country found')" in ran.err


def test_gidd_gives_stock_and_flow_of_conflict_and_none_of_disasters(own: Path) -> None:
    name, raw, _ = EACH["idmc"]
    plans = planned(own, "idmc", raw, name)
    columns = ("level", "pcode", "date", "people", "qualifier", "basis")
    assert new(plans[:1], *columns) == [("country", "MMR", "2023-12-31", "2600000", "rounded", "total_idmc")]
    columns = ("origin", "origin_pcode", "date_from", "date_to", "people", "movement_type")
    assert new(plans[1:], *columns) == [("Myanmar", "MMR", "2023-01-01", "2023-12-31", "1300000", "displacement")]
    assert "Disaster Stock Displacement" in plans[0].left_out


@pytest.mark.parametrize(
    "row",
    [
        {
            "iso3": "MMR",
            "country_name": "Myanmar",
            "year": 2023,
            "total_displacement": 2598765,
            "total_displacement_rounded": 2600000,
            "new_displacement": 1298765,
            "new_displacement_rounded": 1300000,
        },
        {
            "ISO3": "MMR",
            "Name": "Myanmar",
            "Year": "2023",
            "Conflict Stock Displacement": "2600000",
            "Conflict New Displacements": "1300000",
            "Disaster New Displacements": "3",
        },
    ],
)
def test_the_interface_and_the_older_table_of_gidd_say_the_same(own: Path, row: dict[str, Any]) -> None:
    plans = planned(own, "idmc", feeds.as_json({"results": [row]}), "a.json")
    assert new(plans, "people", "qualifier") == [("2600000", "rounded"), ("1300000", "rounded")]


def test_figures_of_disasters_under_the_same_names_are_refused(own: Path) -> None:
    raw = b"iso3,country_name,year,new_displacement,hazard_type\nMMR,Myanmar,2023,5,Flood\n"
    with pytest.raises(Exception, match="shows that it is about disasters"):
        planned(own, "idmc", raw)


def test_nothing_of_idmc_is_public(own: Path) -> None:
    name, raw, _ = EACH["idmc"]
    cli.run("import", "idmc", put(own, raw, name), "--into", own, *feeds.BY, *PUBLIC)
    withheld = publish.public(packages.open_package(own)).withheld
    assert withheld == {"displacement": 1, "movements": 1}


def test_recommended_updates_of_one_period_are_added_and_the_text_is_never_taken(own: Path) -> None:
    listed = [
        dict(IDU),
        {**IDU, "id": 502, "figure": 300, "event_id": 9002},
        {**IDU, "id": 503, "role": "Triangulation", "figure": 100000},
        {**IDU, "id": 504, "displacement_type": "Disaster"},
        {**IDU, "id": 501},
    ]
    plans = planned(own, "idmc", feeds.as_json(listed), "idu.json")
    columns = ("date_from", "date_to", "origin", "people", "qualifier", "note")
    assert new(plans, *columns) == [
        (
            "2024-11-01",
            "2024-11-05",
            "Myanmar",
            "1000",
            "over",
            "sum of 2 recommended figures; IDMC's events 9001, 9002",
        )
    ]
    reasons = refused(plans)
    assert "role: 'Triangulation' is not what IDMC recommends" in reasons[0]
    assert "displacement_type: 'Disaster' is not conflict" in reasons[1]
    assert "id: '501' occurs more than once" in reasons[2]
    ran = cli.run("import", "idmc", own.parent / "idu.json", "--into", own, *feeds.BY)
    assert ran.code == 0, ran.err
    for said in (b"Somebody", b"<script", b"camp near"):
        assert said not in b"".join(content(own).values())


@pytest.mark.parametrize(
    ("changed", "origin"),
    [
        ({}, ("Rakhine", "MMR012")),
        ({"latitude": None, "longitude": None}, ("Rakhine", "MMR012")),  # by the centroid, latitude first
        ({"locations_name": "A camp; another camp"}, ("Myanmar", "MMR")),
        ({"latitude": 1, "centroid": "[1, 94.5]"}, ("Myanmar", "MMR")),
    ],
)
def test_an_update_on_one_place_is_put_in_its_state_and_no_finer(
    own: Path, three: Path, changed: dict[str, Any], origin: tuple[str, str]
) -> None:
    plans = planned(own, "idmc", feeds.as_json([{**IDU, **changed}]), "idu.json", boundaries=three / "squares.geojson")
    assert new(plans, "origin", "origin_pcode") == [origin]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"centroid": "[94.5, 17.5]"}, "is no point"),
        ({"centroid": "[17.5, 95.5]"}, "is not where longitude and latitude are"),
        ({"centroid": "17.5"}, "is no point"),
        ({"latitude": None}, "has no point without its other half"),
        ({"figure": "many"}, "is no whole number of people"),
        ({"qualifier": "perhaps"}, "is no word that is known"),
        ({"displacement_end_date": "2024-10-01"}, "is before date_from"),
        ({"iso3": "BGD"}, "is not MMR"),
    ],
)
def test_an_update_that_cannot_be_right_is_refused(own: Path, changed: dict[str, Any], said: str) -> None:
    plans = planned(own, "idmc", feeds.as_json([{**IDU, **changed}]), "idu.json")
    assert new(plans, "people") == []
    assert said in refused(plans)[0]


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


CAMPS = (
    "Township,State,Camp name,Latitude,Longitude,Date,IDPs,Focal point,Phone\n"
    "Gwa,Rakhine,A camp,17.51,94.51,2024-05-31,100,U Somebody,0912345\n"
    "gwa,Rakhine,Another camp,17.52,94.52,2024-05-31,203,U Somebody,0912345\n"
    "Minhla,Magway,Third camp,20,95,2024-05-31,4,U Somebody,0912345\n"
)
TOTAL = {"fixed": [("basis", "total")]}


def test_camps_are_added_up_by_township_and_no_site_is_kept(own: Path) -> None:
    plans = planned(own, "lists", CAMPS.encode(), **TOTAL)
    columns = ("level", "pcode", "place", "people", "date", "basis", "note")
    assert new(plans, *columns) == [
        ("township", "MMR012017", "Gwa", "303", "2024-05-31", "total", "sum of 2 rows of the list"),
        ("township", "MMR009013", "Minhla", "4", "2024-05-31", "total", ""),
    ]
    ran = cli.run(
        "import", "lists", own.parent / "a.csv", "--into", own, *feeds.BY, *PUBLIC, "--set", "basis=total", "--yes"
    )
    assert ran.code == 0, ran.err
    kept = {name: raw for name, raw in content(own).items() if name != "mappings.json"}
    for said in (b"A camp", b"Another camp", b"94.51", b"Somebody", b"0912345"):
        assert said not in b"".join(raw for name, raw in kept.items() if name != "log.csv")
    assert [row["people"] for row in rows(own, "displacement")] == ["303", "4"]


def test_a_figure_of_1_to_4_is_kept_in_the_package_and_shown_to_nobody(own: Path) -> None:
    put(own, CAMPS.encode(), "a.csv")
    cli.run("import", "lists", own.parent / "a.csv", "--into", own, *feeds.BY, *PUBLIC, "--set", "basis=total", "--yes")
    package = packages.open_package(own)
    assert sorted(package.displacement["people"]) == [4, 303]
    shown = figures.counts(list(package.displacement.itertuples()), lambda _: 0)
    assert sorted(shown["people"]) == [5, 300]  # fewer than 5, and rounded


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Gwa,Rakhine,Fifth camp,,,2024-05-31,some,,\n", "is not all there is of its township: row 5 cannot be read"),
        ("Gwa,Rakhine,A camp,,,2024-05-31,7,,\n", "comes twice in its township on one date"),
        (
            "Gwa,Rakhine,Fifth camp,,,2024-06-30,7,,\n",
            "is of several dates (2024-05-31, 2024-06-30), which are not added up",
        ),
    ],
)
def test_a_sum_that_would_be_wrong_is_refused_whole(own: Path, line: str, said: str) -> None:
    plans = planned(own, "lists", (CAMPS + line).encode(), **TOTAL)
    assert new(plans, "pcode") == [("MMR009013",)]
    assert any(said in reason for reason in refused(plans))
    assert {row.number for one in plans for row in one.rows if row.outcome == "refused"} == {2, 3, 5}


def test_the_same_sites_on_two_dates_are_two_figures(own: Path) -> None:
    later = "".join(line.replace("2024-05-31", "2024-06-30") + "\n" for line in CAMPS.splitlines()[1:])
    plans = planned(own, "lists", (CAMPS + later).encode(), **TOTAL)
    assert new(plans, "date", "people")[:2] == [("2024-05-31", "303"), ("2024-05-31", "4")]
    assert sorted(new(plans, "date", "people"))[2:] == [("2024-06-30", "303"), ("2024-06-30", "4")]


def test_two_spellings_of_a_township_are_one_sum(own: Path) -> None:
    text = CAMPS.replace("gwa,Rakhine", "Gwa Township,Rakhine State")
    assert new(planned(own, "lists", text.encode(), **TOTAL), "people") == [("303",), ("4",)]


def test_without_a_column_of_sites_two_figures_of_a_township_are_no_sum(own: Path) -> None:
    text = "Township,State,Date,IDPs\nGwa,Rakhine,2024-05-31,800\nGwa,Rakhine,2024-05-31,900\n"
    plans = planned(own, "lists", text.encode(), **TOTAL)
    assert new(plans, "people") == [("800",)]
    assert "says otherwise than row 2 about the same" in refused(plans)[0]


@pytest.mark.parametrize("part", ["place", "lon", "note"])
def test_what_a_site_is_cannot_be_mapped(own: Path, part: str) -> None:
    with pytest.raises(Exception, match=f"'{part}' is never taken from a list"):
        planned(own, "lists", CAMPS.encode(), maps=[(part, "Camp name")], **TOTAL)


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
        planned(own, kind, idps(IDP), **asked)


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
