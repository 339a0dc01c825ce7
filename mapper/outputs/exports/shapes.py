"""The polygons of an export: simplified, cut, reprojected and rounded as chosen, with borders still shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyproj
import pyproj.exceptions
import shapely

from mapper import errors, geo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.outputs.exports.choice import Choice


@dataclass(frozen=True)
class Shapes:
    """Polygons by P-code, in ``crs``, x before y; those that a clip leaves nothing of are not there."""

    townships: dict[str, BaseGeometry]
    states: dict[str, BaseGeometry]
    crs: str


def prepare(boundaries: geo.Boundaries, state_of: Mapping[str, str], choice: Choice) -> Shapes:
    """Give the polygons of townships and states as chosen.

    ``state_of`` has the state's P-code by the township's. Everything is done to all townships together, so that
    borders that were shared stay shared. Raises :class:`errors.UsageError` for a reference system that nobody knows
    or that does not reach here, and where a clip leaves nothing.
    """
    crs = known_crs(choice.crs)
    townships = boundaries.townships.geometry
    if choice.simplify_m:
        townships = geo.simplify_coverage(townships, choice.simplify_m)
    owner = np.array([state_of[str(pcode)] for pcode in townships.index])
    codes = np.unique(owner)
    whole = [shapely.coverage_union_all(townships.to_numpy()[owner == code]) for code in codes]
    states = gpd.GeoSeries(whole, index=codes, crs=geo.WGS84)
    return Shapes(_finished(townships, choice, crs), _finished(states, choice, crs), choice.crs)


def known_crs(text: str) -> pyproj.CRS:
    """Read a reference system; raises :class:`errors.UsageError` for one that PROJ does not know."""
    try:
        crs = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError:
        raise errors.UsageError(
            f"{errors.shown(text)} is no reference system that PROJ knows; give one such as EPSG:32647 (UTM 47 north)"
        ) from None
    if not (crs.is_geographic or crs.is_projected) or len(crs.axis_info) != len("xy"):
        raise errors.UsageError(f"{errors.shown(text)} is no reference system of a map: give one with two axes")
    return crs


def _finished(shapes: gpd.GeoSeries, choice: Choice, crs: pyproj.CRS) -> dict[str, BaseGeometry]:
    if choice.clip is not None:
        cut = geo.polygons_only(shapely.intersection(shapes.to_numpy(), choice.clip))
        shapes = geo.clean_coverage(gpd.GeoSeries(cut, index=shapes.index, crs=shapes.crs)[~shapely.is_empty(cut)])
        shapes = shapes[~shapes.is_empty]
        if shapes.empty:
            raise errors.UsageError(f"--clip leaves nothing: no township lies within {choice.clip_said}")
    if not crs.equals(pyproj.CRS(geo.WGS84)):
        shapes = shapes.to_crs(crs)
        if not np.isfinite(shapely.get_coordinates(shapes.to_numpy())).all():
            raise errors.UsageError(f"--crs {choice.crs} does not reach these townships: choose one that does")
    found = shapes.to_numpy()
    if choice.precision is not None:
        found = rounded(found, choice.precision)
    return {str(code): shape for code, shape in zip(shapes.index, found, strict=True)}


def rounded(shapes: NDArray[Any], decimals: int) -> NDArray[Any]:
    """Round every coordinate by itself, so that borders stay shared; where that folds a polygon over, it is mended.

    What is left of a polygon smaller than the grid is as it was: nothing would stand for the township else.
    """
    found: NDArray[Any] = _on_grid(shapes, decimals)
    broken = ~shapely.is_valid(found)
    found[broken] = [mended(shape, decimals) for shape in found[broken]]
    lost = shapely.is_empty(found) & ~shapely.is_empty(shapes)
    found[lost] = shapes[lost]
    return found


def _on_grid(shapes: Any, decimals: int) -> Any:  # noqa: ANN401 -- a geometry or an array of them, and the same back
    # Multiples of 0.000001 are not what a decimal of six digits reads as; divided whole numbers are.
    return shapely.transform(shapes, lambda points: np.round(points, decimals))


def mended(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    """Make a rounded polygon valid, with its coordinates still rounded."""
    valid = _on_grid(shapely.make_valid(shape, method="structure", keep_collapsed=False), decimals)
    parts = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
