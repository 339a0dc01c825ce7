"""Reads what the page's payload writes as text, from its description alone."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mapper.outputs import codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def digit(letters: Iterator[str]) -> int:
    number, worth = 0, 1
    for letter in letters:
        value = codec.ALPHABET.index(letter)
        number += value % 42 * worth
        if value < 42:
            return number
        worth *= 42
    raise AssertionError("the text ends in the middle of a number")


def step(letters: Iterator[str]) -> int:
    value = codec.ALPHABET.index(next(letters))
    if value <= 82:
        return value - 41
    return (1 if value == 84 else -1) * (digit(letters) + 42)


def read(text: str, one: Callable[[Iterator[str]], int]) -> list[int]:
    letters = iter(text)
    return [one(itertools.chain([letter], letters)) for letter in letters]


def ascending(text: str) -> list[int]:
    return list(itertools.accumulate(read(text, step)))


def letters(text: str, first: int) -> str:
    """Read a text written letter by letter: what stands between two % is as it is, and %% is one of them there."""
    read, is_plain, at = "", False, 0
    while at < len(text):
        if is_plain and text.startswith("%%", at):
            read += "%"
            at += 1
        elif text[at] == "%":
            is_plain = not is_plain
        elif is_plain:
            read += text[at]
        else:
            value = codec.ALPHABET.index(text[at])
            read += " " if value == 84 else chr(first + value)
        at += 1
    return read


def divided(text: str) -> list[str]:
    """Read texts that stand each behind the letter that is the first of all."""
    return text[1:].split(text[0]) if text else []


def behind(text: str, counts: Iterable[int]) -> list[list[int]]:
    """Read the reports behind assessments, of which so many belong to each township."""
    numbers = iter(read(text, digit))
    found: list[list[int]] = []
    for count in counts:
        before: list[int] = []
        for _ in range(count):
            number = next(numbers)
            if number % 2:
                less, more = number // 8, number % 8 // 2
                start = before[-1] + 1 if before else 0
                before = [*before[less:], *range(start, start + more)]
            else:
                before = list(itertools.islice(numbers, number // 2))
            found.append(before)
    return found
