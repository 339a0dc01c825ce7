"""HDX HAPI: internally displaced people, and refugees and returnees, as CSV (with a byte-order mark) or as JSON.

Its counts of displaced people come from IOM's DTM, at most by district: it has no level below. A row with an error is
left out of HAPI itself, and here. Counts of events by month or district, which HAPI has of ACLED, are no events, and
are refused. https://hapi.humdata.org.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources import days, dtm, envelopes, rounds
from mapper.sources.harvest import Harvest, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.sheets import Sheet

KEYS: Final = ("data",)

IDPS: Final[Mapping[str, tuple[str, ...]]] = {
    "country_code": ("location_code",),
    "country": ("location_name",),
    "state_code": ("admin1_code",),
    "state": ("admin1_name", "provider_admin1_name"),
    "district_code": ("admin2_code",),
    "district": ("admin2_name", "provider_admin2_name"),
    "level": ("admin_level",),
    "operation": ("operation",),
    "people": ("population",),
    "date": ("reference_period_end", "reference_period_start"),
    "round": ("reporting_round",),
    "assessment": ("assessment_type",),
    "error": ("error",),
}
IDPS_NEEDED: Final = frozenset({"country_code", "operation", "people", "date", "round"})

ABROAD: Final[Mapping[str, tuple[str, ...]]] = {
    "from": ("origin_location_code", "origin_location_ref"),
    "to": ("asylum_location_code", "asylum_location_ref"),
    "to_name": ("asylum_location_name",),
    "group": ("population_group",),
    "gender": ("gender",),
    "age": ("age_range",),
    "people": ("population",),
    "start": ("reference_period_start",),
    "date": ("reference_period_end",),
    "error": ("error",),
}
ABROAD_NEEDED: Final = frozenset({"from", "to", "group", "people", "start", "date"})

MEASURES: Final = {"REF": "refugees", "ASY": "asylum_seekers"}
"""``population_group`` to the table's word; returned refugees (``RET``) are a movement."""

RETURNED: Final = "RET"
ALL: Final = ("all", "")
"""Of gender and age: everybody. What is of some is a part of that."""

SOURCE: Final = {
    "source_id": "hdx-hapi-idps",
    "title": "HDX HAPI, internally displaced people (IOM DTM)",
    "publisher": "OCHA, IOM",
    "url": "https://hapi.humdata.org",
    "affiliation": "humanitarian",
    "title_kind": "descriptive",
}
SOURCE_ABROAD: Final = {
    **SOURCE,
    "source_id": "hdx-hapi-refugees",
    "title": "HDX HAPI, refugees and returnees (UNHCR)",
    "publisher": "OCHA, UNHCR",
    "url": "",
}


def harvest(
    sheet: Sheet, *, country: str, levels: Mapping[str, str], choice: rounds.Choice, names: Mapping[str, str]
) -> tuple[Harvest, ...]:
    """Read a file of HAPI's on ``country`` (its ISO code); ``names`` are those of countries, by code.

    ``levels`` are the kinds of the package's places, by code. Raises :class:`mapper.errors.DataError` where the file is
    not of one of its forms.
    """
    header = set(sheet.header)
    if {"event_type", "events"} <= header:
        problem, remedy = "holds counts of events and no events", "Export the events themselves from ACLED"
        raise errors.fault(sheet.name, problem, remedy, row=1, column="events")
    if header & set(ABROAD["from"] + ABROAD["to"]):
        return _abroad(sheet, country, names)
    used = envelopes.columns(sheet, IDPS, needed=IDPS_NEEDED, what="HAPI's table of idps, or of refugees")
    return dtm.gathered(
        sheet, used, IDPS, lambda number, row: _inside(number, row, country, levels), source=SOURCE, choice=choice
    )


def _error(row: Mapping[str, str]) -> Iterator[Slip]:
    if row["error"]:
        yield "error", row["error"], "is an error that HAPI itself has found", "HAPI leaves the row out; so is it here"


def _inside(
    number: int, row: Mapping[str, str], country: str, levels: Mapping[str, str]
) -> Iterator[rounds.Count | Slip]:
    if row["country_code"].upper() != country:
        yield "country_code", row["country_code"], f"is not {country}", "Use the rows of the package's country alone"
        return
    yield from dtm.counted(number, row, country, levels, unplaced="district_code", slips=_error(row))


def _abroad(sheet: Sheet, country: str, names: Mapping[str, str]) -> tuple[Harvest, ...]:
    """Give refugees by country of asylum, and returns as movements."""
    used = envelopes.columns(sheet, ABROAD, needed=ABROAD_NEEDED, what="HAPI's table of refugees or returnees")
    found: dict[str, list[Item]] = {"refugees": [], "movements": []}
    faults: list[Fault] = list(sheet.faults)
    for number, row in envelopes.read_by(used, ABROAD, sheet):
        slips = list(_abroad_slips(row, country))
        faults += [Fault(sheet.name, number, used.get(part, part), *slip) for part, *slip in slips]
        if not slips:
            table, made = _taken(row, names)
            found[table].append(Item(number, made))
    out = envelopes.left_out(sheet, used)
    columns = {"date": used["date"], "people": used["people"]}
    abroad = Harvest(sheet.name, "refugees", tuple(found["refugees"]), tuple(faults), columns, out, SOURCE_ABROAD)
    back = Harvest(sheet.name, "movements", tuple(found["movements"]), (), columns, (), SOURCE_ABROAD)
    return (abroad, back) if back.items else (abroad,)


def _taken(row: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Give the table and the cells of a row."""
    there = row["to"].upper()
    name = row["to_name"] or names.get(there, there)
    start, end = (days.read(row[part]) or "" for part in ("start", "date"))
    if row["group"].upper() == RETURNED:
        origin = row["from"].upper()
        return "movements", {
            "date_from": start,
            "date_to": end,
            "origin": name,
            "origin_pcode": there,
            "destination": names.get(origin) or origin,
            "destination_pcode": origin,
            "people": row["people"],
            "qualifier": "exact",
            "movement_type": "return",
            "note": "returned refugees, as HAPI has them",
        }
    return "refugees", {
        "date": end,
        "date_precision": "day",
        "country": name,
        "country_iso3": there,
        "people": row["people"],
        "measure": MEASURES[row["group"].upper()],
        "qualifier": "exact",
        "basis": "unhcr_mandate",
        "note": "as HAPI has it",
    }


def _abroad_slips(row: Mapping[str, str], country: str) -> Iterator[Slip]:
    if row["from"].upper() != country:
        yield "from", row["from"], f"is not {country}", "People from elsewhere are not taken over"
        return
    yield from _error(row)
    if row["to"].upper() == country:
        yield "to", row["to"], "is the country itself", "People displaced in it are in the table of idps"
    group = row["group"].upper()
    if group not in MEASURES and group != RETURNED:
        remedy = f"Taken over are {', '.join([*MEASURES, RETURNED])}"
        yield "group", row["group"], "is a group that has no table here", remedy
    for part in ("gender", "age"):
        if row[part].casefold() not in ALL:
            yield part, row[part], "is a part of the whole, which has a row of its own", "Nothing needs to be done"
    yield from envelopes.people("people", row["people"])
    for part in ("start", "date"):
        if not tables.is_day(days.read(row[part]) or ""):
            yield part, row[part], "is no date", "Write YYYY-MM-DD"
