"""The legend: a swatch, what it stands for, and how many townships it holds for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from mapper.outputs import style
from mapper.outputs.pictures import fonts, furniture, marks, panel
from mapper.outputs.pictures.paper import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.outputs.pictures.furniture import Block
    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.words import Words

SWATCH: Final = (20.0, 13.0)
GAP: Final = 7.0
FALLBACK: Final = "junta.reported"
"""On this fill the marks of doubt are shown."""


@dataclass(frozen=True)
class Entry:
    """One row: what its swatch shows (a class, or ``stale``, ``disputed``, ``changed``), and what that means."""

    kind: str
    label: str
    note: str = ""
    """What stands at its end: a count, or a share."""


def entries(
    words: Words, classes: Mapping[str, str], marked: Mapping[str, str], *, months: int, changed: str = ""
) -> list[Entry]:
    """Give the rows of a map: its classes in the order of every legend, then its marks, each with its note.

    ``marked`` are ``stale`` and ``disputed``; ``months`` is how long nothing has confirmed what is stale. ``changed``
    says what an outline means, "" where none is drawn.
    """
    found = [
        Entry(name, words.words["legend." + ".".join(reversed(name.split(".")))], classes[name])
        for name in style.CLASSES
        if name in classes
    ]
    texts = {
        "stale": words.say("legend.stale", months=words.number(months)),
        "disputed": words.words["legend.disputed"],
    }
    found += [Entry(name, text, marked[name]) for name, text in texts.items() if name in marked]
    return [*found, Entry("changed", changed)] if changed else found


@dataclass(frozen=True)
class Legend:
    """Rows that have been given their places."""

    heading: Block | None
    rows: tuple[tuple[Entry, Block], ...]
    width: float
    scale: float
    columns: int
    lang: str

    @property
    def height(self) -> float:
        """Give how high it is."""
        head = self.heading.height + 3 * self.scale if self.heading else 0.0
        return head + max((sum(self._high(block) for _, block in part) for part in self._parts()), default=0.0)

    def _high(self, block: Block) -> float:
        return max(block.height, SWATCH[1] * self.scale) + 3.5 * self.scale

    def _parts(self) -> list[list[tuple[Entry, Block]]]:
        """Share the rows out over the columns, the first ones fuller."""
        each = -(-len(self.rows) // self.columns)
        return [list(self.rows[i : i + each]) for i in range(0, len(self.rows), each or 1)]

    def card(self, corner: tuple[float, float], over: Box) -> Box | None:
        """Give the room of its card, if it stands over a map."""
        pad = 9 * self.scale
        x, y = corner
        box = Box(x - pad, y - pad, x + self.width + pad, y + self.height + 0.6 * pad)
        return box if over.meets(box) else None

    def draw(self, paper: Paper, x: float, y: float, *, over: Box | None = None, notes: bool = True) -> None:
        """Draw it with its corner there, on a card where it stands over a map."""
        scale = self.scale
        card = self.card((x, y), over) if over else None
        if card:
            paper.box(card, fill=paper.ground, edge=paper.rule, width=0.7)
        if self.heading:
            self.heading.draw(paper, x, y)
            y += self.heading.height + 3 * scale
        for x_row, first, entry, block in self._placed(x, y):
            size = SWATCH[0] * scale, SWATCH[1] * scale
            swatch(paper, Box(x_row, first - size[1] / 2, x_row + size[0], first + size[1] / 2), entry.kind)
            block.draw(paper, x_row + size[0] + GAP * scale, first - block.leading * block.size / 2)
            if notes and entry.note:
                self._write(paper, (x_row, first), block.size, entry.note)

    def draw_notes(self, paper: Paper, x: float, y: float, notes: Mapping[str, str]) -> None:
        """Write other notes at the ends of its rows, by what they stand for."""
        below = self.heading.height + 3 * self.scale if self.heading else 0.0
        for left, first, entry, block in self._placed(x, y + below):
            if notes.get(entry.kind):
                self._write(paper, (left, first), block.size, notes[entry.kind])

    @property
    def kinds(self) -> list[str]:
        """Give what its rows stand for, of those that have a note."""
        return [entry.kind for entry, _ in self.rows if entry.note]

    def _write(self, paper: Paper, at: tuple[float, float], size: float, note: str) -> None:
        """Write a note at the end of the row that begins there."""
        wide = (self.width + 2 * GAP * self.scale) / self.columns - 2 * GAP * self.scale
        paper.text(at[0] + wide, at[1] + 0.36 * size, note, size, weight=600, align="right")

    def _placed(self, x: float, y: float) -> Iterator[tuple[float, float, Entry, Block]]:
        """Give for each row its left end and the middle of its first line."""
        column = (self.width + 2 * GAP * self.scale) / self.columns
        for i, part in enumerate(self._parts()):
            top = y
            for entry, block in part:
                yield x + i * column, top + block.leading * block.size / 2, entry, block
                top += self._high(block)


def legend(
    words: Words, found: Sequence[Entry], *, width: float, scale: float, columns: int = 1, title: str = ""
) -> Legend:
    """Arrange rows in columns that are together so wide."""
    size = furniture.LABEL * scale
    column = (width + 2 * GAP * scale) / columns - 2 * GAP * scale
    numbers = [fonts.width(entry.note, size, weight=600) for entry in found if entry.note]
    beside = max(numbers, default=0.0) + (GAP * scale if numbers else 0.0)
    room = column - (SWATCH[0] + GAP) * scale - beside
    rows = tuple(
        (
            entry,
            furniture.block(
                entry.label,
                size,
                room,
                lang=words.lang,
            ),
        )
        for entry in found
    )
    heading = furniture.block(title, size, width, lang=words.lang, weight=600) if title else None
    return Legend(heading, rows, width, scale, columns, words.lang)


def swatch(paper: Paper, box: Box, kind: str) -> None:
    """Draw a little piece of the map."""
    colours = paper.palette["fills"]
    shape = shapely.box(*box)
    edge = paper.palette["ground"]["border"]
    if kind == "changed":
        paper.box(box, fill=paper.palette["ground"]["land"], edge=paper.palette["marks"]["changed"], width=1.6)
        return
    paper.box(box, fill=colours.get(kind, colours[FALLBACK]), edge=edge, width=0.5)
    apart = 0.42 * box.height
    if kind == "contested.reported":
        paper.path(marks.hatch(shape, apart), edge=paper.palette["hatch"], width=marks.HATCH_WIDTH * apart)
    elif kind == "unknown.reported":
        paper.path(marks.dots(shape, apart), fill=paper.palette["dots"])
    elif kind == "stale":
        on_dark = FALLBACK in style.dark_classes(paper.palette)
        colour = paper.palette["marks"]["stale_on_dark" if on_dark else "stale"]
        inset = 0.16 * box.height
        inner = Box(box.left + inset, box.top + inset, box.right - inset, box.bottom - inset)
        paper.box(inner, edge=colour, width=0.9, dash=marks.DASH)
    elif kind == "disputed":
        panel.triangle(paper, (box.left + box.right) / 2, (box.top + box.bottom) / 2, 0.32 * box.height)
