"""What verbs that change a package show: how a file is read, what becomes of its rows, and what a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.intake.matches import Question
    from mapper.intake.plan import Outcome, Plan

SOURCES: Final = 4
ROWS: Final = 30
"""So many are shown; all of them are in the file of a plan."""

ORDER: Final[tuple[Outcome, ...]] = ("refused", "changed", "new")
"""What a person should look at first."""

COLUMNS: Final = ("row", "outcome", "place", "matched", "says", "reason")


def show_mapping(rows: Sequence[Mapping[str, str]], left_out: Sequence[str], *, kept: bool) -> None:
    """Print how a table is read, and which of its columns are not taken over."""
    title = "How the table is read" + (", as confirmed before" if kept else "")
    terminal.print_rows(rows, ("ours", "from"), form="table", title=title)
    if left_out:
        terminal.print_lines([f"Not taken over: {', '.join(left_out)}."])


def show(plans: Iterable[Plan], *, done: bool, left_out: bool = False) -> None:
    """Print what becomes of the rows, table by table: the counts, then the rows that a person should look at first.

    With ``left_out`` it is said which columns are not taken over, where :func:`show_mapping` has not said it.
    """
    for plan in plans:
        counts = ", ".join(f"{number:,} {outcome}" for outcome, number in plan.counts.items())
        terminal.print_lines([f"{plan.file} into {plan.table}: {counts}."])
        if plan.sources:
            more = len(plan.sources) - SOURCES
            named = ", ".join(source["source_id"] for source in plan.sources[:SOURCES])
            rest = f" and {more} more" if more > 0 else ""
            terminal.print_lines([f"Sources {'added' if done else 'to add'}: {named}{rest}."])
        if left_out and plan.left_out:
            terminal.print_lines([f"Not taken over: {', '.join(plan.left_out)}."])
        rows = [row for outcome in ORDER for row in plan.first[outcome]][:ROWS]
        if rows:
            listed = [{**record, "row": str(record["row"])} for record in map(plan.record, rows)]
            terminal.print_rows(listed, COLUMNS, form="table")
        if len(rows) < len(plan.rows):
            terminal.print_lines([f"{len(plan.rows) - len(rows):,} more rows are not shown here."])


def show_question(question: Question, number: int, count: int) -> None:
    """Print one unknown name, why it means nothing, and the townships that are alike."""
    rows = ", ".join(map(str, question.rows[:SOURCES])) + (" ..." if len(question.rows) > SOURCES else "")
    first = f"{number} of {count}: {question.name} (row {rows}): {question.reason}."
    terminal.print_lines([first, *(f"  {place} {one}" for place, one in enumerate(question.candidates, start=1))])


def show_questions(questions: Sequence[Question]) -> None:
    """Print what is left to ask, for a program or a log."""
    for number, question in enumerate(questions, start=1):
        show_question(question, number, len(questions))
    terminal.print_lines(["Nobody sits at the terminal: answer with --answer NAME=PCODE."])
