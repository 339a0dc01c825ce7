"""IDMC's Global Internal Displacement Database (GIDD), year by year; its updates are read by :mod:`idmc_updates`.

CC BY-NC, as the workbook says: its rows are kept in the package and out of public outputs. Stock is figures of
displaced people at the end of a year; new displacement is movement over a period. What disasters caused is not taken
over. https://www.internal-displacement.org.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources import envelopes, idmc_updates
from mapper.sources.harvest import Harvest, Item, Place
from mapper.sources.idmc_updates import SOURCE, movement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.idmc_updates import State
    from mapper.sources.sheets import Sheet

KEYS: Final = ("results", "data")
SHEET: Final = "1_Displacement_data"

GIDD: Final[Mapping[str, tuple[str, ...]]] = {
    "iso3": ("ISO3",),
    "country": ("Name", "country_name", "Country"),
    "year": ("Year",),
    "stock": ("Conflict Stock Displacement", "total_displacement_rounded"),
    "stock_exact": ("Conflict Stock Displacement (Raw)", "total_displacement"),
    "new": ("Conflict Internal Displacements", "Conflict New Displacements", "new_displacement_rounded"),
    "new_exact": ("Conflict Internal Displacements (Raw)", "new_displacement"),
}
DISASTERS: Final = ("hazard", "glide", "disaster")
"""In the name of a column where figures without *conflict* in their name are of disasters."""


def harvest(
    sheet: Sheet, *, country: str, name: str, state_at: Callable[[float, float], State | None] | None = None
) -> tuple[Harvest, ...]:
    """Read GIDD or IDU for a country of an ISO code and a name.

    ``state_at`` gives the state at a longitude and latitude; with it an update on one place is put into its state.
    Without it all is put to the country, as is what is about several places, or about one that people went to. Raises
    :class:`mapper.errors.DataError` where the file is of neither form.
    """
    if "role" in sheet.header:
        return (idmc_updates.harvest(sheet, country, name, state_at),)
    used = envelopes.columns(sheet, GIDD, needed={"iso3", "year"}, what="IDMC's table of displacement, or its updates")
    if not {"stock", "stock_exact", "new", "new_exact"} & set(used):
        remedy = f"Is it the sheet {SHEET} of GIDD?"
        raise errors.fault(sheet.name, "is missing", remedy, row=1, column=GIDD["stock"][0])
    _refuse_disasters(sheet, used)
    items: dict[str, list[Item]] = {"displacement": [], "movements": []}
    faults: list[Fault] = list(sheet.faults)
    for number, cells in envelopes.records(sheet):
        row = {ours: cells[column] for ours, column in used.items()}
        slips = list(_gidd_slips(row, country))
        faults += [Fault(sheet.name, number, used.get(part, part), *slip) for part, *slip in slips]
        if slips:
            continue
        for part, table, made in (("stock", "displacement", _stock), ("new", "movements", _flow)):
            people, qualifier = _published(row, part)
            if people:
                place = Place(country, name, level="country") if table == "displacement" else None
                items[table].append(Item(number, made(row["year"], people, qualifier, country, name), place))
    columns = {"date": used["year"], "people": used.get("stock", used.get("stock_exact", "people"))}
    out = envelopes.left_out(sheet, used)
    return (
        Harvest(sheet.name, "displacement", tuple(items["displacement"]), tuple(faults), columns, out, SOURCE),
        Harvest(sheet.name, "movements", tuple(items["movements"]), (), columns, (), SOURCE),
    )


def _refuse_disasters(sheet: Sheet, used: Mapping[str, str]) -> None:
    """Refuse a table whose figures are of disasters: the interface names them as it does those of conflict."""
    plain = [column for part, column in used.items() if part not in ("iso3", "country", "year")]
    if any("conflict" in column.casefold() for column in plain):
        return
    for column in sheet.header:
        if any(word in column.casefold() for word in DISASTERS):
            problem, remedy = "shows that it is about disasters", "Use the table on conflict"
            raise errors.fault(sheet.name, problem, remedy, row=1, column=column)


def _gidd_slips(row: Mapping[str, str], country: str) -> Iterator[Slip]:
    if row["iso3"].upper() != country:
        yield "iso3", row["iso3"], f"is not {country}", "Figures of other countries are not taken over"
        return
    if not tables.YEAR.fullmatch(row["year"]) or not tables.is_date(row["year"]):
        yield "year", row["year"], "is no year", "Write four digits"
    for part in ("stock", "stock_exact", "new", "new_exact"):
        if row.get(part):
            yield from envelopes.people(part, row[part])


def _published(row: Mapping[str, str], part: str) -> tuple[str, str]:
    """Give a figure with how it is qualified: as rounded by IDMC, or else exact; an empty cell is not nought."""
    if row.get(part):
        return row[part], "rounded"
    return row.get(f"{part}_exact", ""), "exact"


def _stock(year: str, people: str, qualifier: str, *_: str) -> dict[str, str]:
    return {
        "date": f"{year}-12-31",
        "date_precision": "day",
        "people": people,
        "qualifier": qualifier,
        "measure": "idps",
        "basis": "total_idmc",
        "note": "end of year; conflict and violence",
    }


def _flow(year: str, people: str, qualifier: str, country: str, name: str) -> dict[str, str]:
    note = "internal displacements by conflict and violence over the year"
    return movement((f"{year}-01-01", f"{year}-12-31", (country, name)), people, qualifier, note)
