"""What prepared boundaries depend on: the content of files, versions of libraries and our own code, each as text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import fiona
import geopandas as gpd
import numpy as np
import pyproj
import shapely

from mapper import errors
from mapper.sources import files, origin, world

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

CODE: Final = Path(__file__).resolve().parents[1]
"""Our own package: what it makes of a file may be something else after any change of it."""


def of_file(path: Path | str, pcodes: Sequence[str]) -> dict[str, str] | None:
    """Give the ingredients of boundaries read from a file; ``None`` where it cannot be read: reading it says why."""
    try:
        record = origin.beside(Path(path))
        told = {"record": files.digest(record)} if record.is_file() else {}
        return {
            **told,
            "file": files.digest(path),
            "name": Path(path).name,
            "townships": _digest(list(pcodes)),
            **_common(),
        }
    except errors.DataError:
        return None


def of_schematic(towns: pd.DataFrame, townships: pd.DataFrame) -> dict[str, str] | None:
    """Give the ingredients of schematic boundaries; ``None`` where the countries cannot be read."""
    points = townships[["lon", "lat"]].reset_index()
    tables = [frame.to_numpy().tolist() for frame in (towns[["pcode", "lon", "lat"]], points)]
    try:
        return {"towns": _digest(tables[0]), "townships": _digest(tables[1]), **_common()}
    except errors.DataError:
        return None


def _common() -> dict[str, str]:
    code = {str(file.relative_to(CODE)): files.digest(file) for file in sorted(CODE.rglob("*.py"))}
    return {
        "code": _digest(code),
        "countries": files.digest(world.NODE_MODULES / world.COUNTRIES),
        "shapely": shapely.__version__,
        "GEOS": shapely.geos_version_string,
        "fiona": fiona.__version__,
        "GDAL": fiona.__gdal_version__,
        "pyproj": pyproj.__version__,
        "PROJ": pyproj.proj_version_str,
        "geopandas": gpd.__version__,
        "numpy": np.__version__,
    }


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()
