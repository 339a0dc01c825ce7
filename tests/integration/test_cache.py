"""What is kept between runs: taken where it fits to the last byte, made anew otherwise, and never a reason to fail."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely

import grid
import made
from mapper import errors, kept, pipeline
from mapper.sources import ingredients, townships

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.geo import Boundaries
    from mapper.tables import Package


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def package() -> Package:
    """Give the twelve townships that the small files have shapes for."""
    townships = made.package(count=12).townships.set_axis(pd.Index(grid.PCODES, name="pcode"))
    return made.package(townships=townships)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return grid.write(tmp_path / "twelve.shp", grid.squares())


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing can be prepared."""
    for name in ("read_boundaries", "load_schematic"):
        monkeypatch.setattr(townships, name, lambda *_: pytest.fail("prepared anew"))


def same(one: Boundaries, other: Boundaries) -> bool:
    pairs = [(one.townships, other.townships), (one.neighbours, other.neighbours)]
    shapes = all(shapely.equals_identical(a.geometry.to_numpy(), b.geometry.to_numpy()).all() for a, b in pairs)
    others = [(found.title, found.licence, found.attribution, found.notes, found.schematic) for found in (one, other)]
    return (
        shapes
        and others[0] == others[1]
        and all(a.drop(columns="geometry").equals(b.drop(columns="geometry")) for a, b in pairs)
    )


def test_the_second_time_the_same_boundaries_are_not_prepared_again(
    package: Package, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pipeline.load_boundaries(package, file)
    refuse(monkeypatch)
    assert same(pipeline.load_boundaries(package, file), first)


def test_schematic_ones_are_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    package = pipeline.open_package()
    first = pipeline.load_boundaries(package)
    refuse(monkeypatch)
    assert same(pipeline.load_boundaries(package), first)


def test_without_cache_nothing_is_read_and_nothing_written(package: Package, file: Path, folder: Path) -> None:
    pipeline.load_boundaries(package, file, cached=False)
    assert not folder.exists()
    pipeline.load_boundaries(package, file)
    (only,) = folder.iterdir()
    before = only.stat().st_mtime_ns
    pipeline.load_boundaries(package, file, cached=False)
    assert only.stat().st_mtime_ns == before


def test_three_builds_give_the_same_bytes_without_cache_into_it_and_out_of_it(tmp_path: Path) -> None:
    results = [
        pipeline.build(out=tmp_path / name, cached=cached)
        for name, cached in (("none", False), ("into", True), ("out of", True))
    ]
    for files in zip(*(result.files for result in results), strict=True):
        assert len({file.read_bytes() for file in files}) == 1, files[0].name
    assert results[2].boundaries.derived.parts


@pytest.mark.shared
def test_three_builds_with_real_polygons_give_the_same_bytes(tmp_path: Path, shared_dir: Path) -> None:
    real = shared_dir / "boundaries" / "mimu_adm3_v93.zip"
    results = [
        pipeline.build(boundaries=real, out=tmp_path / name, cached=cached, audience="internal")
        for name, cached in (("none", False), ("into", True), ("out of", True))
    ]
    for files in zip(*(result.files for result in results), strict=True):
        assert len({file.read_bytes() for file in files}) == 1, files[0].name


def test_a_build_out_of_the_cache_derives_nothing_from_shapes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build(out=tmp_path)
    refuse(monkeypatch)
    for name in ("coverage_simplify", "maximum_inscribed_circle", "to_geojson", "coverage_clean"):
        monkeypatch.setattr(shapely, name, lambda *_, **__: pytest.fail("derived again"))
    pipeline.build(out=tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"something else altogether"),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes()[:-1] + b"\0"),
        lambda file: file.write_bytes(b"\x80\x04\x95" + file.read_bytes()),
        lambda file: file.unlink(),
    ],
)
def test_a_spoilt_file_is_ignored_and_written_again(package: Package, file: Path, folder: Path, spoil: object) -> None:
    first = pipeline.load_boundaries(package, file)
    (only,) = folder.iterdir()
    whole = only.read_bytes()
    spoil(only)
    assert same(pipeline.load_boundaries(package, file), first)
    assert only.read_bytes() == whole


def test_one_for_other_ingredients_under_our_name_is_ignored(package: Package, file: Path, folder: Path) -> None:
    pipeline.load_boundaries(package, file)
    (only,) = folder.iterdir()
    foreign = made.boundaries(made.package())
    only.write_bytes(kept.pack(foreign, {"file": "another"}))
    assert list(pipeline.load_boundaries(package, file).townships.index) == grid.PCODES


@pytest.mark.parametrize("ending", [".shp", ".dbf", ".prj", ".cpg"])
def test_a_change_of_any_part_of_a_shapefile_is_noticed(file: Path, ending: str) -> None:
    before = ingredients.of_file(file, grid.PCODES)
    part = file.with_suffix(ending)
    part.write_bytes((part.read_bytes() if part.exists() else b"") + b" ")
    assert ingredients.of_file(file, grid.PCODES) != before


def test_a_file_beside_it_that_does_not_belong_to_it_changes_nothing(file: Path) -> None:
    before = ingredients.of_file(file, grid.PCODES)
    file.with_name("twelve.txt").write_text("a note", encoding="utf-8")
    file.with_name("other.dbf").write_text("another", encoding="utf-8")
    assert ingredients.of_file(file, grid.PCODES) == before


def test_another_name_other_townships_and_another_library_are_other_ingredients(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [ingredients.of_file(file, grid.PCODES), ingredients.of_file(file, grid.PCODES[:-1])]
    renamed = file.rename(file.with_name("renamed.shp"))
    for ending in (".shx", ".dbf", ".prj", ".cpg"):
        if file.with_suffix(ending).exists():
            file.with_suffix(ending).rename(renamed.with_suffix(ending))
    found.append(ingredients.of_file(renamed, grid.PCODES))
    monkeypatch.setattr(shapely, "geos_version_string", "9.9.9")
    found.append(ingredients.of_file(renamed, grid.PCODES))
    assert len({str(one) for one in found}) == 4


def test_a_change_of_our_code_is_another_ingredient(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "geo.py").write_text("EQUAL = 1\n", encoding="utf-8")
    monkeypatch.setattr(ingredients, "CODE", code)
    before = ingredients.of_file(file, grid.PCODES)
    (code / "geo.py").write_text("EQUAL = 2\n", encoding="utf-8")
    assert ingredients.of_file(file, grid.PCODES) != before


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    package: Package, file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = townships.read_boundaries

    def read_and_change(*given: object) -> Boundaries:
        found = read(*given)
        with file.with_suffix(".dbf").open("ab") as stream:
            stream.write(b" ")
        return found

    monkeypatch.setattr(townships, "read_boundaries", read_and_change)
    assert len(pipeline.load_boundaries(package, file).townships) == 12
    assert not folder.exists()


def test_a_faulty_file_is_refused_every_time_and_never_kept(package: Package, tmp_path: Path, folder: Path) -> None:
    faulty = grid.write(tmp_path / "faulty.shp", dict(list(grid.squares().items())[:-1]))
    for _ in range(2):
        with pytest.raises(errors.DataError, match="MMR001012"):
            pipeline.load_boundaries(package, faulty)
    assert not folder.exists()


def test_a_missing_file_is_told_as_before(package: Package, tmp_path: Path) -> None:
    with pytest.raises(errors.DataError, match=r"nowhere\.shp.* does not exist"):
        pipeline.load_boundaries(package, tmp_path / "nowhere.shp")


@pytest.mark.parametrize("named", ["a file/kept", "/proc/kept", "/dev/null"])
def test_a_folder_that_cannot_be_written_is_no_error(
    package: Package, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    (tmp_path / "a file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / named))
    for _ in range(2):
        assert len(pipeline.load_boundaries(package, file).townships) == 12


def test_a_place_that_is_not_absolute_is_not_written_to(
    package: Package, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kept, "folder", lambda: kept.Path("~", ".cache", "mapper"))
    pipeline.load_boundaries(package, file)
    assert not (tmp_path / "~").exists()


def test_only_the_newest_are_kept_and_nothing_half_written(package: Package, tmp_path: Path, folder: Path) -> None:
    for number in range(kept.MOST + 2):
        pipeline.load_boundaries(package, grid.write(tmp_path / f"copy{number}.shp", grid.squares()))
        for file in folder.iterdir():
            os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns - 10**9))
    assert len(list(folder.iterdir())) == kept.MOST
    newest = ingredients.of_file(tmp_path / f"copy{kept.MOST + 1}.shp", grid.PCODES)
    assert newest is not None
    assert kept.place(newest).is_file()
