"""``mapper export`` as a user meets it: what it writes, replaces, refuses and says, the same at any hour."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frictionless
import geopandas as gpd
import pytest
import shapely

import exported
import made
import mapper
from mapper import errors, exporting
from mapper.outputs.exports import formats, make

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper", "export", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_without_a_format_all_are_told_with_what_they_are_for() -> None:
    told = run().stdout
    for form in formats.FORMATS:
        assert f"  {form.name} " in told
        assert form.title in told


def test_help_tells_of_subjects_and_choices() -> None:
    told = " ".join(run("--help").stdout.split())
    for word in ("valid_from to valid_to", "--clip", "--simplify METRES", "--as-known-on", "--dry-run", "EPSG:4326"):
        assert word in told


def test_a_slice_is_written_with_its_sidecar_and_what_it_is_is_said(tmp_path: Path) -> None:
    done = run("geojson", "--on", "2024-12-31", "--state", "Rakhine", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == ["slice-2024-12-31.geojson", "slice-2024-12-31.metadata.json"]
    assert "Who holds which township, 2024-12-31" in done.stdout
    assert "boundaries are schematic" in done.stdout
    assert "reading the data package" in done.stderr
    features = json.loads((tmp_path / "slice-2024-12-31.geojson").read_text(encoding="utf-8"))["features"]
    assert {one["properties"]["state_pcode"] for one in features} == {"MMR012"}
    gwa = next(one["properties"] for one in features if one["id"] == "MMR012017")
    assert (gwa["status"], gwa["holders"], gwa["since"]) == ("eao", ["AA"], "2024-12-29")


def test_a_dry_run_says_what_would_be_written_and_replaced_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "slice-2024-12-31.fgb").write_text("mine", encoding="utf-8")
    done = run("fgb", "--on", "2024-12-31", "--dry-run", "--out", str(tmp_path))
    assert f"would be replaced: {tmp_path / 'slice-2024-12-31.fgb'}" in done.stdout
    assert f"would be written: {tmp_path / 'slice-2024-12-31.metadata.json'}" in done.stdout
    assert "Nothing was written." in done.stdout
    assert names(tmp_path) == ["slice-2024-12-31.fgb"]
    assert (tmp_path / "slice-2024-12-31.fgb").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["geojsn"], "'geojsn' is no format of exports: choose geojson"),
        (["gpkg", "--subject", "towns"], "'towns' is no subject of exports: choose one of slice, history"),
        (["geojson", "--crs", "EPSG:32647"], "geojson is in EPSG:4326 alone: leave --crs out, or choose gpkg"),
        (["geojson", "--precision", "9"], "geojson has at most 6 decimals"),
        (["gpkg", "--holder", "AAA"], "'AAA' is no actor of this package. Give one such as"),
        (["gpkg", "--clip", "100,20,92,22"], "--clip 100,20,92,22 is no box"),
        (["gpkg", "--clip", "nowhere.geojson"], "nowhere.geojson: does not exist"),
        (["gpkg", "--start", "2025-01-31", "--end", "2024-01-31"], "would be after the last"),
    ],
)
def test_what_makes_no_sense_is_one_message_with_its_remedy(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run(*arguments, "--out", str(tmp_path))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path) == []


def test_a_file_of_polygons_is_a_clip_in_any_system(tmp_path: Path) -> None:
    corner = gpd.GeoSeries([shapely.box(92, 17, 95, 19)], crs="EPSG:4326").to_crs("EPSG:32646")
    corner.to_file(tmp_path / "corner.gpkg")
    found = mapper.export("geojson", clip=str(tmp_path / "corner.gpkg"), dry_run=True)
    west, south, east, north = found.made.layers[0].table.total_bounds
    assert (east, north) == (pytest.approx(95, abs=0.02), pytest.approx(19, abs=0.02))
    assert (south, west) >= (17, 92)
    assert "Cut along the polygons of a file." in found.made.about.choices


def test_a_clip_without_polygons_or_without_a_system_is_refused(tmp_path: Path) -> None:
    points = gpd.GeoSeries([shapely.Point(95, 20)], crs="EPSG:4326")
    points.to_file(tmp_path / "points.gpkg")
    with pytest.raises(errors.DataError, match="holds no polygon"):
        mapper.export("geojson", clip=str(tmp_path / "points.gpkg"), dry_run=True)
    box = gpd.GeoSeries([shapely.box(92, 17, 95, 19)], crs="EPSG:4326")
    box.to_file(tmp_path / "box.shp")
    (tmp_path / "box.prj").unlink()
    with pytest.raises(errors.DataError, match="does not say its reference system"):
        mapper.export("geojson", clip=str(tmp_path / "box.shp"), dry_run=True)


def test_nothing_is_written_where_a_format_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> dict[str, bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formats, "write", fails)
    with pytest.raises(OSError, match="No space left"):
        mapper.export("gpkg", out=tmp_path)
    assert names(tmp_path) == []


def test_steps_of_the_progress_bar_are_as_many_as_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    mapper.export("geojsonseq", out=tmp_path, tell=told.append)
    assert len(told) == exporting.STEPS


def test_two_runs_give_the_same_bytes_whatever_the_hour_the_hashes_and_the_zone(tmp_path: Path) -> None:
    script = (
        "import sys, mapper\n"
        "from mapper.outputs.exports import formats\n"
        "for form in formats.FORMATS:\n"
        "    mapper.export(form.name, subject='all', out=sys.argv[1])\n"
    )
    digests = []
    for seed, zone in (("1", "Asia/Yangon"), ("2", "America/Lima")):
        folder = tmp_path / seed
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", script, folder], cwd=ROOT, check=True, env=env)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())})
    assert len(digests[0]) > len(formats.FORMATS)
    assert digests[0] == digests[1]


def test_rows_that_may_not_be_public_are_in_no_export(tmp_path: Path) -> None:
    """A restricted source's reports and figures, and the status that only they support, stay inside."""
    package = tmp_path / "package"
    shutil.copytree(ROOT / "geodata", package)
    sources = (package / "sources.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    reports = mapper.open_package().reports
    hidden = reports[0].source_id
    secret = {one.report_id for one in reports if one.source_id == hidden}
    at = next(number for number, line in enumerate(sources) if line.startswith(f"{hidden},"))
    sources[at] = sources[at].replace(",public,", ",restricted,")
    (package / "sources.csv").write_text("".join(sources), encoding="utf-8")
    found = mapper.export("geojson", package, subject="all", dry_run=True).made
    text = b"".join(found.files.values()).decode()
    assert hidden not in text
    assert not any(f'"{name}"' in text for name in secret)
    whole = mapper.export("geojson", subject="all", dry_run=True).made
    assert hidden in b"".join(whole.files.values()).decode()


@pytest.mark.parametrize("form", [one.name for one in formats.FORMATS])
def test_a_sidecar_is_a_data_package_and_a_dcat_dataset(form: str) -> None:
    wanted = formats.find(form)
    subject = next(iter(wanted.subjects), "history")
    found = exported.export(form, subject, made.package(made.report("2024-02-20", "eao", pcode="MMR012002")))
    told = exported.sidecar(found)
    assert frictionless.Package.validate_descriptor(told).valid
    assert (told["@type"], told["dct:license"], told["dcat:version"]) == ("dcat:Dataset", "CC-BY-4.0", "1.0")
    assert told["dct:temporal"]["dcat:endDate"] == {"@type": "xsd:date", "@value": "2024-12-31"}
    assert told["export"]["as_known_on"] == "2026-01-01"
    contents = {name: content for name, content in found.files.items() if not name.endswith(make.SIDECAR)}
    assert [one["path"] for one in told["resources"]] == list(contents)
    for one in told["resources"]:
        assert one["bytes"] == len(contents[one["path"]])
        assert one["hash"] == f"sha256:{hashlib.sha256(contents[one['path']]).hexdigest()}"
    fields: dict[str, Any] = {one["name"]: one for one in told["resources"][0]["layers"][0]["schema"]["fields"]}
    assert (fields["pcode"]["type"], fields["holders"]["type"]) == ("string", "array")


def test_every_format_is_told_once_and_has_a_module_that_writes() -> None:
    assert len({one.name for one in formats.FORMATS}) == len(formats.FORMATS)
    for one in formats.FORMATS:
        found = exported.export(one.name, next(iter(one.subjects), "slice"), made.package())
        assert any(name.endswith(one.suffix) for name in found.files)


def test_a_format_that_holds_shapes_alone_says_what_it_left_out(tmp_path: Path) -> None:
    done = run("shp", "--subject", "displacement", "--out", str(tmp_path))
    assert "refugees       left out" in done.stdout
    assert any(name.endswith(".shp.zip") for name in names(tmp_path))


@pytest.mark.shared
def test_the_terms_of_polygons_that_a_user_names_are_said(tmp_path: Path, shared_dir: Path) -> None:
    polygons = shared_dir / "boundaries" / "mimu_adm3_v93.zip"
    done = run("topojson", "--boundaries", str(polygons), "--audience", "internal", "--dry-run", "--out", str(tmp_path))
    assert "Boundaries from mimu_adm3_v93.zip; licence: as its owner states" in done.stdout
    assert "written agreement with MIMU before use online" in done.stdout
    assert "schematic" not in done.stdout
