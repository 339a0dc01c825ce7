"""Numbers and shapes as text, read back by a reader that knows their description alone."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import written
from mapper.outputs import arcs, codec

WHOLE = st.integers(min_value=0, max_value=2**31)
SIGNED = st.integers(min_value=-(2**31), max_value=2**31)
FRAME = arcs.Frame(west=0.0, north=4000.0, cell=1.0)


@given(st.lists(WHOLE))
def test_whole_numbers_come_back(numbers: list[int]) -> None:
    assert written.read(codec.digits(numbers), written.digit) == numbers


@given(st.lists(SIGNED))
def test_steps_come_back(numbers: list[int]) -> None:
    assert written.read(codec.steps(numbers), written.step) == numbers


def test_numbers_in_order_are_written_as_steps_from_each_to_the_next() -> None:
    assert written.read(codec.ascending([5, 5, 17, 3]), written.step) == [5, 0, 12, -14]


@given(st.text(alphabet="ကခဂ၀ၓၔၵ %a{}<\u202e\n", max_size=30) | st.text(max_size=30))
def test_texts_written_letter_by_letter_come_back(text: str) -> None:
    for first in (codec.BURMESE, codec.THAI):
        assert written.letters(codec.letters(text, first), first) == text


def test_a_burmese_letter_takes_one_byte_and_other_values_stay() -> None:
    assert codec.letters("မောင်တော", codec.BURMESE).isascii()
    assert len(codec.letters("မောင်တော", codec.BURMESE)) == len("မောင်တော")
    assert codec.lettered({"a": ["ဂွ", None, 3]}, codec.BURMESE) == {"a": ["(f", None, 3]}


@given(st.lists(st.from_regex(r"[A-Z]{0,3}[0-9]{0,4}", fullmatch=True)))
def test_codes_come_back(names: list[str]) -> None:
    names = [name for name in names if name]
    read: list[str] = []
    for code in codec.codes(names):
        digits = re.search(r"[0-9]{1,9}\Z", read[-1]) if read else None
        counted = f"{int(digits[0]) + 1:0{len(digits[0])}}" if digits else ""
        read.append(code or read[-1][: digits.start() if digits else None] + counted)
    assert read == names


@given(st.lists(st.text() | st.text("|}~a")))
def test_divided_texts_come_back(texts: list[str]) -> None:
    assert written.divided(codec.divided(texts)) == texts


@given(st.lists(st.text(alphabet="ab-/90%:", max_size=30) | st.text("/", max_size=12)))
def test_addresses_come_back(addresses: list[str]) -> None:
    read: list[list[str]] = [[]]
    for text in codec.paths(addresses).split("-"):
        read.append(read[-1][: int(text[:1] or 0)] + text[1:].replace(" ", "-").split("/"))
    assert ["/".join(parts) for parts in read[1:]] == (addresses or [""])


def test_no_character_needs_an_escape() -> None:
    assert len(set(codec.ALPHABET)) == 85
    assert json.dumps(codec.ALPHABET) == f'"{codec.ALPHABET}"'
    assert not set(codec.ALPHABET) & set("<>&{%'")


@pytest.mark.parametrize(("coarse", "level", "cell"), [(1, 0, 1), (8, 0, 8), (16, 1, 8), (32, 2, 8), (24, 3, 1)])
def test_shapes_are_written_as_described(coarse: int, level: int, cell: int) -> None:
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
    assert written.read(str(text["rings"]), written.digit) == [1, 2, 0, 0, 1, 2, 0, 1 + 2 * 2 + 1]
    assert written.read(str(text["sizes"]), written.digit) == [4 * count + level for count in (1, 3, 2)]
    assert written.read(str(text["starts"]), written.step) == [8 // cell, 0, 0, 0]
    assert written.read(str(text["steps"]), written.step) == [
        v // cell for v in (0, 8, -8, 0, 0, -8, 8, 0, 8, 0, -8, 8)
    ]


def test_each_arc_is_written_in_its_own_cell_and_begins_from_where_that_holds_the_one_before() -> None:
    drawn = arcs.Topology(
        frame=FRAME,
        arcs=(np.array([[13, 3], [14, 3], [13, 3]]), np.array([[32, 8], [8, 16], [32, 8]]), np.array([[30, 10]] * 2)),
        rings={"one": ((0,),), "two": ((2,), (4,))},
        owners=(("one",), ("two",), ("two",)),
    )
    text = codec.shapes(drawn, coarse=8)
    assert written.read(str(text["sizes"]), written.digit) == [4 * 2 + 3, 4 * 2, 4 * 1 + 2]
    assert written.read(str(text["starts"]), written.step) == [13, 3, 4 - 1, 1 - 0, 15 - 16, 5 - 4]
    assert written.read(str(text["steps"]), written.step) == [1, 0, -1, 0, -3, 1, 3, -1, 0, 0]
