"""On what terms a package may be published: for whom, how long after, and with whose agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.control import Source

Audience = Literal["public", "internal"]
"""``public``: anybody may see it. ``internal``: only those may who may see every row of the package."""

OWNERS: Final[tuple[str, ...]] = ("ACLED", "MIMU")
"""Whose data may go into a public output only with their agreement, which the package must say that it has."""

MOST_DAYS: Final = 3660


@dataclass(frozen=True, slots=True)
class Terms:
    """What a package's descriptor says under ``publish``."""

    delay_days: int = 0
    """What is younger than this, counted from the day up to which the package knows, is not public yet."""
    agreements: frozenset[str] = frozenset()
    """The owners, of :data:`OWNERS`, whose agreement the package says that it has."""


@dataclass(frozen=True, slots=True, order=True)
class Withheld:
    """How much was kept from a public output, and by which rule: for the editor, never part of an output."""

    rule: str
    table: str
    count: int


RULES: Final[dict[str, str]] = {
    "agreement": "the owner's agreement is not declared in the package (publish.agreements)",
    "contested": "an arrow that would touch a contested township",
    "correction": "a public report that a record which is not public corrects: it stands uncorrected",
    "delay": "younger than the package's publish delay",
    "few": "a count of 1 to 4, said to be below 5",
    "licence": "the source's licence has no public use",
    "personal": "a text with an address, a number to call or a point on the ground: the cell is blank",
    "place": "displaced people at a place finer than a township",
    "sensitivity": "the source is restricted or internal",
    "spelling": "a spelling that was matched by hand, from a file that may be restricted",
    "total": "a figure from which a count of 1 to 4 could be worked out",
}
"""Why something is kept from a public output, by the rule's name."""


def read(declared: Any, *, file: str) -> Terms:  # noqa: ANN401 -- JSON is any value
    """Read the terms that a descriptor declares; where it declares none nothing is delayed and nothing agreed."""
    given: Mapping[str, Any] = {} if declared is None else declared
    if not isinstance(given, dict):
        raise errors.fault(file, "is not an object", 'Write {"delay_days": 7, "agreements": []}', column="publish")
    for name in sorted(given.keys() - {"delay_days", "agreements"}):
        raise errors.fault(file, "is no option", "Use delay_days and agreements", column="publish", value=name)
    days, agreed = given.get("delay_days", 0), given.get("agreements", [])
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
        remedy = f"Write a number of days, 0 to {MOST_DAYS}"
        raise errors.fault(file, "is no sensible number", remedy, column="publish.delay_days", value=days)
    if not isinstance(agreed, list) or not all(owner in OWNERS for owner in agreed):
        remedy = f"Write a list of {', '.join(OWNERS)}, as far as you have their agreement"
        raise errors.fault(file, "is no list of owners", remedy, column="publish.agreements", value=agreed)
    return Terms(days, frozenset(agreed))


def of_acled(source: Source) -> bool:
    """Whether a source is ACLED's own data, whose terms ask for an agreement; a paper that quotes it is not."""
    told = (source.source_id, source.publisher, source.licence, source.url)
    return any("acled" in text.casefold() for text in told)


def of_mimu(*told: str) -> bool:
    """Whether boundaries are MIMU's, by what is told of them: title, licence and attribution."""
    return any("mimu" in text.casefold() for text in told)
