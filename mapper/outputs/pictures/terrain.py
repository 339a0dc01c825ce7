"""The country on a flat sheet: townships, borders, land around, points for names, all in metres true to area.

The projection is Lambert's azimuthal equal-area one around the country's middle (Snyder, Map Projections, USGS
Professional Paper 1395, 1987, chapter 24): areas are true, north is up along the middle, and a scale bar is right
to 0.4 % everywhere in Myanmar.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj
import shapely

from mapper import geo
from mapper.outputs import arcs, places
from mapper.outputs.pictures import outlines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from mapper.geo import Boundaries
    from mapper.outputs.words import Words
    from mapper.tables import Package

FINENESS: Final = (250, 500, 1000, 2000, 4000, 8000)
"""Metres: how far apart two points of a border stay, more or less; the nearest finer one is taken."""

AROUND_DEGREES: Final = 24
"""The land around is drawn as far from the country as this."""


@dataclass(frozen=True)
class Terrain:
    """Shapes and points in metres, x to the east and y to the north of the country's middle."""

    pcodes: tuple[str, ...]
    townships: NDArray[np.object_]
    lines: Mapping[str, NDArray[np.object_]]
    """``township``, ``state`` and ``country``, as of :func:`outlines.borders`."""
    land: NDArray[np.object_]
    bounds: tuple[float, float, float, float]
    """West, south, east, north of the country."""
    points: NDArray[np.float64]
    """A point well inside each township, shape (n, 2)."""
    states: Mapping[str, tuple[float, float]]
    """A point well inside each state, by its code."""
    names: Mapping[str, Mapping[str, str]]
    """Of states, by language and code."""
    countries: Mapping[str, tuple[float, float]]
    seas: Mapping[str, tuple[float, float]]
    insets: tuple[tuple[str, tuple[float, float, float, float]], ...]
    """The state that lends its name, and west, south, east, north."""


def terrain(boundaries: Boundaries, package: Package, words: Words, *, metres_per_px: float) -> Terrain:
    """Prepare shapes for a picture in which a pixel, the finest that it has, is so many metres."""
    fine = max((one for one in FINENESS if one <= metres_per_px), default=FINENESS[0])
    to_metres = _projection(boundaries)
    table = package.townships.sort_index()
    pcodes = tuple(map(str, table.index))
    shapes = shapely.from_wkb(
        json.loads(boundaries.once(f"picture {fine}", lambda: _simplified(boundaries, to_metres, fine)))
    )
    known = dict(zip(map(str, boundaries.townships.index), shapes, strict=True))
    townships = np.array([known[pcode] for pcode in pcodes], dtype=object)
    page = places.places(boundaries, package, [words])
    on_page = _Grid(page["grid"], to_metres)
    numbers = {code: i for i, code in enumerate(page["states"]["code"])}
    states = [numbers[str(code)] for code in table["state_pcode"]]
    west, south, east, north = (float(value) for value in shapely.total_bounds(townships))
    return Terrain(
        pcodes=pcodes,
        townships=townships,
        lines=outlines.borders(townships, states),
        land=_land(boundaries, to_metres),
        bounds=(west, south, east, north),
        points=on_page(np.cumsum(np.reshape(page["townships"]["point"], (-1, 2)), axis=0)),
        states=dict(zip(page["states"]["code"], _pairs(on_page(page["states"]["point"])), strict=True)),
        names={
            lang: dict(zip(page["states"]["code"], names, strict=True))
            for lang, names in page["states"]["name"].items()
        },
        countries={code: _pairs(on_page(point))[0] for code, point in page["labels"]["countries"].items() if point},
        seas={name: _pairs(on_page(point))[0] for name, point in page["labels"]["seas"].items()},
        insets=tuple(
            (page["states"]["code"][inset["state"]], _corners(on_page(inset["box"]))) for inset in page["insets"]
        ),
    )


Project = "Callable[[NDArray[np.float64]], NDArray[np.float64]]"


def _projection(boundaries: Boundaries) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Give the way from longitude and latitude, shape (n, 2), to metres."""
    west, south, east, north = boundaries.townships.total_bounds
    middle = {"lat_0": round((south + north) / 2, 1), "lon_0": round((west + east) / 2, 1)}
    flat = pyproj.CRS.from_dict({"proj": "laea", "datum": "WGS84", "units": "m", **middle})
    convert = pyproj.Transformer.from_crs(geo.WGS84, flat, always_xy=True)

    def project(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(convert.transform(lonlat[:, 0], lonlat[:, 1]))

    return project


def _simplified(
    boundaries: Boundaries, project: Callable[[NDArray[np.float64]], NDArray[np.float64]], fine: float
) -> bytes:
    flat = shapely.transform(boundaries.townships.geometry.to_numpy(), project)
    simple = shapely.coverage_simplify(flat, fine) if shapely.coverage_is_valid(flat) else flat
    return json.dumps(shapely.to_wkb(simple, hex=True).tolist()).encode()


def _land(boundaries: Boundaries, project: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> NDArray[np.object_]:
    """Give the neighbours, cut off far from the country, where a projection around it would bend them."""
    west, south, east, north = boundaries.townships.total_bounds
    far = AROUND_DEGREES
    near = shapely.clip_by_rect(
        boundaries.neighbours.geometry.to_numpy(), west - far, max(south - far, -85), east + far, min(north + far, 85)
    )
    near = near[~shapely.is_empty(near)]
    flat: NDArray[np.object_] = shapely.make_valid(shapely.transform(near, project))
    return geo.polygons_only(flat)


class _Grid:
    """The page's grid, on which it has points for names, insets and marks."""

    def __init__(self, origin: list[float], project: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> None:
        self.west, self.north, self.cell = (value * 2 * np.pi * arcs.EARTH_RADIUS / places.WORLD_PX for value in origin)
        self.project = project

    def __call__(self, grid: object) -> NDArray[np.float64]:
        """Turn columns and rows into metres."""
        half = np.pi * arcs.EARTH_RADIUS
        columns, rows = np.reshape(np.array(grid, dtype=float), (-1, 2)).T
        x, y = self.west + columns * self.cell - half, half - self.north - rows * self.cell
        lonlat = np.column_stack(
            [np.degrees(x / arcs.EARTH_RADIUS), np.degrees(2 * np.arctan(np.exp(y / arcs.EARTH_RADIUS)) - np.pi / 2)]
        )
        return self.project(lonlat)


def _pairs(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points]


def _corners(points: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Give west, south, east, north of the box whose north-west and south-east corners are given."""
    (west, north), (east, south) = _pairs(points)
    return west, south, east, north
