"""Small multiples: one map after the other on one sheet, a year in each or chosen dates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.outputs.pictures import fonts, furniture, legend, lines, panel, sources
from mapper.outputs.pictures.furniture import Said
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.plate import Plate
from mapper.outputs.pictures.saving import Picture
from mapper.outputs.pictures.subject import counts, marked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.subject import Subject
    from mapper.timeline import Slice

LEAST: Final = 0.4
"""Of the sheet's height is for the maps."""
MOST: Final = 24
"""Maps on a sheet: with more of them none could be read."""

CAPTION: Final = 11.5

COUNTRY: Final = 0.3
"""Of the sheet's height, for a country in it."""


def picture(subject: Subject, *, dates: Sequence[dt.date]) -> Picture:
    """Draw the slices of some days beside one another.

    Raises :class:`errors.UsageError` where there are less than two, or more than a sheet holds.
    """
    days = sorted(set(dates))
    if not 1 < len(days) <= MOST:
        raise errors.UsageError(f"a sheet shows 2 to {MOST} dates, and here are {len(days)}; name them with --on")
    words = subject.words
    slices = {day: subject.slice(day) for day in days}
    paper = subject.paper()
    said = Said(
        words.say(
            "picture.over_time",
            country=words.words["country"],
            **{"from": words.date(days[0]), "to": words.date(days[-1])},
        ),
        sources.headline(slices[days[-1]], days[-1], words)[0],
        sources.notice(subject.boundaries, subject.package, words),
        sources.source(subject.timeline, subject.boundaries, subject.package, words),
    )
    found = list(slices.values())
    frame = furniture.frame(
        paper, said, words, least=LEAST, besides=lambda body, scale: below(subject, found, body, scale=scale).height
    )
    body, scale = frame.body, frame.type
    key = below(subject, found, body, scale=scale)
    gap = 10 * scale
    room = Box(body.left, body.top, body.right, body.bottom - key.height - gap)
    _panels(paper, subject, slices, room, scale)
    key.draw(paper, body.left, room.bottom + gap)
    about = sources.about(
        said, subject.timeline, subject.package, words, on=days[-1],
        seen=" ".join(f"{words.date(day)}." for day in days),
    )  # fmt: skip
    return Picture("sheet", paper, about)


def below(subject: Subject, slices: Sequence[Slice], body: Box, *, scale: float, changed: str = "") -> legend.Legend:
    """Arrange a legend of all that occurs in some slices, over the width of a body."""
    words = subject.words
    used = dict.fromkeys((name for found in slices for name, count in counts(found).items() if count), "")
    doubts = dict.fromkeys((name for found in slices for name, count in marked(found).items() if count), "")
    rows = legend.entries(words, used, doubts, months=subject.package.options.stale_months, changed=changed)
    title = words.words["legend.title"]
    made = [
        legend.legend(words, rows, width=body.width, scale=scale, columns=columns, title=title)
        for columns in (2, 3)
        if columns == 2 or body.width > 500  # noqa: PLR2004 -- pixels; three columns of less are too narrow to read
    ]
    return min(made, key=lambda one: one.height)


def _panels(paper: Paper, subject: Subject, slices: Mapping[dt.date, Slice], room: Box, scale: float) -> None:
    words = subject.words
    terrain = subject.terrain(share=COUNTRY)
    west, south, east, north = terrain.bounds
    shape = (east - west) / (north - south)
    size = CAPTION * scale
    head = lines.leading(words.lang) * size + 2 * scale
    captions = [fonts.drawable(words.date(day), most=60) for day in slices]
    widest = max(fonts.width(caption, size, weight=600) for caption in captions)
    columns, high = _grid(len(slices), room, shape, head, widest + 6 * scale)
    rows = math.ceil(len(slices) / columns)
    cell = (room.width / columns, room.height / rows)
    plate = Plate(terrain, cell[0], high, margin=2 * scale)
    down = (cell[1] - head - high) / 2
    for i, found in enumerate(slices.values()):
        x, y = room.left + i % columns * cell[0], room.top + i // columns * cell[1] + down
        caption = lines.shortened(captions[i], cell[0] - 4 * scale, size, weight=600)
        paper.text(
            x + cell[0] / 2,
            y + head - 0.45 * size * lines.leading(words.lang),
            caption,
            size,
            weight=600,
            align="center",
        )
        at = (x, y + head)
        panel.fills(paper, plate, at, found)
        panel.borders(paper, plate, at)
        panel.doubts(paper, plate, at, found)


def _grid(count: int, room: Box, shape: float, head: float, widest: float) -> tuple[int, float]:
    """Give the number of columns in which maps are largest and captions fit, and how high the maps are then."""

    def high(columns: int) -> float:
        tall = room.height / math.ceil(count / columns) - head
        return min(tall, room.width / columns / shape)

    fitting = [n for n in range(1, count + 1) if room.width / n >= widest] or [1]
    columns = max(fitting, key=lambda n: (high(n), -n))
    return columns, high(columns)
