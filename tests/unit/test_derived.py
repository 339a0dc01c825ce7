"""What is made of shapes is made once, and anew as soon as the shapes are others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

import made

if TYPE_CHECKING:
    from mapper import geo


def counted(boundaries: geo.Boundaries, made_so_far: list[str]) -> bytes:
    def make() -> bytes:
        made_so_far.append("made")
        return str(shapely.get_num_coordinates(boundaries.townships.geometry.to_numpy()).sum()).encode()

    return boundaries.once("corners", make)


def test_a_part_is_made_once_and_given_again() -> None:
    boundaries, calls = made.boundaries(made.package()), []
    assert [counted(boundaries, calls) for _ in range(3)] == [b"20"] * 3
    assert calls == ["made"]


def test_parts_of_different_names_are_different() -> None:
    boundaries = made.boundaries(made.package())
    assert boundaries.once("one", lambda: b"1") == b"1"
    assert boundaries.once("two", lambda: b"2") == b"2"


def test_other_shapes_in_the_same_table_are_made_anew() -> None:
    boundaries = made.boundaries(made.package())
    assert counted(boundaries, []) == b"20"
    boundaries.townships.loc["MMR012001", "geometry"] = shapely.Polygon([(93, 20), (94, 20), (93, 21)])
    assert counted(boundaries, []) == b"19"


def test_the_same_shapes_under_other_codes_are_made_anew() -> None:
    boundaries = made.boundaries(made.package())
    assert boundaries.once("first", lambda: str(boundaries.townships.index[0]).encode()) == b"MMR012001"
    boundaries.townships.index = boundaries.townships.index[::-1]
    assert boundaries.once("first", lambda: str(boundaries.townships.index[0]).encode()) == b"MMR012004"


def test_other_land_around_is_made_anew() -> None:
    boundaries, calls = made.boundaries(made.package()), []
    counted(boundaries, calls)
    boundaries.neighbours.loc[0, "geometry"] = shapely.box(90, 15, 91, 25)
    counted(boundaries, calls)
    assert calls == ["made", "made"]


def test_a_copy_with_something_replaced_begins_with_nothing() -> None:
    boundaries = made.boundaries(made.package())
    counted(boundaries, [])
    fewer = replace(boundaries, townships=boundaries.townships.iloc[:2])
    assert counted(fewer, []) == b"10"
