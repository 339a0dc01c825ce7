"""What was recorded, corrected and withdrawn, and when: a report is never edited, a later record speaks about it.

Two dates are kept apart. A report's ``date`` is what it speaks about; ``recorded_on`` is the day on which this
package learnt of it. Whoever asks what was known on a day gets the records until then, and nothing of what
later ones say about them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import pandas as pd

    from mapper.control import Report

What = Literal["recorded", "corrected", "withdrawn"]
WHATS: Final[tuple[What, ...]] = ("recorded", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: what happened to a report on a day."""

    day: dt.date
    what: What
    report: Report
    by: Report | None = None
    """The record that corrects it."""
    why: str = ""


FIGURES: Final[dict[str, tuple[str, ...]]] = {
    "displacement": ("source_id", "date", "level", "pcode", "place", "measure", "basis"),
    "refugees": ("source_id", "date", "country", "country_iso3", "measure", "basis"),
    "movements": (
        *("source_id", "date_from", "date_to", "origin", "origin_pcode", "destination", "destination_pcode"),
        *("movement_type", "measure"),
    ),
}
"""Tables of people, and what two rows have in common that speak about the same: the one recorded later stands."""


def corrected(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Mark each report that another among these supersedes, from the day on which that one was recorded."""
    listed = tuple(reports)
    by = {report.supersedes: report for report in listed if report.supersedes}
    return tuple(_marked(report, by.get(report.report_id)) for report in listed)


def _marked(report: Report, by: Report | None) -> Report:
    day, name = (None, "") if by is None else (by.recorded_on, by.report_id)
    if (report.superseded_on, report.superseded_by) == (day, name):
        return report
    return replace(report, superseded_on=day, superseded_by=name)


def as_known(reports: Iterable[Report], known_on: dt.date) -> tuple[Report, ...]:
    """Give the reports as the package held them on a day: without later ones, and without what was said later."""
    return corrected(
        replace(report, withdrawn_on=None, withdrawn_why="")
        if report.withdrawn_on is not None and report.withdrawn_on > known_on
        else report
        for report in reports
        if report.recorded_on <= known_on
    )


def log(reports: Iterable[Report]) -> list[Entry]:
    """Give everything that happened to reports, oldest first; within a day by report."""
    listed = tuple(reports)
    known = {report.report_id: report for report in listed}
    found: list[Entry] = []
    for report in listed:
        old = known.get(report.supersedes)
        if old is None:
            found.append(Entry(report.recorded_on, "recorded", report))
        else:
            found.append(Entry(report.recorded_on, "corrected", old, report, report.supersedes_why))
        if report.withdrawn_on is not None:
            found.append(Entry(report.withdrawn_on, "withdrawn", report, None, report.withdrawn_why))
    return sorted(found, key=lambda entry: (entry.day, WHATS.index(entry.what), entry.report.report_id))


def standing(name: str, figures: pd.DataFrame) -> pd.DataFrame:
    """Give the figures of a table that no later record of the same source tells otherwise, in their order.

    Rows are recorded on a day where the table says so; of one day, and of none, the higher id is the later.
    """
    about = list(FIGURES[name])
    if not figures.duplicated(about).any():
        return figures
    recorded = figures["recorded_on"].astype(str) if "recorded_on" in figures else [""] * len(figures)
    order = sorted(zip(recorded, map(len, map(str, figures.index)), figures.index, strict=True))
    last = figures.loc[[key for _, _, key in order]].drop_duplicates(about, keep="last")
    return figures[figures.index.isin(last.index)]
