"""Shares of the country by class at each slice: of townships, of area and of people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from mapper.outputs import codec, style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapper.control import Assessment
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

WHOLE: Final = 1000
"""Shares are given in thousandths."""


def shares(
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    classes: Sequence[str] = style.CLASSES,
    class_of: Callable[[Assessment], str] = style.class_of,
) -> dict[str, list[list[int]]]:
    """Give thousandths by class, in the order of ``classes``, for each slice.

    By ``townships``, by ``area`` (in an equal-area projection) and by ``people`` (census of 2014; townships that it
    did not count are left out of the whole). A measure that is nought everywhere is not given.
    """
    people = package.townships["population_2014"].fillna(0)
    weights: dict[str, Mapping[str, float]] = {
        "townships": dict.fromkeys(map(str, package.townships.index), 1.0),
        "area": {str(pcode): float(area) for pcode, area in boundaries.townships["area_km2"].items()},
        "people": {str(pcode): float(count) for pcode, count in people.items()},
    }
    numbers = {name: i for i, name in enumerate(classes)}
    slices = list(timeline.each(lambda found: numbers[class_of(found)]))
    return {
        name: [_thousandths(part, listed, len(classes)) for part in slices]
        for name, weight in weights.items()
        if sum(weight.values()) > 0
        for listed in [[weight[pcode] for pcode in timeline.stretches]]
    }


def counts(timeline: Timeline) -> list[Counter[str]]:
    """Count the townships of each class, slice by slice."""
    return [Counter(part) for part in timeline.each(style.class_of)]


def packed(rows: Sequence[Sequence[int]]) -> str:
    """Write shares or counts as text, class by class: the first slice's, then steps from slice to slice."""
    return "".join(codec.ascending(series) for series in zip(*rows, strict=True))


def _thousandths(part: Sequence[int], weights: Sequence[float], count: int) -> list[int]:
    """Round the shares so that they add up to the whole: the largest remainders are rounded up."""
    sums = np.bincount(part, weights, count).tolist()
    total = sum(sums)
    exact = [WHOLE * share / total for share in sums]
    found = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for i in by_rest[: WHOLE - sum(found)]:
        found[i] += 1
    return found
