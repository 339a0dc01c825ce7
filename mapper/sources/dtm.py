"""IOM's Displacement Tracking Matrix: the answers of its interface, version 3, and the same as CSV on HDX.

``{"result": [...], "isSuccess": true}``, or a table with a row of HXL tags. Counts are by country, by its first level
(state) and its second (district). https://dtm.iom.int. Figures of men and women are not taken over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper import tables
from mapper.errors import Fault
from mapper.sources import days, envelopes, rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.harvest import Harvest, Place
    from mapper.sources.sheets import Sheet

ROUND_DIGITS: Final = 5
KEYS: Final = ("result",)
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "country_code": ("admin0Pcode",),
    "country": ("admin0Name",),
    "state_code": ("admin1Pcode",),
    "state": ("admin1Name",),
    "district_code": ("admin2Pcode",),
    "district": ("admin2Name",),
    "level": ("adminLevel",),
    "operation": ("operation",),
    "people": ("numPresentIdpInd",),
    "date": ("reportingDate",),
    "round": ("roundNumber",),
    "reason": ("displacementReason",),
    "origin": ("idpOriginAdmin1Name",),
    "origin_code": ("idpOriginAdmin1Pcode",),
    "assessment": ("assessmentType",),
}
NEEDED: Final = frozenset({"country_code", "operation", "people", "date", "round"})
SOURCE: Final = {
    "source_id": "iom-dtm",
    "title": "Displacement Tracking Matrix",
    "publisher": "IOM",
    "url": "https://dtm.iom.int",
    "affiliation": "humanitarian",
    "title_kind": "descriptive",
}
BASIS: Final = {
    "basis": "total_dtm",
    "name_en": "Internally displaced people in the areas that IOM's DTM has assessed",
    "kind": "stock",
    "note": "areas differ by round and operation",
}


def harvest(sheet: Sheet, *, country: str, levels: Mapping[str, str], choice: rounds.Choice) -> tuple[Harvest, ...]:
    """Read the counts of ``country`` (its ISO code); ``levels`` are the kinds of the package's places, by code.

    People displaced by disasters are faults, since a map of control is not about them. Raises
    :class:`mapper.errors.DataError` where the file is not of this form.
    """
    used = envelopes.columns(sheet, COLUMNS, needed=NEEDED, what="a file of IOM's Displacement Tracking Matrix")
    return gathered(
        sheet, used, COLUMNS, lambda number, row: _read(number, row, country, levels), source=SOURCE, choice=choice
    )


def gathered(
    sheet: Sheet,
    used: Mapping[str, str],
    ours: Iterable[str],
    read: Callable[[int, Mapping[str, str]], Iterator[rounds.Count | Slip]],
    *,
    source: Mapping[str, str],
    choice: rounds.Choice,
) -> tuple[Harvest, ...]:
    """Read counts row by row, and make figures of them; HAPI's are the same in other columns."""
    counts: list[rounds.Count] = []
    faults: list[Fault] = list(sheet.faults)
    for number, row in envelopes.read_by(used, ours, sheet):
        for found in read(number, row):
            if isinstance(found, rounds.Count):
                counts.append(found)
            else:
                faults.append(Fault(sheet.name, number, used.get(found[0], found[0]), *found[1:]))
    return rounds.harvests(
        counts,
        name=sheet.name,
        basis=BASIS["basis"],
        source=source,
        choice=choice,
        faults=faults,
        columns=used,
        left_out=envelopes.left_out(sheet, used),
    )


def _read(
    number: int, row: Mapping[str, str], country: str, levels: Mapping[str, str]
) -> Iterator[rounds.Count | Slip]:
    if row["country_code"].upper() != country:
        yield "country_code", row["country_code"], f"is not {country}", "Use the rows of the package's country alone"
        return
    if row["reason"] and "conflict" not in row["reason"].casefold():
        yield "reason", row["reason"], "is no conflict", "Displacement by disasters has no table here"
        return
    origin = row["origin_code"] or row["origin"]
    part = "/".join((row["reason"], "" if origin.casefold() == rounds.NOT_AVAILABLE else origin))
    for found in counted(number, row, country, levels, unplaced="district"):
        yield replace(found, part=part) if isinstance(found, rounds.Count) else found


def counted(
    number: int,
    row: Mapping[str, str],
    country: str,
    levels: Mapping[str, str],
    *,
    unplaced: str,
    slips: Iterable[Slip] = (),
) -> Iterator[rounds.Count | Slip]:
    """Give what is wrong with a row, besides other ``slips``, and the count of one that has a place.

    ``unplaced`` is the column that is named where it has none.
    """
    told = [*slips, *_slips(row)]
    codes = [country, row["state_code"], row["district_code"]]
    names = [row["country"], row["state"], row["district"]]
    place = rounds.placed(codes, names, levels, level=rounds.deepest(codes, names, row["level"]))
    if (wrong := rounds.foreign_state(row["state_code"], levels)) is not None:
        told.append(("state_code", row["state_code"], *wrong))
    if place is None:
        told.append((unplaced, "", "names no place of its level", "Correct it at the source"))
    yield from told
    if place is not None:
        yield _count(number, row, place, broken=bool(told))


def _count(number: int, row: Mapping[str, str], place: Place, *, broken: bool) -> rounds.Count:
    """Give the count of a row, by our names of columns; of a ``broken`` one what can be read of it."""
    return rounds.Count(
        number,
        place,
        days.read(row["date"]) or "",
        0 if broken else int(row["people"]),
        row["operation"],
        int(row["round"] or 0) if not list(_round_slips(row)) else 0,
        row["assessment"],
        broken=broken,
    )


def _slips(row: Mapping[str, str]) -> Iterator[Slip]:
    """Tell of what is no count, no date or no round."""
    yield from envelopes.people("people", row["people"])
    if not tables.is_day(days.read(row["date"]) or ""):
        yield "date", row["date"], "is no date", "Write YYYY-MM-DD"
    yield from _round_slips(row)
    if not row["operation"].isprintable() or len(row["operation"]) > rounds.OPERATION_LENGTH:
        yield "operation", row["operation"], "is no name of an operation", "Is a column missing, or a line broken?"


def _round_slips(row: Mapping[str, str]) -> Iterator[Slip]:
    number = row["round"]
    if number and not (number.isascii() and number.isdecimal() and len(number) <= ROUND_DIGITS):
        yield "round", number, "is no number of a round", "Correct it at the source"
