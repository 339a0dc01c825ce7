"""A small made-up country for tests of boundaries: twelve square townships around 96 E, 20 N, and files of them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import fiona
import geopandas as gpd
import pytest
import shapely

from mapper import errors
from mapper.sources import townships

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

PCODES = [f"MMR0010{number:02d}" for number in range(1, 13)]


def squares() -> dict[str, BaseGeometry]:
    """Three rows of four squares of half a degree; MMR001001 lies south-west, its east neighbour is MMR001002."""
    corners = [(96 + column / 2, 20 + row / 2) for row in range(3) for column in range(4)]
    return {code: shapely.box(x, y, x + 0.5, y + 0.5) for code, (x, y) in zip(PCODES, corners, strict=True)}


def write(
    path: Path,
    shapes: Mapping[str, BaseGeometry | None] | Sequence[tuple[str | None, BaseGeometry | None]],
    *,
    driver: str = "ESRI Shapefile",
    crs: str | None = "EPSG:4326",
    kind: str = "Polygon",
    column: str = "ADM3_PCODE",
    layer: str | None = None,
) -> Path:
    """Write one feature per pair of code and shape; the state's code stands in a column before it."""
    schema = {"geometry": kind, "properties": {"ADM1_PCODE": "str", column: "str"}}
    options: dict[str, Any] = {} if layer is None else {"layer": layer}
    with fiona.open(str(path), "w", driver=driver, schema=schema, crs=crs, **options) as file:
        file.writerecords(
            {
                "type": "Feature",
                "properties": {"ADM1_PCODE": "MMR001", column: code},
                "geometry": None if shape is None else shapely.geometry.mapping(shape),
            }
            for code, shape in (shapes.items() if hasattr(shapes, "items") else shapes)
        )
    return path


def pack(path: Path, members: Iterable[Path]) -> Path:
    """Put files into a zip archive, side by side."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member in members:
            file.write(member, member.name)
    return path


def faults(path: Path | str) -> list[tuple[str, str]]:
    """Read what must be refused, as boundaries of the twelve; give value and problem of each fault."""
    with pytest.raises(errors.DataError) as caught:
        townships.read_boundaries(path, PCODES)
    assert all(fault.file == str(path) and fault.remedy for fault in caught.value.faults)
    return [(fault.value, fault.problem) for fault in caught.value.faults]


def only(path: Path | str) -> str:
    """Give the problem of the one fault there must be."""
    ((_, problem),) = faults(path)
    return problem


def frame() -> gpd.GeoDataFrame:
    """The squares as a table, for tests that reproject them."""
    found = squares()
    return gpd.GeoDataFrame(geometry=list(found.values()), index=list(found), crs="EPSG:4326")
