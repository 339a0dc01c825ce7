"""Shapes of townships: reference systems by name, areas, clean coverages, and schematic townships from points.

A coverage is a set of polygons that share their borders exactly: none overlap, and where two touch they have the same
vertices. Axis order is x, y everywhere: longitude, latitude.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.derived import Derived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray
    from shapely.geometry import Polygon
    from shapely.geometry.base import BaseGeometry

WGS84: Final = "EPSG:4326"
"""Longitude and latitude in degrees: what every table, input and output of ours is in."""

EQUAL_AREA: Final = "EPSG:6933"
"""Cylindrical equal-area on WGS 84, in metres. Equal-area without a choice of parallels or zones, so it holds for the
whole country, and every PROJ knows it by its code. The 330 townships add up to 668,562 km2 in it, as they do on the
ellipsoid, to a millionth of a percent."""

METRIC: Final = "EPSG:32647"
"""UTM zone 47 north, in metres, for tolerances. Conformal, so a tolerance is as long in all directions; Myanmar reaches
7 degrees west of its meridian, where a metre is drawn 0.6% too long."""

LISTED: Final = 10

SPREAD: Final = 0.005
"""Degrees, some 500 m: how far points that several townships share are moved apart."""


@dataclass(frozen=True)
class Boundaries:
    """The shapes that a map is drawn with, and where they come from."""

    townships: gpd.GeoDataFrame
    """Index ``pcode``, ascending; polygons or multipolygons in WGS84, a valid coverage; ``area_km2`` in km2."""
    neighbours: gpd.GeoDataFrame
    """Index ``country``, the ISO 3166 number or the name; ``name`` and polygons in WGS84: the land around."""
    schematic: bool
    title: str
    licence: str
    attribution: str
    notes: tuple[str, ...] = ()
    """What was mended, and what a reader must know."""
    derived: Derived = field(init=False, repr=False, compare=False)
    """What has been made of these shapes already."""

    def __post_init__(self) -> None:
        """Begin with nothing made."""
        self.keep()

    def once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Give what ``make`` makes of these shapes alone, made once.

        ``name`` says what it is, and what it depends on besides the shapes.
        """
        if not self.derived.is_of(*self._all()):
            self.keep()
        return self.derived.once(name, make)

    def keep(self, parts: Mapping[str, bytes] | None = None) -> None:
        """Take what was made of these very shapes before for :meth:`once`."""
        object.__setattr__(self, "derived", Derived(*self._all(), parts))

    def _all(self) -> tuple[list[object], list[BaseGeometry]]:
        tables = (self.townships, self.neighbours)
        return [key for table in tables for key in table.index], [
            shape for table in tables for shape in table.geometry.to_numpy()
        ]


def neighbours(boundaries: Boundaries) -> dict[str, set[str]]:
    """Give the townships that touch each township, by P-code."""
    shapes = boundaries.townships.geometry
    found: dict[str, set[str]] = {str(pcode): set() for pcode in shapes.index}
    for one, other in zip(*shapes.sindex.query(shapes, predicate="intersects"), strict=True):
        if one != other:
            found[str(shapes.index[one])].add(str(shapes.index[other]))
    return found


def areas_km2(shapes: gpd.GeoSeries) -> pd.Series:
    """Areas in km2, measured in :data:`EQUAL_AREA`, with the index of the shapes, named ``area_km2``.

    >>> square = gpd.GeoSeries([shapely.box(96, 20, 97, 21)], index=["MMR010001"], crs=WGS84)
    >>> areas_km2(square).round().to_dict()
    {'MMR010001': 11548.0}
    """
    square_metres = shapes.to_crs(EQUAL_AREA).area
    return pd.Series(square_metres / 1e6, name="area_km2")


def is_coverage(shapes: gpd.GeoSeries) -> bool:
    """Tell whether the shapes are valid polygons that share their borders exactly."""
    return bool(shapes.is_valid.all() and shapely.coverage_is_valid(shapes.to_numpy()))


def unmatched(shapes: gpd.GeoSeries) -> NDArray[np.bool_]:
    """Tell for each valid shape whether it overlaps a neighbour, or has a border that a neighbour draws otherwise."""
    edges = shapely.coverage_invalid_edges(shapes.to_numpy())
    found: NDArray[np.bool_] = ~shapely.is_empty(edges)
    return found


def make_valid(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Make the invalid polygons valid: what crosses itself becomes several, and what has no area goes.

    Same index, reference system and order; valid shapes are left as they are.
    """
    broken = ~shapes.is_valid.to_numpy()
    mended = shapes.to_numpy().copy()
    mended[broken] = polygons_only(shapely.make_valid(mended[broken], method="structure", keep_collapsed=False))
    return gpd.GeoSeries(mended, index=shapes.index, crs=shapes.crs)


def clean_coverage(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Make a valid coverage: borders shared exactly, overlaps given to one side, gaps left as they are.

    Same index, reference system and order. Invalid polygons are made valid first. A shape that lies wholly under
    others comes out empty: callers decide what that means.
    """
    cleaned = shapely.coverage_clean(make_valid(shapes).to_numpy())  # type: ignore[attr-defined]
    return gpd.GeoSeries(cleaned, index=shapes.index, crs=shapes.crs)


def simplify_coverage(shapes: gpd.GeoSeries, tolerance_m: float) -> gpd.GeoSeries:
    """Simplify a valid coverage in WGS84 so that borders stay shared, and none is lost or overlaps.

    Visvalingam and Whyatt's method: a corner goes where its triangle is smaller than ``tolerance_m`` squared, measured
    in :data:`METRIC`. Same index, reference system and order.
    """
    metric = shapes.to_crs(METRIC)
    simple = gpd.GeoSeries(shapely.coverage_simplify(metric.to_numpy(), tolerance_m), index=shapes.index, crs=METRIC)
    return simple.to_crs(shapes.crs)


def polygons_only(shapes: NDArray[Any]) -> NDArray[Any]:
    """Keep the polygons of each geometry, as one polygon or multipolygon; one without any comes out empty."""
    parts, owner = shapely.get_parts(_flat(shapes), return_index=True)
    is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    is_polygon &= ~shapely.is_empty(parts)
    kept: list[list[Polygon]] = [[] for _ in shapes]
    for part, index in zip(parts[is_polygon], owner[is_polygon], strict=True):
        kept[index].append(part)
    result = np.empty(len(shapes), dtype=object)
    result[:] = [found[0] if len(found) == 1 else shapely.MultiPolygon(found) for found in kept]
    return result


def _flat(shapes: NDArray[Any]) -> NDArray[Any]:
    """Put what lies in collections of collections on one level."""
    result = np.empty(len(shapes), dtype=object)
    result[:] = [
        shapely.GeometryCollection([inner for part in shape.geoms for inner in getattr(part, "geoms", [part])])
        if shape.geom_type == "GeometryCollection"
        else shape
        for shape in shapes
    ]
    return result


def schematic_townships(
    towns: pd.DataFrame, townships: pd.DataFrame, country: BaseGeometry
) -> tuple[gpd.GeoSeries, tuple[str, ...]]:
    """Draw each township as the land nearest to its towns: Voronoi cells, dissolved and clipped to the country.

    ``towns`` has columns ``pcode``, ``lon`` and ``lat``; ``townships`` is indexed by ``pcode`` and has ``lon`` and
    ``lat``, which stand in where a township has no town. Gives a valid coverage in WGS84, indexed by ``pcode`` in
    ascending order, with notes on what stands in for what.

    Distances are in plain degrees: held against the real townships that puts 70% of the land into the right one, as
    does the Voronoi diagram on any map projection tried.
    """
    points, notes = _seeds(towns, townships)
    cells = _cells(points["lon"].to_numpy(), points["lat"].to_numpy(), country)
    owners = points["pcode"].to_numpy()
    pcodes = np.unique(owners)
    whole = np.array([shapely.coverage_union_all(cells[owners == pcode]) for pcode in pcodes], dtype=object)
    shapely.prepare(country)
    on_coast = ~shapely.contains_properly(country, whole)  # the other three quarters stay as they are
    on_land = whole.copy()
    on_land[on_coast] = polygons_only(shapely.intersection(whole[on_coast], country))
    drowned = np.flatnonzero(shapely.is_empty(on_land))
    for index in drowned:
        near = shapely.union_all(shapely.points(points.loc[owners == pcodes[index], ["lon", "lat"]].to_numpy()))
        on_land[index] = shapely.intersection(whole[index], shapely.buffer(near, SPREAD))
    if drowned.size:
        notes += (f"No land of the country lies nearest to {listed(pcodes[drowned])}: drawn as a spot at its town.",)
    index = pd.Index(pcodes, name="pcode")
    shapes = gpd.GeoSeries(on_land, index=index, crs=WGS84)
    return (shapes if is_coverage(shapes) else clean_coverage(shapes)), notes


def _seeds(towns: pd.DataFrame, townships: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Give the points that townships grow from, no two at one place: columns ``pcode``, ``lon``, ``lat``."""
    notes: list[str] = []
    without = townships.index.difference(pd.Index(towns["pcode"]))
    columns = ["pcode", "lon", "lat"]
    own = townships.loc[without, ["lon", "lat"]].rename_axis("pcode").reset_index()
    points = pd.concat([towns.loc[towns["pcode"].isin(townships.index), columns], own[columns]])
    points = (
        points.astype({"lon": "float64", "lat": "float64"})
        .round({"lon": 6, "lat": 6})
        .drop_duplicates()
        .sort_values(columns, ignore_index=True)
    )
    if len(without):
        notes.append(f"No town is known in {listed(without)}: the township's own point stands in.")
    shared = points.duplicated(["lon", "lat"], keep=False)
    if shared.any():
        notes.append(f"{listed(points['pcode'][shared].unique())} share a point: moved apart by {SPREAD} degrees.")
        # a sunflower's spiral: equally dense, and never many on one circle, where Voronoi cells degenerate
        rank = points.groupby(["lon", "lat"]).cumcount().to_numpy()
        radius, angle = SPREAD * np.sqrt(rank), rank * np.pi * (3 - np.sqrt(5))
        points["lon"] += radius * np.cos(angle)
        points["lat"] += radius * np.sin(angle)
    return points, tuple(notes)


def _cells(lon: NDArray[np.float64], lat: NDArray[np.float64], country: BaseGeometry) -> NDArray[Any]:
    """Give each point its Voronoi cell, in the order of the points, reaching over the whole country."""
    points = np.asarray(shapely.points(lon, lat))
    frame = shapely.buffer(shapely.box(*shapely.total_bounds([country, *points])), 1)
    found = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame))
    at, cell = shapely.STRtree(found).query(points, predicate="intersects")
    cells: NDArray[Any] = np.empty(len(points), dtype=object)
    cells[at] = found[cell]
    return cells


def listed(pcodes: Iterable[object]) -> str:
    """Name at most ten, and count the rest, for a note that a reader can take in.

    >>> listed(["MMR001001", "MMR001002"])
    'MMR001001, MMR001002'
    """
    named = [str(pcode) for pcode in pcodes]
    rest = len(named) - LISTED
    return ", ".join(named[:LISTED]) + (f" and {rest} more" if rest > 0 else "")
