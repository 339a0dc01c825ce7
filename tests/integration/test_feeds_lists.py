"""Lists of displaced people by township and by site into a package; all values are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import cli
import feeds
from mapper.outputs import figures
from mapper.sources import package as packages
from planning import new, planned, put, refused
from taking import content, rows

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = ("--sensitivity", "public")


@pytest.fixture(scope="session")
def fresh(three: Path) -> Path:
    return three / "own"


CAMPS = (
    "Township,State,Camp name,Latitude,Longitude,Date,IDPs,Focal point,Phone\n"
    "Gwa,Rakhine,A camp,17.51,94.51,2024-05-31,100,U Somebody,0912345\n"
    "gwa,Rakhine,Another camp,17.52,94.52,2024-05-31,203,U Somebody,0912345\n"
    "Minhla,Magway,Third camp,20,95,2024-05-31,4,U Somebody,0912345\n"
)
TOTAL = {"fixed": [("basis", "total")]}


def test_camps_are_added_up_by_township_and_no_site_is_kept(own: Path) -> None:
    plans = planned(own, "lists", CAMPS.encode(), **TOTAL)
    columns = ("level", "pcode", "place", "people", "date", "basis", "note")
    assert new(plans, *columns) == [
        ("township", "MMR012017", "Gwa", "303", "2024-05-31", "total", "sum of 2 rows of the list"),
        ("township", "MMR009013", "Minhla", "4", "2024-05-31", "total", ""),
    ]
    ran = cli.run(
        "import", "lists", own.parent / "a.csv", "--into", own, *feeds.BY, *PUBLIC, "--set", "basis=total", "--yes"
    )
    assert ran.code == 0, ran.err
    kept = {name: raw for name, raw in content(own).items() if name != "mappings.json"}
    for said in (b"A camp", b"Another camp", b"94.51", b"Somebody", b"0912345"):
        assert said not in b"".join(raw for name, raw in kept.items() if name != "log.csv")
    assert [row["people"] for row in rows(own, "displacement")] == ["303", "4"]


def test_a_figure_of_1_to_4_is_kept_in_the_package_and_shown_to_nobody(own: Path) -> None:
    put(own, CAMPS.encode(), "a.csv")
    cli.run("import", "lists", own.parent / "a.csv", "--into", own, *feeds.BY, *PUBLIC, "--set", "basis=total", "--yes")
    package = packages.open_package(own)
    assert sorted(package.displacement["people"]) == [4, 303]
    shown = figures.counts(list(package.displacement.itertuples()), lambda _: 0)
    assert sorted(shown["people"]) == [5, 300]  # fewer than 5, and rounded


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Gwa,Rakhine,Fifth camp,,,2024-05-31,some,,\n", "is not all there is of its township: row 5 cannot be read"),
        ("Gwa,Rakhine,A camp,,,2024-05-31,7,,\n", "comes twice in its township on one date"),
        (
            "Gwa,Rakhine,Fifth camp,,,2024-06-30,7,,\n",
            "is of several dates (2024-05-31, 2024-06-30), which are not added up",
        ),
    ],
)
def test_a_sum_that_would_be_wrong_is_refused_whole(own: Path, line: str, said: str) -> None:
    plans = planned(own, "lists", (CAMPS + line).encode(), **TOTAL)
    assert new(plans, "pcode") == [("MMR009013",)]
    assert any(said in reason for reason in refused(plans))
    assert {row.number for one in plans for row in one.rows if row.outcome == "refused"} == {2, 3, 5}


def test_the_same_sites_on_two_dates_are_two_figures(own: Path) -> None:
    later = "".join(line.replace("2024-05-31", "2024-06-30") + "\n" for line in CAMPS.splitlines()[1:])
    plans = planned(own, "lists", (CAMPS + later).encode(), **TOTAL)
    assert new(plans, "date", "people")[:2] == [("2024-05-31", "303"), ("2024-05-31", "4")]
    assert sorted(new(plans, "date", "people"))[2:] == [("2024-06-30", "303"), ("2024-06-30", "4")]


def test_two_spellings_of_a_township_are_one_sum(own: Path) -> None:
    text = CAMPS.replace("gwa,Rakhine", "Gwa Township,Rakhine State")
    assert new(planned(own, "lists", text.encode(), **TOTAL), "people") == [("303",), ("4",)]


def test_without_a_column_of_sites_two_figures_of_a_township_are_no_sum(own: Path) -> None:
    text = "Township,State,Date,IDPs\nGwa,Rakhine,2024-05-31,800\nGwa,Rakhine,2024-05-31,900\n"
    plans = planned(own, "lists", text.encode(), **TOTAL)
    assert new(plans, "people") == []
    first, second = refused(plans)
    assert "says otherwise than row 3 about the same" in first
    assert "says otherwise than row 2 about the same" in second


@pytest.mark.parametrize("part", ["place", "lon", "note"])
def test_what_a_site_is_cannot_be_mapped(own: Path, part: str) -> None:
    with pytest.raises(Exception, match=f"'{part}' is never taken from a list"):
        planned(own, "lists", CAMPS.encode(), maps=[(part, "Camp name")], **TOTAL)


def test_a_name_of_a_list_that_is_only_alike_is_asked_about(own: Path) -> None:
    file = put(own, CAMPS.replace("Gwa,", "Gwaa,").replace("gwa,", "Gwaa,").encode(), "a.csv")
    options = ("--kind", "lists", "--set", "basis=total", "--answer", "Gwaa=MMR012017")
    ran = cli.run("match", file, "--into", own, *feeds.BY, *options)
    assert "1 alias kept" in ran.out, ran.err
    assert new(planned(own, "lists", file.read_bytes(), **TOTAL), "people") == [("303",), ("4",)]


def test_a_list_whose_dates_contradict_the_order_of_the_one_before_is_asked_about(own: Path) -> None:
    head, said = "Township,State,Date,IDPs\n", (*feeds.BY, "--yes")
    first = put(own, f"{head}Gwa,Rakhine,25/03/2024,800\n".encode(), "march.csv")
    known = ("--set", "basis=total", "--sensitivity", "public")
    assert cli.run("import", "lists", first, "--into", own, *known, *said).code == 0
    next_month = f"{head}Gwa,Rakhine,03/04/2024,900\nGwa,Rakhine,03/25/2024,950\n"
    ran = cli.run("import", "lists", put(own, next_month.encode(), "april.csv"), "--into", own, *said)
    assert ran.code == 2
    assert "april.csv has dates that begin with the month; the file before with these columns did not" in ran.err
    again = cli.run("import", "lists", own.parent / "april.csv", "--into", own, *said, "--dates", "mdy")
    assert "2 new" in again.out, again.err
