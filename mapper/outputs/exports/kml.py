"""KML 2.2 after OGC 07-147r2: what Google Earth opens and plays, a folder for each state, a placemark for each row.

A stretch of the history has a ``TimeSpan`` from the first second of its first day to the last second of its last, so
that no moment shows a township twice. KML has no hatching: the contested are hatched with lines, in a folder of
their own, and have a broad outline.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from mapper.outputs import words as words_
from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import balloon, hatching, kml_styles, shapes, xml_text
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.outputs.exports.layer import About, Layer

NAMESPACES: Final = {"xmlns": "http://www.opengis.net/kml/2.2", "xmlns:gx": "http://www.google.com/kml/ext/2.2"}
"""Of KML and of Google's words in it; names, which nobody opens."""

DECIMALS: Final = 6
"""Of a degree: about 0.1 m."""

TYPES: Final = {"integer": "int", "number": "double", "truth": "bool"}
"""Of KML's simple fields, by kind of column; all else is text."""

METRES: Final = 111_320
"""In a degree of latitude, about."""

NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")

CONTESTED: Final = "contested.reported"


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write the layers that have shapes (EPSG:4326) into one document; of several only the first is switched on."""
    return {f"{stem}.kml": document([layer for layer in layers if layer.has_shapes], about)}


def document(layers: Sequence[Layer], about: About) -> bytes:
    """Write a KML document in UTF-8."""
    said = balloon.Balloons(about, words_.load(about.lang))
    kml = ET.Element("kml", NAMESPACES)
    top = ET.SubElement(kml, "Document")
    used = {kml_styles.name_of(row): None for layer in layers for row in layer.rows()}
    styles = [*sorted(used), *([kml_styles.HATCHING] if any(map(_is_contested, used)) else [])]
    _add(top, "name", about.title)
    _add(top, "open", "1")
    _add(top, "Snippet", maxLines="0")
    _add(top, "description", balloon.document(about, said.words, styles))
    _look_at(top, layers, about.as_of)
    for name in styles:
        _style(top, name)
    data = ET.SubElement(top, "ExtendedData")
    for key, value in _metadata(about, layers):
        _add(ET.SubElement(data, "Data", name=key), "value", value)
    for layer in layers:
        _schema(top, layer)
    for layer in layers:
        _layer(top, layer, said, visible=layer is layers[0])
    ET.indent(kml, space="")
    return bytes(ET.tostring(kml, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _add(parent: ET.Element, tag: str, content: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = xml_text.fit(content) or None
    return child


def _look_at(top: ET.Element, layers: Sequence[Layer], as_of: dt.date) -> None:
    """Say where a map opens, and when: at the last day."""
    drawn = [shape for layer in layers for shape in layer.table.geometry if shape is not None]
    if not drawn:
        return
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(drawn))
    view = ET.SubElement(top, "LookAt")
    _add(ET.SubElement(view, "gx:TimeStamp"), "when", f"{as_of}T12:00:00Z")
    _add(view, "longitude", f"{(west + east) / 2:.4f}")
    _add(view, "latitude", f"{(south + north) / 2:.4f}")
    _add(view, "range", f"{1.3 * METRES * max(north - south, east - west):.0f}")


def _style(top: ET.Element, name: str) -> None:
    found = kml_styles.look(name)
    made = ET.SubElement(top, "Style", id=name)
    line = ET.SubElement(made, "LineStyle")
    _add(line, "color", found.line)
    _add(line, "width", f"{found.width:g}")
    if found.fill:
        _add(ET.SubElement(made, "PolyStyle"), "color", found.fill)
    # Without a text of our own, Google Earth adds ways to drive there.
    _add(ET.SubElement(made, "BalloonStyle"), "text", "$[description]")


def _metadata(about: About, layers: Sequence[Layer]) -> Iterator[tuple[str, str]]:
    found = abouts.as_json(about, layers)
    del found["columns"]  # the schemas have them
    sources = [" ".join(text for text in one.values() if text) for one in found.pop("sources")]
    actors = [f"{name}: {said}" for name, said in found.pop("actors").items()]
    for key, value in {**found, "actors": actors, "sources": sources}.items():
        if value not in (None, "", [], {}):
            yield key, "\n".join(value) if isinstance(value, list) else str(value)


def _schema(top: ET.Element, layer: Layer) -> None:
    """Declare the columns with their types and meanings; readers that know no schema see text."""
    schema = ET.SubElement(top, "Schema", name=layer.name, id=layer.name)
    for column in layer.columns:
        field = ET.SubElement(schema, "SimpleField", type=TYPES.get(column.kind, "string"), name=column.name)
        _add(field, "displayName", column.title)


def _layer(top: ET.Element, layer: Layer, said: balloon.Balloons, *, visible: bool) -> None:
    folder = _folder(top, layer.title, visible=visible)
    drawn = _drawn(layer)
    inner: dict[str, ET.Element] = {}
    hatched: list[tuple[str, Mapping[str, Any], Any]] = []
    for number, (row, shape) in enumerate(zip(layer.rows(), layer.table.geometry, strict=True)):
        within = row["state"] if "state" in row else row["level"]
        if within not in inner:
            inner[within] = _folder(folder, within, visible=visible)
        mark = ET.SubElement(inner[within], "Placemark", id=_id(layer, row, number))
        _begin(mark, said.name(row), visible=visible)
        _add(mark, "Snippet", said.days(row, begins=layer.begins, ends=layer.ends), maxLines="1")
        _add(mark, "description", said.row(row, begins=layer.begins, ends=layer.ends))
        _time(mark, layer, row)
        style = kml_styles.name_of(row)
        _add(mark, "styleUrl", f"#{style}")
        _data(mark, layer, row)
        if shape is not None:
            mark.append(drawn[id(shape)])
            if _is_contested(style):
                hatched.append((f"{mark.get('id')}.{kml_styles.HATCHING}", row, shape))
    if hatched:
        _hatch(folder, layer, hatched, said, visible=visible)


def _id(layer: Layer, row: Mapping[str, Any], number: int) -> str:
    """Name a row within the document: by its key where XML takes that for a name, else by its number."""
    key = row[layer.key]
    return f"{layer.name}.{key if NAME.fullmatch(key) else number}"


def _folder(parent: ET.Element, name: str, *, visible: bool) -> ET.Element:
    folder = ET.SubElement(parent, "Folder")
    _begin(folder, name, visible=visible)
    _add(folder, "open", "0")
    return folder


def _begin(feature: ET.Element, name: str, *, visible: bool) -> None:
    _add(feature, "name", name)
    if not visible:
        _add(feature, "visibility", "0")


def _time(mark: ET.Element, layer: Layer, row: Mapping[str, Any]) -> None:
    """Say when a row holds: a stretch, a day or a month; a slice is of one day alone and always shown."""
    if layer.ends:
        span = ET.SubElement(mark, "TimeSpan")
        _add(span, "begin", f"{row[layer.begins]}T00:00:00Z")
        if row[layer.ends]:
            _add(span, "end", f"{row[layer.ends] - balloon.ONE_DAY}T23:59:59Z")
    elif layer.begins:
        day: dt.date = row["date"]
        month = row.get("date_precision") == "month"
        _add(ET.SubElement(mark, "TimeStamp"), "when", f"{day:%Y-%m}" if month else day.isoformat())


def _data(mark: ET.Element, layer: Layer, row: Mapping[str, Any]) -> None:
    data = ET.SubElement(ET.SubElement(mark, "ExtendedData"), "SchemaData", schemaUrl=f"#{layer.name}")
    for column in layer.columns:
        value = layers_.flat(row[column.name])
        if value is not None and value != "":
            cell = str(value).lower() if column.kind == "truth" else str(value)
            _add(data, "SimpleData", cell, name=column.name)


def _hatch(
    folder: ET.Element,
    layer: Layer,
    hatched: Sequence[tuple[str, Mapping[str, Any], Any]],
    said: balloon.Balloons,
    *,
    visible: bool,
) -> None:
    """Draw lines over what is contested, in a folder that a GIS reads as a layer of its own."""
    inner = _folder(folder, f"{said.words.words['legend.reported.contested']} / / /", visible=visible)
    known: dict[int, ET.Element] = {}
    for name, row, shape in hatched:
        mark = ET.SubElement(inner, "Placemark", id=name)
        _begin(mark, said.name(row), visible=visible)
        _add(mark, "Snippet", maxLines="0")
        _time(mark, layer, row)
        _add(mark, "styleUrl", f"#{kml_styles.HATCHING}")
        if id(shape) not in known:
            known[id(shape)] = _lines(hatching.lines(shape))
        mark.append(known[id(shape)])


def _is_contested(style: str) -> bool:
    return kml_styles.class_of(style) == CONTESTED


def _drawn(layer: Layer) -> dict[int, ET.Element]:
    """Give the shapes of a layer as KML, by identity, each made once; coordinates are rounded, borders stay shared."""
    distinct = list({id(shape): shape for shape in layer.table.geometry if shape is not None}.values())
    listed = np.empty(len(distinct), dtype=object)
    listed[:] = distinct
    turned = shapely.orient_polygons(shapes.rounded(listed, DECIMALS), exterior_cw=False)
    return {id(shape): _polygons(made) for shape, made in zip(distinct, turned, strict=True)}


def _polygons(shape: shapely.Geometry) -> ET.Element:
    parts = []
    for part in shapely.get_parts(shape):
        polygon = ET.Element("Polygon")
        _add(polygon, "tessellate", "1")
        for place, rings in (("outerBoundaryIs", [part.exterior]), ("innerBoundaryIs", part.interiors)):
            for ring in rings:
                _coordinates(ET.SubElement(ET.SubElement(polygon, place), "LinearRing"), ring)
        parts.append(polygon)
    return _together(parts)


def _lines(shape: shapely.MultiLineString) -> ET.Element:
    parts = []
    for part in shape.geoms:
        line = ET.Element("LineString")
        _add(line, "tessellate", "1")
        _coordinates(line, part)
        parts.append(line)
    return _together(parts)


def _coordinates(parent: ET.Element, line: shapely.LineString) -> None:
    points = np.round(shapely.get_coordinates(line), DECIMALS).tolist()
    _add(parent, "coordinates", " ".join(f"{lon},{lat}" for lon, lat in points))


def _together(parts: list[ET.Element]) -> ET.Element:
    if len(parts) == 1:
        return parts[0]
    together = ET.Element("MultiGeometry")
    together.extend(parts)
    return together
