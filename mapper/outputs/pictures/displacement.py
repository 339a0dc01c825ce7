"""Displaced people as circles whose areas go with the people: one basis at a time, each figure with its own date."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.outputs import figures, places
from mapper.outputs.pictures import fonts, furniture, panel, paper, sources, stage
from mapper.outputs.pictures.furniture import Said
from mapper.outputs.pictures.names import Name
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.saving import Picture

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mapper.outputs.figures import Figure
    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.stage import Stage
    from mapper.outputs.pictures.subject import Subject
    from mapper.outputs.words import Words

LEAST: Final = 0.5
SIZES: Final = (1_000_000, 100_000, 10_000)
FAINT: Final = 0.4
"""Of its usual opacity has a circle whose figure is older than a year, as on the page."""

TO: Final = " \N{EN DASH} "
COUNTRY: Final = {False: "#FFFFFF", True: "#353D45"}
"""What the country is filled with by day and by night, quieter than any status."""

DASH: Final = (3.0, 3.0)
OLD_PX: Final = 7.0
INSIDE: Final = 1.7
"""Of a circle's radius, up to which a name is wide that stands on it; others stand beside."""

TOLD: Final = 3
"""Figures of larger places that are told in words."""


def picture(subject: Subject, *, on: dt.date, basis: str = "") -> Picture:
    """Draw the figures that stand on a day, on one basis: by default the one with the most places.

    Raises :class:`errors.UsageError` for a basis that has none, or where there are no figures at all.
    """
    words, package = subject.words, subject.package
    subject.slice(on)
    known = figures.standing(package, on)
    chosen = basis or next(iter(known), "")
    if chosen not in known:
        there = f"choose one of {', '.join(known)}" if known else "the package has none up to that day"
        raise errors.UsageError(f"{errors.shown(basis)} is no basis of displacement figures on {on}; {there}")
    rows = sorted(known[chosen], key=lambda row: (-row.people, row.place))
    beyond = figures.standing(package, on, beyond=True)
    abroad = beyond.get(figures.ABROAD_DEFAULT, next(iter(beyond.values()), []))
    sheet = subject.paper()
    said = Said(
        f"{words.words['people.title']}: {basis_name(subject, chosen)}",
        sources.sentences(
            *[
                words.say("foot.as_of", date=words.date(on)),
                *(f"{place_name(subject, row)}: {said_as(words, row)}" for row in _told(rows)),
                *(
                    _off_map(subject, row)
                    for row in _first(abroad)
                    if places.stated()["countries"].get(row.place, "") is None
                ),
                words.words["people.note"],
            ],
            lang=words.lang,
        ),
        sources.notice(subject.boundaries, package, words),
        _source(subject, [*rows, *abroad], on),
    )
    frame = furniture.frame(sheet, said, words, least=LEAST)
    body, scale = frame.body, frame.type
    most = figures.largest(package, subject.timeline.dates[-1])
    card = _key_box(body, words, scale)
    place = stage.stage(subject.terrain(), body, words, scale=scale, card=card, insets=False, lean=0.9)
    radius = figures.LARGEST_PX * scale * min(1.4, max(0.7, place.plate.fine)) / math.sqrt(max(most, 1))
    place.ground(sheet)
    panel.blank(sheet, place.plate, place.at, COUNTRY[sheet.night])
    line = sheet.palette["ground"]["line" if sheet.night else "border"]
    panel.borders(sheet, place.plate, place.at, line=line)
    names = _circles(sheet, subject, place, [row for row in rows if row.level in {"state", "township"}], radius)
    extra = [*names, *_countries(subject, place, abroad, scale)]
    place.over(sheet, words, extra=extra, states=False, taken=[name.own for name in names if name.own])
    _key(sheet, words, card, radius=radius, scale=scale, most=most)
    beyond_told = [f"{place_name(subject, row)}: {_measured(words, row)}" for row in _first(abroad)]
    seen = "; ".join([*(f"{place_name(subject, row)}: {said_as(words, row)}" for row in rows), *beyond_told])
    about = sources.about(said, subject.timeline, package, words, on=on, seen=seen)
    return Picture("displacement", sheet, about)


def basis_name(subject: Subject, basis: str) -> str:
    """Name a basis in the picture's language, else as the package does."""
    bases = subject.package.bases
    own = str(bases["name_en"][basis]) if basis in bases.index else basis
    return subject.words.bases.get(basis) or sources.short(own)


def said_as(words: Words, row: Figure) -> str:
    """Write a count with the word that goes with it."""
    return words.say(f"people.{row.said}", n=words.number(row.people))


def place_name(subject: Subject, row: Figure) -> str:
    """Name the place of a figure in the picture's language."""
    words, townships = subject.words, subject.package.townships
    if row.level == "country":
        key = "people.level.country" if row.place == "MMR" else f"country.{row.place or 'several'}"
        return words.words.get(key, sources.short(row.place, 60))
    if row.level == "township" and row.place in townships.index:
        return sources.short(str(townships["name_my" if words.lang == "my" else "name_en"][row.place]), 60)
    if row.level == "state" and row.place in set(townships["state_pcode"]):
        own = townships.loc[townships["state_pcode"] == row.place, "state"].iloc[0]
        return words.places.get(row.place) or sources.short(str(own), 60)
    return sources.short(row.place, 60)


def _told(rows: Sequence[Figure]) -> list[Figure]:
    """Give the figures of larger or unclear places, which no circle can stand for."""
    return [row for row in rows if row.level not in {"state", "township"}][:TOLD]


def _source(subject: Subject, rows: Sequence[Figure], on: dt.date) -> str:
    """Say whose figures they are, of which days, and where the rest comes from."""
    words, known = subject.words, subject.package.sources
    days = sorted({(row.date, row.precision) for row in rows})
    ends = (
        [words.date(day, precision=precision) for day, precision in (days[0], days[-1])] if days else [words.date(on)]
    )
    publishers = dict.fromkeys(sources.short(known[row.source_id].publisher, 60) for row in rows)
    return " ".join(
        [
            words.say("people.dates", dates=TO.join(dict.fromkeys(ends))),
            ", ".join(sorted(publishers)) + ".",
            words.say("foot.known", date=words.date(subject.timeline.as_known_on or subject.package.known_on)),
            *sources.data(subject.boundaries, subject.package, words),
        ]
    )


def _circles(sheet: Paper, subject: Subject, place: Stage, rows: Sequence[Figure], radius: float) -> list[Name]:
    """Draw circles, the large ones first; give the names and numbers that want a place beside them."""
    colours, terrain = sheet.palette["displacement"], place.plate.terrain
    points = dict(zip(terrain.pcodes, terrain.points, strict=True))
    wanted = []
    for row in rows:
        metres = terrain.states.get(row.place) if row.level == "state" else points.get(row.place)
        if metres is None or not row.people:
            continue
        x, y = place.plate.point((float(metres[0]), float(metres[1])))
        x, y = x + place.box.left, y + place.box.top
        size = max(1.5, radius * math.sqrt(row.people))
        path = paper.circle(x, y, size)
        opacity = colours["opacity"] * (FAINT if row.old else 1)
        sheet.path(path, fill=colours["fill"], alpha=opacity)
        sheet.path(path, edge=colours["fill" if row.old else "edge"], width=1.0, dash=DASH if row.old else ())
        letters = 9.0 * place.scale
        text = fonts.drawable(place_name(subject, row), most=40)
        number = said_as(subject.words, row)
        fits = max(fonts.width(one, letters, weight=600) for one in (text, number)) < INSIDE * size
        room = Box(x - size, y - size, x + size, y + size)
        wanted.append(
            Name("figure", text, x, y, letters, beside=0.0 if fits else size, below=(number,), own=room)
        )  # fmt: skip
    return wanted


def _first(abroad: Sequence[Figure]) -> list[Figure]:
    """Give of each country the measure that counts most people, the largest first."""
    found: dict[str, Figure] = {}
    for row in sorted(abroad, key=lambda one: (-one.people, one.place, one.measure)):
        if row.people:
            found.setdefault(row.place, row)
    return list(found.values())


def _measured(words: Words, row: Figure) -> str:
    return f"{said_as(words, row)} {words.words[f'measure.{row.measure}']}"


def _off_map(subject: Subject, row: Figure) -> str:
    words = subject.words
    return f"{place_name(subject, row)} ({words.words['people.off_map']}): {_measured(words, row)}"


def _countries(subject: Subject, place: Stage, abroad: Sequence[Figure], scale: float) -> list[Name]:
    """Write the refugees in a country under its name; of several measures the largest."""
    words = subject.words
    found: dict[str, Name] = {}
    for row in _first(abroad):
        metres = place.plate.terrain.countries.get(row.place)
        spot = None if metres is None else place.pulled(metres)
        if metres is None or spot is None:
            continue
        told = _measured(words, row)
        found[row.place] = Name(
            "abroad", words.words[f"country.{row.place}"], *spot, 9.0 * scale, below=(fonts.drawable(told, most=60),),
            within=place.home(metres), clear_of=place.country, of=row.place,
        )  # fmt: skip
    return list(found.values())


def _key_box(body: Box, words: Words, scale: float) -> Box:
    """Give the room of the key to the circles, top right."""
    size = furniture.LABEL * scale
    texts = [words.number(people) for people in SIZES] + [words.words["people.older"]]
    wide = 2 * figures.LARGEST_PX * scale * 1.25 + max(fonts.width(text, size) for text in texts) + 34 * scale
    return Box(body.right - wide - 10 * scale, body.top + 10 * scale, body.right - 10 * scale, body.top + 132 * scale)


def _key(sheet: Paper, words: Words, card: Box, *, radius: float, scale: float, most: int) -> None:
    """Draw circles of round numbers of people, and one that is older than a year."""
    colours = sheet.palette["displacement"]
    size = furniture.LABEL * scale
    sizes = [(radius * math.sqrt(people), words.number(people), False) for people in SIZES if people <= 1.2 * most]
    rows = [*sizes, (OLD_PX * scale, words.words["people.older"], True)]
    room = sum(2 * max(part, 0.6 * size) for part, *_ in rows)
    gap = (card.height - room) / (len(rows) + 1)
    sheet.box(card, fill=sheet.ground, edge=sheet.rule, width=0.7)
    y = card.top + gap
    widest = max(part for part, *_ in rows)
    for part, text, old in rows:
        half = max(part, 0.6 * size)
        y += half
        path = paper.circle(card.left + 12 * scale + widest, y, part)
        sheet.path(path, fill=colours["fill"], alpha=colours["opacity"] * (FAINT if old else 1))
        sheet.path(path, edge=colours["fill" if old else "edge"], width=1.0, dash=DASH if old else ())
        sheet.text(card.left + 22 * scale + 2 * widest, y + 0.36 * size, text, size)
        y += half + gap
