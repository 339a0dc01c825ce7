"""Rows as CSV that a spreadsheet only shows."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

RUNS: Final = re.compile("'*[=+\\-@\t\r]")
"""How a text begins that a spreadsheet would run. So does one behind apostrophes, so that taking one away from what
begins so gives back every text."""


PIECE: Final = 1_000
"""Rows that are written together."""


def table_text(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Write a table of a package as it is read: every cell as it stands."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Write rows as CSV with LF line ends, true and false in lower case, and no cell that a spreadsheet runs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue()


def csv_pieces(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[bytes]:
    """Write the same piece by piece, where there may be more rows than memory holds."""
    yield csv_text([], columns).encode()
    through = iter(rows)
    while some := list(itertools.islice(through, PIECE)):
        yield csv_text(some, columns).partition("\n")[2].encode("utf-8", "replace")


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
