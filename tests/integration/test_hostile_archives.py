"""Zip archives of boundaries that are broken or hostile: refused with the reason, and no temporary file stays."""

from __future__ import annotations

import os
import re
import struct
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import grid
from grid import faults, only
from mapper.sources import townships

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Unpack into a folder of the test's own, and see that nothing is left in it."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == [], "temporary files were left behind"


def packed(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def with_declared_size(path: Path, size: int) -> Path:
    """Make every entry in an archive's directory declare another unpacked size."""
    content = bytearray(path.read_bytes())
    for found in re.finditer(rb"PK\x01\x02", bytes(content)):
        struct.pack_into("<L", content, found.start() + 24, size)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_zip_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.zip"
    path.write_bytes(content)
    assert only(path).startswith("is not a readable zip archive (")


def test_an_archive_that_is_damaged_inside_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "t.zip", ("t.geojson", b"{}" + os.urandom(3000)))
    content = bytearray(path.read_bytes())
    content[1000:1010] = bytes(10)
    path.write_bytes(content)
    assert only(path).startswith("is not a readable zip archive (")


def test_an_archive_that_unpacks_to_10_gb_is_refused_by_its_directory(tmp_path: Path) -> None:
    members = [("t.shp", b"0"), ("t.dbf", b"0"), ("t.shx", b"0")]
    path = with_declared_size(packed(tmp_path / "t.zip", *members), 3_400_000_000)
    assert only(path) == "unpacks to 10.2 GB, more than 1 GB"


def test_an_archive_whose_directory_lies_about_its_size_is_refused_and_not_unpacked_further(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_declared_size(packed(tmp_path / "t.zip", ("t.geojson", bytes(50_000_000))), 1000)
    sizes = []
    clean_up = tempfile.TemporaryDirectory.cleanup

    def weigh(folder: tempfile.TemporaryDirectory[str]) -> None:
        sizes.extend(file.stat().st_size for file in Path(folder.name).iterdir())
        clean_up(folder)

    monkeypatch.setattr(tempfile.TemporaryDirectory, "__exit__", lambda self, *_: weigh(self))
    assert only(path).startswith("is not a readable zip archive (Bad CRC-32")
    assert sum(sizes) <= 1000
    assert temporary.is_dir()


@pytest.mark.parametrize(
    "name", ["../t.geojson", "/etc/t.geojson", "a/../../t.geojson", "..\\t.geojson", "C:/t.geojson"]
)
def test_an_entry_that_leads_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "t.zip", (name, b"{}"))
    assert [problem for _, problem in faults(path)] == ["leads out of the archive"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["t.zip"]


def test_a_symbolic_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("t.geojson")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
    assert faults(path) == [("t.geojson", "is a symbolic link")]


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "t.zip", ("t.geojson", b"{}"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert faults(path) == [("t.geojson", "is encrypted")]


def test_an_unusual_packing_is_refused_since_it_may_unpack_without_bound(tmp_path: Path) -> None:
    path = packed(tmp_path / "t.zip", ("t.geojson", b"{}"), method=zipfile.ZIP_LZMA)
    assert faults(path) == [("t.geojson", "is packed by an unusual method")]


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ([], "holds no vector file (but nothing)"),
        ([("README.txt", b"x")], "holds no vector file (but .txt)"),
        ([("inner.zip", b"x")], "holds no vector file (but .zip)"),
        ([("b.shp", b"x"), ("a.geojson", b"x")], "holds 2 vector files (a.geojson, b.shp)"),
    ],
)
def test_an_archive_must_hold_one_vector_file(tmp_path: Path, members: list[tuple[str, bytes]], problem: str) -> None:
    assert only(packed(tmp_path / "t.zip", *members)) == problem


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # of zipfile, while this test makes such an archive
def test_an_archive_with_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "t.zip", ("t.geojson", b"x"), ("t.geojson", b"y"))
    assert only(path) == "holds 2 vector files (t.geojson, t.geojson)"


def test_an_archive_of_very_many_entries_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "t.zip", *((f"{number}.txt", b"") for number in range(10_001)))
    assert only(path) == "holds 10,001 entries"


def test_ctrl_c_while_reading_leaves_no_temporary_file(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid.write(tmp_path / "t.geojson", grid.squares(), driver="GeoJSON")
    path = grid.pack(tmp_path / "t.zip", [tmp_path / "t.geojson"])

    def interrupt(opened: str, **_: object) -> None:
        assert Path(opened).parent.parent == temporary
        raise KeyboardInterrupt

    monkeypatch.setattr("fiona.open", interrupt)
    with pytest.raises(KeyboardInterrupt):
        townships.read_boundaries(path, grid.PCODES)
