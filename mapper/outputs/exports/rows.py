"""Rows of exports as mappings: what is said of a township, an assessment, a change and a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper import tables
from mapper import timeline as timelines
from mapper.outputs import record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.control import Assessment
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Change, Stretch

PLACE = ("name_en", "name_my", "district", "state", "state_pcode")


def places(package: Package, words: Words | None = None) -> dict[str, dict[str, Any]]:
    """Give what a row says of its township, by P-code; with ``words`` also its name in that language."""
    table = package.townships[list(PLACE)]
    found = {str(pcode): {"pcode": pcode, **row} for pcode, row in zip(table.index, tables.records(table), strict=True)}
    if words is None:
        return found
    return {
        pcode: {
            **row,
            "name": (row["name_my"] if words.lang == "my" else "") or row["name_en"],
            "state": state_name(row["state_pcode"], row["state"], words),
        }
        for pcode, row in found.items()
    }


def state_name(pcode: str, name: str, words: Words) -> str:
    """Give a state's name in a language; in English where it has none there."""
    return words.places.get(pcode) or name


def assessment(found: Assessment, urls: Mapping[str, str]) -> dict[str, Any]:
    """Give an assessment as flat cells: texts, days, tuples of text, and None where there is nothing to say."""
    return {
        "status": found.status,
        "holders": found.holders,
        "confidence": found.confidence,
        "basis": found.basis,
        "disputed": found.disputed,
        "since": found.since,
        "since_precision": found.since_precision or None,
        "last_confirmed": found.last_confirmed,
        "stale": found.stale,
        "contested_until": found.contested_until,
        "main_town_only": found.main_town_only,
        "firm_status": found.firm_status,
        "firm_holders": found.firm_holders,
        "rule": found.rule,
        "claimed": found.claimed,
        "report_ids": found.report_ids,
        "report_urls": addresses(found.report_ids, urls),
        "disputed_by": found.disputed_by,
    }


def change(found: Change, urls: Mapping[str, str]) -> dict[str, Any]:
    """Give a change as flat cells."""
    return {
        "date": found.date,
        "previous_date": found.previous,
        "what": found.what,
        "from_status": found.before.status,
        "to_status": found.after.status,
        "from_holders": found.before.holders,
        "to_holders": found.after.holders,
        "from_basis": found.before.basis,
        "to_basis": found.after.basis,
        "disputed": found.after.disputed,
        "stale": found.after.stale,
        "rule": found.after.rule,
        "contested_until": found.after.contested_until,
        "report_ids": found.report_ids,
        "report_urls": addresses(found.report_ids, urls),
    }


def report_urls(package: Package) -> dict[str, str]:
    """Give the address that each report cites, by the report's id; "" where it cites none."""
    return {report.report_id: package.sources[report.source_id].url for report in package.reports}


def addresses(report_ids: Iterable[str], urls: Mapping[str, str]) -> tuple[str, ...]:
    """Give the addresses of some reports, each once."""
    return tuple(dict.fromkeys(urls[name] for name in report_ids if urls[name]))


def source(package: Package, source_id: str) -> dict[str, str]:
    """Give what a row says of its source; a link is one that a page may carry, or nothing."""
    found = package.sources[source_id]
    return {
        "source_id": source_id,
        "publisher": found.publisher,
        "published": found.published,
        "url": record.safe_url(found.url),
    }


def clipped(
    stretches: Iterable[Stretch], first: dt.date, last: dt.date
) -> Iterator[tuple[dt.date, dt.date | None, Assessment]]:
    """Give the stretches from the first to the last day: from, until (None: nothing known ends it), assessment."""
    for stretch in stretches:
        ends = stretch.valid_to
        if stretch.valid_from <= last and (ends is None or ends > first):
            yield max(stretch.valid_from, first), None if ends is None or ends > last else ends, stretch.assessment


def shown(found: Assessment) -> object:
    """Give what of an assessment the map shows."""
    return timelines.shown(found)
