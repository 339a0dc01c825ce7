"""The formats of ``mapper export``: what each is called and carries, and the module that writes it."""

from __future__ import annotations

import difflib
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.outputs.exports.layer import About, Layer


@dataclass(frozen=True, slots=True)
class Format:
    """One format. Its module, here beside this file, has ``write(layers, about, *, stem) -> {file name: bytes}``."""

    name: str
    """As users write it."""
    suffix: str
    """How its files end, such as ``.geojson``."""
    title: str
    """What it is and for whom, on one line of the help."""
    module: str
    shapes: bool = True
    """It carries polygons; else their layers go into it as tables."""
    tables: bool = True
    """It carries layers without shapes; else those are left out, and the command says so."""
    any_crs: bool = False
    """It says its reference system; else it is in EPSG:4326 alone."""
    decimals: int = 15
    """Of a coordinate, the most that its files have."""
    subjects: frozenset[str] = frozenset()
    """The only subjects it is for; empty: all."""


FORMATS: Final[tuple[Format, ...]] = (
    Format("geojson", ".geojson", "GeoJSON (RFC 7946): web maps, notebooks, most GIS", "geojson", decimals=6),
    Format("geojsonseq", ".geojsons", "GeoJSON, a feature at a time (RFC 8142): pipes", "geojsonseq", decimals=6),
    Format("topojson", ".topojson", "TopoJSON, each border once: d3, small pages", "topojson", decimals=6),
    Format(
        "gpkg", ".gpkg", "GeoPackage, all in one file: QGIS opens it styled and plays it in time", "gpkg", any_crs=True
    ),
    Format("fgb", ".fgb", "FlatGeobuf: read in pieces over the network", "fgb", any_crs=True),
    Format("parquet", ".parquet", "GeoParquet 1.1: DuckDB, pandas, Arrow, large analyses", "parquet", any_crs=True),
    Format("shp", ".shp.zip", "Shapefile, zipped: whatever takes nothing else", "shp", tables=False, any_crs=True),
    Format("kml", ".kml", "KML 2.2: Google Earth, which plays a history", "kml", tables=False, decimals=6),
    Format("kmz", ".kmz", "KML, packed: the same in a fraction of the size", "kmz", tables=False, decimals=6),
    Format("pmtiles", ".pmtiles", "PMTiles 3: vector tiles for a web map, played by days", "pmtiles", tables=False),
    Format("csv", ".csv", "CSV in UTF-8, a file for each table: programs of every kind", "csv_tables", shapes=False),
    Format("xlsx", ".xlsx", "Excel: a sheet for each table, with what columns mean, and sources", "xlsx", shapes=False),
    Format("hxl", ".hxl.csv", "CSV with HXL tags, which the humanitarian tools read", "hxl", shapes=False),
)


def find(name: str) -> Format:
    """Find a format by name; raises :class:`errors.UsageError` with the names there are."""
    known = {one.name: one for one in FORMATS}
    if name.lower() not in known:
        near = difflib.get_close_matches(name.lower(), known, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise errors.UsageError(f"{errors.shown(name)} is no format of exports: choose {', '.join(known)}.{meant}")
    return known[name.lower()]


def refuse(form: Format, *, subjects: Iterable[str], crs: str, precision: int | None = None) -> None:
    """Raise :class:`errors.UsageError` for what a format cannot hold, with the formats that can."""
    from mapper import geo  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs.exports import shapes  # noqa: PLC0415 -- the same

    if not form.any_crs and not shapes.known_crs(crs).equals(shapes.known_crs(geo.WGS84)):
        able = ", ".join(one.name for one in FORMATS if one.any_crs)
        raise errors.UsageError(f"{form.name} is in EPSG:4326 alone: leave --crs out, or choose {able}")
    if precision is not None and precision > form.decimals:
        raise errors.UsageError(
            f"{form.name} has at most {form.decimals} decimals: --precision {precision} is too fine"
        )
    unfit = [subject for subject in subjects if form.subjects and subject not in form.subjects]
    if unfit:
        raise errors.UsageError(
            f"{form.name} is for {' and '.join(sorted(form.subjects))} alone, not for {', '.join(unfit)}"
        )


def told(form: Format, layers: Sequence[Layer]) -> tuple[str, ...]:
    """Say what a format cannot hold as it is and holds otherwise; a module may have ``told(layers)`` for that."""
    module = importlib.import_module(f"mapper.outputs.exports.{form.module}")
    return tuple(module.told(layers)) if hasattr(module, "told") else ()


def write(form: Format, layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write layers in a format: file name to content. The same layers give the same bytes."""
    found: dict[str, bytes] = importlib.import_module(f"mapper.outputs.exports.{form.module}").write(
        layers, about, stem=stem
    )
    return found
