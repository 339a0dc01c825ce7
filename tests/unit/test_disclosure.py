"""Counts of people in public: rounded, never 1 to 4, and no small one can be got back from a total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.outputs import disclosure
from mapper.outputs.disclosure import Shown


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (0, Shown(0)),
        (1, Shown(5, few=True)),
        (4, Shown(5, few=True)),
        (5, Shown(5)),
        (7, Shown(5)),
        (8, Shown(10)),
        (97, Shown(95)),
        (98, Shown(100)),
        (104, Shown(100)),
        (994, Shown(990)),
        (1_049, Shown(1_000)),
        (1_050, Shown(1_100)),
        (1_178_003, Shown(1_178_000)),
    ],
)
def test_a_count_is_rounded_by_its_size(people: int, expected: Shown) -> None:
    assert disclosure.shown(people) == expected


@given(st.integers(min_value=0, max_value=10**8))
def test_no_count_of_one_to_four_is_ever_shown(people: int) -> None:
    found = disclosure.shown(people)
    assert found.people == 0 or found.people >= 5
    assert (found.people == 0) == (people == 0)


@given(st.integers(min_value=0, max_value=10**8))
def test_rounding_moves_a_count_by_half_a_step_at_most(people: int) -> None:
    assert abs(disclosure.shown(people).people - people) <= (4 if people < 100 else 5 if people < 1000 else 50)


@given(st.integers(min_value=1_000, max_value=10**7), st.integers(min_value=1, max_value=4))
def test_a_total_less_the_rest_never_gives_a_small_count_back(rest: int, small: int) -> None:
    difference = disclosure.shown(rest + small).people - disclosure.shown(rest).people
    assert difference in {0, 100}


def test_fewer_than_none_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 people"):
        disclosure.shown(-1)
