"""Files of many rows: little memory, the same result, and a package that Ctrl-C leaves as it was."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import cli
from mapper.intake import comparing, ledger, planner, spool
from mapper.sources import large, streams
from mapper.sources import package as packages
from taking import GWA, HEADER, content, rows, take

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
MANY: Final = 50_000
MEGABYTES: Final = 110
"""Over what the program needs by itself; the rows of the file alone would take 150 as Python's dictionaries."""

# Prints the most memory that the import has taken over what was taken before it, and how many rows it had.
MEASURE: Final = """
import resource, sys
sys.argv[1:] = {warm!r}
from mapper import __main__
def run():
    try: __main__.main()
    except SystemExit as stopped: assert not stopped.code, stopped.code
run()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.argv[1:] = {command!r}
run()
print("took", (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("fresh") / "own"
    assert cli.run("new", place, "--title", "Own map", "--at", "2026-01-01").code == 0
    return place


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of 50,000 reports on Gwa; one in ten cannot be taken, one in ten repeats the one before."""
    place = tmp_path_factory.mktemp("many") / "many.csv"
    with place.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER.replace("Phone", "Claimant"))
        for number in range(MANY):
            day = f"{2000 + number // 10_000 % 5}-{1 + number % 12:02}-{1 + number // 12 % 28:02}"
            state = "Kachin" if number % 10 == 7 else "Rakhine"
            who = number - 1 if number % 10 == 3 else number
            stream.write(f"Gwa,{state},{day if who == number else ''},AA,A Paper,,claimant {who}\n")
    return place


SAID: Final = ("--sensitivity", "public", "--by", "tester", "--at", "2026-01-31", "--yes", "--map", "claimant=Claimant")


def test_fifty_thousand_rows_take_little_memory_and_each_is_told(own: Path, many: Path, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(HEADER + GWA, encoding="utf-8")
    shutil.copytree(own, tmp_path / "warm")
    command = [*SAID, "--into", str(own)]
    warm = ["import", "table", str(tmp_path / "one.csv"), *SAID[:-2], "--into", str(tmp_path / "warm")]
    code = MEASURE.format(warm=warm, command=["import", "table", str(many), *command])
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "many.csv into control_reports: 40,000 new, 0 same, 0 changed, 10,000 refused." in ran.stdout, ran.stderr
    assert "planning: 10,000 rows" in ran.stderr
    taken = re.search(r"took (\d+)", ran.stdout)
    assert taken is not None
    assert int(taken[1]) < MEGABYTES
    listed = rows(own, "control_reports")
    assert [row["report_id"] for row in listed] == [f"R{number:04}" for number in range(1, 40_001)]
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert rows(own, "control_reports") == []


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that goes in parts goes in parts of a row or two, and everything that may be on the disk is."""
    monkeypatch.setattr(planner, "BATCH", 2)
    monkeypatch.setattr(ledger, "BATCH", 1)
    monkeypatch.setattr(large, "PART", 2)
    monkeypatch.setattr(spool, "MEMORY", 1)
    monkeypatch.setattr(packages, "LARGE", 0)


ROWS: Final = (
    "Gwa,Rakhine,29/12/2024,Arakan Army,A Paper,https://paper.example/1,\n"
    "Minhla,,30/12/2024,SAC,A Paper,https://paper.example/2,\n"
    "Gwa,Rakhine,soon,AA,A Paper,,\n"
    "Minhla,Bago (West),30/12/2024,SAC,A Paper,https://paper.example/3,\n"
    "Minhla,Bago (West),30/12/2024,AA,A Paper,https://paper.example/3,\n"
    "Gwa,Rakhine,29/12/2024,Arakan Army,A Paper,https://paper.example/1,\n"
    "Minhla,Magway,2024-12,SAC,No address,,\n"
    'Gwa,Rakhine,31/12/2024,AA,"A Paper,\nin two lines",,\n'
)


def plan_of(own: Path, text: str, *more: str) -> list[tuple[str, ...]]:
    place = own.parent / "plan.csv"
    assert take(own, text, "--yes", *more, "--dry-run", "--plan", str(place)).code == 0
    with place.open(encoding="utf-8", newline="") as stream:
        return [(row["row"], row["outcome"], row["id"], row["reason"]) for row in csv.DictReader(stream)]


@pytest.mark.usefixtures("small_parts")
def test_rows_that_go_in_parts_are_told_as_if_they_went_at_once(own: Path) -> None:
    found = plan_of(own, HEADER + ROWS)
    assert [(row, outcome, name) for row, outcome, name, _ in found] == [
        ("2", "new", "R0001"),
        ("3", "refused", ""),
        ("4", "refused", ""),
        ("5", "refused", "R0002"),
        ("6", "refused", ""),
        ("7", "same", ""),
        ("8", "new", "R0003"),
        ("9", "new", "R0004"),
    ]
    assert "says otherwise than row 6 about the same" in found[3][3]
    assert "says otherwise than row 5 about the same" in found[4][3]
    assert found[5][3] == "as row 2"
    assert take(own, HEADER + ROWS, "--yes").code == 0
    before = content(own)
    assert "0 new, 4 same, 0 changed, 4 refused" in take(own, HEADER + ROWS).out
    assert content(own) == before
    assert "1 changed" in take(own, HEADER + GWA.replace("Arakan Army", "SAC"), "--at", "2026-02-02").out
    assert [row["supersedes"] for row in rows(own, "control_reports")] == ["", "", "", "R0001"]
    assert cli.run("check", own).code == 0
    for _ in range(2):
        assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert rows(own, "control_reports") == []


@pytest.mark.usefixtures("small_parts")
def test_figures_are_corrected_in_parts_as_well(own: Path) -> None:
    more = ("--as", "figures", "--set", "basis=total", "--yes")
    head = "Township,State,Date,IDPs,Source\n"
    lines = [f"Gwa,Rakhine,2026-01-{day:02},{day}00,A Paper\n" for day in range(5, 10)]
    assert "5 new" in take(own, head + "".join(lines), *more).out
    before = (own / "displacement.csv").read_bytes()
    lines[2] = lines[2].replace("700", "7000")
    assert "0 new, 4 same, 1 changed" in take(own, head + "".join(lines), *more).out
    assert [row["people"] for row in rows(own, "displacement")] == ["500", "600", "700", "800", "900", "7000"]
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert (own / "displacement.csv").read_bytes() == before


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace("R0003,", "R0001,"), "occurs more than once"),
        (lambda text: text.replace("MMR012017", "MMR012018", 1), "is not in the table townships"),
        (lambda text: text.replace("2024-12,month", "2024-13,month"), "is not a date"),
        (lambda text: text.replace("pcode,", "pkode,", 1), "is missing"),
    ],
)
def test_a_large_table_with_a_fault_is_told_before_anything_is_added(
    own: Path, spoil: Callable[[str], str], said: str
) -> None:
    assert take(own, HEADER + ROWS, "--yes").code == 0
    table = own / "control_reports.csv"
    table.write_text(spoil(table.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    before = content(own)
    ran = take(own, HEADER + GWA.replace("29/12", "28/12"))
    assert ran.code == 2
    assert said in ran.err
    assert content(own) == before


def test_a_table_that_nobody_could_open_any_more_is_not_made(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "LIMIT", 100_000)
    before = content(own)
    text = HEADER + "".join(
        GWA.replace("29/12/2024", f"{day}/12/{year}") for year in range(1920, 2020) for day in range(13, 28)
    )
    ran = take(own, text, "--yes")
    assert ran.code == 2
    assert "more than a table of a package may have. Take in fewer rows" in ran.err
    assert content(own) == before


def test_what_has_no_room_on_the_disk_is_one_clear_message(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.Records, "add", full)
    before = content(own)
    ran = take(own, HEADER + GWA, "--yes")
    assert ran.code == 2
    assert "cannot be kept there (No space left on device). Nothing was changed. Free some space" in " ".join(
        ran.err.split()
    )
    assert content(own) == before


def test_more_sources_than_anybody_has_are_a_slip_in_the_mapping(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapper.intake.provenance.MOST", 2)
    text = HEADER + "".join(GWA.replace("example/1", f"example/{number}") for number in range(3))
    ran = take(own, text, "--yes")
    assert ran.code == 2
    assert "names more than 2 different sources" in ran.err
    assert "--map url=-" in ran.err


def test_a_large_text_in_utf_16_is_to_be_saved_as_utf_8(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = own.parent / "wide.csv"
    file.write_bytes((HEADER + GWA).encode("utf-16"))
    command = ("import", "table", file, "--into", own, *SAID[:-2])
    assert "1 new" in cli.run(*command, "--dry-run", "--plan", own.parent / "plan.csv").out
    monkeypatch.setattr(streams, "UTF_16_LIMIT", 100)
    ran = cli.run(*command)
    assert ran.code == 2
    assert "Save it as UTF-8, which is read row by row" in ran.err


def test_a_plan_shows_some_rows_and_its_file_has_all(own: Path) -> None:
    text = HEADER + "".join(GWA.replace("29/12/2024", f"{number}") for number in range(100)) + GWA
    found = plan_of(own, text)
    assert len(found) == 101
    ran = take(own, text, "--yes")
    assert "1 new, 0 same, 0 changed, 100 refused" in ran.out
    assert ran.out.count("is no date") == 30
    assert "71 more rows are not shown here" in ran.out


def test_a_file_that_grows_while_it_is_read_is_not_taken(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = comparing.Comparing.take

    def grows(self: comparing.Comparing, draft: object) -> None:
        with (own.parent / "reports.csv").open("a", encoding="utf-8") as stream:
            stream.write("Gwa,Rakhine,30/12/2024,AA,A Paper,,\n")
        real(self, draft)

    monkeypatch.setattr(comparing.Comparing, "take", grows)
    before = content(own)
    ran = take(own, HEADER + GWA, "--yes")
    assert ran.code == 2
    assert "was changed while it was read" in ran.err
    assert content(own) == before


@pytest.mark.parametrize("word", ["reading the dates", "planning", "writing", "checking"])
def test_ctrl_c_at_any_moment_leaves_the_package_as_it_was(own: Path, many: Path, word: str) -> None:
    before = content(own)
    command = [sys.executable, "-m", "mapper", "import", "table", str(many), "--into", str(own), *SAID]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as ran:  # fmt: skip
        assert ran.stderr is not None
        for line in ran.stderr:
            if line.startswith(word):
                break
        ran.send_signal(signal.SIGINT)
        rest = ran.communicate()[1]
    assert ran.returncode == 130, rest
    assert "Traceback" not in rest
    assert content(own) == before
    left = {path.name for path in (own / ".intake").iterdir()} if (own / ".intake").exists() else set()
    assert left <= {"lock", "holder", "undo"}, "what undoing would have needed may be there; the log does not name it"
    assert cli.run("check", own).code == 0
