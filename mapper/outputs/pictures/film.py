"""The timeline as a film: a frame wherever something changes, held as long as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from mapper import errors
from mapper.outputs.pictures import fonts, furniture, legend, lines, moving, paper, saving, single, sources, stage
from mapper.outputs.pictures.chart import edges
from mapper.outputs.pictures.furniture import Said
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.subject import counts, marked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from mapper.outputs.pictures.legend import Legend
    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.sources import About
    from mapper.outputs.pictures.stage import Stage
    from mapper.outputs.pictures.subject import Subject
    from mapper.timeline import Slice, Timeline

    Pixels = NDArray[np.uint8]
    """Red, green and blue, shape (height, width, 3)."""

YEAR_SECONDS: Final = 5.0
"""How long a year lasts."""

SHORTEST, LONGEST = 0.24, 1.6
"""Seconds that a frame is held, however close or far the next change is."""

LAST: Final = 3.0
"""Seconds that the last frame is held, for the reader to look at what stands today."""

LEAST: Final = 0.5
DATE: Final = 22.0
AXIS: Final = 9.0


@dataclass(frozen=True)
class Frame:
    """One image of a film."""

    day: dt.date
    seconds: float
    pixels: Pixels


@dataclass(frozen=True)
class Film:
    """The images of a timeline in order, and what they show in words."""

    frames: tuple[Frame, ...]
    about: About
    dpi: int

    def poster(self) -> bytes:
        """Give its last frame as PNG: what a page shows until the film is played."""
        return saving.png(Image.fromarray(self.frames[-1].pixels), self.about, dpi=self.dpi)

    def to_bytes(self, form: moving.Format = "mp4", *, most: int | None = None) -> bytes:
        """Give it as the content of a file: ``mp4``, ``webp`` or ``gif``, of ``most`` bytes.

        Raises :class:`errors.UsageError` where it is larger at its worst.
        """
        return moving.encoded([(frame.pixels, frame.seconds) for frame in self.frames], form, self.about, most=most)


def days(timeline: Timeline) -> tuple[dt.date, ...]:
    """Give the slices that show something else than the one before, the first and the last."""
    dates = timeline.dates
    changing = [date for previous, date in pairwise(dates) if timeline.between(previous, date)]
    return tuple(dict.fromkeys([dates[0], *changing, dates[-1]]))


def seconds(shown: Sequence[dt.date], *, year: float = YEAR_SECONDS) -> list[float]:
    """Give how long each frame is held: as long as its slice stood, within limits; the last one longer.

    >>> import datetime as dt
    >>> seconds([dt.date(2021, 1, 1), dt.date(2021, 1, 2), dt.date(2021, 3, 15), dt.date(2025, 1, 1)])
    [0.24, 0.99, 1.6, 3.0]
    """
    held = [(after - before).days / 365.25 * year for before, after in pairwise(shown)]
    return [*(round(min(max(one, SHORTEST), LONGEST), 2) for one in held), max(LAST, LONGEST)]


def film(
    subject: Subject,
    *,
    dpi: int,
    year: float = YEAR_SECONDS,
    tell: Callable[[str], None] = lambda _: None,
) -> Film:
    """Draw the frames of a timeline; ``tell`` hears each year.

    Raises :class:`errors.UsageError` for a timeline of one slice.
    """
    timeline = subject.timeline
    shown = days(timeline)
    if len(shown) < 2:  # noqa: PLR2004 -- one frame is no film
        raise errors.UsageError("a film needs at least two dates that differ; give an earlier --start")
    with paper.settings():
        set_up = _set_up(subject, shown)
        camera = _Camera(set_up, dpi)
        frames = []
        before: dt.date | None = None
        for day, held in zip(shown, seconds(shown, year=year), strict=True):
            if before is None or day.year != before.year:
                tell(f"drawing {day.year}")
            frames.append(Frame(day, held, camera.shoot(day, before)))
            before = day
    return Film(tuple(frames), set_up.about, dpi)


@dataclass(frozen=True)
class _SetUp:
    """A sheet with all that never changes, and where the rest goes."""

    subject: Subject
    sheet: Paper
    place: Stage
    key: Legend
    corner: tuple[float, float]
    date_at: tuple[float, float]
    axis: Box
    scale: float
    about: About
    over: list[Artist]


def _set_up(subject: Subject, shown: Sequence[dt.date]) -> _SetUp:
    words, timeline = subject.words, subject.timeline
    sheet = subject.paper()
    said = Said(
        words.say(
            "picture.over_time",
            country=words.words["country"],
            **{"from": words.date(shown[0]), "to": words.date(shown[-1])},
        ),
        "",
        sources.notice(subject.boundaries, subject.package, words),
        sources.source(timeline, subject.boundaries, subject.package, words),
    )
    frame = furniture.frame(sheet, said, words, least=LEAST)
    scale = frame.type
    high = (lines.leading(words.lang) * DATE + 4) * scale
    foot = AXIS * scale * (1 + lines.leading(words.lang))
    body = Box(frame.body.left, frame.body.top + high, frame.body.right, frame.body.bottom - foot)
    used = {
        name: words.number(len(subject.package.townships))
        for day in shown
        for name, count in {**counts(timeline.slice(day)), **marked(timeline.slice(day))}.items()
        if count
    }
    rows = legend.entries(
        words, used, used, months=subject.package.options.stale_months, changed=words.words["legend.changed"]
    )
    room, key, corner = single.beside(subject, body, rows, scale=scale)
    place = stage.stage(subject.terrain(), room, words, scale=scale, card=key.card(corner, room))
    place.ground(sheet)
    key.draw(sheet, *corner, over=room, notes=False)
    axis = Box(frame.body.left, body.bottom + 0.9 * AXIS * scale, frame.body.right, frame.body.bottom)
    _draw_axis(sheet, subject, shown, axis, scale)
    with sheet.aside() as over:
        place.over(sheet, words)
        for inset in place.insets:
            place.rim(sheet, inset)
    date_at = frame.body.left, frame.body.top + 0.5 * (high - 4 * scale) + 0.36 * DATE * scale
    seen = sources.headline(timeline.slice(shown[-1]), shown[-1], words)
    about = sources.about(
        said, timeline, subject.package, words, on=shown[-1], seen=sources.sentences(*seen, lang=words.lang)
    )
    return _SetUp(subject, sheet, place, key, corner, date_at, axis, scale, about, over)


def _draw_axis(sheet: Paper, subject: Subject, shown: Sequence[dt.date], axis: Box, scale: float) -> None:
    """Draw the line of time with its years."""
    words = subject.words
    size = AXIS * scale
    sheet.line([(axis.left, axis.top), (axis.right, axis.top)], sheet.rule, width=3 * scale)
    free = axis.left
    for year in range(shown[0].year + 1, shown[-1].year + 1):
        x = _on_axis(shown[0].replace(year=year, month=1, day=1), shown, axis)
        text = fonts.drawable(words.in_digits(str(year)), most=8)
        half = fonts.width(text, size) / 2
        sheet.line([(x, axis.top - 3 * scale), (x, axis.top + 3 * scale)], sheet.quiet, width=0.8)
        if free <= x - half and x + half <= axis.right:
            sheet.text(x, axis.top + 5 * scale + size, text, size, colour=sheet.quiet, align="center")
            free = x + half + 6 * scale


def _on_axis(day: dt.date, shown: Sequence[dt.date], axis: Box) -> float:
    ends = edges(tuple(shown))[0], shown[-1]
    return axis.left + axis.width * (day - ends[0]).days / max(1, (ends[1] - ends[0]).days)


def _canvas(figure: Figure) -> Any:  # noqa: ANN401 -- matplotlib declares no types for what a canvas can do
    return FigureCanvasAgg(figure)


class _Camera:
    """Draws frame after frame: what never changes is drawn once, below or above what does."""

    def __init__(self, set_up: _SetUp, dpi: int) -> None:
        self.set_up = set_up
        figure = saving.sized(set_up.sheet, dpi)
        self.canvas = _canvas(figure)
        self.canvas.draw()
        self.renderer = self.canvas.get_renderer()
        self.under = self.canvas.copy_from_bbox(figure.bbox)
        self.over = self._stencil(set_up.over)
        self.known: dict[tuple[str, str], _Stencil] = {}

    def shoot(self, day: dt.date, before: dt.date | None) -> Pixels:
        """Draw one day; what changed since the frame before is outlined."""
        at = self.set_up
        sheet, timeline = at.sheet, at.subject.timeline
        found = timeline.slice(day)
        changes = timeline.between(before, day) if before else ()
        changed = frozenset(change.pcode for change in changes)
        stencils = [self.over, *self._words(day, found)]
        with sheet.aside() as fresh:
            at.place.changing(sheet, found, changed=changed)
            at.place.small(sheet, found, changed, rims=False)
        self.renderer.clear()
        self.renderer.restore_region(self.under)
        for artist in fresh:
            artist.draw(self.renderer)
        pixels = np.ascontiguousarray(np.asarray(self.canvas.buffer_rgba())[:, :, :3])
        for stencil in stencils:
            stencil.on(pixels)
        return pixels

    def _words(self, day: dt.date, found: Slice) -> list[_Stencil]:
        """Write the date, the counts, and where in time this is."""
        at = self.set_up
        sheet, words, scale = at.sheet, at.subject.words, at.scale
        numbers = {**counts(found), **marked(found)}
        shown = (at.subject.timeline.dates[0], at.subject.timeline.dates[-1])
        with sheet.aside() as fresh:
            sheet.text(*at.date_at, fonts.drawable(words.date(day), most=60), DATE * scale, weight=600)
            x = _on_axis(day, shown, at.axis)
            sheet.line([(at.axis.left, at.axis.top), (x, at.axis.top)], sheet.ink, width=3 * scale)
            sheet.path(paper.circle(x, at.axis.top, 5 * scale), fill=sheet.ink, edge=sheet.ground, width=1.5)
        return [
            self._stencil(fresh),
            *(self._note(kind, words.number(numbers.get(kind, 0))) for kind in at.key.kinds),
        ]

    def _note(self, kind: str, text: str) -> _Stencil:
        """Write a count into its row of the legend; the same one was perhaps written before."""
        at = self.set_up
        if (kind, text) not in self.known:
            with at.sheet.aside() as fresh:
                at.key.draw_notes(at.sheet, *at.corner, {kind: text})
            self.known[kind, text] = self._stencil(fresh)
        return self.known[kind, text]

    def _stencil(self, artists: Sequence[Artist]) -> _Stencil:
        """Draw on nothing, and keep the pixels that were drawn."""
        self.renderer.clear()
        for artist in artists:
            artist.draw(self.renderer)
        drawn = np.asarray(self.canvas.buffer_rgba()).reshape(-1, 4)
        where = np.flatnonzero(drawn[:, 3])
        alpha = drawn[where, 3:].astype(np.uint16)
        return _Stencil(where, 255 - alpha, drawn[where, :3] * alpha + 127)


@dataclass(frozen=True)
class _Stencil:
    """Some pixels to lay over others: where they are, how much of what is below shows, and what they add to it."""

    where: NDArray[np.intp]
    through: NDArray[np.uint16]
    colour: NDArray[np.uint16]

    def on(self, pixels: Pixels) -> None:
        """Lay them over an image."""
        flat = pixels.reshape(-1, 3)
        flat[self.where] = (flat[self.where] * self.through + self.colour) // 255
