"""Readers that are not ours, and what they find in our exports: for each layer its rows, as the layer has them."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import zipfile
from typing import TYPE_CHECKING, Any

import hxl
import mapbox_vector_tile
import openpyxl
from lxml import etree
from pmtiles import reader as pmtiles_reader

from mapper.outputs.exports import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from mapper.outputs.exports.layer import Column, Layer

Rows = list[dict[str, Any]]
READ_ZOOM = 7
READERS: dict[str, Callable[[str], object]] = {
    "day": dt.date.fromisoformat,
    "truth": lambda text: {"true": True, "false": False}[text],
    "integer": int,
    "number": float,
    "list": lambda text: tuple(text.split(";")),
}
KML = {"k": "http://www.opengis.net/kml/2.2"}


def expected(layer: Layer) -> Rows:
    """Give the rows of a layer as any format can hold them: nothing is None, and no character is one that XML bars."""
    return [{column.name: _fit(row[column.name]) for column in layer.columns} for row in layer.rows()]


def _fit(value: object) -> object:
    if isinstance(value, str):
        return xml_text.fit(value) or None
    if isinstance(value, tuple):
        return tuple(xml_text.fit(one) for one in value)
    return value


def _cell(column: Column, text: str | None) -> object:
    """Read a cell of text by the kind of its column."""
    if not text:
        return () if column.kind == "list" else None
    return READERS.get(column.kind, str)(text)


def from_csv(files: Mapping[str, bytes], layers: Sequence[Layer]) -> list[Rows]:
    """Read by Python's own reader; an apostrophe before a formula goes, as docs/exports.md says."""
    return [_csv(content, layer) for content, layer in zip(files.values(), layers, strict=True)]


def _csv(content: bytes, layer: Layer) -> Rows:
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
    assert rows.fieldnames == [column.name for column in layer.columns]
    return [{c.name: _cell(c, _without_apostrophe(row[c.name])) for c in layer.columns} for row in rows]


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in {*"=+-@\t\r"} - {""} else text


def from_hxl(files: Mapping[str, bytes], layers: Sequence[Layer]) -> list[Rows]:
    """Read by libhxl, by tags alone."""
    found = []
    for content, layer in zip(files.values(), layers, strict=True):
        source = hxl.data(io.BytesIO(content))
        assert [column.display_tag for column in source.columns] == [column.hxl for column in layer.columns]
        found.append(
            [
                {c.name: _cell(c, _without_apostrophe(text)) for c, text in zip(layer.columns, row.values, strict=True)}
                for row in source
            ]
        )
    return found


def from_xlsx(files: Mapping[str, bytes], layers: Sequence[Layer]) -> list[Rows]:
    """Read by openpyxl; cells are what they are, and only lists are texts to be parted."""
    (content,) = files.values()
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [_sheet(book[layer.name], layer) for layer in layers]


def _sheet(sheet: Worksheet, layer: Layer) -> Rows:
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header] == [column.name for column in layer.columns]
    return [{c.name: _excel(c, cell) for c, cell in zip(layer.columns, row, strict=True)} for row in rows]


def _excel(column: Column, cell: Cell) -> object:
    assert cell.data_type != "f"
    if isinstance(cell.value, dt.datetime):
        assert column.kind == "day"
        return cell.value.date()
    if column.kind == "list":
        return _cell(column, cell.value)
    return cell.value


def from_kml(files: Mapping[str, bytes], layers: Sequence[Layer]) -> list[Rows]:
    """Read by libxml2: the typed data of each placemark."""
    (content,) = files.values()
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    return [_placemarks(root, layer) for layer in layers]


def _placemarks(root: etree._Element, layer: Layer) -> Rows:
    found = root.xpath(f"//k:SchemaData[@schemaUrl='#{layer.name}']", namespaces=KML)
    cells = [{one.get("name"): one.text for one in data} for data in found]
    rows = [{column.name: _cell(column, row.get(column.name)) for column in layer.columns} for row in cells]
    order = {xml_text.fit(key): number for number, key in enumerate(layer.table[layer.key])}
    return sorted(rows, key=lambda row: order[row[layer.key]])  # they stand by state


def from_kmz(files: Mapping[str, bytes], layers: Sequence[Layer]) -> list[Rows]:
    """Read the document in the archive."""
    (content,) = files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return from_kml({name: archive.read(name) for name in archive.namelist()}, layers)


def from_pmtiles(files: Mapping[str, bytes], layers: Sequence[Layer]) -> list[Rows]:
    """Read the tiles of one zoom by the reference reader and Tilezen's decoder: in all of them a row says the same."""
    (content,) = files.values()
    found: list[dict[int, dict[str, Any]]] = [{} for _ in layers]
    for (zoom, _, _), packed in pmtiles_reader.all_tiles(pmtiles_reader.MemorySource(content)):
        if zoom != READ_ZOOM:
            continue
        tile = mapbox_vector_tile.decode(gzip.decompress(packed))
        for rows, layer in zip(found, layers, strict=True):
            for feature in tile.get(layer.name, {"features": []})["features"]:
                properties = rows.setdefault(feature["id"], feature["properties"])
                assert properties == feature["properties"]
    return [_tiled(rows, layer) for rows, layer in zip(found, layers, strict=True)]


def _tiled(rows: Mapping[int, Mapping[str, Any]], layer: Layer) -> Rows:
    listed = [rows[number] for number in sorted(rows)]
    parsed = {"day", "list"}
    return [
        {
            column.name: _cell(column, row.get(column.name)) if column.kind in parsed else row.get(column.name)
            for column in layer.columns
        }
        for row in listed
    ]
