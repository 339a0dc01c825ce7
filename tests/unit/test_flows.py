"""Movements on the page: area to area, the latest of each pair, and none that touches a contested township."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import checkered
import made
from mapper import publish, timeline
from mapper.outputs import codec, flows, payload

DATES = (dt.date(2023, 1, 31), dt.date(2023, 2, 28), dt.date(2023, 3, 31), dt.date(2023, 4, 30))
ONE, TWO = "MMR012001", "MMR013020"


def movement(date_to: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 -- a row of a table
    row = {
        "date_from": dt.date(2022, 12, 1),
        "date_to": dt.date.fromisoformat(date_to),
        "origin": "",
        "origin_pcode": ONE,
        "destination": "",
        "destination_pcode": TWO,
        "people": 1_234,
        "qualifier": "exact",
        "movement_type": "displacement",
        "measure": "",
        "source_id": "a-source",
        "note": "",
    }
    return {**row, **fields}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.Index([f"M{i:04}" for i in range(len(rows))], name="movement_id"))


def told(*rows: dict[str, Any], contested: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give the flows where the first township is contested from each of some dates on, and the AA's from the next."""
    reports = [
        made.report(date, "eao" if i % 2 else "contested", pcode=ONE, report_id=date)
        for i, date in enumerate(contested)
    ]
    package = checkered.package(movements=table(*rows))
    slices = timeline.timeline(package.townships.index, reports, DATES, options=package.options)
    return flows.flows(slices, package, countries=["THA", "MYS"], source=lambda _: 7)


def places(found: dict[str, Any], kind: str = "displacement") -> list[list[Any]]:
    return next(one["places"] for one in found["bases"] if one["id"] == kind)


def written(*numbers: int) -> str:
    return codec.ascending(numbers)


def test_a_movement_is_told_from_the_slice_at_or_after_its_last_day() -> None:
    assert places(told(movement("2023-02-28"))) == [[ONE, TWO, "", written(1)]]
    assert places(told(movement("2023-03-01"))) == [[ONE, TWO, "", written(2)]]
    assert told(movement("2023-05-01"))["bases"] == []


def test_of_the_same_pair_and_kind_the_latest_stands() -> None:
    found = told(
        movement("2023-03-05", people=20), movement("2023-01-31", people=10), movement("2023-03-01", people=30)
    )
    assert places(found) == [[ONE, TWO, "", written(0, 2)]]
    assert found["figures"]["people"] == [10, 20]


def test_kinds_and_measures_are_never_added_to_one_another() -> None:
    found = told(
        movement("2023-01-31", people=10),
        movement("2023-01-31", people=20, movement_type="return"),
        movement("2023-01-31", people=30, movement_type="new_across_border", measure="refugees"),
        movement("2023-01-31", people=40, movement_type="new_across_border", measure="asylum_seekers"),
    )
    kinds = ["displacement", "new_across_border.asylum_seekers", "new_across_border.refugees", "return"]
    assert [one["id"] for one in found["bases"]] == kinds
    assert found["figures"]["people"] == [10, 40, 30, 20]


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({"origin_pcode": "MMR012001;MMR012002"}, ["MMR012001;MMR012002", TWO]),
        ({"destination_pcode": ONE}, [ONE, ONE]),
        ({"destination_pcode": "MMR012"}, [ONE, "MMR012"]),
        ({"destination_pcode": "MMR"}, [ONE, "MMR"]),
        ({"destination_pcode": "IDN"}, [ONE, "IDN"]),
        ({"destination_pcode": "MMR099"}, [ONE, "MMR099"]),
        ({"origin_pcode": "", "origin": "South-East"}, ["South-East", TWO]),
        ({"destination_pcode": ""}, [ONE, ""]),
    ],
    ids=str,
)
def test_without_two_areas_apart_a_movement_is_told_and_not_drawn(fields: dict[str, str], ends: list[str]) -> None:
    found = told(movement("2023-01-31", **fields), contested=("2023-01-01",))
    assert places(found) == [[*ends, None, written(0)]]


@pytest.mark.parametrize(("one", "two"), [("MMR", "THA"), ("THA", "MMR013"), ("MMR012", TWO), ("MMR", "MYS")])
def test_states_and_countries_can_be_drawn(one: str, two: str) -> None:
    found = told(movement("2023-01-31", origin_pcode=one, destination_pcode=two))
    assert places(found) == [[one, two, "", written(0)]]


def test_words_beside_a_code_may_name_a_finer_place_and_stay_out() -> None:
    found = told(movement("2023-01-31", origin="a camp", destination="a village", note="who they are"))
    assert places(found) == [[ONE, TWO, "", written(0)]]
    assert "camp" not in str(found)
    assert "village" not in str(found)
    assert "who" not in str(found)


def test_an_arrow_is_withheld_as_long_as_a_township_at_its_end_is_contested() -> None:
    found = told(movement("2023-01-31"), contested=("2023-02-10", "2023-03-10"))
    assert places(found) == [[ONE, TWO, written(1, 2), written(0)]]
    back = movement("2023-01-31", origin_pcode=TWO, destination_pcode=ONE)
    assert places(told(back, contested=("2023-02-10",))) == [[TWO, ONE, written(1), written(0)]]


def test_a_state_is_not_contested() -> None:
    found = told(movement("2023-01-31", origin_pcode="MMR012"), contested=("2023-01-01",))
    assert places(found) == [["MMR012", TWO, "", written(0)]]


def test_what_is_withheld_as_long_as_it_is_the_latest_does_not_reach_the_page() -> None:
    found = told(movement("2023-01-31", people=11_100), contested=("2023-01-01",))
    assert places(found) == [["", "", written(0), written(0)]]
    assert found["figures"] == {
        "begun": written(0),
        "day": written(0),
        "people": [0],
        "said": "0",
        "source": written(0),
    }
    assert ONE not in str(found)
    rows = [movement("2023-01-31", people=11_100), movement("2023-03-31", people=22_200)]
    found = told(*rows, contested=("2023-01-01", "2023-03-10"))
    assert places(found) == [[ONE, TWO, written(0, 2), written(0, 2)]]
    assert found["figures"]["people"] == [0, 22_200]


def test_counts_are_rounded_and_small_ones_only_said_to_be_small() -> None:
    rows = [
        movement("2023-01-31", people=n, destination_pcode=f"MMR0130{20 + i}") for i, n in enumerate([3, 77, 1_234])
    ]
    found = told(*rows)
    assert found["figures"]["people"] == [5, 75, 1_200]
    assert found["figures"]["said"] == "500"
    assert found["largest"][0] == 1_200


def test_movements_of_a_source_that_is_not_public_stay_out() -> None:
    package = checkered.package(
        movements=table(movement("2023-01-31", source_id="closed")),
        sources={"a-source": made.source(), "closed": made.source(source_id="closed", sensitivity="restricted")},
    )
    kept = publish.public(package)
    assert kept.withheld == {"movements": 1}
    data = payload.payload(checkered.slices(kept), checkered.boundaries(), kept)
    assert data["people"]["flows"]["bases"] == []


def test_the_page_knows_for_each_slice_from_when_a_figure_is_old() -> None:
    package = checkered.package()
    slices = timeline.timeline(package.townships.index, [], DATES, options=package.options)
    data = payload.payload(slices, checkered.boundaries(), package)
    years_before = (dt.date(2022, 1, 31), dt.date(2022, 2, 28), dt.date(2022, 3, 31), dt.date(2022, 4, 30))
    assert data["people"]["old"] == written(*((day - dt.date(1970, 1, 1)).days for day in years_before))
