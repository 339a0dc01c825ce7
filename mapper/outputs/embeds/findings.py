"""What was found where a map is to be embedded: what breaks it, what weakens it, and what is good to know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Level = Literal["breaks", "warning", "note"]


LEVELS: Final[tuple[Level, ...]] = ("breaks", "warning", "note")
"""The worst first."""


@dataclass(frozen=True)
class Finding:
    """One thing found."""

    level: Level
    where: str
    """The file or page it was found at."""
    what: str
    remedy: str = ""
    by_header: bool = False
    """Whether the lines for a server mend it."""

    def __str__(self) -> str:
        """One line: level, place, what, and what to do."""
        remedy = f" {self.remedy}." if self.remedy else ""
        return f"{self.level}: {self.where}: {self.what}.{remedy}"


def breaks(where: str, what: str, remedy: str = "", *, by_header: bool = False) -> Finding:
    """Tell of what keeps the map from being seen."""
    return Finding("breaks", where, what, remedy, by_header)


def warns(where: str, what: str, remedy: str = "", *, by_header: bool = False) -> Finding:
    """Tell of what makes it worse and still lets it be seen."""
    return Finding("warning", where, what, remedy, by_header)


def notes(where: str, what: str, remedy: str = "") -> Finding:
    """Tell of what its owner may want to know."""
    return Finding("note", where, what, remedy)


def merged(found: Iterable[Finding]) -> list[Finding]:
    """Put together what was found at several files, and give the worst first."""
    places: dict[Finding, list[str]] = {}
    for one in found:
        places.setdefault(replace(one, where=""), []).append(one.where)
    together = [replace(one, where=", ".join(dict.fromkeys(where))) for one, where in places.items()]
    return sorted(together, key=lambda one: LEVELS.index(one.level))
