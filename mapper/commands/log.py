"""``mapper log``: what was recorded, corrected and taken back, by day."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from pathlib import Path  # noqa: TC003 -- typer reads it at run time
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options


def log(
    package: options.Package = None,
    *,
    since: Annotated[dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="First day.")] = None,
    until: Annotated[dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="Last day.")] = None,
    township: Annotated[str | None, typer.Option(metavar="PLACE", help="One township: P-code or name.")] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="List each record, not only what was taken back.")
    ] = False,
    as_known_on: options.KnownOn = None,
    lang: Annotated[str, typer.Option(help="Language of the page that --out writes.")] = "en",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write corrections.html, .json and .csv for readers; what is there is replaced."
        ),
    ] = None,
    form: options.Format = "table",
) -> None:
    """Print what was recorded, corrected and taken back, by day; --out writes a page of corrections."""
    from mapper import pipeline, records  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs import corrections  # noqa: PLC0415 -- keeps `mapper --help` fast

    opened = pipeline.open_known(package, known_on=as_known_on)
    pcode = None if township is None else pipeline.find_township(opened, township)
    entries = [
        entry
        for entry in records.log(opened.reports)
        if (since is None or entry.day >= since)
        and (until is None or entry.day <= until)
        and (pcode is None or entry.report.pcode == pcode)
    ]
    if out is not None:
        terminal.print_files(pipeline.write_corrections(entries, opened, known_on=as_known_on, lang=lang, out=out))
        return
    if form == "table":
        counts = corrections.by_day(entries)
        terminal.print_rows(counts, ("day", *records.WHATS), form=form, title="By day")
    told = [entry for entry in entries if recorded or entry.what != "recorded"]
    title = "Every record" if recorded else "Corrected and withdrawn"
    terminal.print_rows(corrections.rows(told, opened), corrections.COLUMNS, form=form, title=title)
