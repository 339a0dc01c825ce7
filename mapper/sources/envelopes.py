"""What an interface or a download page gives out: JSON with its rows in an envelope, or the same rows as a table.

Both become one form of table, all as text. Only the columns that an importer names are read; a row of HXL tags is no
row.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources import files, plain, sheets
from mapper.sources.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mapper.sources.rows import Row

Slip = tuple[str, str, str, str]
"""A column, its value, what is wrong with it, and the remedy."""

DEGREES: Final = {"latitude": 90.0, "longitude": 180.0}
PEOPLE_DIGITS: Final = 10
"""More people than that there are not."""

FAILED: Final = ("errorMessages", "error_messages", "message", "error", "detail")
"""Where an envelope says why it holds nothing."""


def read(path: Path | str, *, keys: tuple[str, ...] = (), sheet: str | None = None) -> Sheet:
    """Read a file: JSON whose rows stand in the first of ``keys`` that it has, or a table as :mod:`sheets` reads it.

    ``keys`` may lead down: ``data.timeseries``. The number of a row in JSON is its place in the list, from 1. Raises
    :class:`mapper.errors.DataError`.
    """
    file = Path(path)
    if file.suffix.lower() != ".json":
        return sheets.read(file, sheet=sheet)
    shown = plain.named(path)
    if sheet is not None:
        raise errors.fault(shown, "has no sheets", "Leave --sheet out", value=sheet)
    return of_json(files.read_json(file, name=shown), shown, keys=keys)


def of_json(answer: Any, shown: str, *, keys: tuple[str, ...] = ()) -> Sheet:  # noqa: ANN401 -- JSON is any value
    """Make a table of what an interface has answered."""
    _refuse_failed(answer, shown)
    listed = answer if isinstance(answer, list) else next((found for found in _inside(answer, keys)), None)
    _refuse_a_page(answer, len(listed or ()), shown)
    if listed is None:
        wanted = " or ".join(f'{{"{key}": [...]}}' for key in keys) or "[...]"
        raise errors.fault(shown, "holds no list of rows", f"It must have the form {wanted}")
    header: dict[str, None] = {}
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, record in enumerate(listed, start=1):
        if not isinstance(record, dict):
            problem = "is no record with names and values"
            faults.append(Fault(shown, number, "", text(record), problem, "Get the file again"))
            continue
        cells = {printable(str(name)): text(value) for name, value in record.items()}
        header |= dict.fromkeys(cells)
        rows.append((number, cells))
    blank = dict.fromkeys(header, "")
    return Sheet(shown, list(header), [(number, blank | cells) for number, cells in rows], tuple(faults))


def _refuse_failed(answer: object, shown: str) -> None:
    if not isinstance(answer, dict) or not (answer.get("isSuccess") is False or answer.get("success") is False):
        return
    said = next((text(part) for part in _reasons(answer) if text(part)), "it gives no reason")
    raise errors.fault(shown, f"is an answer that says that it has failed ({errors.shown(said)})", "Ask for it again")


def _refuse_a_page(answer: object, count: int, shown: str) -> None:
    """Refuse a part of an answer that says how many rows the whole has: a sum of it would be too small."""
    told = answer.get("totalRecordsCount") if isinstance(answer, dict) else None
    if isinstance(told, int) and told > count:
        problem = f"holds {count} of {told} records"
        raise errors.fault(shown, problem, "Ask for all of them in one answer, with a larger page")


def _reasons(answer: Mapping[str, Any]) -> Iterator[object]:
    for name in FAILED:
        found = answer.get(name)
        yield from found if isinstance(found, list) else (found,)


def _inside(answer: object, keys: tuple[str, ...]) -> Iterator[list[Any]]:
    for key in keys:
        found = answer
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if isinstance(found, list):
            yield found


def text(value: object) -> str:
    """Write a value of JSON as a cell; a list or a record is called one, which is no value of any column."""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, float):
        whole = math.isfinite(value) and value.is_integer() and abs(value) < 1e15  # noqa: PLR2004 -- exact below
        return str(int(value)) if whole else repr(value)
    if isinstance(value, list | dict):
        what = "a list" if isinstance(value, list) else "a record"
        return f"{what}: {json.dumps(value)[: errors.SHOWN_VALUE_LENGTH]}"
    return "" if value is None else printable(str(value))


def printable(given: str) -> str:
    """Give text that can be written as UTF-8: JSON can hold halves of letters, which cannot."""
    return given.encode("utf-8", errors="replace").decode()


def is_tags(cells: Mapping[str, str]) -> bool:
    """Whether a row is one of HXL tags."""
    filled = [cell.strip() for cell in cells.values() if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def records(sheet: Sheet) -> Iterator[Row]:
    """Go through the rows, without one of HXL tags; cells have no blanks around them."""
    for number, cells in sheet.rows:
        if not is_tags(cells):
            yield number, {name: cell.strip() for name, cell in cells.items()}


def read_by(used: Mapping[str, str], ours: Iterable[str], sheet: Sheet) -> Iterator[Row]:
    """Give the rows by our names of columns; ``used`` are the sheet's for them, and what it lacks is empty."""
    for number, cells in records(sheet):
        yield number, {name: cells[used[name]] if name in used else "" for name in ours}


def columns(
    sheet: Sheet, known: Mapping[str, tuple[str, ...]], *, needed: Collection[str], what: str
) -> dict[str, str]:
    """Give for each of our names the column of the file: by the first of its spellings that is there.

    Case, blanks and marks do not count. Raises :class:`mapper.errors.DataError` with all that is missing at once;
    ``what`` says what the file should be.
    """
    there: dict[str, str] = {}
    for name in sheet.header:
        there.setdefault(_key(name), name)
    found: dict[str, str] = {}
    for ours, spellings in known.items():
        column = next((there[_key(one)] for one in spellings if _key(one) in there), None)
        if column is not None:
            found[ours] = column
    missing = [known[ours][0] for ours in known if ours in needed and ours not in found]
    if missing:
        remedy = f"Is it {what}? It has {', '.join(map(errors.shown, sheet.header[:12])) or 'no columns'}"
        raise errors.fault(sheet.name, "is missing", remedy, row=1, column=", ".join(missing))
    return found


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum() or letter == "#")


def left_out(sheet: Sheet, used: Mapping[str, str]) -> tuple[str, ...]:
    """Give the columns that are not taken over."""
    taken = set(used.values())
    return tuple(column for column in sheet.header if column not in taken)


def people(column: str, given: str) -> Iterator[Slip]:
    """Tell of a count that is none."""
    if not (given.isascii() and given.isdecimal() and len(given) <= PEOPLE_DIGITS):
        problem = "is empty" if not given else "is no whole number of people"
        yield column, given, problem, "Correct it at the source"


def degrees(column: str, given: str, side: str) -> Iterator[Slip]:
    """Tell of a latitude or longitude (``side``) that is none."""
    if not tables.NUMBER.fullmatch(given) or abs(float(given)) > DEGREES[side]:
        yield column, given, "is no number of degrees", "Is a column missing, or a line broken?"
