"""Myanmar and the land around it: Natural Earth's countries, public domain, from the npm package ``world-atlas``."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper import errors, geo
from mapper.sources import files

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

NODE_MODULES: Final = Path(__file__).resolve().parents[2] / "node_modules"
"""Where set-up puts what npm fetches."""

COUNTRIES: Final = Path("world-atlas", "countries-10m.json")
"""Natural Earth at 1:10 million, quantised to some 400 m east-west and 190 m north-south."""

MYANMAR: Final = "104"
"""ISO 3166-1 numeric."""

WINDOW: Final = (74.0, 0.0, 120.0, 38.0)
"""West, south, east, north in degrees: what a wide screen shows around Myanmar."""

BACKGROUND_TOLERANCE_M: Final = 4000
"""Two pixels where the country fills a screen of 900 pixels, at 2.4 km each: quiet ground, not a measure."""

SMALLEST_ISLAND_KM2: Final = 120
"""Smaller islands of the neighbours would be specks of a few pixels."""


def load_countries(*, node_modules: Path | None = None) -> gpd.GeoDataFrame:
    """Load the countries that reach into :data:`WINDOW`, clipped to it, in WGS84.

    Index ``country``: the ISO 3166-1 number, or the name where there is none; column ``name``; a valid coverage.
    Raises :class:`mapper.errors.SetupError` where set-up has not fetched the file.
    """
    path = (node_modules or NODE_MODULES) / COUNTRIES
    if not path.is_file():
        remedy = "Run `npm ci` in the project's folder; `make map` does so by itself"
        raise errors.SetupError(f"{path} is missing: it draws the country and its neighbours. {remedy}.")
    topology = files.read_json(path)
    try:
        found = _decoded(topology)
    except (KeyError, TypeError, IndexError, ValueError, shapely.errors.ShapelyError) as error:
        problem = f"is not the TopoJSON of world-atlas 2 ({type(error).__name__}: {error})"
        raise errors.SetupError(f"{path} {problem}. Delete node_modules and run `npm ci`.") from error
    return found


def outline(countries: gpd.GeoDataFrame) -> BaseGeometry:
    """Give Myanmar's outline, in full detail."""
    found: BaseGeometry = countries.geometry[MYANMAR]
    return found


def neighbours(countries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the countries around Myanmar, without it, coarse enough for a quiet background.

    Simplified together with Myanmar, so that no neighbour comes to lie over another.
    """
    simple = geo.simplify_coverage(countries.geometry, BACKGROUND_TOLERANCE_M)
    around = countries.set_geometry(simple).drop(index=MYANMAR)
    parts = around.explode()
    return parts[geo.areas_km2(parts.geometry) >= SMALLEST_ISLAND_KM2].dissolve(level="country", sort=True)[
        ["name", "geometry"]
    ]


def _decoded(topology: Any) -> gpd.GeoDataFrame:  # noqa: ANN401 -- JSON is any value
    """Decode what lies in the window of a quantised TopoJSON topology, as its specification says.

    https://github.com/topojson/topojson-specification
    """
    arcs = _arcs(topology)
    west, south, east, north = WINDOW
    rows = []
    for country in topology["objects"]["countries"]["geometries"]:
        outlines = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        polygons = [
            shapely.Polygon(outer, holes)
            for outer, *holes in ([_ring(ring, arcs) for ring in polygon] for polygon in outlines)
            if outer[:, 0].min() < east and outer[:, 0].max() > west
            if outer[:, 1].min() < north and outer[:, 1].max() > south
        ]
        if polygons:
            name = country["properties"]["name"]
            rows.append((country.get("id", name), name, shapely.MultiPolygon(polygons)))
    ids, names, shapes = zip(*rows, strict=True)
    table = gpd.GeoDataFrame(
        {"name": names},
        geometry=_clipped(np.array(shapes, dtype=object)),
        index=pd.Index(ids, name="country"),
        crs=geo.WGS84,
    )
    return table[~table.is_empty].sort_index()


def _clipped(shapes: NDArray[Any]) -> NDArray[Any]:
    valid = geo.make_valid(gpd.GeoSeries(shapes, crs=geo.WGS84)).to_numpy()
    inside = gpd.GeoSeries(geo.polygons_only(shapely.intersection(valid, shapely.box(*WINDOW))), crs=geo.WGS84)
    clipped: NDArray[Any] = (inside if geo.is_coverage(inside) else geo.clean_coverage(inside)).to_numpy()
    return clipped


def _arcs(topology: Any) -> list[NDArray[np.float64]]:  # noqa: ANN401 -- JSON is any value
    """Give each arc's points in degrees; in the file each is the step from the one before, in quanta."""
    lengths = np.array([len(arc) for arc in topology["arcs"]])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    numbers = chain.from_iterable(chain.from_iterable(topology["arcs"]))
    steps = np.fromiter(numbers, dtype=np.int64).reshape(-1, 2)
    quanta = np.cumsum(steps, axis=0)
    before = quanta[starts] - steps[starts]
    quanta -= np.repeat(before, lengths, axis=0)
    transform = topology["transform"]
    return np.split(quanta * transform["scale"] + transform["translate"], starts[1:])


def _ring(numbers: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Join arcs into a ring; the complement of a number means that arc backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
