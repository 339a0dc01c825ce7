"""Township borders as a browser draws them: each shared border once, on a grid of whole numbers.

The shapes go in as a valid coverage in longitude and latitude and come out in Web Mercator, simplified for
drawing. Simplified so, some polygons are no longer valid: never join, measure or export with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Grid = NDArray[np.int64]
    """Points on the grid, shape (n, 2): column (from the west), row (from the north)."""

EARTH_RADIUS: Final = 6378137.0
"""Metres, of the sphere that Web Mercator uses."""

GRID_CELLS: Final = 8192
"""Along the longer side of the map: a cell is some 270 m in Myanmar."""

TOLERANCE_PX: Final = 0.3
VIEW_PX: Final = 900
"""A border may stray by ``TOLERANCE_PX`` where the map's longer side is ``VIEW_PX``."""

FINE: Final = 0.04
"""A border strays by at most this part of a small township's width, so that towns can be zoomed to."""

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Characters for 0 to 63: none needs an escape in JSON, HTML or a template."""

ROUND: Final = 0.1
"""The same for a closed border, such as an island's, as part of its width."""

LOW_BITS: Final = 5


@dataclass(frozen=True)
class Frame:
    """Where the grid lies: ``x = west + column * cell``, ``y = north - row * cell``, in metres of EPSG:3857."""

    west: float
    north: float
    cell: float

    def to_grid(self, metres: NDArray[np.float64]) -> Grid:
        """Round points in EPSG:3857 to the grid."""
        moved = (metres - (self.west, self.north)) * (1 / self.cell, -1 / self.cell)
        return np.rint(moved).astype(np.int64)


@dataclass(frozen=True)
class Topology:
    """Shapes made of shared arcs. A ring is a tuple of references: ``2 * arc``, plus 1 where it runs backwards."""

    frame: Frame
    arcs: tuple[Grid, ...]
    rings: Mapping[str, tuple[tuple[int, ...], ...]]
    """By the shape's key; holes and islands alike, to be filled by the even-odd rule."""
    owners: tuple[tuple[str, ...], ...]
    """For each arc the keys of the one or two shapes that it bounds."""

    def borders(self, group: Mapping[str, str]) -> tuple[int, ...]:
        """Give the arcs between shapes of different groups, such as townships of two states."""
        return tuple(i for i, keys in enumerate(self.owners) if len({group[key] for key in keys}) > 1)

    def outline(self) -> tuple[int, ...]:
        """Give the arcs that have a shape on one side only."""
        return tuple(i for i, keys in enumerate(self.owners) if len(keys) == 1)


def mercator(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Project points (n, 2), longitude first, in degrees, to metres of EPSG:3857."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack([EARTH_RADIUS * lon, EARTH_RADIUS * np.log(np.tan(np.pi / 4 + lat / 2))])


def frame_of(shapes: Iterable[shapely.Geometry], *, cells: int = GRID_CELLS) -> Frame:
    """Lay a grid over shapes in EPSG:4326, so that their longer side has ``cells`` cells."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    (x_low, y_low), (x_high, y_high) = mercator(np.array([[west, south], [east, north]]))
    return Frame(float(x_low), float(y_high), float(max(x_high - x_low, y_high - y_low)) / cells)


def topology(shapes: Mapping[str, shapely.Geometry], frame: Frame, *, tolerance: float) -> Topology:
    """Cut polygons (EPSG:4326, a valid coverage) into shared arcs, simplify them and round them to the grid.

    ``tolerance`` is in metres of EPSG:3857, by which a border may stray (Douglas-Peucker); it is less along
    small shapes. Islands smaller than a tolerance across are left out, but never a shape's largest part.
    """
    keys = list(shapes)
    flat = shapely.transform(np.array([shapes[key] for key in keys], dtype=object), mercator)
    rings, owner = _rings(flat, tolerance)
    chains, ring_refs = _cut(rings)
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
        arcs=tuple(_round(chain, frame) for chain in _simplify(chains, limits)),
        rings={key: tuple(found) for key, found in by_shape.items()},
        owners=tuple(tuple(keys[shape] for shape in sorted(found)) for found in owners),
    )


def tolerance_of(frame: Frame, *, cells: int = GRID_CELLS) -> float:
    """Give the metres of EPSG:3857 that are ``TOLERANCE_PX`` at ``VIEW_PX``, for a frame of ``cells``."""
    return max(frame.cell, TOLERANCE_PX / VIEW_PX * frame.cell * cells)


def encode(arcs: Iterable[Grid]) -> str:
    """Write arcs as text: the number of points, then steps from point to point, each arc from the last one's end."""
    numbers: list[int] = []
    end = np.zeros(2, dtype=np.int64)
    for arc in arcs:
        numbers.append(len(arc))
        steps = np.diff(arc, axis=0, prepend=end[None, :])
        numbers += _zigzag(steps.ravel()).tolist()
        end = arc[-1]
    return digits(numbers)


def encode_rings(rings: Sequence[Sequence[tuple[int, ...]]]) -> str:
    """Write the rings of shapes as text: how many rings; for each how many arcs, then the steps between references."""
    numbers: list[int] = []
    last = 0
    for shape in rings:
        numbers.append(len(shape))
        for ring in shape:
            numbers.append(len(ring))
            for ref in ring:
                step = ref - last
                numbers.append(2 * step if step >= 0 else -2 * step - 1)
                last = ref
    return digits(numbers)


def digits(numbers: Iterable[int]) -> str:
    """Write whole numbers from 0 on, five bits a character, the lowest first; the last character is below 32.

    >>> digits([0, 31, 32])
    'AfgB'
    """
    text: list[str] = []
    for number in numbers:
        left = number
        while left >> LOW_BITS:
            text.append(ALPHABET[(left & 31) | 32])
            left >>= LOW_BITS
        text.append(ALPHABET[left])
    return "".join(text)


def _zigzag(steps: Grid) -> Grid:
    return np.where(steps >= 0, 2 * steps, -2 * steps - 1)


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


def _cut(rings: list[NDArray[np.float64]]) -> tuple[list[NDArray[np.float64]], list[tuple[int, ...]]]:
    """Cut rings where borders meet; give the arcs, each once, and each ring as references to them."""
    points = np.concatenate(rings)
    _, ids = np.unique(points[:, 0] + 1j * points[:, 1], return_inverse=True)
    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    meeting = _meeting(ids, starts)
    arcs: list[NDArray[np.float64]] = []
    known: dict[tuple[int, int], int] = {}
    found: list[tuple[int, ...]] = []
    for ring, start in zip(rings, starts[:-1].tolist(), strict=True):
        of_ring = ids[start : start + len(ring)]
        refs = []
        for chain in _chains(of_ring, meeting):
            here = of_ring[chain]
            ahead, back = (int(here[0]), int(here[1])), (int(here[-1]), int(here[-2]))
            key = min(ahead, back)
            if key not in known:
                known[key] = len(arcs)
                arcs.append(ring[chain if ahead == key else chain[::-1]])
            refs.append(2 * known[key] + (ahead != key))
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


def _simplify(chains: list[NDArray[np.float64]], limits: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Simplify arcs, each by its own limit; a closed one keeps enough points to be seen."""
    lines = np.array([shapely.LineString(chain) for chain in chains], dtype=object)
    closed = shapely.is_ring(lines)
    across = np.sqrt([shapely.Polygon(chains[i]).area for i in np.flatnonzero(closed)])
    limits = limits.copy()
    limits[closed] = np.minimum(limits[closed], ROUND * across)
    thin = shapely.simplify(lines, limits, preserve_topology=False)
    for line in thin:
        yield shapely.get_coordinates(line)


def _round(chain: NDArray[np.float64], frame: Frame) -> Grid:
    grid = frame.to_grid(chain)
    moved = np.r_[True, np.any(grid[1:] != grid[:-1], axis=1)]
    return grid[moved]
