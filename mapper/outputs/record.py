"""Who said what: reports, sources and actors as columns, each text once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from mapper import control, rules, tables
from mapper.outputs import codec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.control import Actor, Assessment, Report, Source
    from mapper.tables import Package

EPOCH: Final = dt.date(1970, 1, 1)
BASES: Final[tuple[control.Basis, ...]] = ("reported", "assumed", "none")
SINCE: Final[tuple[control.SincePrecision, ...]] = ("", "day", "month", "by", "assumed")


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
        "place": [report.place if report.scope != "township" else "" for report in flat],
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

    A day of publishing is given from the day of the first of ``reports`` that cites the source, or from 0 where none
    does; one that is less than a day stands as it is, in ``vague`` by the source's number.

    The addresses stand by publisher, those of one in the order of the sources.

    Without their titles: many are not the page's own words, and an address says as much in less room.
    """
    rows: list[Source | None] = [package.sources.get(name) for name in used.items]
    publishers = Numbered()
    cited: dict[str, int] = {}
    for report in (one for found in reports.values() for one in found):
        cited.setdefault(report.source_id, day_number(report.date))
    published = [row.published if row else "" for row in rows]
    publisher = [publishers(row.publisher if row else "") for row in rows]
    urls = [safe_url(row.url) if row else "" for row in rows]
    days = [day_number(dt.date.fromisoformat(text)) if tables.is_day(text) else None for text in published]
    return {
        "url": codec.paths(urls[i] for i in sorted(range(len(rows)), key=publisher.__getitem__)),
        "publisher": publisher,
        "publishers": list(publishers.items),
        "published": codec.steps(
            0 if day is None else day - cited.get(name, 0) for day, name in zip(days, used.items, strict=True)
        ),
        "vague": {
            str(i): text for i, (day, text) in enumerate(zip(days, published, strict=True)) if day is None and text
        },
        "undated": [i for i, text in enumerate(published) if not text],
    }


def actor_rows(actors: Mapping[str, Actor], used: Numbered) -> list[list[str]]:
    """Give id, English and Burmese name of the actors that the page uses; an unnamed one has its id."""
    rows = [(name, actors.get(name)) for name in used.items]
    return [[name, row.name_en if row else name, row.name_my if row else ""] for name, row in rows]


def assessment_columns(
    found: Sequence[Assessment], reports: Mapping[str, Sequence[Report]], *, actor: Numbered
) -> dict[str, Any]:
    """Give assessments column by column; they refer to reports by their number within the township.

    When one was last confirmed is given from the day on which the last of its reports speaks; without ``reports``,
    from when the one before was.
    """
    order = {report.report_id: i for rows in reports.values() for i, report in enumerate(rows)}
    speaks = {report.report_id: report.speaks_from for rows in reports.values() for report in rows}
    rules = list(control.RULES)
    confirmed = [day_number(item.last_confirmed) - day_number(_latest(item, speaks)) for item in found]
    refs = {
        "reports": [_refs(item.report_ids, order) for item in found],
        "disputed_by": [_refs(item.disputed_by, order) for item in found],
    }
    return {
        "status": "".join(str(control.STATUSES.index(item.status)) for item in found),
        "holders": [";".join(str(actor(name)) for name in item.holders) for item in found],
        "confidence": "".join(str(control.CONFIDENCES.index(item.confidence)) for item in found),
        "basis": "".join(str(BASES.index(item.basis)) for item in found),
        "rule": "".join(str(rules.index(item.rule)) for item in found),
        "disputed": _flags(item.disputed for item in found),
        "stale": _flags(item.stale for item in found),
        "main_town": _flags(item.main_town_only for item in found),
        "since_how": "".join(str(SINCE.index(item.since_precision)) for item in found),
        "confirmed": codec.steps(confirmed) if reports else codec.ascending(confirmed),
        "contested_until": _sparse(day_number(item.contested_until) for item in found),
        "firm": "".join(
            "-" if item.firm_status is None else str(control.STATUSES.index(item.firm_status)) for item in found
        ),
        "firm_holders": [";".join(str(actor(name)) for name in item.firm_holders) for item in found],
        **(refs if reports else {}),
    }


def _refs(report_ids: Iterable[str], order: Mapping[str, int]) -> list[int]:
    return [order[name] for name in report_ids if name in order]


def _latest(item: Assessment, speaks: Mapping[str, dt.date]) -> dt.date | None:
    return max((speaks[name] for name in item.report_ids if name in speaks), default=None)


def _sparse(values: Iterable[int]) -> dict[str, int]:
    return {str(i): value for i, value in enumerate(values) if value}
