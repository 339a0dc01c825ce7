"""Records speak about records: corrections and withdrawals, and what was known before them."""

from __future__ import annotations

import datetime as dt
import json
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest

from made import assess, package, report, verdicts
from mapper import records
from mapper.outputs import corrections, words
from mapper.sources import reports as tables_of_reports
from rows_of_people import figures


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


OLD = report("2024-05-20", "eao", report_id="R1", recorded_on=day("2024-06-01"), pcode="MMR012001")
NEW = report(
    "2024-05-21",
    "junta",
    report_id="R2",
    recorded_on=day("2024-07-01"),
    supersedes="R1",
    supersedes_why="the paper took it back",
    pcode="MMR012001",
)
GONE = report(
    "2024-08-01",
    "nug",
    report_id="R3",
    recorded_on=day("2024-08-02"),
    withdrawn_on=day("2024-08-09"),
    withdrawn_why="another <b>township</b> was meant",
    pcode="MMR012002",
)
ALL = records.corrected([OLD, NEW, GONE])


def test_a_corrected_report_is_kept_and_ignored_from_the_day_of_the_correction() -> None:
    old, new = records.corrected([OLD, NEW])
    assert (old.superseded_on, old.superseded_by) == (day("2024-07-01"), "R2")
    assert assess("2024-09-01", old, new).status == "junta"
    assert assess("2024-09-01", old, new, known_on=day("2024-06-30")).status == "eao"
    assert verdicts("2024-09-01", old, new)["R1"].reason == "corrected on 2024-07-01 by R2"


def test_a_correction_that_is_itself_withdrawn_does_not_bring_the_old_report_back() -> None:
    taken = report(
        "2024-05-21",
        "junta",
        report_id="R2",
        recorded_on=day("2024-07-01"),
        supersedes="R1",
        supersedes_why="as above",
        withdrawn_on=day("2024-07-02"),
        withdrawn_why="nor was this right",
    )
    assert assess("2024-09-01", *records.corrected([OLD, taken])).basis == "assumed"


def test_as_known_on_a_day_later_records_are_gone_and_so_is_what_they_say() -> None:
    known = records.as_known(ALL, day("2024-08-05"))
    assert [one.report_id for one in known] == ["R1", "R2", "R3"]
    assert known[2].withdrawn_on is None
    (first,) = records.as_known(ALL, day("2024-06-30"))
    assert first == OLD


def test_the_log_says_what_happened_by_day() -> None:
    found = [(entry.day.isoformat(), entry.what, entry.report.report_id) for entry in records.log(ALL)]
    assert found == [
        ("2024-06-01", "recorded", "R1"),
        ("2024-07-01", "corrected", "R1"),
        ("2024-08-02", "recorded", "R3"),
        ("2024-08-09", "withdrawn", "R3"),
    ]


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.attributes += [name for name, _ in attrs]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_of_corrections_is_text_alone_under_a_policy_that_lets_nothing_else_in(lang: str) -> None:
    made = package(*ALL)
    page = corrections.to_html(records.log(ALL), made, known_on=made.known_on, lang=lang).decode()
    tags = Tags(page)
    assert not {"script", "a", "img", "iframe", "link", "form", "svg", "b"} & set(tags.found)
    assert not {name for name in tags.attributes if name.startswith("on") or name in {"style", "href", "src"}}
    assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in page
    assert "another &lt;b&gt;township&lt;/b&gt; was meant" in page
    assert page.index("another ") < page.index("the paper took it back")
    assert corrections.to_html(records.log(ALL), made, known_on=made.known_on, lang=lang).decode() == page


def test_the_rows_for_programs_say_the_same() -> None:
    made = package(*ALL)
    found = json.loads(corrections.to_json(records.log(ALL), made, known_on=made.known_on))
    assert [row["what"] for row in found["corrections"]] == ["withdrawn", "corrected"]
    assert found["corrections"][1] == {
        "day": "2024-07-01",
        "what": "corrected",
        "report_id": "R1",
        "pcode": "MMR012001",
        "township": "Town 1",
        "state": "Rakhine",
        "said": "eao (AA), township, 2024-05-20",
        "by": "R2",
        "now": "junta (SAC), township, 2024-05-21",
        "why": "the paper took it back",
    }
    lines = corrections.to_csv(records.log(ALL), made).decode().splitlines()
    assert lines[0].split(",") == list(corrections.COLUMNS)
    assert all(one != other for one, other in pairwise(lines))


ROW = {
    "report_id": "R1",
    "pcode": "MMR012017",
    "date": "2024-05-20",
    "date_precision": "day",
    "status": "eao",
    "holders": "AA",
    "scope": "township",
    "main_town": "",
    "kind": "event",
    "confidence": "high",
    "place": "",
    "claimant": "",
    "claimant_side": "",
    "source_id": "s",
    "finding": "f",
    "doubt": "",
    "recorded_on": "2024-06-01",
    "withdrawn_on": "",
    "withdrawn_why": "",
    "supersedes": "",
    "supersedes_why": "",
}
BY = {"report_id": "R2", "recorded_on": "2024-07-01", "supersedes": "R1", "supersedes_why": "w"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{}, BY | {"supersedes_why": ""}], "column 'supersedes_why': does not fit supersedes"),
        ([{}, BY | {"supersedes": "R9"}], "column 'supersedes': 'R9' is no report"),
        ([{}, BY | {"recorded_on": "2024-05-31"}], "'R1' was recorded on 2024-06-01, after this record"),
        ([{}, BY, BY | {"report_id": "R3"}], "'R1' is corrected by several records"),
        (
            [{"supersedes": "R2", "supersedes_why": "w"}, BY | {"recorded_on": "2024-06-01"}],
            "leads back to this record",
        ),
        ([{"supersedes": "R1", "supersedes_why": "w"}], "'R1' leads back to this record"),
    ],
)
def test_a_correction_that_cannot_be_is_told(rows: list[dict[str, str]], said: str) -> None:
    frame = pd.DataFrame([ROW | row for row in rows])
    _, faults = tables_of_reports.read_reports(frame, file="r.csv", actors=["AA"])
    assert any(said in str(fault) for fault in faults), [str(fault) for fault in faults]


def test_a_withdrawal_is_a_record_of_its_own() -> None:
    frame = pd.DataFrame([ROW])
    taken = pd.DataFrame([{"report_id": "R1", "recorded_on": "2024-06-09", "why": "not so"}])
    told, faults = tables_of_reports.withdrawn(frame, taken, file="w.csv")
    assert not faults
    (found,), _ = tables_of_reports.read_reports(told, file="r.csv", actors=["AA"])
    assert (found.withdrawn_on, found.withdrawn_why) == (day("2024-06-09"), "not so")
    twice = frame.assign(withdrawn_on="2024-06-05", withdrawn_why="no")
    (fault,) = tables_of_reports.withdrawn(twice, taken, file="w.csv")[1]
    assert "'R1' is withdrawn twice" in str(fault)


def test_of_two_figures_about_the_same_the_one_recorded_last_stands() -> None:
    table = figures(("MMR012001", 100), ("MMR012001", 300), ("MMR012001", 200), ("MMR012002", 100))
    days = ["2026-01-01", "2026-03-01", "2026-02-01", ""]
    assert list(records.standing("displacement", table.assign(recorded_on=days))["people"]) == [300, 100]
    assert list(records.standing("displacement", table)["people"]) == [200, 100], "the higher id, where no day is known"
    many = figures(*(("MMR012001", number) for number in range(1, 12)))
    assert list(records.standing("displacement", many)["people"]) == [11], "ids are counted, not spelled"
