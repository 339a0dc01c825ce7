"""`mapper import` and `undo` as a user meets them: planned, shown, made once, and taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import cli
from taking import GWA, HEADER, content, rows, take

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_a_dry_run_shows_and_writes_the_plan_and_changes_nothing(own: Path) -> None:
    before = content(own)
    text = HEADER + GWA + "Minhla,,30/12/2024,SAC,A Paper,https://paper.example/2,\nGwa,Rakhine,soon,AA,A Paper,,\n"
    ran = take(own, text, "--dry-run", "--plan", str(own.parent / "plan.csv"))
    assert ran.code == 0
    assert "township   │ column 'Township'" in ran.out
    assert "Not taken over: Phone." in ran.out
    assert "1 new, 0 same, 0 changed, 2 refused" in ran.out
    with (own.parent / "plan.csv").open(encoding="utf-8", newline="") as file:
        plan = list(csv.DictReader(file))
    assert [(row["row"], row["outcome"], row["pcode"], row["matched"]) for row in plan] == [
        ("2", "new", "MMR012017", "name"),
        ("3", "refused", "", ""),
        ("4", "refused", "", ""),
    ]
    assert "'Minhla' is the name of several townships. Is it Minhla (Bago (West)), MMR008009" in plan[1]["reason"]
    assert plan[2]["reason"].startswith("Date: 'soon' is no date, or may be two. Write YYYY-MM-DD")
    assert content(own) == before


def test_how_a_table_is_read_is_confirmed_once_and_kept(own: Path) -> None:
    first = take(own, HEADER + GWA)
    assert first.code == 2
    assert "If it is right, say so with --yes" in first.err
    assert rows(own, "control_reports") == []
    assert take(own, HEADER + GWA, "--yes").code == 0
    again = take(own, HEADER + GWA.replace("29/12", "30/12"), name="next-month.csv")
    assert "as confirmed before" in " ".join(again.out.split())
    assert [row["date"] for row in rows(own, "control_reports")] == ["2024-12-29", "2024-12-30"]


def test_the_same_file_again_changes_nothing(own: Path) -> None:
    text = HEADER + GWA + "Minhla,Magway,2024-12,SAC,No address,,\n"
    take(own, text, "--yes")
    before = content(own)
    ran = take(own, text)
    assert ran.code == 0
    assert "0 new, 2 same, 0 changed, 0 refused" in ran.out
    assert "Nothing was changed." in ran.out
    assert content(own) == before


def test_what_a_row_says_is_in_the_tables_and_the_log(own: Path) -> None:
    take(own, HEADER + GWA, "--yes")
    (report,) = rows(own, "control_reports")
    assert report == {
        "report_id": "R0001",
        "pcode": "MMR012017",
        "township": "Gwa",
        "date": "2024-12-29",
        "date_precision": "day",
        "status": "eao",
        "holders": "AA",
        "scope": "township",
        "main_town": "",
        "kind": "snapshot",
        "confidence": "low",
        "place": "",
        "claimant": "",
        "claimant_side": "",
        "source_id": "a-paper-undated",
        "finding": "as listed",
        "doubt": "",
        "recorded_on": "2026-01-31",
        "withdrawn_on": "",
        "withdrawn_why": "",
        "supersedes": "",
        "supersedes_why": "",
    }
    (source,) = rows(own, "sources")
    assert (source["publisher"], source["url"]) == ("A Paper", "https://paper.example/1")
    assert source["sensitivity"] == "public"
    (entry,) = rows(own, "log")
    assert (entry["at"], entry["who"], entry["action"], entry["file"]) == (
        *("2026-01-31T00:00:00Z", "tester", "import table", "reports.csv"),
    )
    assert (entry["new"], entry["same"], entry["changed"], entry["refused"]) == ("1", "0", "0", "0")
    assert len(entry["sha256"]) == 64
    assert json.loads(entry["mapping"])["columns"]["holders"] == "Held by"
    assert b"0912345" not in b"".join(content(own).values())


def test_a_report_that_says_otherwise_now_is_put_beside_the_old_one(own: Path) -> None:
    take(own, HEADER + GWA, "--yes")
    ran = take(own, HEADER + GWA.replace("Arakan Army", "SAC"))
    assert "0 new, 0 same, 1 changed, 0 refused" in ran.out
    old, new = rows(own, "control_reports")
    assert (old["report_id"], old["holders"], old["withdrawn_on"]) == ("R0001", "AA", "")
    assert (new["report_id"], new["status"], new["holders"], new["supersedes"]) == ("R0002", "junta", "SAC", "R0001")
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert [row["report_id"] for row in rows(own, "control_reports")] == ["R0001"]


def test_of_two_rows_that_contradict_each_other_neither_is_taken(own: Path) -> None:
    ran = take(own, HEADER + GWA + GWA.replace("Arakan Army", "SAC") + GWA, "--yes")
    assert "0 new, 1 same, 0 changed, 2 refused" in ran.out
    told = " ".join(ran.out.split())
    assert "says otherwise than row 2 about the same" in told
    assert "says otherwise than row 3 about the same" in told
    assert rows(own, "control_reports") == rows(own, "sources") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://paper.example/1", "javascript:alert(1)", "Link: 'javascript:alert(1)' does not have its form"),
        ("Arakan Army", "AA?", "Held by: 'AA?' is no actor that is known"),
        ("Arakan Army", "AA(?)", "Held by: 'AA(?)' is no actor that is known"),
        ("Gwa,Rakhine", "MMR012017,Kachin", "MMR012017 is in Rakhine, not in Kachin"),
    ],
)
def test_a_row_with_a_value_that_cannot_be_is_refused_in_the_plan_and_the_others_are_taken(
    own: Path, old: str, new: str, said: str
) -> None:
    ran = take(own, HEADER + GWA.replace(old, new) + GWA.replace("29/12", "28/12").replace("/1,", "/2,"), "--yes")
    assert "1 new, 0 same, 0 changed, 1 refused" in ran.out, ran.err
    assert said in rows_of_plan(own, HEADER + GWA.replace(old, new))[0]["reason"]
    assert len(rows(own, "sources")) == 1


def rows_of_plan(own: Path, text: str) -> list[dict[str, str]]:
    place = own.parent / "plan.csv"
    assert take(own, text, "--yes", "--dry-run", "--plan", str(place)).code == 0
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("event_id_cnty,event_date,actor1,admin3,source", "acled"),
        ("id,where_prec,dyad_name,date_start,side_a", "ucdp"),
    ],
)
def test_events_of_others_are_not_taken_for_reports(own: Path, header: str, kind: str) -> None:
    before = content(own)
    ran = take(own, f"{header}\na,b,c,d,e\n", "--map", "holders=actor1", "--yes")
    assert ran.code == 2
    assert f"has the columns of {kind.upper()}'s events" in ran.err
    assert f"Take it in with mapper import {kind}" in ran.err
    assert content(own) == before


def test_a_file_whose_dates_contradict_the_order_of_the_one_before_is_asked_about(own: Path) -> None:
    assert take(own, HEADER + GWA, "--yes").code == 0
    before = content(own)
    ran = take(own, HEADER + GWA.replace("29/12", "03/04") + GWA.replace("29/12", "03/25").replace("/1,", "/2,"))
    assert ran.code == 2
    assert "has dates that begin with the month; the file before with these columns did not" in ran.err
    assert content(own) == before
    assert (
        "2 new"
        in take(
            own, HEADER + GWA.replace("29/12", "03/04") + GWA.replace("29/12", "03/25"), "--dates", "mdy", "--yes"
        ).out
    )


def test_an_address_and_an_empty_file_are_told(own: Path, tmp_path: Path) -> None:
    assert (
        "is an address, and nothing is fetched"
        in cli.run("import", "ucdp", "https://x.example/a.csv", "--into", own).err
    )
    (tmp_path / "a.csv").write_bytes(b"")
    for kind in ("table", "ucdp", "acled"):
        ran = cli.run("import", kind, tmp_path / "a.csv", "--into", own, "--boundaries", tmp_path)
        assert (ran.code, "a.csv: is empty" in ran.err) == (2, True)


def test_undo_after_an_import_gives_every_file_back(own: Path) -> None:
    before = content(own)
    take(own, HEADER + GWA, "--yes")
    ran = cli.run("undo", "--into", own, "--by", "tester")
    assert "Undone: import table of 2026-01-31T00:00:00Z by tester (reports.csv)." in ran.out
    after = content(own)
    assert after.pop("log.csv").count(b"\n") == 3
    assert after == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Gwa,Rakhine,3/4/2024,AA,P,,", "Date: '3/4/2024' is no date, or may be two"),
        ("Gwa,Rakhine,29/12/2027,AA,P,,", "Date: '2027-12-29' is after 2026-01-31, when it was recorded"),
        ("Gwa,Rakhine,2024-12-29,XYZ,P,,", "Held by: 'XYZ' is no actor that is known"),
        ("Gwa,Rakhine,2024-12-29,AA;SAC,P,,", "status: is empty, and does not follow from who holds it"),
        ("Gwa,Rakhine,2024-12-29,,P,,", "status: is empty, and does not follow from who holds it"),
        ("Gwa,Kachin,2024-12-29,AA,P,,", "'Gwa' is in Rakhine, not in Kachin"),
        ("Gwa,Atlantis,2024-12-29,AA,P,,", "the state 'Atlantis' is not known"),
        (",,2024-12-29,AA,P,,", "no place is named"),
        ("Gwaa,Rakhine,2024-12-29,AA,P,,", "'Gwaa' is the name of no township. Is it Gwa (Rakhine), MMR012017"),
        ("=1+1,Rakhine,2024-12-29,AA,P,,", "'=1+1' is the name of no township"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_reason_and_no_other(own: Path, line: str, said: str) -> None:
    ran = take(own, HEADER + GWA.replace("29/12/2024", "2024-12-29") + line + "\n", "--yes")
    assert ran.code == 0, ran.err
    assert "1 new, 0 same, 0 changed, 1 refused" in ran.out
    assert said in _told(ran.out)
    assert [row["township"] for row in rows(own, "control_reports")] == ["Gwa"]


def _told(out: str) -> str:
    """What a table says in its last column, without the lines it is drawn with."""
    told = [line.split("│")[-2].strip() for line in out.splitlines() if "│" in line]
    return " ".join(part for part in told if part)


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"])
def test_text_that_a_spreadsheet_would_run_is_refused(own: Path, cell: str) -> None:
    ran = take(own, HEADER.replace("Phone", "finding") + GWA.replace("0912345", cell), "--yes")
    assert "0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert "begins as a formula does" in _told(ran.out)


def test_words_and_columns_of_the_file_can_be_said_to_mean_ours(own: Path) -> None:
    text = "Where,Area,When,Colour,Note\nGwa,Rakhine,3/4/2024,green,taken\n"
    ran = take(
        own,
        text,
        *("--map", "township=Where", "--map", "state=Area", "--map", "date=When", "--map", "holders=Colour"),
        *("--map", "finding=Note", "--value", "holders:green=AA", "--set", "kind=event", "--dates", "dmy", "--yes"),
        *("--publisher", "Our desk", "--source", "desk"),
    )
    assert ran.code == 0, ran.err
    (report,) = rows(own, "control_reports")
    assert (report["holders"], report["kind"], report["date"]) == ("AA", "event", "2024-04-03")
    assert (report["finding"], report["source_id"]) == ("taken", "desk")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "date=Nowhere"), "'Nowhere' is no column of"),
        (("--map", "colour=Date"), "'colour' is nothing to map a column to"),
        (("--map", "date=-"), "no column was found for date"),
        (("--dates", "ymd"), "'ymd' is no order of a date"),
        (("--as", "songs"), "'songs' is nothing that a table holds"),
        (("--sheet", "One"), "has no sheets"),
        (("--value", "AA=AA"), "'AA' names no column"),
        (("--at", "yesterday"), "'yesterday' is no day"),
    ],
)
def test_a_request_that_makes_no_sense_is_told(own: Path, options: tuple[str, ...], said: str) -> None:
    ran = take(own, HEADER + GWA, "--yes", *options)
    assert ran.code == 2
    assert said in ran.err
    assert rows(own, "control_reports") == []
