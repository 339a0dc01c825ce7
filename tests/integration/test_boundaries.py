"""Boundaries that can be used: of every format we read, the real townships, the schematic ones, and the neighbours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely

import grid
from mapper import errors, geo
from mapper.sources import files, townships, world

if TYPE_CHECKING:
    import geopandas as gpd

GEODATA = Path(__file__).resolve().parents[2] / "geodata"
ZIP = Path("boundaries", "mimu_adm3_v93.zip")


@pytest.fixture(scope="module")
def places() -> tuple[pd.DataFrame, pd.DataFrame]:
    return pd.read_csv(GEODATA / "towns.csv"), pd.read_csv(GEODATA / "townships.csv").set_index("pcode")


@pytest.fixture(scope="module")
def schematic(places: tuple[pd.DataFrame, pd.DataFrame]) -> geo.Boundaries:
    return townships.load_schematic(*places)


@pytest.fixture(scope="module")
def real(shared_dir: Path, places: tuple[pd.DataFrame, pd.DataFrame]) -> geo.Boundaries:
    return townships.read_boundaries(shared_dir / ZIP, list(places[1].index))


def of_one_size(found: geo.Boundaries) -> bool:
    """Tell whether all twelve squares of half a degree came through: 2,910 km2 at 20 N, 2,850 km2 at 21.5 N."""
    table = found.townships
    return table.index.tolist() == grid.PCODES and table["area_km2"].between(2840, 2910).all()


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("t.shp", "ESRI Shapefile"),
        ("t.geojson", "GeoJSON"),
        ("t.JSON", "GeoJSON"),
        ("t.gpkg", "GPKG"),
        ("t.fgb", "FlatGeobuf"),
    ],
)
def test_each_format_is_read_and_needs_no_mending(tmp_path: Path, name: str, driver: str) -> None:
    path = grid.write(tmp_path / name, grid.squares(), driver=driver)
    before = sorted(tmp_path.iterdir())
    found = townships.read_boundaries(path, grid.PCODES)
    assert of_one_size(found)
    assert found.notes == ()
    assert found.townships.crs == geo.WGS84
    assert (found.title, found.schematic) == (f"Boundaries from {name}", False)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("suffixes", [(".shp", ".shx", ".dbf", ".prj"), (".geojson",)])
def test_a_zip_archive_is_read_like_the_file_in_it(tmp_path: Path, suffixes: tuple[str, ...]) -> None:
    driver = files.DRIVERS[suffixes[0]]
    grid.write(tmp_path / f"t{suffixes[0]}", grid.squares(), driver=driver)
    path = grid.pack(tmp_path / "t.zip", [tmp_path / f"t{suffix}" for suffix in suffixes])
    assert of_one_size(townships.read_boundaries(path, grid.PCODES))


@pytest.mark.parametrize("column", ["TS_PCODE", "adm3_pcode", "shapeISO", "x"])
def test_p_codes_are_found_by_their_pattern_in_any_column(tmp_path: Path, column: str) -> None:
    path = grid.write(tmp_path / "t.geojson", grid.squares(), driver="GeoJSON", column=column)
    assert of_one_size(townships.read_boundaries(path, grid.PCODES))


def test_the_order_of_features_never_matters(tmp_path: Path) -> None:
    squares = grid.squares()
    path = grid.write(tmp_path / "a.geojson", squares, driver="GeoJSON")
    back = grid.write(tmp_path / "b.geojson", dict(reversed(squares.items())), driver="GeoJSON")
    first, again = (townships.read_boundaries(p, grid.PCODES).townships for p in (path, back))
    assert first.to_wkb().equals(again.to_wkb())


def test_another_reference_system_is_reprojected_and_that_is_told(tmp_path: Path) -> None:
    squares = grid.frame().to_crs("EPSG:32647").geometry
    path = grid.write(tmp_path / "t.shp", squares.to_dict(), crs="EPSG:32647")
    found = townships.read_boundaries(path, grid.PCODES)
    assert of_one_size(found)
    assert found.notes == ("Reprojected from WGS 84 / UTM zone 47N to WGS 84.",)
    corner = shapely.bounds(found.townships.geometry["MMR001001"])[:2]
    assert corner.tolist() == pytest.approx([96, 20], abs=1e-6)


def test_one_layer_of_several_is_read_by_its_name_and_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "t.gpkg"
    grid.write(path, {"MMR001001": shapely.box(96, 20, 97, 21)}, driver="GPKG", layer="states")
    grid.write(path, grid.squares(), driver="GPKG", layer="townships")
    assert of_one_size(townships.read_boundaries(path, grid.PCODES, layer="townships"))
    with pytest.raises(errors.DataError, match=r"holds 2 layers \(states, townships\)"):
        townships.read_boundaries(path, grid.PCODES)
    with pytest.raises(errors.DataError, match=r"cannot be read as GPKG, layer 'wards'"):
        townships.read_boundaries(path, grid.PCODES, layer="wards")


def test_a_height_is_left_out_and_that_is_told(tmp_path: Path) -> None:
    high = {code: shapely.force_3d(shape, 850) for code, shape in grid.squares().items()}
    found = townships.read_boundaries(grid.write(tmp_path / "t.shp", high, kind="3D Polygon"), grid.PCODES)
    assert of_one_size(found)
    assert not found.townships.has_z.any()
    assert found.notes == ("Heights, or other third coordinates, were left out.",)


def test_borders_that_do_not_quite_match_are_matched_and_that_is_told(tmp_path: Path) -> None:
    squares = grid.squares()
    west, south, east, north = squares["MMR001001"].bounds
    # an extra corner 10 m into the eastern neighbour, which that one lacks
    corners = [(west, south), (east, south), (east + 0.0001, (south + north) / 2), (east, north), (west, north)]
    path = grid.write(tmp_path / "t.shp", squares | {"MMR001001": shapely.Polygon(corners)})
    found = townships.read_boundaries(path, grid.PCODES)
    assert geo.is_coverage(found.townships.geometry)
    assert len(found.notes) == 1
    assert "did not match their neighbours' exactly: matched" in found.notes[0]


def test_an_invalid_shape_is_made_valid_and_that_is_told(tmp_path: Path) -> None:
    squares = grid.squares()
    west, south, east, north = squares["MMR001012"].bounds
    # a spike out of the last square and back on the same line
    corners = [(west, south), (east, south), (east, north), (east + 0.1, north), (east, north), (west, north)]
    path = grid.write(tmp_path / "t.geojson", squares | {"MMR001012": shapely.Polygon(corners)}, driver="GeoJSON")
    found = townships.read_boundaries(path, grid.PCODES)
    assert of_one_size(found)
    assert found.notes == ("1 invalid shapes were made valid: MMR001012.",)


def test_a_file_of_mimu_is_named_as_such_with_its_terms(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"TS_PCODE": code, "PCode_V": 9.3},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, shape in grid.squares().items()
    ]
    path = tmp_path / "t.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = townships.read_boundaries(path, grid.PCODES)
    assert found.attribution.startswith("Myanmar Information Management Unit (MIMU)")
    assert "not recorded" in found.licence
    assert "a written agreement with MIMU before use online" in found.licence


def test_schematic_townships_are_a_coverage_of_330(schematic: geo.Boundaries) -> None:
    table = schematic.townships
    assert len(table) == 330
    assert table.index.is_monotonic_increasing
    assert table.index.is_unique
    assert geo.is_coverage(table.geometry)
    assert table["area_km2"].min() > 0.5
    # Natural Earth's Myanmar: 663,000 km2, with a coast drawn coarser than the real one
    assert table["area_km2"].sum() == pytest.approx(663_000, rel=0.001)


def test_schematic_boundaries_say_so_and_where_they_are_from(schematic: geo.Boundaries) -> None:
    assert schematic.schematic
    assert schematic.title == "Schematic boundaries"
    assert schematic.licence == "public domain (Natural Earth)"
    assert schematic.notes[0].startswith("Boundaries are schematic")


def test_schematic_townships_are_the_same_each_time(
    schematic: geo.Boundaries, places: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    towns, table = places
    again = townships.load_schematic(towns.sample(frac=1, random_state=3), table)
    assert again.townships.to_wkb().equals(schematic.townships.to_wkb())


def test_the_neighbours_are_the_land_around_without_myanmar(schematic: geo.Boundaries) -> None:
    around: gpd.GeoDataFrame = schematic.neighbours
    named = {"Bangladesh", "Bhutan", "Cambodia", "China", "India", "Laos", "Malaysia", "Nepal", "Thailand", "Vietnam"}
    assert named <= set(around["name"])
    assert not {"Myanmar", "Burma"} & set(around["name"])
    assert around.index.name == "country"
    assert around.loc["764", "name"] == "Thailand"
    west, south, east, north = world.WINDOW
    assert around.total_bounds.tolist() == pytest.approx([west, south, east, north])
    assert geo.is_coverage(around.geometry)
    assert shapely.get_num_coordinates(around.geometry.to_numpy()).sum() < 7000
    assert not around.contains(shapely.Point(96.1, 21.9)).any()


def test_countries_that_set_up_has_not_fetched_are_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(errors.SetupError, match=r"countries-10m\.json is missing.*npm ci.*make map"):
        world.load_land(node_modules=tmp_path)
    broken = tmp_path / world.COUNTRIES
    broken.parent.mkdir()
    broken.write_text('{"objects": {}}', encoding="utf-8")
    with pytest.raises(errors.SetupError, match=r"is not the TopoJSON of world-atlas 2"):
        world.load_land(node_modules=tmp_path)
    whole = json.loads((world.NODE_MODULES / world.COUNTRIES).read_text(encoding="utf-8"))
    countries = whole["objects"]["countries"]["geometries"]
    whole["objects"]["countries"]["geometries"] = [one for one in countries if one.get("id") != world.MYANMAR]
    broken.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(errors.SetupError, match=r"is not the TopoJSON of world-atlas 2 \(KeyError: '104'\)"):
        world.load_land(node_modules=tmp_path)


@pytest.mark.shared
def test_the_real_townships_are_a_coverage_of_330(real: geo.Boundaries) -> None:
    table = real.townships
    assert len(table) == 330
    assert geo.is_coverage(table.geometry)
    # 668,562 km2 on the ellipsoid, by pyproj.Geod; the official 676,578 km2 count water that these polygons leave out
    assert table["area_km2"].sum() == pytest.approx(668_562, abs=1)
    assert len(real.notes) == 1
    assert real.notes[0].startswith("266 townships had borders that did not match their neighbours' exactly")
    assert "MIMU" in real.attribution


@pytest.mark.shared
def test_the_real_townships_simplified_are_still_a_coverage_of_330(real: geo.Boundaries) -> None:
    before = real.townships.geometry
    simple = geo.simplify_coverage(before, 500)
    assert geo.is_coverage(simple)
    assert not simple.is_empty.any()
    assert shapely.get_num_coordinates(simple.to_numpy()).sum() < 60_000
    assert geo.areas_km2(simple).sum() == pytest.approx(668_562, rel=0.002)


@pytest.mark.shared
def test_most_of_the_land_lies_in_the_right_schematic_township(real: geo.Boundaries, schematic: geo.Boundaries) -> None:
    simple = geo.simplify_coverage(real.townships.geometry, 500).to_crs(geo.EQUAL_AREA)
    right = simple.intersection(schematic.townships.geometry.to_crs(geo.EQUAL_AREA)).area.sum()
    assert right / simple.area.sum() > 0.65
