"""Files that are broken, or made to harm: one clear message, or a row refused; never a traceback or a wrong row."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cli
import workbooks
from mapper import errors
from mapper.intake import book, importing, kinds, start
from mapper.sources import sheets, ucdp, unhcr
from mapper.sources.harvest import Item

HEADER = ["Township", "State", "Date", "Held by", "Source"]
GWA = ["Gwa", "Rakhine", "2024-12-29", "AA", "A Paper"]
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'

ONE_CELL = CELL.format("")


def read(path: Path, raw: bytes) -> sheets.Sheet:
    path.write_bytes(raw)
    return sheets.read(path)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.xlsx", workbooks.xlsx(workbooks.xlsx_cells([HEADER, GWA]))),
        ("a.ods", workbooks.ods(workbooks.ods_cells([HEADER, GWA]))),
        ("a.csv", (",".join(HEADER) + "\r\n" + ",".join(GWA) + "\r\n").encode()),
        ("a.csv", ("\ufeff" + ";".join(HEADER) + "\n" + ";".join(GWA) + "\n").encode()),
        ("a.tsv", ("\t".join(HEADER) + "\n" + "\t".join(GWA) + "\n").encode("utf-16")),
    ],
)
def test_each_form_of_a_table_is_read_alike(tmp_path: Path, name: str, raw: bytes) -> None:
    found = read(tmp_path / name, raw)
    assert found.header == HEADER
    assert found.rows == [(2, dict(zip(HEADER, GWA, strict=True)))]
    assert found.faults == ()


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_formula_is_no_value_and_its_row_is_refused(tmp_path: Path, ending: str) -> None:
    rows = [HEADER, GWA, [*GWA[:3], '=HYPERLINK("http://x")'.replace('"', "&quot;"), "P"]]
    made = workbooks.xlsx(workbooks.xlsx_cells(rows)) if ending == "xlsx" else workbooks.ods(workbooks.ods_cells(rows))
    found = read(tmp_path / f"a.{ending}", made)
    assert [number for number, _ in found.rows] == [2]
    (fault,) = found.faults
    assert str(fault).endswith(
        "a." + ending + ", row 3, column 'Held by': is a formula, not a value. Copy the column and paste it as values."
    )


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.xlsx", workbooks.xlsx(workbooks.xlsx_cells([["&i;"]]), doctype=LAUGHS + "]>"), "cannot be read as XLSX"),
        ("a.xlsx", workbooks.xlsx(workbooks.xlsx_cells([["&a;"]]), doctype=XXE), "cannot be read as XLSX"),
        ("a.ods", workbooks.ods(workbooks.ods_cells([["&i;"]]), doctype=LAUGHS + "]>"), "DTDForbidden"),
        ("a.ods", workbooks.ods(workbooks.ods_cells([["&a;"]]), doctype=XXE), "DTDForbidden"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "is not a readable workbook"),
        ("a.xlsx", b"a,b\n1,2\n", "is not a readable workbook"),
        ("a.ods", workbooks.archive({"content.xml": "<a/>"}), "it holds no sheet"),
        ("a.ods", workbooks.archive({"other.xml": "<a/>"}), "cannot be read as ODS"),
        ("a.xlsx", workbooks.archive({"../../evil.xml": "<a/>"}), "leads out of the archive"),
        ("a.xlsx", workbooks.archive({"xl/big.xml": "0" * 450_000_000}), "unpacks to 0.5 GB, more than 0.4 GB"),
        (
            "a.ods",
            workbooks.ods(
                f'<table:table-row table:number-rows-repeated="99999999">{CELL.format("")}</table:table-row>'
            ),
            "one row says that it comes 99,999,999 times",
        ),
        ("a.csv", b"a,b\n1,\xff\n", "is not UTF-8"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"a,a\n1,2\n", "is a column that comes twice"),
        ("a.csv", b'a,b\n1,"never closed\n', "opens a quote that is never closed"),
        ("a.csv", "a,b\n".encode("utf-16") + b"\x00", "is cut off in the middle of a letter"),
        ("a.vrt", b"<OGRVRTDataSource/>", "is no table that is read"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "is no table that is read"),
    ],
)
def test_a_file_made_to_harm_is_refused_with_one_message(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    with pytest.raises(errors.DataError, match=re.escape(said)):
        read(tmp_path / name, raw)


def test_cells_far_out_and_repeats_fill_no_memory(tmp_path: Path) -> None:
    far = workbooks.xlsx_cells([["a"], ["1"]]) + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert read(tmp_path / "a.xlsx", workbooks.xlsx(far)).rows == [(2, {"a": "1"})]
    wide = CELL.format(' table:number-columns-repeated="1000000"')
    with pytest.raises(errors.DataError, match="comes twice"):  # a thousand columns are read, and all have one name
        read(tmp_path / "a.ods", workbooks.ods(f"<table:table-row>{wide}</table:table-row>"))


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_of_more_cells_than_memory_is_to_be_saved_as_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    listed = [["a", "b"], *[["1", "2"]] * 5]
    raw = (
        workbooks.xlsx(workbooks.xlsx_cells(listed)) if ending == "xlsx" else workbooks.ods(workbooks.ods_cells(listed))
    )
    monkeypatch.setattr(sheets, "CELLS_LIMIT", 12)
    assert len(read(tmp_path / f"a.{ending}", raw).rows) == 5
    monkeypatch.setattr(sheets, "CELLS_LIMIT", 11)
    with pytest.raises(errors.DataError, match=r"more than .*11 cells.*save it again or as CSV"):
        read(tmp_path / f"a.{ending}", raw)


@pytest.mark.parametrize("name", ["/vsicurl/http://x.example/a.csv", "http://x.example/a.csv", "nowhere.csv", "\0.csv"])
def test_an_address_or_a_file_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.DataError, match=r"does not exist|is not a file name|cannot be read"):
        sheets.read(tmp_path / name if "/" not in name else name)


def test_one_of_several_sheets_must_be_named(tmp_path: Path) -> None:
    table = workbooks.ods_cells([["a"], ["1"]]) + '</table:table><table:table table:name="T">'
    (tmp_path / "a.ods").write_bytes(workbooks.ods(table + workbooks.ods_cells([["b"], ["2"]])))
    with pytest.raises(errors.DataError, match=r"has 2 sheets with something in them. Give --sheet one of 'S', 'T'"):
        sheets.read(tmp_path / "a.ods")
    assert sheets.read(tmp_path / "a.ods", sheet="T").rows == [(2, {"b": "2"})]
    with pytest.raises(errors.DataError, match="is no sheet of it"):
        sheets.read(tmp_path / "a.ods", sheet="U")


def test_lines_above_the_header_of_a_sheet_are_a_title(tmp_path: Path) -> None:
    listed = [["Control of townships", "draft", ""], ["", "", ""], ["a", "b", "c"], ["1", "2", ""]]
    (tmp_path / "a.ods").write_bytes(workbooks.ods(workbooks.ods_cells([["As we see it", "", "", ""], *listed[2:]])))
    assert sheets.read(tmp_path / "a.ods").rows == [(3, {"a": "1", "b": "2", "c": ""})]
    assert sheets.of_grid([["title"], *listed[2:]], "x").header == ["a", "b", "c"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> book.Book:
    """A package of two places, opened."""
    place = tmp_path_factory.mktemp("small")
    (place / "places.csv").write_text(
        "code,name,name_local,state_code,state,lon,lat,district_code\n"
        "MMR012017,Gwa,ဂွ,MMR012,Rakhine,94.6,17.6,MMR012D001\nMMR009013,Minhla,မင်းလှ,MMR009,Magway,95,20,MMR009D001\n",
        encoding="utf-8",
    )
    start.make(place / "own", start.Wishes("Small", places=place / "places.csv"))
    return book.Book(place / "own")


texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Gwa", "Rakhine", "2024-12-29", "3/4/2024", "AA", "SAC", "=1", "MMR012017", "", " ", "AA;SAC"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(texts, min_size=5, max_size=5), max_size=4))
def test_no_table_breaks_an_import_and_no_wrong_row_is_taken(small: book.Book, rows: list[list[str]]) -> None:
    sheet = sheets.Sheet("x", HEADER, [(n, dict(zip(HEADER, cells, strict=True))) for n, cells in enumerate(rows, 2)])
    from mapper.intake import mappings, planner  # noqa: PLC0415 -- what this test alone needs
    from mapper.sources import table  # noqa: PLC0415

    mapping = mappings.guess(sheet, "reports")
    found = table.harvest(sheet, mapping, mappings.vocabulary(small, "control_reports"))
    planned = planner.make(found, small, planner.Given("2026-01-31", None, {"sensitivity": "public"}))
    assert [row.number for row in planned.rows] == sorted(range(2, len(rows) + 2)) or len(planned.rows) >= len(rows)
    for row in planned.rows:
        assert bool(row.faults) == (row.outcome == "refused")
        if row.outcome == "new":
            cells = dict(zip(HEADER, rows[row.number - 2], strict=True))
            assert row.cells["pcode"] in ("MMR012017", "MMR009013")
            assert cells["Township"].strip()
            assert row.cells["status"] in ("junta", "eao")
            assert not any(text.startswith(("=", "+", "-", "@")) for text in row.cells.values())


@settings(max_examples=60)
@given(raw=st.binary(max_size=300), ending=st.sampled_from(["csv", "xlsx", "ods", "tsv"]))
def test_no_bytes_break_a_reader_of_tables(tmp_path_factory: pytest.TempPathFactory, raw: bytes, ending: str) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"a.{ending}"
    with contextlib.suppress(errors.DataError):
        read(path, raw)


@settings(max_examples=40)
@given(at=st.integers(0, 2000), change=st.binary(min_size=1, max_size=3))
def test_no_changed_byte_of_a_workbook_breaks_its_reader(
    tmp_path_factory: pytest.TempPathFactory, at: int, change: bytes
) -> None:
    for ending, raw in (
        ("xlsx", workbooks.xlsx(workbooks.xlsx_cells([HEADER, GWA]))),
        ("ods", workbooks.ods(workbooks.ods_cells([HEADER, GWA]))),
    ):
        place = at % len(raw)
        with contextlib.suppress(errors.DataError):
            read(tmp_path_factory.mktemp("w") / f"a.{ending}", raw[:place] + change + raw[place + len(change) :])


@settings(max_examples=60)
@given(cells=st.dictionaries(st.sampled_from(ucdp.HEADER), texts, max_size=49), headed=st.booleans())
def test_no_row_breaks_the_reader_of_ucdp(cells: dict[str, str], headed: bool) -> None:  # noqa: FBT001 -- drawn
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [",".join(ucdp.HEADER)] if headed else []
    lines.append(",".join(quoted(cells.get(column, "")) for column in ucdp.HEADER))
    try:
        raw = "\n".join(lines).encode("utf-8", "replace")
        found = ucdp.harvest(sheets.of_text(raw, "x", header=ucdp.unheaded(raw)), country="Myanmar")
    except errors.DataError:
        return
    for item in found.items:
        assert isinstance(item, Item)
        assert item.cells["event_id"] == f"ucdp-{cells['id'].strip()}"
        assert "myanmar" in cells["country"].casefold()


@settings(max_examples=60)
@given(cells=st.lists(texts, min_size=8, max_size=8))
def test_no_row_breaks_the_reader_of_unhcr(cells: list[str]) -> None:
    header = ["year", "coo_iso", "coa_name", "coa_iso", "pop_type", "location", "total", "idps"]
    sheet = sheets.Sheet("x", header, [(2, dict(zip(header, cells, strict=True)))])
    (found,) = unhcr.harvest(sheet, country="MMR", name="Myanmar")
    assert len(found.items) + len(found.faults) == 1


def test_a_file_name_that_is_not_utf_8_is_no_trouble(tmp_path: Path, small: book.Book) -> None:
    own = shutil.copytree(small.folder, tmp_path / "own")
    file = Path(str(tmp_path / "a") + "\udce9.csv")
    file.write_text(",".join(HEADER) + "\n" + ",".join(GWA) + "\n", encoding="utf-8")
    ran = cli.run("import", "table", file, "--into", own, "--by", "x", "--sensitivity", "public", "--yes")
    assert ran.code == 0, ran.err
    assert "1 new" in ran.out
    assert cli.run("import", "table", file, "--into", own, "--by", "x").out.count("Nothing was changed") == 1


def test_an_unknown_kind_of_file_is_told(small: book.Book) -> None:
    with pytest.raises(errors.UsageError, match="'song' is no kind of file that is taken in: use table, hxl, "):
        kinds.ready("song", kinds.Asked(Path("x"), "2026-01-31"), small)
    assert importing.OUTCOMES == ("new", "same", "changed", "refused")
