"""What the command line shows: tables and a progress bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from mapper import control, publish, rules

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.intake.matches import Question
    from mapper.intake.plan import Plan
    from mapper.pipeline import Result
    from mapper.resolve import Explanation
    from mapper.tables import Package

Form = Literal["table", "csv", "json"]

_HIDDEN_IN_TABLES = frozenset({"pcode", "previous_date", "report_urls", "contested_until", "id"})
_NO_TERMINAL_WIDTH = 200
_SHOWN_SOURCES = 4
_SHOWN_ROWS = 30
"""Of a plan; all of them are in its file."""


def _console(*, stderr: bool = False) -> Console:
    """Make a console that never reads markup out of data, and does not wrap where a program reads."""
    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    return (
        console
        if console.is_terminal
        else Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=_NO_TERMINAL_WIDTH)
    )


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Give a function to call at each step; it moves a bar on a terminal and prints a line elsewhere."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield console.print
        return
    columns = (BarColumn(bar_width=30), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=steps)
        done = -1

        def tell(label: str) -> None:
            nonlocal done
            done += 1
            bar.update(task, description=label, completed=done)

        yield tell


def print_error(error: object) -> None:
    """Print an error to standard error, and nothing else."""
    _console(stderr=True).print(Text(str(error)), soft_wrap=True)


def print_lines(*lines: str) -> None:
    """Print lines as they are, whatever is in them."""
    for line in lines:
        _console().print(Text(line), soft_wrap=True)


def print_mapping(rows: Sequence[Mapping[str, str]], left_out: Sequence[str], *, kept: bool) -> None:
    """Print how a table is read, and which of its columns are not taken over."""
    title = "How the table is read" + (", as confirmed before" if kept else "")
    _console().print(_table(rows, ("ours", "from"), title))
    if left_out:
        _console().print(Text(f"Not taken over: {', '.join(left_out)}."), soft_wrap=True)


def print_plans(plans: Iterable[Plan], *, done: bool) -> None:
    """Print what an import does, or would do, table by table."""
    for plan in plans:
        print_plan(plan, done=done)


def print_plan(plan: Plan, *, done: bool) -> None:
    """Print what becomes of the rows for one table: the counts, then the rows that a person should look at first."""
    console = _console()
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in plan.counts.items())
    console.print(Text(f"{plan.file} into {plan.table}: {counts}."))
    if plan.sources:
        ids = ", ".join([source["source_id"] for source in plan.sources][:_SHOWN_SOURCES])
        more = len(plan.sources) - _SHOWN_SOURCES
        named = ids + (f" and {more} more" if more > 0 else "")
        console.print(Text(f"Sources {'added' if done else 'to add'}: {named}."))
    for note in plan.notes:
        console.print(Text(note), soft_wrap=True)
    order = {"refused": 0, "changed": 1, "new": 2, "same": 3}
    listed = sorted(plan.records(), key=lambda row: order[row["outcome"]])
    shown = [{**row, "row": str(row["row"])} for row in listed if row["outcome"] != "same"][:_SHOWN_ROWS]
    if shown:
        columns = ("row", "outcome", "place", "matched", "says", "reason")
        console.print(_table(shown, columns, ""))
    if len(shown) < len(listed):
        console.print(f"{len(listed) - len(shown):,} more rows are not shown here.")


def print_question(question: Question, number: int, count: int) -> None:
    """Print one unknown name, why it means nothing, and the townships that are alike."""
    rows = ", ".join(map(str, question.rows[:5])) + (" ..." if len(question.rows) > 5 else "")  # noqa: PLR2004 -- as fit
    print_lines(f"{number} of {count}: {question.name} (row {rows}): {question.reason}.")
    print_lines(*(f"  {place} {candidate}" for place, candidate in enumerate(question.candidates, start=1)))


def print_questions(questions: Sequence[Question]) -> None:
    """Print what is left to ask, for a program or a log."""
    for number, question in enumerate(questions, start=1):
        print_question(question, number, len(questions))
    print_lines("Nobody sits at the terminal: answer with --answer NAME=PCODE.")


def print_result(result: Result) -> None:
    """Print the latest slice in short, what in it is assumed and not reported, and where the files are."""
    console = _console()
    date = result.timeline.dates[-1]
    found = result.timeline.slice(date)
    known = rules.considered(result.package.reports, known_on=result.timeline.as_known_on)
    console.print(f"Control on {date}, from {len(known)} reports:")
    for status in control.STATUSES:
        of_status = [assessment for assessment in found.values() if assessment.status == status]
        if of_status:
            assumed = sum(assessment.basis == "assumed" for assessment in of_status)
            note = f", {assumed} of them assumed, not reported" if assumed else ""
            console.print(f"  {result.package.label(status):<26}{len(of_status):>4} townships{note}")
    stale = sum(assessment.stale for assessment in found.values())
    disputed = sum(assessment.disputed for assessment in found.values())
    months = result.package.options.stale_months
    console.print(f"  Not confirmed for {months} months: {stale}. Disputed: {disputed}.")
    console.print(f"{result.boundaries.title}. Changes in {len(result.timeline.dates)} slices: ", end="")
    console.print(f"{len(result.timeline.changes())}.")
    for note in result.boundaries.notes:
        console.print(Text(f"Note: {note}"))
    for table, count in result.package.withheld.items():
        console.print(f"Withheld from public outputs: {count} rows of {table}.")
    for file in result.files:
        console.print(Text(f"{file}  {file.stat().st_size / 1000:,.0f} kB"), soft_wrap=True)


def print_check(package: Package) -> None:
    """Print that a package is sound, and how much is in it."""
    console = _console()
    console.print(Text(f"{package.title}, version {package.version}: no faults."))
    reported = {report.pcode for report in package.reports}
    console.print(
        f"{len(package.reports)} reports on {len(reported)} of {len(package.townships)} townships, "
        f"{len(package.sources)} sources, {len(package.displacement) + len(package.refugees)} displacement figures."
    )
    for table, count in publish.public(package).withheld.items():
        console.print(f"Not for public outputs: {count} rows of {table}.")


def print_why(explanation: Explanation, package: Package, *, on: dt.date, known_on: dt.date | None) -> None:
    """Print an assessment, the rule that gave it, and what became of every report."""
    console = _console()
    found = explanation.assessment
    place = package.townships.loc[found.pcode]
    known = "" if known_on is None else f", as known on {known_on}"
    console.print(Text(f"{place['name_en']} ({found.pcode}), {place['state']}, on {on}{known}"))
    holders = ", ".join(f"{name} ({package.actors[name].name_en})" for name in found.holders)
    console.print(Text(f"  status      {package.label(found.status)}" + (f": {holders}" if holders else "")))
    console.print(f"  rule        {found.rule}: {control.RULES[found.rule]}")
    for label, text in _facts(found, package):
        console.print(Text(f"  {label:<12}{text}"))
    if not explanation.verdicts:
        console.print("No report on this township.")
    for verdict in explanation.verdicts:
        report, source = verdict.report, package.sources[verdict.report.source_id]
        said = f"{report.status}" + (f" ({', '.join(report.holders)})" if report.holders else "")
        when = report.date.strftime("%Y-%m") if report.precision == "month" else report.date.isoformat()
        mark = "+" if verdict.counted else "-"
        where = f"{report.scope}{': ' + report.place if report.place else ''}"
        console.print(Text(f"{mark} {report.report_id} {when} {said}, {report.kind}, {where}, {report.confidence}"))
        console.print(Text(f"    {verdict.rule}: {verdict.reason}"))
        console.print(Text(f"    {report.finding}"))
        claim = f" Claimed by {report.claimant}." if report.claimant else ""
        console.print(
            Text(f"    {source.publisher}, {source.published or 'undated'}: {source.url}{claim}"), soft_wrap=True
        )


def _facts(found: control.Assessment, package: Package) -> Iterator[tuple[str, str]]:
    """Give what else is to be said of an assessment, each with its label."""
    yield "basis", found.basis
    if found.basis == "reported":
        yield "confidence", found.confidence + (" (main town only)" if found.main_town_only else "")
    words = {"day": "", "month": "some day in ", "by": "by ", "assumed": "assumed from ", "": ""}
    if found.since:
        day = found.since.strftime("%Y-%m") if found.since_precision == "month" else found.since.isoformat()
        yield "since", f"{words[found.since_precision]}{day}"
    if found.last_confirmed:
        yield "confirmed", f"last on {found.last_confirmed}" + (", stale" if found.stale else "")
    if found.contested_until:
        yield "contested", f"until {found.contested_until}; nothing has confirmed it since"
    if found.firm_status:
        yield "before", f"{package.label(found.firm_status)} {', '.join(found.firm_holders)}"
    if found.disputed:
        yield "disputed", f"between {', '.join(found.disputed_by)}"


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, form: Form, title: str = "") -> None:
    """Print rows as a table to read, or as CSV or JSON on standard output for programs."""
    from mapper.outputs import export  # noqa: PLC0415 -- only where CSV is asked for

    listed = list(rows)
    if form == "csv":
        sys.stdout.write(export.csv_text(listed, columns))
    elif form == "json":
        json.dump(listed, sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        _console().print(_table(listed, columns, title))
        if not listed:
            _console().print("Nothing.")


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> Table:
    shown = [column for column in columns if column not in _HIDDEN_IN_TABLES]
    table = Table(*(column.replace("_", " ") for column in shown), title=title, title_justify="left")
    for column, head in zip(table.columns, shown, strict=True):
        if rows and all(isinstance(row[head], int | float | None) for row in rows):
            column.justify = "right"
    for row in rows:
        table.add_row(*(Text(_cell(row[column])) for column in shown))
    return table


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
