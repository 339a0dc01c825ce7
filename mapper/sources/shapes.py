"""Polygons and points with words beside them: what a map says of the ground that it colours.

A map is no source: what is read here says that somebody drew it so, and is marked as coming from a map
(``form`` in the table of sources). A polygon speaks of the townships under it, as :mod:`mapper.matching.cover`
measures them; what it says of one that it covers in part is a report on a part.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from mapper import errors, geo
from mapper.errors import Fault
from mapper.sources import files, kml, plain, townships
from mapper.sources.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from mapper.sources.rows import Row

ENDINGS: Final = (*files.DRIVERS, ".zip", *kml.ENDINGS)
SOURCE: Final = {"form": "map", "affiliation": "unclassified", "title_kind": "descriptive"}
"""Of a map as a source: its maker's side is not known, and by the rule of sourcing it proves nothing alone."""

WORDS: Final = ("name", "folder", "style", "colour", "description", "when")
"""What a placemark of KML has besides its own data."""

DOUBTFUL: Final = 0.01
"""Two ways to mend a polygon that differ by more than this share of its area make two polygons of it."""

MILITARY: Final = re.compile(
    r"\b(base|bases|battalions?|bns?|lib|ib|lid|moc|roc|camps?|check[- ]?points?|check[- ]?posts?|outposts?|posts?|hq|"
    r"headquarters?|commands?|regiments?|brigades?|garrisons?|barracks|bunkers?|artillery|air[- ]?bases?|"
    r"air[- ]?fields?|air[- ]?strips?|naval|depots?|police stations?)\b|တပ်|စခန်း|ဂိတ်",
    re.IGNORECASE,
)
"""Words of a position. Camps may be of displaced people, who are no less at risk."""

NAMING: Final = frozenset(
    {"name", "folder", "place", "place_name", "label", "title", "type", "kind", "category", "class", "feature", "site"}
)
"""Columns that name a feature, or say what it is."""


@dataclass(frozen=True)
class Drawn:
    """The features of a file as a table, with the shape of each row (EPSG:4326), valid and of one kind."""

    sheet: Sheet
    shapes: Mapping[int, BaseGeometry]
    """By the row's number: a Polygon, a MultiPolygon or a Point."""
    title: str = ""
    notes: tuple[str, ...] = ()
    """What was mended or turned, for a person to see."""
    links: int = 0


def read(path: Path | str, *, layer: str | None = None) -> Drawn:
    """Read the one layer of a vector file, or a KML or KMZ.

    Raises :class:`mapper.errors.DataError` with what is wrong with the file as a whole; a feature that cannot be
    taken is a fault of the sheet.
    """
    ending = Path(path).suffix.lower()
    shown = plain.named(path)
    if files.ADDRESS.match(str(path)):
        raise errors.fault(shown, "is an address and not a local file", "Download it, and name the file")
    if ending not in ENDINGS:
        remedy = f"Convert it to one of {', '.join(ENDINGS)}"
        raise errors.fault(shown, "is in a format that is not read", remedy, value=ending)
    if ending in kml.ENDINGS:
        if layer is not None:
            raise errors.fault(shown, "has no layers", "Leave --sheet out", value=layer)
        return of_document(kml.read(path), shown)
    found = files.read_layer(path, layer=layer)
    if not found.features:
        raise errors.fault(shown, "holds no features", "Name a file that has some")
    listed = [
        (feature.number, {column: _text(feature.properties.get(column)) for column in found.columns})
        for feature in found.features
    ]
    shapes = {feature.number: feature.geometry for feature in found.features}
    problems = {feature.number: feature.problem for feature in found.features if feature.problem}
    return _drawn(shown, list(found.columns), listed, shapes, problems, crs_wkt=found.crs_wkt)


def of_document(document: kml.Document, shown: str) -> Drawn:
    """Give the placemarks of a KML as a table."""
    more = sorted({name for mark in document.placemarks for name in mark.data} - set(WORDS))
    listed = [
        (
            mark.number,
            {**{name: getattr(mark, name) for name in WORDS}, **{name: mark.data.get(name, "") for name in more}},
        )
        for mark in document.placemarks
    ]
    shapes = {mark.number: mark.geometry for mark in document.placemarks}
    problems = {mark.number: mark.problem for mark in document.placemarks if mark.problem}
    made = _drawn(shown, [*WORDS, *more], listed, shapes, problems, crs_wkt=None)
    return replace(made, title=document.name, links=document.links)


def _text(value: object) -> str:
    """Write an attribute's value as a cell of a table."""
    if value is None or isinstance(value, bytes):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 -- exact below
    if isinstance(value, list | tuple):
        return ";".join(map(_text, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _drawn(
    shown: str,
    header: list[str],
    listed: list[Row],
    shapes: Mapping[int, BaseGeometry | None],
    problems: Mapping[int, str],
    *,
    crs_wkt: str | None,
) -> Drawn:
    """Take the features whose shape can be used; ``crs_wkt`` is None for one that is in degrees by its format."""
    faults = [
        Fault(shown, number, "geometry", "", *slip)
        for number, _ in listed
        if (slip := _unusable(shapes[number], problems.get(number, ""))) is not None
    ]
    wrong = {fault.row for fault in faults}
    numbers = [number for number, _ in listed if number not in wrong]
    notes: list[str] = []
    flat = np.empty(len(numbers), dtype=object)
    flat[:] = [shapely.force_2d(_single(shapes[number])) for number in numbers]
    if crs_wkt is not None:
        flat = townships.in_degrees(flat, crs_wkt, shown, notes)
    sound: dict[int, BaseGeometry] = {}
    for number, shape in zip(numbers, flat, strict=True):
        mended, slip = _mended(shape)
        if slip:
            faults.append(Fault(shown, number, "geometry", "", *slip))
            continue
        sound[number] = mended
        if mended is not shape:
            notes.append(f"The shape of row {number} crosses itself: mended, its area is the same.")
    rows = [(number, cells) for number, cells in listed if number in sound]
    return Drawn(Sheet(shown, header, rows, tuple(sorted(faults))), sound, notes=tuple(notes))


def _unusable(shape: BaseGeometry | None, problem: str) -> tuple[str, str] | None:
    """Say why a shape tells nothing of a place."""
    if problem:
        return f"has a broken shape: it {problem}", "Mend it in a GIS, or in the map"
    if shape is None or shape.is_empty:
        return "has no shape", "Draw it, or delete the feature"
    if shape.geom_type in ("LineString", "MultiLineString", "LinearRing"):
        return "is a line, which covers no place", "Draw the area, or leave it out"
    if _single(shape).geom_type not in ("Point", "Polygon", "MultiPolygon"):
        return f"is a {shape.geom_type}, which may mean several places", "Make it polygons or points, one a feature"
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "has coordinates that are no numbers", "Mend it in a GIS"
    return None


def _single(shape: Any) -> Any:  # noqa: ANN401 -- any geometry
    """Give the one point or area of what could hold several."""
    return (
        shape.geoms[0] if shape.geom_type in ("MultiPoint", "GeometryCollection") and len(shape.geoms) == 1 else shape
    )


def _mended(shape: BaseGeometry) -> tuple[BaseGeometry, tuple[str, str] | None]:
    """Give a valid shape, or why there is none: where two ways to mend it disagree, what was meant is not known."""
    corners = shapely.get_coordinates(shape)
    if not np.isfinite(corners).all() or (abs(corners) > (180, 90)).any():
        turned = np.isfinite(corners).all() and not (abs(corners[:, ::-1]) > (180, 90)).any()
        problem = "has longitude and latitude swapped" if turned else "does not lie on the globe"
        return shape, (problem, "Check the reference system that the file states; x is longitude")
    if shape.geom_type == "Point" or shape.is_valid:
        empty = shape.geom_type != "Point" and not shape.area
        return shape, ("has no area", "Draw it anew") if empty else None
    made = geo.make_valid(gpd.GeoSeries([shape], crs=geo.WGS84)).to_numpy()[0]
    other = shapely.make_valid(shape, method="linework")
    if made.is_empty or not made.area:
        return shape, ("has no area", "Draw it anew")
    if abs(made.area - other.area) > DOUBTFUL * made.area:
        return shape, ("crosses itself, so that its area can be two", "Draw it anew")
    return made, None


def is_military(cells: Mapping[str, str]) -> bool:
    """Tell whether a feature's name, or what it is said to be, is that of a position."""
    return any(MILITARY.search(text) for part, text in cells.items() if part.lower() in NAMING)
