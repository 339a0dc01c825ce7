"""An import from end to end: read, plan, and make the change."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.intake import change, content, history, log, planner, spool
from mapper.intake.plan import OUTCOMES
from mapper.sources import plain, streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mapper.intake.book import Book
    from mapper.intake.content import Content
    from mapper.intake.ledger import Ledger
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
    with spool.room():
        for harvest in task.read(book):
            beside = [row for one in made for row in one.sources]
            made.append(planner.make(harvest, book, task.given, sources=beside))
    return made


def _as_it_is(_: Sequence[Plan]) -> None:
    """Accept any plan."""


def carry_out(
    task: Task,
    folder: Path,
    *,
    who: str | Callable[[], str],
    at: str,
    accept: Callable[[Sequence[Plan]], None] = _as_it_is,
) -> tuple[list[Plan], log.Entry | None]:
    """Plan on the package as it is, held against others, and make the change; no entry where nothing has changed.

    ``who`` may be asked for, once there is something to change; ``accept`` raises where the plan is not to be made.
    """
    made: list[Plan] = []

    def prepare(book: Book) -> tuple[Mapping[str, Content], log.Entry] | None:
        before = streams.mark(Path(task.file))
        found = plan(task, book)
        accept(found)
        made.extend(found)
        if not any(one.changes for one in found):
            return None
        name = who if isinstance(who, str) else who()
        with spool.room():
            for one in found:
                apply(one, book, task.given.tell)
        entry = _entry(task, found, who=name, at=at)
        streams.changed(Path(task.file), before)
        task.given.tell("checking", 0)
        return {**book.contents(), **task.beside(book)}, entry

    entry = change.make(folder, prepare)
    return made, entry


def _entry(task: Task, found: Sequence[Plan], *, who: str, at: str) -> log.Entry:
    sha = content.digest(content.of(Path(task.file))) if task.file else ""
    mapping = json.dumps(task.mapping, ensure_ascii=False, sort_keys=True) if task.mapping else ""
    counts = {outcome: sum(one.counts[outcome] for one in found) for outcome in OUTCOMES}
    return log.Entry(0, at, who, task.kind, plain.named(Path(task.file).name), sha, mapping, **counts)


def apply(found: Plan, book: Book, tell: Callable[[str, int], None]) -> None:
    """Put a plan's rows into the tables of a book; what it corrects stays beside it."""
    for source in found.sources:
        book.table("sources").widen(column for column, text in source.items() if text)
        book.table("sources").add(source)
    ledger = book.ledger(found.table)
    known = [column["name"] for column in book.schemas[found.table]["fields"]]
    if found.changes and "recorded_on" in known:
        ledger.widen(("recorded_on",))
    if found.counts["changed"] and found.table == history.REPORTS:
        ledger.widen(("supersedes", "supersedes_why"))
    ledger.add(_added(found, ledger, tell))


def _added(found: Plan, ledger: Ledger, tell: Callable[[str, int], None]) -> Iterator[Mapping[str, str]]:
    """Give the rows to add; only an event, which has no history, is changed in its place."""
    for count, row in enumerate(found.rows):
        if row.outcome == "new" or (row.outcome == "changed" and found.table in history.TABLES):
            yield row.cells
        elif row.outcome == "changed" and row.replaces is not None:
            ledger.change(row.replaces, row.cells)
        if count % planner.BATCH == 0:
            tell("writing", count)
