"""Geometries out of the lists of coordinates that fiona gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    import fiona
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def shape(given: fiona.Geometry) -> BaseGeometry:
    """Give a geometry as Shapely has it; Shapely's own way takes polygons point by point, six times as long.

    Raises what Shapely raises for coordinates that make no geometry.
    """
    polygons = {"Polygon": [given.coordinates], "MultiPolygon": given.coordinates}.get(given.type)
    if not polygons or not all(rings and all(rings) for rings in polygons):
        return shapely.geometry.shape(given)
    parts = [shapely.Polygon(*_rings(rings)) for rings in polygons]
    return parts[0] if given.type == "Polygon" else shapely.MultiPolygon(parts)


def _rings(given: Sequence[Any]) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    outer, *holes = (np.array(ring, dtype=np.float64) for ring in given)
    return outer, holes
