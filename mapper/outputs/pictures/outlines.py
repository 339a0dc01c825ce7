"""Shapes as paths, and the borders between them, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PRECISION = 0.01
"""Of a pixel, to which coordinates are rounded: a hundredth of it shows nowhere, and makes files small."""


def of_polygons(shapes: NDArray[np.object_]) -> Path:
    """Give polygons as one path that is filled by either rule: outer rings run one way and holes the other."""
    parts = shapely.orient_polygons(shapely.get_parts(shapes))
    return _joined(shapely.get_rings(parts), closed=True)


def of_lines(lines: NDArray[np.object_]) -> Path:
    """Give lines as one path; a ring stays open, so that it is drawn and not filled."""
    return _joined(shapely.get_parts(lines), closed=False)


def _joined(lines: NDArray[np.object_], *, closed: bool) -> Path:
    points, line = shapely.get_coordinates(lines, return_index=True)
    if not len(points):
        return Path(np.empty((0, 2)))
    starts = np.r_[True, line[1:] != line[:-1]]
    codes = np.where(starts, Path.MOVETO, Path.LINETO).astype(np.uint8)
    if closed:
        codes[np.r_[starts[1:], True]] = Path.CLOSEPOLY
    return Path(np.rint(points / PRECISION) * PRECISION, codes)


def borders(shapes: NDArray[np.object_], group: Sequence[int]) -> dict[str, NDArray[np.object_]]:
    """Cut the borders of a coverage into lines, by what they part.

    ``township``: two shapes of one group, ``state``: two groups, ``country``: a shape and what is outside.
    """
    polygons, shape = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    if not len(points):
        return {}
    _, first, ids = np.unique(points[:, 0] + 1j * points[:, 1], return_index=True, return_inverse=True)
    along = np.flatnonzero(ring[1:] == ring[:-1])
    ends = np.sort(np.column_stack([ids[along], ids[along + 1]]), axis=1)
    segments, number, count = np.unique(ends, axis=0, return_inverse=True, return_counts=True)
    groups = np.asarray(group)[shape[polygon[ring[along]]]]
    low, high = np.full(len(segments), groups.max()), np.full(len(segments), groups.min())
    np.minimum.at(low, number.ravel(), groups)
    np.maximum.at(high, number.ravel(), groups)
    kinds = np.where(count == 1, "country", np.where(low == high, "township", "state"))
    return {kind: _merged(points[first[segments[kinds == kind]]]) for kind in ("township", "state", "country")}


def _merged(segments: NDArray[np.float64]) -> NDArray[np.object_]:
    """Join segments, shape (n, 2, 2), into lines as long as they go."""
    if not len(segments):
        return np.array([], dtype=object)
    pieces = np.asarray(shapely.linestrings(segments))
    lines: NDArray[np.object_] = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces)))
    return lines
