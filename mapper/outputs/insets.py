"""Insets: clusters of townships that are too small to see where the whole country is shown."""

from __future__ import annotations

from collections import Counter, deque
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from mapper.outputs import arcs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SMALL_PX: Final = 8
"""A township is small that is less than this across, where the country is drawn as high as :data:`arcs.VIEW_PX`."""

FEWEST: Final = 5
"""Fewer small townships side by side do without an inset."""

MARGIN: Final = 0.06
"""Of the cluster's longer side, around it on each side."""


def insets(
    shapes: Mapping[str, shapely.Geometry], frame: arcs.Frame, state: Sequence[int]
) -> list[dict[str, int | list[int]]]:
    """Give the insets, the one with the most townships first.

    ``shapes`` are the townships (EPSG:4326) and ``state`` says which state each is in. An inset is a square ``box`` on
    the grid, [west, north, east, south], and the ``state`` of most of its townships, which lends it its name.
    """
    flat = shapely.transform(np.array(list(shapes.values()), dtype=object), arcs.mercator)
    pixel = frame.cell * arcs.GRID_CELLS / arcs.VIEW_PX
    small = np.flatnonzero(np.sqrt(shapely.area(flat)) < SMALL_PX * pixel)
    clusters = [[int(i) for i in small[group]] for group in _touching(flat[small])]
    found = [group for group in clusters if len(group) >= FEWEST]
    return [
        {"state": Counter(state[i] for i in group).most_common(1)[0][0], "box": _box(flat[group], frame)}
        for group in sorted(found, key=lambda group: (-len(group), group))
    ]


def _touching(shapes: np.ndarray) -> list[list[int]]:
    """Give the shapes that hang together, by number."""
    ends = shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist()
    beside: list[list[int]] = [[] for _ in shapes]
    for one, two in ends:
        beside[one].append(two)
    groups: list[list[int]] = []
    for first in range(len(shapes)):
        if first in chain.from_iterable(groups):
            continue
        seen, ahead = {first}, deque([first])
        while ahead:
            fresh = set(beside[ahead.popleft()]) - seen
            seen |= fresh
            ahead.extend(sorted(fresh))
        groups.append(sorted(seen))
    return groups


def _box(shapes: np.ndarray, frame: arcs.Frame) -> list[int]:
    west, south, east, north = shapely.total_bounds(shapes)
    half = max(east - west, north - south) * (0.5 + MARGIN)
    x, y = (west + east) / 2, (south + north) / 2
    corners = np.array([[x - half, y + half], [x + half, y - half]])
    return [int(value) for value in frame.to_grid(corners).ravel()]
