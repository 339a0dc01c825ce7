"""`mapper import hxl`: the row of tags says what is what, as libhxl finds it; our own exports come back."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import hxl as libhxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import cli
import workbooks
from mapper import errors
from mapper.sources import hxl
from taking import SAID, content, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TAGS = ["#adm1+name", "#adm3+name", "#date+reported", "#status+control", "#group+holders", "#meta+source"]
GWA = ["Rakhine", "Gwa", "2024-12-29", "eao", "AA", "A Paper"]
TITLES = [["Who holds what"], [], ["State", "Township", "Date", "Control", "By", "Source"]]


def text(listed: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator="\r\n").writerows(listed)
    return made.getvalue()


def take(own: Path, listed: Sequence[Sequence[str]], *options: str) -> cli.Ran:
    file = own.parent / "tagged.csv"
    file.write_text(text(listed), encoding="utf-8", newline="")
    return cli.run("import", "hxl", file, "--into", own, *SAID, "--yes", *options)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.csv", text([*TITLES, TAGS, GWA]).encode()),
        ("a.csv", ("\ufeff" + text([*TITLES, TAGS, GWA], ";")).encode()),
        ("a.tsv", text([*TITLES, TAGS, GWA], "\t").encode("utf-16")),
        ("a.csv", text([["A title, with a comma\nand a line"], [], TITLES[2], TAGS, GWA]).encode()),
        ("a.csv", text([*TITLES, [tag.upper().replace("+", " + ") for tag in TAGS], GWA]).encode()),
        ("a.xlsx", workbooks.xlsx(workbooks.xlsx_cells([*TITLES, TAGS, GWA]))),
        ("a.ods", workbooks.ods(workbooks.ods_cells([*TITLES, TAGS, GWA]))),
    ],
)
def test_each_form_of_a_tagged_table_is_read_without_a_question_about_its_columns(
    own: Path, name: str, raw: bytes
) -> None:
    file = own.parent / name
    file.write_bytes(raw)
    ran = cli.run("import", "hxl", file, "--into", own, *SAID)
    assert ran.code == 0, ran.err
    (report,) = rows(own, "control_reports")
    said = ("pcode", "date", "status", "holders", "scope", "kind", "confidence")
    assert [report[part] for part in said] == ["MMR012017", "2024-12-29", "eao", "AA", "township", "snapshot", "low"]
    assert [row["publisher"] for row in rows(own, "sources")] == ["A Paper"]


def test_rows_keep_their_number_in_the_file_and_untagged_columns_are_named(own: Path) -> None:
    ran = take(own, [["A title,\nin two lines"], [*TAGS, "", "note"], [*GWA, "x", ""], [*GWA[:4], "XYZ", "", "", ""]])
    assert "1 new, 0 same, 0 changed, 1 refused" in ran.out
    assert "Not taken over: (column 7), (column 8)." in " ".join(ran.out.split())
    assert "│ 5   │ refused" in ran.out


cells = st.one_of(  # tags of the standard are ASCII; what libhxl makes of others differs from version to version
    st.sampled_from(
        ["#adm1+name", "#date", "#status +control", "#adm1+name+i_en", "Township", "1", "", " ", "# 1", "#1"]
    ),
    st.text(st.characters(codec="ascii", exclude_characters="\r\n\0", categories=["L", "N", "P", "Zs"]), max_size=6),
)


@settings(max_examples=150, deadline=None)
@given(listed=st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=30))
@example(listed=[["a", "b"]] * 24 + [["#adm1", "#date"]])
@example(listed=[["a", "b"]] * 25 + [["#adm1", "#date"]])
@example(listed=[["#adm1", "x"]])
@example(listed=[["#adm1", "x", "y"]])
def test_the_row_of_tags_is_the_one_that_libhxl_finds(
    tmp_path_factory: pytest.TempPathFactory, listed: list[list[str]]
) -> None:
    width = max(map(len, listed))
    listed = [[*cells, *[""] * (width - len(cells))] for cells in listed]
    try:
        theirs = [column.display_tag for column in libhxl.data(listed).columns]
    except libhxl.input.HXLTagsNotFoundException:
        theirs = []
    file = tmp_path_factory.mktemp("tags") / "a.csv"
    file.write_text(text(listed), encoding="utf-8", newline="")
    try:
        ours = hxl.read(file).header
    except errors.DataError as error:
        assert not theirs, str(error)  # noqa: PT017 -- either both find it or neither does
        return
    assert [hxl.key(name.partition(" ")[0]) for name in ours] == [hxl.key(tag or "") for tag in theirs]


@pytest.mark.parametrize(
    ("tags", "row", "said"),
    [
        (["#status+basis"], ["assumed"], "'assumed' is assumed, and reported by nobody"),
        (["#status+stale"], ["true"], "says that it is stale"),
        (["#status+withdrawn"], ["true"], "says that it was withdrawn"),
        (["#status+main_town"], ["true"], "speaks of the main town alone"),
        (["#adm3+code"], ["MMR008009"], "MMR008009 is in Bago (West), not in Rakhine"),
        (["#status+confidence"], ["sure"], "'sure' is no word that is known"),
    ],
)
def test_what_is_no_report_is_refused(own: Path, tags: list[str], row: list[str], said: str) -> None:
    ran = take(own, [[*TAGS, *tags], [*GWA, *row]], "--plan", str(own.parent / "plan.csv"), "--dry-run")
    assert "0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert said in (own.parent / "plan.csv").read_text(encoding="utf-8")


def test_rows_that_contradict_each_other_are_all_refused(own: Path) -> None:
    ran = take(own, [TAGS, GWA, [*GWA[:3], "junta", "SAC", GWA[5]], [*GWA[:2], "2024-12-30", *GWA[3:]]])
    assert "1 new, 0 same, 0 changed, 2 refused" in ran.out
    assert [row["date"] for row in rows(own, "control_reports")] == ["2024-12-30"]


FIGURES = ["#adm1+name", "#adm3+name", "#date+reported", "#affected+idps"]
OF_GWA = ["Rakhine", "Gwa", "2024-12-31", "12,500"]


def test_figures_are_told_by_their_tag_and_their_basis_is_asked_for(own: Path) -> None:
    asked = take(own, [FIGURES, OF_GWA])
    assert asked.code == 2
    assert "no column was found for basis" in asked.err
    ran = take(own, [FIGURES, OF_GWA], "--set", "basis=total")
    assert ran.code == 0, ran.err
    (figure,) = rows(own, "displacement")
    assert [figure[part] for part in ("pcode", "level", "people", "date")] == [
        *("MMR012017", "township", "12500", "2024-12-31"),
    ]


@pytest.mark.parametrize(
    ("tags", "listed", "said"),
    [
        ([*FIGURES, "#loc+name"], [[*OF_GWA, "A camp"]], "is a part of a township, and figures are never summed up"),
        ([*FIGURES, "#adm4+name"], [[*OF_GWA, "A village"]], "is a part of a township"),
        (["#adm1+name", "#adm2+name", *FIGURES[2:]], [["Rakhine", "Thandwe", *OF_GWA[2:]]], "is a district"),
        (FIGURES, [[*OF_GWA[:3], "few"]], "is no whole number of people"),
    ],
)
def test_a_figure_of_another_kind_of_place_is_never_put_on_a_township_or_state(
    own: Path, tags: list[str], listed: list[list[str]], said: str
) -> None:
    ran = take(own, [tags, *listed], "--set", "basis=total", "--plan", str(own.parent / "plan.csv"), "--dry-run")
    assert ran.code == 0, ran.err
    assert "0 new" in ran.out
    assert said in (own.parent / "plan.csv").read_text(encoding="utf-8")


def test_of_people_by_sex_none_is_taken_for_all(own: Path) -> None:
    by_sex = [[*FIGURES[:3], "#affected+idps+f", "#affected+idps+m"], [*OF_GWA[:3], "3", "4"]]
    ran = take(own, by_sex, "--as", "figures", "--set", "basis=total")
    assert ran.code == 2
    assert "no column was found for people" in ran.err
    rows_of_sexes = [[*FIGURES, "#gender"], [*OF_GWA, "f"], [*OF_GWA[:3], "9,000", "m"]]
    assert "0 new, 0 same, 0 changed, 2 refused" in take(own, rows_of_sexes, "--set", "basis=total").out


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exported")
    for subject in ("reports", "displacement", "slice", "changes"):
        ran = cli.run("export", "hxl", "--subject", subject, "--out", place)
        assert ran.code == 0, ran.err
    return place


def test_our_export_of_reports_comes_back_report_by_report(own: Path, exported: Path) -> None:
    (file,) = exported.glob("reports-*.hxl.csv")
    ran = cli.run("import", "hxl", file, "--into", own, *SAID[:4], "--at", "2026-12-01", "--yes")
    assert ran.code == 0, ran.err
    with file.open(encoding="utf-8", newline="") as opened:
        theirs = list(csv.DictReader(opened))[1:]
    kept = (
        "pcode",
        "status",
        "holders",
        "scope",
        "kind",
        "confidence",
        "place",
        "claimant",
        "claimant_side",
        "finding",
    )
    wanted = Counter(tuple(row[part] for part in kept) for row in theirs if row["withdrawn"] != "true")
    found = rows(own, "control_reports")
    ours = Counter(tuple(row[part].lstrip("'") for part in kept) for row in found)
    assert not ours - wanted
    # what is missing contradicts another row of the same source and day, and is refused with the row it contradicts
    refused = int(ran.out.split(" refused")[0].rpartition(" ")[2])
    same = int(ran.out.split(" same")[0].rpartition(" ")[2])
    assert sum((wanted - ours).values()) == refused + same - sum(row["withdrawn"] == "true" for row in theirs)
    assert refused + same < 40
    months = {row["date"] for row in found if row["date_precision"] == "month"}
    assert months
    assert all(len(month) == 7 for month in months)
    before = content(own)
    again = cli.run("import", "hxl", file, "--into", own, *SAID[:4], "--at", "2026-12-01", "--yes")
    assert "Nothing was changed." in again.out
    assert content(own) == before


def test_our_export_of_displacement_comes_back_figure_by_figure(own: Path, exported: Path) -> None:
    (file,) = exported.glob("displacement-*-displacement.hxl.csv")
    ran = cli.run("import", "hxl", file, "--into", own, *SAID, "--yes")
    assert ran.code == 0, ran.err
    with file.open(encoding="utf-8", newline="") as opened:
        theirs = list(csv.DictReader(opened))[1:]
    kept = ("level", "pcode", "people", "measure", "basis")
    wanted = Counter(tuple(row[part] for part in kept) for row in theirs)
    assert Counter(tuple(row[part] for part in kept) for row in rows(own, "displacement")) == wanted


def test_what_a_map_concludes_comes_back_as_the_word_of_a_map_and_no_assumption_does(own: Path, exported: Path) -> None:
    (file,) = exported.glob("slice-*.hxl.csv")
    ran = cli.run("import", "hxl", file, "--into", own, *SAID[:4], "--at", "2026-12-01", "--yes")
    assert "a map: what it concludes is no report" in " ".join(ran.out.split())
    with file.open(encoding="utf-8", newline="") as opened:
        theirs = {row["pcode"]: row for row in list(csv.DictReader(opened))[1:]}
    found = rows(own, "control_reports")
    assert found
    for row in found:
        assert theirs[row["pcode"]]["basis"] == "reported"
        assert theirs[row["pcode"]]["stale"] == "false"
        assert theirs[row["pcode"]]["status"] == row["status"]


def test_a_change_is_dated_by_its_new_state(own: Path, exported: Path) -> None:
    (file,) = exported.glob("changes-*.hxl.csv")
    cli.run("import", "hxl", file, "--into", own, *SAID[:4], "--at", "2026-12-01", "--yes")
    with file.open(encoding="utf-8", newline="") as opened:
        theirs = {(row["pcode"], row["date"]): row["to_status"] for row in list(csv.DictReader(opened))[1:]}
    found = rows(own, "control_reports")
    assert len(found) > 100
    assert all(theirs[row["pcode"], row["date"]] == row["status"] for row in found)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.csv", b"Township,Date\nGwa,2024-12-29\n", "has no row of HXL tags among its first 25"),
        ("a.csv", b"", "has no row of HXL tags"),
        ("a.xls", b"\xd0\xcf", "is no table that is read"),
        ("a.csv", b"#adm1,#date\n\xff,2\n", "is not UTF-8"),
        ("a.csv", b"#adm1,#date\n1\n", "has too few cells"),
        ("a.csv", text([["#date"] * 2000, ["1"] * 2000]).encode(), "has 2,000 columns"),
        ("a.xlsx", b"PK\x03\x04", "is not a readable workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    with pytest.raises(errors.DataError, match=said):
        hxl.read(file)
