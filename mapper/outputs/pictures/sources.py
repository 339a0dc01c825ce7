"""What a picture says of itself: on its face, and in its file for who cannot see it or finds it without its page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper.outputs import record, style
from mapper.outputs import words as languages

if TYPE_CHECKING:
    import datetime as dt

    from mapper.geo import Boundaries
    from mapper.outputs.pictures.furniture import Said
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Slice, Timeline


@dataclass(frozen=True)
class About:
    """What is written into the file."""

    title: str
    description: str
    """What there is to see, in words: the text for who cannot see it."""
    as_of: dt.date
    known_on: dt.date
    licence: str
    source: str
    lang: str


def notice(boundaries: Boundaries, package: Package, words: Words) -> str:
    """Say that a picture is not for the public and that its boundaries are schematic, where it is so."""
    return languages.notice(words, internal=package.internal, schematic=boundaries.schematic)


def source(
    timeline: Timeline, boundaries: Boundaries, package: Package, words: Words, *, on: dt.date | None = None
) -> str:
    """Say what a picture of control rests on; ``on`` is the day that it speaks about, where that is one."""
    reports = record.known_reports(package, timeline.as_known_on)
    publishers = {package.sources[row.source_id].publisher for found in reports.values() for row in found}
    count = sum(map(len, reports.values()))
    baseline = package.options.baseline
    parts = [words.say("picture.sources", reports=words.number(count), publishers=words.number(len(publishers)))]
    if baseline:
        status = words.words[f"status.{baseline.status}"]
        parts.append(words.say("foot.baseline", status=status, date=words.date(baseline.valid_from)))
    dates = [
        *([words.say("foot.as_of", date=words.date(on))] if on else []),
        words.say("foot.known", date=words.date(timeline.as_known_on or package.known_on)),
    ]
    return " ".join([*dates, *parts, *data(boundaries, package, words)])


def data(boundaries: Boundaries, package: Package, words: Words) -> list[str]:
    """Say where data and boundaries come from, and what they do not mean."""
    return [
        words.say(
            "foot.data", title=short(package.title), version=short(package.version), licence=short(package.licence)
        ),
        words.say("foot.boundaries", attribution=short(boundaries.attribution), licence=short(boundaries.licence)),
        words.words["foot.disclaimer"],
        *([words.words["foot.my_names"]] if words.machine_translated else []),
    ]


def short(text: str, most: int = 160) -> str:
    """Cut what the data say of themselves to what a line of sources has room for."""
    one_line = " ".join(text[: 4 * most].split())
    return one_line if len(one_line) <= most else one_line[: most - 1] + "…"


def headline(found: Slice, date: dt.date, words: Words) -> tuple[str, str]:
    """Say what a slice shows: title and deck."""
    counts = Counter(style.class_of(one) for one in found.values())
    return languages.headline(words, date, counts)


def about(said: Said, timeline: Timeline, package: Package, words: Words, *, on: dt.date, seen: str = "") -> About:
    """Put together what is written into the file; ``seen`` says what there is to see besides title and deck."""
    return About(
        title=said.title,
        description=sentences(said.deck, seen, said.notice, lang=words.lang),
        as_of=on,
        known_on=timeline.as_known_on or package.known_on,
        licence=short(package.licence),
        source=said.source,
        lang=words.lang,
    )


STOPS: Final = {"my": "။", "th": ""}
"""What ends a sentence; a full stop in the other languages."""


def sentences(*parts: str, lang: str) -> str:
    """Put texts one after the other, each ended as a sentence is.

    >>> sentences("One", "", "Two.", lang="en")
    'One. Two.'
    """
    stop = STOPS.get(lang, ".")
    return " ".join(part if part[-1] in ".။…!?" else part + stop for part in parts if part)
