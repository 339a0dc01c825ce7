"""``mapper review``: what an editor should look at next."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options

SHOWN_REPORTS = 4


def review(
    package: options.Package = None,
    *,
    on: Annotated[
        dt.date | None,
        typer.Option(parser=options.day, metavar="DATE", help="Which day; default: the latest slice."),
    ] = None,
    most: Annotated[int, typer.Option(min=0, metavar="N", help="How many townships; 0 for all.")] = 25,
    lately: Annotated[int, typer.Option(min=1, metavar="DAYS", help="How long a change counts as near.")] = 90,
    boundaries: options.Polygons = None,
    as_known_on: options.KnownOn = None,
    audience: options.Audience = "internal",
    form: options.Format = "table",
) -> None:
    """List the townships that an editor should look at next, worst first, each with the reasons.

    The score adds 40 for disputed, 30 where a newer report says otherwise, 25 for a claim that nobody answered, 15
    for one publisher alone, 10 for stale, 5 for an assumption and 5 for a change nearby. It is for editors, so it
    sees every row unless you say --audience public.
    """
    from mapper import geo, pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper import review as reviewing  # noqa: PLC0415 -- the same

    opened = pipeline.open_known(package, audience=audience, known_on=as_known_on)
    timeline = pipeline.make_timeline(opened, known_on=as_known_on)
    day = on or timeline.dates[-1]
    neighbours = geo.neighbours(pipeline.load_boundaries(opened, boundaries))
    items = reviewing.review(opened, timeline, day, neighbours=neighbours, known_on=as_known_on, lately=lately)
    rows = reviewing.rows(items[:most] if most else items, opened)
    if form == "table":
        for row in rows:
            names = str(row["reports"]).split(";")
            row["reports"] = ";".join(names[:SHOWN_REPORTS]) + (" ..." if len(names) > SHOWN_REPORTS else "")
    title = f"To look at, on {day}: {len(rows)} of {len(items)} townships with a reason"
    terminal.print_rows(rows, reviewing.COLUMNS, form=form, title=title)
