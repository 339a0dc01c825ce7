"""The townships' polygons as their publishers give them, made of a table of shapes in a test and kept nowhere."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from mapper import pipeline
from troubled import sends

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from troubled import Act

BOX = shapely.to_geojson(shapely.box(92, 18, 94, 21))
WFS = "/geoserver/wfs"
CATALOGUE = "/api/current/gbOpen/MMR/ADM3/"
PACKAGE = "/api/3/action/package_show"


@dataclass(frozen=True)
class Polygons:
    """Shapes with names and P-codes, encoded once."""

    rows: tuple[tuple[str, str, str], ...]
    """P-code, name, and the shape as GeoJSON."""

    def collection(self, *, more: str = "", **columns: str) -> bytes:
        """Write a FeatureCollection with columns that hold ``code``, ``name`` or a fixed text."""
        features = []
        for code, name, shape in self.rows:
            held = {column: {"code": code, "name": name}.get(what, what) for column, what in columns.items()}
            features.append(
                f'{{"type":"Feature","properties":{json.dumps(held, ensure_ascii=False)},"geometry":{shape}}}'
            )
        return f'{{"type":"FeatureCollection"{more},"features":[{",".join(features)}]}}\n'.encode()

    def mimu(self, stamp: str = "") -> bytes:
        """As MIMU's service does, with the time of day if ``stamp`` is one."""
        more = f',"timeStamp":"{stamp}"' if stamp else ""
        return self.collection(more=more, TS="name", TS_PCODE="code", PCode_V="9.3")

    def geoboundaries(self) -> bytes:
        """As geoBoundaries does: names, no codes, no states."""
        return self.collection(shapeName="name", shapeISO="", shapeGroup="MMR", shapeType="ADM3")


def polygons(table: gpd.GeoDataFrame) -> Polygons:
    """Encode a table with columns ``pcode``, ``name`` and shapes."""
    shapes = shapely.to_geojson(table.geometry.to_numpy())
    return Polygons(tuple(zip(table["pcode"], table["name"], shapes, strict=True)))


def schematic() -> Polygons:
    """Give the schematic townships, which need nothing beside the clone."""
    package = pipeline.check()
    table = pipeline.load_boundaries(package).townships.reset_index()
    table["name"] = [str(package.townships.loc[pcode, "name_en"]) for pcode in table["pcode"]]
    return polygons(table)


def geoboundaries(url: str, **other: object) -> Act:
    """Answer as the catalogue of geoBoundaries."""
    said: dict[str, Any] = {
        "boundaryISO": "MMR",
        "boundaryType": "ADM3",
        "boundaryYearRepresented": "2020",
        "boundarySource-1": "A survey",
        "boundaryLicense": "An open licence",
        "licenseSource": "https://licence.example/",
        "gjDownloadURL": f"{url}/file.geojson",
    }
    return sends(json.dumps([{**said, **other}]).encode(), Content_Type="application/json")


def humdata(url: str, name: str, form: str, **other: object) -> Act:
    """Answer as the catalogue of HDX, with one file."""
    found: dict[str, Any] = {
        "title": "Subnational boundaries",
        "license_title": "A licence of HDX",
        "dataset_source": "A survey",
        "organization": {"title": "An office"},
        "resources": [{"name": name, "format": form, "download_url": f"{url}/{name}"}],
        **other,
    }
    return sends(json.dumps({"success": True, "result": found}).encode(), Content_Type="application/json")


def packed(members: Mapping[str, bytes]) -> bytes:
    """Make a zip archive."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return into.getvalue()
