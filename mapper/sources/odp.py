"""UNHCR's Operational Data Portal: people by country, and by day or month, as its pages get them in JSON.

``{"data": [{"geomaster_name": ..., "individuals": ..., "date": ...}]}``, or
``{"data": {"timeseries": [{"data_date": ..., "individuals": ...}]}}``. Neither says what is counted, so the user must.
Each country has a date of its own, and figures of two dates are never added. Points are not taken over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources import days, envelopes
from mapper.sources.harvest import Harvest, Item, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.sheets import Sheet

KEYS: Final = ("data.timeseries", "data")
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("geomaster_name",),
    "people": ("individuals",),
    "date": ("date", "data_date"),
}
NEEDED: Final = frozenset({"people", "date"})
SOURCE: Final = {
    "source_id": "unhcr-odp",
    "title": "Operational Data Portal",
    "publisher": "UNHCR",
    "url": "https://data.unhcr.org",
    "affiliation": "humanitarian",
    "title_kind": "as_published",
}
INSIDE: Final = "idps"


@dataclass(frozen=True)
class Meaning:
    """What the figures are, as the user says it, since the file does not."""

    measure: str
    basis: str
    qualifier: str = "exact"
    place: str = ""
    """Of all rows, for a series that names none."""


def harvest(
    sheet: Sheet, meaning: Meaning, *, country: str, name: str, codes: Mapping[str, str]
) -> tuple[Harvest, ...]:
    """Read figures of a country, of an ISO code and a name; ``codes`` are those of countries, by their names.

    People of the measure ``idps`` are in the country, others in one of ``codes``; another name is a fault, since the
    same file lists provinces as well. Raises :class:`mapper.errors.DataError` where the file is not of this form.
    """
    used = envelopes.columns(sheet, COLUMNS, needed=NEEDED, what="an answer of UNHCR's Operational Data Portal")
    if "place" not in used and not meaning.place:
        remedy = "It is a series of one place: say which with --set country=NAME"
        raise errors.fault(sheet.name, "is missing", remedy, row=1, column="geomaster_name")
    inside = meaning.measure == INSIDE
    items: list[Item] = []
    faults: list[Fault] = list(sheet.faults)
    for number, row in envelopes.read_by(used, COLUMNS, sheet):
        row["place"] = row["place"] or meaning.place
        slips = list(_slips(row))
        if not inside:
            slips += _abroad_slips(row["place"], name, codes)
        faults += [Fault(sheet.name, number, used.get(part, part), *slip) for part, *slip in slips]
        if slips:
            continue
        figure = {
            "date": days.read(row["date"]) or "",
            "date_precision": "day",
            "people": row["people"],
            "measure": meaning.measure,
            "qualifier": meaning.qualifier,
            "basis": meaning.basis,
        }
        if inside:
            whole = row["place"].casefold() == name.casefold()
            place = Place(country, name, level="country") if whole else Place(name=row["place"], level="state")
            items.append(Item(number, figure, place))
        else:
            found = {"country": row["place"], "country_iso3": codes[row["place"].casefold()]}
            items.append(Item(number, {**figure, **found}))
    table = "displacement" if inside else "refugees"
    out = envelopes.left_out(sheet, used)
    return (Harvest(sheet.name, table, tuple(items), tuple(faults), used, out, SOURCE),)


def _slips(row: Mapping[str, str]) -> Iterator[Slip]:
    yield from envelopes.people("people", row["people"])
    if not tables.is_day(days.read(row["date"]) or ""):
        yield "date", row["date"], "is no date", "Write YYYY-MM-DD"
    if not row["place"]:
        yield "place", "", "is empty", "Correct it at the source"


def _abroad_slips(place: str, name: str, codes: Mapping[str, str]) -> Iterator[Slip]:
    if place.casefold() == name.casefold():
        yield "place", place, "is the country itself", "Take in people displaced in it with --set measure=idps"
    elif place and place.casefold() not in codes:
        remedy = f"If it is one and no part of one, say its code: --value 'country:{place}=...', such as THA"
        yield "place", place, "is no country that is known", remedy
