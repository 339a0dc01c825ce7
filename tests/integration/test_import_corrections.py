"""A file that says otherwise now corrects a report by a new record; what was taken back stays so."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest

import cli
from mapper import pipeline
from taking import GWA, HEADER, content, rows, take

if TYPE_CHECKING:
    from pathlib import Path

SAC = GWA.replace("Arakan Army", "SAC")
LATER = ("--at", "2026-03-01")


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("fresh") / "own"
    assert cli.run("new", place, "--title", "Own map", "--at", "2026-01-01").code == 0
    assert take(place, HEADER + GWA, "--yes").code == 0
    return place


@pytest.fixture
def own(fresh: Path, tmp_path: Path) -> Path:
    """A package with one report: Gwa, held by the AA."""
    return shutil.copytree(fresh, tmp_path / "own")


def withdraw(own: Path) -> None:
    (own / "withdrawals.csv").write_text(
        "report_id,recorded_on,why\nR0001,2026-02-10,the page was taken down\n", encoding="utf-8", newline=""
    )


def ids(own: Path) -> list[tuple[str, str, str]]:
    return [(row["report_id"], row["holders"], row["supersedes"]) for row in rows(own, "control_reports")]


def said(ran: cli.Ran) -> str:
    return " ".join(ran.out.replace("│", " ").split())


def test_a_correction_is_a_record_of_its_own_that_says_what_it_corrects(own: Path) -> None:
    first = (own / "control_reports.csv").read_bytes()
    ran = take(own, HEADER + SAC, *LATER)
    assert "0 new, 0 same, 1 changed, 0 refused" in ran.out
    assert (own / "control_reports.csv").read_bytes().startswith(first)
    _, new = rows(own, "control_reports")
    assert new["supersedes_why"] == "its source says otherwise now: status, holders"
    old, correcting = pipeline.open_package(own).reports
    assert (old.superseded_by, str(old.superseded_on)) == ("R0002", "2026-03-01")
    assert correcting.supersedes == "R0001"


def test_the_corrected_file_again_changes_nothing(own: Path) -> None:
    take(own, HEADER + SAC, *LATER)
    before = content(own)
    ran = take(own, HEADER + SAC, *LATER)
    assert "0 new, 1 same, 0 changed, 0 refused" in ran.out
    assert content(own) == before


def test_the_old_file_again_is_told_as_what_it_is(own: Path) -> None:
    take(own, HEADER + SAC, *LATER)
    before = content(own)
    ran = take(own, HEADER + GWA, *LATER)
    assert "0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert "says what R0001 said, and R0002 corrects it since 2026-03-01" in said(ran)
    assert "--again" in said(ran)
    assert content(own) == before


def test_what_is_so_again_is_taken_when_it_is_said(own: Path) -> None:
    take(own, HEADER + SAC, *LATER)
    ran = take(own, HEADER + GWA, "--at", "2026-04-01", "--again")
    assert "0 new, 0 same, 1 changed, 0 refused" in ran.out
    assert ids(own) == [("R0001", "AA", ""), ("R0002", "SAC", "R0001"), ("R0003", "AA", "R0002")]
    assert "1 same" in take(own, HEADER + GWA, "--at", "2026-04-02").out


def test_a_withdrawn_report_is_not_resurrected(own: Path) -> None:
    withdraw(own)
    before = content(own)
    ran = take(own, HEADER + GWA, *LATER)
    assert "0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert "it was withdrawn on 2026-02-10 (the page was taken down)" in said(ran)
    assert content(own) == before
    assert "1 new, 0 same" in take(own, HEADER + GWA, *LATER, "--again").out
    assert ids(own) == [("R0001", "AA", ""), ("R0002", "AA", "")]


def test_what_is_said_anew_of_a_withdrawn_report_corrects_nothing(own: Path) -> None:
    withdraw(own)
    assert "1 new, 0 same, 0 changed" in take(own, HEADER + SAC, *LATER).out
    assert ids(own) == [("R0001", "AA", ""), ("R0002", "SAC", "")]


def test_a_clock_that_went_back_corrects_nothing(own: Path) -> None:
    before = content(own)
    ran = take(own, HEADER + SAC, "--at", "2026-01-15")
    assert "0 changed, 1 refused" in ran.out
    assert "recorded on 2026-01-31, after this import. Check the clock" in said(ran)
    assert content(own) == before


def test_undo_gives_back_the_bytes_before_a_correction(own: Path) -> None:
    before = content(own)
    take(own, HEADER + SAC, *LATER)
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    after = content(own)
    assert {name: raw for name, raw in after.items() if name != "log.csv"} == {
        name: raw for name, raw in before.items() if name != "log.csv"
    }
    assert "1 changed" in take(own, HEADER + SAC, *LATER).out


def test_a_package_from_before_corrections_gets_the_columns(own: Path) -> None:
    table = own / "control_reports.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace(",supersedes,supersedes_why\n", "\n").replace(",,,,\n", ",,\n"),
        encoding="utf-8",
        newline="",
    )
    before = table.read_bytes()
    assert b"supersedes" not in before
    assert take(own, HEADER + SAC, *LATER).code == 0
    assert ids(own) == [("R0001", "AA", ""), ("R0002", "SAC", "R0001")]
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert table.read_bytes() == before


def test_log_shows_corrections_and_the_changes_of_the_package(own: Path) -> None:
    take(own, HEADER + SAC, *LATER)
    cli.run("undo", "--into", own, "--by", "an editor", "--at", "2026-03-02")
    take(own, HEADER + SAC, "--at", "2026-03-03")
    ran = cli.run("log", own)
    assert ran.code == 0
    assert "Corrected and withdrawn" in ran.out
    assert "R0002" in ran.out
    assert "Changes of the package, by its log.csv" in ran.out
    listed = json.loads(cli.run("log", own, "--changes", "--format", "json").out)
    assert [(row["entry"], row["who"], row["action"], row["file"], row["new"], row["changed"]) for row in listed] == [
        (1, "tester", "import table", "reports.csv", 1, 0),
        (2, "tester", "import table", "reports.csv", 0, 1),
        (3, "an editor", "undo", "", 0, 0),
        (4, "tester", "import table", "reports.csv", 0, 1),
    ]
    assert [(row["undoes"], row["undone_by"]) for row in listed] == [(None, None), (None, 3), (2, None), (None, None)]
    since = json.loads(cli.run("log", own, "--changes", "--since", "2026-03-02", "--format", "json").out)
    assert [row["entry"] for row in since] == [3, 4]


def test_the_embedded_package_has_no_changes_to_show() -> None:
    ran = cli.run("log")
    assert ran.code == 0
    assert "Changes of the package" not in ran.out
    assert "Nothing." in cli.run("log", "--changes").out


def test_a_figure_that_is_told_otherwise_stays_and_as_known_gives_it_back(own: Path) -> None:
    text = "Township,State,Date,IDPs,Source\nGwa,Rakhine,2026-01-05,{},A Paper\n"
    more = ("--as", "figures", "--set", "basis=total", "--yes")
    assert take(own, text.format(500), *more, name="idps.csv").code == 0
    ran = take(own, text.format(700), *more, *LATER, name="idps.csv")
    assert "1 changed" in ran.out
    told = [(row["figure_id"], row["people"], row["recorded_on"]) for row in rows(own, "displacement")]
    assert told == [("D0001", "500", "2026-01-31"), ("D0002", "700", "2026-03-01")]
    known = {
        day: list(pipeline.open_known(own, known_on=dt.date.fromisoformat(day)).displacement["people"])
        for day in ("2026-01-30", "2026-02-28", "2026-03-01")
    }
    assert known == {"2026-01-30": [], "2026-02-28": [500], "2026-03-01": [700]}
    assert list(pipeline.open_package(own).displacement["people"]) == [700]
    before = content(own)
    again = take(own, text.format(500), *more, *LATER, name="idps.csv")
    assert "says what D0001 said, and D0002 tells it otherwise since" in " ".join(again.out.split())
    assert "1 same" in take(own, text.format(700), *more, *LATER, name="idps.csv").out
    assert content(own) == before
