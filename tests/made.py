"""Made-up reports and packages for tests: short to write, so that a test shows only what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mapper import control, resolve

TOWNSHIP = "MMR012017"
RECORDED = dt.date(2026, 1, 1)
ASSUMES_JUNTA = control.ResolveOptions(
    baseline=control.Baseline("junta", ("SAC",), dt.date(2021, 2, 1)), umbrellas={"3BHA": ("AA", "MNDAA", "TNLA")}
)
HOLDERS = {"junta": ("SAC",), "eao": ("AA",), "nug": ("PDF",), "contested": ("AA", "SAC")}


def report(date: str, status: control.Status, **fields: object) -> control.Report:
    """Make a report: `date` as day or month; a whole township's event of medium confidence unless said otherwise."""
    month = len(date) == len("2024-05")
    values: dict[str, Any] = {
        "report_id": f"{date}-{status}",
        "pcode": TOWNSHIP,
        "date": dt.date.fromisoformat(f"{date}-01" if month else date),
        "precision": "month" if month else "day",
        "status": status,
        "holders": HOLDERS[status],
        "scope": "township",
        "main_town": False,
        "kind": "event",
        "confidence": "medium",
        "place": "",
        "claimant": "",
        "claimant_side": "",
        "source_id": "a-source",
        "finding": "as made up",
        "recorded_on": RECORDED,
    }
    return control.Report(**{**values, **fields})


def assess(
    on: str,
    *reports: control.Report,
    options: control.ResolveOptions = ASSUMES_JUNTA,
    known_on: dt.date | None = None,
) -> control.Assessment:
    """Resolve made-up reports at a date, where the junta is assumed since the coup unless said otherwise."""
    return resolve.resolve(TOWNSHIP, reports, dt.date.fromisoformat(on), options=options, known_on=known_on)


def verdicts(on: str, *reports: control.Report) -> dict[str, control.Verdict]:
    """Explain made-up reports at a date: report id to what became of it."""
    explained = resolve.explain(TOWNSHIP, reports, dt.date.fromisoformat(on), options=ASSUMES_JUNTA)
    return {verdict.report.report_id: verdict for verdict in explained.verdicts}
