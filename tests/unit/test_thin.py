"""Lines of few points keep to their limit, and none of fewer points would."""

from __future__ import annotations

import itertools

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.outputs import thin

LIMIT = 1.37
"""No distance between small whole numbers is the same."""

LINE = st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=2, max_size=7)


def strays(points: np.ndarray, drawn: np.ndarray, kept: tuple[int, ...]) -> float:
    """Give the farthest that a point is from the line between the kept ones before and behind it."""
    return max(
        (
            float(shapely.distance(shapely.Point(points[i]), shapely.LineString(drawn[[one, two]])))
            for one, two in itertools.pairwise(kept)
            for i in range(one + 1, two)
        ),
        default=0.0,
    )


@given(st.lists(LINE, min_size=1, max_size=3), st.integers(1, 3))
def test_no_point_strays_and_no_choice_of_fewer_points_would_do(lines: list[list[tuple[int, int]]], step: int) -> None:
    points = np.array([point for line in lines for point in line], dtype=float)
    drawn = np.rint(points / step) * step
    number = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    kept = thin.fewest(points, drawn, number, np.full(len(points), LIMIT))
    for i in range(len(lines)):
        own, there = points[number == i], drawn[number == i]
        chosen = tuple(np.flatnonzero(kept[number == i]).tolist())
        last = len(own) - 1
        assert (chosen[0], chosen[-1]) == (0, last)
        assert strays(own, there, chosen) <= LIMIT + 1e-9
        for fewer in range(len(chosen) - 2):
            for inner in itertools.combinations(range(1, last), fewer):
                assert strays(own, there, (0, *inner, last)) > LIMIT


def test_a_chord_spans_no_more_points_than_it_may() -> None:
    points = np.column_stack([np.arange(100.0), np.zeros(100)])
    kept = thin.fewest(points, points, np.zeros(100), np.ones(100))
    assert np.diff(np.flatnonzero(kept)).max() == thin.REACH
    assert kept.sum() == 2 + 99 // thin.REACH
