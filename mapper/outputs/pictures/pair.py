"""Two dates side by side, with what changed between them outlined in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.outputs.pictures import fonts, furniture, legend, lines, sources, stage
from mapper.outputs.pictures.furniture import Said
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.saving import Picture
from mapper.outputs.pictures.subject import counts, marked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mapper.outputs.pictures.legend import Entry, Legend
    from mapper.outputs.pictures.subject import Subject
    from mapper.timeline import Slice

LEAST: Final = 0.36
"""Of the sheet's height is for the maps and their dates."""
HEADING: Final = 13.0
GAP: Final = 12.0


def picture(subject: Subject, *, before: dt.date, on: dt.date) -> Picture:
    """Draw two days side by side.

    Raises :class:`errors.UsageError` where the first is not before the second.
    """
    if before >= on:
        raise errors.UsageError(f"the first date, {before}, is not before the second, {on}: turn them round")
    words = subject.words
    one, two = subject.slice(before), subject.slice(on)
    # That nothing confirmed a township for long is no change on the ground: the page outlines none such either.
    changed = frozenset(change.pcode for change in subject.timeline.between(before, on) if change.what != "stale")
    differ = words.say("changes.count.one" if len(changed) == 1 else "changes.count", n=words.number(len(changed)))
    paper = subject.paper()
    said = Said(
        words.say("changes.between", **{"from": words.date(before), "to": words.date(on)}),
        sources.sentences(differ, sources.headline(two, on, words)[0], lang=words.lang),
        sources.notice(subject.boundaries, subject.package, words),
        sources.source(subject.timeline, subject.boundaries, subject.package, words, on=on),
    )
    rows = _entries(subject, one, two, changed=bool(changed))
    frame = furniture.frame(
        paper, said, words, least=LEAST, besides=lambda body, scale: _key(subject, rows, body, scale).height
    )
    body, scale = frame.body, frame.type
    key = _key(subject, rows, body, scale)
    bottom = body.bottom - key.height - GAP * scale
    wide = (body.width - GAP * scale) / 2
    size = HEADING * scale
    head = lines.leading(words.lang) * size + 2 * scale
    terrain = subject.terrain()
    for i, (day, found) in enumerate(((before, one), (on, two))):
        left = body.left + i * (wide + GAP * scale)
        text = lines.shortened(fonts.drawable(words.date(day), most=60), wide, size, weight=600)
        paper.text(left, body.top + head - 0.45 * lines.leading(words.lang) * size, text, size, weight=600)
        place = stage.stage(terrain, Box(left, body.top + head, left + wide, bottom), words, scale=0.85 * scale)
        place.ground(paper)
        place.changing(paper, found, changed=changed)
        place.over(paper, words, states=False)
        place.small(paper, found, changed)
    key.draw(paper, body.left, bottom + GAP * scale)
    seen = _listed(subject, changed, words.lang)
    about = sources.about(said, subject.timeline, subject.package, words, on=on, seen=seen)
    return Picture("pair", paper, about)


def _key(subject: Subject, rows: Sequence[Entry], body: Box, scale: float) -> Legend:
    """Arrange the legend in as many columns as make it lowest."""
    words = subject.words
    return min(
        (
            legend.legend(words, rows, width=body.width, scale=scale, columns=n, title=words.words["legend.title"])
            for n in (2, 3)
            if n == 2 or body.width > 700  # noqa: PLR2004 -- columns and pixels
        ),
        key=lambda made: made.height,
    )


def _entries(subject: Subject, one: Slice, two: Slice, *, changed: bool) -> list[Entry]:
    """Give the rows of the legend, each with its count before and after."""
    words = subject.words
    sides = [{**counts(found), **marked(found)} for found in (one, two)]
    notes = {
        name: words.say(
            "changes.to", before=words.number(sides[0].get(name, 0)), after=words.number(sides[1].get(name, 0))
        )
        for name in dict.fromkeys(name for side in sides for name in side)
        if any(side.get(name) for side in sides)
    }
    outline = words.words["picture.differs"] if changed else ""
    return legend.entries(words, notes, notes, months=subject.package.options.stale_months, changed=outline)


def _listed(subject: Subject, changed: frozenset[str], lang: str, most: int = 60) -> str:
    """Name the townships that changed, for who cannot see the picture."""
    column = subject.package.townships["name_my" if lang == "my" else "name_en"]
    found: Sequence[str] = [sources.short(str(column[pcode]), 60) for pcode in sorted(changed)]
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")
