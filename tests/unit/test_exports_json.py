"""GeoJSON, its sequence and TopoJSON: each rule of their specifications that a reader may rely on."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import shape

import exported
import made
from mapper import geo

if TYPE_CHECKING:
    from mapper import tables

SCRIPT = Path(__file__).resolve().parent.parent / "js" / "read_exports.mjs"
TAKEN = made.report("2024-02-20", "eao", pcode="MMR012002", report_id="R1")
SUBJECTS = ["slice", "history", "changes", "reports", "all"]


def node(verb: str, path: Path) -> Any:  # noqa: ANN401 -- JSON is any value
    program = shutil.which("node")
    assert program, "Node.js is part of the set-up"
    found = subprocess.run([program, SCRIPT, verb, path], capture_output=True, text=True, check=True)
    return json.loads(found.stdout)


def made_by(form: str, subject: str, package: tables.Package, folder: Path, **options: Any) -> list[Path]:  # noqa: ANN401
    found = exported.export(form, subject, package, **options)
    exported.written(found, folder)
    return [folder / name for name in found.files if not name.endswith(".metadata.json")]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_linter_that_is_not_ours_finds_nothing_in_geojson(subject: str, tmp_path: Path) -> None:
    for path in made_by("geojson", subject, made.package(TAKEN), tmp_path):
        assert node("lint", path) == []


def test_the_linter_would_find_an_open_ring(tmp_path: Path) -> None:
    (path,) = made_by("geojson", "slice", made.package(TAKEN), tmp_path)
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["features"][0]["geometry"]["coordinates"][0].pop()
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert node("lint", path) != []


def island() -> tuple[tables.Package, geo.Boundaries]:
    """A township with a hole, in which another lies, and a third of two parts."""
    package = made.package(count=3)
    outer, inner = shapely.box(93, 20, 94, 21), shapely.box(93.4, 20.4, 93.6, 20.6)
    two = shapely.MultiPolygon([shapely.box(95, 20, 96, 21), shapely.box(97, 20, 97.5, 20.5)])
    shapes = made.boundaries(package)
    townships = gpd.GeoDataFrame(
        {"area_km2": [1.0, 2.0, 3.0]},
        geometry=[outer.difference(inner), inner, two],
        index=package.townships.index,
        crs=geo.WGS84,
    )
    return package, geo.Boundaries(
        townships, shapes.neighbours, schematic=False, title="Real", licence="as its owner states", attribution="owner"
    )


def test_geojson_keeps_each_rule_of_rfc_7946(tmp_path: Path) -> None:
    package, boundaries = island()
    (path,) = made_by("geojson", "slice", package, tmp_path, boundaries=boundaries)
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")  # 11: UTF-8 as RFC 8259 has it, without a mark
    found = json.loads(raw)
    assert found["type"] == "FeatureCollection"  # 3.3
    assert "crs" not in found  # 4
    assert found["bbox"] == [93.0, 20.0, 97.5, 21.0]  # 5: west, south, east, north
    ids = [one["id"] for one in found["features"]]
    assert ids == ["MMR012001", "MMR012002", "MMR012003"]
    for one in found["features"]:
        assert set(one) == {"type", "id", "properties", "geometry"}  # 3.2
        geometry = one["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for outer, *holes in polygons:
            assert shapely.LinearRing(outer).is_ccw  # 3.1.6: the right-hand rule
            assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)
            for ring in (outer, *holes):
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
                assert all(len(point) == 2 for point in ring)
                assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
    assert len(found["features"][0]["geometry"]["coordinates"]) == 2
    assert found["metadata"]["sources"] == []  # 6.1: foreign members
    assert found["metadata"]["boundaries_attribution"] == "owner"


def test_geojson_carries_all_that_an_export_says_of_itself(tmp_path: Path) -> None:
    (path,) = made_by("geojson", "slice", made.package(TAKEN), tmp_path)
    told = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert (told["as_of"], told["as_known_on"], told["version"]) == ("2024-12-31", "2026-01-01", "1.0")
    assert told["licence"] == "CC-BY-4.0"
    assert told["sources"][0]["publisher"] == "A paper"
    assert told["columns"]["slice"]["status"] == "junta, contested, nug, eao or unknown."
    assert len(told["caveats"]) == 4


def test_rows_without_a_place_have_a_geometry_of_null(tmp_path: Path) -> None:
    row = {
        "date": pd.Timestamp("2024-05-01").date(),
        "date_precision": "day",
        "country": "Thailand",
        "country_iso3": "THA",
        "people": 1234,
        "qualifier": "exact",
        "measure": "refugees",
        "basis": "total",
        "source_id": "a-source",
        "note": "",
    }
    package = made.package(refugees=pd.DataFrame([row], index=pd.Index(["F1"], name="figure_id")))
    (path,) = made_by("geojson", "displacement", package, tmp_path)
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["people"] == 1200
    assert node("lint", path) == []
    (path,) = made_by("topojson", "displacement", package, tmp_path)
    assert node("topology", path)["refugees"]["collection"]["features"][0]["geometry"] is None


def test_a_sequence_has_a_record_separator_before_and_a_line_end_after_each_feature(tmp_path: Path) -> None:
    (path,) = made_by("geojsonseq", "slice", made.package(TAKEN), tmp_path)
    raw = path.read_bytes()
    assert raw.startswith(b"\x1e{")
    assert raw.endswith(b"}\n")
    records = raw.split(b"\x1e")[1:]
    assert [record.count(b"\n") for record in records] == [1, 1, 1, 1]
    assert {json.loads(record)["type"] for record in records} == {"Feature"}


def test_topojson_has_each_border_once_and_a_client_puts_the_polygons_together(tmp_path: Path) -> None:
    package, boundaries = island()
    (path,) = made_by("topojson", "slice", package, tmp_path, boundaries=boundaries)
    topology = json.loads(path.read_text(encoding="utf-8"))
    assert len(topology["arcs"]) == 4  # the outline, the border of the hole, and two islands
    assert topology["metadata"]["as_of"] == "2024-12-31"
    found = node("topology", path)["slice"]
    assert found["neighbours"] == [[1], [0], []]
    for feature in found["collection"]["features"]:
        drawn, expected = shape(feature["geometry"]), boundaries.townships.geometry[feature["id"]]
        assert drawn.is_valid
        assert drawn.equals(expected)
    assert shape(found["merged"]).area == pytest.approx(2.25)


def test_outer_rings_of_topojson_run_clockwise_as_d3_wants_them(tmp_path: Path) -> None:
    (path,) = made_by("topojson", "slice", made.package(), tmp_path)
    for feature in node("topology", path)["slice"]["collection"]["features"]:
        assert not shape(feature["geometry"]).geoms[0].exterior.is_ccw


@pytest.mark.parametrize(("width", "scale"), [(1e-3, 1e-6), (4e-8, 1e-8), (1e-12, None)])
def test_a_grid_never_leaves_an_invalid_polygon(width: float, scale: float | None, tmp_path: Path) -> None:
    """A sliver narrower than the coarse grid takes a finer one, and one that none can hold takes none."""
    package = made.package(count=2)
    shapes = made.boundaries(package)
    # a neck so narrow that a coarse grid folds its two sides onto each other
    neck = shapely.Polygon(
        [(93, 20), (93.4, 20), (93.5, 20.5), (93.6, 20), (94, 20), (94, 21), (93.5, 20.5 + width), (93, 21)]
    )
    shapes.townships.geometry = [neck, shapely.box(95, 20, 96, 21)]
    (path,) = made_by("topojson", "slice", package, tmp_path, boundaries=shapes)
    topology = json.loads(path.read_text(encoding="utf-8"))
    assert topology.get("transform", {}).get("scale", [None])[0] == scale
    for feature in node("topology", path)["slice"]["collection"]["features"]:
        assert shape(feature["geometry"]).is_valid


@pytest.mark.shared
@pytest.mark.parametrize("subject", ["slice", "history"])
def test_real_polygons_are_valid_as_a_client_puts_them_together(
    subject: str, tmp_path: Path, real: tuple[tables.Package, geo.Boundaries]
) -> None:
    package, boundaries = real
    (path,) = made_by("topojson", subject, package, tmp_path, boundaries=boundaries)
    features = node("topology", path)[subject]["collection"]["features"]
    drawn = {one["properties"]["pcode"]: shape(one["geometry"]) for one in features}
    assert len(drawn) == 330
    assert all(one.is_valid for one in drawn.values())
    townships = boundaries.townships.geometry
    off = [shapely.hausdorff_distance(drawn[code], townships[code]) for code in list(drawn)[::30]]
    assert max(off) < 1e-5
    assert geo.is_coverage(gpd.GeoSeries(drawn, crs=geo.WGS84))


@pytest.mark.shared
def test_real_polygons_are_valid_and_match_in_geojson(
    tmp_path: Path, real: tuple[tables.Package, geo.Boundaries]
) -> None:
    package, boundaries = real
    (path,) = made_by("geojson", "slice", package, tmp_path, boundaries=boundaries)
    assert node("lint", path) == []
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    drawn = np.array([shape(one["geometry"]) for one in found], dtype=object)
    assert len(drawn) == 330
    assert shapely.is_valid(drawn).all()
