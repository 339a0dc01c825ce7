"""Rows of ``control_reports.csv`` become reports; what only several columns together can show is checked here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper import control, tables
from mapper.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd


class _Slip(NamedTuple):
    """A fault before it knows its file and row."""

    column: str
    value: str
    problem: str
    remedy: str


def read_reports(
    frame: pd.DataFrame, *, file: str, actors: Collection[str]
) -> tuple[tuple[control.Report, ...], list[Fault]]:
    """Turn a checked table into reports, in the order of the rows, with the faults between columns.

    ``frame`` has text cells and row numbers as index. A faulty row gives faults and no report.
    """
    reports: list[control.Report] = []
    faults: list[Fault] = []
    for row in tables.rows(frame):
        slips = list(_slips(row, actors))
        faults += [Fault(file, int(row.Index), *slip) for slip in slips]
        if not slips:
            reports.append(_report(row))
    return tuple(reports), faults


def _report(row: Any) -> control.Report:  # noqa: ANN401 -- a pandas row has no static type
    return control.Report(
        report_id=row.report_id,
        pcode=row.pcode,
        date=tables.first_day(row.date),
        precision=row.date_precision,
        status=row.status,
        holders=tuple(sorted(row.holders.split(";"))),
        scope=row.scope,
        main_town=row.main_town == "yes",
        kind=row.kind,
        confidence=row.confidence,
        place=row.place,
        claimant=row.claimant,
        claimant_side=row.claimant_side,
        source_id=row.source_id,
        finding=row.finding,
        recorded_on=dt.date.fromisoformat(row.recorded_on),
        withdrawn_on=dt.date.fromisoformat(row.withdrawn_on) if row.withdrawn_on else None,
        withdrawn_why=row.withdrawn_why,
        doubt=row.doubt,
    )


def _slips(row: Any, actors: Collection[str]) -> Iterator[_Slip]:  # noqa: ANN401 -- see _report
    if row.date_precision != ("day" if tables.is_day(row.date) else "month"):
        yield _Slip("date_precision", row.date_precision, f"does not fit the date {row.date}", "Write day or month")
    for name in row.holders.split(";"):
        if name not in actors:
            yield _Slip("holders", name, "is not an actor", "Correct it, or add it to actors.csv first")
    if row.scope == "town" and not row.main_town:
        yield _Slip("main_town", "", "is empty though the scope is a town", "Write yes for the main town, else no")
    if row.scope != "town" and row.main_town:
        yield _Slip("main_town", row.main_town, f"is filled though the scope is {row.scope}", "Leave it empty")
    if tables.first_day(row.date) > dt.date.fromisoformat(row.recorded_on):
        yield _Slip("date", row.date, f"is after {row.recorded_on}, when it was recorded", "Correct one of the two")
    if bool(row.withdrawn_on) != bool(row.withdrawn_why):
        yield _Slip("withdrawn_why", row.withdrawn_why, "does not fit withdrawn_on", "Fill in both, or neither")
    if row.withdrawn_on and row.withdrawn_on < row.recorded_on:
        yield _Slip(
            "withdrawn_on", row.withdrawn_on, f"is before {row.recorded_on}, when it was recorded", "Correct it"
        )
