"""A data package with something wrong in it: one clear message, everything at once, exit code 2, no traceback."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapper import __main__ as command_line

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "geodata", tmp_path / "package")


@pytest.fixture
def check(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Run `mapper check` on the folder; give what it says on failing with exit code 2."""

    def run() -> str:
        monkeypatch.setattr(sys, "argv", ["mapper", "check", str(folder)])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        assert stopped.value.code == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err

    return run


def edit(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text(encoding="utf-8")
    assert change(text) != text, "the edit must change something"
    file.write_text(change(text), encoding="utf-8")


REPORTS = "control_reports.csv"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#3B8B70", "#3b8b70", "column 'colour': '#3b8b70' does not have its form. It must match #[0-9A-F]{6}"),
        ("#3B8B70", "green", "column 'colour': 'green' does not have its form"),
        ("#3B8B70", "#7A67BB", "column 'colour': '#7A67BB' occurs more than once. Give each its own"),
        ("#4DCCA1", "#906DC8", "column 'colour_dark': '#906DC8' occurs more than once"),
        ("#4DCCA1", "", "column 'colour_dark': does not fit the colour '#3B8B70'. Fill in both, or neither"),
        ("3BHA,#3B8B70", "4BHA,#3B8B70", "column 'family': '4BHA' is not in the table actors."),
        ("3BHA,#3B8B70", "MNDAA,#3B8B70", "column 'family': 'MNDAA' is itself in the family of 3BHA. Write 3BHA"),
    ],
)
def test_a_wrong_colour_or_family_is_named(
    folder: Path, check: Callable[[], str], old: str, new: str, said: str
) -> None:
    edit(folder / "actors.csv", lambda text: text.replace(old, new, 1))
    found = " ".join(check().split())
    assert "actors.csv" in found
    assert said in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "R0001,MMR001001,Myitkyina,2023-01-09",
            "R0001,MMR001001,Myitkyina,2024-13-01",
            "row 2, column 'date': '2024-13-01' is not a date.",
        ),
        (
            "R0001,MMR001001,Myitkyina",
            "R0001,MMR001099,Myitkyina",
            "is not in the table townships. Correct it, or add it there first",
        ),
        (
            "R0001,MMR001001,Myitkyina",
            "R0001,MMR001002,Myitkyina",
            "'MMR001002, Myitkyina' is not in the table townships",
        ),
        ("2023-01-09,day,junta,SAC", "2023-01-09,day,junta,SACK", "column 'holders': 'SACK' is not an actor"),
        (
            "2023-01-09,day,junta,SAC",
            "2023-01-09,day,regime,SAC",
            "column 'status': 'regime' is not a word of this column. Use one of junta, contested, nug, eao",
        ),
        (
            "2023-01-09,day,junta,SAC",
            "2023-01-09,month,junta,SAC",
            "column 'date_precision': 'month' does not fit the date 2023-01-09",
        ),
        ("R0002,", "R0001,", "row 3, column 'report_id': 'R0001' occurs more than once"),
        ("SAC,town,yes,snapshot", "SAC,town,,snapshot", "column 'main_town': is empty though the scope is a town"),
        (
            "2026-11-23,,,,\nR0002",
            "2022-11-23,,,,\nR0002",
            "column 'date': '2023-01-09' is after 2022-11-23, when it was recorded",
        ),
        ("2026-11-23,,,,\nR0002", "2026-11-23,2026-11-24,,,\nR0002", "column 'withdrawn_why':"),
        ("report_id,pcode,", "report_id,p_code,", "column 'pcode': is missing. Rename the column 'p_code'"),
        ("report_id,pcode,", "report_id,report_id,", "report_id"),
    ],
)
def test_a_fault_in_a_report_is_told_with_row_column_value_and_remedy(
    folder: Path, check: Callable[[], str], old: str, new: str, said: str
) -> None:
    edit(folder / REPORTS, lambda text: text.replace(old, new, 1))
    message = check()
    assert said in message
    assert REPORTS in message


def test_a_movement_that_ends_before_it_begins_is_told(folder: Path, check: Callable[[], str]) -> None:
    edit(folder / "movements.csv", lambda text: text.replace("2021-11-01,2021-11-15", "2021-11-15,2021-11-01", 1))
    message = check()
    assert "row 17, column 'date_to': '2021-11-01' is before date_from, 2021-11-15. Correct one of the two" in message
    assert "movements.csv" in message


def test_every_fault_of_every_table_is_told_at_once(folder: Path, check: Callable[[], str]) -> None:
    edit(folder / REPORTS, lambda text: text.replace(",high,", ",sure,", 1).replace(",2023-01-09,", ",9 Jan 2023,", 1))
    edit(folder / "townships.csv", lambda text: text.replace(",97.3904,", ",25.3904,", 1))
    message = check()
    assert "'sure' is not a word of this column" in message
    assert "'9 Jan 2023' is not a date" in message
    assert "column 'lon': '25.3904' is out of range" in message
    assert "3 faults" in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"report_id,pcode\nR0001,caf\xe9\n", "UTF-8"),
        (b"report_id,pcode\nR0001\n", "row 2"),
        (b'report_id,pcode\n"R0001,MMR001001\n', "quot"),
        (b"report_id\n" + b"x" * 2_000_000 + b"\n", "row 2"),
    ],
    ids=["empty", "latin-1", "too few cells", "unclosed quote", "huge cell"],
)
def test_a_file_that_is_no_table_is_told(folder: Path, check: Callable[[], str], content: bytes, said: str) -> None:
    (folder / REPORTS).write_bytes(content)
    message = check()
    assert said in message
    assert REPORTS in message


def test_a_folder_where_a_table_is_due_is_told(folder: Path, check: Callable[[], str]) -> None:
    (folder / REPORTS).unlink()
    (folder / REPORTS).mkdir()
    assert REPORTS in check()


def test_a_table_that_is_not_there_is_told(folder: Path, check: Callable[[], str]) -> None:
    (folder / "sources.csv").unlink()
    assert "sources.csv" in check()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "datapackage.json"),
        ("[]", "is no Frictionless data package"),
        ('{"resources": [{"name": "townships"}]}', "is no Frictionless data package"),
        ('{"resources": []}', "'control_reports' is missing"),
    ],
)
def test_a_descriptor_that_describes_nothing_is_told(
    folder: Path, check: Callable[[], str], content: str, said: str
) -> None:
    (folder / "datapackage.json").write_text(content, encoding="utf-8")
    assert said in check()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda described: described.update(licenses="CC-BY"), "is no list of licences"),
        (lambda described: described.update(control={"window_dayz": 3}), "'window_dayz' is no option"),
        (lambda described: described["resources"].append(described["resources"][0]), "is described twice"),
        (
            lambda described: next(
                one for one in described["resources"] if one["name"] == "published_aggregates"
            ).update(name="published_agregates"),
            "Did you mean published_aggregates?",
        ),
    ],
)
def test_a_slip_in_the_descriptor_is_told_and_not_passed_over(
    folder: Path, check: Callable[[], str], change: Callable[[dict], None], said: str
) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    change(described)
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert said in check()


def test_a_package_without_townships_is_refused(folder: Path, check: Callable[[], str]) -> None:
    edit(folder / "townships.csv", lambda text: text.split("\n")[0] + "\n")
    assert "has no townships" in check()


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "https://example.org/a.csv"])
def test_a_table_outside_the_package_is_refused(folder: Path, check: Callable[[], str], path: str) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert "leads out of the package" in check()


@pytest.mark.parametrize(
    "declared",
    [
        {"baseline": {"status": "contested", "holders": ["SAC"], "from": "2021-02-01"}},
        {"baseline": {"status": "junta", "holders": ["nobody"], "from": "2021-02-01"}},
        {"baseline": {"status": "junta", "holders": ["SAC"], "from": "the coup"}},
        {"baseline": "junta"},
        {"window_days": -1},
        {"stale_months": "twelve"},
        {"stale_months": True},
        {"baseline": {"status": ["junta"], "holders": ["SAC"], "from": "2021-02-01"}},
        {"baseline": {"status": "junta", "holders": ["SAC"], "from": "9999-12-31"}},
    ],
)
def test_numbers_and_assumptions_that_make_no_sense_are_refused(
    folder: Path, check: Callable[[], str], declared: dict[str, object]
) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["control"] = declared
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert next(iter(declared)) in check()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=["byte-order mark", "Windows line ends"],
)
def test_what_spreadsheets_do_to_a_csv_is_no_fault(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[str], str],
) -> None:
    for name in (REPORTS, "sources.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(change(text).encode("utf-8"))
    monkeypatch.setattr(sys, "argv", ["mapper", "check", str(folder)])
    with pytest.raises(SystemExit) as stopped:
        command_line.main()
    assert stopped.value.code == 0
    assert "no faults" in capsys.readouterr().out


def test_a_restricted_source_never_reaches_an_output(folder: Path, tmp_path: Path) -> None:
    from mapper import pipeline  # noqa: PLC0415 -- heavy

    edit(
        folder / "sources.csv",
        lambda text: "\n".join(
            line.replace(",public,", ",restricted,") if line.startswith("narinjara-2024-11,") else line
            for line in text.split("\n")
        ),
    )
    package = pipeline.open_package(folder)
    assert package.withheld["control_reports"] == 14
    result = pipeline.build(folder, out=tmp_path / "out")
    for file in result.files:
        assert "narinjara-2024-11" not in file.read_text(encoding="utf-8"), file.name
