"""Tables as other programs save them: CSV with any usual separator, XLSX and ODS, all as text by row and column.

Nothing in them is run: of a formula, which is no statement of anybody's, the row is told and refused. Archives are
judged by their directory before a byte is unpacked, and XML is read without expanding what it defines.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper import errors
from mapper.errors import Fault
from mapper.sources import archive, files, plain, rows, sheets_ods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.sources.rows import Row

SHEET_LIMIT: Final = 400_000_000
"""Bytes of a spreadsheet, unpacked."""

ROW_LIMIT: Final = 1_048_576
COLUMN_LIMIT: Final = 1_000
CELLS_LIMIT: Final = 3_000_000
"""Filled cells of a workbook, which is held in memory; CSV is read row by row, and may have any number."""

BLANK_LIMIT: Final = 1_000
"""After so many empty rows a sheet has ended; the rest is formatting."""

ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".ods")
WORKBOOKS: Final = (".xlsx", ".ods")
FORMULA: Final = "\N{BALLOT X}formula"
"""Stands in a cell that is a formula, until the row is refused."""


@dataclass(frozen=True)
class Sheet:
    """A table from outside; every cell is text, a date ``YYYY-MM-DD``."""

    name: str
    """What messages call it."""
    header: list[str]
    rows: list[Row]
    """The row's number in the file, as its program counts, and its cells by column."""
    faults: tuple[Fault, ...] = field(default=())
    """Rows that cannot be taken as they are; none of them is in ``rows``."""


def read(path: Path | str, *, sheet: str | None = None) -> Sheet:
    """Read a table; ``sheet`` names one of a workbook that has several.

    Raises :class:`mapper.errors.DataError` with what is wrong with the file as a whole.
    """
    file = Path(path)
    ending = file.suffix.lower()
    shown = plain.named(path)
    if ending not in ENDINGS:
        remedy = f"Save it as one of {', '.join(ENDINGS)}"
        raise errors.fault(shown, "is no table that is read", remedy, value=ending)
    raw = files.read_whole(file, name=shown)
    if ending in WORKBOOKS:
        return of_grid(grid(raw, shown, ending, sheet), shown)
    if sheet is not None:
        raise errors.fault(shown, "has no sheets", "Leave --sheet out", value=sheet)
    return of_text(raw, shown)


def of_text(raw: bytes, shown: str, *, header: list[str] | None = None) -> Sheet:
    """Parse the bytes of a CSV file; in UTF-16 too, where a mark at its start says so.

    ``header`` names the columns of a file that begins with its first row.
    """
    if raw.startswith(rows.UTF_16):
        try:
            raw = raw.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise errors.fault(shown, "is cut off in the middle of a letter", "Save the file as UTF-8") from None
    between = delimiter(raw)
    names = header or rows.header(io.BytesIO(raw), name=shown, delimiter=between)
    clean = [name.strip() for name in names]
    refuse_repeated(clean, shown)
    listed = rows.stream(io.BytesIO(raw), name=shown, delimiter=between, header=header)
    return Sheet(
        shown,
        clean,
        [(line, dict(zip(clean, cells, strict=True))) for line, cells in listed if any(map(str.strip, cells))],
    )


def delimiter(raw: bytes) -> str:
    """Tell from a text's first line what stands between its cells."""
    first = raw.removeprefix(rows.BOM).partition(b"\n")[0].decode("utf-8", errors="replace")
    return max(rows.DELIMITERS, key=first.count)


def refuse_repeated(header: list[str], shown: str) -> None:
    """Refuse a table two of whose columns have one name."""
    for name in header:
        if header.count(name) > 1:
            raise errors.fault(shown, "is a column that comes twice", "Rename or delete one", row=1, column=name)


def grid(raw: bytes, shown: str, ending: str, sheet: str | None) -> list[list[str]]:
    """Give the rows of a workbook's one sheet, or of the one that is named, from the top and as they stand."""
    _refuse_unsafe(raw, shown)
    try:
        if ending == ".ods":
            found = sheets_ods.read(raw, rows=ROW_LIMIT, columns=COLUMN_LIMIT, cells=CELLS_LIMIT, formula=FORMULA)
        else:
            found = dict(_xlsx(raw))
    except errors.MapperError:
        raise
    except Exception as error:  # noqa: BLE001 -- the readers of XLSX and XML share no base for what a broken file raises
        problem = f"cannot be read as {ending[1:].upper()} ({type(error).__name__}: {_line(error)})"
        raise errors.fault(shown, problem, "Open it in its program, and save it again or as CSV") from None
    return _chosen(found, shown, sheet)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[: errors.SHOWN_VALUE_LENGTH]


def _refuse_unsafe(raw: bytes, shown: str) -> None:
    """Unpack every entry once, and keep nothing: so a directory that lies about sizes is found out first."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as opened:
            archive.refuse_unsafe(opened.infolist(), shown, limit=SHEET_LIMIT)
            for entry in opened.infolist():
                with opened.open(entry) as stream:
                    while stream.read(1 << 20):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        problem = f"is not a readable workbook ({error})"
        raise errors.fault(shown, problem, "Open it in its program, and save it again or as CSV") from None


def _xlsx(raw: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Give each sheet of an XLSX by its name."""
    import openpyxl  # noqa: PLC0415 -- slow to import, and only a workbook needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep, such as a drop-down list, does not matter here
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        try:
            for sheet in book.worksheets:
                yield sheet.title, _filled(sheet.iter_rows(values_only=True, max_col=COLUMN_LIMIT, max_row=ROW_LIMIT))
        finally:
            book.close()


def _filled(listed: Iterator[tuple[Any, ...]]) -> list[list[str]]:
    """Give rows as text up to the last that holds anything."""
    found: list[list[str]] = []
    blank = count = 0
    for values in listed:
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        blank = 0 if cells else blank + 1
        found.append(cells)
        count += len(cells)
        if count > CELLS_LIMIT:
            raise ValueError(f"it holds more than {CELLS_LIMIT:,} cells")
        if blank > BLANK_LIMIT:
            break
    return found


def _text(value: object) -> str:
    """Write a cell's value; openpyxl gives a formula as text that begins with ``=``, or as an object."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 -- exact below
    return str(value) if isinstance(value, str | int) and not str(value).startswith("=") else FORMULA


def _chosen(found: dict[str, list[list[str]]], shown: str, sheet: str | None) -> list[list[str]]:
    filled = {name: listed for name, listed in found.items() if any(listed)}
    if sheet is not None and sheet in found:
        return found[sheet]
    listed = ", ".join(map(errors.shown, filled)) or "none"
    if sheet is not None:
        raise errors.fault(shown, "is no sheet of it", f"Give --sheet one of {listed}", value=sheet)
    if not filled:
        raise errors.fault(shown, "is empty", "Give it a header row")
    if len(filled) > 1:
        raise errors.fault(shown, f"has {len(filled)} sheets with something in them", f"Give --sheet one of {listed}")
    return next(iter(filled.values()))


TITLES: Final = 50
"""Rows among which the header must be."""


def of_grid(listed: list[list[str]], shown: str) -> Sheet:
    """Take the first row as the header that fills half of the width; what stands above it is a title.

    Rows count as the program shows them.
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in listed[:TITLES]]
    widest = max(filled, default=0)
    if not widest:
        raise errors.fault(shown, "is empty", "Give it a header row")
    at = next(position for position, count in enumerate(filled) if 2 * count >= widest)
    header = [name.strip() for name in listed[at]]
    for position, name in enumerate(header, start=1):
        if not name or name == FORMULA:
            remedy = "Name it, or delete the column"
            raise errors.fault(shown, f"has no name for column {position}", remedy, row=at + 1)
    refuse_repeated(header, shown)
    kept: list[Row] = []
    faults: list[Fault] = []
    for number, cells in enumerate(listed[at + 1 :], start=at + 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            problem, remedy = (
                f"has {len(cells)} cells, where the header has {len(header)}",
                "Name the column, or clear it",
            )
            faults.append(Fault(shown, number, "", cells[-1], problem, remedy))
            continue
        named = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
        formulas = [name for name, cell in named.items() if cell == FORMULA]
        remedy = "Copy the column and paste it as values"
        faults += [Fault(shown, number, name, "", "is a formula, not a value", remedy) for name in formulas]
        if not formulas:
            kept.append((number, named))
    return Sheet(shown, header, kept, tuple(faults))
