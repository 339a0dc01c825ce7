"""CSV, Excel and HXL: what a spreadsheet shows, never runs, and keeps as it is."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import hxl as libhxl
import openpyxl
import pandas as pd
import pytest

import exported
import layered
import made
from mapper.outputs.exports import cells, csv_tables, delimited, formats, hxl, xlsx

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from mapper.outputs.exports.layer import About, Layer
    from mapper.tables import Package

FORMULA = '=HYPERLINK("https://evil.example","x")'
SUBJECTS = ("slice", "history", "changes", "reports")


def told_by(finding: str, *more: str) -> Package:
    """A package with a report for each finding."""
    reports = [
        made.report("2024-02-20", "eao", pcode=f"MMR01200{n}", report_id=f"R{n:04}", finding=text)
        for n, text in enumerate([finding, *more], start=1)
    ]
    return made.package(*reports)


def reports(finding: str, *more: str) -> tuple[list[Layer], About]:
    package = told_by(finding, *more)
    return layered.layers_of(package, made.boundaries(package), exported.line(package), "reports")


def sheet_of(layers: list[Layer], about: About, name: str) -> Worksheet:
    (content,) = xlsx.write(layers, about, stem="x").values()
    return openpyxl.load_workbook(io.BytesIO(content))[name]


def column(sheet: Worksheet, name: str) -> list[Any]:
    place = [cell.value for cell in sheet[1]].index(name)
    return [row[place] for row in sheet.iter_rows(min_row=2)]


def test_csv_has_a_file_for_each_table_in_utf_8_without_a_mark() -> None:
    layers, about = layered.checkered_layers(*SUBJECTS)
    files = csv_tables.write(layers, about, stem="all-2024-06-30")
    assert list(files) == [f"all-2024-06-30-{name}.csv" for name in SUBJECTS]
    first, *rest = files["all-2024-06-30-slice.csv"].decode("utf-8").splitlines()
    assert first.startswith("pcode,name,name_en,name_my,")
    assert rest[0].startswith("MMR012001,Town 1,Town 1,မြို့ 1,")
    assert list(csv_tables.write(layers[:1], about, stem="slice-2024-06-30")) == ["slice-2024-06-30.csv"]


def test_a_cell_that_a_spreadsheet_would_run_is_harmless_and_the_change_is_told() -> None:
    package = told_by(FORMULA, "+1", "plain", "'=1")
    found = exported.export("csv", "reports", package)
    rows = list(csv.DictReader(io.StringIO(next(iter(found.files.values())).decode())))
    assert [row["finding"] for row in rows] == [f"'{FORMULA}", "'+1", "plain", "''=1"]
    said = (
        "An apostrophe stands before text that a spreadsheet would run as a formula: "
        "in reports finding of R0001, finding of R0002, finding of R0004."
    )
    assert said in found.about.choices  # which the command prints
    assert said in exported.sidecar(found)["export"]["choices"]


def test_where_nothing_is_changed_nothing_is_told() -> None:
    layers, _ = reports("plain", "1=1", "a+b")
    assert [list(told(layers)) for told in (csv_tables.told, hxl.told, xlsx.told)] == [[], [], []]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_each_way_in_which_a_formula_can_begin_is_shut(start: str) -> None:
    assert delimited.harmless(f"{start}1") == f"'{start}1"


def test_control_characters_are_shown_as_signs_and_that_is_told() -> None:
    layers, about = reports("a\x07b\x00c\x1b")
    ((_, content),) = csv_tables.write(layers, about, stem="x").items()
    assert "a␇b␀c␛" in content.decode()
    assert column(sheet_of(layers, about, "reports"), "finding")[0].value == "a␇b␀c␛"
    said = [f"{cells.SIGNS}: in reports finding of R0001."]
    assert [list(told(layers)) for told in (csv_tables.told, hxl.told, xlsx.told)] == [said, said, said]


def test_more_than_ten_changes_are_counted() -> None:
    package = made.package(
        *(made.report("2024-02-20", "eao", pcode="MMR012001", report_id=f"R{n:04}", finding="=1") for n in range(13))
    )
    layers, _ = layered.layers_of(package, made.boundaries(package), exported.line(package), "reports")
    (said,) = csv_tables.told(layers)
    assert said.endswith("finding of R0009 and 3 more.")


def test_excel_holds_formulas_as_text_and_runs_none() -> None:
    layers, about = reports(FORMULA, "{=1+1}", "@SUM(A1)", "<r><t>x</t></r>")
    found = column(sheet_of(layers, about, "reports"), "finding")
    assert [cell.value for cell in found] == [FORMULA, "{=1+1}", "@SUM(A1)", "<r><t>x</t></r>"]
    assert {cell.data_type for cell in found} == {"s"}
    (content,) = xlsx.write(layers, about, stem="x").values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    "text", ["_x0041_", "]]>", "&lt;b&gt;", " lead and trail ", "one\ntwo", "1-2", "00123", "မြို့", "🗺"]
)
def test_excel_holds_any_text_as_it_is(text: str) -> None:
    layers, about = reports(text)
    (cell,) = column(sheet_of(layers, about, "reports"), "finding")
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_text_too_long_for_a_cell_is_cut_and_that_is_told() -> None:
    layers, about = reports("x" * 40_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (cell,) = column(sheet_of(layers, about, "reports"), "finding")
    assert len(cell.value) == 32_767
    assert cell.value.endswith("x ... (cut)")
    assert list(xlsx.told(layers)) == ["Text of more than 32767 characters is cut: in reports finding of R0001."]
    (whole,) = csv_tables.write(layers, about, stem="x").values()
    assert b"x" * 40_000 in whole


def test_in_excel_days_are_days_and_p_codes_are_text() -> None:
    layers, about = layered.checkered_layers("history")
    sheet = sheet_of(layers, about, "history")
    begins = column(sheet, "valid_from")
    assert {cell.number_format for cell in begins} == {"yyyy-mm-dd"}
    assert all(cell.is_date for cell in begins)
    assert dt.datetime(2021, 2, 10) in [cell.value for cell in begins]  # noqa: DTZ001 -- a cell has no time zone
    assert {cell.data_type for cell in column(sheet, "pcode")} == {"s"}
    assert {cell.data_type for cell in column(sheet, "stale")} == {"b"}
    assert {cell.data_type for cell in column(sheet, "area_km2")} == {"n"}


def test_p_codes_with_zeros_before_them_stay_text_in_each() -> None:
    plain = told_by("x")
    codes = pd.Index(["001001", "001002", "001003", "001004"], name="pcode")
    package = dataclasses.replace(
        plain,
        townships=plain.townships.set_axis(codes).assign(state_pcode="001"),
        reports=tuple(dataclasses.replace(report, pcode="001001") for report in plain.reports),
    )
    layers, about = layered.layers_of(package, made.boundaries(package), exported.line(package), "slice")
    sheet = sheet_of(layers, about, "slice")
    assert next((cell.value, cell.data_type) for cell in column(sheet, "pcode")) == ("001001", "s")
    assert column(sheet, "state_pcode")[0].value == "001"
    (content,) = hxl.write(layers, about, stem="x").values()
    assert next(iter(libhxl.data(io.BytesIO(content)))).get("#adm3+code") == "001001"


def test_the_sheets_are_the_tables_then_columns_about_and_sources() -> None:
    layers, about = layered.checkered_layers(*SUBJECTS)
    (content,) = xlsx.write(layers, about, stem="x").values()
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [*SUBJECTS, "columns", "about", "sources"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
    assert all(9 <= size.width <= 61 for size in book["history"].column_dimensions.values())
    meanings = {(row[0].value, row[1].value): row[3].value for row in book["columns"].iter_rows(min_row=2)}
    assert meanings["history", "valid_to"] == "First day on which it holds no more; empty: still so."
    assert len(meanings) == sum(len(layer.columns) for layer in layers)
    said = [(row[0].value, row[1].value) for row in book["about"].iter_rows(min_row=2)]
    for pair in (
        ("version", "1.0"),
        ("as of", "2024-06-30"),
        ("as known on", "2026-01-01"),
        ("licence", "CC-BY-4.0"),
        ("boundaries schematic", "yes"),
        ("caveats", "Boundaries and names do not imply endorsement or acceptance by anyone."),
        ("actor AA", "AA in full"),
    ):
        assert pair in said
    (_, source) = book["sources"].iter_rows()
    assert [cell.value for cell in source] == [
        "a-source",
        "A paper",
        "2024-06-01",
        "facts-cited",
        "https://paper.example/page",
    ]
    assert source[-1].hyperlink.target == "https://paper.example/page"


def test_no_sheet_links_to_anything_but_the_web() -> None:
    package = made.package(
        made.report("2024-02-20", "eao", pcode="MMR012001"),
        sources={"a-source": made.source(url="file:///etc/passwd", publisher="internal:Sheet1!A1")},
    )
    layers, about = layered.layers_of(package, made.boundaries(package), exported.line(package), "reports")
    (content,) = xlsx.write(layers, about, stem="x").values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"hyperlink" in archive.read(name) for name in archive.namelist() if "sheet" in name)


def test_the_label_has_the_colour_of_our_map() -> None:
    layers, about = layered.checkered_layers("slice")
    sheet = sheet_of(layers, about, "slice")
    fills = {
        look.value: cell.fill.fgColor.rgb
        for look, cell in zip(column(sheet, "map_class"), column(sheet, "label"), strict=True)
    }
    assert fills["junta.reported"] == "FF9E2F2A"
    assert fills["junta.assumed"] == "FFF6E0D8"


def test_nothing_in_a_workbook_tells_when_it_was_written() -> None:
    layers, about = layered.checkered_layers("slice")
    (content,) = xlsx.write(layers, about, stem="x").values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-01-01T00:00:00Z") == 2  # created and modified: the day as known on
    assert about.title in core


def test_hxl_tags_stand_below_the_header_each_once() -> None:
    layers, about = layered.checkered_layers(*SUBJECTS)
    for (name, content), layer in zip(hxl.write(layers, about, stem="all").items(), layers, strict=True):
        assert name == f"all-{layer.name}.hxl.csv"
        tags = content.decode().splitlines()[1].split(",")
        assert len(set(tags)) == len(tags)
        assert all(tag.startswith("#") for tag in tags)


def test_the_humanitarian_tools_find_what_they_look_for() -> None:
    layers, about = layered.embedded("slice")
    (content,) = hxl.write(layers, about, stem="x").values()
    source = libhxl.data(io.BytesIO(content))
    gwa = next(iter(source.with_rows("#adm3+code=MMR012017")))
    tags = ("#adm3+name+i_en", "#adm1+code", "#adm1+name", "#status+control", "#group+holders", "#date+since")
    assert [gwa.get(tag) for tag in tags] == ["Gwa", "MMR012", "Rakhine", "eao", "AA", "2024-12-29"]
    counted = libhxl.data(io.BytesIO(content)).count(["#status+control"])
    assert sum(int(row.get("#meta+count")) for row in counted) == 330


def test_by_its_tag_each_column_is_found_and_no_other() -> None:
    layers, about = layered.checkered_layers(*SUBJECTS)
    layers += layered.embedded("displacement")[0]
    for layer, content in zip(layers, hxl.write(layers, about, stem="x").values(), strict=True):
        for row in libhxl.data(io.BytesIO(content)):
            for column_, value in zip(layer.columns, row.values, strict=True):
                assert (row.get(column_.hxl) or "") == value, column_


def test_the_standards_own_schema_finds_no_error() -> None:
    layers, about = layered.embedded(*SUBJECTS, "displacement")
    for name, content in hxl.write(layers, about, stem="x").items():
        assert libhxl.validate(libhxl.data(io.BytesIO(content)))["stats"]["error"] == 0, name


def test_figures_of_people_have_the_tags_of_the_humanitarian_tools() -> None:
    layers, about = layered.embedded("displacement")
    inside, abroad = hxl.write(layers, about, stem="x").values()
    source = libhxl.data(io.BytesIO(inside))
    assert {int(row.get("#affected+idps")) % 5 for row in source} == {0}
    first = next(iter(libhxl.data(io.BytesIO(abroad))))
    assert first.get("#country+code+asylum").isupper()
    assert int(first.get("#affected+refugees")) > 0


@pytest.mark.parametrize("name", ["csv", "xlsx", "hxl", "kml", "kmz", "pmtiles"])
def test_each_is_a_format_with_its_suffix_and_its_metadata_beside_it(name: str) -> None:
    found = exported.export(name, "slice", told_by("x"))
    first, *rest = found.files
    assert first == f"slice-2024-12-31{formats.find(name).suffix}"
    assert len(rest) == 1
    assert exported.sidecar(found)["licenses"] == [{"name": "CC-BY-4.0"}]
