"""GeoPackage: what QGIS reads of styles and days, what GDAL reads of columns, and what the file says of itself."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyogrio
import pytest

import exported
import made
from mapper.outputs import style
from mapper.outputs.exports import choice

if TYPE_CHECKING:
    from pathlib import Path

TAKEN = made.report("2024-02-20", "eao", pcode="MMR012002", report_id="R1")


@pytest.fixture
def database(tmp_path: Path) -> sqlite3.Connection:
    path = exported.written(exported.export("gpkg", "all", made.package(TAKEN)), tmp_path)
    return sqlite3.connect(path)


def look(database: sqlite3.Connection, layer: str) -> ET.Element:
    query = "SELECT styleQML FROM layer_styles WHERE f_table_name = ? AND f_geometry_column = 'geom' AND useAsDefault"
    ((text,),) = database.execute(query, (layer,)).fetchall()
    return ET.fromstring(text)  # noqa: S314 -- our own


def test_one_file_has_every_layer_with_its_title(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT table_name, data_type, identifier FROM gpkg_contents").fetchall()
    assert found == [
        ("slice", "features", "Who holds which township, 2024-12-31"),
        ("history", "features", "Who held which township, 2024-01-31 to 2024-12-31"),
        ("changes", "features", "What changed, 2024-01-31 to 2024-12-31"),
        ("reports", "features", "Reports that speak of days until 2024-12-31"),
        ("layer_styles", "attributes", "layer_styles"),
    ]


def test_the_file_is_sound_as_a_database(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    indexed = database.execute("SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'")
    assert len(indexed.fetchall()) == 4
    assert database.execute("SELECT count(*) FROM rtree_history_geom").fetchone() == (5,)


def test_categories_have_the_classes_colours_and_words_of_our_map(database: sqlite3.Connection) -> None:
    root = look(database, "history")
    (renderer,) = root.iter("renderer-v2")
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "map_class")
    categories = {one.get("value"): one for one in renderer.iter("category")}
    assert list(categories) == list(style.CLASSES)
    assert categories["junta.assumed"].get("label") == "Junta, assumed, not reported"
    symbols = {one.get("name"): one for one in renderer.find("symbols") or ()}
    colours = {
        name: symbols[one.get("symbol")].find("layer/Option/Option[@name='color']") for name, one in categories.items()
    }
    told = {name: None if one is None else one.get("value") for name, one in colours.items()}
    assert told["junta.reported"] == "158,47,42,255"  # #9E2F2A
    assert told["junta.assumed"] == "246,224,216,255"  # pale: #F6E0D8
    assert told["eao.reported"] == "95,183,160,255"  # #5FB7A0


def test_a_contest_is_hatched_and_the_unknown_is_dotted(database: sqlite3.Connection) -> None:
    root = look(database, "slice")
    number = {one.get("value"): one.get("symbol") for one in root.iter("category")}
    kinds = {
        value: [layer.get("class") for layer in root.findall(f".//symbols/symbol[@name='{name}']/layer")]
        for value, name in number.items()
    }
    assert kinds["contested.reported"] == ["SimpleFill", "LinePatternFill"]
    assert kinds["unknown.reported"] == ["SimpleFill", "PointPatternFill"]
    assert kinds["nug.assumed"] == ["SimpleFill"]


@pytest.mark.parametrize(
    ("layer", "mode", "begins", "ends"),
    [("history", "2", "valid_from", "valid_to"), ("changes", "1", "date", ""), ("reports", "1", "speaks_from", "")],
)
def test_the_temporal_controller_finds_the_days(
    layer: str, mode: str, begins: str, ends: str, database: sqlite3.Connection
) -> None:
    (found,) = look(database, layer).iter("temporal")
    assert found.get("enabled") == "1"
    assert (found.get("mode"), found.get("startField"), found.get("endField")) == (mode, begins, ends)
    assert found.get("limitMode") == "0"  # the first day counts, the day after does not


def test_a_slice_is_of_one_day_and_is_not_played(database: sqlite3.Connection) -> None:
    assert list(look(database, "slice").iter("temporal")) == []


def test_the_legend_speaks_the_language_chosen(tmp_path: Path) -> None:
    chosen = choice.Choice(lang="id")
    path = exported.written(exported.export("gpkg", "slice", made.package(TAKEN), chosen=chosen), tmp_path)
    labels = [one.get("label") for one in look(sqlite3.connect(path), "slice").iter("category")]
    assert "Junta, assumed, not reported" not in labels
    assert len(set(labels)) == 8


def test_days_truths_and_numbers_have_their_types(tmp_path: Path) -> None:
    path = exported.written(exported.export("gpkg", "history", made.package(TAKEN)), tmp_path)
    info = pyogrio.read_info(path, layer="history")
    kinds = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert (kinds["valid_from"], kinds["valid_to"]) == ("datetime64[D]", "datetime64[D]")
    assert (kinds["stale"], kinds["area_km2"], kinds["pcode"]) == ("bool", "float64", "object")


def test_the_metadata_table_has_all_that_the_export_says_of_itself(database: sqlite3.Connection) -> None:
    ((scope, kind, text),) = database.execute("SELECT md_scope, mime_type, metadata FROM gpkg_metadata").fetchall()
    assert (scope, kind) == ("dataset", "application/json")
    told = json.loads(text)
    assert (told["version"], told["as_of"], told["as_known_on"]) == ("1.0", "2024-12-31", "2026-01-01")
    assert told["sources"][0]["url"] == "https://paper.example/page"
    assert database.execute("SELECT reference_scope, md_file_id FROM gpkg_metadata_reference").fetchall() == [
        ("geopackage", 1)
    ]


def test_each_column_has_its_meaning_in_the_schema_table(database: sqlite3.Connection) -> None:
    query = "SELECT description FROM gpkg_data_columns WHERE table_name = 'history' AND column_name = 'valid_to'"
    assert database.execute(query).fetchall() == [("First day on which it holds no more; empty: still so.",)]


def test_no_clock_is_in_the_file(database: sqlite3.Connection) -> None:
    changed = database.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    styled = database.execute("SELECT DISTINCT update_time FROM layer_styles").fetchall()
    assert changed == styled == [("2026-01-01T00:00:00.000Z",)]


def test_the_clock_of_gdal_is_given_back() -> None:
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    exported.export("gpkg", "slice", made.package())
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before
