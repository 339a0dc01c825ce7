"""Keys between tables: the values that one table's rows may point to in another, and rows that point to nothing."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from mapper.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd

Keys = dict[tuple[str, tuple[str, ...]], "set[tuple[str, ...]]"]
"""Values that a foreign key may take: ``{("townships", ("pcode",)): {("MMR012017",)}}``."""


def of(name: str, frame: pd.DataFrame, schema: Mapping[str, Any], columns: Collection[tuple[str, ...]]) -> Keys:
    """Collect the values that foreign keys may point to, for each of the asked-for column groups of a table."""
    known = {column["name"] for column in schema["fields"]} & set(frame.columns)
    return {
        (name, group): set(zip(*(frame[column] for column in group), strict=True))
        for group in columns
        if set(group) <= known
    }


def faults(frame: pd.DataFrame, schema: Mapping[str, Any], file: str, known: Keys) -> Iterator[Fault]:
    """Give each row that points to nothing in another table, and each whose own key of several columns is taken."""
    for foreign in schema.get("foreignKeys", []):
        columns, reference = foreign["fields"], foreign["reference"]
        there = known.get((reference["resource"], tuple(reference["fields"])))
        if there is None:
            continue
        for row, cells in zip(frame.index, zip(*(frame[column] for column in columns), strict=True), strict=True):
            if cells not in there and any(cells):
                slip = _unknown(", ".join(cells), reference["resource"], there)
                yield Fault(file, int(row), "+".join(columns), *slip)
    primary = schema.get("primaryKey", [])
    if len(primary) > 1:
        for row in frame.index[frame.duplicated(primary, keep=False)]:
            value = ", ".join(frame.loc[row, primary])
            yield Fault(file, int(row), "+".join(primary), value, "occurs more than once", "Keep one of the rows")


def _unknown(value: str, resource: str, known: set[tuple[str, ...]]) -> tuple[str, str, str]:
    """Say of a value that another table lacks what it may have meant: value, problem, remedy."""
    near = difflib.get_close_matches(value, [", ".join(key) for key in known], 1, cutoff=0.8)
    meant = f"; did you mean '{near[0]}'?" if near else ""
    return value, f"is not in the table {resource}", f"Correct it, or add it there first{meant}"
