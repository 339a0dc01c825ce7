"""Boundaries as bytes: the same come back, and nothing that is not exactly what was written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas.testing
import pytest
import shapely

import made
from mapper import geo, kept

OF = {"file": "9f86d0", "GEOS": "3.14"}


def boundaries() -> geo.Boundaries:
    found = made.boundaries(made.package())
    third = shapely.box(94 + 1 / 3, 20, 95, 21)
    found.townships.loc["MMR012002", "geometry"] = shapely.MultiPolygon([third, shapely.box(94, 20.1, 94.1, 20.2)])
    found.townships.loc["MMR012002", "area_km2"] = 1 / 3
    found.once("drawn", "ရခိုင်\n".encode)
    return found


def test_boundaries_come_back_as_they_were_to_the_last_bit() -> None:
    before = boundaries()
    after = kept.unpack(kept.pack(before, OF), OF)
    assert after is not None
    geopandas.testing.assert_geodataframe_equal(after.townships, before.townships)
    assert after.townships["area_km2"].to_list() == [11000.0, 1 / 3, 11000.0, 11000.0]
    assert shapely.equals_identical(after.townships.geometry.to_numpy(), before.townships.geometry.to_numpy()).all()
    assert shapely.equals_identical(after.neighbours.geometry.to_numpy(), before.neighbours.geometry.to_numpy()).all()
    assert after.neighbours["name"].to_list() == ["Elsewhere"]
    assert (after.townships.index.name, after.neighbours.index.name) == ("pcode", "country")
    assert (after.townships.crs, after.neighbours.crs) == (geo.WGS84, geo.WGS84)
    assert (after.schematic, after.title, after.licence) == (True, "Squares", "public domain")
    assert (after.attribution, after.notes) == ("nobody", ())


def test_what_was_derived_from_them_need_not_be_made_again() -> None:
    after = kept.unpack(kept.pack(boundaries(), OF), OF)
    assert after is not None
    assert after.once("drawn", lambda: pytest.fail("made again")).decode() == "ရခိုင်\n"


def test_the_same_boundaries_are_the_same_bytes() -> None:
    assert kept.pack(boundaries(), OF) == kept.pack(boundaries(), OF)


def test_bytes_cut_short_anywhere_are_not_read() -> None:
    whole = kept.pack(boundaries(), OF)
    assert all(kept.unpack(whole[:end], OF) is None for end in range(len(whole)))


def test_a_changed_byte_anywhere_is_noticed() -> None:
    whole = kept.pack(boundaries(), OF)
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        assert kept.unpack(bytes(changed), OF) is None, at


@pytest.mark.parametrize("raw", [b"", b"\0" * 100, b"PK\x03\x04 a zip archive", kept.MAGIC, b"{}"])
def test_bytes_of_another_form_are_not_read(raw: bytes) -> None:
    assert kept.unpack(raw, OF) is None


@pytest.mark.parametrize("body", [b"{}\n", b"[]\n", b"no JSON\n", b'{"of": {"file": "9f86d0", "GEOS": "3.14"}}\n'])
def test_a_right_digest_over_something_else_is_not_read(body: bytes) -> None:
    assert kept.unpack(kept.MAGIC + hashlib.sha256(body).hexdigest().encode() + body, OF) is None


def test_bytes_of_other_ingredients_are_not_read() -> None:
    assert kept.unpack(kept.pack(boundaries(), OF), {**OF, "GEOS": "3.15"}) is None


def test_each_set_of_ingredients_has_a_file_of_its_own() -> None:
    assert kept.place(OF) == kept.place(dict(reversed(OF.items())))
    assert kept.place(OF) != kept.place({**OF, "GEOS": "3.15"})


def test_the_folder_is_the_users_own_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path))
    assert kept.folder() == tmp_path
    monkeypatch.setenv("MAPPER_CACHE", "beside")
    assert kept.folder() == Path.cwd() / "beside"
    monkeypatch.setenv("MAPPER_CACHE", "")
    monkeypatch.setattr(kept.platformdirs, "user_cache_path", lambda name, **_: tmp_path / name)
    assert kept.folder() == tmp_path / "mapper"
