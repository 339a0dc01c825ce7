"""Layers as Arrow tables: exact types for the formats that have them, polygons as well-known binary.

pyogrio and pyarrow both take them as they are, so nothing is guessed from values: a column of nothing but None has
its type, and a P-code stays text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs.exports import layer as layers_
from mapper.outputs.exports.layer import GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from mapper.outputs.exports.layer import Column, Layer

GEOMETRY_TYPE: Final = "MultiPolygon"
"""Of every row, so that a file has one; None stays None."""


def table(layer: Layer, *, lists: bool = False, names: Sequence[str] | None = None) -> pa.Table:
    """Give a layer as an Arrow table, its columns under ``names`` (their own by default), ``geometry`` last.

    Without ``lists`` a list is its texts joined by ``;``.
    """
    import pyarrow as pa  # noqa: PLC0415 -- slow to import, and only some formats need it

    kinds = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "day": pa.date32(),
        "truth": pa.bool_(),
        "list": pa.list_(pa.string()) if lists else pa.string(),
    }
    found = {
        name: pa.array(_cells(layer, column, lists=lists), kinds[column.kind])
        for name, column in zip(names or [column.name for column in layer.columns], layer.columns, strict=True)
    }
    if layer.has_shapes:
        found[GEOMETRY] = pa.array(list(shapely.to_wkb(multipolygons(layer), flavor="iso")), pa.binary())
    return pa.table(found)


def _cells(layer: Layer, column: Column, *, lists: bool) -> list[Any]:
    cells = layer.table[column.name].tolist()
    if column.kind != "list":
        return cells
    return [list(cell) if lists else layers_.flat(cell) for cell in cells]


def multipolygons(layer: Layer) -> NDArray[Any]:
    """Give the shapes of a layer as multipolygons, their outer rings anticlockwise; None stays None.

    Each shape is made once, however many rows it has.
    """
    drawn = layer.table.geometry.to_numpy()
    distinct = {id(shape): shape for shape in drawn if shape is not None}
    listed = np.empty(len(distinct), dtype=object)
    listed[:] = list(distinct.values())
    oriented = shapely.orient_polygons(listed, exterior_cw=False)
    made = {
        key: shape if shape.geom_type == GEOMETRY_TYPE else shapely.MultiPolygon([shape])
        for key, shape in zip(distinct, oriented, strict=True)
    }
    found = np.empty(len(drawn), dtype=object)
    found[:] = [None if shape is None else made[id(shape)] for shape in drawn]
    return found
