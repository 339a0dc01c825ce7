"""Errors of this project: one tree, and messages that say where and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_VALUE_LENGTH = 80
SHOWN_FAULTS = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one place of an input.

    ``row`` counts as a text editor does: the header is row 1, so the first record is row 2.
    Row 0 and an empty column mean the file as a whole.
    """

    file: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line: file, row, column, value, problem, remedy."""
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column '{self.column}'"
        value = f" {shown(self.value)}" if self.value else ""
        return f"{place}:{value} {self.problem}. {self.remedy}."


def shown(value: object) -> str:
    r"""Quote a value for a message: printable, and never longer than a line.

    >>> shown("a\nb")
    "'a\\nb'"
    """
    text = str(value)
    short = text if len(text) <= SHOWN_VALUE_LENGTH else text[:SHOWN_VALUE_LENGTH] + "…"
    return repr(short)


class MapperError(Exception):
    """Anything the user can mend; the command line prints it alone and exits with 2."""


class DataError(MapperError):
    """An input is wrong; carries every fault that was found, not just the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of file, row and column."""
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Every fault on a line of its own, then the count."""
        lines = [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(f"... and {len(self.faults) - SHOWN_FAULTS} more")
        count = len(self.faults)
        return "\n".join([*lines, f"{count} fault{'' if count == 1 else 's'}"])


class OutputError(MapperError):
    """A result could not be written; what stood there before still stands."""


class UsageError(MapperError):
    """The request itself makes no sense: an unknown township, dates the wrong way round."""


class NetworkError(MapperError):
    """What was to come from the network did not, or not well; nothing that stood in its place has changed."""


class SetupError(MapperError):
    """A part that set-up fetches (Leaflet, the world's countries) is missing."""


def fault(file: object, problem: str, remedy: str, *, row: int = 0, column: str = "", value: object = "") -> DataError:
    """One-fault :class:`DataError`, for the places where reading cannot go on."""
    return DataError([Fault(str(file), row, column, str(value), problem, remedy)])
