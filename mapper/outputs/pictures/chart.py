"""How it went: shares by status over time, of townships, of the area or of the people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import shapely

from mapper import errors
from mapper.outputs import shares, style
from mapper.outputs import words as languages
from mapper.outputs.pictures import fonts, furniture, legend, lines, marks, outlines, sources
from mapper.outputs.pictures.furniture import Said
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.saving import Picture

if TYPE_CHECKING:
    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.subject import Subject
    from mapper.outputs.words import Words

MEASURES: Final = ("townships", "area", "people")
ORDER: Final = (
    "junta.reported", "junta.assumed", "unknown.reported", "contested.reported",
    "nug.assumed", "nug.reported", "eao.assumed", "eao.reported",
)  # fmt: skip
"""From below, as on the page."""

LEAST: Final = 0.4
TICK: Final = 9.5
MARKS: Final = (0, 25, 50, 75, 100)
"""Percent."""


def picture(subject: Subject, *, measure: str = "townships") -> Picture:
    """Draw shares over all slices of the timeline.

    Raises :class:`errors.UsageError` for a measure that there is none of.
    """
    words, timeline = subject.words, subject.timeline
    known = shares.shares(timeline, subject.boundaries, subject.package, classes=ORDER)
    if measure not in known:
        raise errors.UsageError(f"there are no shares of {errors.shown(measure)}; choose one of {', '.join(known)}")
    rows = known[measure]
    days = timeline.dates
    paper = subject.paper()
    said = Said(
        words.words["chart.label"],
        sources.sentences(
            f"{words.words['chart.by']}: {words.words[f'chart.{measure}']}",
            sources.headline(timeline.slice(days[-1]), days[-1], words)[0],
            lang=words.lang,
        ),
        languages.notice(
            words, internal=subject.package.internal, schematic=measure == "area" and subject.boundaries.schematic
        ),
        sources.source(timeline, subject.boundaries, subject.package, words),
    )
    frame = furniture.frame(paper, said, words, least=LEAST)
    body, scale = frame.body, frame.type
    used = [name for i, name in enumerate(ORDER) if any(row[i] for row in rows)]
    notes = {name: percent(words, rows[-1][ORDER.index(name)]) for name in style.CLASSES if name in used}
    key = legend.legend(
        words, legend.entries(words, notes, {}, months=0), width=body.width, scale=scale, columns=2,
        title=fonts.drawable(words.date(days[-1]), most=60),
    )  # fmt: skip
    size = TICK * scale
    left = max(fonts.width(percent(words, 10 * mark), size) for mark in MARKS) + 6 * scale
    foot = lines.leading(words.lang) * size + 8 * scale
    plot = Box(body.left + left, body.top + size, body.right - 6 * scale, body.bottom - key.height - foot - 6 * scale)
    _stack(paper, rows, days, plot)
    _axes(paper, words, days, plot, size)
    key.draw(paper, body.left, plot.bottom + foot + 6 * scale)
    seen = "; ".join(f"{row.label} {row.note}" for row in legend.entries(words, notes, {}, months=0))
    about = sources.about(said, timeline, subject.package, words, on=days[-1], seen=seen)
    return Picture("chart", paper, about)


def percent(words: Words, share: int) -> str:
    """Write thousandths as the page does.

    >>> from mapper.outputs import words
    >>> percent(words.load("en"), 125), percent(words.load("my"), 500)
    ('12.5%', '၅၀%')
    """
    whole, rest = divmod(share, 10)
    return words.in_digits(f"{whole}.{rest}" if rest else str(whole)) + "%"


def edges(days: tuple[dt.date, ...]) -> list[dt.date]:
    """Give where each slice begins to hold, and where the last one ends: as long after it as the one before lasted."""
    last = days[-1] - days[-2] if len(days) > 1 else dt.timedelta(days=30)
    return [*days, days[-1] + last]


def _across(day: dt.date, ends: list[dt.date], plot: Box) -> float:
    return plot.left + plot.width * (day - ends[0]).days / max(1, (ends[-1] - ends[0]).days)


def _stack(paper: Paper, rows: list[list[int]], days: tuple[dt.date, ...], plot: Box) -> None:
    """Draw the shares, one class on the other, in steps: a share holds from its slice to the next."""
    ends = edges(days)
    x = [_across(day, ends, plot) for day in ends]
    base = [0] * len(rows)
    for which, name in enumerate(ORDER):
        top = [low + row[which] for low, row in zip(base, rows, strict=True)]
        shape = shapely.Polygon(
            [(x[i + k], plot.bottom - plot.height * top[i] / shares.WHOLE) for i in range(len(rows)) for k in (0, 1)]
            + [
                (x[i + k], plot.bottom - plot.height * base[i] / shares.WHOLE)
                for i in reversed(range(len(rows)))
                for k in (1, 0)
            ]
        ).buffer(0)
        base = top
        if shape.is_empty:
            continue
        path = outlines.of_polygons(shapely.get_parts(shape))
        paper.path(path, fill=paper.palette["fills"][name], edge=paper.ground, width=0.4, name=name)
        if name == "contested.reported":
            paper.path(marks.hatch(shape, 6), edge=paper.palette["hatch"], width=6 * marks.HATCH_WIDTH)
        elif name == "unknown.reported":
            paper.path(marks.dots(shape, 7), fill=paper.palette["dots"])


def _axes(paper: Paper, words: Words, days: tuple[dt.date, ...], plot: Box, size: float) -> None:
    """Write percents beside, and years below where there is room for them."""
    for mark in MARKS:
        y = plot.bottom - plot.height * mark / 100
        if 0 < mark < 100:  # noqa: PLR2004 -- the ends have the plot's own edge
            paper.line([(plot.left, y), (plot.right, y)], paper.ground, width=0.6, alpha=0.55)
        paper.text(plot.left - 5, y + 0.36 * size, percent(words, 10 * mark), size, colour=paper.quiet, align="right")
    paper.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], paper.quiet, width=0.8)
    ends = edges(days)
    free = plot.left
    for year in range(ends[0].year, ends[-1].year + 1):
        day = max(dt.date(year, 1, 1), ends[0])
        x = _across(day, ends, plot)
        text = words.in_digits(str(year))
        half = fonts.width(text, size) / 2
        if day > ends[0]:
            paper.line([(x, plot.bottom), (x, plot.bottom + 4)], paper.quiet, width=0.8)
        if x - half < free - half and day > ends[0]:
            continue
        at = min(max(x, plot.left + half), plot.right - half)
        if at - half >= free or day == ends[0]:
            paper.text(at, plot.bottom + 5 + size, text, size, colour=paper.quiet, align="center")
            free = at + half + 4
