"""Maps and tagged tables that are broken, or made to harm: a row refused or one clear message, never a wrong row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import drawing
from drawing import GWA, feature, geojson, kml, kmz, placemark
from mapper import errors
from mapper.sources import kml as kml_files
from mapper.sources import shapes

if TYPE_CHECKING:
    from pathlib import Path


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SAYS = {"status": "eao", "holder": "AA", "date": "2024-12-29"}
MARK = placemark("Gwa - AA - 2024/12/29", GWA)
OPEN = "<coordinates>94,17 95,17 95,18 94,18</coordinates>"
DEEP = "<Folder>" * 5000 + MARK + "</Folder>" * 5000


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (kml(MARK, head=LAUGHS + "]>", title="&i;").encode(), "defines entities or a document type"),
        (kml(MARK, head=XXE, title="&a;").encode(), "defines entities or a document type"),
        (kml(MARK, head='<!DOCTYPE kml SYSTEM "http://x.example/a.dtd">').encode(), "defines entities or a document"),
        (b"", "is not KML"),
        (b"<kml>", "is not KML"),
        (b"<html></html>", "its root is 'html'"),
        (b"<?xml version='1.0' encoding='no-such'?><kml/>", "is not KML"),
        (kml().encode(), "holds no placemarks"),
        (kml("<a/>" * 2_000_001).encode(), "has more than 2,000,000 tags"),
        (kml(DEEP).encode(), "has folders nested too deeply"),
        (b"\x00" * 1000, "is not KML"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_kml_made_to_harm_is_refused_with_one_message(tmp_path: Path, raw: bytes, said: str, packed: bool) -> None:  # noqa: FBT001 -- a form
    file = tmp_path / ("a.kmz" if packed else "a.kml")
    file.write_bytes(kmz(raw.decode("latin-1")) if packed else raw)
    with pytest.raises(errors.DataError, match=re.escape(said)) as found:
        kml_files.read(file)
    assert "root:" not in str(found.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (kmz(kml(MARK), "../../doc.kml"), "leads out of the archive"),
        (kmz(kml(MARK), **{"/etc/x.png": ""}), "leads out of the archive"),
        (kmz(kml(MARK), "a.kml", **{"b.kml": ""}), "holds 2 KML files (a.kml, b.kml)"),
        (kmz("", "a.txt"), "holds no KML"),
        (kmz("0" * 150_000_000), "is more than 100 MB of KML"),
        (b"PK\x03\x04 and no more", "is not a readable KMZ"),
        (kml(MARK).encode(), "is not a readable KMZ"),
    ],
)
def test_an_archive_made_to_harm_is_refused_with_one_message(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "a.kmz").write_bytes(raw)
    with pytest.raises(errors.DataError, match=re.escape(said)):
        kml_files.read(tmp_path / "a.kmz")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<Point><coordinates>a,b</coordinates></Point>", "coordinates that are no numbers ('a,b')"),
        ("<Point><coordinates>nan,1</coordinates></Point>", "coordinates that are no degrees"),
        ("<Point><coordinates>1e999,1</coordinates></Point>", "coordinates that are no degrees"),
        ("<Point><coordinates>17,94</coordinates></Point>", "coordinates that are no degrees ('17,94')"),
        ("<Point><coordinates>94</coordinates></Point>", "coordinates that are no numbers"),
        ("<Point><coordinates>94,17 95,17</coordinates></Point>", "is a point with 2 positions"),
        ("<Point/>", "is a point with 0 positions"),
        ("<Polygon/>", "has 0 outer rings"),
        (
            f"<Polygon><outerBoundaryIs><LinearRing>{OPEN}</LinearRing></outerBoundaryIs></Polygon>",
            "has a ring that does not close",
        ),
        ("<LineString><coordinates>94,17</coordinates></LineString>", "is a line without a length"),
        ("<MultiGeometry>" * 60 + "</MultiGeometry>" * 60, "is nested too deeply"),
        ("", "has no shape"),
    ],
)
def test_a_placemark_with_a_broken_shape_is_refused_and_the_next_is_read(inside: str, said: str) -> None:
    document = kml_files.parse(kml(placemark("AA", inside), MARK).encode(), "a.kml")
    drawn = shapes.of_document(document, "a.kml")
    assert [number for number, _ in drawn.sheet.rows] == [2]
    assert said in str(drawn.sheet.faults[0])


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("/vsicurl/http://x.example/a.geojson", b"", "is an address and not a local file"),
        ("http://x.example/a.kml", b"", "is an address and not a local file"),
        ("a.vrt", b"<OGRVRTDataSource/>", "is in a format that is not read"),
        ("a.gml", b"<gml/>", "is in a format that is not read"),
        ("a.geojson", b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>', "cannot be read as GeoJSON"),
        ("a.gpkg", b"<OGRVRTDataSource/>", "cannot be read as GPKG"),
        ("a.shp", b"\x00" * 100, "cannot be read as ESRI Shapefile"),
        ("a.zip", drawing.kmz("<x/>", "a.vrt"), "holds no vector file"),
        ("a.zip", drawing.kmz("<x/>", "../a.geojson"), "leads out of the archive"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[]}', "holds no features"),
        (
            "a.geojson",
            b'{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:99999"}},"features":[]}',
            "names a reference system that nobody knows",
        ),
    ],
)
def test_what_reaches_out_or_is_no_map_is_refused(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    file: Path | str = name
    if "/" not in name:
        file = tmp_path / name
        file.write_bytes(raw)
    with pytest.raises(errors.DataError, match=re.escape(said)):
        shapes.read(file)


def test_a_link_to_a_file_is_read_as_the_file_and_one_to_a_device_is_refused(tmp_path: Path) -> None:
    geojson(tmp_path / "real.geojson", feature(GWA, **SAYS))
    (tmp_path / "a.geojson").symlink_to(tmp_path / "real.geojson")
    assert len(shapes.read(tmp_path / "a.geojson").sheet.rows) == 1
    (tmp_path / "b.geojson").symlink_to("/dev/zero")
    with pytest.raises(errors.DataError, match="is not a plain file"):
        shapes.read(tmp_path / "b.geojson")
