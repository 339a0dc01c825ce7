"""From the bytes of a CSV table to its header and rows, with every fault that reading meets.

It reads line by line, so that a table with one endless line or cell is refused before it fills the memory.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from mapper.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

RECORD_LIMIT: Final = 1_000_000
"""Bytes of one record, over all its lines."""

CELL_LIMIT: Final = 131_072
"""Characters of one cell: the csv module's own default, which other libraries raise for the whole process."""

FAULT_LIMIT: Final = 500
"""Where so many lines are wrong the file is something else; nobody reads on."""

DELIMITERS: Final = ",;\t|"
"""What stands between cells: the comma of our own tables first, then what other programs write."""

BOM: Final = b"\xef\xbb\xbf"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

Record = tuple[int, list[str]]
"""The line on which a record starts, as an editor counts, and its cells, as many as the header has."""

Row = tuple[int, dict[str, str]]
"""The same with the cells by column: ``(2, {"pcode": "MMR012017"})``."""


def parse(stream: BinaryIO, *, name: str, delimiter: str = ",") -> tuple[list[str], list[Row]]:
    """Parse a table in UTF-8, with or without a byte-order mark, lines ending in LF or CRLF; by default with commas.

    Raises :class:`mapper.errors.DataError` with every fault found; ``name`` is what its messages call the file.
    """
    reading = _Reading(name)
    listed = list(_records(reading, stream, delimiter))
    reading.refuse()
    return reading.header, [(line, dict(zip(reading.header, cells, strict=True))) for line, cells in listed]


def stream(stream: BinaryIO, *, name: str, delimiter: str = ",", header: list[str] | None = None) -> Iterator[Record]:
    """Read a table's records one by one, for a table that may be larger than memory; ``parse`` tells of its form.

    ``header`` names the columns of a table that begins with its first row. Raises :class:`mapper.errors.DataError`
    after the last record, with every fault found: only then is the table known to be sound.
    """
    reading = _Reading(name)
    reading.header = header or []
    yield from _records(reading, stream, delimiter)
    reading.refuse()


def header(stream: BinaryIO, *, name: str, delimiter: str = ",") -> list[str]:
    """Read the names of a table's columns; raises :class:`mapper.errors.DataError` where there are none.

    What else is wrong in the table is told when all of it is read.
    """
    reading = _Reading(name)
    next(_records(reading, stream, delimiter), None)
    if not reading.header:
        reading.refuse()
    return reading.header


class _Limited:
    """Holds the csv module to our limit for one record: it has one for the whole process, which others raise."""

    def __enter__(self) -> None:
        self.before = csv.field_size_limit(CELL_LIMIT)

    def __exit__(self, *_: object) -> None:
        csv.field_size_limit(self.before)


def _records(reading: _Reading, stream: BinaryIO, delimiter: str) -> Iterator[Record]:
    records = csv.reader(reading.lines(stream), delimiter=delimiter, strict=True)
    limited = _Limited()
    while len(reading.faults) < FAULT_LIMIT:
        reading.start_record()
        try:
            with limited:
                cells = next(records)
        except StopIteration:
            break
        except _StopError:
            break
        except csv.Error as error:
            reading.malformed(str(error))
            break
        if not cells:
            continue
        if not reading.header:
            reading.header = _header(cells, reading)
        elif len(cells) == len(reading.header):
            yield reading.first, cells
        else:
            _miscounted(cells, reading)


class _StopError(Exception):
    """Reading cannot go on; the fault is noted."""


class _Reading:
    """Where reading stands: the header, the record begun, the line reached, and the faults so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.header: list[str] = []
        self.faults: list[Fault] = []
        self.line = 0
        self.first = 1
        self.taken = 0

    def start_record(self) -> None:
        self.first, self.taken = self.line + 1, 0

    def fault(self, row: int, column: str, value: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.name, row, column, value, problem, remedy))

    def refuse(self) -> None:
        if not self.header and not self.faults:
            self.fault(0, "", "", "is empty", "Give it a header row")
        if self.faults:
            raise DataError(self.faults)

    def malformed(self, message: str) -> None:
        if "unexpected end of data" in message:
            self.fault(self.first, "", "", "opens a quote that is never closed", "Close it, or double it inside a cell")
        elif "field larger" in message:
            problem = f"has a cell of over {CELL_LIMIT:,} characters"
            self.fault(self.first, "", "", problem, "Look for a quote that is never closed, or shorten the cell")
        elif "new-line character" in message:
            self.fault(self.first, "", "", "ends its lines with CR alone", "Save it with LF or CRLF line ends")
        else:
            problem = f"is not CSV ({message})"
            self.fault(self.first, "", "", problem, "Put the cell in quotes, and double the quotes inside it")

    def lines(self, stream: BinaryIO) -> Iterator[str]:
        """Decode line by line; a line that is not UTF-8 is told and read on from, its bad bytes replaced."""
        offset = 0
        while line := stream.readline(RECORD_LIMIT + 1):
            self.line += 1
            self.taken += len(line)
            if self.taken > RECORD_LIMIT:
                problem = f"starts a record of over {RECORD_LIMIT:,} bytes"
                self.fault(self.first, "", "", problem, "Look for a quote that is never closed, or shorten the cell")
                raise _StopError
            if line.startswith(UTF_16) and offset == 0:
                self.fault(0, "", "", "is in UTF-16, not UTF-8", "Save the file as UTF-8")
                raise _StopError
            yield self._decoded(line, offset)
            offset += len(line)

    def _decoded(self, line: bytes, offset: int) -> str:
        skipped = len(BOM) if offset == 0 and line.startswith(BOM) else 0
        if b"\0" in line:
            self.fault(self.line, "", "", "holds a NUL byte", "Remove it; is this a text file?")
        try:
            return line[skipped:].decode("utf-8")
        except UnicodeDecodeError as error:
            at = skipped + error.start
            problem = f"is not UTF-8 (byte {at + 1} of the line, {offset + at + 1} of the file)"
            self.fault(self.line, "", f"0x{line[at]:02X}", problem, "Save the file as UTF-8")
            return line[skipped:].decode("utf-8", errors="replace")


def _header(cells: list[str], reading: _Reading) -> list[str]:
    row = reading.first
    if len(cells) == 1 and any(mark in cells[0] for mark in DELIMITERS[1:]):
        reading.fault(row, "", cells[0], "has no commas", "Save the table with commas between the cells")
    for position, name in enumerate(cells, start=1):
        if not name.strip():
            reading.fault(row, "", "", f"has no name for column {position}", "Name it, or delete the column")
        elif name in cells[: position - 1]:
            reading.fault(row, name, "", "is a column that comes twice", "Rename or delete one")
    return cells


def _miscounted(cells: list[str], reading: _Reading) -> None:
    much = "too many" if len(cells) > len(reading.header) else "too few"
    problem = f"has {much} cells: {len(cells)}, where the header has {len(reading.header)}"
    reading.fault(reading.first, "", "", problem, "Put a cell with a comma in quotes; write an empty cell for no value")
