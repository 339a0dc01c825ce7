"""Myanmar and the land around it: Natural Earth's countries, public domain, from the npm package ``world-atlas``."""

from __future__ import annotations

from dataclasses import dataclass
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
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Rings = list[list[int]]
    """A polygon: the numbers of the arcs of each ring; the complement of a number means that arc backwards."""

    Lines = Mapping[int, NDArray[np.float64]] | Sequence[NDArray[np.float64]]
    """Points of arcs by their numbers, in degrees."""

NODE_MODULES: Final = Path(__file__).resolve().parents[2] / "node_modules"
"""Where set-up puts what npm fetches."""

COUNTRIES: Final = Path("world-atlas", "countries-10m.json")
"""Natural Earth at 1:10 million, quantised to some 400 m east-west and 190 m north-south."""

MYANMAR: Final = "104"
"""ISO 3166-1 numeric."""

WINDOW: Final = (74.0, 0.0, 120.0, 38.0)
"""West, south, east, north in degrees: what a wide screen shows around Myanmar."""

BACKGROUND_TOLERANCE: Final = 0.025
"""Degrees, some 2.5 km and a pixel where the country fills a screen of 900 pixels: quiet ground, not a measure."""

SMALLEST_ISLAND_KM2: Final = 120
"""Smaller islands of the neighbours would be specks of a few pixels."""

CLOSED: Final = 4
"""Points of a ring at least, the first of which is the last as well."""


@dataclass(frozen=True)
class Land:
    """Myanmar, and what lies around it, in WGS84."""

    outline: BaseGeometry
    """Myanmar's, valid and in full detail."""
    neighbours: gpd.GeoDataFrame
    """The countries that reach into :data:`WINDOW`, clipped to it, coarse enough for a quiet background; no Myanmar.

    Index ``country``: the ISO 3166-1 number, or the name where there is none; column ``name``; a valid coverage.
    """


def load_land(*, node_modules: Path | None = None) -> Land:
    """Load Myanmar and its neighbours.

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


def _decoded(topology: Any) -> Land:  # noqa: ANN401 -- JSON is any value
    """Decode what lies in the window of a quantised TopoJSON topology, as its specification says.

    https://github.com/topojson/topojson-specification

    The neighbours' borders are made simple arc by arc, before there are polygons: who shares an arc still shares it
    then, and what GEOS has to mend and to fit together is a twentieth.
    """
    names: dict[str, str] = {}
    own: list[Rings] = []
    others: list[tuple[str, Rings]] = []
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        key = country.get("id", name)
        names[key] = name
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        if key == MYANMAR:
            own += polygons
        else:
            others += [(key, rings) for rings in polygons]
    if not own:
        raise KeyError(MYANMAR)
    points, starts = _points(topology)
    lines = np.split(points, starts[1:])
    outline = shapely.MultiPolygon([_polygon(rings, lines) for rings in own])
    around = [others[i] for i in np.flatnonzero(_in_window([rings[0] for _, rings in others], points, starts))]
    used = sorted({number if number >= 0 else ~number for _, rings in around for number in chain.from_iterable(rings)})
    simple = dict(zip(used, _simplified([lines[number] for number in used]), strict=True))
    return Land(
        outline=geo.make_valid(gpd.GeoSeries([outline], crs=geo.WGS84)).iloc[0],
        neighbours=_neighbours([(key, _polygon(rings, simple)) for key, rings in around], names),
    )


def _neighbours(found: Sequence[tuple[str, shapely.Polygon]], names: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Leave out the smallest islands, clip the rest to the window, and fit the countries together."""
    keys, polygons = zip(*found, strict=True)
    parts = gpd.GeoSeries(polygons, index=pd.Index(keys, name="country"), crs=geo.WGS84)
    large = parts[geo.areas_km2(parts) >= SMALLEST_ISLAND_KM2].sort_index(kind="stable")
    kept, owners = np.unique(large.index, return_inverse=True)
    shapes = geo.make_valid(gpd.GeoSeries(shapely.multipolygons(large.to_numpy(), indices=owners), crs=geo.WGS84))
    inside = geo.polygons_only(shapely.intersection(shapes.to_numpy(), shapely.box(*WINDOW)))
    clipped = gpd.GeoSeries(inside, index=pd.Index(kept, name="country"), crs=geo.WGS84)
    fitting = clipped if geo.is_coverage(clipped) else geo.clean_coverage(clipped)
    table = gpd.GeoDataFrame({"name": [names[key] for key in kept]}, geometry=fitting, index=fitting.index)
    return table[~table.is_empty]


def _points(topology: Any) -> tuple[NDArray[np.float64], NDArray[np.intp]]:  # noqa: ANN401 -- JSON is any value
    """Give all arcs' points in degrees, and where each arc starts; in the file each is the step from the one before."""
    lengths = np.array([len(arc) for arc in topology["arcs"]])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    numbers = chain.from_iterable(chain.from_iterable(topology["arcs"]))
    steps = np.fromiter(numbers, dtype=np.int64).reshape(-1, 2)
    quanta = np.cumsum(steps, axis=0)
    before = quanta[starts] - steps[starts]
    quanta -= np.repeat(before, lengths, axis=0)
    transform = topology["transform"]
    return quanta * transform["scale"] + transform["translate"], starts


def _simplified(lines: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Make lines simple, by Douglas and Peucker's method: their ends stay."""
    lengths = [len(line) for line in lines]
    drawn = shapely.linestrings(np.concatenate(lines), indices=np.repeat(np.arange(len(lines)), lengths))
    simple = shapely.simplify(drawn, BACKGROUND_TOLERANCE, preserve_topology=False)
    return np.split(shapely.get_coordinates(simple), np.cumsum(shapely.get_num_coordinates(simple))[:-1])


def _polygon(rings: Rings, lines: Lines) -> shapely.Polygon:
    """Put arcs together; what has become a point or a line has no inside, and is empty."""
    outer, *holes = (_ring(ring, lines) for ring in rings)
    return shapely.Polygon(outer if len(outer) >= CLOSED else None, [hole for hole in holes if len(hole) >= CLOSED])


def _ring(numbers: Sequence[int], lines: Lines) -> NDArray[np.float64]:
    parts = [lines[number] if number >= 0 else lines[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _in_window(
    rings: Sequence[Sequence[int]], points: NDArray[np.float64], starts: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Tell of each ring whether the box around it reaches into the window."""
    numbers = np.fromiter(chain.from_iterable(rings), dtype=np.intp)
    arcs = np.where(numbers < 0, ~numbers, numbers)
    first = np.cumsum([0, *(len(ring) for ring in rings[:-1])])
    least = np.minimum.reduceat(np.minimum.reduceat(points, starts)[arcs], first)
    most = np.maximum.reduceat(np.maximum.reduceat(points, starts)[arcs], first)
    return np.asarray(((least < WINDOW[2:]) & (most > WINDOW[:2])).all(axis=1))
