"""``mapper match``: say which townships the unknown names in a file mean."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from mapper import errors, terminal
from mapper.commands import options, plans

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapper.intake.matches import Question


def match(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file as for `mapper import`.")],
    *,
    kind: Annotated[str, typer.Option(metavar="KIND", help="What the file is, as for `mapper import`.")] = "table",
    into: options.Into = None,
    boundaries: options.Polygons = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    holds: Annotated[str, typer.Option("--as", help="What a table holds: reports or figures.")] = "reports",
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="OURS=VALUE", help="What holds for all rows, as basis=total.")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=PCODE", help="An answer beforehand, where nobody sits at the terminal."),
    ] = None,
    by: options.By = "",
    at: options.At = None,
) -> None:
    """Go through the names in a file that no township bears, with those that are alike; answers are kept as aliases.

    Nothing is matched by likeness alone: a person says so, once, and the next import knows.
    """
    from mapper.intake import book, importing, kinds, log, matches  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.sources import plain  # noqa: PLC0415 -- keeps `mapper --help` fast

    folder = book.find(into)
    moment = log.moment(at)
    read = book.Book(folder)
    fixed = [options.pair(one) for one in set_ or []]
    asked = kinds.Asked(file, moment[: len("YYYY-MM-DD")], boundaries, sheet=sheet, holds=holds, fixed=fixed)
    ready = kinds.ready(kind, asked, read)
    left = matches.questions(importing.plan(ready.task, read))
    pcodes = frozenset(map(str, read.package.townships.index))
    answers = {name: _known(pcode, pcodes) for name, pcode in map(options.pair, answer or [])}
    open_ones = [question for question in left if question.name not in answers]
    if open_ones and options.asks():
        answers |= _ask(open_ones, pcodes)
    elif open_ones:
        plans.show_questions(open_ones)
    if not answers:
        terminal.print_lines(["No name is left to match." if not left else "Nothing was kept."])
        return
    entry = matches.keep(folder, answers, file=plain.named(file.name), who=options.who(by), at=moment)
    kept = 0 if entry is None else entry.new
    terminal.print_lines([f"{kept} {'alias' if kept == 1 else 'aliases'} kept in {folder}. Now import the file again."])


def _known(pcode: str, pcodes: Collection[str]) -> str:
    if pcode.upper() not in pcodes:
        raise errors.UsageError(f"{errors.shown(pcode)} is the P-code of no township of this package.")
    return pcode.upper()


def _ask(questions: list[Question], pcodes: Collection[str]) -> dict[str, str]:
    """Ask one by one; an empty answer leaves a name as it is, and q ends the asking and keeps what was said."""
    answers: dict[str, str] = {}
    for number, question in enumerate(questions, start=1):
        plans.show_question(question, number, len(questions))
        while True:
            said = typer.prompt("Number, P-code, Enter to skip, q to stop", default="", show_default=False).strip()
            if said == "q":
                return answers
            if said.isdecimal() and 0 < int(said) <= len(question.candidates):
                answers[question.name] = question.candidates[int(said) - 1].pcode
            elif said.upper() in pcodes:
                answers[question.name] = said.upper()
            elif said:
                terminal.print_lines(["That is neither one of the numbers nor a P-code."])
                continue
            break
    return answers
