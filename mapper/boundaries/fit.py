"""Whether a map can be drawn with a file of polygons: which townships it holds, by P-code or by name, and what lacks.

A name is matched as everywhere in this project: exactly, and within the state where that is known. A file that names
no states gives them away by where its polygons lie: in the state whose towns a polygon has inside. A name that could
mean two townships, or none, stays unmatched.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from mapper import errors, geo
from mapper.matching import names
from mapper.sources import files, townships

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mapper.tables import Package

NAMES: Final = ("shapename", "adm3_name", "adm3_en", "ts", "township", "ts_name", "name_3", "name_en", "name")
"""Columns that may hold names of townships, in small letters, the likeliest first."""

STATES: Final = ("adm1_name", "adm1_en", "st", "state", "state_region", "name_1")
"""The same of states."""

CODES: Final = "pcode"
ALIKE: Final = 2
"""So many townships with names that are alike are told of, for a person to judge."""

HOW: Final[Mapping[str, str]] = {
    "code": "P-code", "name": "official name", "alias": "kept spelling", "burmese": "Burmese name", "zawgyi": "Zawgyi"
}  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """What a file of polygons holds of a package's townships."""

    features: int
    crs: str
    column: str
    """Where the townships were found: a column of P-codes, or of names; "" where there is neither."""
    pcodes: tuple[str, ...]
    """Of each feature; "" where it matches no township, or one that another feature matches as well."""
    how: Mapping[str, int]
    """How many features matched in which way, by the words of :data:`HOW`."""
    missing: tuple[str, ...]
    """The townships that no feature matches, ascending by P-code: ``MMR012017 Gwa``."""
    unmatched: tuple[tuple[int, str, str], ...]
    """Number of the feature, counted from 1, what it calls itself, and why that matches nothing, with what is alike."""
    problem: str = ""
    """Why `--boundaries` does not take the file as it is; "" if it does."""
    layer: files.Layer = field(repr=False, default=files.Layer("", (), ()))

    @property
    def serves(self) -> bool:
        """Whether a map can be drawn with the file as it is."""
        return not self.problem

    @property
    def complete(self) -> bool:
        """Whether each township has its one polygon."""
        return not self.missing and not self.unmatched


def fit(path: Path, package: Package, *, within: str = "") -> Fit:
    """Hold a file against a package's townships; ``within`` is as for :func:`mapper.sources.files.read_layer`.

    Raises :class:`mapper.errors.DataError` where it cannot be read at all, or holds no polygons.
    """
    layer = files.read_layer(path, within=within)
    polygons = [one for one in layer.features if one.geometry is not None and one.geometry.geom_type in _AREAS]
    if not polygons:
        raise errors.fault(path.name, "holds no polygons", "Get the file of the areas, not of points or lines")
    known = [str(pcode) for pcode in package.townships.index]
    called = dict(zip(known, map(str, package.townships["name_en"]), strict=True))
    column, codes = _codes(layer, known)
    if column:
        matches = [names.Match(code, "code") if code else _NO_CODE for code in codes]
    else:
        column, matches = _by_name(layer, package)
    pcodes, unmatched = _once_each(layer, matches, column)
    return Fit(
        features=len(layer.features),
        crs=_crs(layer.crs_wkt),
        column=column,
        pcodes=pcodes,
        how=_counted(matches, pcodes),
        missing=tuple(f"{code} {called[code]}" for code in sorted({*known} - {*pcodes})),
        unmatched=unmatched,
        problem=problem(path, package),
        layer=layer,
    )


def with_codes(found: Fit) -> bytes:
    """Write a file's polygons as GeoJSON in WGS 84, with the P-codes that were found in a column of their own."""
    flat = shapely.force_2d(np.array([one.geometry for one in found.layer.features], dtype=object))
    shapes = gpd.GeoSeries(flat, crs=found.layer.crs_wkt or geo.WGS84).to_crs(geo.WGS84)
    own = CODES if CODES not in found.layer.columns else f"mapper_{CODES}"
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {own: pcode or None, **_plain(one.properties)},
                "geometry": None if shape is None else shapely.geometry.mapping(shape),
            },
            ensure_ascii=False,
        )
        for one, pcode, shape in zip(found.layer.features, found.pcodes, shapes, strict=True)
    ]
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def problem(path: Path, package: Package) -> str:
    """Give why `--boundaries` does not take a file; "" if it does."""
    try:
        townships.read_boundaries(path, [str(pcode) for pcode in package.townships.index])
    except errors.DataError as error:
        first = error.faults[0]
        more = f" (and {len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
        return f"{first.problem}{more}"
    return ""


_AREAS: Final = frozenset({"Polygon", "MultiPolygon"})
_NO_CODE: Final = names.Match("", "none", "its P-code is that of no township")


def _codes(layer: files.Layer, known: Sequence[str]) -> tuple[str, list[str]]:
    """Give the column that holds the most P-codes of townships, and what of it is one, "" elsewhere."""
    best: tuple[str, list[str]] = ("", [])
    most = 0
    for column in layer.columns:
        values = [str(one.properties.get(column) or "") for one in layer.features]
        held = len(set(values) & set(known))
        if held > most:
            best, most = (column, [value if value in known else "" for value in values]), held
    return best


def _by_name(layer: files.Layer, package: Package) -> tuple[str, list[names.Match]]:
    gazetteer = names.Gazetteer(package)
    column, states = _column(layer, NAMES), _column(layer, STATES)
    if not column:
        return "", [names.Match("", "none", "it has no name")] * len(layer.features)
    told = [str(one.properties.get(states) or "") for one in layer.features] if states else _states(layer, package)
    return column, [
        gazetteer.match(name=str(one.properties.get(column) or ""), state=state)
        for one, state in zip(layer.features, told, strict=True)
    ]


def _column(layer: files.Layer, wanted: Sequence[str]) -> str:
    here = {column.lower(): column for column in reversed(layer.columns)}
    return next((here[name] for name in wanted if name in here), "")


def _states(layer: files.Layer, package: Package) -> list[str]:
    """Give for each polygon the code of the state whose towns lie inside, "" for none or towns of several states."""
    table = package.townships
    points = pd.concat([package.towns.set_index("pcode")[["lon", "lat"]], table[["lon", "lat"]]])
    crs = layer.crs_wkt or geo.WGS84
    at = gpd.GeoSeries(gpd.points_from_xy(points["lon"], points["lat"]), crs=geo.WGS84)
    try:
        at = at.to_crs(crs)
    except (pyproj.exceptions.ProjError, ValueError):
        return [""] * len(layer.features)
    shapes = shapely.make_valid(np.array([one.geometry for one in layer.features], dtype=object))
    polygon, point = shapely.STRtree(at.to_numpy()).query(shapes, predicate="contains")
    inside: dict[int, set[str]] = defaultdict(set)
    for number, place in zip(polygon, point, strict=True):
        inside[int(number)].add(str(table.loc[points.index[place], "state_pcode"]))
    return [next(iter(inside[n])) if len(inside[n]) == 1 else "" for n in range(len(layer.features))]


def _once_each(
    layer: files.Layer, matches: Sequence[names.Match], column: str
) -> tuple[tuple[str, ...], tuple[tuple[int, str, str], ...]]:
    """Take back what several features match, and say of each feature without a township why."""
    often = Counter(match.pcode for match in matches)
    pcodes = tuple(match.pcode if often[match.pcode] == 1 else "" for match in matches)
    unmatched = tuple(
        (
            one.number,
            str(one.properties.get(column) or ""),
            f"{often[match.pcode]} features match {match.pcode}" if match.pcode else _why(match),
        )
        for one, match, pcode in zip(layer.features, matches, pcodes, strict=True)
        if not pcode
    )
    return pcodes, unmatched


def _why(match: names.Match) -> str:
    alike = " or ".join(f"{one.name}, {one.pcode}" for one in match.candidates[:ALIKE])
    return match.reason + (f" (alike: {alike})" if alike else "")


def _counted(matches: Sequence[names.Match], pcodes: Sequence[str]) -> dict[str, int]:
    found = Counter(match.how for match, pcode in zip(matches, pcodes, strict=True) if pcode)
    return {words: found[how] for how, words in HOW.items() if found[how]}  # type: ignore[index]


def _crs(wkt: str) -> str:
    if not wkt:
        return "not stated"
    try:
        return str(pyproj.CRS.from_user_input(wkt).name)
    except pyproj.exceptions.CRSError:
        return "unknown"


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in properties.items()}


def _plain_value(value: object) -> str | int | float | None:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)
