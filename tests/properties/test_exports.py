"""What an export says is read back by readers that are not ours: the same assessments, texts and shapes, whatever."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fiona
import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import exported
import made
from mapper import control, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[Path], list[dict[str, Any]]]

PCODES = [f"MMR01200{number}" for number in range(1, 5)]
ACTORS = ["AA", "KIA", "3BHA", "SAC", "PDF"]

# What the border lets through: no control characters; long enough to need several fields of a Shapefile.
printable = st.characters(exclude_categories=("Cc", "Cs", "Cn"), include_characters="မြို့စစ်တွေ{{}}<>&'\"\\;,%🗺")
words = st.text(printable, min_size=1, max_size=40).map(str.strip).filter(bool)
long_words = st.lists(words, min_size=1, max_size=60).map(" ".join)


@st.composite
def packages(draw: st.DrawFn) -> tables.Package:
    """Four townships with any names, and up to eight reports on them with every field drawn freely."""
    reports = tuple(_report(draw, number) for number in range(draw(st.integers(0, 8))))
    package = made.package(*reports)
    package.townships["name_en"] = draw(st.lists(words, min_size=4, max_size=4))
    package.townships["name_my"] = draw(st.lists(words | st.just(""), min_size=4, max_size=4))
    return package


def _report(draw: st.DrawFn, number: int) -> control.Report:
    date = draw(st.dates(dt.date(2023, 6, 1), dt.date(2024, 12, 31)))
    scope = draw(st.sampled_from(control.SCOPES))
    return made.report(
        date.isoformat() if draw(st.booleans()) else date.isoformat()[:7],
        draw(st.sampled_from(control.REPORT_STATUSES)),
        report_id=f"R{number:04}",
        pcode=draw(st.sampled_from(PCODES)),
        holders=tuple(sorted(draw(st.lists(st.sampled_from(ACTORS), min_size=1, max_size=3, unique=True)))),
        scope=scope,
        main_town=scope == "town" and draw(st.booleans()),
        kind=draw(st.sampled_from(control.KINDS)),
        confidence=draw(st.sampled_from(["low", "medium", "high"])),
        place=draw(words),
        finding=draw(long_words),
    )


def by_json(path: Path) -> list[dict[str, Any]]:
    """Read GeoJSON as any program does."""
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [{**one["properties"], "geometry": shapely.geometry.shape(one["geometry"])} for one in found]


def by_line(path: Path) -> list[dict[str, Any]]:
    """Read a sequence as RFC 8142 has it: by its record separators."""
    head, *records = path.read_text(encoding="utf-8").split("\x1e")
    assert head == ""
    assert all(record.endswith("\n") for record in records)
    found = [json.loads(record) for record in records]
    return [{**one["properties"], "geometry": shapely.geometry.shape(one["geometry"])} for one in found]


def by_fiona(path: Path) -> list[dict[str, Any]]:
    """Read with the GDAL that fiona brings."""
    with fiona.open(_place(path)) as found:
        return [{**one.properties, "geometry": shapely.geometry.shape(one.geometry)} for one in found]


def by_pyogrio(path: Path) -> list[dict[str, Any]]:
    """Read with the GDAL that pyogrio brings."""
    # a GeoPackage has its table of styles as well, and pyogrio warns where nobody says which
    layer, _ = pyogrio.list_layers(_place(path))[0]
    return pyogrio.read_dataframe(_place(path), layer=layer).to_dict("records")


def by_geopandas(path: Path) -> list[dict[str, Any]]:
    """Read GeoParquet with geopandas, which takes the shapes from its metadata."""
    return gpd.read_parquet(path).to_dict("records")


def by_pyarrow(path: Path) -> list[dict[str, Any]]:
    """Read GeoParquet with pyarrow, which knows nothing of shapes."""
    found = pq.read_table(path).to_pylist()
    return [{**one, "geometry": shapely.from_wkb(one["geometry"])} for one in found]


def _place(path: Path) -> str:
    return f"/vsizip/{path}" if path.suffix == ".zip" else str(path)


def shapefile(reader: Reader) -> Reader:
    """Give a Shapefile's rows under the names that its own table explains, texts of several fields in one."""

    def read(path: Path) -> list[dict[str, Any]]:
        with zipfile.ZipFile(path) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith("-fields.csv")]
            _, *fields = archive.read(name).decode().splitlines()
        rows = []
        for row in reader(path):
            found: dict[str, Any] = {"geometry": row["geometry"]}
            for field, column, part, *_ in (line.split(",") for line in fields):
                value = row[field]
                if part != "1":
                    value = (found[column] or "") + (value if exported.there(value) else "")
                found[column] = value
            rows.append(found)
        return rows

    return read


READERS: dict[str, list[Reader]] = {
    "geojson": [by_json, by_fiona, by_pyogrio],
    "geojsonseq": [by_line, by_fiona, by_pyogrio],
    "topojson": [by_pyogrio],
    "gpkg": [by_fiona, by_pyogrio],
    "fgb": [by_fiona, by_pyogrio],
    "parquet": [by_geopandas, by_pyarrow],
    "shp": [shapefile(by_fiona), shapefile(by_pyogrio)],
}


def readings(form: str, subject: str, package: tables.Package) -> list[list[dict[str, Any]]]:
    """Export to a folder and give what each reader finds there."""
    with tempfile.TemporaryDirectory() as folder:
        path = exported.written(exported.export(form, subject, package), Path(folder))
        return [reader(path) for reader in READERS[form]]


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=8)
@given(package=packages())
def test_a_slice_is_read_back_to_the_same_assessments(form: str, package: tables.Package) -> None:
    squares = made.boundaries(package).townships.geometry
    for found in readings(form, "slice", package):
        assert {row["pcode"]: exported.assessment(row) for row in found} == exported.line(package).slice(exported.LAST)
        assert {row["pcode"]: row["name"] for row in found} == package.townships["name_en"].to_dict()
        assert all(row["geometry"].equals(squares[row["pcode"]]) for row in found)


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=6)
@given(package=packages())
def test_a_history_is_read_back_to_the_same_stretches(form: str, package: tables.Package) -> None:
    expected = {}
    for pcode, stretches in exported.line(package).stretches.items():
        for stretch in stretches:
            begins, ends = max(stretch.valid_from, exported.FIRST), stretch.valid_to
            if begins <= exported.LAST and (ends is None or ends > exported.FIRST):
                expected[pcode, begins, None if ends and ends > exported.LAST else ends] = stretch.assessment
    for found in readings(form, "history", package):
        assert expected == {
            (row["pcode"], exported.day(row["valid_from"]), exported.day(row["valid_to"])): exported.assessment(row)
            for row in found
        }


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=6)
@given(package=packages().filter(lambda package: bool(package.reports)))
def test_reports_are_read_back_word_by_word(form: str, package: tables.Package) -> None:
    expected = {
        report.report_id: (report.pcode, report.status, report.finding, report.holders, report.date)
        for report in package.reports
    }
    for found in readings(form, "reports", package):
        assert expected == {
            row["report_id"]: (
                row["pcode"],
                row["status"],
                row["finding"],
                exported.texts(row["holders"]),
                exported.day(row["date"]),
            )
            for row in found
        }
