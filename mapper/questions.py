"""The last gate before anything is published: a few questions, and the answers that are on record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE: Final = "publish-answers.csv"
"""Beside a package's descriptor, which does not name it: it is for its editors, and in no output and no release."""

COLUMNS: Final[tuple[str, ...]] = ("question", "answer", "by", "on", "state")

QUESTIONS: Final[dict[str, str]] = {
    "harm": "Who could be harmed by what this shows, and why is it right to publish it all the same?",
    "public": "Is what it says of places in danger public already, and where?",
    "together": "What do control, displacement and routes tell together that each alone does not?",
    "people": "Could a source, a witness, an aid worker or a family be recognised?",
    "delay": "Is the publish delay long enough for whoever is on the move?",
    "takedown": "Where can somebody ask for a correction, or to take something down, and who answers?",
}
"""What an editor answers, by a short name. After: IASC, Operational Guidance on Data Responsibility (2023)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, by whom, when, and of which state of the package."""

    question: str
    answer: str
    by: str
    on: str
    state: str
    """SHA-256 of the package's tables: whoever changes them asks the questions anew."""


def state_of(contents: Mapping[str, bytes]) -> str:
    """Give the state of a package, by the content of its files by name."""
    total = hashlib.sha256()
    for name, content in sorted(contents.items()):
        total.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def standing(answers: Iterable[Answer], state: str) -> dict[str, Answer]:
    """Give the latest answer to each question that was given of this state."""
    return {one.question: one for one in answers if one.state == state and one.question in QUESTIONS}


def missing(answers: Iterable[Answer], state: str) -> list[str]:
    """Give the questions that nobody has answered of this state."""
    given = standing(answers, state)
    return [name for name in QUESTIONS if name not in given]
