"""ACLED's events, as its export tool and its API give them: put no finer than they say, by name and by point alike.

The export is CSV with a byte-order mark, the API gives ``{"data": [...]}``; more columns than are needed do no harm.
https://acleddata.com/. Its notes are never taken over, since they may name people; nor are its news sources and tags.
Which side gained what, where ACLED says so, is read by :mod:`acled_territory`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.errors import Fault
from mapper.sources import acled_territory, days, envelopes
from mapper.sources.harvest import Harvest, Item, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.sheets import Sheet
    from mapper.sources.table import Vocabulary

KEYS: Final = ("data",)
"""Where the API's answer has its rows."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (name,)
    for name in (
        *("event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "inter1"),
        *("actor2", "inter2", "country", "admin1", "admin3", "location", "latitude", "longitude", "geo_precision"),
        "fatalities",
    )
}
NEEDED: Final = frozenset(COLUMNS) - {"event_type", "actor2", "inter2", "admin3", "location", "fatalities"}

AGGREGATED: Final = frozenset({"month", "year", "events"})
"""Columns of ACLED's monthly counts, as HDX has them, which hold no events."""

OWN: Final = frozenset({"disorder_type", "sub_event_type", "assoc_actor_1", "inter1", "geo_precision", "source_scale"})
"""Columns that nobody else's tables have."""

AGGREGATED_SHEETS: Final = ("HRP_1", "Non_HRP")

EVENT_ID: Final = re.compile(r"[A-Za-z]{3}\d{1,12}")
TIME: Final = {"1": "day", "2": "week", "3": "month"}
"""``time_precision`` to the table's word: the day; a week or week-end; somewhere in a month."""

PLACE: Final = {"1": ("exact", "township"), "2": ("near", "township"), "3": ("state", "state")}
"""``geo_precision`` to the table's word, and to the kind of place that it may be put in at most. A larger region (3) is
given by its capital's point and names; only its state holds."""

HALF_A_WEEK: Final = dt.timedelta(days=3)

SOURCE: Final = {
    "source_id": "acled",
    "title": "ACLED event data",
    "publisher": "Armed Conflict Location & Event Data (ACLED)",
    "url": "https://acleddata.com/",
    "affiliation": "analyst_or_foreign_media",
    "sensitivity": "restricted",
    "licence": "ACLED",
    "title_kind": "descriptive",
}


def is_export(header: Collection[str]) -> bool:
    """Tell whether a table has the columns of ACLED's events, whatever it is taken for."""
    named = {name.casefold().strip() for name in header}
    return "event_id_cnty" in named or len(named & OWN) >= 2  # noqa: PLR2004 -- one may be chance


def refuse_aggregated(sheet: Sheet) -> None:
    """Refuse the monthly counts that HDX has of ACLED: no row of them is an event."""
    header = {name.casefold().strip() for name in sheet.header}
    if header >= AGGREGATED and "event_id_cnty" not in header:
        problem = "holds counts of ACLED by month and no events"
        remedy = "Export the events themselves from ACLED, with your own access, and take in that file"
        raise errors.fault(sheet.name, problem, remedy, row=1, column="Events")


def harvest(sheet: Sheet, *, country: str, words: Vocabulary, said: Mapping[str, str]) -> tuple[Harvest, ...]:
    """Read all events, and what those on territory say of who holds what.

    ``said`` are the names of actors that the user has explained: ``{"Military Forces of Myanmar (2021-)": "SAC"}``.
    Rows on other countries than ``country`` are faults, as is what means nothing. Raises
    :class:`mapper.errors.DataError` where the file is not of this form.
    """
    refuse_aggregated(sheet)
    used = envelopes.columns(sheet, COLUMNS, needed=NEEDED, what="an export of ACLED's events")
    naming = acled_territory.Naming(words, said, country)
    events: list[Item] = []
    reports: list[Item] = []
    faults: list[Fault] = list(sheet.faults)
    unclear: list[Fault] = []
    for number, cells in envelopes.records(sheet):
        row = {ours: cells[column] for ours, column in used.items()}
        slips = list(_slips(row, country))
        faults += [Fault(sheet.name, number, *slip) for slip in slips]
        if slips:
            continue
        first, last = _period(row)
        place = _place(row)
        events.append(Item(number, _event(row, first, last), place))
        if row["sub_event_type"].casefold() in acled_territory.GAINS:
            found = acled_territory.report(row, last, naming)
            if isinstance(found, dict):
                reports.append(Item(number, found, place))
            else:
                unclear += [Fault(sheet.name, number, *slip) for slip in found]
    shown = {"event_id": "event_id_cnty", "date_from": "event_date", "deaths_best": "fatalities", "date": "event_date"}
    out = envelopes.left_out(sheet, used)
    found_events = Harvest(sheet.name, "events", tuple(events), tuple(faults), shown, out, SOURCE)
    if not reports and not unclear:
        return (found_events,)
    return found_events, Harvest(sheet.name, "control_reports", tuple(reports), tuple(unclear), shown, (), SOURCE)


def _event(row: Mapping[str, str], first: dt.date, last: dt.date) -> dict[str, str]:
    precision = PLACE[row["geo_precision"]]
    return {
        "event_id": f"acled-{row['event_id_cnty']}",
        "date_from": first.isoformat(),
        "date_to": last.isoformat(),
        "date_precision": TIME[row["time_precision"]],
        "where_precision": precision[0],
        "place": row.get("location", "") if precision[1] == "township" else row["admin1"],
        "kind": row["sub_event_type"],
        "sides": "; ".join(name for name in (row["actor1"], row.get("actor2", "")) if name),
        "deaths_best": row.get("fatalities", ""),
    }


def _place(row: Mapping[str, str]) -> Place:
    level = PLACE[row["geo_precision"]][1]
    if level == "state":
        return Place(name=row["admin1"], state=row["admin1"], level=level)
    return Place(
        name=row.get("admin3", ""),
        state=row["admin1"],
        lon=float(row["longitude"]),
        lat=float(row["latitude"]),
        strict=True,
    )


def _date(text: str) -> dt.date | None:
    """Read a day: ``2023-01-05``, or as older exports have it ``05-01-2023`` or ``05 January 2023``."""
    found = days.read(text, order="dmy")
    return dt.date.fromisoformat(found) if found is not None and tables.is_day(found) else None


def _period(row: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    """Give the first and the last day on which it may have happened; the date is the middle of a week."""
    day = dt.date.fromisoformat(row["event_date"]) if tables.is_day(row["event_date"]) else _date(row["event_date"])
    if day is None:
        raise ValueError(row["event_date"])
    if row["time_precision"] == "2":
        return day - HALF_A_WEEK, day + HALF_A_WEEK
    if row["time_precision"] == "3":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def _slips(row: Mapping[str, str], country: str) -> Iterator[Slip]:
    if not EVENT_ID.fullmatch(row["event_id_cnty"]):
        yield "event_id_cnty", row["event_id_cnty"], "is no id of an event", "It is three letters and a number"
    if country.casefold() not in row["country"].casefold():
        yield "country", row["country"], f"is not {country}", "Use the rows of the package's country alone"
    if _date(row["event_date"]) is None:
        yield "event_date", row["event_date"], "is no date", "Write YYYY-MM-DD"
    for column, known in (("time_precision", TIME), ("geo_precision", PLACE)):
        if row[column] not in known:
            yield column, row[column], "is no code that is known", f"It must be one of {', '.join(known)}"
    for column in ("latitude", "longitude"):
        yield from envelopes.degrees(column, row[column], column)
    if row.get("fatalities"):
        yield from envelopes.people("fatalities", row["fatalities"])
    for column in ("sub_event_type", "actor1"):
        if not row[column]:
            yield column, "", "is empty", "Is a column missing, or a line broken?"
