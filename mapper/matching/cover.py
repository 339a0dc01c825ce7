"""Polygons and the townships that they cover: how much of each, measured in an equal-area projection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import shapely

from mapper import geo

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.matching.points import Areas

WHOLE: Final = 0.9
"""From this share of its area on a township is covered as a whole: lines drawn by hand miss that much at its edges."""

SLIVER: Final = 0.05
"""Less than this share of a township is the edge of a neighbour's polygon, unless half of the polygon lies there."""

HOME: Final = 0.5
"""From this share of its own area on a polygon is about a township, however little of that it covers."""


@dataclass(frozen=True)
class Share:
    """How one township lies under a polygon."""

    number: int
    """Of the township, as in :class:`mapper.matching.points.Areas`."""
    covered: float
    """Of the township's area, 0 to 1."""
    of_polygon: float
    """Of the polygon's area, 0 to 1."""

    @property
    def is_whole(self) -> bool:
        """Whether the township counts as covered."""
        return self.covered >= WHOLE

    @property
    def is_sliver(self) -> bool:
        """Whether so little of it is touched that nothing is said about it."""
        return self.covered < SLIVER and self.of_polygon < HOME


class Ground:
    """Townships prepared to be measured; made once for many polygons."""

    def __init__(self, areas: Areas) -> None:
        """Project the townships (EPSG:4326) to equal area."""
        self.shapes = projected(areas.shapes)
        self.areas = shapely.area(self.shapes)
        self._tree = shapely.STRtree(self.shapes)

    def under(self, polygon: BaseGeometry) -> list[Share]:
        """Give the townships under a valid polygon, which is projected as by :func:`projected`, in their order."""
        near = sorted(int(number) for number in self._tree.query(polygon, predicate="intersects"))
        if not near or not polygon.area:
            return []
        common = shapely.area(shapely.intersection(self.shapes[near], polygon))
        return [
            Share(number, float(area / self.areas[number]), float(area / polygon.area))
            for number, area in zip(near, common, strict=True)
            if area > 0
        ]


def projected(shapes: NDArray[Any]) -> NDArray[Any]:
    """Give polygons in longitude and latitude (EPSG:4326) in metres of equal area (EPSG:6933), each of them valid."""
    turned = gpd.GeoSeries(shapes, crs=geo.WGS84).to_crs(geo.EQUAL_AREA)
    found: NDArray[Any] = geo.make_valid(turned).to_numpy()
    return found
