"""Counts of people as a public page may show them: rounded, and never 1 to 4.

Small counts can point at persons, and exact ones suggest a precision that counting in a war does not have.
Every count is rounded by itself. Rounding alone does not hide a small one from whoever has the total and the other
parts, so :mod:`mapper.withholding` leaves out those totals before anything comes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mapper import withholding

STEPS: Final[tuple[tuple[int, int], ...]] = ((100, 5), (1_000, 10))
"""Below the first number, round to the second."""

COARSEST: Final = 100
"""To which anything larger is rounded, as on UNHCR's and OCHA's maps."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it may be shown."""

    people: int
    few: bool = False
    """It is "fewer than ``people``", but not none."""


def shown(people: int) -> Shown:
    """Round one count of people; raises :class:`ValueError` below 0.

    >>> [shown(people).people for people in (0, 77, 419, 1178003)], shown(3)
    ([0, 75, 420, 1178000], Shown(people=5, few=True))
    """
    if people < 0:
        raise ValueError(f"{people} people cannot be")
    if withholding.is_small(people):
        return Shown(withholding.FEW, few=True)
    step = next((step for below, step in STEPS if people < below), COARSEST)
    return Shown((people + step // 2) // step * step)
