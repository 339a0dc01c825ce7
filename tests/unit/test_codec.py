"""Numbers and shapes as text, read back by a reader that knows their description alone."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.outputs import arcs, codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WHOLE = st.integers(min_value=0, max_value=2**31)
SIGNED = st.integers(min_value=-(2**31), max_value=2**31)
FRAME = arcs.Frame(west=0.0, north=4000.0, cell=1.0)


def _digits(letters: Iterator[str]) -> int:
    number, worth = 0, 1
    for letter in letters:
        value = codec.ALPHABET.index(letter)
        number += value % 42 * worth
        if value < 42:
            return number
        worth *= 42
    raise AssertionError("the text ends in the middle of a number")


def _step(letters: Iterator[str]) -> int:
    value = codec.ALPHABET.index(next(letters))
    if value <= 82:
        return value - 41
    return (1 if value == 84 else -1) * (_digits(letters) + 42)


def read(text: str, one: Callable[[Iterator[str]], int]) -> list[int]:
    letters = iter(text)
    return [one(itertools.chain([letter], letters)) for letter in letters]


@given(st.lists(WHOLE))
def test_whole_numbers_come_back(numbers: list[int]) -> None:
    assert read(codec.digits(numbers), _digits) == numbers


@given(st.lists(SIGNED))
def test_steps_come_back(numbers: list[int]) -> None:
    assert read(codec.steps(numbers), _step) == numbers


def test_numbers_in_order_are_written_as_steps_from_each_to_the_next() -> None:
    assert read(codec.ascending([5, 5, 17, 3]), _step) == [5, 0, 12, -14]


def test_no_character_needs_an_escape() -> None:
    assert len(set(codec.ALPHABET)) == 85
    assert json.dumps(codec.ALPHABET) == f'"{codec.ALPHABET}"'
    assert not set(codec.ALPHABET) & set("<>&{%'")


@pytest.mark.parametrize(("coarse", "cell"), [(1, 1), (4, 4)])
def test_shapes_are_written_as_described(coarse: int, cell: int) -> None:
    drawn = arcs.Topology(
        frame=FRAME,
        arcs=(
            np.array([[8, 0], [8, 8]]),
            np.array([[8, 8], [0, 8], [0, 0], [8, 0]]),
            np.array([[8, 0], [16, 0], [8, 8]]),
        ),
        rings={"west": ((0, 2),), "east": ((4, 1),)},
        owners=(("west", "east"), ("west",), ("east",)),
    )
    text = codec.shapes(drawn, coarse=coarse)
    assert read(str(text["rings"]), _digits) == [1, 2, 0, 0, 1, 2, 0, 1 + 2 * 2 + 1]
    assert read(str(text["sizes"]), _digits) == [2, 6, 4]
    assert read(str(text["starts"]), _step) == [8, 0, 0, 0]
    assert read(str(text["steps"]), _step) == [v // cell for v in (0, 8, -8, 0, 0, -8, 8, 0, 8, 0, -8, 8)]
