"""A table of statements, which may be larger than memory: gone through row by row, and added to at its end."""

from __future__ import annotations

import csv
import io
import itertools
import marshal
import sqlite3
import weakref
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.intake import spool
from mapper.intake.content import Pieces
from mapper.sources import files, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

UNHELD: Final = "events"
"""The one table that no part of the program holds in memory as a whole, and that may have any length."""

LIMIT: Final = files.TEXT_LIMIT
"""Bytes of any other: what is longer could not be opened any more."""

BATCH: Final = 1_000


class Ledger:
    """One table of a package; what is not changed stays byte for byte."""

    def __init__(self, name: str, path: str, header: list[str], place: Path | None, *, shown: str) -> None:
        """Know the file that it stands in, ``None`` for a table that the package lacks and that begins empty."""
        self.path, self.header = path, header
        self._name, self._place, self._shown = name, place, shown
        self._added = spool.Spool()
        self._changed: sqlite3.Connection | None = None
        self._widened: list[str] = []
        self._size, self._ending, self._mark, self._open_end = self._form()

    def _form(self) -> tuple[int, str, bytes, bool]:
        """Tell the file's length, line ends, byte-order mark, and whether its last line has no end."""
        if self._place is None:
            return 0, "\n", b"", False
        size = self._place.stat().st_size
        with files.reading(self._place, name=self._shown, limit=files.STREAM_LIMIT) as stream:
            first = stream.readline(rows.RECORD_LIMIT)
            stream.seek(max(size - 1, 0))
            last = stream.read(1)
        mark = rows.BOM if first.startswith(rows.BOM) else b""
        return size, "\r\n" if first.endswith(b"\r\n") else "\n", mark, last != b"\n"

    def rows(self) -> Iterator[dict[str, str]]:
        """Go through the rows that the file has."""
        if self._place is None:
            return
        with files.reading(self._place, name=self._shown, limit=files.STREAM_LIMIT) as stream:
            names = rows.header(stream, name=self._shown)
            stream.seek(0)
            for _, cells in rows.stream(stream, name=self._shown):
                yield dict(zip(names, cells, strict=True))

    @property
    def touched(self) -> bool:
        """Whether it differs from the file."""
        return bool(self._added.size or self._changed or self._widened)

    def widen(self, columns: Iterable[str]) -> None:
        """Add columns that the table does not have yet, empty in every row; before any row is added."""
        missing = [column for column in columns if column not in self.header]
        self.header = [*self.header, *missing]
        if self._place is not None:
            self._widened += missing

    def add(self, listed: Iterable[Mapping[str, str]]) -> None:
        """Add rows at the end; columns that they do not name are empty.

        Raises :class:`errors.DataError` where the table would be longer than one that can be opened.
        """
        for some in _batches(listed):
            self._added.add(self._lines(some))
            if self._name != UNHELD and self._size + self._added.size > LIMIT:
                problem = f"would be over {LIMIT / 1e6:,.0f} MB, more than a table of a package may have"
                remedy = "Take in fewer rows, such as those since a day; nothing was changed"
                raise errors.fault(self._shown, problem, remedy)

    def change(self, position: int, row: Mapping[str, str]) -> None:
        """Put other cells into the row at a position, counted from 0."""
        if self._changed is None:
            self._changed = sqlite3.connect("", isolation_level=None)
            weakref.finalize(self, self._changed.close)
            for line in ("PRAGMA journal_mode=OFF", "CREATE TABLE changed (position INTEGER PRIMARY KEY, cells BLOB)"):
                self._changed.execute(line)
        self._changed.execute("INSERT OR REPLACE INTO changed VALUES (?, ?)", (position, marshal.dumps(dict(row))))

    def content(self) -> Pieces:
        """Give the table as bytes, in the line ends that it had."""
        place = self._place
        if place is None or self._changed is not None or self._widened:
            return Pieces(self._rewritten)
        between = self._ending.encode() if self._open_end else b""
        return Pieces(lambda: itertools.chain(files.pieces(place), (between,), self._added.pieces()), self._size)

    def _rewritten(self) -> Iterator[bytes]:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator=self._ending).writerow(self.header)
        yield self._mark + buffer.getvalue().encode()
        for some in _batches(self._renewed()):
            yield self._lines(some)
        yield from self._added.pieces()

    def _renewed(self) -> Iterator[Mapping[str, str]]:
        for position, row in enumerate(self.rows()):
            found = None
            if self._changed is not None:
                found = self._changed.execute("SELECT cells FROM changed WHERE position = ?", (position,)).fetchone()
            yield row if found is None else marshal.loads(found[0])  # noqa: S302 -- this very process wrote it

    def _lines(self, listed: list[Mapping[str, str]]) -> bytes:
        """Write rows as CSV, exactly as they are: a table holds data, and is no spreadsheet's to run or to change."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator=self._ending)
        writer.writerows([row.get(column, "") for column in self.header] for row in listed)
        return buffer.getvalue().encode()


def _batches(listed: Iterable[Mapping[str, str]]) -> Iterator[list[Mapping[str, str]]]:
    through = iter(listed)
    while some := list(itertools.islice(through, BATCH)):
        yield some
