"""Names on a map, the weighty ones first, none over another and none outside its map: as the page places them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import shapely

from mapper.outputs.pictures import fonts, lines
from mapper.outputs.pictures.paper import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.outputs.pictures.paper import Paper

Kind = Literal["state", "neighbour", "sea", "figure", "abroad"]

WEIGHTS: Final[dict[Kind, int]] = {"state": 600, "neighbour": 400, "sea": 400, "figure": 600, "abroad": 600}
COLOURS: Final[dict[Kind, str]] = {
    "state": "state",
    "neighbour": "neighbour",
    "sea": "sea",
    "figure": "figure",
    "abroad": "figure",
}
AROUND: Final = (
    (0, 0), (-0.25, 0), (0.25, 0), (0, -0.6), (0, 1), (0, -2), (0, 2), (0.5, 0), (-0.5, 0), (-0.25, 1), (0.25, -1),
    (-0.25, -1), (0, -4), (0, 4), (0.5, 3), (-0.25, 2), (0.25, 4), (-0.5, -3), (0.5, -6), (0, -8), (0, 8),
)  # fmt: skip
PLACES: Final[dict[Kind, tuple[tuple[float, float], ...]]] = {
    "state": (
        (0, 0), (0, -0.8), (0, 0.8), (-0.25, 0), (0.25, 0), (-0.25, -0.8), (0.25, -0.8), (-0.25, 0.8), (0.25, 0.8),
        (0, -1.6), (0, 1.6), (-0.5, 0), (0.5, 0), (0, -2.4), (0, 2.4),
    ),
    "neighbour": AROUND,
    "abroad": AROUND,
    "sea": (
        (0, 0), (-0.25, 0), (0.25, 0), (0, 1), (0, -1), (0.25, 2), (0.25, -2), (0.5, 0), (-0.5, 0), (0, 3), (0, -3),
        (0.5, 4), (0, 5),
    ),
    "figure": ((0, 0), (-0.25, 0), (0.25, 0), (0, 0.6), (0, -0.8), (0, 1.2), (0.5, 0), (-0.5, 0)),
}  # fmt: skip
"""Where a name may stand, in parts of its width and in lines from its point: the nearest places first."""

CLEAR_PX: Final = 2.0


@dataclass(frozen=True)
class Name:
    """A name that wants a place."""

    kind: Kind
    text: str
    x: float
    y: float
    size: float
    beside: float = 0.0
    """How far from its point it begins; 0 centres it there."""
    within: shapely.Geometry | None = None
    """The shape that its middle stays in."""
    clear_of: shapely.Geometry | None = None
    """The shape that it stays out of."""
    below: tuple[str, ...] = ()
    """More lines, under it."""
    own: Box | None = None
    """Room that is taken, but not from this name."""
    of: str = ""
    """Of the names of one thing only the first that has a place is set."""


def place(paper: Paper, wanted: Iterable[Name], *, lang: str, within: Box, taken: Sequence[Box] = ()) -> list[Box]:
    """Set the names that have a place; give the room that they take."""
    boxes = list(taken)
    named: set[str] = set()
    for name in wanted:
        spot = None if name.of in named else _spot(name, lang, within, boxes)
        if spot is None:
            continue
        named |= {name.of} - {""}
        rows, box = spot
        boxes.append(box)
        leading = _leading(lang)
        weight = WEIGHTS[name.kind]
        slanted = name.kind == "sea" and lang not in lines.LEADING
        first = (box.top + box.bottom) / 2 - (len(rows) - 1) / 2 * leading * name.size + 0.34 * name.size
        for i, row in enumerate(rows):
            paper.text(
                (box.left + box.right) / 2,
                first + i * leading * name.size,
                row,
                name.size,
                weight=weight,
                italic=slanted,
                colour=paper.palette["text"][COLOURS[name.kind]],
                align="center",
                halo=None if name.kind == "sea" else paper.palette["text"]["halo"],
            )
    return boxes[len(taken) :]


def _leading(lang: str) -> float:
    return {"my": 1.5, "th": 1.3}.get(lang, 1.15)


def _spot(name: Name, lang: str, within: Box, taken: Sequence[Box]) -> tuple[list[str], Box] | None:
    high = _leading(lang) * name.size
    for rows in _ways(name):
        wide = max(fonts.width(row, name.size, weight=WEIGHTS[name.kind]) for row in rows)
        half = (wide / 2 + CLEAR_PX, high * len(rows) / 2)
        spots = [(across * wide, down * high) for across, down in PLACES[name.kind]]
        if name.beside:
            right, under = name.beside + half[0], name.beside + half[1]
            spots = [(right, 0), (-right, 0), (0, under), (0, -under)]
            spots += [(x * 0.85 * right, y * 0.85 * under) for x in (1, -1) for y in (1, -1)]
        for across, down in spots:
            x, y = name.x + across, name.y + down
            box = Box(x - half[0], y - half[1], x + half[0], y + half[1])
            if not within.holds(box) or any(box.meets(other) for other in taken if other is not name.own):
                continue
            if name.within is not None and not shapely.contains_xy(name.within, x, y):
                continue
            if name.clear_of is not None and shapely.intersects(name.clear_of, shapely.box(*box)):
                continue
            return rows, box
    return None


def _ways(name: Name) -> list[list[str]]:
    """Give the ways to write a name: a state's may break before its bracket."""
    rows = [[name.text, *name.below]]
    head, bracket, rest = name.text.partition(" (")
    if name.kind == "state" and bracket:
        rows.append([head, f"({rest}", *name.below])
    return rows
