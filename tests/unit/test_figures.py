"""Displacement on the page: the latest figure of each place, one basis at a time, never earlier than its date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import checkered
from mapper.outputs import codec, figures, words

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


def slices(found: dict[str, Any], basis: str = "total") -> list[str]:
    return next([place[3] for place in one["places"]] for one in found["bases"] if one["id"] == basis)


def from_slice(*numbers: int) -> str:
    return codec.ascending(numbers)


def test_a_figure_shows_from_the_first_slice_not_before_its_date() -> None:
    assert slices(inside(figure("a", "2024-02-10", 1_000))) == [from_slice(1)]
    assert slices(inside(figure("a", "2024-02-29", 1_000))) == [from_slice(1)]
    assert slices(inside(figure("a", "2024-03-01", 1_000))) == [from_slice(2)]


def test_a_district_is_told_by_name_and_code() -> None:
    named = {"level": "district", "place": "Thandwe"}
    found = inside(
        figure("a", "2024-02-10", 1_000, pcode="MMR012D004", **named),
        figure("b", "2024-02-10", 2_000, pcode="MMR012D009", **named),
    )
    places = [place[:2] for basis in found["bases"] for place in basis["places"]]
    assert places == [["district", "Thandwe, MMR012D004"], ["district", "Thandwe, MMR012D009"]]


def test_the_figure_of_a_month_counts_from_its_last_day() -> None:
    found = inside(figure("a", "2024-02-01", 1_000, date_precision="month"))
    assert slices(found) == [from_slice(1)]
    assert found["figures"]["day"] == codec.ascending([(dt.date(2024, 2, 29) - dt.date(1970, 1, 1)).days])
    assert found["figures"]["precision"] == "1"


def test_a_date_that_was_inferred_is_said_as_a_day_and_an_approximate_one_as_such() -> None:
    rows = [figure(word, "2024-02-10", 1_000, date_precision=word, place=word) for word in ("approximate", "inferred")]
    found = inside(*(row | {"pcode": f"MMR01{i}"} for i, row in enumerate(rows)))
    assert found["figures"]["precision"] == "20"


def test_a_figure_after_the_last_slice_is_not_in_the_page() -> None:
    found = inside(figure("a", "2024-02-10", 1_000), figure("b", "2024-04-01", 9_000))
    assert found["figures"]["people"] == [1_000]


def test_of_two_figures_between_slices_the_later_stands_and_the_earlier_is_not_in_the_page() -> None:
    found = inside(figure("b", "2024-02-20", 2_000), figure("a", "2024-02-10", 1_000))
    assert slices(found) == [from_slice(1)]
    assert found["figures"]["people"] == [2_000]


def test_bases_and_measures_are_never_mixed() -> None:
    found = inside(
        figure("a", "2024-01-10", 1_000),
        figure("b", "2024-01-11", 2_000, basis="since_2021_02_01"),
        figure("c", "2024-01-12", 3_000, measure="idps_originating"),
        figure("d", "2024-02-12", 1_500),
    )
    assert [one["id"] for one in found["bases"]] == ["total", "since_2021_02_01"]
    assert slices(found) == [from_slice(0, 1), from_slice(0)]
    assert slices(found, "since_2021_02_01") == [from_slice(0)]
    assert found["figures"]["people"] == [1_000, 1_500, 3_000, 2_000], "in the order of the places"


@pytest.mark.parametrize(
    ("date", "before"),
    [("2024-03-31", "2023-03-31"), ("2024-02-29", "2023-02-28"), ("2023-02-28", "2022-02-28")],
)
def test_a_figure_is_old_that_is_from_before_the_day_a_year_earlier(date: str, before: str) -> None:
    assert figures.a_year_before(dt.date.fromisoformat(date)) == dt.date.fromisoformat(before)


def test_the_largest_circle_is_that_of_states_and_townships_alone() -> None:
    country = figure("c", "2024-01-10", 3_000_000, level="country", pcode="MMR")
    assert inside(figure("a", "2024-01-10", 1_000), country)["largest"] == [1_000, figures.LARGEST_PX]


def test_the_qualifier_of_the_source_is_kept() -> None:
    words_of = ["exact", "rounded", "some", "over", "nearly", "estimate", "guessed"]
    found = inside(*(figure(f"{i}", "2024-01-10", 10, qualifier=w, pcode=f"MMR01{i}") for i, w in enumerate(words_of)))
    said = [figures.SAID[int(digit)] for digit in found["figures"]["said"]]
    assert said == ["exact", "about", "about", "over", "nearly", "estimate", "estimate"]
