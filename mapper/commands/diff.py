"""``mapper diff``: what differs between two dates."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from typing import Annotated

import typer

from mapper import errors, terminal
from mapper.commands import options


def diff(
    before: Annotated[dt.date, typer.Argument(parser=options.day, metavar="DATE", help="YYYY-MM-DD.")],
    after: Annotated[dt.date, typer.Argument(parser=options.day, metavar="DATE", help="YYYY-MM-DD.")],
    *,
    as_known_on: options.KnownOn = None,
    sourcing: options.Sourcing = "strict",
    audience: options.Audience = "public",
    data: options.Data = None,
    form: options.Format = "table",
) -> None:
    """Print the townships that differ between two dates, with the reports that made the change."""
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs.exports import built  # noqa: PLC0415 -- keeps `mapper --help` fast

    if before >= after:
        raise errors.UsageError(f"the first date, {before}, is not before the second, {after}: turn them round")
    package = pipeline.open_package(data, sourcing=sourcing, audience=audience, known_on=as_known_on)
    timeline = pipeline.make_timeline(package, start=after, end=after, known_on=as_known_on)
    rows = built.change_rows(timeline.between(before, after), package)
    terminal.print_rows(rows, built.CHANGE_COLUMNS, form=form, title=f"Changes from {before} to {after}")
