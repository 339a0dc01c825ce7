"""Small maps to take in: a package of two square townships, files of polygons and points, and KML as of My Maps."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import shapely

import cli
from mapper.intake import start

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

GWA: Final = shapely.box(94, 17, 95, 18)
MINHLA: Final = shapely.box(95, 17, 96, 18)
BOTH: Final = shapely.box(94, 17, 96, 18)
SAID: Final = ("--sensitivity", "public", "--by", "tester", "--at", "2026-01-31")
PLACES: Final = (
    "code,name,name_local,state_code,state,lon,lat,district_code\n"
    "MMR012017,Gwa,ဂွ,MMR012,Rakhine,94.6,17.6,MMR012D001\nMMR008009,Minhla,မင်းလှ,MMR008,Bago,95.5,17.5,MMR008D001\n"
)


def package(folder: Path) -> Path:
    """Make a package of two townships, with a file of their polygons beside it."""
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    start.make(folder / "own", start.Wishes("Own map", places=folder / "places.csv"))
    townships = gpd.GeoDataFrame({"code": ["MMR012017", "MMR008009"]}, geometry=[GWA, MINHLA], crs="EPSG:4326")
    townships.to_file(folder / "townships.gpkg", driver="GPKG")
    return folder / "own"


def layer(path: Path, rows: list[dict[str, Any]], shapes: list[BaseGeometry | None], **how: Any) -> Path:  # noqa: ANN401 -- GDAL's
    """Write features by GDAL, in degrees unless ``crs`` says otherwise."""
    crs = how.pop("crs", "EPSG:4326")
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
    frame = frame.to_crs(crs) if crs else frame.set_crs(None, allow_override=True)
    frame.to_file(path, **how)
    return path


def zipped(path: Path, *parts: Path) -> Path:
    """Pack files into an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts:
            packed.write(part, part.name)
    return path


def feature(shape: BaseGeometry, **said: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": said, "geometry": json.loads(shapely.to_geojson(shape))}


def geojson(path: Path, *features: dict[str, Any], **more: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{x},{y},0" for x, y in shapely.get_coordinates(shape))


def placemark(name: str, shape: BaseGeometry | str, *, style: str = "", words: str = "", more: str = "") -> str:
    """Write a placemark; ``shape`` may be XML as it is."""
    if isinstance(shape, str):
        drawn = shape
    elif shape.geom_type == "Point":
        drawn = f"<Point><coordinates>\n  {coordinates(shape)}\n</coordinates></Point>"
    else:
        ring = f"<LinearRing><coordinates>\n {coordinates(shape)}\n</coordinates></LinearRing>"
        drawn = f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    url = f"<styleUrl>#{style}</styleUrl>" if style else ""
    described = f"<description><![CDATA[{words}]]></description>" if words else ""
    return f"<Placemark><name>{name}</name>{described}{url}{more}{drawn}</Placemark>"


def kml(*marks: str, title: str = "Who holds what", head: str = "", folder: str = "Areas") -> str:
    inside = f"<Folder><name>{folder}</name>{''.join(marks)}</Folder>" if folder else "".join(marks)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>{title}</name>{_styles('A52714')}{_styles('0288D1')}{inside}</Document></kml>"
    )


def _styles(colour: str) -> str:
    name = f"poly-{colour}-1200-77"
    turned = colour[4:] + colour[2:4] + colour[:2]
    return (
        f'<Style id="{name}-normal"><PolyStyle><color>4d{turned.lower()}</color></PolyStyle></Style>'
        f'<StyleMap id="{name}"><Pair><key>normal</key><styleUrl>#{name}-normal</styleUrl></Pair></StyleMap>'
    )


def kmz(text: str, name: str = "doc.kml", **more: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, text)
        for other, content in more.items():
            packed.writestr(other, content)
    return buffer.getvalue()


def take(own: Path, kind: str, file: Path, *options: str) -> cli.Ran:
    return cli.run(
        *("import", kind, file, "--into", own, "--boundaries", own.parent / "townships.gpkg", *SAID, "--yes", *options)
    )
