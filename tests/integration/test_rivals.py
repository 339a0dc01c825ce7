"""Rival assessments side by side: packages and published maps, by P-code or by place."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import checkered
from mapper import errors, pipeline, rivalry, rivals
from mapper.rivals import Rival
from mapper.sources import published

ROOT = Path(__file__).resolve().parents[2]
PCODES = ["A", "B", "C", "D"]
OURS = Rival("ours", {"A": "junta", "B": "eao", "C": "junta"}, frozenset({"C"}))
THEIRS = Rival("theirs", {"A": "junta", "B": "junta", "C": "eao", "D": "nug"})


def test_agreement_by_township_area_people_and_where_both_speak() -> None:
    (row,) = rivals.agreement(
        [OURS, THEIRS],
        PCODES,
        area_km2={"A": 10.0, "B": 20.0, "C": 30.0, "D": 40.0},
        people={"A": 600, "B": 300, "C": 100, "D": None},
    )
    assert row == {
        "one": "ours",
        "other": "theirs",
        "townships": 4,
        "agree": 1,
        "percent": 25.0,
        "percent_of_area": 10.0,
        "percent_of_population": 60.0,
        "both_speak": 2,
        "agree_where_both_speak": 1,
        "percent_where_both_speak": 50.0,
    }


def test_the_confusion_table_has_a_row_for_each_status_of_the_one() -> None:
    rows = {row["status_of_one"]: row for row in rivals.confusion([OURS, THEIRS], PCODES)}
    assert list(rows) == ["junta", "contested", "nug", "eao", "unknown"]
    assert {name: rows["junta"][name] for name in ("junta", "eao", "townships")} == {
        "junta": 1,
        "eao": 1,
        "townships": 2,
    }
    assert rows["unknown"]["nug"] == 1
    assert rivals.disagreements([OURS, THEIRS], PCODES) == ["B", "C", "D"]


def published_map(file: Path, rows: list[tuple[shapely.Geometry, dict[str, str]]], crs: str = "EPSG:4326") -> Path:
    frame = gpd.GeoDataFrame([row for _, row in rows], geometry=[shape for shape, _ in rows], crs="EPSG:4326")
    frame.to_crs(crs).to_file(file)
    return file


def test_a_map_with_p_codes_is_read_by_them(tmp_path: Path) -> None:
    shape = checkered.square(0)
    rows = [
        (shape, {"PCODE": checkered.PCODES[0], "status": "eao"}),
        (shape, {"PCODE": checkered.PCODES[1], "status": "Junta"}),
        (shape, {"PCODE": checkered.PCODES[1], "status": "nug"}),
    ]
    found = published.read(published_map(tmp_path / "m.geojson", rows), checkered.boundaries().townships)
    assert found.status == {checkered.PCODES[0]: "eao", checkered.PCODES[1]: "contested"}
    assert found.notes == (("several", 1),)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32647"])
def test_a_map_without_them_is_read_by_what_covers_most_of_each_township(tmp_path: Path, crs: str) -> None:
    west = shapely.box(94, 18, 94.8, 18.5)  # the first township and three fifths of the second
    east = shapely.box(94.8, 18, 95.2, 18.5)  # the rest of it, and two fifths of the third
    rows = [(west, {"control": "Resistance"}), (east, {"control": "Regime"})]
    file = published_map(tmp_path / "m.gpkg", rows, crs)
    meant = {"resistance": "eao", "Regime": "junta"}
    found = published.read(file, checkered.boundaries().townships, words=meant)
    assert found.status == {checkered.PCODES[0]: "eao", checkered.PCODES[1]: "eao"}
    with pytest.raises(errors.DataError, match=r"is no status that we know \(1 features, and 1 other words\)"):
        published.read(file, checkered.boundaries().townships)
    with pytest.raises(errors.DataError, match="column 'kind': is no column of it"):
        published.read(file, checkered.boundaries().townships, column="kind")


def test_a_map_that_says_no_status_is_told_to_name_the_column(tmp_path: Path) -> None:
    file = published_map(tmp_path / "m.geojson", [(checkered.square(0), {"who": "junta"})])
    with pytest.raises(errors.DataError, match=r"has no column that says the status\. Name it with --status-column"):
        published.read(file, checkered.boundaries().townships)
    assert published.read(file, checkered.boundaries().townships, column="who").status == {checkered.PCODES[0]: "junta"}


def test_a_package_agrees_with_the_map_that_was_made_of_it(tmp_path: Path) -> None:
    package = pipeline.open_package()
    line = pipeline.make_timeline(package)
    shapes = pipeline.load_boundaries(package)
    file = tmp_path / "ours.geojson"
    file.write_text(pipeline.control_geojson(line, shapes, package), encoding="utf-8")
    (row,), confusion, found, written = rivalry.compare([ROOT / "geodata", file], out=tmp_path / "out")
    assert (row["percent"], row["both_speak"], row["percent_where_both_speak"]) == (100.0, 152, 100.0)
    assert [rival.name for rival in found] == ["geodata", "ours.geojson"]
    assert len(confusion) == 5
    assert sorted(path.name for path in written) == [
        "agreement.csv",
        "confusion.csv",
        "disagreement.geojson",
        "disagreement.html",
    ]
    assert json.loads((tmp_path / "out" / "disagreement.geojson").read_text(encoding="utf-8"))["features"] == []
    with (tmp_path / "out" / "agreement.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["agree"] for row in csv.DictReader(stream)] == ["330"]


def test_one_alone_is_nothing_to_compare() -> None:
    with pytest.raises(errors.UsageError, match="give at least two"):
        rivalry.compare([ROOT / "geodata"])
