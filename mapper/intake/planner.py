"""From what a file holds to a plan: rows placed, checked, and held against what the package has already.

A row is the same as one of the package where all that it says is in it, and changes one where the two speak about the
same thing (``ABOUT``) and say otherwise. A file that is taken in a second time is therefore all the same, and changes
nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mapper.errors import Fault
from mapper.intake import history, placing, plan, provenance, vetting
from mapper.intake.vetting import KEYS
from mapper.matching import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.intake.book import Book, Cells
    from mapper.matching.points import Areas
    from mapper.sources.harvest import Harvest

ABOUT: Final = {
    "control_reports": ("source_id", "pcode", "date", "scope", "place", "kind", "claimant"),
    "displacement": ("source_id", "date", "level", "pcode", "place", "measure", "basis"),
    "refugees": ("source_id", "date", "country", "measure", "basis"),
    "movements": ("source_id", "date_from", "date_to", "origin", "destination", "movement_type", "measure"),
    "events": ("event_id",),
}
"""What two rows have in common that speak about the same thing."""

OURS: Final = frozenset({"recorded_on", "withdrawn_on", "withdrawn_why", "supersedes", "supersedes_why"})
"""Columns that say what we did with a row, and nothing that its source says."""

AGAIN: Final = "An old file? Then all is well. If it is so again, take it in with --again"

UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass
class Given:
    """What an import has besides the file."""

    day: str
    """The day it is recorded, ``YYYY-MM-DD``."""
    areas: Areas | None = None
    """Real polygons to place points by."""
    credit: Mapping[str, str] = field(default_factory=dict)
    """What the user says of the file as a source: see :mod:`provenance`."""
    again: bool = False
    """Whether a row counts that says what a report said which was corrected or withdrawn since."""


def make(harvest: Harvest, book: Book, given: Given, *, sources: Sequence[Cells] = ()) -> plan.Plan:
    """Make the plan of an import; nothing is changed by it. ``sources`` are those that go with it already."""
    table = harvest.table
    key = KEYS[table][0]
    credited = provenance.Sources(book, harvest, given.credit, beside=sources)
    gazetteer = names.Gazetteer(book.package)
    located = placing.located(harvest.items, given.areas)
    rows = [plan.Row(fault.row, "refused", faults=(fault,)) for fault in harvest.faults]
    drafts: list[plan.Row] = []
    for item, number in zip(harvest.items, located, strict=True):
        match = placing.matched(item.place, gazetteer, number, given.areas)
        cells = {column: _clean(text) for column, text in item.cells.items()}
        cells |= placing.cells(table, item.place, match, gazetteer, book.country.code)
        cells["source_id"] = cells.get("source_id") or credited.source(item.source)
        if table == "events" and match is not None and not match.pcode:
            cells["note"] = "; ".join(part for part in (cells.get("note", ""), match.reason) if part)
        if any(column["name"] == "recorded_on" for column in book.schemas[table]["fields"]):
            cells["recorded_on"] = given.day
        place = "" if item.place is None else item.place.name or item.place.code
        drafts.append(plan.Row(item.row, "new", cells, place, match))
    vetting.check(drafts, harvest, book, credited)
    _compare(drafts, book, table, again=given.again)
    _number(drafts, book, table)
    used = {row.cells["source_id"] for row in drafts if row.outcome in ("new", "changed")}
    return plan.Plan(
        harvest.name,
        table,
        key,
        sorted([*rows, *drafts], key=lambda row: row.number),
        [row for row in credited.added if row["source_id"] in used],
        harvest.left_out,
    )


def _clean(text: str) -> str:
    """Give text as the tables have it: composed, one blank between words, nothing unseen."""
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def _compare(drafts: list[plan.Row], book: Book, table: str, *, again: bool) -> None:
    """Tell what is new from what the package has already, what it has otherwise, and what it has taken back."""
    key = KEYS[table][0]
    about = ABOUT[table]
    there: dict[tuple[str, ...], list[int]] = defaultdict(list)
    listed = book.table(table).rows
    gone = history.gone(listed, book.table("withdrawals").rows) if table == history.REPORTS else {}
    for position, row in enumerate(listed):
        there[tuple(row.get(part, "") for part in about)].append(position)
    seen: dict[tuple[str, ...], plan.Row] = {}
    for draft in drafts:
        if draft.outcome == "refused":
            continue
        mark = tuple(draft.cells.get(part, "") for part in about)
        alike = [listed[n][key] for n in there.get(mark, ()) if _says(listed[n], key) == _says(draft.cells, key)]
        standing = [n for n in there.get(mark, ()) if listed[n][key] not in gone]
        if any(name not in gone for name in alike):
            draft.outcome, draft.like = "same", f"as {next(name for name in alike if name not in gone)}"
        elif mark in seen:
            first = seen[mark]
            if _says(first.cells, key) == _says(draft.cells, key):
                draft.outcome, draft.like = "same", f"as row {first.number}"
            else:
                remedy = "Keep one of the two, or tell them apart by place, kind or claimant"
                problem = f"says otherwise than row {first.number} about the same"
                draft.outcome, draft.faults = "refused", (Fault("", draft.number, "", "", problem, remedy),)
        elif alike and not again:
            problem = f"says what {alike[-1]} said, and {gone[alike[-1]]}"
            draft.outcome, draft.faults = "refused", (Fault("", draft.number, "", "", problem, AGAIN),)
        elif standing:
            _correct(draft, standing[-1], listed[standing[-1]], key)
        if draft.outcome in ("new", "changed"):
            seen[mark] = draft


def _correct(draft: plan.Row, position: int, old: Mapping[str, str], key: str) -> None:
    """Let a row change one that is there, unless the day on which it is recorded comes before."""
    if key == "report_id" and draft.cells["recorded_on"] < old["recorded_on"]:
        problem = f"would correct {old[key]}, which was recorded on {old['recorded_on']}, after this import"
        remedy = "Check the clock of this machine, or the day given with --at"
        draft.outcome, draft.faults = "refused", (Fault("", draft.number, "", "", problem, remedy),)
        return
    draft.outcome, draft.replaces, draft.like = "changed", position, f"changes {old[key]}"


def _says(row: Mapping[str, str], key: str) -> dict[str, str]:
    """Give what a row says, without its id and what we did with it; an empty cell says nothing."""
    return {column: text for column, text in row.items() if text and column != key and column not in OURS}


def _number(drafts: list[plan.Row], book: Book, table: str) -> None:
    """Give new rows the next free ids; a changed row of a table without history keeps the one it has."""
    key, letter = KEYS[table]
    if not letter:
        return
    listed = book.table(table).rows
    last = max((int(row[key][1:]) for row in listed), default=0)
    for draft in drafts:
        if draft.outcome == "changed" and table != "control_reports" and draft.replaces is not None:
            draft.cells[key] = listed[draft.replaces][key]
        elif draft.outcome in ("new", "changed"):
            last += 1
            draft.cells[key] = f"{letter}{last:04}"
