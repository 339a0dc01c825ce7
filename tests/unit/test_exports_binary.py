"""FlatGeobuf, GeoParquet and Shapefile: what is in them beside the rows, and what their readers can do with it."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import pytest
import shapely

import exported
import made
from mapper import geo
from mapper.outputs.exports import choice
from mapper.sources import townships

if TYPE_CHECKING:
    from pathlib import Path

TAKEN = made.report("2024-02-20", "eao", pcode="MMR012002", report_id="R1")
UTM = choice.Choice(crs="EPSG:32647")
LONG = "ရက္ခိုင့်တပ်တော် " * 60


def displaced() -> pd.DataFrame:
    """A figure of a township, and one of an area without a shape."""
    row = {
        "date": pd.Timestamp("2024-05-01").date(),
        "date_precision": "day",
        "level": "township",
        "pcode": "MMR012001",
        "place": "Town 1",
        "people": 1234,
        "qualifier": "exact",
        "measure": "idps",
        "basis": "total",
        "source_id": "a-source",
        "note": "",
    }
    index = pd.Index(["D1", "D2"], name="figure_id")
    return pd.DataFrame([row, {**row, "level": "region_group", "pcode": "", "place": "the north"}], index=index)


def test_flatgeobuf_can_be_read_by_a_box_and_says_what_it_is(tmp_path: Path) -> None:
    path = exported.written(exported.export("fgb", "slice", made.package(TAKEN)), tmp_path)
    info = pyogrio.read_info(path)
    assert info["capabilities"]["fast_spatial_filter"]
    assert info["layer_metadata"]["TITLE"] == "Who holds which township, 2024-12-31"
    assert json.loads(info["layer_metadata"]["mapper"])["as_of"] == "2024-12-31"
    found = pyogrio.read_dataframe(path, bbox=(94.2, 20.2, 94.8, 20.8))
    assert list(found["pcode"]) == ["MMR012002"]


@pytest.mark.parametrize("form", ["fgb", "gpkg", "parquet", "shp"])
def test_a_row_without_a_shape_stands_beside_those_that_have_one(form: str, tmp_path: Path) -> None:
    found = exported.export(form, "displacement", made.package(displacement=displaced()))
    path = exported.written(found, tmp_path)
    read = gpd.read_parquet if form == "parquet" else gpd.read_file
    table = read(path) if form != "gpkg" else gpd.read_file(path, layer="displacement")
    rows = table.set_index("figure_id")
    assert rows["geometry"].isna().to_dict() == {"D1": False, "D2": True}
    assert rows["people"].to_list() == [1200, 1200]
    assert rows["name"].to_dict() == {"D1": "Town 1", "D2": "the north"}


def test_geoparquet_keeps_to_its_specification(tmp_path: Path) -> None:
    path = exported.written(exported.export("parquet", "slice", made.package(TAKEN)), tmp_path)
    told = pq.read_schema(path).metadata
    shapes = json.loads(told[b"geo"])
    assert (shapes["version"], shapes["primary_column"]) == ("1.1.0", "geometry")
    (column,) = shapes["columns"].values()
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["MultiPolygon"])
    assert (column["bbox"], column["orientation"]) == ([93.0, 20.0, 97.0, 21.0], "counterclockwise")
    assert column["covering"]["bbox"] == {edge: ["bbox", edge] for edge in ("xmin", "ymin", "xmax", "ymax")}
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert json.loads(told[b"mapper"])["as_of"] == "2024-12-31"


def test_geoparquet_has_a_box_for_each_row_by_which_readers_choose(tmp_path: Path) -> None:
    path = exported.written(exported.export("parquet", "slice", made.package(TAKEN)), tmp_path)
    boxes = pq.read_table(path)["bbox"].to_pylist()
    assert boxes[1] == {"xmin": 94.0, "ymin": 20.0, "xmax": 95.0, "ymax": 21.0}
    assert list(gpd.read_parquet(path, bbox=(94.2, 20.2, 94.8, 20.8))["pcode"]) == ["MMR012002"]


def test_geoparquet_has_lists_days_and_meanings(tmp_path: Path) -> None:
    path = exported.written(exported.export("parquet", "slice", made.package(TAKEN)), tmp_path)
    schema = pq.read_schema(path)
    assert schema.field("holders").type == pa.list_(pa.string())
    assert (schema.field("since").type, schema.field("disputed").type) == (pa.date32(), pa.bool_())
    assert schema.field("status").metadata == {b"description": b"junta, contested, nug, eao or unknown."}


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "shp"])
def test_another_reference_system_is_said_in_the_file(form: str, tmp_path: Path) -> None:
    path = exported.written(exported.export(form, "slice", made.package(), chosen=UTM), tmp_path)
    read = gpd.read_parquet if form == "parquet" else lambda found: gpd.read_file(found, layer=0)
    found = read(path)
    assert found.crs.equals(pyproj.CRS("EPSG:32647"), ignore_axis_order=True)
    back = found.set_index("pcode").to_crs("EPSG:4326").geometry
    assert back["MMR012002"].bounds == pytest.approx((94, 20, 95, 21), abs=1e-6)


def archive(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


def test_a_shapefile_comes_with_its_system_its_encoding_and_its_words(tmp_path: Path) -> None:
    with archive(exported.written(exported.export("shp", "slice", made.package(TAKEN)), tmp_path)) as found:
        stem = "slice-2024-12-31"
        endings = ["-about.txt", "-fields.csv", ".cpg", ".dbf", ".prj", ".shp", ".shx"]
        assert sorted(found.namelist()) == sorted(f"{stem}{ending}" for ending in endings)
        assert found.read(f"{stem}.cpg") == b"UTF-8"
        assert found.read(f"{stem}.prj").startswith(b'GEOGCS["GCS_WGS_1984"')
        about = found.read(f"{stem}-about.txt").decode()
        assert "As of 2024-12-31, as known on 2026-01-01." in about
        assert "a-source: A paper, 2024-06-01, https://paper.example/page" in about
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_fields_of_a_shapefile_have_ten_characters_and_a_table_of_what_they_mean(tmp_path: Path) -> None:
    path = exported.written(exported.export("shp", "slice", made.package(TAKEN)), tmp_path)
    with archive(path) as found:
        meanings = list(csv.DictReader(io.StringIO(found.read("slice-2024-12-31-fields.csv").decode())))
    fields = pyogrio.read_info(path)["fields"]
    assert [row["field"] for row in meanings] == list(fields)
    assert max(map(len, fields)) <= 10
    told = {row["field"]: (row["column"], row["meaning"]) for row in meanings}
    assert told["last_conf"] == ("last_confirmed", "Day of the last report that said so.")


def test_the_day_in_the_head_of_a_dbf_is_that_of_the_data(tmp_path: Path) -> None:
    with archive(exported.written(exported.export("shp", "slice", made.package()), tmp_path)) as found:
        year, month, day = struct.unpack_from("3B", found.read("slice-2024-12-31.dbf"), 1)
    assert (year + 1900, month, day) == (2026, 1, 1)


def test_a_text_longer_than_a_field_goes_on_in_the_next_and_loses_no_blank(tmp_path: Path) -> None:
    report = made.report("2024-02-20", "eao", pcode="MMR012002", finding=LONG.strip())
    path = exported.written(exported.export("shp", "reports", made.package(report)), tmp_path)
    ((_, row),) = gpd.read_file(path).iterrows()
    parts = [name for name in row.index if name.startswith("finding")]
    assert parts[:3] == ["finding", "finding_2", "finding_3"]
    assert "".join(row[name] for name in parts) == LONG.strip()
    assert all(len(row[name].encode()) <= 254 for name in parts)


@pytest.mark.parametrize("form", ["geojson", "gpkg", "fgb", "shp"])
def test_our_own_reader_takes_an_export_for_boundaries(form: str, tmp_path: Path) -> None:
    package = made.package()
    path = exported.written(exported.export(form, "slice", package), tmp_path)
    back = townships.read_boundaries(path, list(package.townships.index)).townships.geometry
    assert back.geom_equals(made.boundaries(package).townships.geometry).all()


@pytest.mark.shared
@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "shp"])
def test_real_polygons_are_kept_to_the_last_bit(form: str, tmp_path: Path, real: tuple[object, object]) -> None:
    package, boundaries = real
    path = exported.written(exported.export(form, "slice", package, boundaries=boundaries), tmp_path)
    found = gpd.read_parquet(path) if form == "parquet" else gpd.read_file(path, layer=0)
    drawn = found.set_index("pcode").geometry.sort_index()  # the index of FlatGeobuf has an order of its own
    assert len(drawn) == 330
    assert drawn.is_valid.all()
    assert drawn.geom_equals(boundaries.townships.geometry).all()


@pytest.mark.shared
def test_real_polygons_still_share_their_borders_when_simplified_cut_and_rounded(
    tmp_path: Path, real: tuple[object, object]
) -> None:
    package, boundaries = real
    chosen = choice.Choice(simplify_m=500, clip=shapely.box(95, 19, 98, 23), clip_said="a box")
    path = exported.written(exported.export("gpkg", "slice", package, boundaries=boundaries, chosen=chosen), tmp_path)
    found = gpd.read_file(path, layer="slice").geometry
    assert 80 < len(found) < 250
    assert geo.is_coverage(found)
    assert found.total_bounds == pytest.approx([95, 19, 98, 23])
