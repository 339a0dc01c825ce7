"""Each check of a table finds its fault, with file, row, column, value and remedy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from mapper import keys, tables

if TYPE_CHECKING:
    from mapper.errors import Fault

SCHEMA = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "pattern": r"R\d{4}"}},
        {"name": "pcode", "type": "string", "constraints": {"required": True}},
        {"name": "date", "type": "string", "constraints": {"required": True}},
        {"name": "status", "type": "string", "constraints": {"enum": ["junta", "eao"]}},
        {"name": "people", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "lon", "type": "number", "constraints": {"minimum": 92, "maximum": 102}},
        {"name": "recorded_on", "type": "date"},
    ],
    "primaryKey": ["id"],
    "foreignKeys": [{"fields": ["pcode"], "reference": {"resource": "townships", "fields": ["pcode"]}}],
}
GOOD = {
    "id": "R0001",
    "pcode": "MMR012017",
    "date": "2024-05",
    "status": "eao",
    "people": "12",
    "lon": "94.5",
    "recorded_on": "2026-01-01",
}
KEYS: keys.Keys = {("townships", ("pcode",)): {("MMR012017",), ("MMR012001",)}}


def faults(*rows: dict[str, str]) -> list[Fault]:
    frame = pd.DataFrame(list(rows), dtype=str)
    frame.index = pd.RangeIndex(2, 2 + len(rows))
    return tables.check("reports", frame, SCHEMA, file="reports.csv", known=KEYS)


def test_a_good_row_passes() -> None:
    assert faults(GOOD) == []


def test_a_table_without_fault_is_spared_the_slow_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandera.pandas", None)
    assert faults(GOOD) == []
    with pytest.raises(ImportError, match="pandera"):
        faults({**GOOD, "status": "nobody"})


@pytest.mark.parametrize(
    ("column", "value", "problem", "remedy"),
    [
        ("id", "1", "does not have its form", "It must match"),
        ("id", "", "is empty", "Fill it in"),
        ("date", "2024-13-01", "is not a date", "Write YYYY-MM-DD, or YYYY-MM"),
        ("date", "2023-02-31", "is not a date", "Write YYYY-MM-DD, or YYYY-MM"),
        ("date", "29/12/2024", "is not a date", "Write YYYY-MM-DD, or YYYY-MM"),
        ("recorded_on", "2026-01", "is not a date", "Write YYYY-MM-DD, such as"),
        ("status", "Junta", "is not a word of this column", "Use one of junta, eao"),
        ("people", "12,500", "is not a number", "without separators"),
        ("people", "-3", "is out of range", "between 0 and"),
        ("lon", "20.1", "is out of range", "were two columns swapped?"),
        ("pcode", "MMR012018", "is not in the table townships", "did you mean 'MMR012017'?"),
        ("status", "e\x07ao", "holds a control character", "Remove it"),
    ],
)
def test_a_bad_cell_is_told_with_its_place_and_remedy(column: str, value: str, problem: str, remedy: str) -> None:
    found = [fault for fault in faults(GOOD, {**GOOD, "id": "R0002", column: value}) if problem in fault.problem]
    assert [(fault.file, fault.row, fault.column, fault.value) for fault in found] == [
        ("reports.csv", 3, column, value)
    ]
    assert remedy in found[0].remedy


def test_an_id_that_occurs_twice_is_told_at_both_rows() -> None:
    found = faults(GOOD, GOOD)
    assert [(fault.row, fault.column, fault.problem) for fault in found] == [
        (2, "id", "occurs more than once"),
        (3, "id", "occurs more than once"),
    ]


def test_every_fault_is_collected() -> None:
    found = faults({**GOOD, "date": "soon", "status": "mine"}, {**GOOD, "id": "x", "people": "many"})
    assert {(fault.row, fault.column) for fault in found} == {(2, "date"), (2, "status"), (3, "id"), (3, "people")}


def test_a_misspelt_column_is_recognised() -> None:
    row = {("stauts" if column == "status" else column): value for column, value in GOOD.items()}
    found = faults(row)
    assert [(fault.column, fault.remedy) for fault in found if fault.problem == "is missing"] == [
        ("status", "Rename the column 'stauts'")
    ]
    assert [fault.column for fault in found if fault.problem == "is a column nobody knows"] == ["stauts"]


def test_a_faulty_table_reads_as_lines_with_a_count() -> None:
    (fault,) = faults({**GOOD, "date": "2024-13-01"})
    assert str(fault) == (
        "reports.csv, row 2, column 'date': '2024-13-01' is not a date. "
        "Write YYYY-MM-DD, or YYYY-MM if only the month is known."
    )
