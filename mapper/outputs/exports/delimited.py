"""Rows as CSV that a spreadsheet only shows."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RUNS: Final = re.compile("'*[=+\\-@\t\r]")
"""How a text begins that a spreadsheet would run. So does one behind apostrophes, so that taking one away from what
begins so gives back every text."""


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Write rows as CSV with LF line ends, true and false in lower case, and no cell that a spreadsheet runs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return harmless(value) if isinstance(value, str) else "" if value is None else str(value)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula: then it shows it, with or without.

    >>> harmless("=1+1"), harmless("'=1+1"), harmless("1+1")
    ("'=1+1", "''=1+1", '1+1')
    """
    return f"'{text}" if RUNS.match(text) else text
