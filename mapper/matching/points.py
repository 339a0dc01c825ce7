"""Points and the townships they lie in, by the real polygons that a user names, for a million points at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mapper.geo import Boundaries

OUTSIDE: Final = -1
BORDER: Final = -2
"""On the line between two townships, or within rounding of it: in neither for sure."""


@dataclass(frozen=True)
class Areas:
    """Polygons to look points up in, by P-code; longitude and latitude (EPSG:4326)."""

    pcodes: tuple[str, ...]
    shapes: NDArray[np.object_]
    bounds: NDArray[np.float64]
    """West, south, east, north of each."""

    def locate(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
        """Give for each point the number of its polygon, ``OUTSIDE`` or ``BORDER``.

        Points are sorted by longitude once; of each polygon only those between its sides are asked, all at once.
        """
        order = np.argsort(lon, kind="stable")
        x, y = lon[order], lat[order]
        found = np.full(len(x), OUTSIDE, dtype=np.int32)
        first = np.searchsorted(x, self.bounds[:, 0], side="left")
        last = np.searchsorted(x, self.bounds[:, 2], side="right")
        for number, (start, end) in enumerate(zip(first, last, strict=True)):
            south, north = self.bounds[number, [1, 3]]
            level = y[start:end]
            near = np.flatnonzero((level >= south) & (level <= north)) + start
            if len(near):
                inside = near[shapely.intersects_xy(self.shapes[number], x[near], y[near])]
                found[inside] = np.where(found[inside] == OUTSIDE, number, BORDER)
        back = np.empty_like(found)
        back[order] = found
        return back

    def pcode(self, number: int) -> str:
        """Give the P-code of a polygon's number; "" for ``OUTSIDE`` and ``BORDER``."""
        return self.pcodes[number] if number >= 0 else ""


def areas(boundaries: Boundaries) -> Areas:
    """Prepare the townships of a set of boundaries. Raises :class:`ValueError` for schematic ones."""
    if boundaries.schematic:
        raise ValueError("points cannot be placed by schematic boundaries")
    table = boundaries.townships
    return of(list(map(str, table.index)), table.geometry.to_numpy())


def of(pcodes: Sequence[str], shapes: NDArray[np.object_]) -> Areas:
    """Prepare polygons by the codes they have, in the same order."""
    shapely.prepare(shapes)
    return Areas(tuple(pcodes), shapes, shapely.bounds(shapes))
