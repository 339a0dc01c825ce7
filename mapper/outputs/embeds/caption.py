"""The words under a map, written from its data: a text in place of the picture, and a caption, in each language."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Final

from mapper import control
from mapper.outputs import style
from mapper.outputs import words as languages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.geo import Boundaries
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Timeline

UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
"""What no text file, no attribute and no XML can hold, or holds as something else than text."""

LONGEST: Final = 300
"""Letters of one text of the data; a title longer than this is no title."""


@dataclass(frozen=True)
class Told:
    """What is said of one slice in one language."""

    title: str
    """Of the frame."""
    headline: str
    """What the slice shows, in one sentence without an end."""
    deck: str
    """How it is split, and how much of it is assumed."""
    alt: str
    """What the picture shows, for who does not see it."""
    caption: str
    """Two lines: what the slice shows and what of it is assumed; what it rests on."""


def load(lang: str) -> Words:
    """Give a language with the words of this page's files beside those of the map."""
    found = languages.load(lang)
    file = resources.files("mapper.outputs.embeds").joinpath("web", "locale", f"{lang}.json")
    return replace(found, words={**found.words, **json.loads(file.read_text(encoding="utf-8"))})


def plain(text: str) -> str:
    r"""Give a text of the data on one line, without what cannot be seen, and no longer than a title is.

    >>> plain("a\x00b\r\n c")
    'a b c'
    """
    seen = " ".join(UNSEEN.sub(" ", text[: 4 * LONGEST]).split())
    return seen if len(seen) <= LONGEST else seen[: LONGEST - 1] + "…"


def counted(words: Words, key: str, number: int, **values: str) -> str:
    """Say a sentence of a number in its form for one or for all others; some languages have both alike."""
    return words.say(f"{key}.one" if number == 1 else key, n=words.number(number), **values)


def told(timeline: Timeline, boundaries: Boundaries, package: Package, *, on: dt.date, lang: str) -> Told:
    """Say what the slice of a date shows, in one language."""
    words = load(lang)
    found = timeline.slice(on)
    counts = Counter(style.class_of(one) for one in found.values())
    headline, deck = languages.headline(words, on, counts)
    values = {"country": words.words["country"], "date": words.date(on)}
    stale = sum(one.stale for one in found.values())
    disputed = sum(one.disputed for one in found.values())
    months = counted(words, "caption.months", package.options.stale_months)
    shows = [
        words.say("caption.headline", sentence=headline),
        deck,
        counted(words, "caption.stale", stale, months=months) if stale else "",
        counted(words, "caption.disputed", disputed) if disputed else "",
        _assumption(words, package),
        languages.notice(words, internal=package.internal, schematic=boundaries.schematic),
    ]
    caption = [shows, _standing(words, timeline, boundaries, package)]
    return Told(
        title=words.say("frame.title", **values),
        headline=headline,
        deck=deck,
        alt=" ".join(_alt(words, counts, **values)),
        caption="\n".join(" ".join(part for part in parts if part) for parts in caption),
    )


def _alt(words: Words, counts: Mapping[str, int], **values: str) -> list[str]:
    """Say what the picture shows: the country, and each status with its townships."""
    all_townships = sum(counts.values())
    said = [counted(words, "alt.map", all_townships, all=words.number(all_townships), **values)]
    for status in control.STATUSES:
        assumed = counts.get(f"{status}.assumed", 0)
        number = counts.get(f"{status}.reported", 0) + assumed
        key = "alt.with_assumed" if assumed else "alt.status"
        if number:
            label = words.words[f"status.{status}"]
            said.append(counted(words, key, number, status=label, assumed=words.number(assumed)))
    return said


def _assumption(words: Words, package: Package) -> str:
    baseline = package.options.baseline
    if baseline is None:
        return ""
    status = words.words[f"status.{baseline.status}"]
    return words.say("foot.baseline", status=status, date=words.date(baseline.valid_from))


def _standing(words: Words, timeline: Timeline, boundaries: Boundaries, package: Package) -> list[str]:
    """Say what it rests on: known when, by whose data and within whose borders."""
    known = timeline.as_known_on or package.known_on
    title, version, licence = map(plain, (package.title, package.version, package.licence))
    attribution, terms = plain(boundaries.attribution), plain(boundaries.licence)
    return [
        words.say("foot.known", date=words.date(known)),
        words.say("foot.data", title=title, version=version, licence=licence),
        words.say("foot.boundaries", attribution=attribution, licence=terms),
        words.words["foot.disclaimer"],
        words.words["foot.my_names"] if words.machine_translated else "",
    ]
