"""Figures of IDMC into a package; all values are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import cli
import feeds
from feeds import GIDD_ROW, IDU
from mapper import publish
from mapper.sources import package as packages
from planning import new, planned, put, refused
from taking import content

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = ("--sensitivity", "public")


@pytest.fixture(scope="session")
def fresh(three: Path) -> Path:
    return three / "own"


WORKBOOK = feeds.workbook({"README": [["CC BY-NC"]], "1_Displacement_data": [feeds.GIDD, list(GIDD_ROW.values())]})


def test_gidd_gives_stock_and_flow_of_conflict_and_none_of_disasters(own: Path) -> None:
    plans = planned(own, "idmc", WORKBOOK, "gidd.xlsx")
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
    cli.run("import", "idmc", put(own, WORKBOOK, "gidd.xlsx"), "--into", own, *feeds.BY, *PUBLIC)
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
        ({"locations_accuracy": "State/Region/Province (ADM1)", "locations_type": "Origin"}, ("Rakhine", "MMR012")),
        ({"locations_accuracy": "Country"}, ("Myanmar", "MMR")),
        ({"locations_type": "Destination"}, ("Myanmar", "MMR")),
        ({"latitude": 1, "centroid": "[1, 94.5]"}, ("Myanmar", "MMR")),
    ],
)
def test_an_update_on_one_place_is_put_in_its_state_and_no_finer(
    own: Path, three: Path, changed: dict[str, Any], origin: tuple[str, str]
) -> None:
    plans = planned(own, "idmc", feeds.as_json([{**IDU, **changed}]), "idu.json", boundaries=three / "squares.geojson")
    assert new(plans, "origin", "origin_pcode") == [origin]


def test_a_sum_of_updates_that_lacks_one_is_refused(own: Path) -> None:
    plans = planned(own, "idmc", feeds.as_json([dict(IDU), {**IDU, "id": 502, "figure": "many"}]), "idu.json")
    assert new(plans, "people") == []
    assert "is not all there is of its period: row 2 cannot be read" in " ".join(refused(plans))


@pytest.mark.parametrize(
    ("word", "qualifier", "note"),
    [
        ("total", "exact", ""),
        ("approximately", "about", ""),
        ("more than or equal to", "over", ""),
        ("less than", "estimate", "; less than"),
    ],
)
def test_how_idmc_qualifies_a_figure_is_kept(own: Path, word: str, qualifier: str, note: str) -> None:
    plans = planned(own, "idmc", feeds.as_json([{**IDU, "qualifier": word}]), "idu.json")
    assert new(plans, "qualifier", "note") == [(qualifier, f"recommended figure; IDMC's events 9001{note}")]


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
