"""Shapes as vector tiles hold them: cut into squares of Web Mercator, on a grid of whole numbers for each zoom.

After Mapbox's Vector Tile Specification 2.1: rows run down, exterior rings have positive area by the surveyor's
formula on the tile's own coordinates, and polygons are valid.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper import geo
from mapper.outputs import arcs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Tile = tuple[int, int, int]
    """Zoom, column from the west, row from the north: ``(6, 50, 28)``."""

EXTENT: Final = 4096
"""Lines of the grid along one side of a tile; what most readers expect."""

BUFFER: Final = 64
"""How far a shape goes on beyond the edge of its tile, so that no border is drawn along the cut."""

SLACK: Final = 4
"""By about how many lines a border may stray, half a pixel where a tile is drawn 512 pixels wide; at the last zoom
one line, since programs enlarge it further."""

TRIES: Final = 5
"""How often a coverage is mended and rounded at most; the second time settles nearly all."""

LINE_TO: Final = 2
MOVE_TO_ONE: Final = np.array([1 << 3 | 1])
CLOSE_PATH: Final = np.array([1 << 3 | 7])


def cut(shapes: Sequence[shapely.Geometry], zooms: range) -> Iterator[tuple[Tile, dict[int, shapely.Geometry]]]:
    """Cut polygons (EPSG:4326) into tiles: for each tile the pieces in it, by the shape's number.

    Where the shapes are a valid coverage they are simplified as one and every point is rounded by itself, so that
    neighbours share their borders in each tile; otherwise each is simplified by itself. Tiles come zoom by zoom, the
    last zoom first.
    """
    fine = shapely.transform(np.array(shapes, dtype=object), _unit_square)
    covers = bool(shapely.coverage_is_valid(fine))
    simplify = shapely.coverage_simplify if covers else shapely.simplify
    for zoom in reversed(zooms):
        lines = EXTENT << zoom
        # each zoom from the one before: the first has dropped most points already
        fine = simplify(fine, (1 if zoom == zooms[-1] else SLACK) / lines)
        grid = shapely.transform(fine, partial(np.multiply, lines))
        grid = _whole(_settled(grid) if covers else grid)
        tree = shapely.STRtree(grid)
        for tile in _tiles(grid, zoom):
            pieces = _pieces(grid, tree, tile)
            if pieces:
                yield tile, pieces


def path(piece: shapely.Geometry) -> list[int]:
    """Write the rings of a piece as the commands of a tile: MoveTo, LineTo and ClosePath, each step from the last."""
    found: list[NDArray[np.int64]] = []
    cursor = np.zeros(2, dtype=np.int64)
    for ring in shapely.get_rings(shapely.get_parts(piece)):
        points = shapely.get_coordinates(ring).astype(np.int64)
        steps = np.diff(points, axis=0)
        steps = steps[np.any(steps != 0, axis=1)][:-1]  # the last one back is what ClosePath stands for
        here, onward = _zigzag(points[0] - cursor), _zigzag(steps)
        found += [MOVE_TO_ONE, here, np.array([len(steps) << 3 | LINE_TO]), onward, CLOSE_PATH]
        cursor = points[0] + steps.sum(axis=0)
    return list(map(int, np.concatenate(found)))


def _zigzag(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write signed numbers as the tiles' unsigned ones, small for small steps either way: 0, -1, 1 as 0, 1, 2."""
    return ((steps << 1) ^ (steps >> 63)).ravel()


def _unit_square(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put longitudes and latitudes into the square of Web Mercator: from 0 to 1, to the east and to the south."""
    around = 2 * np.pi * arcs.EARTH_RADIUS
    return arcs.mercator(lonlat) * (1 / around, -1 / around) + 0.5


def _settled(grid: NDArray[Any]) -> NDArray[Any]:
    """Round a coverage to the grid so that it stays one.

    Where rounding has folded a border over, it is mended on both sides at once and rounded again.
    """
    for _ in range(TRIES):
        grid = shapely.transform(grid, np.rint)
        if shapely.coverage_is_valid(grid) and shapely.is_valid(grid).all():
            break
        valid = shapely.make_valid(grid, method="structure", keep_collapsed=False)
        grid = geo.polygons_only(shapely.coverage_clean(geo.polygons_only(valid)))  # type: ignore[attr-defined]
    return grid


def _whole(shapes: NDArray[Any]) -> NDArray[Any]:
    """Round every point to the grid, and mend and turn the polygons as tiles have them."""
    rounded = shapely.transform(shapes, np.rint)
    broken = ~shapely.is_valid(rounded)
    if broken.any():
        valid = shapely.make_valid(rounded[broken], method="structure", keep_collapsed=False)
        rounded[broken] = geo.polygons_only(shapely.transform(valid, np.rint))
    return np.asarray(shapely.orient_polygons(rounded, exterior_cw=False))


def _tiles(grid: NDArray[Any], zoom: int) -> list[Tile]:
    """Name the tiles that the bounds of some shape reach into."""
    found: set[Tile] = set()
    last = (1 << zoom) - 1
    bounds = shapely.bounds(grid[~shapely.is_empty(grid)])
    reach = np.array([-BUFFER, -BUFFER, BUFFER, BUFFER])
    edges = np.floor((bounds + reach) / EXTENT).astype(int).clip(0, last)
    for west, north, east, south in np.unique(edges, axis=0).tolist():
        found.update((zoom, x, y) for x in range(west, east + 1) for y in range(north, south + 1))
    return sorted(found)


def _pieces(grid: NDArray[Any], tree: shapely.STRtree, tile: Tile) -> dict[int, shapely.Geometry]:
    _, x, y = tile
    corner = np.array([x, y]) * EXTENT
    edges = (*(corner - BUFFER).tolist(), *(corner + EXTENT + BUFFER).tolist())
    numbers = np.sort(tree.query(shapely.box(*edges)))
    clipped = geo.polygons_only(shapely.clip_by_rect(grid[numbers], *edges))
    pieces = _whole(shapely.transform(clipped, lambda points: points - corner))
    return {int(number): piece for number, piece in zip(numbers, pieces, strict=True) if not piece.is_empty}
