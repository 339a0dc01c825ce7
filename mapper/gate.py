"""The last gate before publishing: what stays out, by rule, and the questions with their answers on record."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import errors, pipeline, publish, questions
from mapper.outputs import flows, write
from mapper.outputs.exports import delimited
from mapper.sources import frozen
from mapper.sources import package as packages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.questions import Answer
    from mapper.tables import Package
    from mapper.terms import Withheld


@dataclass(frozen=True)
class Gate:
    """Where a package stands before it is published."""

    folder: Path
    package: Package
    """What of it is public."""
    withheld: tuple[Withheld, ...]
    state: str
    answers: tuple[Answer, ...]
    """All that are on record, of earlier states too."""

    @property
    def standing(self) -> dict[str, Answer]:
        """Give the answers of this state, by question."""
        return questions.standing(self.answers, self.state)

    @property
    def missing(self) -> list[str]:
        """Give the questions that are open."""
        return questions.missing(self.answers, self.state)


def question(name: str) -> str:
    """Give a question by its short name."""
    return questions.QUESTIONS[name]


def look(path: str | Path | None = None) -> Gate:
    """Check a package and see what of it is public, and what was answered. Raises :class:`errors.DataError`."""
    folder = frozen.folder_of(packages.EMBEDDED if path is None else Path(path))
    public = publish.public(pipeline.check(folder))
    withheld = (*public.withheld_by_rule, *flows.withheld(pipeline.make_timeline(public), public))
    state = questions.state_of(frozen.contents(folder))
    return Gate(folder, public, withheld, state, tuple(frozen.answers(folder)))


def record(gate: Gate, given: Mapping[str, str], *, by: str, on: dt.date) -> Gate:
    """Put answers on record in the package, behind those that are there; whole or not at all.

    Raises :class:`errors.UsageError` for a question that there is not, and where nobody says whose answers they are.
    """
    for name in given:
        if name not in questions.QUESTIONS:
            known = ", ".join(questions.QUESTIONS)
            raise errors.UsageError(f"{errors.shown(name)} is no question; they are {known}")
    if not by.strip() or not by.isprintable():
        raise errors.UsageError('An answer has somebody who gave it: add --by "your name".')
    said = {name: " ".join(text.split()) for name, text in given.items()}
    fresh = [questions.Answer(name, text, by.strip(), on.isoformat(), gate.state) for name, text in said.items()]
    answers = (*gate.answers, *fresh)
    text = delimited.table_text([dataclasses.asdict(one) for one in answers], questions.COLUMNS)
    write.together({gate.folder: {questions.FILE: text.encode()}})
    return dataclasses.replace(gate, answers=answers)
