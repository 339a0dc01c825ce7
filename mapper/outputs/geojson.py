"""GeoJSON after RFC 7946: WGS 84, longitude before latitude, exterior rings anticlockwise, six decimals, no ``crs``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

DECIMALS = 6
"""Of a degree: about 0.1 m."""

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LONG_FRACTION = re.compile(r"\.[0-9]{7,}")


def geometries(coverage: gpd.GeoSeries) -> dict[str, bytes]:
    """Encode each geometry (EPSG:4326) once, as UTF-8 by index.

    Every coordinate is rounded by itself, so borders that were shared stay shared; where rounding folds a
    sliver over, that polygon is mended.
    """
    rounded = _rounded(coverage.array.to_numpy())
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = [_mended(shape) for shape in rounded[broken]]
    oriented = shapely.orient_polygons(rounded, exterior_cw=False)
    texts = (_shortened(text).encode() for text in shapely.to_geojson(oriented))
    return dict(zip(coverage.index, texts, strict=True))


def _rounded(shapes: Any) -> Any:  # noqa: ANN401 -- a geometry or an array of them, and the same back
    # Multiples of 0.000001 are not what a decimal of six digits reads as; divided whole numbers are.
    return shapely.transform(shapes, lambda points: np.round(points, DECIMALS))


def _mended(shape: shapely.Geometry) -> shapely.Geometry:
    valid = _rounded(shapely.make_valid(shape, method="structure"))
    parts = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _shortened(text: str) -> str:
    """Write in their shortest form the few numbers that GEOS does not: 98.513185 for its 98.51318499999999."""
    kept, done = [], 0
    for found in LONG_FRACTION.finditer(text):
        start = 1 + max(text.rfind(mark, done, found.start()) for mark in "[,")
        kept += [text[done:start], repr(round(float(text[start : found.end()]), DECIMALS))]
        done = found.end()
    return "".join([*kept, text[done:]])


def collection(
    features: Iterable[tuple[str, bytes, Mapping[str, Any]]], *, metadata: Mapping[str, Any], bounds: Iterable[float]
) -> bytes:
    """Put features (id, encoded geometry, properties) into one FeatureCollection in UTF-8, a feature on each line.

    ``metadata`` becomes a foreign member of that name; ``bounds`` are west, south, east, north in degrees.
    """
    head = {"type": "FeatureCollection", "metadata": dict(metadata), "bbox": [round(edge, 6) for edge in bounds]}
    # Geometries are nine tenths of it: bytes are joined as they are, a text with one Burmese name doubles them first.
    lines = (
        b'{"type":"Feature","id":%b,"properties":%b,"geometry":%b}' % (_json(name), _json(properties), geometry)
        for name, geometry, properties in features
    )
    return _json(head)[:-1] + b',"features":[\n' + b",\n".join(lines) + b"\n]}\n"


def _json(value: object) -> bytes:
    return ENCODER.encode(value).encode()
