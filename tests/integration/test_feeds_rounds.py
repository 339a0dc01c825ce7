"""Counts of displaced people by round, of HDX HAPI and IOM's DTM, into a package; all values are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import cli
import feeds
from feeds import DTM_ROW, IDP, REFUGEES
from mapper.intake import start
from planning import new, planned, put, refused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def fresh(three: Path) -> Path:
    return three / "own"


def test_hapi_counts_by_district_and_says_so(own: Path) -> None:
    plans = planned(own, "hapi", feeds.idps(IDP))
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
    assert new(planned(own, "hapi", feeds.idps({**IDP, **changed})), "level", "pcode") == [(level, pcode)]


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
    assert new(planned(own, "hapi", answer, "a.json"), *columns) == new(planned(own, "hapi", feeds.idps(IDP)), *columns)


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
        ({"admin1_code": "", "admin2_code": "", "admin1_name": "Atlantis"}, "the district 'Thandwe' is not known"),
        ({"admin2_code": "MMR012"}, "the district 'MMR012' is not known"),
        ({"admin2_code": "MMR009D003"}, "the district 'MMR009D003' is not known"),  # of another state than it says
        ({"admin1_code": "MMR099"}, "admin1_code: 'MMR099' is the code of no state of the package"),
        ({"admin2_code": "", "admin2_name": ""}, "names no place of its level"),
    ],
)
def test_a_row_of_hapi_that_means_nothing_is_refused_with_its_reason(
    own: Path, changed: dict[str, str], said: str
) -> None:
    plans = planned(
        own, "hapi", feeds.idps(IDP, {**IDP, "reporting_round": "2", "reference_period_end": "2024-06-30", **changed})
    )
    assert len(new(plans, "people")) == 1
    assert said in refused(plans)[0]


def test_rounds_are_figures_of_their_dates_and_never_added(own: Path) -> None:
    later = {**IDP, "reporting_round": "2", "reference_period_end": "2024-06-30", "population": "900"}
    assert new(planned(own, "hapi", feeds.idps(IDP, later)), "date", "people") == [
        ("2024-03-31", "1200"),
        ("2024-06-30", "900"),
    ]


def test_an_older_file_has_tags_and_times_with_a_zone(own: Path) -> None:
    tags = dict.fromkeys(feeds.IDPS, "#x")
    old = {**IDP, "reference_period_end": "2024-03-31 00:00:00+00:00"}
    assert new(planned(own, "hapi", feeds.idps(tags, old)), "date", "people") == [("2024-03-31", "1200")]


def test_several_operations_make_a_total_of_the_latest_round_of_each(own: Path) -> None:
    listed = [
        IDP,
        {**IDP, "reporting_round": "2", "reference_period_end": "2024-06-30", "population": "900"},
        {**IDP, "operation": "Flood", "reporting_round": "7", "reference_period_end": "2024-06-30", "population": "50"},
    ]
    plans = planned(own, "hapi", feeds.idps(*listed))
    assert new(plans, "date", "people", "note") == [
        ("2024-06-30", "950", "total of the most recent rounds of 2 operations")
    ]
    assert "has a more recent round, and rounds are not added" in refused(plans)[0]


def test_operations_of_different_dates_are_not_added_but_can_be_chosen(own: Path) -> None:
    other = {**IDP, "operation": "Flood", "reference_period_end": "2021-06-30", "population": "50"}
    plans = planned(own, "hapi", feeds.idps(IDP, other))
    assert new(plans, "people") == []
    assert len(refused(plans)) == 2
    assert (
        "at different dates, which cannot be added. Take them in one by one: --set 'operation=Countrywide'"
        in refused(plans)[0]
    )
    chosen = planned(own, "hapi", feeds.idps(IDP, other), fixed=[("operation", "Flood")])
    assert new(chosen, "date", "people", "source_id") == [("2021-06-30", "50", "hdx-hapi-idps-flood")]
    assert "is not what was asked for" in refused(chosen)[0]


def test_two_kinds_of_assessment_that_differ_are_not_chosen_between(own: Path) -> None:
    site = {**IDP, "assessment_type": "SA", "population": "400"}
    plans = planned(own, "hapi", feeds.idps(IDP, site))
    assert new(plans, "people") == []
    assert "differs: BA 1200, SA 400. Choose one: --set assessment=BA" in refused(plans)[0]
    assert new(planned(own, "hapi", feeds.idps(IDP, site), fixed=[("assessment", "SA")]), "people") == [("400",)]
    alike = planned(own, "hapi", feeds.idps(IDP, {**site, "population": "1200"}))
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


def test_a_round_that_lacks_a_part_is_refused_whole_and_others_are_not(own: Path) -> None:
    part = {**DTM_ROW, "idpOriginAdmin1Pcode": "MMR012", "numPresentIdpInd": "many"}
    later = {**DTM_ROW, "roundNumber": 2, "reportingDate": "2024-06-30T00:00:00"}
    plans = planned(own, "dtm", feeds.dtm(dict(DTM_ROW), part, later), "a.json")
    assert new(plans, "date", "people") == [("2024-06-30", "1200")]
    assert "is not all there is: row 2 belongs to it and cannot be read" in " ".join(refused(plans))


def test_a_total_of_operations_that_lacks_one_is_refused(own: Path) -> None:
    for wrong in ({"operation": "Flood", "error": "Duplicate row"}, {"operation": "a\u202eb"}):
        plans = planned(own, "hapi", feeds.idps(IDP, {**IDP, **wrong}))
        assert new(plans, "people") == []
        assert "is not all there is: row 3 belongs to it" in " ".join(refused(plans))


def test_counts_of_events_are_refused(own: Path) -> None:
    with pytest.raises(Exception, match="holds counts of events and no events"):
        planned(own, "hapi", b"location_code,event_type,events,fatalities\nMMR,political_violence,3,1\n")


def test_parts_by_origin_are_one_figure_of_dtm(own: Path) -> None:
    rakhine = {**DTM_ROW, "idpOriginAdmin1Name": "Rakhine", "idpOriginAdmin1Pcode": "MMR012", "numPresentIdpInd": 300}
    plans = planned(own, "dtm", feeds.dtm(dict(DTM_ROW), rakhine), "a.json")
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
        ({"numPresentIdpInd": [3]}, "numPresentIdpInd: 'a list: [3]' is no whole number of people"),
        ({"reportingDate": "2024-13-31T00:00:00"}, "is no date"),
        ({"idpOriginAdmin1Name": "Not available"}, "numPresentIdpInd: '1200' is counted twice"),
    ],
)
def test_a_row_of_dtm_that_means_nothing_is_refused(own: Path, changed: dict[str, Any], said: str) -> None:
    plans = planned(
        own,
        "dtm",
        feeds.dtm({**DTM_ROW, **changed}, *([dict(DTM_ROW)] if "idpOriginAdmin1Name" in changed else [])),
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


def test_a_page_of_a_longer_answer_is_refused(own: Path) -> None:
    file = put(own, feeds.as_json({"result": [DTM_ROW], "isSuccess": True, "totalRecordsCount": 5}), "a.json")
    ran = cli.run("import", "dtm", file, "--into", own, *feeds.BY)
    assert ran.code == 2
    assert "a.json: holds 1 of 5 records. Ask for all of them" in ran.err


def test_what_is_level_2_here_is_a_township_in_a_package_of_another_country(tmp_path: Path) -> None:
    """The codes and names are made up."""
    places = "code,name,state_code,state,lon,lat\nSD01001,First,SD01,North,30,15\nSD01002,Second,SD01,North,31,15\n"
    (tmp_path / "places.csv").write_text(places, encoding="utf-8")
    wishes = start.Wishes("Sudan", code="SDN", name="Sudan", places=tmp_path / "places.csv")
    start.make(tmp_path / "own", wishes)
    there = {"location_code": "SDN", "admin1_code": "SD01", "admin1_name": "North", "admin2_name": "First"}
    listed = [{**IDP, **there, "admin2_code": code} for code in ("SD01001", "SD01002", "SD99")]
    plans = planned(tmp_path / "own", "hapi", feeds.idps(listed[0], {**listed[1], "admin2_name": "Second"}, listed[2]))
    assert new(plans, "level", "pcode") == [("township", "SD01001"), ("township", "SD01002")]
    assert "the district 'SD99' is not known" in refused(plans)[0]
