"""Who said what: reports, sources and actors as columns, each text once."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from mapper import control, rules, tables
from mapper.outputs import codec, style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.control import Actor, Assessment, Report, Source
    from mapper.tables import Package

EPOCH: Final = dt.date(1970, 1, 1)
SINCE: Final[tuple[control.SincePrecision, ...]] = ("", "day", "month", "by", "assumed")


DAY: Final = 3
"""A day is written with so many numbers."""

FOLLOWING: Final = 3
"""So many reports may be new behind an assessment for it to be written from the one before."""


def day_number(day: dt.date | None) -> int:
    """Count days from 1970-01-01; 0 stands for no date, or for earlier than anything reported."""
    return 0 if day is None or day <= EPOCH else (day - EPOCH).days


def safe_url(url: str) -> str:
    """Give a link that a page may carry, or "" where it is anything but http or https with a host.

    A browser drops tabs and line ends from an address, and what is left may say something else: such a one is no link.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    plain = url.strip(" ")
    try:
        parts = urlsplit(plain)
    except ValueError:
        return ""
    readable = plain.isprintable() and " " not in plain
    return plain if readable and parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


class Numbered:
    """Texts or ids, numbered in the order in which they are first asked for."""

    def __init__(self) -> None:
        """Start with none."""
        self.items: dict[str, int] = {}

    def __call__(self, item: str) -> int:
        """Give the item's number."""
        return self.items.setdefault(item, len(self.items))


def known_reports(package: Package, known_on: dt.date | None) -> dict[str, list[Report]]:
    """Give the reports recorded until then, by township, oldest first."""
    found: dict[str, list[Report]] = {str(pcode): [] for pcode in sorted(package.townships.index)}
    for report in sorted(package.reports, key=lambda item: (item.speaks_from, item.report_id)):
        if report.pcode in found and (known_on is None or report.recorded_on <= known_on):
            found[report.pcode].append(report)
    return found


def report_columns(
    reports: Mapping[str, Sequence[Report]], *, source: Numbered, actor: Numbered, known_on: dt.date | None
) -> dict[str, Any]:
    """Give reports column by column, township by township; ``count`` says how many belong to each."""
    flat = [report for found in reports.values() for report in found]
    names = Numbered()
    return {
        "count": [len(found) for found in reports.values()],
        "day": codec.ascending(day_number(report.date) for report in flat),
        "speaks": _sparse(
            day_number(report.speaks_from) if report.speaks_from != _usual(report) else 0 for report in flat
        ),
        "month": _flags(report.precision == "month" for report in flat),
        "status": "".join(str(control.STATUSES.index(report.status)) for report in flat),
        "holders": [";".join(str(actor(name)) for name in report.holders) for report in flat],
        "scope": "".join(str(control.SCOPES.index(report.scope)) for report in flat),
        "kind": "".join(str(control.KINDS.index(report.kind)) for report in flat),
        "confidence": "".join(str(control.CONFIDENCES.index(report.confidence)) for report in flat),
        "withdrawn": [i for i, report in enumerate(flat) if rules.is_withdrawn(report, known_on)],
        "corrected": [i for i, report in enumerate(flat) if rules.is_superseded(report, known_on)],
        "place": [report.place for report in flat if report.scope != "township"],
        "claimant": codec.digits(names(report.claimant) for report in flat),
        "claimants": list(names.items),
        "side": "".join(_side(report.claimant_side) for report in flat),
        "source": codec.digits(_back(source(report.source_id) for report in flat)),
        "finding": [report.finding for report in flat],
    }


def _usual(report: Report) -> dt.date:
    """Give the day from which a report speaks by its date: that, or the last day of the month."""
    first = report.date.replace(day=1)
    return report.date if report.precision == "day" else control.months_later(first, 1) - dt.timedelta(days=1)


def _back(numbers: Iterable[int]) -> Iterator[int]:
    """Give 0 for each number that is the first of its size, one more than the last such; else how far back it lies."""
    known = 0
    for number in numbers:
        yield known - number
        known = max(known, number + 1)


def _side(side: str) -> str:
    return str(control.CLAIMANT_SIDES.index(side)) if side else "-"


def _flags(values: Iterable[bool]) -> str:
    return "".join("01"[value] for value in values)


def source_columns(package: Package, used: Numbered, reports: Mapping[str, Sequence[Report]]) -> dict[str, Any]:
    """Give the sources that the page uses, in the order of their numbers.

    When one was published is given from the day of the first of ``reports`` that cites it, or from 0 where none does: a
    day in days, a month or a year in months, from that day's month to the month or to January. ``parts`` says which it
    is, by the numbers of a date: 3, 2 or 1; 0 is none, or no date, which stands in ``vague`` by the source's number.

    The addresses stand by publisher, those of one in the order of the sources.

    Without their titles: many are not the page's own words, and an address says as much in less room.
    """
    rows: list[Source | None] = [package.sources.get(name) for name in used.items]
    publishers = Numbered()
    cited: dict[str, int] = {}
    for report in (one for found in reports.values() for one in found):
        cited.setdefault(report.source_id, day_number(report.date))
    published = [row.published if row else "" for row in rows]
    parts = [_parts(text) for text in published]
    publisher = [publishers(row.publisher if row else "") for row in rows]
    urls = [safe_url(row.url) if row else "" for row in rows]
    return {
        "url": codec.paths(urls[i] for i in sorted(range(len(rows)), key=publisher.__getitem__)),
        "publisher": publisher,
        "publishers": list(publishers.items),
        "published": codec.steps(
            _from(cited.get(name, 0), text, many) for name, text, many in zip(used.items, published, parts, strict=True)
        ),
        "parts": "".join(map(str, parts)),
        "vague": {str(i): text for i, text in enumerate(published) if text and not parts[i]},
    }


def _parts(text: str) -> int:
    """Count the numbers of a date: 3 of a day, 2 of a month, 1 of a year; 0 of what is none of these."""
    for parts, rest in ((3, ""), (2, "-01"), (1, "-01-01")):
        if tables.is_day(text + rest):
            return parts
    return 0


def _from(day: int, text: str, parts: int) -> int:
    """Count the days or months from a day to a date of so many ``parts``."""
    if not parts:
        return 0
    start, found = EPOCH + dt.timedelta(days=day), dt.date.fromisoformat(f"{text}-01-01"[: len("YYYY-MM-DD")])
    return (found - start).days if parts == DAY else 12 * (found.year - start.year) + found.month - start.month


def actor_rows(actors: Mapping[str, Actor], used: Numbered) -> list[list[str]]:
    """Give id, English and Burmese name of the actors that the page uses; an unnamed one has its id."""
    rows = [(name, actors.get(name)) for name in used.items]
    return [[name, row.name_en if row else name, row.name_my if row else ""] for name, row in rows]


def assessment_columns(
    found: Sequence[Assessment], counts: Iterable[int], reports: Mapping[str, Sequence[Report]], *, actor: Numbered
) -> dict[str, Any]:
    """Give assessments column by column; they refer to reports by their number within the township.

    The class says what the status is, and what the basis, but for those whose basis is given: see :func:`style.usual`.
    When one was last confirmed is given from the day on which the last of its reports speaks; without ``reports``,
    from when the one before was.
    """
    order = {report.report_id: i for rows in reports.values() for i, report in enumerate(rows)}
    speaks = {report.report_id: report.speaks_from for rows in reports.values() for report in rows}
    rules = list(control.RULES)
    confirmed = [day_number(item.last_confirmed) - day_number(_latest(item, speaks)) for item in found]
    classes = [style.class_of(item) for item in found]
    until = _sparse(day_number(item.contested_until) for item in found)
    refs = {
        "reports": codec.digits(behind([_refs(item.report_ids, order) for item in found], counts)),
        "disputed_by": [_refs(item.disputed_by, order) for item in found],
    }
    return {
        "class": "".join(str(style.CLASSES.index(name)) for name in classes),
        "basis": {
            str(i): item.basis
            for i, (name, item) in enumerate(zip(classes, found, strict=True))
            if item.basis != style.usual(name)[1]
        },
        "holders": [";".join(str(actor(name)) for name in item.holders) for item in found],
        "confidence": "".join(str(control.CONFIDENCES.index(item.confidence)) for item in found),
        "rule": "".join(str(rules.index(item.rule)) for item in found),
        "disputed": _flags(item.disputed for item in found),
        "stale": _flags(item.stale for item in found),
        "main_town": _flags(item.main_town_only for item in found),
        "since_how": "".join(str(SINCE.index(item.since_precision)) for item in found),
        "confirmed": codec.steps(confirmed) if reports else codec.ascending(confirmed),
        "contested_until": [codec.ascending(map(int, until)), codec.ascending(until.values())],
        "firm": "".join(
            "-" if item.firm_status is None else str(control.STATUSES.index(item.firm_status)) for item in found
        ),
        "firm_holders": [";".join(str(actor(name)) for name in item.firm_holders) for item in found],
        **(refs if reports else {}),
    }


def _refs(report_ids: Iterable[str], order: Mapping[str, int]) -> list[int]:
    return [order[name] for name in report_ids if name in order]


def behind(refs: Sequence[Sequence[int]], counts: Iterable[int]) -> Iterator[int]:
    """Give the reports behind assessments, of which ``counts`` belong to each township, as whole numbers.

    Most are those behind the one before without some of its first (of none at a township's beginning) and with up to 3
    that follow its last: 1 + 2 * how many follow + 8 * how many are left out. Any other are twice their number, then
    each of them.
    """
    rest = iter(refs)
    for count in counts:
        before: Sequence[int] = ()
        for found in islice(rest, count):
            following = before[-1] + 1 if before else 0
            code = next(
                (
                    1 + 2 * more + 8 * less
                    for more in range(FOLLOWING + 1)
                    for less in range(len(before) + 1)
                    if [*before[less:], *range(following, following + more)] == list(found)
                ),
                None,
            )
            yield from (2 * len(found), *found) if code is None else (code,)
            before = found


def _latest(item: Assessment, speaks: Mapping[str, dt.date]) -> dt.date | None:
    return max((speaks[name] for name in item.report_ids if name in speaks), default=None)


def _sparse(values: Iterable[int]) -> dict[str, int]:
    return {str(i): value for i, value in enumerate(values) if value}
