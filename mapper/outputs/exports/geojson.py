"""GeoJSON after RFC 7946: WGS 84, longitude before latitude, exterior rings anticlockwise, six decimals, no ``crs``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import layer as layers_
from mapper.outputs.exports import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.outputs.exports.layer import About, Layer

DECIMALS: Final = 6
"""Of a degree: about 0.1 m."""

ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LONG_FRACTION: Final = re.compile(r"\.[0-9]{7,}")


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write a FeatureCollection for each layer; what an export says of itself is its foreign member ``metadata``."""
    return {
        f"{name}.geojson": collection(
            features(layer), metadata={**abouts.as_json(about, [layer]), "title": layer.title}, bounds=bounds(layer)
        )
        for name, layer in zip(layers_.stems(stem, layers), layers, strict=True)
    }


def features(layer: Layer) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Give each row of a layer as id, encoded geometry and properties; each shape is encoded once."""
    encoded = {id(shape): text for shape, text in _encoded(layer)}
    drawn = layer.table.geometry.to_numpy() if layer.has_shapes else [None] * len(layer.table)
    for row, shape in zip(layer.rows(), drawn, strict=True):
        properties = {name: layers_.plain(value) for name, value in row.items()}
        yield row[layer.key], encoded[id(shape)] if shape is not None else b"null", properties


def bounds(layer: Layer) -> list[float]:
    """Give west, south, east, north of a layer in degrees; nothing where it has no shapes."""
    drawn = [shape for shape in layer.table.geometry if shape is not None] if layer.has_shapes else []
    return [float(edge) for edge in shapely.total_bounds(drawn)] if drawn else []


def _encoded(layer: Layer) -> Iterator[tuple[Any, bytes]]:
    if not layer.has_shapes:
        return
    distinct = list({id(shape): shape for shape in layer.table.geometry if shape is not None}.values())
    listed = np.empty(len(distinct), dtype=object)
    listed[:] = distinct
    yield from zip(distinct, texts(listed), strict=True)


def texts(listed: NDArray[Any]) -> Iterator[bytes]:
    """Encode each geometry (EPSG:4326) as UTF-8.

    Every coordinate is rounded by itself, so borders that were shared stay shared; where rounding folds a
    sliver over, that polygon is mended.
    """
    oriented = shapely.orient_polygons(shapes.rounded(listed, DECIMALS), exterior_cw=False)
    return (_shortened(text).encode() for text in shapely.to_geojson(oriented))


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
    box = [round(edge, DECIMALS) for edge in bounds]
    head = {"type": "FeatureCollection", "metadata": dict(metadata), **({"bbox": box} if box else {})}
    # Geometries are nine tenths of it: bytes are joined as they are, a text with one Burmese name doubles them first.
    lines = (feature(name, geometry, properties) for name, geometry, properties in features)
    return encoded(head)[:-1] + b',"features":[\n' + b",\n".join(lines) + b"\n]}\n"


def feature(name: str, geometry: bytes, properties: Mapping[str, Any]) -> bytes:
    """Put one feature together."""
    return b'{"type":"Feature","id":%b,"properties":%b,"geometry":%b}' % (encoded(name), encoded(properties), geometry)


def encoded(value: object) -> bytes:
    """Write a value as compact JSON in UTF-8."""
    return ENCODER.encode(value).encode()
