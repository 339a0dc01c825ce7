"""What publishers' catalogues say is read with care: addresses, licences, and whose the polygons are."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper import errors
from mapper.boundaries import publishers
from mapper.boundaries.publishers import Offer, Wish

GEOBOUNDARIES: dict[str, Any] = {
    "boundaryID": "MMR-ADM3-1",
    "boundaryISO": "MMR",
    "boundaryYearRepresented": "2020",
    "boundaryType": "ADM3",
    "boundarySource-1": "A survey",
    "boundarySource-2": "A ministry",
    "boundaryLicense": "An open licence",
    "licenseSource": "https://licence.example/",
    "gjDownloadURL": "https://github.com/some/name/raw/9469f09/releaseData/MMR-ADM3.geojson",
    "staticDownloadLink": "https://github.com/some/name/raw/9469f09/releaseData/MMR-ADM3-all.zip",
}


def geoboundaries(level: str = "ADM3", **other: object) -> Offer:
    said = [{**GEOBOUNDARIES, "boundaryType": "ADM1", "gjDownloadURL": "x"}, {**GEOBOUNDARIES, **other}]
    return publishers.offer(Wish("geoboundaries", level), json.dumps(said).encode())


def resource(name: str, form: str, **other: object) -> dict[str, object]:
    return {"name": name, "format": form, "download_url": f"https://data.humdata.org/download/{name}", **other}


def cod_ab(*resources: object, level: str = "ADM3", **other: object) -> Offer:
    found = {
        "title": "Subnational boundaries",
        "license_title": "A licence of HDX",
        "license_url": "https://licence.example/",
        "dataset_source": "A survey",
        "organization": {"title": "An office"},
        "resources": resources,
        **other,
    }
    return publishers.offer(Wish("cod-ab", level), json.dumps({"success": True, "result": found}).encode())


def test_each_publisher_is_asked_at_its_own_address() -> None:
    assert publishers.catalogue(Wish("geoboundaries")) == ("https://www.geoboundaries.org/api/current/gbOpen/MMR/ADM3/")
    assert publishers.catalogue(Wish("cod-ab", country="SDN")) == (
        "https://data.humdata.org/api/3/action/package_show?id=cod-ab-sdn"
    )
    assert publishers.catalogue(Wish("mimu")) == ""


def test_a_mirror_is_asked_in_its_place() -> None:
    wish = Wish("geoboundaries", "ADM2", "SDN", "https://mirror.example/gb/")
    assert publishers.catalogue(wish) == "https://mirror.example/gb/api/current/gbOpen/SDN/ADM2/"


@pytest.mark.parametrize(
    ("source", "level", "country", "match"),
    [
        ("else", "ADM3", "MMR", "is no publisher; use geoboundaries, cod-ab, mimu"),
        ("cod-ab", "ADM9", "MMR", "is no level; use ADM0, ADM1, ADM2, ADM3, ADM4"),
        ("cod-ab", "ADM3", "M/R", "is no country"),
        ("mimu", "ADM3", "SDN", "MIMU publishes ADM1, ADM2, ADM3 of Myanmar"),
        ("mimu", "ADM4", "MMR", "MIMU publishes ADM1, ADM2, ADM3 of Myanmar"),
    ],
)
def test_what_nobody_has_is_refused_before_anybody_is_asked(source: str, level: str, country: str, match: str) -> None:
    with pytest.raises(errors.UsageError, match=match):
        Wish(source, level, country)


def test_geoboundaries_gives_the_wanted_level_by_the_address_of_large_files_first() -> None:
    found = geoboundaries()
    assert found.addresses == (
        "https://media.githubusercontent.com/media/some/name/9469f09/releaseData/MMR-ADM3.geojson",
        "https://github.com/some/name/raw/9469f09/releaseData/MMR-ADM3.geojson",
        "https://media.githubusercontent.com/media/some/name/9469f09/releaseData/MMR-ADM3-all.zip",
        "https://github.com/some/name/raw/9469f09/releaseData/MMR-ADM3-all.zip",
    )
    assert (found.licence, found.licence_url) == ("An open licence", "https://licence.example/")
    assert found.attribution == "geoBoundaries (www.geoboundaries.org), after A survey; A ministry"
    assert (found.title, found.owners) == ("geoBoundaries gbOpen MMR ADM3 2020", ())


def test_one_object_does_as_well_as_a_list_of_them() -> None:
    raw = json.dumps(GEOBOUNDARIES).encode()
    assert publishers.offer(Wish("geoboundaries"), raw) == geoboundaries()


def test_another_address_is_left_as_it_is() -> None:
    for address in (
        "https://data.humdata.org/a/raw/b",
        "https://github.com/a/b/blob/c/d",
        "http://github.com/a/b/raw/c/d",
    ):
        assert publishers.media(address) == address


@pytest.mark.parametrize(
    ("raw", "match"),
    [
        (b"<html><body>Blocked", "answers with something else than JSON"),
        (b"[]", "does not tell of ADM3 of MMR"),
        (b'{"boundaryISO": "MMR", "boundaryType": "ADM2"}', "does not tell of ADM3 of MMR"),
        (b'{"boundaryISO": "MMR", "boundaryType": "ADM3"}', "names no address of a file"),
        (b'{"boundaryISO": "MMR", "boundaryType": "ADM3", "gjDownloadURL": 5}', "names no address of a file"),
        (b"[" * 100_000, "answers with something else than JSON"),
    ],
)
def test_an_answer_of_geoboundaries_that_is_none_is_told(raw: bytes, match: str) -> None:
    with pytest.raises(errors.NetworkError, match=match):
        publishers.offer(Wish("geoboundaries"), raw)


def test_of_hdx_the_wanted_level_comes_in_the_best_format() -> None:
    listed = [
        resource("mmr_adm2.geojson", "GeoJSON"),
        resource("mmr_adm3.gdb.zip", "Geodatabase"),
        resource("mmr_adm3_shp.zip", "SHP"),
        resource("mmr_adm3.geojson", "GeoJSON"),
        resource("mmr_adm30.geojson", "GeoJSON"),
    ]
    found = cod_ab(*listed)
    assert found.addresses == ("https://data.humdata.org/download/mmr_adm3.geojson",)
    assert cod_ab(*listed[:3]).addresses == ("https://data.humdata.org/download/mmr_adm3_shp.zip",)
    assert found.attribution == (
        "A survey; An office; common operational dataset (COD-AB), by way of HDX (data.humdata.org)"
    )
    assert found.licence == "A licence of HDX"


def test_an_archive_of_all_levels_comes_where_the_level_has_no_file_of_its_own() -> None:
    listed = [resource("mmr_admin2.geojson", "GeoJSON"), resource("mmr_admin_boundaries.shp.zip", "SHP")]
    assert cod_ab(*listed).addresses == ("https://data.humdata.org/download/mmr_admin_boundaries.shp.zip",)


@pytest.mark.parametrize("listed", [[], [resource("mmr_adm3.gdb.zip", "Geodatabase")], ["x", None, {}]])
def test_hdx_without_a_file_that_is_read_is_told(listed: list[object]) -> None:
    with pytest.raises(errors.NetworkError, match="has no file of ADM3 in a format that is read"):
        cod_ab(*listed)


@pytest.mark.parametrize("raw", [b"{}", b"[]", b'{"result": 5}', b'{"result": {"resources": {}}}'])
def test_hdx_without_a_dataset_is_told(raw: bytes) -> None:
    with pytest.raises(errors.NetworkError, match="does not describe a dataset"):
        publishers.offer(Wish("cod-ab"), raw)


def test_mimu_is_asked_for_features_in_degrees() -> None:
    found = publishers.offer(Wish("mimu"), b"")
    parts = urlsplit(found.addresses[0])
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "geonode.themimu.info", "/geoserver/wfs")
    assert parse_qs(parts.query) == {
        "service": ["WFS"],
        "version": ["1.0.0"],
        "request": ["GetFeature"],
        "typeName": ["geonode:mmr_polbnda_adm3_250k_mimu_1"],
        "outputFormat": ["application/json"],
        "srsName": ["EPSG:4326"],
    }
    assert found.owners == ("MIMU",)
    assert "MIMU" in found.attribution
    assert "ask for a written agreement with MIMU before use online" in found.licence
    assert "written agreement" in " ".join(found.conditions)


@pytest.mark.parametrize(
    "other",
    [
        {"dataset_source": "MIMU"},
        {"organization": {"title": "Myanmar Information Management Unit"}},
        {"caveats": "made by Mimu"},
        {"license_title": "MIMU's terms"},
    ],
)
def test_what_others_pass_on_from_mimu_stays_mimus(other: dict[str, object]) -> None:
    found = cod_ab(resource("mmr_adm3.geojson", "GeoJSON"), **other)
    assert found.owners == ("MIMU",)
    assert "MIMU" in found.attribution
    assert publishers.NEEDS_MIMU in found.conditions


def test_a_strangers_words_are_on_one_line_and_not_too_long() -> None:
    found = geoboundaries(boundaryLicense="a\n\x1b[31mb\u202ec" + "x" * 1000)
    assert found.licence.startswith("a [31mb c")
    assert len(found.licence) == 400
    assert geoboundaries(boundaryLicense="").licence == "not stated by the publisher"


def test_by_hand_nothing_is_known_but_where_to_look() -> None:
    found = publishers.by_hand(Wish("cod-ab"))
    assert (found.licence, found.licence_url) == (
        "as its page states; not recorded",
        "https://data.humdata.org/dataset/cod-ab-mmr",
    )
    assert publishers.by_hand(Wish("mimu")).owners == ("MIMU",)
