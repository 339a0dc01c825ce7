"""Names of a file that no township bears, put before a person one by one; each answer is kept as an alias."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper import publish
from mapper.intake import change, log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mapper.intake.book import Book
    from mapper.intake.content import Content
    from mapper.intake.plan import Plan
    from mapper.matching.names import Candidate


ROWS: Final = 5
"""Rows of a name that are told."""

MOST: Final = 10_000
"""Names that are asked for at once, more than anybody answers."""


@dataclass(frozen=True)
class Question:
    """A name that means no township yet."""

    name: str
    reason: str
    candidates: tuple[Candidate, ...]
    rows: tuple[int, ...]
    """Where the file has it, the first few."""


def questions(plans: Iterable[Plan]) -> list[Question]:
    """Give the names of a plan that a person can decide on, in the order of the file.

    A name that several townships bear is not among them: which is meant may differ from row to row, so the file must
    say the state.
    """
    found: dict[str, Question] = {}
    for row in (row for plan in plans for row in plan.rows):
        match = row.match
        if match is None or match.pcode or not row.place or not match.candidates or _several(match.candidates):
            continue
        if len(found) >= MOST:
            break
        before = found.get(row.place)
        rows = () if before is None else before.rows
        if len(rows) < ROWS:
            found[row.place] = Question(row.place, match.reason, match.candidates, (*rows, row.number))
    return list(found.values())


def _several(candidates: Iterable[Candidate]) -> bool:
    """Whether one name is the very name of more than one township."""
    whole = [one for one in candidates if one.because == one.name and one.score == 100]  # noqa: PLR2004 -- of 100
    return len(whole) > 1


def keep(folder: Path, answers: Mapping[str, str], *, file: str, who: str, at: str) -> log.Entry | None:
    """Keep names as aliases of townships, by P-code, in one change; those that the package has already are left."""

    def prepare(book: Book) -> tuple[Mapping[str, Content], log.Entry] | None:
        table = book.table("aliases")
        there = {(row["pcode"], row["alias"]) for row in table.rows}
        added = {name: pcode for name, pcode in answers.items() if (pcode, name) not in there}
        for name, pcode in added.items():
            # of which file and by whom is in the log, which no release holds
            table.add({"pcode": pcode, "alias": name, "seen_in": publish.BY_HAND, "machine_matched": "no"})
        same = len(answers) - len(added)
        return book.contents(), log.Entry(0, at, who, "match", file, new=len(added), same=same)

    return change.make(folder, prepare)
