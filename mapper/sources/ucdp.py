"""UCDP's Georeferenced Event Dataset and its Candidate releases: events, put no finer than ``where_prec`` says.

With or without a header row (Candidate 24.0.1 came without), with an HXL row below it or not; fields hold line breaks.
https://ucdp.uu.se/downloads/, CC BY 4.0. News texts and their headlines are not taken over: they may name people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources import harvest as harvests
from mapper.sources.harvest import Item, Place
from mapper.sources.rows import UTF_16

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mapper.sources.harvest import Harvest
    from mapper.sources.streams import Tabular

HEADER: Final = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]

NEEDED: Final = (
    *("id", "type_of_violence", "side_a", "side_b", "where_prec", "adm_1", "latitude", "longitude"),
    *("country", "date_prec", "date_start", "date_end", "best", "high", "low"),
)
USED: Final = frozenset({*NEEDED, "where_coordinates", "adm_2", "event_clarity"})

OWN: Final = frozenset({"where_prec", "dyad_name", "type_of_violence", "conflict_name", "priogrid_gid"})
"""Columns that nobody else's tables have."""

PRECISION: Final[Mapping[str, tuple[str, str]]] = {
    "1": ("exact", "township"),
    "2": ("near", "township"),
    "3": ("district", "district"),
    "4": ("state", "state"),
    "5": ("area", "area"),
    "6": ("country", "country"),
    "7": ("other", "area"),
}
"""``where_prec`` to the table's word, and to the kind of place that it may be put in at most."""

DATES: Final = {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}
VIOLENCE: Final = {"1": "state-based", "2": "non-state", "3": "one-sided"}

COLUMNS: Final = {
    "event_id": "id",
    "date_from": "date_start",
    "date_to": "date_end",
    "date_precision": "date_prec",
    "where_precision": "where_prec",
    "place": "where_coordinates",
    "kind": "type_of_violence",
    "deaths_low": "low",
    "deaths_best": "best",
    "deaths_high": "high",
}
SOURCE: Final = {
    "source_id": "ucdp-ged",
    "title": "UCDP Georeferenced Event Dataset",
    "publisher": "Uppsala Conflict Data Program",
    "url": "https://ucdp.uu.se/downloads/",
    "affiliation": "analyst_or_foreign_media",
    "sensitivity": "public",
    "licence": "CC-BY-4.0",
    "title_kind": "as_published",
}


def unheaded(head: bytes) -> list[str] | None:
    """Give the names of the columns of a file that begins without them; ``head`` are its first bytes."""
    first = head.decode("utf-16" if head.startswith(UTF_16) else "utf-8-sig", errors="replace")
    return None if first.lstrip('"').lower().startswith("id") else list(HEADER)


def is_export(header: Collection[str]) -> bool:
    """Tell whether a table has the columns of UCDP's events, whatever it is taken for."""
    return len({name.casefold().strip() for name in header} & OWN) >= 2  # noqa: PLR2004 -- one may be chance


def harvest(table: Tabular, *, country: str) -> Harvest:
    """Read all events of a table; those in other countries than ``country`` are faults, as is what means nothing.

    Raises :class:`mapper.errors.DataError` where the table is not of this form.
    """
    missing = [column for column in NEEDED if column not in table.header]
    if missing:
        remedy = f"Is it a GED file? It needs {', '.join(NEEDED)}"
        raise errors.DataError(Fault(table.name, 1, column, "", "is missing", remedy) for column in missing)
    found = harvests.of(table.name, "events", lambda: _rows(table, country), whole=isinstance(table.rows, list))
    left_out = tuple(column for column in table.header if column not in USED)
    return replace(found, columns=COLUMNS, left_out=left_out, source=SOURCE)


def _rows(table: Tabular, country: str) -> Iterator[Item | Fault]:
    for number, cells in table.rows:
        if cells["id"].startswith("#"):
            continue  # the row of HXL tags
        slips = list(_slips(cells, country))
        if slips:
            yield from (Fault(table.name, number, *slip) for slip in slips)
        else:
            yield _item(number, cells)


def _item(number: int, cells: Mapping[str, str]) -> Item:
    precision, level = PRECISION[cells["where_prec"].strip()]
    names = {"district": cells.get("adm_2", ""), "state": cells["adm_1"]}
    place = Place(
        name=names.get(level, cells.get("where_coordinates", "")),
        state=cells["adm_1"],
        lon=float(cells["longitude"]),
        lat=float(cells["latitude"]),
        level=level,
    )
    return Item(
        number,
        {
            "event_id": f"ucdp-{cells['id'].strip()}",
            "date_from": _day(cells["date_start"]),
            "date_to": _day(cells["date_end"]),
            "date_precision": DATES[cells["date_prec"].strip()],
            "where_precision": precision,
            "place": cells.get("where_coordinates", ""),
            "kind": VIOLENCE[cells["type_of_violence"].strip()],
            "sides": f"{cells['side_a']}; {cells['side_b']}",
            "deaths_low": cells["low"].strip(),
            "deaths_best": cells["best"].strip(),
            "deaths_high": cells["high"].strip(),
            "note": "; ".join(_notes(cells)),
        },
        place,
    )


def _notes(cells: Mapping[str, str]) -> Iterator[str]:
    """Give what is odd about a row: some have a best estimate that is no estimate between the other two."""
    if cells.get("event_clarity", "").strip() == "2":
        yield "a summary of several events"
    counts = [cells[column].strip() for column in ("low", "best", "high")]
    if all(map(tables.INTEGER.fullmatch, counts)) and sorted(map(int, counts)) != list(map(int, counts)):
        yield "best, low and high out of order, as published"


def _day(text: str) -> str:
    """Give the day of what may carry a time: ``2023-01-05 00:00:00.000``."""
    return text.strip()[: len("2023-01-05")]


def _slips(cells: Mapping[str, str], country: str) -> Iterator[tuple[str, str, str, str]]:
    if not cells["id"].strip().isdecimal():
        yield "id", cells["id"], "is no id of an event", "Is a column missing, or a line broken?"
    if country.casefold() not in cells["country"].casefold():
        yield "country", cells["country"], f"is not {country}", "Use the rows of the package's country alone"
    for column, known in (("where_prec", PRECISION), ("date_prec", DATES), ("type_of_violence", VIOLENCE)):
        if cells[column].strip() not in known:
            yield column, cells[column], "is no code that is known", f"It must be one of {', '.join(known)}"
    for column, most in (("latitude", 90), ("longitude", 180)):
        if not tables.NUMBER.fullmatch(cells[column].strip()) or abs(float(cells[column])) > most:
            yield column, cells[column], "is no number of degrees", "Is a column missing, or a line broken?"
    yield from _disordered(cells)


def _disordered(cells: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Give days that do not stand in their order; what is no day the table's own checks tell."""
    first, last = _day(cells["date_start"]), _day(cells["date_end"])
    if tables.is_day(first) and tables.is_day(last) and last < first:
        yield "date_end", last, f"is before date_start, {first}", "Correct one of the two"
