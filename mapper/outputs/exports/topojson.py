"""TopoJSON: each border once, for the townships on both its sides and for every row that shows them.

Coordinates are whole numbers on the coarsest grid of 6 to 9 decimals of a degree that leaves every polygon valid once
it is put together again; where none does, they are degrees as they are. Outer rings run clockwise, as d3-geo wants
them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs import arcs
from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import geojson
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.outputs.exports.layer import About, Layer

    Refs = list[list[list[int]]]
    """Polygons of rings of arcs, as a multipolygon of TopoJSON has them: ``~3`` is arc 3 backwards."""

GRIDS: Final = (6, 7, 8, 9)
"""Decimals of a degree: from 0.1 m to 0.1 mm."""


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write one topology with an object per layer; ``metadata`` is its foreign member."""
    drawn = {id(shape): shape for layer in layers if layer.has_shapes for shape in layer.table.geometry if shape}
    listed = np.empty(len(drawn), dtype=object)
    listed[:] = list(drawn.values())
    head: dict[str, Any] = {"type": "Topology", "metadata": abouts.as_json(about, layers)}
    found: dict[int, Refs] = {}
    lines: list[list[list[float]]] = []
    if len(listed):
        transform, topology, lines = _topology(shapely.orient_polygons(listed, exterior_cw=True))
        found = dict(zip(drawn, topology, strict=True))
        head["bbox"] = [round(float(edge), geojson.DECIMALS) for edge in shapely.total_bounds(listed)]
        if transform:
            head["transform"] = transform
    objects = {layer.name: {"type": "GeometryCollection", "geometries": _rows(layer, found)} for layer in layers}
    return {f"{stem}.topojson": geojson.encoded({**head, "objects": objects, "arcs": lines}) + b"\n"}


def _rows(layer: Layer, found: Mapping[int, Refs]) -> list[dict[str, Any]]:
    shapes = layer.table.geometry if layer.has_shapes else [None] * len(layer.table)
    return [
        {
            **({"type": None} if shape is None else {"type": "MultiPolygon", "arcs": found[id(shape)]}),
            "id": row[layer.key],
            "properties": {name: layers_.plain(value) for name, value in row.items()},
        }
        for row, shape in zip(layer.rows(), shapes, strict=True)
    ]


def _topology(shapes: NDArray[Any]) -> tuple[dict[str, Any], list[Refs], list[list[list[float]]]]:
    """Give the transform (nothing where there is no grid), each shape as references, and the arcs."""
    west, south, _, _ = shapely.total_bounds(shapes)
    for decimals in GRIDS:
        grid = _Grid(float(np.floor(west)), float(np.floor(south)), decimals)
        if shapely.is_valid(shapely.transform(shapes, grid.there_and_back)).all():
            chains, refs = _cut(shapely.transform(shapes, grid.whole))
            return grid.transform, refs, [_steps(chain) for chain in chains]
    chains, refs = _cut(shapes)
    return {}, refs, [chain.tolist() for chain in chains]


class _Grid:
    """Whole numbers for degrees, and back as a client reads them."""

    def __init__(self, west: float, south: float, decimals: int) -> None:
        self.origin, self.decimals = np.array([west, south]), decimals

    @property
    def transform(self) -> dict[str, Any]:
        return {"scale": [1 / 10**self.decimals] * 2, "translate": [float(edge) for edge in self.origin]}

    def whole(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.rint((points - self.origin) * 10**self.decimals)
        return found

    def there_and_back(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self.whole(points) * (1 / 10**self.decimals) + self.origin
        return found


def _cut(shapes: NDArray[Any]) -> tuple[list[NDArray[np.float64]], list[Refs]]:
    """Cut the rings of all shapes where borders meet; give the arcs, and each shape as references to them."""
    polygons, owner = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    chains, cut = arcs.cut([_without_repetition(shapely.get_coordinates(ring)) for ring in rings])
    by_polygon: list[list[list[int]]] = [[] for _ in polygons]
    for refs, at in zip(cut, polygon, strict=True):
        by_polygon[at].append([~(ref // 2) if ref % 2 else ref // 2 for ref in refs])
    found: list[Refs] = [[] for _ in shapes]
    for rings_of, at in zip(by_polygon, owner, strict=True):
        found[at].append(rings_of)
    return chains, found


def _without_repetition(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give a ring without its closing point, and each point once where the grid has put several into one."""
    return points[:-1][np.any(points[1:] != points[:-1], axis=1)]


def _steps(chain: NDArray[np.float64]) -> list[list[float]]:
    """Give an arc as its first point and the steps from there, in whole numbers."""
    return [list(point) for point in _deltas(chain.astype(np.int64).tolist())]


def _deltas(points: list[list[int]]) -> Iterator[tuple[int, int]]:
    yield points[0][0], points[0][1]
    for one, two in pairwise(points):
        yield two[0] - one[0], two[1] - one[1]
