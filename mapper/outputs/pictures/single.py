"""A map of one date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.outputs.pictures import furniture, legend, sources, stage
from mapper.outputs.pictures.furniture import Said
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.saving import Picture
from mapper.outputs.pictures.subject import counts, marked

if TYPE_CHECKING:
    import datetime as dt

    from mapper.outputs.pictures.legend import Legend
    from mapper.outputs.pictures.subject import Subject

LEAST: Final = 0.5
"""Of the sheet's height is for map and legend."""

TALL: Final = 1.3
"""A body this much higher than wide has its legend below the map, others beside it."""

COLUMN: Final = 0.3
"""Of the width, for a legend beside; more where it would not fit in height."""

WIDEST: Final = 0.42
SMALLEST: Final = 0.4


def picture(subject: Subject, *, on: dt.date) -> Picture:
    """Draw who holds what on one day."""
    words, found = subject.words, subject.slice(on)
    paper = subject.paper()
    title, deck = sources.headline(found, on, words)
    said = Said(
        title,
        deck,
        sources.notice(subject.boundaries, subject.package, words),
        sources.source(subject.timeline, subject.boundaries, subject.package, words, on=on),
    )
    frame = furniture.frame(paper, said, words, least=LEAST)
    notes = {name: words.number(count) for name, count in {**counts(found), **marked(found)}.items() if count}
    rows = legend.entries(words, notes, notes, months=subject.package.options.stale_months)
    room, key, corner = beside(subject, frame.body, rows, scale=frame.type)
    place = stage.stage(subject.terrain(), room, words, scale=frame.type, card=key.card(corner, room))
    place.ground(paper)
    place.changing(paper, found, each=True)
    place.over(paper, words)
    place.small(paper, found)
    key.draw(paper, *corner, over=room)
    about = sources.about(said, subject.timeline, subject.package, words, on=on, seen="")
    return Picture("map", paper, about)


def beside(
    subject: Subject, body: Box, rows: list[legend.Entry], *, scale: float
) -> tuple[Box, Legend, tuple[float, float]]:
    """Share a body out between map and legend: give the map's box, the legend, and its corner.

    The legend stands on a card on the map, top right, or below the map where the body is tall.
    """
    words = subject.words
    title = words.words["legend.title"]
    gap = 12 * scale
    if body.height > TALL * body.width:
        key = legend.legend(words, rows, width=body.width, scale=scale, columns=2, title=title)
        room = Box(body.left, body.top, body.right, body.bottom - key.height - gap)
        return room, key, (body.left, room.bottom + gap * 0.8)
    wide = max(COLUMN * body.width, 140 * scale)
    key = legend.legend(words, rows, width=wide, scale=scale, title=title)
    while key.height > body.height - 4 * gap and wide < WIDEST * body.width:
        wide *= 1.1
        key = legend.legend(words, rows, width=wide, scale=scale, title=title)
    while key.height > body.height - 4 * gap and scale > SMALLEST:
        scale *= 0.93
        key = legend.legend(words, rows, width=wide, scale=scale, title=title)
    return body, key, (body.right - wide - 1.6 * gap, body.top + 1.6 * gap)
