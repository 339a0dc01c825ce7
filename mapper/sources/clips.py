"""Where an export is cut: a bounding box, or the polygons of a file."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pyproj
import pyproj.exceptions
import shapely

from mapper import errors, geo
from mapper.sources import files

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

BOX: Final = re.compile(r"\s*,\s*".join([r"[-+]?\d+(?:\.\d+)?"] * 4))


def read_clip(text: str) -> tuple[BaseGeometry, str]:
    """Read ``WEST,SOUTH,EAST,NORTH`` in degrees, or the polygons of a vector file; give them in WGS84, and in words.

    Raises :class:`errors.UsageError` for a box that cannot be, :class:`errors.DataError` for a file that holds no
    polygon or does not say its reference system.
    """
    if BOX.fullmatch(text.strip()):
        return _box(text), f"the box {text.strip()}"
    found = files.read_layer(text)
    shapes = np.array([one.geometry for one in found.features if one.geometry is not None], dtype=object)
    whole = shapely.union_all(geo.polygons_only(shapely.make_valid(shapely.force_2d(shapes)))) if len(shapes) else None
    if whole is None or whole.is_empty:
        raise errors.fault(text, "holds no polygon", "Name a file with the polygon to cut along, or give W,S,E,N")
    try:
        crs = pyproj.CRS.from_wkt(found.crs_wkt)
    except pyproj.exceptions.CRSError:
        raise errors.fault(text, "does not say its reference system", "Save it with one, such as EPSG:4326") from None
    (clip,) = gpd.GeoSeries([whole], crs=crs).to_crs(geo.WGS84)
    if not math.isfinite(sum(clip.bounds)):
        raise errors.fault(text, "cannot be brought into EPSG:4326", "Save it in EPSG:4326")
    return clip, "the polygons of a file"


def _box(text: str) -> BaseGeometry:
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 -- the ends of the earth
        raise errors.UsageError(
            f"--clip {text.strip()} is no box: give west,south,east,north in degrees, such as 92,20,94,22"
        )
    return shapely.box(west, south, east, north)
