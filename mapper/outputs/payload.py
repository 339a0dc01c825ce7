"""Everything the page shows, decided here: the browser looks up and draws, and concludes nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from mapper import control
from mapper.outputs import bidi, codec, figures, flows, forms, holders, junta_lists, places, record, shares, style
from mapper.outputs import words as languages
from mapper.timeline import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.control import Assessment
    from mapper.geo import Boundaries
    from mapper.outputs.forms import Form
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Stretch, Timeline

CHANGES: Final[tuple[str, ...]] = ("status", "holders", "basis", "disputed", "stale")
FIRST: Final = ("lean", "lang", "palette", "dark", "night", "letters", "keys", "lists", "dates", "held")
LAST: Final = ("townships", "languages", "foot", "people", "assessments")
"""In these orders before and behind the rest: gzip looks back 32 KB, and so finds like beside like. Tried out, worth
4 KB."""

DIVIDED: Final = {"reports": ("finding", "place", "holders"), "assessments": ("holders", "firm_holders")}
"""The columns that are one text, of which the page takes its parts. Tried out, worth 0.7 KB."""

LETTERS: Final = {"my": codec.BURMESE, "th": codec.THAI}
"""The languages whose texts are written letter by letter, and where their script begins. Tried out, worth 2 KB."""

UNSAFE: Final = re.compile("[<>&\\u2028\\u2029\\ud800-\\udfff]|[{](?=[{%#])")


def payload(
    timeline: Timeline, boundaries: Boundaries, package: Package, *, lang: str = "en", form: Form = forms.WHOLE
) -> dict[str, Any]:
    """Give the page's data as plain lists, numbers and texts; ``lang`` is the language it opens in.

    Townships stand in the order of their P-codes everywhere, and are referred to by that number.
    """
    spoken = [languages.load(name) for name in languages.LANGUAGES]
    languages.load(lang)
    keys = sorted(filter(form.says, spoken[0].words))
    actor = record.Numbered()
    reports = record.known_reports(package, timeline.as_known_on)
    publishers = _publishers(package, reports)
    counts = shares.counts(timeline)
    palettes = [{**style.palette(night=night), "stripes": {}} for night in (False, True)]
    lean = form is forms.LEAN
    own = (
        _lean(reports)
        if lean
        else _whole(timeline, boundaries, package, spoken=spoken, palettes=palettes, reports=reports, actor=actor)
    )
    data = {
        "lean": lean,
        "lang": lang,
        "keys": keys,
        "languages": {words.lang: _by_key(words, keys, form) for words in spoken},
        "palette": palettes[0],
        "dark": style.dark_classes(palettes[0]),
        "night": {"palette": palettes[1], "dark": style.dark_classes(palettes[1])},
        "letters": LETTERS,
        "lists": _lists(),
        "dates": [record.day_number(date) for date in timeline.dates],
        "counts": shares.packed([[count[name] for name in style.CLASSES] for count in counts]),
        "said": [[languages.findings(count), languages.assumed(count), count.total()] for count in counts],
        "shares": {name: shares.packed(rows) for name, rows in shares.shares(timeline, boundaries, package).items()},
        "marked": [
            [sum(flags) for flags in zip(*part, strict=True)]
            for part in timeline.each(lambda found: (found.stale, found.disputed))
        ],
        **places.places(boundaries, package, spoken, lean=lean),
        **_control(timeline, {} if lean else reports, actor),
        **own,
        "actors": record.actor_rows(package.actors, actor),
        "foot": {words.lang: _foot(timeline, boundaries, package, words, publishers) for words in spoken},
        "stale_months": package.options.stale_months,
        "schematic": boundaries.schematic,
    }
    between = [key for key in data if key not in {*FIRST, *LAST}]
    closed = {key: bidi.closed_all(data[key]) for key in (*FIRST, *between, *LAST) if key in data}
    _letter(closed)
    for table, names in DIVIDED.items():
        closed[table] |= {name: codec.divided(closed[table][name]) for name in names if name in closed[table]}
    return closed


def _whole(
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    spoken: Sequence[Words],
    palettes: list[dict[str, Any]],
    reports: Mapping[str, Sequence[control.Report]],
    actor: record.Numbered,
) -> dict[str, Any]:
    """Give what the whole page alone has: reports and sources, holders, people, lists, and names to look for.

    ``palettes``, by day and by night, get the holders' colours.
    """
    source = record.Numbered()
    held = holders.looks(timeline, package, reports)
    for night, palette in enumerate(palettes):
        palettes[night] = holders.coloured(palette, held, package.actors, night=bool(night))
    columns = record.report_columns(reports, source=source, actor=actor, known_on=timeline.as_known_on)
    people = {
        "inside": figures.inside(package, timeline.dates, spoken, source=source),
        "abroad": figures.abroad(package, timeline.dates, spoken, source=source),
        "flows": flows.flows(timeline, package, countries=places.stated()["countries"], source=source),
        "old": codec.ascending(record.day_number(figures.a_year_before(date)) for date in timeline.dates),
    }
    martial = junta_lists.martial_law(package, source=source, known_on=timeline.as_known_on)
    return {
        "held": holders.columns(held, timeline, boundaries, package, actor=actor),
        "people": people,
        "martial": martial,
        "reports": columns,
        "sources": record.source_columns(package, source, reports),  # addresses say in words what findings say
    }


def _lean(reports: Mapping[str, Sequence[control.Report]]) -> dict[str, Any]:
    """Give what a lean page has in the place of that: how many reports the whole one has of each township."""
    return {
        "reports": {"count": [len(found) for found in reports.values()]},
        "people": {side: {"bases": [], "first": ""} for side in ("inside", "abroad", "flows")},
    }


def _letter(data: dict[str, Any]) -> None:
    """Write what is said in some languages letter by letter; see :func:`codec.letters`."""
    named = [data["foot"], data["states"]["name"]]
    named += [basis["name"] for side in ("inside", "abroad") for basis in data["people"][side]["bases"]]
    for lang, first in LETTERS.items():
        language = data["languages"][lang]
        language |= {key: codec.lettered(language[key], first) for key in ("months", "said", "own")}
        for names in named:
            names[lang] = codec.lettered(names[lang], first)


def title(timeline: Timeline, date: dt.date, *, lang: str) -> str:
    """Say in one sentence what the slice of a date shows."""
    counts = Counter(style.class_of(found) for found in timeline.slice(date).values())
    return languages.headline(languages.load(lang), date, counts)[0]


def to_json(data: Mapping[str, Any]) -> str:
    r"""Write data as JSON that neither HTML nor a template can take for its own.

    >>> to_json({"name": "</script>{{ 7*7 }}"})
    '{"name":"\\u003c/script\\u003e\\u007b{ 7*7 }}"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _by_key(words: Words, keys: Sequence[str], form: Form) -> dict[str, Any]:
    """Give a language with its sentences in the order of ``keys``, and by name those that it alone has."""
    page = words.for_page()
    said = page.pop("words")
    own = {key: text for key, text in said.items() if key not in set(keys) and form.says(key)}
    return {**page, "said": [said.get(key) for key in keys], "own": own}


def _lists() -> dict[str, list[Any] | dict[str, list[str]]]:
    """Give the closed lists that columns of digits refer to."""
    return {
        "classes": list(style.CLASSES),
        "statuses": list(control.STATUSES),
        "confidences": list(control.CONFIDENCES),
        "usual": [list(style.usual(name)) for name in style.CLASSES],
        "since": list(record.SINCE),
        "rules": list(control.RULES),
        "scopes": list(control.SCOPES),
        "kinds": list(control.KINDS),
        "sides": list(control.CLAIMANT_SIDES),
        "changes": list(CHANGES),
        "against": {side: list(said) for side, said in control.AGAINST.items()},
        "precisions": list(figures.PRECISIONS),
        "said": list(figures.SAID),
    }


def _control(
    timeline: Timeline, reports: Mapping[str, Sequence[control.Report]], actor: record.Numbered
) -> dict[str, Any]:
    """Give each township's stretches: how many, their first days, and which differ on the map from the one before.

    The assessments stand in the same order; a first day is given from the day of its last confirmation, and without
    ``reports``, on whose days that rests, each such day from the one before. For ``since`` see :func:`_begun`.
    """
    stretches: list[Stretch] = []
    differs: list[bool] = []
    counts = [0] * len(timeline.stretches)
    for i, pcode in enumerate(sorted(timeline.stretches)):
        before: Assessment | None = None
        for stretch in timeline.stretches[pcode]:
            if stretch.valid_from > timeline.dates[-1]:
                break
            found = stretch.assessment
            if found == before:
                continue
            stretches.append(stretch)
            differs.append(before is None or shown(found) != shown(before))
            counts[i] += 1
            before = found
    found_all = [stretch.assessment for stretch in stretches]
    columns = record.assessment_columns(found_all, counts, reports, actor=actor)
    columns["since"] = codec.steps(_begun(stretches, counts))
    days = (
        record.day_number(stretch.valid_from) - record.day_number(stretch.assessment.last_confirmed)
        for stretch in stretches
    )
    history = {
        "count": codec.digits(counts),
        "day": codec.steps(days),
        "differs": "".join("01"[flag] for flag in differs),
    }
    return {"history": history, "assessments": columns}


def _begun(stretches: Sequence[Stretch], counts: Iterable[int]) -> Iterator[int]:
    """Give since when each assessment holds: 0 for as the one before, else 1 + the days before its first day."""
    found = iter(stretches)
    for count in counts:
        before = None
        for stretch in islice(found, count):
            since = record.day_number(stretch.assessment.since)
            yield 0 if since == before else 1 + record.day_number(stretch.valid_from) - since
            before = since


def foot(timeline: Timeline, boundaries: Boundaries, package: Package, *, lang: str) -> dict[str, str]:
    """Say what the picture rests on, by name, as the page does at its foot; ``notice`` stands on the map."""
    publishers = _publishers(package, record.known_reports(package, timeline.as_known_on))
    return _foot(timeline, boundaries, package, languages.load(lang), publishers)


def _publishers(package: Package, reports: Mapping[str, Sequence[control.Report]]) -> int:
    return len({package.sources[row.source_id].publisher for found in reports.values() for row in found})


def _foot(
    timeline: Timeline, boundaries: Boundaries, package: Package, words: Words, publishers: int
) -> dict[str, str]:
    """Say what the picture rests on; all of it stands on the page's face."""
    known = timeline.as_known_on or package.known_on
    baseline = package.options.baseline
    assumed = (
        words.say(
            "foot.baseline", status=words.words[f"status.{baseline.status}"], date=words.date(baseline.valid_from)
        )
        if baseline
        else ""
    )
    reports = sum(
        1 for row in package.reports if timeline.as_known_on is None or row.recorded_on <= timeline.as_known_on
    )
    return {
        "known": words.say("foot.known", date=words.date(known)),
        "baseline": assumed,
        "assumed_from": words.date(baseline.valid_from) if baseline else "",
        "sources": words.say("foot.sources", reports=words.number(reports), publishers=words.number(publishers)),
        "sourcing": words.words["foot.sourcing" if package.options.sourcing == "strict" else "foot.sourcing_all"],
        "data": words.say("foot.data", title=package.title, version=package.version, licence=package.licence),
        "boundaries": words.say("foot.boundaries", attribution=boundaries.attribution, licence=boundaries.licence),
        "notice": languages.notice(words, internal=package.internal, schematic=boundaries.schematic),
        "disclaimer": words.words["foot.disclaimer"],
        "translated": words.words["foot.my_names"] if words.machine_translated else "",
    }
