"""What tells of a township besides its colour: hatching, dots, a dashed inner outline, a triangle; in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.path import Path

from mapper.outputs.pictures import outlines

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

HATCH_WIDTH: Final = 0.25
"""Of a line of the hatching, as part of the distance of two."""

DOT_RADIUS: Final = 0.13
"""Of a dot, likewise."""

TINY_PX: Final = 5
"""Across, no room is left for a dashed outline: it would blacken the township."""

DASH: Final = (3.0, 2.5)
TRIANGLE_PX: Final = 4.5


def hatch(shape: BaseGeometry, apart: float) -> Path:
    """Give lines at 45 degrees, rising to the right and so far apart, cut off at the border of a shape.

    They run on from shape to shape, whatever the shape.
    """
    if shape.is_empty:
        return Path(np.empty((0, 2)))
    west, north, east, south = shape.bounds
    step = apart * np.sqrt(2)
    first, last = np.ceil((west + north) / step), np.floor((east + south) / step)
    sums = np.arange(first, last + 1) * step
    if not len(sums):
        return Path(np.empty((0, 2)))
    low, high = np.full(len(sums), north - 1.0), np.full(len(sums), south + 1.0)
    starts, ends = np.column_stack([sums - low, low]), np.column_stack([sums - high, high])
    lines = shapely.multilinestrings(np.asarray(shapely.linestrings(np.stack([starts, ends], axis=1))))
    cut = shapely.get_parts(shapely.intersection(lines, shape))
    return outlines.of_lines(cut[shapely.get_type_id(cut) == shapely.GeometryType.LINESTRING])


def dots(shape: BaseGeometry, apart: float) -> Path:
    """Give dots on a square grid that lie inside a shape."""
    if shape.is_empty:
        return Path(np.empty((0, 2)))
    west, north, east, south = shape.bounds
    columns = np.arange(np.ceil(west / apart), np.floor(east / apart) + 1) * apart
    rows = np.arange(np.ceil(north / apart), np.floor(south / apart) + 1) * apart
    x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
    inside = shapely.contains_xy(shape, x, y) if len(x) else np.array([], dtype=bool)
    around = np.linspace(0, 2 * np.pi, 9)[:-1]
    ring = np.column_stack([np.cos(around), np.sin(around)]) * DOT_RADIUS * apart
    rings = np.column_stack([x[inside], y[inside]])[:, np.newaxis] + ring
    return outlines.of_polygons(np.asarray(shapely.polygons(rings))) if len(rings) else Path(np.empty((0, 2)))


def rim(shape: BaseGeometry, narrow: float, *, fine: float) -> tuple[float, NDArray[np.object_]]:
    """Give the line within a shape, along its border, and how wide it is drawn."""
    width = round(max(0.3, min(1.1, narrow / 14) * fine), 1)
    if narrow < TINY_PX:
        return width, np.array([], dtype=object)
    inner = shapely.buffer(shape, -(width / 2 + 0.35 * fine), join_style="mitre")
    return width, shapely.get_parts(shapely.get_rings(shapely.get_parts(inner)))


def triangle(x: float, y: float, size: float) -> Path:
    """Give a triangle around a point."""
    corners = [(x, y - size), (x + size, y + 0.8 * size), (x - size, y + 0.8 * size)]
    return Path(np.array([*corners, corners[0]]), [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])
