"""Township borders as a browser draws them: each shared border once, on a grid of whole numbers.

The shapes go in as a valid coverage in longitude and latitude and come out in Web Mercator, simplified for
drawing. Simplified so, some polygons are no longer valid: never join, measure or export with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs import thin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    Grid = NDArray[np.int64]
    """Points on the grid, shape (n, 2): column (from the west), row (from the north)."""

EARTH_RADIUS: Final = 6378137.0
"""Metres, of the sphere that Web Mercator uses."""

GRID_CELLS: Final = 16384
"""Along the longer side of the map: a cell is some 135 m in Myanmar."""

TOLERANCE_PX: Final = 0.512
VIEW_PX: Final = 900
"""A border may stray by ``TOLERANCE_PX`` where the map's longer side is ``VIEW_PX``."""

FINE: Final = 0.04
"""A border strays by at most this part of a small township's width, so that towns can be zoomed to."""

ROUND: Final = 0.1
"""The same for a closed border, such as an island's, as part of its width."""

NEARLY: Final = 0.15
"""Before the points are chosen, this part of what a border may stray is spent to have fewer to choose from."""

COARSE: Final = 8
"""Points lie on every eighth line of the grid, but for those of small townships: see :func:`cells`."""


@dataclass(frozen=True)
class Frame:
    """Where the grid lies: ``x = west + column * cell``, ``y = north - row * cell``, in metres of EPSG:3857."""

    west: float
    north: float
    cell: float

    def to_grid(self, metres: NDArray[np.float64], *, step: int | Grid = 1) -> Grid:
        """Round points in EPSG:3857 to every ``step``-th line of the grid."""
        moved = (metres - (self.west, self.north)) * (1 / self.cell, -1 / self.cell)
        return np.rint(moved / step).astype(np.int64) * step

    def to_metres(self, grid: Grid) -> NDArray[np.float64]:
        """Give points of the grid in metres of EPSG:3857."""
        return np.column_stack([self.west + grid[:, 0] * self.cell, self.north - grid[:, 1] * self.cell])


@dataclass(frozen=True)
class Topology:
    """Shapes made of shared arcs. A ring is a tuple of references: ``2 * arc``, plus 1 where it runs backwards."""

    frame: Frame
    arcs: tuple[Grid, ...]
    rings: Mapping[str, tuple[tuple[int, ...], ...]]
    """By the shape's key; holes and islands alike, to be filled by the even-odd rule."""
    owners: tuple[tuple[str, ...], ...]
    """For each arc the keys of the one or two shapes that it bounds."""


def mercator(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Project points (n, 2), longitude first, in degrees, to metres of EPSG:3857."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack([EARTH_RADIUS * lon, EARTH_RADIUS * np.log(np.tan(np.pi / 4 + lat / 2))])


def frame_of(shapes: Iterable[shapely.Geometry], *, cells: int = GRID_CELLS) -> Frame:
    """Lay a grid over shapes in EPSG:4326, so that their longer side has ``cells`` cells."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    (x_low, y_low), (x_high, y_high) = mercator(np.array([[west, south], [east, north]]))
    return Frame(float(x_low), float(y_high), float(max(x_high - x_low, y_high - y_low)) / cells)


def topology(shapes: Mapping[str, shapely.Geometry], frame: Frame, *, tolerance: float, coarse: int = 1) -> Topology:
    """Cut polygons (EPSG:4326, a valid coverage) into shared arcs, simplify them and round them to the grid.

    ``tolerance`` is in metres of EPSG:3857, by which a border may stray (see :mod:`thin`); it is less along
    small shapes, and an arc has the largest of :func:`cells` that moves no point by more than it may stray. Islands
    smaller than a tolerance across are left out, but never a shape's largest part. Arcs stand in the order of their
    first use.
    """
    keys = list(shapes)
    flat = shapely.transform(np.array([shapes[key] for key in keys], dtype=object), mercator)
    rings, owner = _rings(flat, tolerance)
    chains, ring_refs = cut(rings)
    owners: list[set[int]] = [set() for _ in chains]
    for refs, shape in zip(ring_refs, owner, strict=True):
        for ref in refs:
            owners[ref // 2].add(shape)
    width = np.sqrt(shapely.area(flat))
    limits = np.array([min([tolerance, *(FINE * width[shape] for shape in found)]) for found in owners])
    by_shape: dict[str, list[tuple[int, ...]]] = {key: [] for key in keys}
    for refs, shape in zip(ring_refs, owner, strict=True):
        by_shape[keys[shape]].append(refs)
    return Topology(
        frame=frame,
        arcs=_rounded(chains, limits, frame, coarse=coarse),
        rings={key: tuple(found) for key, found in by_shape.items()},
        owners=tuple(tuple(keys[shape] for shape in sorted(found)) for found in owners),
    )


def cells(coarse: int) -> tuple[int, ...]:
    """Give the four cells, in cells of the grid, on which an arc may lie: the coarse one first, a single one last."""
    return coarse, max(1, coarse // 2), max(1, coarse // 4), 1


def tolerance_of(frame: Frame, *, cells: int = GRID_CELLS) -> float:
    """Give the metres of EPSG:3857 that are ``TOLERANCE_PX`` at ``VIEW_PX``, for a frame of ``cells``."""
    return max(frame.cell, TOLERANCE_PX / VIEW_PX * frame.cell * cells)


def _rings(flat: NDArray[Any], tolerance: float) -> tuple[list[NDArray[np.float64]], list[int]]:
    """Give each ring that is large enough to see, without its closing point, and the number of its shape."""
    polygons, shape = shapely.get_parts(flat, return_index=True)
    area = shapely.area(polygons)
    largest = np.zeros(len(flat))
    np.maximum.at(largest, shape, area)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    size = shapely.area(shapely.polygons(rings))
    outer = np.r_[True, polygon[1:] != polygon[:-1]] if len(polygon) else np.array([], dtype=bool)
    seen = np.where(outer, area[polygon], size) >= tolerance**2
    seen |= outer & (area[polygon] >= largest[shape[polygon]])
    kept = np.flatnonzero(seen & (area[polygon] >= np.minimum(tolerance**2, largest[shape[polygon]])))
    return [shapely.get_coordinates(rings[i])[:-1] for i in kept], [int(shape[polygon[i]]) for i in kept]


def cut(rings: list[NDArray[np.float64]]) -> tuple[list[NDArray[np.float64]], list[tuple[int, ...]]]:
    """Cut rings where borders meet; give the arcs, each once as its first ring runs, and each ring as references."""
    points = np.concatenate(rings)
    _, ids = np.unique(points[:, 0] + 1j * points[:, 1], return_inverse=True)
    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    meeting = _meeting(ids, starts)
    arcs: list[NDArray[np.float64]] = []
    known: dict[tuple[int, int], tuple[int, tuple[int, int]]] = {}
    found: list[tuple[int, ...]] = []
    for ring, start in zip(rings, starts[:-1].tolist(), strict=True):
        of_ring = ids[start : start + len(ring)]
        refs = []
        for chain in _chains(of_ring, meeting):
            here = of_ring[chain]
            ahead, back = (int(here[0]), int(here[1])), (int(here[-1]), int(here[-2]))
            key = min(ahead, back)
            if key not in known:
                known[key] = len(arcs), ahead
                arcs.append(ring[chain])
            number, first = known[key]
            refs.append(2 * number + (ahead != first))
        found.append(tuple(refs))
    return arcs, found


def _meeting(ids: NDArray[np.intp], starts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell for each point whether borders meet there: rings that touch it go on to different points."""
    before, after = np.empty_like(ids), np.empty_like(ids)
    before[1:], after[:-1] = ids[:-1], ids[1:]
    before[starts[:-1]], after[starts[1:] - 1] = ids[starts[1:] - 1], ids[starts[:-1]]
    low, high = np.minimum(before, after), np.maximum(before, after)
    _, first = np.unique(ids, return_index=True)
    differs = (low != low[first][ids]) | (high != high[first][ids])
    meeting = np.zeros(len(first), dtype=bool)
    meeting[ids[differs]] = True
    return meeting


def _chains(ids: NDArray[np.intp], meeting: NDArray[np.bool_]) -> Iterator[NDArray[np.intp]]:
    """Give the positions in a ring from each meeting point to the next; the whole ring where there is none.

    A ring without one starts at its lowest id, so that an enclave and its hole are found to be the same.
    """
    count = len(ids)
    cuts = np.flatnonzero(meeting[ids])
    if not len(cuts):
        cuts = np.array([int(np.argmin(ids))])
    for one, two in zip(cuts, [*cuts[1:], cuts[0] + count], strict=True):
        yield np.arange(one, two + 1) % count


def _rounded(
    chains: list[NDArray[np.float64]], limits: NDArray[np.float64], frame: Frame, *, coarse: int
) -> tuple[Grid, ...]:
    """Simplify arcs, each by its own limit, and round them; a closed one keeps enough points to be seen.

    Where arcs of several cells meet, the point that they share is as fine as the finest one.
    """
    lengths = [len(chain) for chain in chains]
    lines = np.asarray(shapely.linestrings(np.concatenate(chains), indices=np.repeat(np.arange(len(chains)), lengths)))
    closed = shapely.is_ring(lines)
    across = np.sqrt([shapely.Polygon(chains[i]).area for i in np.flatnonzero(closed)])
    limits = limits.copy()
    limits[closed] = np.minimum(limits[closed], ROUND * across)
    known = np.array(cells(coarse))
    moved = known[:-1] * frame.cell / np.sqrt(2)
    cell = known[np.sum(moved > limits[:, np.newaxis], axis=1)]
    simple = shapely.simplify(lines, NEARLY * limits, preserve_topology=False)
    points, line = shapely.get_coordinates(simple, return_index=True)
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    ends = np.concatenate([starts, np.r_[starts[1:], len(line)] - 1])
    _, place = np.unique(points[ends, 0] + 1j * points[ends, 1], return_inverse=True)
    finest = np.full(len(ends), coarse)
    np.minimum.at(finest, place, cell[line[ends]])
    step = cell[line]
    step[ends] = finest[place]
    grid = frame.to_grid(points, step=step[:, np.newaxis])
    needed = thin.fewest(points, frame.to_metres(grid), line, limits[line])
    points, line, grid = points[needed], line[needed], grid[needed]
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    ends = np.concatenate([starts, np.r_[starts[1:], len(line)] - 1])
    kept = np.r_[True, np.any(grid[1:] != grid[:-1], axis=1)]
    kept[starts] = True
    still = np.add.reduceat(kept, starts) == 1
    kept[ends[len(starts) :][still]] = True
    return tuple(np.split(grid[kept], np.cumsum(np.add.reduceat(kept, starts))[:-1]))
