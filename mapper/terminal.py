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

from mapper import control, publish, rules, terms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mapper.exporting import Exported
    from mapper.pipeline import Result
    from mapper.resolve import Explanation
    from mapper.tables import Package

Form = Literal["table", "csv", "json"]

_HIDDEN_IN_TABLES = frozenset({"pcode", "previous_date", "report_urls", "contested_until", "id"})
_NO_TERMINAL_WIDTH = 200


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


def say(text: str) -> None:
    """Print a line, whatever is in it."""
    _console().print(Text(text), soft_wrap=True)


def print_error(error: object) -> None:
    """Print an error to standard error, and nothing else."""
    _console(stderr=True).print(Text(str(error)), soft_wrap=True)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that may be pasted elsewhere: none is broken."""
    console = _console()
    for line in lines:
        console.print(Text(line), soft_wrap=True)


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
    for one in result.withheld:
        console.print(f"Withheld: {one.count} of {one.table}, {one.rule}: {terms.RULES[one.rule]}.")
    print_files(result.files)


def print_formats() -> None:
    """Print what ``mapper export`` can write, and what each format is for."""
    from mapper.outputs.exports import formats  # noqa: PLC0415 -- only where they are asked for

    console = _console()
    console.print("mapper export FORMAT, where FORMAT is one of:")
    for form in formats.FORMATS:
        console.print(Text(f"  {form.name:<12}{form.title}"))
    console.print("mapper export --help tells of subjects, dates and choices.")


def print_export(found: Exported, *, dry_run: bool) -> None:
    """Print what an export holds, what it could not hold, and where the files are or would be."""
    console = _console()
    console.print(Text(found.made.about.title))
    for layer in found.made.layers:
        console.print(Text(f"  {layer.name:<14}{len(layer.table):>6} rows  {layer.title}"))
    for name in found.made.left_out:
        console.print(Text(f"  {name:<14} left out: no row is left, or the format holds shapes alone"))
    for line in found.made.about.choices:
        console.print(Text(f"  {line}"))
    if found.made.about.schematic:
        console.print("Note: boundaries are schematic; say so under any picture.")
    elif found.made.about.boundaries:
        terms = f"{found.made.about.boundaries}; licence: {found.made.about.boundaries_licence}"
        console.print(Text(terms), soft_wrap=True)
    will = "would be " if dry_run else ""
    for file, content in zip(found.files, found.made.files.values(), strict=True):
        what = "replaced" if file in found.replaced else "written"
        console.print(Text(f"{will}{what}: {file}  {len(content) / 1000:,.0f} kB"), soft_wrap=True)
    if dry_run:
        console.print("Nothing was written.")


def print_files(files: Iterable[Path], *, about: Sequence[str] = ()) -> None:
    """Print what was written and how large it is, and what it says in words."""
    console = _console()
    for file in files:
        console.print(Text(f"{file}  {file.stat().st_size / 1000:,.0f} kB"), soft_wrap=True)
    for text in about:
        console.print(Text(text), soft_wrap=True)


def print_plan(folder: Path, names: Sequence[str]) -> None:
    """Print which files would be written, and which of them are there and would be replaced."""
    for name in names:
        note = ", which is there and would be replaced" if (folder / name).exists() else ""
        _console().print(Text(f"Would write {folder / name}{note}."), soft_wrap=True)


def print_check(package: Package) -> None:
    """Print that a package is sound, and how much is in it."""
    console = _console()
    console.print(Text(f"{package.title}, version {package.version}: no faults."))
    reported = {report.pcode for report in package.reports}
    console.print(
        f"{len(package.reports)} reports on {len(reported)} of {len(package.townships)} townships, "
        f"{len(package.sources)} sources, {len(package.displacement) + len(package.refugees)} displacement figures."
    )
    for one in publish.public(package).withheld_by_rule:
        console.print(f"Not for public outputs: {one.count} of {one.table}, {one.rule}: {terms.RULES[one.rule]}.")


def print_why(
    explanation: Explanation,
    package: Package,
    *,
    on: dt.date,
    known_on: dt.date | None,
    otherwise: control.Assessment | None = None,
) -> None:
    """Print an assessment, the rule that gave it, and what became of every report.

    ``otherwise`` is what the same reports come to with the sourcing rule, or without it: the other way round.
    """
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
    if otherwise is not None:
        console.print(Text(f"  {'sourcing':<12}{_sourcing(found, otherwise, package)}"))
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


def _sourcing(found: control.Assessment, otherwise: control.Assessment, package: Package) -> str:
    """Say what the sourcing rule does here."""
    strict = package.options.sourcing == "strict"
    rule = "a party's word for itself is only a claim" if strict else "every report counts alike"
    same = (found.status, found.holders, found.basis) == (otherwise.status, otherwise.holders, otherwise.basis)
    holders = f": {', '.join(otherwise.holders)}" if otherwise.holders else ""
    other = "the same" if same else f"{package.label(otherwise.status)}{holders}, {otherwise.basis}"
    return f"{rule}; {'without' if strict else 'with'} that rule: {other}"


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
    from mapper.outputs.exports import delimited  # noqa: PLC0415 -- only where CSV is asked for

    listed = list(rows)
    if form == "csv":
        sys.stdout.write(delimited.csv_text(listed, columns))
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
