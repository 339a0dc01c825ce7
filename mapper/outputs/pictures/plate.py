"""A country at one scale, in pixels of a box: what can be drawn there again and again for one date or many."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.path import Path

from mapper.outputs.pictures import marks, outlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.outputs.pictures.terrain import Terrain

USUAL_PX: Final = 620
"""A country this high has borders and marks as on the page; smaller ones have finer ones, larger ones wider."""

LEAST, MOST = 0.42, 1.25


class Plate:
    """One extent of a terrain, drawn into a box of ``width`` by ``height`` pixels, whose corner is at (0, 0)."""

    def __init__(
        self,
        terrain: Terrain,
        width: float,
        height: float,
        *,
        extent: tuple[float, float, float, float] | None = None,
        margin: float = 0.0,
        lean: float = 0.5,
        kept_free: float = 0.0,
    ) -> None:
        """Fit ``extent`` (the country by default) with a margin, and leave so many pixels on the right free of it.

        ``lean`` says where it stands if there is room beside it: at 0 on the left, at 1 on the right.
        """
        self.terrain, self.width, self.height = terrain, width, height
        west, south, east, north = extent or terrain.bounds
        across, tall = width - 2 * margin - kept_free, height - 2 * margin
        self.scale = min(across / (east - west), tall / (north - south))
        self._left = margin + (across - (east - west) * self.scale) * lean - west * self.scale
        self._top = margin + (tall - (north - south) * self.scale) / 2 + north * self.scale
        self.is_part = extent is not None
        self.fine = float(np.clip((terrain.bounds[3] - terrain.bounds[1]) * self.scale / USUAL_PX, LEAST, MOST))
        if self.is_part:
            self.fine = 0.8
        self._hatches: dict[int, Path] = {}
        self._dots: dict[int, Path] = {}
        self._rims: dict[int, tuple[float, NDArray[np.object_]]] = {}

    def to_px(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn points in metres, shape (n, 2), into pixels of the box."""
        return metres * (self.scale, -self.scale) + (self._left, self._top)

    def point(self, metres: tuple[float, float]) -> tuple[float, float]:
        """Turn one point."""
        ((x, y),) = self.to_px(np.array([metres]))
        return float(x), float(y)

    def _cut(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Bring shapes into the box: nothing is drawn outside of it, in any format."""
        drawn = shapely.transform(shapes, self.to_px)
        cut: NDArray[np.object_] = shapely.clip_by_rect(drawn, 0, 0, self.width, self.height)
        return cut

    @cached_property
    def shapes(self) -> NDArray[np.object_]:
        """Give the townships in pixels; what lies outside the box is empty."""
        if self.is_part:
            return self._cut(self.terrain.townships)
        drawn: NDArray[np.object_] = shapely.transform(self.terrain.townships, self.to_px)
        return drawn

    @cached_property
    def country(self) -> BaseGeometry:
        """Give the country as one shape, a little coarser, for asking what lies on it."""
        return shapely.simplify(shapely.union_all(shapely.buffer(self.shapes, 0.5)), 1.0)

    @cached_property
    def paths(self) -> list[Path]:
        """Give the path of each township."""
        return [outlines.of_polygons(np.array([shape], dtype=object)) for shape in self.shapes]

    @cached_property
    def land(self) -> Path:
        """Give the land around."""
        return outlines.of_polygons(self._land)

    @cached_property
    def _land(self) -> NDArray[np.object_]:
        return self._cut(self.terrain.land)

    @cached_property
    def land_borders(self) -> Path:
        """Give the coasts and borders of the land around, without the edge of the box."""
        return outlines.of_lines(self._cut(shapely.boundary(self.terrain.land)))

    @cached_property
    def lines(self) -> dict[str, Path]:
        """Give the borders, by what they part."""
        return {kind: outlines.of_lines(self._cut(found)) for kind, found in self.terrain.lines.items()}

    @cached_property
    def narrow(self) -> NDArray[np.float64]:
        """Give how wide each township is at its narrower side, in pixels; nought outside the box."""
        bounds = shapely.bounds(self.shapes)
        sides = np.minimum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
        return np.nan_to_num(sides)

    def fill(self, townships: Sequence[int]) -> Path:
        """Give some townships as one path."""
        return joined(self.paths[i] for i in townships)

    def hatch(self, townships: Iterable[int]) -> Path:
        """Give the hatching of some townships."""
        wanted = list(townships)
        for i in wanted:
            if i not in self._hatches:
                self._hatches[i] = marks.hatch(self.shapes[i], self.hatch_px)
        return joined(self._hatches[i] for i in wanted)

    @property
    def hatch_px(self) -> float:
        """Give how far apart the lines of the hatching are."""
        return max(3.0, 6 * min(1.0, self.fine + 0.15))

    def dots(self, townships: Iterable[int]) -> Path:
        """Give the dots of some townships."""
        wanted = list(townships)
        for i in wanted:
            if i not in self._dots:
                self._dots[i] = marks.dots(self.shapes[i], self.hatch_px * 7 / 6)
        return joined(self._dots[i] for i in wanted)

    def rims(self, townships: Iterable[int]) -> dict[float, Path]:
        """Give inner outlines of some townships, by their width in pixels; too small ones have none."""
        by_width: dict[float, list[NDArray[np.object_]]] = {}
        for i in townships:
            if i not in self._rims:
                self._rims[i] = marks.rim(self.shapes[i], float(self.narrow[i]), fine=self.fine)
            width, lines = self._rims[i]
            if len(lines):
                by_width.setdefault(width, []).append(lines)
        return {width: outlines.of_lines(np.concatenate(by_width[width])) for width in sorted(by_width)}

    def spots(self, townships: Iterable[int]) -> list[tuple[float, float]]:
        """Give a point well inside each of some townships, of those inside the box."""
        found = self.to_px(self.terrain.points[list(townships)])
        return [(float(x), float(y)) for x, y in found if 0 <= x <= self.width and 0 <= y <= self.height]


def joined(paths: Iterable[Path]) -> Path:
    """Put paths together."""
    found = [path for path in paths if np.size(path.vertices)]
    if not found:
        return Path(np.empty((0, 2)))
    codes = [
        path.codes
        if path.codes is not None
        else np.r_[Path.MOVETO, np.full(len(np.asarray(path.vertices)) - 1, Path.LINETO)]
        for path in found
    ]
    return Path(np.concatenate([path.vertices for path in found]), np.concatenate(codes).astype(np.uint8))
