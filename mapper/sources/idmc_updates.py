"""IDMC's Internal Displacement Updates (IDU): sums of what it recommends, by period, and by state where that is known.

The text of an update, and the names of places in it, are never taken over, since they may name people and camps. CC
BY-NC, as GIDD. https://www.internal-displacement.org.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from mapper import tables
from mapper.errors import Fault
from mapper.sources import days, envelopes
from mapper.sources.harvest import Harvest, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.sheets import Sheet

IDU: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id",),
    "iso3": ("iso3",),
    "role": ("role",),
    "type": ("displacement_type",),
    "qualifier": ("qualifier",),
    "people": ("figure",),
    "start": ("displacement_start_date", "displacement_date"),
    "end": ("displacement_end_date", "displacement_date"),
    "event": ("event_id",),
    "places": ("locations_name",),
    "accuracy": ("locations_accuracy",),
    "kind": ("locations_type",),
    "centroid": ("centroid",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
}
IDU_NEEDED: Final = frozenset({"id", "iso3", "role", "type", "people", "start", "end"})

QUALIFIERS: Final = {
    "total": "exact",
    "": "exact",
    "approximately": "about",
    "more than": "over",
    "more than or equal to": "over",
    "less than": "estimate",
    "less than or equal to": "estimate",
}
"""IDMC's words to the table's, which has none for *less than*: that stands in the note."""

STATE_OR_FINER: Final = ("ADM1", "ADM2", "ADM3")
"""In ``locations_accuracy``; what is known for a country alone has its middle as its point."""

LEFT: Final = frozenset({"iso3", "role", "type", "id"})
"""Columns for which a row is left that is in no sum: of another country, a check, a disaster, or told of twice."""

RECOMMENDED: Final = "recommended figure"
CENTROID_APART: Final = 0.01
"""Degrees between a row's centroid and its point where one of the two must be wrong."""

SOURCE: Final = {
    "source_id": "idmc-gidd",
    "title": "Global Internal Displacement Database",
    "publisher": "IDMC",
    "url": "https://www.internal-displacement.org/database",
    "affiliation": "humanitarian",
    "sensitivity": "public",
    "licence": "CC-BY-NC",
    "title_kind": "as_published",
}
SOURCE_IDU: Final = {
    **SOURCE,
    "source_id": "idmc-idu",
    "title": "Internal Displacement Updates",
    "url": "",
}

State = tuple[str, str]
"""A state's P-code and name: ``("MMR012", "Rakhine")``."""

Period = tuple[str, str, State]
"""First and last day, and where: ``("2024-01-01", "2024-01-31", ("MMR012", "Rakhine"))``."""


def movement(where: Period, people: str, qualifier: str, note: str) -> dict[str, str]:
    """Give the cells of a movement of displaced people."""
    start, end, place = where
    return {
        "date_from": start,
        "date_to": end,
        "origin": place[1],
        "origin_pcode": place[0],
        "people": people,
        "qualifier": qualifier,
        "movement_type": "displacement",
        "note": note,
    }


def harvest(sheet: Sheet, country: str, name: str, state_at: Callable[[float, float], State | None] | None) -> Harvest:
    """Add up the recommended figures of one period and place, for a country of an ISO code and a name.

    What only checks a figure is told and left. ``state_at`` gives the state at a longitude and latitude.
    """
    used = envelopes.columns(sheet, IDU, needed=IDU_NEEDED, what="IDMC's updates")
    faults: list[Fault] = list(sheet.faults)
    groups: dict[Period, list[tuple[int, Mapping[str, str]]]] = defaultdict(list)
    broken: dict[tuple[str, str], int] = {}
    seen: set[str] = set()
    for number, row in envelopes.read_by(used, IDU, sheet):
        slips = list(_update_slips(row, country, seen))
        faults += [Fault(sheet.name, number, used.get(part, part), *slip) for part, *slip in slips]
        if slips:
            if not {part for part, *_ in slips} & LEFT:
                broken[days.read(row["start"]) or "", days.read(row["end"]) or ""] = number
            continue
        seen.add(row["id"])
        place = (country, name)
        if state_at is not None and (point := _point(row)) is not None:
            place = state_at(*point) or place
        start, end = (days.read(row[part]) or "" for part in ("start", "end"))
        groups[start, end, place].append((number, row))
    items: list[Item] = []
    for period, of in groups.items():
        row_beside = broken.get(period[:2])
        if row_beside is None:
            items.append(Item(of[0][0], _summed(period, of)))
            continue
        problem = f"is not all there is of its period: row {row_beside} cannot be read"
        faults += [
            Fault(sheet.name, number, used["people"], row["people"], problem, "Correct it") for number, row in of
        ]
    columns = {"date_from": used["start"], "date_to": used["end"], "people": used["people"]}
    return Harvest(
        sheet.name, "movements", tuple(items), tuple(faults), columns, envelopes.left_out(sheet, used), SOURCE_IDU
    )


def _summed(period: Period, of: list[tuple[int, Mapping[str, str]]]) -> dict[str, str]:
    words = [row["qualifier"].casefold() for _, row in of]
    found = {QUALIFIERS[word] for word in words}
    events = sorted({row["event"] for _, row in of if row["event"].isalnum()})
    parts = [
        "recommended figure" if len(of) == 1 else f"sum of {len(of)} recommended figures",
        f"IDMC's events {', '.join(events[:10])}" if events else "",
        "less than" if any(word.startswith("less") for word in words) else "",
    ]
    people = str(sum(int(row["people"]) for _, row in of))
    qualifier = found.pop() if len(found) == 1 else "estimate"
    return movement(period, people, qualifier, "; ".join(part for part in parts if part))


def _update_slips(row: Mapping[str, str], country: str, seen: set[str]) -> Iterator[Slip]:
    if row["iso3"].upper() != country:
        yield "iso3", row["iso3"], f"is not {country}", "Figures of other countries are not taken over"
        return
    if row["role"].casefold() != RECOMMENDED:
        yield "role", row["role"], "is not what IDMC recommends", "It only checks the recommended figure"
        return
    if row["type"].casefold() != "conflict":
        yield "type", row["type"], "is not conflict", "Displacement by disasters has no table here"
        return
    if not row["id"] or row["id"] in seen:
        yield "id", row["id"], "occurs more than once" if row["id"] else "is empty", "Get the file again"
    yield from envelopes.people("people", row["people"])
    if row["qualifier"].casefold() not in QUALIFIERS:
        remedy = f"It must be one of {', '.join(word for word in QUALIFIERS if word)}"
        yield "qualifier", row["qualifier"], "is no word that is known", remedy
    start, end = (days.read(row[part]) or "" for part in ("start", "end"))
    for part, day in (("start", start), ("end", end)):
        if not tables.is_day(day):
            yield part, row[part], "is no date", "Write YYYY-MM-DD"
    yield from _point_slips(row)


def _centroid(text: str) -> tuple[float, float] | None:
    """Read ``"[lat, lon]"``, latitude first, as longitude and latitude."""
    found = re.fullmatch(r"\[\s*(-?[\d.]{1,20})\s*,\s*(-?[\d.]{1,20})\s*\]", text)
    try:
        lat, lon = (float(json.loads(part)) for part in found.groups()) if found else (None, None)
    except ValueError:
        return None
    return None if lat is None or lon is None or abs(lat) > envelopes.DEGREES["latitude"] else (lon, lat)


def _point(row: Mapping[str, str]) -> tuple[float, float] | None:
    """Give the point of an update on one place that people have left, where it is known to its state at least."""
    several = ";" in row["places"] or row["kind"].casefold() not in ("", "origin")
    if several or (row["accuracy"] and not any(level in row["accuracy"] for level in STATE_OR_FINER)):
        return None
    if row["longitude"] and row["latitude"]:
        return float(row["longitude"]), float(row["latitude"])
    return _centroid(row["centroid"])


def _point_slips(row: Mapping[str, str]) -> Iterator[Slip]:
    if bool(row["longitude"]) != bool(row["latitude"]):
        yield "latitude", row["latitude"], "has no point without its other half", "Correct it at the source"
        return
    found = _centroid(row["centroid"])
    if row["centroid"] and found is None:
        yield "centroid", row["centroid"], "is no point", 'It must be "[lat, lon]", as text'
    if not row["longitude"]:
        return
    slips = [slip for side in ("latitude", "longitude") for slip in envelopes.degrees(side, row[side], side)]
    yield from slips
    if not slips and found is not None:
        apart = max(abs(found[0] - float(row["longitude"])), abs(found[1] - float(row["latitude"])))
        if apart > CENTROID_APART:
            yield "centroid", row["centroid"], "is not where longitude and latitude are", "Correct it at the source"
