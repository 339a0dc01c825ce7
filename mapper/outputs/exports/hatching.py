"""Hatching as lines, for programs that fill polygons with a colour and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SPACING: Final = 0.16
"""Degrees from one line east to the next, some 17 km; a half, a quarter ... of it where a shape is small, so that
lines of neighbours meet."""

FEWEST: Final = 3
"""About so many lines cross a shape at least."""

HALVINGS: Final = 8


def lines(shape: BaseGeometry) -> shapely.MultiLineString:
    """Give the lines from south-west to north-east that hatch polygons in degrees; empty where none crosses them."""
    width = np.sqrt(shape.area)
    halved = next((n for n in range(HALVINGS) if width / (SPACING / 2**n) >= FEWEST), HALVINGS)
    spacing = SPACING / 2**halved
    west, south, east, north = shape.bounds
    # The line of number n is y = x + n * spacing.
    numbers = np.arange(np.floor((south - east) / spacing), np.ceil((north - west) / spacing) + 1)
    ends = [[(west, west + shift), (east, east + shift)] for shift in numbers * spacing]
    parts = shapely.get_parts(shapely.intersection(shapely.MultiLineString(ends), shape))
    return shapely.MultiLineString([part for part in parts if part.geom_type == "LineString"])
