"""What stands around a map: title and deck above, the source lines below, and a scale bar and insets within."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.outputs.pictures import fonts, lines
from mapper.outputs.pictures.paper import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.words import Words

MARGIN: Final = 0.034
"""Of the sheet's width, on each side."""

TITLE, DECK, SOURCE, LABEL = 20.0, 12.5, 8.6, 11.0
"""Sizes of letters in pixels."""

FITS: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)
"""How letters shrink, step by step, until all that must be said has room."""

SOURCE_FITS: Final = 0.8
"""How far the source lines shrink, which are small already."""

LONGEST: Final = 1600
"""Letters of a text that comes from the data; what is longer is cut."""


@dataclass(frozen=True)
class Said:
    """The words around a picture."""

    title: str
    deck: str
    notice: str
    """What must be seen, such as that the boundaries are schematic; "" for nothing."""
    source: str


@dataclass(frozen=True)
class Frame:
    """What is left of the sheet between title and source lines, and how large letters are."""

    body: Box
    type: float


def frame(
    paper: Paper, said: Said, words: Words, *, least: float, besides: Callable[[Box, float], float] = lambda *_: 0.0
) -> Frame:
    """Set title, deck and source lines, so large that ``least`` of the sheet's height is left between them.

    ``besides`` tells how high what shares that room with a map is, in a body and for letters so large; the map
    alone gets ``least``. Raises :class:`errors.UsageError` where the words do not fit at any size that can be read.
    """
    margin = MARGIN * paper.width
    room = paper.width - 2 * margin
    for shrunk in FITS:
        scale = shrunk * paper.size.type
        head = [
            (text, size * scale, weight, colour)
            for text, size, weight, colour in (
                (said.title, TITLE, 600, paper.ink),
                (said.deck, DECK, 400, paper.quiet),
            )
            if text
        ]
        foot = [
            (text, SOURCE * max(shrunk, SOURCE_FITS) * paper.size.type, weight, colour)
            for text, weight, colour in ((said.notice, 600, paper.ink), (said.source, 400, paper.quiet))
            if text
        ]
        above = [block(text, size, room, lang=words.lang, weight=w, colour=c) for text, size, w, c in head]
        below = [block(text, size, room, lang=words.lang, weight=w, colour=c) for text, size, w, c in foot]
        gap = 6 * scale
        top = margin + sum(part.height for part in above) + gap * len(above)
        bottom = paper.height - margin * 0.8 - sum(part.height for part in below) - gap
        body = Box(margin, top, paper.width - margin, bottom)
        if body.height - besides(body, scale) < least * paper.height:
            continue
        y = margin
        for part in above:
            y = part.draw(paper, margin, y) + gap * 0.6
        y = bottom + gap
        for part in below:
            y = part.draw(paper, margin, y)
        return Frame(body, scale)
    raise errors.UsageError(
        f"the title and the sources do not fit a picture of size {paper.size.name}, which is {paper.size.says}; "
        "choose a larger one with --size, or give the boundaries a shorter attribution"
    )


@dataclass(frozen=True)
class Block:
    """Lines of text, one below the other."""

    rows: tuple[str, ...]
    size: float
    weight: int
    colour: str
    leading: float

    @property
    def height(self) -> float:
        """Give its height."""
        return len(self.rows) * self.leading * self.size

    def draw(self, paper: Paper, x: float, y: float, *, align: str = "left") -> float:
        """Set the lines from ``y`` down; give where they end."""
        for i, row in enumerate(self.rows):
            baseline = y + (i + 0.5) * self.leading * self.size + 0.36 * self.size
            paper.text(x, baseline, row, self.size, weight=self.weight, colour=self.colour or None, align=align)
        return y + self.height


def block(text: str, size: float, room: float, *, lang: str, weight: int = 400, colour: str = "") -> Block:
    """Break a text into the lines of a column."""
    clean = fonts.drawable(text, most=LONGEST)
    rows = lines.broken(clean, room, size, lang=lang, weight=weight)
    return Block(tuple(rows), size, weight, colour, lines.leading(lang))


def scale_bar(
    paper: Paper, words: Words, *, px_per_metre: float, corner: tuple[float, float], scale: float, draw: bool = True
) -> Box:
    """Draw a bar as long as a round number of kilometres, its right end at ``corner``, which it stands above."""
    longest = 90 * scale
    steps = [step * 10**power for power in range(5) for step in (1, 2, 5)]
    kilometres = max((one for one in steps if one * 1000 * px_per_metre <= longest), default=1)
    wide = kilometres * 1000 * px_per_metre
    size = 8.5 * scale
    text = words.say("picture.km", n=words.number(kilometres))
    right, bottom = corner
    left = right - max(wide, fonts.width(text, size))
    box = Box(left, bottom - (6 + 1.15 * lines.leading(words.lang) * 8.5) * scale, right, bottom)
    if draw:
        colour = paper.palette["text"]["state"]
        y = bottom - 2 * scale
        paper.line(
            [(right - wide, y - 4 * scale), (right - wide, y), (right, y), (right, y - 4 * scale)], colour, width=1.0
        )
        centred = wide > fonts.width(text, size)
        x, align = (right - wide / 2, "center") if centred else (right, "right")
        paper.text(
            x, y - 6 * scale, text, size, colour=colour, align=align, halo=paper.palette["text"]["halo"]
        )  # fmt: skip
    return box


def free(candidates: Sequence[Box], is_free: Callable[[Box], bool]) -> Box | None:
    """Give the first of some boxes that is free."""
    return next((box for box in candidates if is_free(box)), None)
