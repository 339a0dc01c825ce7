"""An import from end to end: read, plan, and make the change."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import errors
from mapper.intake import change, history, log, planner
from mapper.intake.plan import OUTCOMES
from mapper.sources import files, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapper.intake.book import Book
    from mapper.intake.plan import Plan
    from mapper.sources.harvest import Harvest


@dataclass(frozen=True)
class Task:
    """What is to be taken in, and what the log says of it."""

    kind: str
    """Of import: ``table``, ``ucdp``; or ``add``, ``match``."""
    file: str
    read: Callable[[Book], Sequence[Harvest]]
    """Gives, table by table, what the file holds; the package's words may be needed to read it."""
    given: planner.Given
    mapping: Mapping[str, object] = field(default_factory=dict)
    beside: Callable[[Book], Mapping[str, bytes]] = lambda _: {}
    """Files of the package that change along with its tables, such as the mapping that is kept."""


def plan(task: Task, book: Book) -> list[Plan]:
    """Make the plan of each table that the file has something for; nothing is changed."""
    made: list[Plan] = []
    for harvest in task.read(book):
        made.append(planner.make(harvest, book, task.given, sources=[row for one in made for row in one.sources]))
    return made


def carry_out(task: Task, folder: Path, *, who: str, at: str) -> tuple[list[Plan], log.Entry | None]:
    """Plan on the package as it is, held against others, and make the change; no entry where nothing has changed."""
    made: list[Plan] = []

    def prepare(book: Book) -> tuple[Mapping[str, bytes], log.Entry] | None:
        found = plan(task, book)
        made.extend(found)
        if not any(one.changes for one in found):
            return None
        for one in found:
            apply(one, book)
        return {**book.contents(), **task.beside(book)}, _entry(task, found, who=who, at=at)

    entry = change.make(folder, prepare)
    return made, entry


def _entry(task: Task, found: Sequence[Plan], *, who: str, at: str) -> log.Entry:
    sha = change.digest(files.read_whole(Path(task.file), limit=files.VECTOR_LIMIT)) if task.file else ""
    mapping = json.dumps(task.mapping, ensure_ascii=False, sort_keys=True) if task.mapping else ""
    counts = {outcome: sum(one.counts[outcome] for one in found) for outcome in OUTCOMES}
    return log.Entry(0, at, who, task.kind, plain.named(Path(task.file).name), sha, mapping, **counts)


def apply(found: Plan, book: Book) -> None:
    """Put a plan's rows into the tables of a book."""
    table = book.table(found.table)
    if found.changes and any(column["name"] == "recorded_on" for column in book.schemas[found.table]["fields"]):
        table.widen(("recorded_on",))
    for source in found.sources:
        book.table("sources").widen(column for column, text in source.items() if text)
        book.table("sources").add(source)
    for row in found.rows:
        if row.outcome == "new":
            table.add(row.cells)
        elif row.outcome == "changed":
            _change(found, row.replaces, row.cells, book)


def _change(found: Plan, position: int | None, cells: dict[str, str], book: Book) -> None:
    """Correct a row: a report by a new record beside it, which says what it corrects."""
    if position is None:
        raise errors.UsageError("a changed row has no row to change")
    table = book.table(found.table)
    if found.table != history.REPORTS:
        table.change(position, cells)
        return
    said = [column for column in table.header if column != found.key and column not in planner.OURS]
    table.widen(("supersedes", "supersedes_why"))
    table.add(history.correction(table.rows[position], cells, said))
