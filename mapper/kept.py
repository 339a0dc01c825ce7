"""Prepared boundaries between runs: where they lie, and how they are written as bytes and read again.

What is read is trusted only if every byte of it is as it was written, and written for the same ingredients: the
digests of the files, the versions of the libraries, our own code. Anything else counts as not there. The bytes hold
JSON and well-known binary and nothing that could run.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd
import platformdirs
import shapely

from mapper import geo

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = "MAPPER_CACHE"
"""The environment variable that names another folder."""

MOST: Final = 8
"""Sets of boundaries that are kept at most, of some 10 MB each with real polygons."""

ENDING: Final = ".boundaries"
MAGIC: Final = b"mapper boundaries, form 1\n"
DIGEST: Final = len(hashlib.sha256().hexdigest())

Ingredients = dict[str, str]
"""All that prepared boundaries depend on, by name: ``{"file": "9f86d0...", "GEOS": "3.14.1"}``."""


def folder() -> Path:
    """Give the folder for what is kept: the one that ``MAPPER_CACHE`` names, or the user's own for such things."""
    named = os.environ.get(FOLDER)
    return Path(named).absolute() if named else platformdirs.user_cache_path("mapper", appauthor=False)


def place(of: Ingredients) -> Path:
    """Give the file in which boundaries with these ingredients are kept."""
    return folder() / f"{_digest(json.dumps(of, sort_keys=True).encode())}{ENDING}"


def pack(boundaries: geo.Boundaries, of: Ingredients) -> bytes:
    """Write boundaries, with what was derived from them, as bytes."""
    townships, neighbours = boundaries.townships, boundaries.neighbours
    parts = {
        "townships": _wkb(townships.geometry),
        "neighbours": _wkb(neighbours.geometry),
        **{f"derived {name}": part for name, part in boundaries.derived.parts.items()},
    }
    head = {
        "of": of,
        "pcodes": [str(pcode) for pcode in townships.index],
        "area_km2": [float(area) for area in townships["area_km2"]],
        "neighbours": [[str(key), str(name)] for key, name in neighbours["name"].items()],
        "schematic": boundaries.schematic,
        "title": boundaries.title,
        "licence": boundaries.licence,
        "attribution": boundaries.attribution,
        "notes": list(boundaries.notes),
        "parts": [[name, len(part)] for name, part in parts.items()],
    }
    body = b"\n".join([json.dumps(head).encode(), b"".join(parts.values())])
    return MAGIC + _digest(body).encode() + body


def unpack(raw: bytes, of: Ingredients) -> geo.Boundaries | None:
    """Read such bytes; ``None`` where they are cut short, changed, of another form or of other ingredients."""
    start = len(MAGIC) + DIGEST
    body = raw[start:]
    if not raw.startswith(MAGIC) or raw[len(MAGIC) : start] != _digest(body).encode():
        return None
    first, _, rest = body.partition(b"\n")
    try:
        head = json.loads(first)
        return _read(head, rest) if head["of"] == of else None
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        return None


def _read(head: Mapping[str, Any], rest: bytes) -> geo.Boundaries:
    parts: dict[str, bytes] = {}
    at = 0
    for name, length in head["parts"]:
        parts[name] = rest[at : at + length]
        at += length
    pcodes = pd.Index(head["pcodes"], name="pcode")
    countries = pd.Index([key for key, _ in head["neighbours"]], name="country")
    made = geo.Boundaries(
        townships=_table({"area_km2": head["area_km2"]}, parts.pop("townships"), pcodes),
        neighbours=_table({"name": [name for _, name in head["neighbours"]]}, parts.pop("neighbours"), countries),
        schematic=head["schematic"],
        title=head["title"],
        licence=head["licence"],
        attribution=head["attribution"],
        notes=tuple(head["notes"]),
    )
    made.keep({name.removeprefix("derived "): part for name, part in parts.items()})
    return made


def _table(columns: Mapping[str, Any], wkb: bytes, index: pd.Index) -> gpd.GeoDataFrame:
    shapes = gpd.GeoSeries(shapely.get_parts(shapely.from_wkb(wkb)), index=index, crs=geo.WGS84)
    return gpd.GeoDataFrame(columns, geometry=shapes, index=index)


def _wkb(shapes: gpd.GeoSeries) -> bytes:
    found: bytes = shapely.to_wkb(shapely.GeometryCollection(shapes.to_list()))
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
