"""What became of a package's reports: which stand, which a later record corrects, and which were taken back.

A row that stands no more stays in its table, so a file that says the same again must be told what became of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.intake.book import Cells

REPORTS = "control_reports"
"""The table whose rows say which others they correct; of figures the one recorded last stands."""

TABLES = frozenset({REPORTS, *records.FIGURES})
"""What has a history: nothing in it is changed in its place."""


def gone(rows: Iterable[Mapping[str, str]], withdrawals: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Say of each report that stands no more what became of it, by its id.

    ``withdrawals`` are the rows of the table of that name; a report may say so in columns of its own as well.

    >>> gone([{"report_id": "R0001"}, {"report_id": "R0002", "supersedes": "R0001", "recorded_on": "2026-01-31"}], [])
    {'R0001': 'R0002 corrects it since 2026-01-31'}
    """
    found: dict[str, str] = {}
    for row in rows:
        if row.get("supersedes"):
            found[row["supersedes"]] = f"{row['report_id']} corrects it since {row['recorded_on']}"
        if row.get("withdrawn_on"):
            found[row["report_id"]] = _withdrawn(row["withdrawn_on"], row.get("withdrawn_why", ""))
    return found | {row["report_id"]: _withdrawn(row["recorded_on"], row["why"]) for row in withdrawals}


def _withdrawn(day: str, why: str) -> str:
    return f"it was withdrawn on {day} ({why})"


def correction(old: Mapping[str, str], new: Mapping[str, str], header: Iterable[str]) -> Cells:
    """Give the record that corrects a report: the new one, with what it corrects and in which columns they differ."""
    differing = [part for part in header if old.get(part, "") != new.get(part, "")]
    why = f"its source says otherwise now: {', '.join(differing)}"
    return {**new, "supersedes": old["report_id"], "supersedes_why": why}
