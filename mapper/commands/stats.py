"""``mapper stats``: sums of a slice."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from typing import Annotated

import typer

from mapper import errors, tables, terminal
from mapper.commands import options


def stats(
    *,
    on: Annotated[
        dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="One slice; default: the latest.")
    ] = None,
    all_slices: Annotated[bool, typer.Option("--all", help="Every monthly slice.")] = False,
    against: Annotated[
        bool, typer.Option("--against", help="Hold our totals beside published ones, on their dates.")
    ] = False,
    boundaries: options.Polygons = None,
    as_known_on: options.KnownOn = None,
    sourcing: options.Sourcing = "strict",
    audience: options.Audience = "public",
    data: options.Data = None,
    form: options.Format = "table",
) -> None:
    """Print townships, area and people of each status and holder."""
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs import compare, summary  # noqa: PLC0415 -- keeps `mapper --help` fast

    if on is not None and (all_slices or against):
        raise errors.UsageError("--on names one slice; --all and --against have dates of their own: give one of them")
    package = pipeline.open_package(data, sourcing=sourcing, audience=audience, known_on=as_known_on)
    shapes = pipeline.load_boundaries(package, boundaries)
    one = None if all_slices else on
    timeline = pipeline.make_timeline(package, start=one, end=one, known_on=as_known_on)
    if against:
        rows = compare.against(timeline, package, area_km2=pipeline.areas(shapes))
        terminal.print_rows(rows, compare.COLUMNS, form=form, title="Ours beside theirs, in their unit")
        return
    found = pipeline.stats(timeline, shapes, package)
    if not all_slices:
        found = found[found["date"] == timeline.dates[-1]]
    title = f"Control on {timeline.dates[-1]}; areas of: {shapes.title.lower()}"
    terminal.print_rows(tables.records(found), summary.COLUMNS, form=form, title=title)
