"""What an import would do, row by row, before it does anything."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from mapper import errors
from mapper.errors import Fault
from mapper.intake import spool
from mapper.matching.names import Candidate, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.intake.book import Cells

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

SHOWN: Final = 30
"""So many rows of each outcome are at hand to be shown; all of them are in the plan."""


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


class Rows:
    """The rows of a plan in the order of the file, few or many millions; what memory cannot hold is on the disk."""

    def __init__(self) -> None:
        """Begin with none."""
        self._records = spool.Records()
        self._count = 0
        self._overruled: dict[int, tuple[Fault, ...]] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows at the end."""
        plain = [_plain(row) for row in rows]
        self._count += len(plain)
        self._records.add(plain)

    def overrule(self, faults: Mapping[int, Fault]) -> None:
        """Refuse rows that were added as something else, by their number in the file."""
        self._overruled |= {number: (fault,) for number, fault in faults.items()}

    def __len__(self) -> int:
        """Count them."""
        return self._count

    def __getitem__(self, position: int) -> Row:
        """Give one, counted from 0; those before it are gone through."""
        for count, row in enumerate(self):
            if count == position:
                return row
        raise IndexError(position)

    def __iter__(self) -> Iterator[Row]:
        """Go through them, as often as one likes."""
        for listed in self._records:
            for row in map(_row, listed):
                faults = self._overruled.get(row.number)
                if faults is not None and row.outcome in ("new", "changed"):
                    row.outcome, row.faults = "refused", faults
                yield row


def _plain(row: Row) -> tuple[Any, ...]:
    match = row.match
    told = None if match is None else (match.pcode, match.how, match.reason, [astuple(c) for c in match.candidates])
    faults = [astuple(fault) for fault in row.faults]
    return (row.number, row.outcome, row.cells, row.place, told, faults, row.replaces, row.like)


def _row(plain: tuple[Any, ...]) -> Row:
    number, outcome, cells, place, told, faults, *rest = plain
    match = None
    if told is not None:
        pcode, how, reason, candidates = told
        match = Match(pcode, how, reason, tuple(Candidate(*one) for one in candidates))
    return Row(number, outcome, cells, place, match, tuple(Fault(*one) for one in faults), *rest)


@dataclass
class Plan:
    """What an import would do to one table, and to the table of sources."""

    file: str
    table: str
    key: str
    """The table's column of ids."""
    rows: Rows = field(default_factory=Rows)
    sources: list[Cells] = field(default_factory=list)
    """Sources that it adds."""
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    """How many rows there are of each outcome, in a fixed order."""
    first: dict[Outcome, list[Row]] = field(default_factory=lambda: {outcome: [] for outcome in OUTCOMES})
    """The first rows of each outcome."""

    def add(self, rows: list[Row]) -> None:
        """Add rows in the order of the file."""
        self.rows.add(rows)
        self._tally(rows)

    def overrule(self, faults: Mapping[int, Fault]) -> None:
        """Refuse rows that were added as something else, by their number in the file, and count anew."""
        self.rows.overrule(faults)
        self.counts = dict.fromkeys(OUTCOMES, 0)
        self.first = {outcome: [] for outcome in OUTCOMES}
        self._tally(self.rows)

    def _tally(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.counts[row.outcome] += 1
            if len(self.first[row.outcome]) < SHOWN:
                self.first[row.outcome].append(row)

    @property
    def changes(self) -> bool:
        """Whether it would change anything."""
        return bool(self.counts["new"] or self.counts["changed"])

    def records(self) -> Iterator[dict[str, Any]]:
        """Give the plan as rows of ``COLUMNS``."""
        return map(self.record, self.rows)

    def record(self, row: Row) -> dict[str, Any]:
        """Give one of its rows as a row of ``COLUMNS``."""
        match = row.match
        return {
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
