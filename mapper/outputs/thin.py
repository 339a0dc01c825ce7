"""Lines of as few points as a limit allows, where each point is drawn on a grid.

Douglas and Peucker's way takes a fifth more points for the same limit, and knows nothing of the grid. Here each line is
a way from point to point along the chords that keep within the limit, and the shortest such way is taken (Imai and Iri
1988); whether a chord keeps within it, a wedge tells, from either end (Chan and Chin 1996).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    """Shape (n, 2), in metres: east, north."""
    Flags = NDArray[np.bool_]

REACH: Final = 24
"""A chord spans as many points at most."""


def fewest(points: Points, drawn: Points, line: NDArray[Any], limit: NDArray[np.float64]) -> Flags:
    """Tell which points to keep, so that none strays from its line as drawn by more than its limit; ends stay.

    ``points`` are those of all lines, one line after the other, ``drawn`` the same where the grid has them; for each,
    ``line`` is the number of its line and ``limit`` the line's, in the points' unit.

    >>> bent = np.array([[0.0, 0.0], [1.0, 0.4], [2.0, 0.0], [3.0, 2.0]])
    >>> fewest(bent, bent, np.zeros(4), np.full(4, 0.5)).tolist()
    [True, False, True, True]
    """
    first = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    size = np.diff(np.r_[first, len(line)])
    ahead = _chords(points, drawn, line, limit)
    back = _chords(points[::-1], drawn[::-1], line[::-1], limit[::-1])[::-1]
    spans = np.arange(1, REACH + 1)
    chords = np.zeros(len(line), dtype=np.int64)
    before = np.zeros(len(line), dtype=np.int64)
    for place in range(1, int(size.max(initial=0))):
        here = first[size > place] + place
        there = np.maximum(here[:, np.newaxis] - spans, 0)
        is_chord = (spans <= place) & ahead[there, spans - 1] & back[here]
        many = np.where(is_chord, chords[there], len(line))
        best = np.argmin(many, axis=1)
        chords[here] = 1 + many[np.arange(len(here)), best]
        before[here] = here - 1 - best
    kept = np.zeros(len(line), dtype=bool)
    kept[first] = True
    at = first + size - 1
    while len(at):
        kept[at] = True
        at = before[at[~np.isin(at, first)]]
    return kept


def _chords(points: Points, drawn: Points, line: NDArray[Any], limit: NDArray[np.float64]) -> Flags:
    """Tell for each point, for 1, 2, 3 ... points on, whether a ray through that one keeps to the limit in between."""
    found = np.zeros((len(line), REACH), dtype=bool)
    low, high = np.full(len(line), -np.pi), np.full(len(line), np.pi)
    is_free = np.ones(len(line), dtype=bool)
    at = np.arange(len(line))
    for span in range(1, REACH + 1):
        at = at[: np.searchsorted(at, len(line) - span)]
        at = at[(line[at + span] == line[at]) & (low[at] <= high[at])]
        middle = (low[at] + high[at]) / 2
        angle, far = _seen(drawn[at + span] - drawn[at], middle)
        found[at, span - 1] = is_free[at] | ((far > 0) & (low[at] <= angle) & (angle <= high[at]))
        angle, far = _seen(points[at + span] - drawn[at], middle)
        bound = far > limit[at]
        half = np.arcsin(limit[at][bound] / far[bound])
        narrowed, angle = at[bound], angle[bound]
        low[narrowed] = np.where(is_free[narrowed], angle - half, np.maximum(low[narrowed], angle - half))
        high[narrowed] = np.where(is_free[narrowed], angle + half, np.minimum(high[narrowed], angle + half))
        is_free[narrowed] = False
    return found


def _seen(way: Points, middle: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the direction of each way, within half a turn of ``middle``, and its length."""
    turned = np.arctan2(way[:, 1], way[:, 0]) - middle
    return middle + (turned + np.pi) % (2 * np.pi) - np.pi, np.hypot(way[:, 0], way[:, 1])
