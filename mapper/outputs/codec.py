"""Whole numbers and shapes as short text, made so that gzip finds the common steps: a character for each of them.

The page's ``decode.js`` reads what this writes. A reader by the description alone is in the tests.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from mapper.outputs import arcs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.outputs.arcs import Grid, Topology

ALPHABET: Final = "".join(chr(code) for code in range(ord("#"), 127) if chr(code) not in "%&'<>\\{")
"""85 characters, none of which needs an escape in JSON, HTML or a template."""

HALF: Final = 42
"""A digit that has another one after it is raised by this much."""

NEAR: Final = 41
"""Steps from -41 to 41 are one character; the last two characters announce a longer one, back or ahead."""

BACK, AHEAD = ALPHABET[83], ALPHABET[84]


def digits(numbers: Iterable[int]) -> str:
    """Write whole numbers from 0 on in digits of 42, the lowest first; each but a number's last is raised by 42.

    >>> digits([0, 41, 42])
    '#QR$'
    """
    return "".join(_number(number) for number in numbers)


def steps(numbers: Iterable[int]) -> str:
    """Write whole numbers of either sign; from -41 to 41 they take one character.

    >>> steps([0, -41, 41, 42, -43])
    'Q#|~#}$'
    """
    return "".join(
        ALPHABET[number + NEAR]
        if -NEAR <= number <= NEAR
        else (BACK if number < 0 else AHEAD) + _number(abs(number) - NEAR - 1)
        for number in numbers
    )


def ascending(numbers: Iterable[int]) -> str:
    """Write whole numbers as steps from each to the next, the first from 0."""
    return steps(np.diff(np.fromiter(numbers, dtype=np.int64), prepend=0).tolist())


NUMBER: Final = re.compile(r"[0-9]{1,9}\Z")


def codes(names: Iterable[str]) -> list[str]:
    """Leave out each code that is the one before with the number at its end counted on by one.

    >>> codes(["MMR001001", "MMR001002", "MMR002001"])
    ['MMR001001', '', 'MMR002001']
    """
    written: list[str] = []
    following = None
    for name in names:
        written.append("" if name == following else name)
        following = NUMBER.sub(lambda found: str(int(found[0]) + 1).zfill(len(found[0])), name)
    return written


def divided(texts: Sequence[str]) -> str:
    """Write texts one behind the other, each behind a letter that none of them has.

    >>> divided(["a|b", "", "c"])
    '}a|b}}c'
    """
    used = set().union(*texts)
    letter = next(chr(code) for code in itertools.count(ord("|")) if chr(code) not in used)
    return "".join(letter + text for text in texts)


KEPT: Final = 9
"""As many parts of an address as one digit counts."""


def paths(addresses: Iterable[str]) -> str:
    """Write addresses one after the other, each by how many of its parts between slashes are those of the one before.

    None has a blank in it, and so a blank stands for a hyphen: what an address says in words is then written as in
    other texts. A hyphen stands between one and the next.

    >>> paths(["https://a.org/the-news/1", "https://a.org/the-news/2", ""])
    '0https://a.org/the news/1-42-0'
    """
    written: list[str] = []
    before: list[str] = []
    for address in addresses:
        parts = address.split("/")
        kept = 0
        while kept < min(KEPT, len(before), len(parts) - 1) and parts[kept] == before[kept]:
            kept += 1
        written.append(str(kept) + "/".join(parts[kept:]).replace("-", " "))
        before = parts
    return "-".join(written)


BURMESE: Final = 0x1000
THAI: Final = 0x0E00
"""The first letters of these scripts in Unicode."""

BLANK: Final = 84
"""The first 84 letters of a script have the first characters of the alphabet; the one behind them is the blank."""


def letters(text: str, first: int) -> str:
    """Write a text in the script that begins at ``first`` with one character for each letter, where UTF-8 has three.

    What is of no such letter stands as it is between two %, and a % in it is written twice.

    >>> letters("ဂွ", BURMESE), letters("ဂွ {n} ခု", BURMESE), letters("", BURMESE)
    ('(f', '(f~%{n} %$W', '')
    """
    written: list[str] = []
    is_plain = False
    for letter in text:
        is_own = 0 <= ord(letter) - first < BLANK
        if is_own == is_plain and letter != " ":  # a blank goes with what is before it
            written.append("%")
            is_plain = not is_plain
        own = ALPHABET[BLANK if letter == " " else ord(letter) - first] if not is_plain else ""
        written.append(own or letter.replace("%", "%%"))
    return "".join(written)


def lettered(found: Any, first: int) -> Any:  # noqa: ANN401 -- texts in lists and dictionaries of any depth
    """Write all texts in data of any depth as :func:`letters` does; keys and other values stay."""
    if isinstance(found, str):
        return letters(found, first)
    if isinstance(found, dict):
        return {key: lettered(value, first) for key, value in found.items()}
    return [lettered(value, first) for value in found] if isinstance(found, list) else found


def shapes(drawn: Topology, *, coarse: int) -> dict[str, str | int]:
    """Write a topology as text. ``coarse`` is the first of :func:`arcs.cells`, in which most arcs lie.

    ``rings``: for each shape how many rings, for each ring how many arcs, for each arc 0 where it is the next
    one that no ring has used, else 1 + 2 * how far back its number lies + 1 where it runs backwards.
    ``sizes``: for each arc four times its steps, plus the number of the cell on whose lines its points lie.
    ``starts``: the first point of each arc that begins a ring with its first use, in that cell, from where the cell
    lies that holds the one before; any other begins where the ring has come to.
    ``steps``: column and row from point to point, in that cell.
    """
    counts = np.array([len(arc) - 1 for arc in drawn.arcs])
    known_cells = np.array(arcs.cells(coarse))
    level = _levels(drawn.arcs, counts, known_cells)
    cell = known_cells[level]
    rings: list[int] = []
    starts: list[int] = []
    before = np.zeros(2, dtype=np.int64)
    known = 0
    for found in drawn.rings.values():
        rings.append(len(found))
        for ring in found:
            rings.append(len(ring))
            for place, ref in enumerate(ring):
                if ref == 2 * known:
                    rings.append(0)
                    if place == 0:
                        first = drawn.arcs[known][0]
                        starts += (first // cell[known] - before // cell[known]).tolist()
                        before = first
                    known += 1
                else:
                    rings.append(1 + 2 * (known - 1 - ref // 2) + ref % 2)
    along, arc = _along(drawn.arcs, counts)
    return {
        "coarse": coarse,
        "rings": digits(rings),
        "sizes": digits((4 * counts + level).tolist()),
        "starts": steps(starts),
        "steps": steps((along // cell[arc][:, np.newaxis]).ravel().tolist()),
    }


def _levels(found: Sequence[Grid], counts: Grid, cells: Grid) -> Grid:
    """Give for each arc the number of the first cell on whose lines all its points lie."""
    points = np.concatenate(found)
    is_off = np.any(points[:, np.newaxis] % cells[:, np.newaxis], axis=2)
    begins = np.cumsum([0, *(counts[:-1] + 1)])
    first: Grid = np.argmin(np.logical_or.reduceat(is_off, begins, axis=0), axis=1)
    return first


def _along(found: Sequence[Grid], counts: Grid) -> tuple[Grid, Grid]:
    """Give the steps from point to point within each arc, and the number of the arc of each."""
    steps = np.diff(np.concatenate(found), axis=0)
    between = np.cumsum(counts + 1)[:-1] - 1
    return np.delete(steps, between, axis=0), np.repeat(np.arange(len(found)), counts)


def _number(number: int) -> str:
    text = ""
    while number >= HALF:
        text += ALPHABET[HALF + number % HALF]
        number //= HALF
    return text + ALPHABET[number]
