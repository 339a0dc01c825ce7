"""Readers that are not ours open what a run writes, and find in it what we put there."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import fiona
import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely.geometry import shape

from mapper import pipeline

if TYPE_CHECKING:
    from pathlib import Path

LAST = dt.date(2026, 2, 28)
COLLECTIONS = ["control.geojson", "history.geojson"]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Result:
    return pipeline.build(out=tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def folder(result: pipeline.Result) -> Path:
    return result.files[0].parent


def _load(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))


def test_geopandas_opens_the_latest_slice_with_our_statuses(result: pipeline.Result, folder: Path) -> None:
    table = gpd.read_file(folder / "control.geojson").set_index("pcode")
    assert table.crs.to_epsg() == 4326
    found = result.timeline.slice(LAST)
    assert table["status"].to_dict() == {pcode: assessment.status for pcode, assessment in found.items()}
    assert table["basis"].to_dict() == {pcode: assessment.basis for pcode, assessment in found.items()}
    assert table.geometry.is_valid.all()
    assert shapely.coverage_is_valid(table.geometry.array.to_numpy(), gap_width=0)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_fiona_and_pyogrio_open_each_with_their_own_gdal(folder: Path, name: str) -> None:
    count = len(_load(folder / name)["features"])
    with fiona.open(folder / name) as layer:
        assert len(layer) == count
        assert layer.crs.to_epsg() == 4326
        assert next(iter(layer))["properties"]["pcode"] == "MMR001001"
    assert pyogrio.read_info(folder / name)["features"] == count


def test_a_temporal_control_finds_each_township_once_on_every_day(result: pipeline.Result, folder: Path) -> None:
    """As a GIS plays it: a feature shows from its first day until the day before its end."""
    table = pyogrio.read_dataframe(folder / "history.geojson", read_geometry=False)
    begins, ends = (pd.to_datetime(table[column]).dt.date for column in ("valid_from", "valid_to"))
    for on in (dt.date(2021, 2, 28), dt.date(2023, 11, 11), dt.date(2024, 12, 29), LAST):
        shown = table[(begins <= on) & (ends.isna() | (ends > on))]
        assert len(shown) == 330
        found = result.timeline.slice(on)
        assert dict(zip(shown["pcode"], shown["status"], strict=True)) == {
            pcode: assessment.status for pcode, assessment in found.items()
        }


@pytest.mark.parametrize("name", COLLECTIONS)
def test_rfc_7946(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    collection = json.loads(text)
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert not re.search(r"\d\.\d{7,}", re.sub(r'"properties":\{.*?\},"geometry"', "", text))
    west, south, east, north = collection["bbox"]
    assert (round(west), round(south), round(east), round(north)) == (92, 10, 101, 29)
    ids = Counter(feature["id"] for feature in collection["features"])
    assert max(ids.values()) == 1
    for feature in collection["features"]:
        assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}
        for polygon in shapely.get_parts(shape(feature["geometry"])):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)
            assert all(91 < lon < 102 and 9 < lat < 29 for lon, lat in polygon.exterior.coords)


def test_every_reported_township_answers_says_who_and_when(result: pipeline.Result, folder: Path) -> None:
    known = {report.report_id: report for report in result.package.reports}
    for feature in _load(folder / "control.geojson")["features"]:
        properties = feature["properties"]
        if properties["basis"] == "reported":
            assert properties["report_ids"]
            assert properties["report_urls"]
            assert {known[name].pcode for name in properties["report_ids"]} == {feature["id"]}
            assert properties["since"] <= properties["last_confirmed"] <= LAST.isoformat()


def test_the_changes_replayed_from_the_file_give_the_latest_slice(result: pipeline.Result, folder: Path) -> None:
    first = result.timeline.slice(result.timeline.dates[0])
    status = {pcode: assessment.status for pcode, assessment in first.items()}
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert status[row["pcode"]] == row["from_status"]
            status[row["pcode"]] = row["to_status"]
    assert status == {pcode: found.status for pcode, found in result.timeline.slice(LAST).items()}


def test_the_sums_add_up_to_the_whole_country(result: pipeline.Result, folder: Path) -> None:
    table = pd.read_csv(folder / "summary.csv")
    statuses = table[table["by"] == "status"].groupby("date")
    people = int(result.package.townships["population_2014"].sum())
    area = float(result.boundaries.townships["area_km2"].sum())
    assert set(statuses["townships"].sum()) == {330}
    assert set(statuses["population_2014"].sum()) == {people}
    assert (statuses["area_km2"].sum() - area).abs().max() < 1
