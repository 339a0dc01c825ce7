"""Boundaries that cannot be used, broken or hostile: each is refused with the reason and a remedy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely
import shapely.affinity

import grid
from grid import faults, only
from mapper import errors
from mapper.sources import files, townships

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def geojson(folder: Path, *geometries: object, codes: list[str] | None = None) -> Path:
    """Write the given GeoJSON geometries as the first townships' and squares as the rest."""
    rest = [shapely.geometry.mapping(shape) for shape in grid.squares().values()][len(geometries) :]
    features = [
        {"type": "Feature", "properties": {"pcode": code}, "geometry": geometry}
        for code, geometry in zip(codes or grid.PCODES, [*geometries, *rest], strict=True)
    ]
    path = folder / "t.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


# What is no file of shapes


@pytest.mark.parametrize(
    "path",
    [
        "/vsicurl/https://example.org/t.geojson",
        "/vsizip/t.zip/t.shp",
        "/VSIs3/bucket/t.gpkg",
        "https://example.org/t.geojson",
        Path("https://example.org/t.geojson"),
        "s3://bucket/t.gpkg",
        "zip://t.zip",
        "GPKG:/data/t.gpkg:layer",
        "file:///t.geojson",
    ],
)
def test_an_address_is_never_followed(path: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fiona.open", lambda *_, **__: pytest.fail("fiona was asked"))
    assert only(path) == "is an address and not a local file"


def test_a_folder_is_refused_and_the_files_in_it_are_named(tmp_path: Path) -> None:
    grid.write(tmp_path / "t.gpkg", grid.squares(), driver="GPKG")
    assert only(tmp_path) == "is a folder"
    with pytest.raises(errors.DataError, match=r"Name a file in it: t\.gpkg"):
        townships.read_boundaries(tmp_path, grid.PCODES)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert only(tmp_path / "t.shp") == "does not exist"


VRT = '<OGRVRTDataSource><OGRVRTLayer name="t"><SrcDataSource>/vsicurl/http://127.0.0.1:9/t.shp</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


@pytest.mark.parametrize("ending", [".shp", ".geojson", ".gpkg", ".fgb"])
@pytest.mark.parametrize("content", ["", "not a file of shapes", VRT, '{"type": "FeatureCollection", "features": [{'])
def test_content_that_is_not_what_the_ending_says_is_refused(tmp_path: Path, ending: str, content: str) -> None:
    path = tmp_path / f"t{ending}"
    path.write_text(content, encoding="utf-8")
    assert only(path).startswith(f"cannot be read as {files.DRIVERS[ending]} (")


@pytest.mark.parametrize("ending", [".vrt", ".kml", ".gml", ".csv", ""])
def test_a_format_that_may_name_other_files_or_has_no_reference_system_is_not_opened(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"t{ending}"
    path.write_text(VRT, encoding="utf-8")
    assert faults(path) == [(ending, "is in a format that is not read")]


def test_a_shapefile_without_its_index_or_table_says_what_is_missing(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "t.shp", grid.squares())
    path.with_suffix(".shx").unlink()
    with pytest.raises(errors.DataError, match=r"cannot be read as ESRI Shapefile .*Put its \.shx beside it"):
        townships.read_boundaries(path, grid.PCODES)


def test_a_shapefile_cut_short_is_refused(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "t.shp", grid.squares())
    path.write_bytes(path.read_bytes()[:1000])
    assert faults(path)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "t.geojson"
    with path.open("wb") as file:
        file.truncate(1_000_000_001)
    assert only(path) == "is 1,000 MB, more than 1,000 MB"


def test_nothing_of_gdal_s_own_words_reaches_the_terminal(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "cut.shp", grid.squares())
    path.write_bytes(path.read_bytes()[:1000])
    (tmp_path / "empty.gpkg").write_bytes(b"SQLite format 3\0" + bytes(2000))
    (tmp_path / "bad.geojson").write_text('{"type": "FeatureCollection", "features": [{', encoding="utf-8")
    code = (
        "import sys\nfrom mapper import errors\nfrom mapper.sources import files\n"
        "for path in sys.argv[1:]:\n    try: files.read_layer(path)\n    except errors.DataError: print('refused')\n"
    )
    paths = [str(tmp_path / name) for name in ("empty.gpkg", "bad.geojson", "cut.shp")]
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.startswith("refused\nrefused\n")
    assert done.stderr == ""


# Reference systems and coordinates


def test_a_shapefile_without_prj_is_refused_since_a_guess_may_be_wrong(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "t.shp", grid.squares())
    path.with_suffix(".prj").unlink()
    assert only(path) == "does not say its coordinate reference system"
    with pytest.raises(errors.DataError, match=r"Add the \.prj file that belongs to it; it is never guessed"):
        townships.read_boundaries(path, grid.PCODES)


def moved(how: Callable[[Any], Any]) -> dict[str, Any]:
    return {code: how(shape) for code, shape in grid.squares().items()}


def in_metres() -> dict[str, Any]:
    return dict(grid.frame().to_crs("EPSG:32647").geometry)


@pytest.mark.parametrize(
    ("shapes", "crs", "problem"),
    [
        (
            moved(lambda s: shapely.transform(s, lambda xy: xy[:, ::-1])),
            "EPSG:4326",
            "has longitude and latitude swapped (x 20 to 21.5, y 96 to 98)",
        ),
        (
            grid.squares(),
            "EPSG:32647",
            "is in degrees (x 96 to 98, y 20 to 21.5), while it states a system in other units or with another origin",
        ),
        (in_metres(), "EPSG:4326", "is not in degrees (x 186"),
        (in_metres(), "EPSG:32637", "lies outside Myanmar (x 186"),
        (
            moved(lambda s: shapely.affinity.translate(s, -60)),
            "EPSG:4326",
            "lies outside Myanmar (x 36 to 38, y 20 to 21.5)",
        ),
    ],
    ids=["swapped", "degrees called metres", "metres called degrees", "wrong zone", "another country"],
)
def test_coordinates_that_cannot_be_right_are_refused_with_the_likely_cause(
    tmp_path: Path, shapes: dict[str, Any], crs: str, problem: str
) -> None:
    assert only(grid.write(tmp_path / "t.shp", shapes, crs=crs)).startswith(problem)


def test_single_townships_that_stray_are_named(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "t.shp", grid.squares() | {"MMR001003": shapely.box(10, 20, 11, 21)})
    assert faults(path) == [("MMR001003", "reaches out of Myanmar (longitude 10 to 11, latitude 20 to 21)")]


# Townships


def test_missing_repeated_unknown_and_nameless_townships_are_each_accounted_for(tmp_path: Path) -> None:
    codes = [*grid.PCODES[:8], "MMR001001", "MMR017099", "MMR001D001", None]
    shapes = list(grid.squares().values())
    path = grid.write(tmp_path / "t.gpkg", list(zip(codes, shapes, strict=True)), driver="GPKG")
    assert faults(path) == [
        ("", "holds 8 of 12 townships: 4 missing, 2 unknown, 1 repeated, 1 without a code"),
        ("", "is empty in feature 12"),
        ("MMR001001", "comes 2 times (features 1, 9)"),
        ("MMR001009", "is missing"),
        ("MMR001010", "is missing"),
        ("MMR001011", "is missing"),
        ("MMR001012", "is missing"),
        ("MMR001D001", "is not a township here (feature 11)"),
        ("MMR017099", "is not a township here (feature 10)"),
    ]


def test_a_file_without_p_codes_lists_its_columns(tmp_path: Path) -> None:
    named = [(f"Township {n}", shape) for n, shape in enumerate(grid.squares().values())]
    path = grid.write(tmp_path / "t.geojson", named, driver="GeoJSON", column="TS")
    assert only(path) == "has no column of township P-codes; its columns are ADM1_PCODE, TS"


def test_a_file_without_features_is_refused(tmp_path: Path) -> None:
    assert only(grid.write(tmp_path / "t.shp", {})) == "holds no features"


# Geometries


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        (None, "has no geometry"),
        ({"type": "Polygon", "coordinates": []}, "has no geometry"),
        ({"type": "MultiPolygon", "coordinates": []}, "has no geometry"),
        ({"type": "Point", "coordinates": [96, 20]}, "is a Point, not a polygon"),
        ({"type": "LineString", "coordinates": [[96, 20], [97, 21]]}, "is a LineString, not a polygon"),
        ({"type": "GeometryCollection", "geometries": []}, "has no geometry"),
        ({"type": "Polygon", "coordinates": [[[96, 20], [96.5, 20], [96, 20], [96, 20]]]}, "has no area"),
    ],
)
def test_what_is_no_area_is_refused_by_its_p_code(tmp_path: Path, geometry: object, problem: str) -> None:
    assert faults(geojson(tmp_path, geometry)) == [("MMR001001", problem)]


def test_a_ring_of_two_points_is_refused_by_its_p_code(tmp_path: Path) -> None:
    path = geojson(tmp_path, {"type": "Polygon", "coordinates": [[[96, 20], [96.5, 20]]]})
    ((code, problem),) = faults(path)
    assert code == "MMR001001"
    assert "geometry" in problem


def test_all_faults_of_codes_and_geometries_are_told_at_once(tmp_path: Path) -> None:
    codes = ["MMR001001", "MMR001001", *grid.PCODES[2:]]
    found = faults(geojson(tmp_path, None, {"type": "Point", "coordinates": [96, 20]}, codes=codes))
    assert ("MMR001001", "has no geometry") in found
    assert ("MMR001001", "is a Point, not a polygon") in found
    assert ("MMR001001", "comes 2 times (features 1, 2)") in found
    assert ("MMR001002", "is missing") in found


def test_townships_that_lie_over_one_another_are_refused_and_not_mended_in_silence(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "t.shp", grid.squares() | {"MMR001001": shapely.box(96, 20, 96.75, 20.5)})
    problems = faults(path)
    assert {code for code, _ in problems} <= {"MMR001001", "MMR001002"}
    assert problems
    assert all("overlaps its neighbours" in problem for _, problem in problems)


def test_the_same_shape_twice_is_refused(tmp_path: Path) -> None:
    squares = grid.squares()
    path = grid.write(tmp_path / "t.shp", squares | {"MMR001002": squares["MMR001001"]})
    assert any("overlaps its neighbours" in problem for _, problem in faults(path))


def test_a_reference_system_that_nobody_knows_is_refused_and_not_guessed(tmp_path: Path) -> None:
    path = grid.write(tmp_path / "t.geojson", grid.squares(), driver="GeoJSON")
    text = path.read_text(encoding="utf-8")
    member = '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}},'
    path.write_text("{" + member + text.lstrip()[1:].replace('"crs"', '"was"'), encoding="utf-8")
    with pytest.raises(errors.DataError, match="names a reference system that nobody knows"):
        townships.read_boundaries(path, grid.PCODES)
