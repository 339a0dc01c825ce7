"""Rows of ``control_reports.csv`` become reports; what only several columns together can show is checked here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper import control, records, tables
from mapper.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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
    """Turn a checked table into reports, in the order of the rows, with the faults between columns and rows.

    ``frame`` has text cells and row numbers as index. A faulty row gives faults and no report.
    """
    reports: list[control.Report] = []
    faults: list[Fault] = []
    corrections = _correction_slips(frame)
    for row in tables.rows(frame):
        slips = [*_slips(row, actors), *corrections.get(row.Index, ())]
        faults += [Fault(file, int(row.Index), *slip) for slip in slips]
        if not slips:
            reports.append(_report(row))
    return records.corrected(reports), faults


def withdrawn(frame: pd.DataFrame, taken: pd.DataFrame, *, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Put what the table of withdrawals says into the columns of the reports, with the faults between the two.

    ``frame`` are the reports and ``taken`` the withdrawals, both with text cells; ``file`` is the name of the latter.
    """
    if taken.empty:
        return frame, []
    own = frame.set_index("report_id")
    faults = []
    for row in tables.rows(taken):
        if own.loc[row.report_id, "withdrawn_on"]:
            remedy = "Withdraw it in one place: leave withdrawn_on empty in the table of reports"
            faults.append(Fault(file, int(row.Index), "report_id", row.report_id, "is withdrawn twice", remedy))
    told = taken.set_index("report_id")
    columns = {"withdrawn_on": told["recorded_on"], "withdrawn_why": told["why"]}
    return frame.assign(
        **{name: frame["report_id"].map(said).fillna(frame[name]) for name, said in columns.items()}
    ), faults


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
        supersedes=row.supersedes,
        supersedes_why=row.supersedes_why,
    )


def _correction_slips(frame: pd.DataFrame) -> dict[Any, list[_Slip]]:
    """Hold the records that correct others against those, by row number."""
    recorded = dict(zip(frame["report_id"], frame["recorded_on"], strict=True))
    corrects = {row.report_id: row.supersedes for row in tables.rows(frame) if row.supersedes}
    several = {name for name, count in Counter(corrects.values()).items() if count > 1}
    found: dict[Any, list[_Slip]] = {}
    for row in tables.rows(frame):
        slips = found.setdefault(row.Index, [])
        if bool(row.supersedes) != bool(row.supersedes_why):
            remedy = "Fill in both, or neither"
            slips.append(_Slip("supersedes_why", row.supersedes_why, "does not fit supersedes", remedy))
        if not row.supersedes:
            continue
        if row.supersedes not in recorded:
            slips.append(_Slip("supersedes", row.supersedes, "is no report", "Name the report that it corrects"))
        elif recorded[row.supersedes] > row.recorded_on:
            problem = f"was recorded on {recorded[row.supersedes]}, after this record"
            slips.append(_Slip("supersedes", row.supersedes, problem, "Correct one of the two"))
        if row.supersedes in several:
            remedy = "Let the later one correct the earlier"
            slips.append(_Slip("supersedes", row.supersedes, "is corrected by several records", remedy))
        if _comes_back(row.report_id, corrects):
            slips.append(_Slip("supersedes", row.supersedes, "leads back to this record", "Correct one of them"))
    return found


def _comes_back(report_id: str, corrects: Mapping[str, str]) -> bool:
    seen, name = set(), corrects.get(report_id, "")
    while name and name != report_id and name not in seen:
        seen.add(name)
        name = corrects.get(name, "")
    return name == report_id


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
