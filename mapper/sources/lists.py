"""Lists of displaced people by township or by site, as clusters keep them: figures by township, and no site.

The table is read by a mapping, as any table of figures. Where it has a column of sites, those of a township and a date
are added up. Of a site neither name nor point is kept. A sum that lacks a row would be wrong, so the rows of a township
are refused together: where one of them cannot be read, where a site comes twice, where its sites are of different
dates, or where they differ in anything but the number of people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.errors import Fault
from mapper.sources import envelopes, table
from mapper.sources.harvest import Harvest, Item, Place
from mapper.sources.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mapper.sources.table import TableMapping, Vocabulary

SITE: Final = re.compile(r"(?<![a-z])(?:site|camp|settlement)")
"""In the name of a column that tells sites apart; a website is none."""

NEVER: Final = frozenset({"place", "note", "lon", "lat", "title", "published"})
"""What is not taken from a list, even when asked for: it would keep a site's name or its point."""


def harvest(
    sheet: Sheet, mapping: TableMapping, words: Vocabulary, *, township: Callable[[Place], str] = lambda _: ""
) -> Harvest:
    """Read a list by a mapping of figures, and add up the sites of each township; each sum says of how many rows.

    ``township`` gives the code of a place, so that two spellings of one township are one; "" where it means none.
    """
    columns = {part: column for part, column in mapping.columns.items() if part not in NEVER}
    fixed = {part: word for part, word in mapping.fixed.items() if part not in NEVER}
    listed = [row for row in sheet.rows if not envelopes.is_tags(row[1])]
    bare = Sheet(sheet.name, sheet.header, listed, sheet.faults)
    read = table.harvest(bare, replace(mapping, columns=columns, fixed=fixed), words)
    site = next((column for column in sheet.header if SITE.search(column.casefold())), None)
    if site is None:
        return read
    cells = dict(listed)
    listed_rows, slips = read.parted()
    faults = [*slips, *(fault for item in listed_rows for fault in _uncounted(item, sheet.name, columns))]
    broken: dict[str, int] = {}
    for fault in faults:
        if fault.row in cells:
            named = {part: cells[fault.row].get(columns.get(part, ""), "") for part in ("pcode", "township", "state")}
            broken[_key(Place(named["pcode"], named["township"], named["state"]), township)] = fault.row
        elif fault.row:
            broken[""] = fault.row  # nobody knows whose it is
    townships: dict[str, list[Item]] = defaultdict(list)
    told = {fault.row for fault in faults}
    for item in (one for one in listed_rows if one.row not in told):
        townships[_key(item.place or Place(), township)].append(item)
    items: list[Item] = []
    for key, rows in townships.items():
        why = _why_not(rows, [cells[row.row][site].strip() for row in rows], broken.get(key, broken.get("")))
        if why is not None:
            faults += [Fault(sheet.name, row.row, site, "", *why) for row in rows]
        else:
            items += _sums(rows)
    items.sort(key=lambda item: item.row)
    return replace(read, items=tuple(items), faults=tuple(faults))


def _uncounted(item: Item, name: str, columns: Mapping[str, str]) -> Iterator[Fault]:
    """Tell of a row that cannot be added to others, since it gives no number or no day."""
    for slip in envelopes.people(columns.get("people", "people"), item.cells.get("people", "")):
        yield Fault(name, item.row, *slip)
    if not item.cells.get("date"):
        yield Fault(name, item.row, columns.get("date", "date"), "", "is empty", "Fill it in")


def _key(place: Place, township: Callable[[Place], str]) -> str:
    """Give one key for all that means one place: its code, or else what the list calls it."""
    plain = "/".join(table.plain(part) for part in (place.code, place.name, place.state, place.level))
    return (township(place) if place.level == "township" else "") or plain


def _by_date(rows: Sequence[Item]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        found[row.cells.get("date", "")].append(position)
    return found


def _why_not(rows: Sequence[Item], sites: Sequence[str], broken: int | None) -> tuple[str, str] | None:
    """Say why the rows of a township cannot be added up: problem and remedy."""
    return next(_reasons(rows, sites, broken), None)


def _reasons(rows: Sequence[Item], sites: Sequence[str], broken: int | None) -> Iterator[tuple[str, str]]:
    if broken is not None:
        yield f"is not all there is of its township: row {broken} cannot be read", "Correct that row"
    dates = _by_date(rows)
    of_date = [{sites[position] for position in positions} for positions in dates.values()]
    if any(len(found) < len(positions) for found, positions in zip(of_date, dates.values(), strict=True)):
        yield "comes twice in its township on one date", "Keep one of the two, or name the sites"
    if len(of_date) > 1 and not set.intersection(*of_date):
        yield f"is of several dates ({', '.join(sorted(dates)[:3])}), which are not added up", "Give the sites one date"
    for positions in dates.values():
        if len({_besides_people(rows[position]) for position in positions}) > 1:
            yield "differs from others of its township in more than the people", "Make them alike, or take them apart"


def _besides_people(row: Item) -> tuple[tuple[str, str], ...]:
    said: Mapping[str, str] = {**row.cells, **{f"of source: {part}": text for part, text in row.source.items()}}
    return tuple(sorted((part, text) for part, text in said.items() if part != "people"))


def _sums(rows: Sequence[Item]) -> Iterator[Item]:
    for positions in _by_date(rows).values():
        first = rows[positions[0]]
        people = str(sum(int(rows[position].cells["people"]) for position in positions))
        note = {"note": f"sum of {len(positions)} rows of the list"} if len(positions) > 1 else {}
        place = replace(first.place or Place(), lon=None, lat=None)
        yield replace(first, cells={**first.cells, "people": people, **note}, place=place)
