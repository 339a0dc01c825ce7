"""What an editor should look at next: each township that rests on little, with the reasons, worst first.

The score is a sum of points, one entry of :data:`POINTS` for each reason that holds; there is nothing else in it. Of
the same score the one last confirmed longest ago comes first, then the order is that of the P-codes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper import resolve, rules
from mapper.timeline import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mapper.control import Assessment, Report
    from mapper.resolve import Explanation
    from mapper.tables import Package
    from mapper.timeline import Timeline

POINTS: Final[dict[str, int]] = {
    "disputed": 40,
    "otherwise": 30,
    "claimed": 25,
    "single": 15,
    "stale": 10,
    "assumed": 5,
    "near": 5,
}

LATELY: Final = 90
"""Days before the date asked for in which a change counts as one."""


@dataclass(frozen=True, slots=True)
class Item:
    """A township to look at."""

    pcode: str
    assessment: Assessment
    reasons: tuple[str, ...]
    reports: tuple[str, ...]
    """Ids of the reports to read: those that say otherwise, or those that it rests on."""

    @property
    def score(self) -> int:
        """The sum of the points of its reasons."""
        return sum(POINTS[reason] for reason in self.reasons)


def review(
    package: Package,
    timeline: Timeline,
    on: dt.date,
    *,
    neighbours: Mapping[str, Collection[str]],
    known_on: dt.date | None = None,
    lately: int = LATELY,
) -> list[Item]:
    """Go through all townships at a date and give those with a reason to look at them, worst first.

    ``neighbours`` are the townships that touch each, by P-code; a change within ``lately`` days counts as near.
    """
    by_township: dict[str, list[Report]] = {}
    for report in package.reports:
        by_township.setdefault(report.pcode, []).append(report)
    changed = {pcode for pcode in timeline.stretches if _changed(timeline, pcode, on, lately)}
    found = []
    for pcode in timeline.stretches:
        explained = resolve.explain(pcode, by_township.get(pcode, []), on, options=package.options, known_on=known_on)
        near = bool(changed & {pcode, *neighbours.get(pcode, ())})
        item = _item(explained, package, on, known_on, near=near)
        if item.reasons:
            found.append(item)
    return sorted(found, key=_order)


def _order(item: Item) -> tuple[int, dt.date, str]:
    return -item.score, item.assessment.last_confirmed or dt.date.max, item.pcode


def _changed(timeline: Timeline, pcode: str, on: dt.date, lately: int) -> bool:
    """Whether a township shows another side or holder than some time before."""
    before, now = timeline.at(pcode, on - dt.timedelta(days=lately)), timeline.at(pcode, on)
    return shown(before)[:2] != shown(now)[:2]


def _item(explained: Explanation, package: Package, on: dt.date, known_on: dt.date | None, *, near: bool) -> Item:
    found = explained.assessment
    others = [report.report_id for report in _otherwise(explained, on, known_on)]
    holds: Mapping[str, bool] = {
        "disputed": found.disputed,
        "otherwise": bool(others),
        "claimed": found.claimed,
        "single": _is_single(explained, package),
        "stale": found.stale,
        "assumed": found.basis == "assumed",
        "near": near,
    }
    reasons = tuple(reason for reason in POINTS if holds[reason])
    return Item(found.pcode, found, reasons, tuple(dict.fromkeys((*others, *found.report_ids))))


def _otherwise(explained: Explanation, on: dt.date, known_on: dt.date | None) -> Iterator[Report]:
    """Give the standing reports, newer than the last that the assessment rests on, that say something else."""
    found = explained.assessment
    until = max(found.last_confirmed or dt.date.min, found.contested_until or dt.date.min)
    for verdict in explained.verdicts:
        report = verdict.report
        speaks = until < report.speaks_from <= on and rules.stands(report, known_on)
        if speaks and not verdict.counted and report.status != found.status:
            yield report


def _is_single(explained: Explanation, package: Package) -> bool:
    """Whether one publisher alone stands behind a firm status or a contest."""
    sources = {verdict.report.report_id: verdict.report.source_id for verdict in explained.verdicts}
    publishers = {package.sources[sources[name]].publisher for name in explained.assessment.report_ids}
    return len(publishers) == 1


def rows(items: Sequence[Item], package: Package) -> list[dict[str, object]]:
    """Give items as flat rows for a table, CSV or JSON; several values are joined by ``;``."""
    names, states = package.townships["name_en"], package.townships["state"]
    return [
        {
            "score": item.score,
            "pcode": item.pcode,
            "township": names[item.pcode],
            "state": states[item.pcode],
            "status": item.assessment.status,
            "holders": ";".join(item.assessment.holders),
            "last_confirmed": None if item.assessment.last_confirmed is None else str(item.assessment.last_confirmed),
            "reasons": ";".join(item.reasons),
            "reports": ";".join(item.reports),
        }
        for item in items
    ]


COLUMNS: Final = ("score", "pcode", "township", "state", "status", "holders", "last_confirmed", "reasons", "reports")
