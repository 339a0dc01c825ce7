"""Displacement on the page: the latest figure of each place, one basis at a time, never earlier than its date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

import checkered
from mapper.outputs import figures, words

DATES = (dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31))


def figure(name: str, date: str, people: int, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 -- a row of a table
    row = {
        "figure_id": name,
        "date": dt.date.fromisoformat(date),
        "date_precision": "day",
        "level": "state",
        "pcode": "MMR012",
        "place": "South",
        "people": people,
        "qualifier": "exact",
        "measure": "idps",
        "basis": "total",
        "source_id": "a-source",
        "note": "",
    }
    return {**row, **fields}


def inside(*rows: dict[str, Any]) -> dict[str, Any]:
    table = pd.DataFrame(rows).set_index("figure_id")
    package = checkered.package(displacement=table, bases=pd.DataFrame({"name_en": {"total": "All"}}))
    return figures.inside(package, DATES, [words.load("en")], source=lambda _: 0)


def changes(found: dict[str, Any], basis: str = "total") -> list[list[int]]:
    return next([place[3] for place in one["places"]] for one in found["bases"] if one["id"] == basis)


def test_a_figure_shows_from_the_first_slice_not_before_its_date() -> None:
    assert changes(inside(figure("a", "2024-02-10", 1_000))) == [[1, 0]]
    assert changes(inside(figure("a", "2024-02-29", 1_000))) == [[1, 0]]
    assert changes(inside(figure("a", "2024-03-01", 1_000))) == [[2, 0]]


def test_the_figure_of_a_month_counts_from_its_last_day() -> None:
    assert changes(inside(figure("a", "2024-02-01", 1_000, date_precision="month"))) == [[1, 0]]


def test_a_figure_after_the_last_slice_is_not_in_the_page() -> None:
    found = inside(figure("a", "2024-02-10", 1_000), figure("b", "2024-04-01", 9_000))
    assert [row[2] for row in found["figures"]] == [1_000]


def test_of_two_figures_between_slices_the_later_stands() -> None:
    found = inside(figure("b", "2024-02-20", 2_000), figure("a", "2024-02-10", 1_000))
    assert changes(found) == [[1, 1]]
    assert found["figures"][1][2] == 2_000


def test_bases_and_measures_are_never_mixed() -> None:
    found = inside(
        figure("a", "2024-01-10", 1_000),
        figure("b", "2024-01-11", 2_000, basis="since_2021_02_01"),
        figure("c", "2024-01-12", 3_000, measure="idps_originating"),
    )
    assert changes(found, "since_2021_02_01") == [[0, 1]]
    assert changes(found) == [[0, 0], [0, 2]]


def test_the_largest_circle_is_that_of_states_and_townships_alone() -> None:
    country = figure("c", "2024-01-10", 3_000_000, level="country", pcode="MMR")
    assert inside(figure("a", "2024-01-10", 1_000), country)["largest"] == [1_000, figures.LARGEST_PX]


def test_the_qualifier_of_the_source_is_kept() -> None:
    words_of = ["exact", "rounded", "some", "over", "nearly", "estimate"]
    found = inside(*(figure(str(i), "2024-01-10", 10, qualifier=w, place=w) for i, w in enumerate(words_of)))
    assert [row[3] for row in found["figures"]] == ["exact", "about", "about", "over", "nearly", "estimate"]
