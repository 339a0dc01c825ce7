"""Any table of reports or of figures, by a mapping that says which column is what, and what stands for the rest."""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from mapper import tables
from mapper.errors import Fault
from mapper.sources import days
from mapper.sources import harvest as harvests
from mapper.sources.harvest import SOURCE_COLUMNS, Item, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.sources.days import Order
    from mapper.sources.harvest import Harvest
    from mapper.sources.streams import Tabular

Slip = tuple[str, str, str, str]
"""A value that means nothing here: our column, the value, the problem, the remedy."""

PLACE: Final = ("pcode", "township", "state", "lon", "lat")
TOWNSHIP: Final = ("pcode", "township", "lon")
DATES: Final = ("date", "published")
JOINED: Final = re.compile(r"\s*(?:;|,|/|\+|&|\band\b)\s*")
"""What stands between two holders."""

REMEMBERED: Final = 50_000
"""So many different words are remembered."""

DEGREES: Final = re.compile(r"-?\d{1,3}(\.\d{1,12})?")
PEOPLE: Final = re.compile(r"\d{1,3}(,\d{3})+|\d+")
KIND_STATUS: Final = {"junta": "junta", "militia": "junta", "nug": "nug", "pdf": "nug", "eao": "eao"}
"""The status that a holder's kind means, where a file names the holder alone."""


@dataclass(frozen=True)
class TableMapping:
    """How a table is read."""

    table: str
    """``control_reports`` or ``displacement``."""
    columns: Mapping[str, str]
    """Our column, or a part of a place or source, to the file's: ``{"date": "Date of report"}``."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Our column to what stands in it for all rows, or where the file's cell is empty: ``{"scope": "township"}``."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Our column to the file's words and ours: ``{"status": {"Government": "junta"}}``."""
    dates: Order | None = None
    source: Mapping[str, str] = field(default_factory=dict)
    """What is said of the file as a source."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a package, as a file may write them: plain to ours."""

    words: Mapping[str, Mapping[str, str]]
    """By column: ``{"status": {"government": "junta"}}``; a column that is not here takes any text."""
    holders: Mapping[str, str]
    """Plain names and ids of actors to their ids."""
    kinds: Mapping[str, str]
    """Ids of actors to their kind."""


DOUBTS: Final = "?\uff1f"
"""``AA?`` is another word than ``AA``: whoever writes it is not sure, and must say what it is to mean."""


@functools.lru_cache(REMEMBERED)  # the same few words stand in every row
def plain(text: str) -> str:
    """Give a word without case, and without what stands between its letters."""
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter in DOUBTS)


def harvest(sheet: Tabular, mapping: TableMapping, words: Vocabulary) -> Harvest:
    """Read a table's rows by a mapping; a row with a value that means nothing is a fault, and is not taken.

    A table that is read while one goes through it stays so: its rows are read when they are asked for.
    """
    used = set(mapping.columns.values())
    found = harvests.of(
        sheet.name, mapping.table, lambda: _rows(sheet, mapping, words), whole=isinstance(sheet.rows, list)
    )
    return replace(
        found,
        faults=(*sheet.faults, *found.faults),
        columns=mapping.columns,
        left_out=tuple(column for column in sheet.header if column not in used),
        source=mapping.source,
    )


def _rows(sheet: Tabular, mapping: TableMapping, words: Vocabulary) -> Iterator[Item | Fault]:
    for number, cells in sheet.rows:
        given = {part: cells[column].strip() for part, column in mapping.columns.items()}
        given |= {part: text for part, text in mapping.fixed.items() if not given.get(part)}
        slips = list(_slips(given, mapping, words))
        if slips:
            yield from (Fault(sheet.name, number, mapping.columns.get(part, part), *slip) for part, *slip in slips)
        else:
            yield _item(number, given, mapping, words)


def _item(number: int, given: Mapping[str, str], mapping: TableMapping, words: Vocabulary) -> Item:
    point = given.get("lon") and given.get("lat")
    place = Place(
        given.get("pcode", ""),
        given.get("township", ""),
        given.get("state", ""),
        float(given["lon"]) if point else None,
        float(given["lat"]) if point else None,
        level=_level(given, mapping.table),
    )
    dates = {part: _date(part, given[part], mapping) or "" for part in DATES if given.get(part)}
    source = {part: dates.get(part, given[part]) for part in SOURCE_COLUMNS if given.get(part)}
    cells = {part: text for part, text in given.items() if part not in (*PLACE, *SOURCE_COLUMNS)}
    cells |= {part: _word(part, text, mapping, words) or text for part, text in cells.items() if part in words.words}
    if "date" in dates:
        cells["date"] = dates["date"]
        whole = len(dates["date"]) == len("2024-12-29")
        if mapping.table == "control_reports" or not whole:
            cells["date_precision"] = "day" if whole else "month"
        if mapping.table == "displacement" and not whole:
            cells["date"] = _month_end(dates["date"])
    if "holders" in given:
        held = [_holder(name, mapping, words) or "" for name in _split(given["holders"], mapping, words)]
        cells["holders"] = ";".join(dict.fromkeys(held))
        cells.setdefault("status", "")
        cells["status"] = cells["status"] or _status_of(held, words)
    if "people" in given:
        cells["people"] = given["people"].replace(",", "")
    return Item(number, cells, place, source)


def _slips(given: Mapping[str, str], mapping: TableMapping, words: Vocabulary) -> Iterator[Slip]:
    """Give each value that means nothing here."""
    yield from _unreadable(given, mapping)
    for part, known in words.words.items():
        if given.get(part) and _word(part, given[part], mapping, words) is None:
            ours = ", ".join(sorted(set(known.values())))
            remedy = f"Say what it means: --value '{part}:{given[part]}=...', one of {ours}"
            yield part, given[part], "is no word that is known", remedy
    for name in _split(given.get("holders", ""), mapping, words):
        if _holder(name, mapping, words) is None:
            remedy = f"Say who it is: --value 'holders:{name}=...', an id of actors.csv, or add it there"
            yield "holders", name, "is no actor that is known", remedy
    if mapping.table == "control_reports" and not given.get("status"):
        yield from _no_status(given, mapping, words)


def _unreadable(given: Mapping[str, str], mapping: TableMapping) -> Iterator[Slip]:
    """Give the dates, degrees and numbers that are none."""
    for part in DATES:
        if given.get(part) and _date(part, given[part], mapping) is None:
            remedy = "Write YYYY-MM-DD, or say with --dates dmy or --dates mdy what comes first"
            yield part, given[part], "is no date, or may be two", remedy
    for part in ("lon", "lat"):
        if given.get(part) and not DEGREES.fullmatch(given[part]):
            yield part, given[part], "is no number of degrees", "Write it as 96.19"
    if bool(given.get("lon")) != bool(given.get("lat")):
        yield "lat", "", "has no point without its other half", "Give both longitude and latitude, or neither"
    if given.get("people") and not PEOPLE.fullmatch(given["people"]):
        yield "people", given["people"], "is no whole number of people", "Write digits, such as 12500"


def _no_status(given: Mapping[str, str], mapping: TableMapping, words: Vocabulary) -> Iterator[Slip]:
    held = [_holder(name, mapping, words) for name in _split(given.get("holders", ""), mapping, words)]
    if None not in held and not _status_of([name for name in held if name], words):
        remedy = "Fill it in: junta, contested, nug or eao"
        yield "status", "", "is empty, and does not follow from who holds it", remedy


def _level(given: Mapping[str, str], table: str) -> str:
    """Tell what kind of place a row is about: a figure that names a state alone is one of the whole state."""
    wide = table == "displacement" and given.get("state") and not any(given.get(part) for part in TOWNSHIP)
    return given.get("level") or ("state" if wide else "township")


def _status_of(held: list[str], words: Vocabulary) -> str:
    """Give the status that holders mean, where it is one and the same for all."""
    found = {KIND_STATUS.get(words.kinds.get(name, ""), "") for name in held}
    return found.pop() if len(found) == 1 else ""


def _month_end(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"


def _date(part: str, text: str, mapping: TableMapping) -> str | None:
    """Read a date; of a page the year alone may be known."""
    if part == "published" and tables.YEAR.fullmatch(text) and tables.is_date(text):
        return text
    return days.read(text, order=mapping.dates)


def _word(part: str, text: str, mapping: TableMapping, words: Vocabulary) -> str | None:
    """Give our word for the file's: by the mapping, or by the package's vocabulary."""
    own = mapping.values.get(part, {})
    return own.get(text) or words.words[part].get(plain(text))


def _holder(name: str, mapping: TableMapping, words: Vocabulary) -> str | None:
    return mapping.values.get("holders", {}).get(name) or words.holders.get(plain(name))


def _split(text: str, mapping: TableMapping, words: Vocabulary) -> list[str]:
    """Give the holders in a cell; a name that is known as a whole stays one."""
    if not text.strip() or _holder(text.strip(), mapping, words):
        return [text.strip()] if text.strip() else []
    return [name for name in JOINED.split(text.strip()) if name]
