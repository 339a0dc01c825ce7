"""Township boundaries: schematic ones from towns, or those of a file that the user names, checked and mended."""

from __future__ import annotations

import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from mapper import control, errors, geo
from mapper.errors import Fault
from mapper.sources import files, origin, world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

SURROUNDINGS: Final = (91.5, 9.0, 102.0, 29.0)
"""West, south, east, north in degrees: where all of Myanmar lies, with less than a degree to spare."""

AREA_CHANGE_LIMIT: Final = 0.01
"""How much of a township may change when shapes are mended; more means that they do not fit together."""

UNDEFINED: Final = '"Undefined '
"""How a GeoPackage names a system that it does not know, of degrees or of metres."""

MIMU_COLUMNS: Final = frozenset({"TS_PCODE", "PCode_V"})
"""Columns that together are in files of the Myanmar Information Management Unit (MIMU) and of nobody else."""

MIMU_TERMS: Final = (
    "MIMU's terms allow non-profit humanitarian, development and peace work, "
    "and ask for a written agreement with MIMU before use online"
)


def load_schematic(towns: pd.DataFrame, townships: pd.DataFrame, *, node_modules: Path | None = None) -> geo.Boundaries:
    """Draw schematic townships: the land nearest to the towns of each.

    ``towns`` has columns ``pcode``, ``lon``, ``lat``; ``townships`` is indexed by ``pcode`` and has ``lon``, ``lat``.
    ``node_modules`` is the folder of the npm packages, by default the project's own. Raises
    :class:`mapper.errors.SetupError` where it lacks the countries.
    """
    land = world.load_land(node_modules=node_modules)
    shapes, notes = geo.schematic_townships(towns, townships, land.outline)
    return geo.Boundaries(
        townships=_table(shapes),
        neighbours=land.neighbours,
        schematic=True,
        title="Schematic boundaries",
        licence="public domain (Natural Earth)",
        attribution="Natural Earth; townships drawn by this project as the land nearest to their towns",
        notes=(
            "Boundaries are schematic: some 70% of the land lies in the township it belongs to.",
            *notes,
        ),
    )


def read_boundaries(
    path: Path | str, pcodes: Sequence[str], *, layer: str | None = None, node_modules: Path | None = None
) -> geo.Boundaries:
    """Read a file with one polygon for each of the townships ``pcodes``, found by their P-codes in any column.

    Shapefile, GeoJSON, GeoPackage or FlatGeobuf, or one of them in a zip archive; any reference system that the file
    states. Shapes that are invalid, in three dimensions or do not quite fit together are mended, and ``notes`` say so.
    Raises :class:`mapper.errors.DataError` with an exact account of townships missing, repeated or unknown, of
    coordinates that cannot be right, and of shapes that cannot be mended.
    """
    shown = str(path)
    with ThreadPoolExecutor(1) as pool:
        # GEOS leaves Python alone while it works, so that the land around costs no time of its own on two cores
        around = pool.submit(_around, node_modules)
        read = files.read_layer(path, layer=layer)
        shapes, notes = _checked(read, pcodes, shown)
        title, licence, attribution = _origin(Path(path), notes, mimu=set(read.columns) >= MIMU_COLUMNS)
        return geo.Boundaries(
            townships=_table(shapes),
            neighbours=around.result(),
            schematic=False,
            title=title,
            licence=licence,
            attribution=attribution,
            notes=tuple(notes),
        )


def _origin(path: Path, notes: list[str], *, mimu: bool) -> tuple[str, str, str]:
    """Give title, licence and attribution: as recorded when the file was fetched, or as far as its columns tell.

    That shapes are MIMU's is said even where a record or another publisher's licence does not: a public map needs
    their agreement, which is looked for by their name.
    """
    found, note = origin.of(path)
    notes += [note] if note else []
    if found is None:
        owner = "Myanmar Information Management Unit (MIMU)" if mimu else f"from {path.name}; owner unrecorded"
        title, licence = f"Boundaries from {path.name}", "as its owner states; not recorded"
        return title, f"{licence} ({MIMU_TERMS})" if mimu else licence, owner
    untold = mimu and "MIMU" not in found.owners
    owners = [*found.owners, *(["MIMU"] if untold else [])]
    named = [owner for owner in owners if owner not in found.attribution]
    attribution = "; ".join([found.attribution, *named])
    return f"Boundaries from {found.title}", f"{found.licence} ({MIMU_TERMS})" if untold else found.licence, attribution


def _around(node_modules: Path | None) -> gpd.GeoDataFrame:
    return world.load_land(node_modules=node_modules).neighbours


def _checked(read: files.Layer, pcodes: Sequence[str], shown: str) -> tuple[gpd.GeoSeries, list[str]]:
    """Give the townships' shapes as a coverage, by P-code, with notes on what was mended; or refuse the layer."""
    if not read.features:
        raise errors.fault(shown, "holds no features", "Name a file with the townships' polygons")
    column, codes = _find_codes(read, shown)
    faults = [*_code_faults(codes, pcodes, column, shown), *_geometry_faults(read, codes, shown)]
    if faults:
        raise errors.DataError(faults)
    raw = np.array([feature.geometry for feature in read.features], dtype=object)
    notes: list[str] = []
    if shapely.has_z(raw).any() or shapely.has_m(raw).any():
        raw = shapely.force_2d(raw)
        notes.append("Heights, or other third coordinates, were left out.")
    shapes = gpd.GeoSeries(in_degrees(raw, read.crs_wkt, shown, notes), index=pd.Index(codes, name="pcode"))
    faults = list(_place_faults(shapes, raw, shown))
    if faults:
        raise errors.DataError(faults)
    return _mended(shapes.set_crs(geo.WGS84).sort_index(), shown, notes), notes


def _table(shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"area_km2": geo.areas_km2(shapes)}, geometry=shapes)


def _find_codes(read: files.Layer, shown: str) -> tuple[str, list[str]]:
    """Find the column where most values are P-codes of townships; give its name and its values as text."""
    pattern = re.compile(control.PCODE)
    best, most = "", 0
    for column in read.columns:
        found = sum(bool(pattern.fullmatch(str(feature.properties.get(column)))) for feature in read.features)
        if found > most:
            best, most = column, found
    if not best:
        problem = f"has no column of township P-codes; its columns are {', '.join(read.columns) or 'none'}"
        raise errors.fault(shown, problem, "Add a column with codes such as MMR012017")
    values = [feature.properties.get(best) for feature in read.features]
    return best, ["" if value is None else str(value) for value in values]


def _code_faults(codes: Sequence[str], pcodes: Sequence[str], column: str, shown: str) -> Iterator[Fault]:
    """Account for the townships: which are missing, repeated, unknown or nameless, each by itself, and how many."""
    known = set(pcodes)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, code in enumerate(codes, start=1):
        numbers[code].append(number)
    empty = numbers.pop("", [])
    missing = sorted(known - numbers.keys())
    unknown = sorted(numbers.keys() - known)
    repeated = sorted(code for code, places in numbers.items() if len(places) > 1)
    if missing or unknown or repeated or empty:
        account = (
            f"{len(missing)} missing, {len(unknown)} unknown, {len(repeated)} repeated, {len(empty)} without a code"
        )
        problem = f"holds {len(known) - len(missing)} of {len(known)} townships: {account}"
        yield Fault(shown, 0, column, "", problem, "See each below")
    for code in missing:
        yield Fault(shown, 0, column, code, "is missing", "Add its polygon, or use a file with all townships")
    for code in unknown:
        problem = f"is not a township here (feature {geo.listed(numbers[code])})"
        yield Fault(shown, 0, column, code, problem, "Correct the code, or use a file of the same P-code version")
    for code in repeated:
        problem = f"comes {len(numbers[code])} times (features {geo.listed(numbers[code])})"
        yield Fault(shown, 0, column, code, problem, "Merge its parts into one feature, or delete the wrong one")
    for number in empty:
        yield Fault(shown, 0, column, "", f"is empty in feature {number}", "Give it a P-code, or delete the feature")


def _geometry_faults(read: files.Layer, codes: Sequence[str], shown: str) -> Iterator[Fault]:
    """Refuse what is no area: nothing, points, lines, and rings that do not close."""
    for feature, code in zip(read.features, codes, strict=True):
        shape = feature.geometry
        name = code or f"feature {feature.number}"
        if feature.problem:
            problem, remedy = f"has a broken geometry ({feature.problem})", "Mend it in a GIS"
        elif shape is None or shape.is_empty:
            problem, remedy = "has no geometry", "Draw its polygon"
        elif shape.geom_type not in ("Polygon", "MultiPolygon"):
            problem, remedy = f"is a {shape.geom_type}, not a polygon", "Use the layer of townships' areas"
        elif not np.isfinite(shapely.get_coordinates(shape)).all():
            problem, remedy = "has coordinates that are no numbers", "Mend it in a GIS"
        else:
            continue
        yield Fault(shown, 0, "geometry", name, problem, remedy)


def in_degrees(raw: NDArray[np.object_], crs_wkt: str, shown: str, notes: list[str]) -> NDArray[np.object_]:
    """Give the shapes in longitude and latitude on WGS 84; what cannot be reprojected gets infinite coordinates."""
    if not crs_wkt or UNDEFINED in crs_wkt:
        ending = Path(shown).suffix.lower()
        remedy = "Add the .prj file that belongs to it" if ending in (".shp", ".zip") else "Set it in a GIS"
        raise errors.fault(shown, "does not say its coordinate reference system", f"{remedy}; it is never guessed")
    try:
        crs = pyproj.CRS.from_wkt(crs_wkt)
        if crs.equals(geo.WGS84, ignore_axis_order=True) or crs.to_epsg() == pyproj.CRS(geo.WGS84).to_epsg():
            return raw
        turn = pyproj.Transformer.from_crs(crs, geo.WGS84, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        problem = f"has a coordinate reference system that leads nowhere ({' '.join(str(error).split())})"
        raise errors.fault(shown, problem, "Reproject it to EPSG:4326 in a GIS") from None
    notes.append(f"Reprojected from {crs.name} to WGS 84.")
    turned: NDArray[np.object_] = shapely.transform(raw, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])))
    return turned


def _place_faults(shapes: gpd.GeoSeries, raw: NDArray[np.object_], shown: str) -> Iterator[Fault]:
    """Refuse coordinates that do not lie in or right around Myanmar, with the likely cause."""
    bounds = shapely.bounds(shapes.to_numpy())
    west, south, east, north = SURROUNDINGS
    outside = ~_within(bounds, SURROUNDINGS)
    if not outside.any():
        return
    as_read = shapely.bounds(raw)
    place = "x {:.6g} to {:.6g}, y {:.6g} to {:.6g}".format(*shapely.total_bounds(raw)[[0, 2, 1, 3]])
    if _within(bounds, (south, west, north, east)).all():
        problem, remedy = f"has longitude and latitude swapped ({place})", "Swap them: x is longitude, 92 to 102"
    elif _within(as_read, SURROUNDINGS).all():
        problem = f"is in degrees ({place}), while it states a system in other units or with another origin"
        remedy = "Correct the .prj or the stated system: most likely EPSG:4326"
    elif (abs(as_read) > 360).all(axis=1).any() and (as_read == bounds).all():  # noqa: PLR2004 -- degrees of a circle
        problem, remedy = f"is not in degrees ({place}), though it says so", "State the system it is in"
    elif outside.all():
        problem = f"lies outside Myanmar ({place})"
        remedy = "Check the stated coordinate reference system, and that this is the right country"
    else:
        for code, box in zip(shapes.index[outside], bounds[outside], strict=True):
            place = "longitude {:.6g} to {:.6g}, latitude {:.6g} to {:.6g}".format(*box[[0, 2, 1, 3]])
            yield Fault(shown, 0, "geometry", code, f"reaches out of Myanmar ({place})", "Correct its coordinates")
        return
    yield Fault(shown, 0, "", "", problem, remedy)


def _within(bounds: NDArray[np.float64], box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Tell for each row of west, south, east, north whether it lies in the box; infinite or NaN ones do not."""
    corners = np.hstack([bounds[:, :2] >= box[:2], bounds[:, 2:] <= box[2:]])
    return np.array([bool(row.all()) for row in corners])


def _mended(shapes: gpd.GeoSeries, shown: str, notes: list[str]) -> gpd.GeoSeries:
    """Make the shapes a valid coverage and say how much that took; refuse what changes a township's area."""
    valid = geo.make_valid(shapes)
    broken = shapes.index[~shapely.equals_identical(valid, shapes)]
    if len(broken):
        notes.append(f"{len(broken)} invalid shapes were made valid: {geo.listed(broken)}.")
    unmatched = int(geo.unmatched(valid).sum())
    mended = geo.clean_coverage(valid) if unmatched else valid
    before, after = geo.areas_km2(valid), geo.areas_km2(mended)
    change = (after - before).abs()
    faults = [
        Fault(
            shown,
            0,
            "geometry",
            str(code),
            "has no area"
            if not before[code]
            else f"overlaps its neighbours: {change[code]:,.1f} km2 would change hands",
            "Correct its polygon in a GIS",
        )
        for code in shapes.index
        if not before[code] or not after[code] or change[code] > AREA_CHANGE_LIMIT * before[code]
    ]
    if unmatched and not geo.is_coverage(mended):
        faults.append(Fault(shown, 0, "geometry", "", "does not fit together as a coverage", "Clean it in a GIS"))
    if faults:
        raise errors.DataError(faults)
    if unmatched:
        notes.append(
            f"{unmatched} townships had borders that did not match their neighbours' exactly: matched, "
            f"and no area changed by more than {max(change.max(), 0.001):.3f} km2."
        )
    return mended
