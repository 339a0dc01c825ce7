"""A published map: polygons with a status each become a status for each township, by P-code or by where they lie."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import shapely

from mapper import control, errors
from mapper.sources import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CODES: Final = ("pcode", "adm3_pcode", "ts_pcode", "admin3pcode")
"""Columns that hold P-codes, in lower case."""

STATUS: Final = ("status", "control", "control_status")
"""Columns taken for the status where none is named."""

LEAST: Final = 0.5
"""Of a township's area that must be covered before a map says anything of it."""

EQUAL_AREA: Final = "EPSG:6933"


@dataclass(frozen=True)
class Published:
    """A map's status by township, and how it was found."""

    status: dict[str, str]
    assumed: frozenset[str]
    notes: tuple[tuple[str, int], ...]
    """What must be said of how it was found, as a word's key and a count: ``("by_place", 330)``."""


def read(
    path: Path, townships: gpd.GeoDataFrame, *, column: str = "", words: Mapping[str, str] | None = None
) -> Published:
    """Read a map's polygons and give the status of each township that it tells of.

    ``townships`` are polygons by P-code, EPSG:4326. Features with a township's P-code count for it; otherwise each
    township has the status that covers most of it, if half of it is covered at all. ``words`` say what the map's own
    words mean: ``{"Regime": "junta"}``. Raises :class:`errors.DataError` for words that nobody explained.
    """
    layer = files.read_layer(path)
    name = _column(layer.columns, column, path)
    meant: dict[str, str] = {status.casefold(): status for status in control.STATUSES}
    meant |= {word.casefold(): status for word, status in (words or {}).items()}
    found = [(feature, str(feature.properties.get(name) or "").strip()) for feature in layer.features]
    _refuse_unexplained(Counter(word for _, word in found if word and word.casefold() not in meant), name, path)
    told = [(feature, meant[word.casefold()]) for feature, word in found if word]
    code = next((other for other in layer.columns if other.lower() in CODES), "")
    if code and all(str(feature.properties[code]) in townships.index for feature, _ in told):
        return _by_code(told, code)
    return _by_place(told, layer.crs_wkt, townships, path)


def _column(columns: tuple[str, ...], column: str, path: Path) -> str:
    if column and column not in columns:
        raise errors.fault(path, "is no column of it", f"It has {', '.join(columns)}", column=column)
    found = [column] if column else [name for wanted in STATUS for name in columns if name.lower() == wanted]
    if not found:
        remedy = f"Name it with --status-column; there are {', '.join(columns)}"
        raise errors.fault(path, "has no column that says the status", remedy)
    return found[0]


def _refuse_unexplained(unknown: Counter[str], name: str, path: Path) -> None:
    if unknown:
        word, count = unknown.most_common(1)[0]
        others = f", and {len(unknown) - 1} other words" if len(unknown) > 1 else ""
        remedy = f"Say what each means, such as --means {errors.shown(f'{word}=junta')}; they are {_statuses()}"
        problem = f"is no status that we know ({count} features{others})"
        raise errors.fault(path, problem, remedy, column=name, value=word)


def _statuses() -> str:
    return ", ".join(control.STATUSES)


def _by_code(told: list[tuple[files.Feature, str]], code: str) -> Published:
    status: dict[str, str] = {}
    several = set()
    assumed = set()
    for feature, word in told:
        pcode = str(feature.properties[code])
        if status.get(pcode, word) != word:
            several.add(pcode)
        status[pcode] = word
        if feature.properties.get("basis") == "assumed":
            assumed.add(pcode)
    for pcode in several:
        status[pcode] = "contested"
    notes = (("several", len(several)),) if several else ()
    return Published(status, frozenset(assumed), notes)


def _by_place(told: list[tuple[files.Feature, str]], crs: str, townships: gpd.GeoDataFrame, path: Path) -> Published:
    if not crs:
        raise errors.fault(path, "does not say its reference system", "Save it with one, such as EPSG:4326")
    shapes = [feature.geometry for feature, _ in told]
    frame = gpd.GeoDataFrame({"status": [word for _, word in told]}, geometry=shapes, crs=crs)
    frame = frame[~frame.geometry.is_empty & frame.geometry.notna()]
    frame = frame.set_geometry(shapely.make_valid(frame.geometry.to_numpy()), crs=crs).to_crs(EQUAL_AREA)
    flat = townships.geometry.to_crs(EQUAL_AREA)
    merged: dict[str, Any] = {
        str(word): shapely.union_all(group.geometry.to_numpy()) for word, group in frame.groupby("status", sort=True)
    }
    status: dict[str, str] = {}
    for pcode, shape in flat.items():
        covered = {word: float(shape.intersection(whole).area) / float(shape.area) for word, whole in merged.items()}
        if sum(covered.values()) >= LEAST:
            status[str(pcode)] = max(sorted(covered), key=lambda word: covered[word])
    return Published(status, frozenset(), (("by_place", len(status)),))
