"""Shared arcs: a border is stored once, and drawn to within its tolerance from where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from mapper.outputs import arcs, places

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


def made(shapes: Mapping[str, shapely.Geometry], *, tolerance: float = 1.0, coarse: int = 1) -> arcs.Topology:
    flat = {key: degrees(shape) for key, shape in shapes.items()}
    return arcs.topology(flat, FRAME, tolerance=tolerance, coarse=coarse)


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


def test_arcs_stand_in_the_order_of_their_first_use_and_run_as_it_does() -> None:
    topology = made({**TWO, "far": shapely.box(3000, 0, 3500, 500)})
    first: dict[int, int] = {}
    for rings in topology.rings.values():
        for ref in (ref for ring in rings for ref in ring):
            first.setdefault(ref // 2, ref)
    assert list(first.values()) == [2 * number for number in range(len(topology.arcs))]


def test_borders_lie_on_coarse_lines_but_those_of_small_townships_on_finer_ones() -> None:
    small, smallest = shapely.box(1004, 1004, 1105, 1105), shapely.box(2001, 2001, 2013, 2013)
    shapes = {
        "small": small,
        "smallest": smallest,
        "large": shapely.box(0, 0, 4000, 4000).difference(small).difference(smallest),
    }
    topology = made(shapes, tolerance=100, coarse=8)
    of = dict(zip(topology.owners, topology.arcs, strict=True))
    assert not (of["large",] % 8).any()
    assert (of["small", "large"] % 8).any()
    assert not (of["small", "large"] % 4).any()
    assert (of["smallest",] % 2).any()


def test_where_arcs_of_several_cells_meet_they_share_a_point_of_the_finest() -> None:
    west, east = shapely.box(1001, 1001, 1010, 1010), shapely.box(1010, 1001, 1500, 1010)
    topology = made({"west": west, "east": east}, tolerance=100, coarse=8)
    ends = {tuple(arc[end].tolist()) for arc in topology.arcs for end in (0, -1)}
    assert ends == {(1010, 2999), (1010, 2990)}


def test_each_cell_divides_the_one_before_it() -> None:
    assert [arcs.cells(coarse) for coarse in (1, 2, 8, 32)] == [
        (1, 1, 1, 1),
        (2, 1, 1, 1),
        (8, 4, 2, 1),
        (32, 16, 8, 1),
    ]
    for coarse in (arcs.COARSE, places.LAND_COARSE):
        assert coarse % 4 == 0


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
