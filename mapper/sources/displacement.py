"""Figures of displaced people: typed columns, and the checks between columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import tables
from mapper.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd


def typed_figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Give figures by id, with dates as ``datetime.date`` and people as whole numbers."""
    typed = frame.assign(
        date=frame["date"].map(tables.first_day).astype(object), people=frame["people"].astype("int64")
    )
    return typed.set_index("figure_id").sort_index()


def typed_movements(frame: pd.DataFrame) -> pd.DataFrame:
    """Give movements by id, with dates as ``datetime.date`` and people as whole numbers."""
    days = {name: frame[name].map(tables.first_day).astype(object) for name in ("date_from", "date_to")}
    typed = frame.assign(**days, people=frame["people"].astype("int64"))
    return typed.set_index("movement_id").sort_index()


def period_faults(frame: pd.DataFrame, *, file: str) -> Iterator[Fault]:
    """Hold the two days of each movement against each other: from the second one on it counts."""
    for row in tables.rows(frame):
        if row.date_to < row.date_from:
            problem, remedy = f"is before date_from, {row.date_from}", "Correct one of the two; were they swapped?"
            yield Fault(file, int(row.Index), "date_to", row.date_to, problem, remedy)


def level_faults(frame: pd.DataFrame, *, file: str, codes: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Hold each figure's level against its P-code: a figure drawn on the wrong kind of place misleads.

    ``codes`` are those of each level that has any; groups of places have none.
    """
    for row in tables.rows(frame):
        if row.pcode not in codes.get(row.level, ("",)):
            problem = f"is not the P-code of a {row.level.replace('_', ' ')}"
            yield Fault(file, int(row.Index), "pcode", row.pcode, problem, "Correct the code or the level")
