"""Shared arcs: a border is stored once, and drawn to within its tolerance from where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from mapper.outputs import arcs

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAME = arcs.Frame(west=0.0, north=4000.0, cell=1.0)


def degrees(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape given in metres of Web Mercator, in degrees, as boundaries come in."""
    radius = arcs.EARTH_RADIUS

    def back(metres: np.ndarray) -> np.ndarray:
        lat = 2 * np.arctan(np.exp(metres[:, 1] / radius)) - np.pi / 2
        return np.degrees(np.column_stack([metres[:, 0] / radius, lat]))

    return shapely.transform(shape, back)


def made(shapes: Mapping[str, shapely.Geometry], *, tolerance: float = 1.0) -> arcs.Topology:
    return arcs.topology({key: degrees(shape) for key, shape in shapes.items()}, FRAME, tolerance=tolerance)


def drawn(topology: arcs.Topology, key: str) -> shapely.Geometry:
    """Put a shape together from its arcs, as the page does, by the even-odd rule."""
    area: shapely.Geometry = shapely.Polygon()
    for ring in topology.rings[key]:
        points: list[tuple[float, float]] = []
        for ref in ring:
            chain = topology.arcs[ref // 2][:: -1 if ref % 2 else 1].tolist()
            points += chain[1:] if points else chain
        area = area.symmetric_difference(shapely.Polygon(points))
    return shapely.transform(area, lambda grid: grid * (1, -1) + (0, 4000))


TWO = {"west": shapely.box(0, 0, 1000, 1000), "east": shapely.box(1000, 0, 2000, 1000)}


def test_a_border_of_two_townships_is_stored_once() -> None:
    topology = made(TWO)
    assert len(topology.arcs) == 3
    assert sorted(topology.owners) == [("east",), ("west",), ("west", "east")]
    shared = topology.owners.index(("west", "east"))
    assert sorted(topology.arcs[shared].tolist()) == [[1000, 3000], [1000, 4000]]


def test_the_two_sides_of_a_border_run_opposite_ways() -> None:
    topology = made(TWO)
    shared = topology.owners.index(("west", "east"))
    west, east = ({ref for ref in topology.rings[key][0] if ref // 2 == shared} for key in ("west", "east"))
    assert west | east == {2 * shared, 2 * shared + 1}


def test_borders_and_outline_are_told_apart() -> None:
    three = {**TWO, "north": shapely.box(0, 1000, 2000, 2000)}
    three = dict(zip(three, shapely.coverage_clean(list(three.values())), strict=True))
    topology = made(three)
    state = topology.borders({"west": "S", "east": "S", "north": "N"})
    assert {topology.owners[i] for i in state} == {("west", "north"), ("east", "north")}
    assert all(len(topology.owners[i]) == 1 for i in topology.outline())
    assert len(topology.outline()) == 3


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(100, 100, 3000, 2500),
        shapely.Polygon(shapely.box(0, 0, 3000, 3000).exterior, [shapely.box(1000, 1000, 2000, 2000).exterior]),
        shapely.MultiPolygon([shapely.box(0, 0, 900, 900), shapely.box(2000, 2000, 2600, 2300)]),
        shapely.Point(2000, 2000).buffer(1500),
    ],
    ids=["square", "hole", "islands", "circle"],
)
def test_a_shape_comes_back_within_tolerance_and_rounding(shape: shapely.Geometry) -> None:
    back = drawn(made({"one": shape}, tolerance=5.0), "one")
    assert shapely.hausdorff_distance(back.boundary, shape.boundary, densify=0.05) <= 5.0 + 1.0
    assert back.symmetric_difference(shape).area < 0.01 * shape.area


def test_an_enclave_and_the_hole_around_it_are_one_arc() -> None:
    inner = shapely.box(1000, 1000, 2000, 2000)
    topology = made({"around": shapely.box(0, 0, 3000, 3000).difference(inner), "enclave": inner})
    assert sorted(topology.owners) == [("around",), ("around", "enclave")]


def test_islets_are_left_out_but_never_the_only_piece() -> None:
    islet = shapely.box(3000, 3000, 3003, 3003)
    with_islet = made({"one": shapely.MultiPolygon([shapely.box(0, 0, 900, 900), islet])}, tolerance=50)
    assert len(with_islet.rings["one"]) == 1
    assert len(made({"islet": islet}, tolerance=50).rings["islet"]) == 1


def test_a_small_township_keeps_its_corners_at_a_tolerance_larger_than_itself() -> None:
    small = shapely.box(1000, 1000, 1100, 1100)
    topology = made({"small": small, "large": shapely.box(0, 0, 4000, 4000).difference(small)}, tolerance=200)
    assert drawn(topology, "small").area == pytest.approx(small.area, rel=0.05)


def read(text: str) -> list[int]:
    """Read numbers written by :func:`arcs.digits`, straight from its description."""
    numbers, value, shift = [], 0, 0
    for letter in text:
        part = arcs.ALPHABET.index(letter)
        value += (part % 32) << shift
        shift += 5
        if part < 32:
            numbers.append(value)
            value, shift = 0, 0
    return numbers


def test_numbers_come_back_from_their_text() -> None:
    numbers = [0, 1, 31, 32, 33, 1023, 1024, 8192, 123_456_789]
    assert read(arcs.digits(numbers)) == numbers


def test_arcs_are_written_as_counts_and_steps_from_the_last_end() -> None:
    text = arcs.encode([np.array([[2, 3], [5, 3]]), np.array([[5, 3], [4, 1]])])
    assert read(text) == [2, 4, 6, 6, 0, 2, 0, 0, 1, 3]


def test_rings_are_written_as_counts_and_steps_between_references() -> None:
    assert read(arcs.encode_rings([((0, 2), (7,)), ((3,),)])) == [2, 2, 0, 4, 1, 10, 1, 1, 7]
