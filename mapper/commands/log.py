"""``mapper log``: what was recorded, corrected and taken back, by day."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from pathlib import Path  # noqa: TC003 -- typer reads it at run time
from typing import Annotated, Final

import typer

from mapper import terminal
from mapper.commands import options

CHANGES: Final = "Changes of the package, by its log.csv"
COLUMNS: Final = ("entry", "at", "who", "action", "file", "new", "same", "changed", "refused", "undoes", "undone_by")


def log(
    package: options.Package = None,
    *,
    since: Annotated[dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="First day.")] = None,
    until: Annotated[dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="Last day.")] = None,
    township: Annotated[str | None, typer.Option(metavar="PLACE", help="One township: P-code or name.")] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="List each record, not only what was taken back.")
    ] = False,
    changes: Annotated[
        bool, typer.Option("--changes", help="List only the changes of the package: who, when, from which file.")
    ] = False,
    as_known_on: options.KnownOn = None,
    audience: options.Audience = "public",
    lang: Annotated[str, typer.Option(help="Language of the page that --out writes.")] = "en",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write corrections.html, .json and .csv for readers; what is there is replaced."
        ),
    ] = None,
    form: options.Format = "table",
) -> None:
    """Print what was recorded, corrected and taken back, by day; --out writes a page of corrections.

    Of a package that files were taken into, the changes are listed too: who made them, when, from which file, and how
    many rows. That is its log.csv, which undoing never shortens.
    """
    from mapper import pipeline, records, releasing  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs import corrections  # noqa: PLC0415 -- keeps `mapper --help` fast

    if changes:
        terminal.print_rows(_changes(package, since, until or as_known_on), COLUMNS, form=form, title=CHANGES)
        return
    opened = pipeline.open_known(package, audience=audience, known_on=as_known_on)
    pcode = None if township is None else pipeline.find_township(opened, township)
    entries = [
        entry
        for entry in records.log(opened.reports)
        if (since is None or entry.day >= since)
        and (until is None or entry.day <= until)
        and (pcode is None or entry.report.pcode == pcode)
    ]
    if out is not None:
        terminal.print_files(releasing.write_corrections(entries, opened, known_on=as_known_on, lang=lang, out=out))
        return
    if form == "table":
        counts = corrections.by_day(entries)
        terminal.print_rows(counts, ("day", *records.WHATS), form=form, title="By day")
    told = [entry for entry in entries if recorded or entry.what != "recorded"]
    title = "Every record" if recorded else "Corrected and withdrawn"
    terminal.print_rows(corrections.rows(told, opened), corrections.COLUMNS, form=form, title=title)
    made = _changes(package, since, until or as_known_on)
    if made and form == "table" and township is None:
        terminal.print_rows(made, COLUMNS, form=form, title=CHANGES)


def _changes(folder: Path | None, since: dt.date | None, until: dt.date | None) -> list[dict[str, object]]:
    """Give the changes that were made by mapper, as rows; the embedded package has none."""
    from mapper.intake import book, log  # noqa: PLC0415 -- keeps `mapper --help` fast

    first, last = ("" if since is None else since.isoformat()), ("9" if until is None else until.isoformat())
    entries = log.rows([] if folder is None else log.of(book.find(folder)))
    return [row for row in entries if first <= str(row["at"])[:10] <= last]
