"""Insets: clusters of townships too small to see, and none where there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

import checkered
from mapper import pipeline
from mapper.outputs import arcs, insets, places, words

REAL = Path(__file__).resolve().parents[3] / "shared" / "boundaries" / "mimu_adm3_v93.zip"


def found(shapes: list[shapely.Polygon], state: list[int] | None = None) -> list[dict[str, int | list[int]]]:
    named = {f"{i:03}": shape for i, shape in enumerate(shapes)}
    return insets.insets(named, arcs.frame_of(shapes), state or [0] * len(shapes))


def block(x: float, y: float, count: int, *, size: float = 0.02) -> list[shapely.Polygon]:
    return [shapely.box(x + i * size, y, x + (i + 1) * size, y + size) for i in range(count)]


COUNTRY = [shapely.box(94, 18, 96, 20), shapely.box(96, 18, 98, 20)]


def test_a_country_without_small_townships_has_no_insets() -> None:
    shapes = checkered.boundaries().townships.geometry
    frame = arcs.frame_of(shapes)
    assert insets.insets({str(code): shape for code, shape in shapes.items()}, frame, [0] * len(shapes)) == []


def test_small_townships_that_hang_together_have_one_around_them() -> None:
    (one,) = found([*COUNTRY, *block(95, 17, 5)], [0, 0, 3, 3, 3, 2, 2])
    assert one["state"] == 3
    west, north, east, south = one["box"]
    frame = arcs.frame_of([*COUNTRY, *block(95, 17, 5)])
    corners = frame.to_grid(arcs.mercator(np.array([[95, 17.02], [95.1, 17]])))
    assert west < corners[0][0] < corners[1][0] < east
    assert north < corners[0][1] < corners[1][1] < south
    assert east - west == pytest.approx(south - north, abs=1)


def test_fewer_than_five_or_scattered_ones_do_without() -> None:
    assert found([*COUNTRY, *block(95, 17, 4)]) == []
    assert found([*COUNTRY, *(block(94 + 0.5 * i, 17, 1)[0] for i in range(6))]) == []


def test_the_larger_cluster_comes_first() -> None:
    every = found([*COUNTRY, *block(94, 17, 5), *block(96, 17, 7)], [0, 0, *[1] * 5, *[2] * 7])
    assert [one["state"] for one in every] == [2, 1]


@pytest.mark.parametrize("real", [False, pytest.param(True, marks=pytest.mark.shared)])
def test_myanmar_has_insets_for_yangon_and_mandalay(*, real: bool) -> None:
    package = pipeline.open_package()
    shown_to = pipeline.open_package(audience="internal") if real else package  # the real ones are MIMU's
    boundaries = pipeline.load_boundaries(shown_to, REAL if real else None)
    data = places.places(boundaries, package, [words.load("en")])
    assert [data["states"]["name"]["en"][one["state"]] for one in data["insets"]] == ["Yangon", "Mandalay"]
