"""One report that a person writes down: a table of one row, and treated as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.intake import importing, mappings, planner
from mapper.sources import table
from mapper.sources.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.intake.book import Book
    from mapper.intake.plan import Plan
    from mapper.sources.harvest import Harvest

NEEDED: Final = ("township", "date", "holders", "kind", "confidence", "finding")

QUESTIONS: Final = {
    "township": "Which township (name or P-code)",
    "date": "When was it so, or did it happen (2024-12-29, or 2024-12)",
    "holders": "Who holds it (ids or names, with ; between)",
    "kind": "event (it happened then) or snapshot (it was so then)",
    "confidence": "How sure: high, medium or low",
    "finding": "What the source says, in a few words of your own",
    "publisher": "Who published it",
    "sensitivity": "How sensitive is the source: public, restricted or internal",
}

NAME: Final = "the report"
"""What messages call it."""


def task(said: Mapping[str, str], book: Book, sensitivity: str, day: str, *, again: bool = False) -> importing.Task:
    """Make the task of one report; ``said`` is by our columns, filled ones only."""
    given = dict(said)
    if given.get("township", "").upper() in map(str.upper, map(str, book.package.townships.index)):
        given["pcode"] = given.pop("township")
    sheet = Sheet(NAME, list(given), [(1, given)])
    mapping = table.TableMapping("control_reports", {part: part for part in given})

    def read(book: Book) -> tuple[Harvest]:
        return (table.harvest(sheet, mapping, mappings.vocabulary(book, mapping.table)),)

    credit = {"sensitivity": sensitivity} if sensitivity else {}
    return importing.Task("add", "", read, planner.Given(day, None, credit, again=again))


def refuse(plans: Sequence[Plan]) -> None:
    """Refuse the report with all its faults, where it has any, and a new source of which nothing is said."""
    faults = [fault for plan in plans for fault in plan.refused()]
    if faults:
        raise errors.DataError(faults)
    if any(not source["sensitivity"] for plan in plans for source in plan.sources):
        raise errors.UsageError("How sensitive is the source? Say --sensitivity public, restricted or internal.")
