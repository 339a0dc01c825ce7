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

LONG_NUMBER = re.compile(r"-?\d+\.\d{7,}")


def geometries(coverage: gpd.GeoSeries) -> dict[str, str]:
    """Encode each geometry (EPSG:4326) once, as text by index.

    Every coordinate is rounded by itself, so borders that were shared stay shared; where rounding folds a
    sliver over, that polygon is mended.
    """
    rounded = _rounded(coverage.array.to_numpy())
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = [_mended(shape) for shape in rounded[broken]]
    oriented = shapely.orient_polygons(rounded, exterior_cw=False)
    return dict(zip(coverage.index, _encoded(oriented), strict=True))


def _rounded(shapes: Any) -> Any:  # noqa: ANN401 -- a geometry or an array of them, and the same back
    # Multiples of 0.000001 are not what a decimal of six digits reads as; divided whole numbers are.
    return shapely.transform(shapes, lambda points: np.round(points, DECIMALS))


def _mended(shape: shapely.Geometry) -> shapely.Geometry:
    valid = _rounded(shapely.make_valid(shape, method="structure"))
    parts = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _encoded(shapes: np.ndarray[Any, Any]) -> list[str]:
    # GEOS writes some numbers not in their shortest form: 98.513185 as 98.51318499999999.
    return [LONG_NUMBER.sub(_short, text) for text in shapely.to_geojson(shapes)]


def _short(number: re.Match[str]) -> str:
    return repr(round(float(number[0]), DECIMALS))


def collection(
    features: Iterable[tuple[str, str, Mapping[str, Any]]], *, metadata: Mapping[str, Any], bounds: Iterable[float]
) -> str:
    """Put features (id, encoded geometry, properties) into one FeatureCollection, a feature on each line.

    ``metadata`` becomes a foreign member of that name; ``bounds`` are west, south, east, north in degrees.
    """
    head = {"type": "FeatureCollection", "metadata": dict(metadata), "bbox": [round(edge, 6) for edge in bounds]}
    lines = (
        f'{{"type":"Feature","id":{_json(name)},"properties":{_json(properties)},"geometry":{geometry}}}'
        for name, geometry, properties in features
    )
    return f'{_json(head)[:-1]},"features":[\n' + ",\n".join(lines) + "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
