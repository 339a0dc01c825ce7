"""What an import would do, row by row, before it does anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.errors import Fault
    from mapper.intake.book import Cells
    from mapper.matching.names import Match

Outcome = Literal["new", "same", "changed", "refused"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("new", "same", "changed", "refused")
COLUMNS: Final = ("row", "outcome", "table", "id", "place", "pcode", "matched", "reason", "says")
"""Of a plan as a table."""

SAID: Final = {
    "control_reports": ("date", "status", "holders", "scope", "kind", "source_id"),
    "displacement": ("date", "people", "measure", "basis", "source_id"),
    "refugees": ("date", "country", "people", "measure", "source_id"),
    "movements": ("date_from", "date_to", "origin", "destination", "people", "source_id"),
    "events": ("date_from", "date_to", "kind", "sides", "deaths_best", "source_id"),
}
"""What a row says in short, by table."""


@dataclass(slots=True)
class Row:
    """What becomes of one row of the file."""

    number: int
    outcome: Outcome
    cells: Cells = field(default_factory=dict)
    place: str = ""
    """As the file names it."""
    match: Match | None = None
    faults: tuple[Fault, ...] = ()
    """Why it is refused."""
    replaces: int | None = None
    """Position in the table of the row that it changes."""
    like: str = ""
    """Id of the row that says the same."""

    @property
    def reason(self) -> str:
        """Say in a line why it is refused or put nowhere, or what it is the same as or changes."""
        if self.faults:
            return " ".join(_short(fault) for fault in self.faults)
        nowhere = self.match.reason if self.match is not None and not self.match.pcode else ""
        return "; ".join(part for part in (self.like, nowhere) if part)


def _short(fault: Fault) -> str:
    column = f"{fault.column}: " if fault.column else ""
    value = f"{errors.shown(fault.value)} " if fault.value else ""
    return f"{column}{value}{fault.problem}. {fault.remedy}."


@dataclass
class Plan:
    """What an import would do to one table, and to the table of sources."""

    file: str
    table: str
    key: str
    """The table's column of ids."""
    rows: list[Row]
    sources: list[Cells] = field(default_factory=list)
    """Sources that it adds."""
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows there are of each outcome, in a fixed order."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def changes(self) -> bool:
        """Whether it would change anything."""
        return any(row.outcome in ("new", "changed") for row in self.rows)

    def records(self) -> Iterator[dict[str, Any]]:
        """Give the plan as rows of ``COLUMNS``."""
        for row in self.rows:
            match = row.match
            yield {
                "row": row.number,
                "outcome": row.outcome,
                "table": self.table,
                "id": row.cells.get(self.key, ""),
                "place": row.place,
                "pcode": row.cells.get("pcode", ""),
                "matched": match.how if match is not None and match.pcode else "",
                "reason": row.reason,
                "says": "; ".join(row.cells[part] for part in SAID[self.table] if row.cells.get(part)),
            }

    def refused(self) -> list[Fault]:
        """Give every fault of the rows that are refused."""
        return [fault for row in self.rows for fault in row.faults]
