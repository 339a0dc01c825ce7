"""The page on own data, figures, `mapper match` and `mapper add`, as a user meets them."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import cli
from mapper.intake import kinds
from taking import GWA, HEADER, rows, take

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_the_front_page_and_the_page_on_own_data_show_commands_that_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [file.read_text(encoding="utf-8") for file in (ROOT / "README.md", DOCS / "own-data.md")]
    block, again = (re.findall(r"```sh\n(.*?)```", page, re.DOTALL)[0] for page in pages)
    assert block == again
    lines = [shlex.split(line, comments=True) for line in block.strip().splitlines()]
    assert len(lines) < 15
    shutil.copy(DOCS / "invented-reports.csv", tmp_path)
    assert len((tmp_path / "invented-reports.csv").read_text(encoding="utf-8").splitlines()) == 31
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAPPER_BY", "")
    said = []
    for verb, *arguments in lines:
        if verb == "export":
            monkeypatch.setenv(*arguments[0].split("="))
        elif verb == "cd":
            monkeypatch.chdir(arguments[0])
        else:
            assert verb == "mapper"
            ran = cli.run(*arguments)
            assert ran.code == 0, ran.err
            said.append(ran.out)
    assert "29 new, 0 same, 0 changed, 1 refused" in said[1]
    assert "1 alias kept" in said[2]
    assert "30 new, 0 same, 0 changed, 0 refused" in said[3]
    assert "30 reports on 30 of 330 townships" in said[4]
    assert (tmp_path / "map" / "map.html").stat().st_size > 100_000
    reports = rows(tmp_path / "my-map", "control_reports")
    assert {row["pcode"] for row in reports if row["township"] == "Minhla"} == {"MMR008009", "MMR009013"}
    assert {row["pcode"] for row in reports if row["township"] == "Htantabin"} == {"MMR007014", "MMR013006"}
    assert [row["date"] for row in reports[:2]] == ["2022-01-01", "2022-02-08"]


def test_the_help_and_the_page_name_every_kind_of_file() -> None:
    helped = " ".join(cli.run("import", "--help").out.split())
    page = (DOCS / "own-data.md").read_text(encoding="utf-8")
    assert [kind for kind in kinds.KINDS if f"| `{kind}` |" not in page] == []
    named = re.search(r"What it is: (.*?)\.", helped)
    assert named is not None
    assert set(re.findall(r"[a-z]+", named[1])) - {"or", "required"} == set(kinds.KINDS)


def test_how_sensitive_a_new_source_is_must_be_said(own: Path) -> None:
    file = own.parent / "reports.csv"
    file.write_text(HEADER + GWA, encoding="utf-8")
    ran = cli.run("import", "table", file, "--into", own, "--by", "tester", "--yes")
    assert ran.code == 2
    assert "How sensitive are the new sources (a-paper-undated)?" in ran.err


def test_figures_of_displaced_people_come_from_a_table_too(own: Path) -> None:
    text = 'State,Date,IDPs\nSagaing,2024-05,"1,234,500"\nShan,2024-05-31,12\nKachin,2024-05-31,many\n'
    ran = take(own, text, "--as", "figures", "--set", "basis=total", "--yes", "--publisher", "A cluster")
    assert ran.code == 0, ran.err
    assert "2 new, 0 same, 0 changed, 1 refused" in ran.out
    first, second = rows(own, "displacement")
    assert (first["date"], first["date_precision"], first["level"], first["pcode"], first["people"]) == (
        *("2024-05-31", "month", "state", "MMR005", "1234500"),
    )
    assert (second["level"], second["pcode"], second["place"]) == ("region_group", "", "Shan")


def test_an_answer_of_a_person_is_kept_as_an_alias(own: Path) -> None:
    text = HEADER + GWA.replace("Gwa,", "Gwaa,")
    file = own.parent / "reports.csv"
    file.write_text(text, encoding="utf-8")
    asked = cli.run("match", file, "--into", own)
    assert "1 of 1: Gwaa (row 2): 'Gwaa' is the name of no township." in asked.out
    assert "1 Gwa (Rakhine), MMR012017" in asked.out
    assert "Nothing was kept." in asked.out
    wrong = cli.run("match", file, "--into", own, "--answer", "Gwaa=MMR999999")
    assert "'MMR999999' is the P-code of no township" in wrong.err
    cli.run("match", file, "--into", own, "--answer", "Gwaa=mmr012017", "--by", "tester")
    assert rows(own, "aliases")[-1] == {
        "pcode": "MMR012017",
        "alias": "Gwaa",
        "seen_in": "matched by hand",
        "machine_matched": "no",
    }
    assert "1 new" in take(own, text, "--yes").out


def test_one_report_is_added_and_one_with_faults_is_refused_with_all_of_them(own: Path) -> None:
    good = {
        "township": "MMR012017",
        "date": "2024-12-29",
        "holders": "AA",
        "kind": "event",
        "confidence": "high",
        "finding": "said to hold it",
        "publisher": "A Paper",
        "sensitivity": "public",
    }

    def add(said: dict[str, str]) -> cli.Ran:
        options = [part for name, text in said.items() for part in (f"--{name}", text)]
        return cli.run("add", "--into", own, "--by", "tester", "--at", "2026-01-31", *options)

    bad = add({**good, "date": "soon", "holders": "XYZ"})
    assert bad.code == 2
    assert "the report, row 1, column 'date': 'soon' is no date" in bad.err
    assert "column 'holders': 'XYZ' is no actor that is known" in bad.err
    assert rows(own, "control_reports") == []
    assert add(good).code == 0
    (report,) = rows(own, "control_reports")
    assert (report["township"], report["kind"], report["status"]) == ("Gwa", "event", "eao")
    assert "the package has it" in add(good).out
    without = {name: text for name, text in good.items() if name != "finding"}
    assert "A report needs --finding as well" in add(without).err
