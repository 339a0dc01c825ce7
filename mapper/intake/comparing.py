"""Rows of a file held against what the package has, and against the rows before them: new, the same, or otherwise."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from mapper import records
from mapper.errors import Fault
from mapper.intake import history
from mapper.intake.known import Known
from mapper.intake.vetting import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapper.intake import plan
    from mapper.intake.book import Book
    from mapper.intake.known import Said

ABOUT: Final = {
    "control_reports": ("source_id", "pcode", "date", "scope", "place", "kind", "claimant"),
    **records.FIGURES,
    "events": ("event_id",),
}
"""What two rows have in common that speak about the same thing."""

OURS: Final = ("recorded_on", "withdrawn_on", "withdrawn_why", "supersedes", "supersedes_why")
"""Columns that say what we did with a row, and nothing that its source says."""

AGAIN: Final = "An old file? Then all is well. If it is so again, take it in with --again"


class Comparing:
    """What is known, and how a row is held against it; gives new rows their ids."""

    def __init__(self, known: Known, table: str, said: list[str], *, again: bool) -> None:
        """Know the columns that sources fill, and whether what was corrected or withdrawn since counts ``again``."""
        self._known, self._table, self._again = known, table, again
        self._key, self._letter = KEYS[table]
        self._figures = table in records.FIGURES
        self._said = said
        self._last = known.last
        self.overruled: dict[int, int] = {}
        """Rows that were taken before one came that says otherwise about the same, and the row of that one."""

    def take(self, draft: plan.Row) -> None:
        """Tell what a row that has no fault is, and remember it where it will be in the package."""
        mark, says = self._known.digests(draft.cells)
        about = self._known.find(mark)
        there = [one for one in about if one.position is not None]
        earlier = next((one for one in about if one.position is None), None)
        alike = [one for one in there if one.says == says]
        standing = there[-1:] if self._figures else [one for one in there if not self._known.gone(one.name)]
        kept = next((one for one in alike if one in standing), None)
        if kept is not None:
            draft.outcome, draft.like = "same", f"as {kept.name}"
        elif earlier is not None:
            self._beside(draft, earlier, same=earlier.says == says)
        elif alike and not self._again:
            became = f"{there[-1].name} tells it otherwise since" if self._figures else self._known.gone(alike[-1].name)
            problem = f"says what {alike[-1].name} said, and {became}"
            _refuse(draft, problem, AGAIN)
        elif standing:
            self._correct(draft, standing[-1])
        if earlier is None and draft.outcome != "refused":
            self._known.put(mark, says, draft.number)
        if draft.outcome in ("new", "changed"):
            self._number(draft)

    def _beside(self, draft: plan.Row, earlier: Said, *, same: bool) -> None:
        """Hold a row against one before it in the file that is about the same."""
        if same:
            draft.outcome, draft.like = "same", f"as row {earlier.row}"
            return
        row = earlier.row or 0
        self.overruled.setdefault(row, draft.number)
        _refuse(draft, *otherwise(row))

    def _correct(self, draft: plan.Row, old: Said) -> None:
        """Let a row change one that is there, by a record beside it; a report's must not come before it."""
        if self._table == history.REPORTS:
            cells = self._known.cells(old.name)
            if draft.cells["recorded_on"] < cells["recorded_on"]:
                problem = f"would correct {old.name}, which was recorded on {cells['recorded_on']}, after this import"
                _refuse(draft, problem, "Check the clock of this machine, or the day given with --at")
                return
            draft.cells = history.correction(cells, draft.cells, self._said)
        draft.outcome, draft.replaces, draft.like = "changed", old.position, f"changes {old.name}"

    def _number(self, draft: plan.Row) -> None:
        """Give a row the next free id: what it changes stays, with its own. Events keep the id that they come with."""
        if self._letter:
            self._last += 1
            draft.cells[self._key] = f"{self._letter}{self._last:04}"


def otherwise(row: int) -> tuple[str, str]:
    """Say that a row contradicts another of its file, and the remedy: which of the two is right nobody can tell."""
    remedy = "Keep one of the two, or tell them apart by place, kind or claimant"
    return f"says otherwise than row {row} about the same", remedy


def _refuse(draft: plan.Row, problem: str, remedy: str) -> None:
    draft.outcome, draft.faults = "refused", (Fault("", draft.number, "", "", problem, remedy),)


@contextmanager
def against(book: Book, table: str, *, again: bool, tell: Callable[[str, int], None]) -> Iterator[Comparing]:
    """Learn a table of the package, to hold rows against it."""
    ledger = book.ledger(table)
    key = KEYS[table][0]
    columns = [column["name"] for column in book.schemas[table]["fields"]]
    said = [column for column in columns if column != key and column not in OURS]
    known = Known(key=key, about=ABOUT[table], said=said)
    try:
        for count in known.learn(ledger.rows(), whole=table == history.REPORTS):
            tell("reading the package", count)
        if table == history.REPORTS:
            known.forget(history.gone([], book.table("withdrawals").rows))
        yield Comparing(known, table, said, again=again)
    finally:
        known.close()
