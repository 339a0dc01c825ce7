"""What a user has said with ``mapper import``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.intake import planner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mapper.sources.days import Order


@dataclass(frozen=True)
class Asked:
    """A file, and what was said of it."""

    file: Path
    day: str
    """The day of the log, on which rows are recorded."""
    boundaries: Path | None = None
    credit: Mapping[str, str] = field(default_factory=dict)
    """Of the file as a source."""
    sheet: str | None = None
    holds: str = "reports"
    """``reports`` or ``figures``."""
    maps: Sequence[tuple[str, str]] = ()
    fixed: Sequence[tuple[str, str]] = ()
    values: Sequence[tuple[str, str]] = ()
    dates: Order | None = None
    again: bool = False
    """Whether what was corrected or withdrawn since counts again."""
    military: bool = False
    """Whether points of a military kind are taken, as parts of their townships."""
    tell: Callable[[str, int], None] = planner.untold
    """Is told what is being done, and at which row it is."""
