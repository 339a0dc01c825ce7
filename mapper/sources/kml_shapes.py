"""The shapes of KML: points, lines and polygons, in longitude and latitude, and the words that XML elements hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import shapely

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

DEPTH: Final = 40
"""Geometries within geometries; an honest map has one in another."""

SHAPES: Final = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
RING: Final = 4
"""Points of the smallest ring, the first of them again at its end."""


class _BrokenError(ValueError):
    """A shape that is none; the message says why."""


def tag(element: Any) -> str:  # noqa: ANN401 -- an XML element
    """Give an element's name without its namespace, of which KML has had several."""
    return str(element.tag).rpartition("}")[2]


def text(element: Any, name: str) -> str:  # noqa: ANN401 -- an XML element
    """Give the words in a child, in one line; the blanks that do not break are blanks."""
    return next((" ".join("".join(child.itertext()).split()) for child in element if tag(child) == name), "")


def geometry_of(placemark: Any) -> tuple[BaseGeometry | None, str]:  # noqa: ANN401 -- an XML element
    """Give a placemark's one geometry, None where it has none, or what is wrong with it."""
    try:
        parts = [part for child in placemark if tag(child) in SHAPES for part in _parts(child, 0)]
    except _BrokenError as error:
        return None, str(error)
    areas = [part for part in parts if isinstance(part, shapely.Polygon)]
    if areas and all(part.geom_type in ("Polygon", "Point") for part in parts):
        return (areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)), ""  # a point beside is its label's
    if len(parts) > 1:
        return shapely.GeometryCollection(parts), ""
    return (parts[0] if parts else None), ""


def _parts(shape: Any, depth: int) -> Iterator[BaseGeometry]:  # noqa: ANN401 -- an XML element
    kind = tag(shape)
    if depth > DEPTH:
        raise _BrokenError("is nested too deeply")
    if kind == "MultiGeometry":
        for child in shape:
            if tag(child) in SHAPES:
                yield from _parts(child, depth + 1)
    elif kind == "Polygon":
        outer = [_ring(ring) for ring in _rings(shape, "outerBoundaryIs")]
        if len(outer) != 1:
            raise _BrokenError(f"has {len(outer)} outer rings")
        yield shapely.Polygon(outer[0], [_ring(ring) for ring in _rings(shape, "innerBoundaryIs")])
    elif kind == "Point":
        points = _coordinates(shape)
        if len(points) != 1:
            raise _BrokenError(f"is a point with {len(points)} positions")
        yield shapely.Point(points[0])
    else:
        points = _coordinates(shape)
        if len(points) < 2:  # noqa: PLR2004 -- the ends of a line
            raise _BrokenError("is a line without a length")
        yield shapely.LineString(points)


def _rings(polygon: Any, side: str) -> Iterator[Any]:  # noqa: ANN401 -- an XML element
    for child in polygon:
        if tag(child) == side:
            yield from (ring for ring in child if tag(ring) == "LinearRing")


def _ring(ring: Any) -> list[tuple[float, float]]:  # noqa: ANN401 -- an XML element
    points = _coordinates(ring)
    if len(points) < RING or points[0] != points[-1]:
        raise _BrokenError("has a ring that does not close")
    return points


def _coordinates(shape: Any) -> list[tuple[float, float]]:  # noqa: ANN401 -- an XML element
    """Read ``longitude,latitude[,height]`` and blanks between; heights are left out."""
    points: list[tuple[float, float]] = []
    for part in text(shape, "coordinates").split():
        numbers = part.split(",")
        try:
            lon, lat = float(numbers[0]), float(numbers[1])
        except (ValueError, IndexError):
            raise _BrokenError(f"has coordinates that are no numbers ({errors.shown(part)})") from None
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 -- degrees
            raise _BrokenError(f"has coordinates that are no degrees ({errors.shown(part)})")
        points.append((lon, lat))
    return points
