"""UNHCR's Refugee Population Statistics: the tables population, demographics and flows, told apart by their headers.

As the Refugee Data Finder and the R package ``refugees`` give them, CC BY 4.0. Figures are of the end of a year. How a
place is labelled changes by year: ``Sagaing : Region`` or ``Chin State`` until 2023, ``Chin [Admin 1]`` from 2024 on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources.harvest import Harvest, Item, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.sources.sheets import Sheet

SOURCE: Final = {
    "source_id": "unhcr-refugee-data-finder",
    "title": "Refugee Population Statistics",
    "publisher": "UNHCR",
    "url": "https://www.unhcr.org/refugee-statistics",
    "affiliation": "humanitarian",
    "sensitivity": "public",
    "licence": "CC-BY-4.0",
    "title_kind": "as_published",
}
KEYS: Final = ("items",)
"""Where an answer of the Refugee Data Finder's interface has its rows."""

Slip = tuple[str, str, str, str]
"""A column, its value, what is wrong with it, and the remedy."""

COMMON: Final = ("year", "coo_iso", "coa_name", "coa_iso")
POPULATION: Final = ("refugees", "asylum_seekers")
FLOWS: Final = ("refugees", "asylum_seekers", "refugee_like")

LABEL: Final = re.compile(r"\s*(?::?\s*\b(?:State|Region)|\[Admin 1\])\s*$")
"""What stands behind a state's or region's name, in any form."""

GROUP: Final = re.compile(r"\s*:\s*(?P<kind>Regional|Township) grouping.*$")
GROUPS: Final = {"Regional": "region_group", "Township": "township_group"}
NOWHERE: Final = re.compile(r"Dispersed in the country|Unknown", re.IGNORECASE)


Read = Callable[["Mapping[str, str]", str, str], "Iterator[Item | Slip]"]
"""Reads the cells of one row, for a country of a code and a name."""


def harvest(sheet: Sheet, *, country: str, name: str) -> tuple[Harvest, ...]:
    """Read a table of UNHCR's; ``country`` is the package's ISO code, ``name`` what it is called.

    Raises :class:`mapper.errors.DataError` where the header is of none of the three tables.
    """
    header = set(sheet.header)
    missing = [column for column in COMMON if column not in header]
    if missing:
        remedy = "It needs year, coo_iso, coa_name and coa_iso, as the tables of the Refugee Data Finder have them"
        raise errors.DataError(Fault(sheet.name, 1, column, "", "is missing", remedy) for column in missing)
    if {"pop_type", "location", "total"} <= header:
        return (_made(sheet, "displacement", _displaced_by_place, country, name),)
    if "refugee_like" in header:
        return (_made(sheet, "movements", _flows, country, name),)
    if {"idps", *POPULATION} <= header:
        inside = _made(sheet, "displacement", _displaced, country, name)
        return (_made(sheet, "refugees", _abroad, country, name), inside)
    remedy = "Use the table population, demographics or flows"
    raise errors.fault(sheet.name, "is none of UNHCR's tables that are read", remedy, row=1)


def _made(sheet: Sheet, table: str, read: Read, country: str, name: str) -> Harvest:
    items: list[Item] = []
    faults: list[Fault] = list(sheet.faults)
    for number, cells in sheet.rows:
        if cells["year"].startswith("#"):
            continue  # the row of HXL tags
        if not tables.YEAR.fullmatch(cells["year"].strip()) or not tables.is_date(cells["year"].strip()):
            faults.append(Fault(sheet.name, number, "year", cells["year"], "is no year", "Write four digits"))
            continue
        dated = {} if table == "movements" else {"date": f"{cells['year'].strip()}-12-31"}
        for found in read(cells, country, name):
            if isinstance(found, Item):
                items.append(Item(number, {**dated, **found.cells}, found.place))
            else:
                faults.append(Fault(sheet.name, number, *found))
    return Harvest(sheet.name, table, tuple(items), tuple(faults), {"date": "year"}, source=SOURCE)


def _people(cells: Mapping[str, str], column: str) -> str | Slip | None:
    """Give a figure; ``None`` where the cell is empty, which is not nought."""
    text = cells.get(column, "").strip()
    if text in ("", "NA"):
        return None
    if not text.isdecimal():
        return column, text, "is no whole number of people", "Correct it at the source"
    return text


def _figures(cells: Mapping[str, str], columns: tuple[str, ...]) -> Iterator[tuple[str, str] | Slip]:
    for column in columns:
        found = _people(cells, column)
        if isinstance(found, str):
            yield column, found
        elif found is not None:
            yield found


def _abroad(cells: Mapping[str, str], country: str, _: str) -> Iterator[Item | Slip]:
    """Give people of the country in another one; what concerns others is told, once, here."""
    if cells["coo_iso"] != country:
        yield "coo_iso", cells["coo_iso"], f"is not {country}", "Figures of people from elsewhere are not taken over"
        return
    if cells["coa_iso"] == country:
        return
    for found in _figures(cells, POPULATION):
        if len(found) != 2:  # noqa: PLR2004 -- a column and its figure; else what is wrong with it
            yield found
            continue
        yield Item(
            0,
            {
                "date_precision": "day",
                "country": cells["coa_name"],
                "country_iso3": cells["coa_iso"],
                "people": found[1],
                "measure": found[0],
                "qualifier": "exact",
                "basis": "unhcr_mandate",
                "note": "end-year",
            },
        )


def _displaced(cells: Mapping[str, str], country: str, name: str) -> Iterator[Item | Slip]:
    """Give the people displaced in the country, as a whole; rows on other countries are read by :func:`_abroad`."""
    if not cells["coo_iso"] == cells["coa_iso"] == country:
        return
    for found in _figures(cells, ("idps",)):
        if len(found) != 2:  # noqa: PLR2004 -- a column and its figure; else what is wrong with it
            yield found
            continue
        yield _inside(found[1], Place(country, name, level="country"), "UNHCR end-year")


def _displaced_by_place(cells: Mapping[str, str], country: str, _: str) -> Iterator[Item | Slip]:
    if cells["pop_type"] != "IDP" or cells["coa_iso"] != country:
        remedy = "Internally displaced people (IDP) are taken over, by state"
        yield "pop_type", cells["pop_type"], f"in {cells['coa_name']} has no table here", remedy
        return
    label = cells["location"].strip()
    people = _people(cells, "total")
    if not isinstance(people, str):
        yield people or ("total", "", "is empty", "Correct it at the source")
        return
    if NOWHERE.match(label):
        yield "location", label, "is no place", "People of no stated place are in the table population"
        return
    group = GROUP.search(label)
    level = GROUPS[group["kind"]] if group else "state"
    place = Place(name=GROUP.sub("", LABEL.sub("", label)), level=level)
    note = "group of townships as labelled by UNHCR; cannot be split" if level == "township_group" else ""
    yield _inside(people, place, note or f"end-year; label in source: {label}")


def _inside(people: str, place: Place, note: str) -> Item:
    cells = {"date_precision": "day", "people": people, "qualifier": "exact", "measure": "idps", "basis": "total"}
    return Item(0, {**cells, "note": note}, place)


def _flows(cells: Mapping[str, str], country: str, name: str) -> Iterator[Item | Slip]:
    if cells["coo_iso"] != country:
        yield "coo_iso", cells["coo_iso"], f"is not {country}", "Movements from elsewhere are not taken over"
        return
    for found in _figures(cells, FLOWS):
        if len(found) != 2:  # noqa: PLR2004 -- a column and its figure; else what is wrong with it
            yield found
            continue
        yield Item(
            0,
            {
                "date_from": f"{cells['year'].strip()}-01-01",
                "date_to": f"{cells['year'].strip()}-12-31",
                "origin": name,
                "origin_pcode": country,
                "destination": cells["coa_name"],
                "destination_pcode": cells["coa_iso"],
                "people": found[1],
                "qualifier": "exact",
                "movement_type": "new_across_border",
                "measure": found[0],
                "note": "annual flow",
            },
        )
