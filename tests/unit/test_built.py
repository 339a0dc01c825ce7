"""GeoJSON, changes and sums: what a reader of the files may rely on."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

import made
from mapper import tables, timeline
from mapper.outputs import summary
from mapper.outputs.exports import built, delimited, geojson

TAKEN = made.report("2024-02-20", "eao", pcode="MMR012002")
DATES = tuple(dt.date.fromisoformat(text) for text in ("2024-01-31", "2024-02-29", "2024-03-31"))


@pytest.fixture(scope="module")
def package() -> tables.Package:
    return made.package(TAKEN)


@pytest.fixture(scope="module")
def line(package: tables.Package) -> timeline.Timeline:
    return timeline.timeline(package.townships.index, package.reports, DATES, options=package.options)


@pytest.fixture(scope="module")
def latest(package: tables.Package, line: timeline.Timeline) -> dict[str, Any]:
    return json.loads(built.control_geojson(line, made.boundaries(package), package, on=DATES[-1]))


@pytest.fixture(scope="module")
def history(package: tables.Package, line: timeline.Timeline) -> dict[str, Any]:
    return json.loads(built.history_geojson(line, made.boundaries(package), package))


def test_a_feature_says_who_holds_it_since_when_and_by_whose_word(latest: dict[str, Any]) -> None:
    (feature,) = [feature for feature in latest["features"] if feature["id"] == "MMR012002"]
    properties = feature["properties"]
    assert (properties["status"], properties["holders"], properties["basis"]) == ("eao", ["AA"], "reported")
    assert (properties["since"], properties["since_precision"]) == ("2024-02-20", "day")
    assert properties["report_ids"] == ["2024-02-20-eao"]
    assert properties["report_urls"] == ["https://paper.example/page"]


def test_an_assumption_is_marked_as_one(latest: dict[str, Any]) -> None:
    properties = latest["features"][0]["properties"]
    assert (properties["status"], properties["basis"], properties["confidence"]) == ("junta", "assumed", "none")


def test_the_collection_says_what_it_is_and_from_when(latest: dict[str, Any]) -> None:
    metadata = latest["metadata"]
    assert metadata["as_of"] == "2024-03-31"
    assert metadata["as_known_on"] == "2026-01-01"
    assert metadata["licence"] == "CC-BY-4.0"
    assert metadata["boundaries_schematic"] is True
    assert len(metadata["caveats"]) == 3


def test_geojson_keeps_to_rfc_7946(latest: dict[str, Any], history: dict[str, Any]) -> None:
    for collection in (latest, history):
        assert "crs" not in collection
        assert collection["bbox"] == [93.0, 20.0, 97.0, 21.0]
        ids = [feature["id"] for feature in collection["features"]]
        assert len(set(ids)) == len(ids)
        for feature in collection["features"]:
            assert shape(feature["geometry"]).exterior.is_ccw


def test_coordinates_have_at_most_six_decimals_and_shared_corners_stay_shared() -> None:
    third = 93 + 1 / 3
    pair = made.gpd.GeoSeries({"a": shapely.box(93, 20, third, 21), "b": shapely.box(third, 20, 94, 21)})
    west, east = geojson.texts(pair.to_numpy())
    assert b"93.333333," in west
    assert b"93.333333," in east
    assert b"93.3333333" not in west + east


def test_history_has_a_feature_for_each_stretch_with_its_first_day_and_the_first_day_after(
    history: dict[str, Any],
) -> None:
    stretches = [
        (feature["properties"]["valid_from"], feature["properties"]["valid_to"], feature["properties"]["status"])
        for feature in history["features"]
        if feature["properties"]["pcode"] == "MMR012002"
    ]
    assert stretches == [("2024-01-31", "2024-02-20", "junta"), ("2024-02-20", None, "eao")]


def test_changes_have_a_row_each(line: timeline.Timeline, package: tables.Package) -> None:
    rows = list(csv.DictReader(io.StringIO(built.changes_csv(line, package))))
    assert len(rows) == 1
    assert (rows[0]["date"], rows[0]["pcode"], rows[0]["township"]) == ("2024-02-29", "MMR012002", "Town 2")
    assert (rows[0]["from_status"], rows[0]["to_status"], rows[0]["to_holders"]) == ("junta", "eao", "AA")
    assert rows[0]["report_ids"] == "2024-02-20-eao"


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    assert delimited.csv_text([{"a": "=1+1", "b": -5}], ["a", "b"]) == "a,b\n'=1+1,-5\n"


def test_sums_count_townships_area_and_people(line: timeline.Timeline, package: tables.Package) -> None:
    table = summary.summary(
        line,
        area_km2=dict.fromkeys(package.townships.index, 11_000.0),
        population={"MMR012001": 1000, "MMR012002": None, "MMR012003": 3000, "MMR012004": 4000},
    )
    last = [row for row in table.to_dict("records") if row["date"] == DATES[-1]]
    by_status = {(row["key"], row["basis"]): row for row in last if row["by"] == "status"}
    assert by_status["junta", "assumed"]["townships"] == 3
    assert by_status["junta", "assumed"]["area_km2"] == 33_000.0
    assert by_status["junta", "assumed"]["population_2014"] == 8000
    assert by_status["eao", "reported"]["population_2014"] == 0
    assert [(row["key"], row["townships"]) for row in last if row["by"] == "holder"] == [("AA", 1), ("SAC", 3)]
