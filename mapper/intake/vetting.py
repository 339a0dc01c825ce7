"""Rows of a file held against the checks of their table; what has a fault is refused with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from mapper import tables
from mapper.errors import Fault
from mapper.sources import country, displacement, reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.intake import plan, provenance
    from mapper.intake.book import Book
    from mapper.matching.names import Match
    from mapper.sources.harvest import Harvest

KEYS: Final = {
    "control_reports": ("report_id", "R"),
    "displacement": ("figure_id", "D"),
    "refugees": ("figure_id", "F"),
    "movements": ("movement_id", "M"),
    "events": ("event_id", ""),
}
"""Each table's column of ids, and the letter that our own ids begin with; events keep the id that they come with."""

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


class Vetter:
    """Holds the rows of one file against the checks of their table, batch by batch."""

    def __init__(self, harvest: Harvest, book: Book, credited: provenance.Sources) -> None:
        """Know the table's schema, without the check of its ids: those are told apart with all rows in view."""
        self._harvest, self._book, self._credited = harvest, book, credited
        self._schema = {**book.schemas[harvest.table], "primaryKey": []}

    def check(self, drafts: list[plan.Row]) -> None:
        """Hold rows against the table's own checks, and refuse those with a fault."""
        harvest = self._harvest
        faults: dict[int, list[Fault]] = defaultdict(list)
        unplaced: set[int] = set()
        for n, draft in enumerate(drafts):
            faults[n] += _formulas(draft, harvest)
            match = draft.match
            if match is None or match.pcode or harvest.table == "events" or draft.cells.get("level") == "region_group":
                continue
            unplaced.add(n)
            faults[n].append(_unplaced(match, draft, harvest))
        slips = self._credited.slips()
        for n, draft in enumerate(drafts):
            faults[n] += [self._told(fault, draft) for fault in slips.get(draft.cells["source_id"], ())]
        for fault in self._by_the_table(drafts):
            if fault.row in unplaced and fault.column in ("pcode", "township", "pcode+township"):
                continue  # told already, in words that help
            faults[fault.row].append(self._told(fault, drafts[fault.row]))
        for n, listed in faults.items():
            if listed:
                drafts[n].outcome, drafts[n].faults = "refused", tuple(listed)

    def _told(self, fault: Fault, draft: plan.Row) -> Fault:
        """Name the row and the columns of the file that a user sees."""
        own = "+".join(self._harvest.columns.get(part, part) for part in fault.column.split("+"))
        return replace(fault, row=draft.number, column=own)

    def _by_the_table(self, drafts: list[plan.Row]) -> list[Fault]:
        """Give what the table's own checks find, each with the draft's position as its row."""
        if not drafts:
            return []
        table, name = self._harvest.table, self._harvest.name
        header = [column["name"] for column in self._schema["fields"]]
        cells = [[draft.cells.get(column, "") for column in header] for draft in drafts]
        frame = pd.DataFrame(cells, columns=header, dtype=object)  # plain text is the fastest to go through
        key, letter = KEYS[table]
        if letter:
            frame[key] = [f"{letter}{n:09}" for n in range(len(drafts))]
        found = tables.check(table, frame, self._schema, file=name, known=self._credited.keys(self._schema))
        sound = frame[~frame.index.isin({fault.row for fault in found})]
        return [*found, *_between(table, sound, self._book, name=name)]


def _formulas(draft: plan.Row, harvest: Harvest) -> Iterator[Fault]:
    for column, text in draft.cells.items():
        if text.startswith(FORMULA_STARTS):
            problem, remedy = "begins as a formula does, which a spreadsheet would run", "Begin it with a letter"
            yield Fault(harvest.name, draft.number, harvest.columns.get(column, column), text, problem, remedy)


def _between(table: str, sound: pd.DataFrame, book: Book, *, name: str) -> list[Fault]:
    """Give the faults that only several columns together show, of rows that have none of their own."""
    if table == "control_reports":
        return reports.read_reports(sound, file=name, actors=book.package.actors.keys())[1]
    if table == "displacement":
        frames = {part: pd.DataFrame(book.table(part).rows) for part in ("states", "districts", "townships")}
        return list(displacement.level_faults(sound, file=name, codes=country.codes(book.country, frames)))
    if table == "movements":
        return list(displacement.period_faults(sound, file=name))
    return []


def _unplaced(match: Match, draft: plan.Row, harvest: Harvest) -> Fault:
    near = "; ".join(map(str, match.candidates[:3]))
    remedy = f"Is it {near}? Run mapper match, or write the P-code" if near else "Write the P-code"
    column = harvest.columns.get("pcode", harvest.columns.get("township", "place"))
    return Fault(harvest.name, draft.number, column, "", match.reason, remedy)  # the reason holds the name
