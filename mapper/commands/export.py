"""``mapper export``: what a reader takes along, in the form that their program expects."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options
from mapper.timeline import Every  # noqa: TC001 -- typer reads it at run time

Day = dt.date | None


def export(
    form: Annotated[
        str | None, typer.Argument(metavar="[FORMAT]", help="Such as gpkg. Without one, all formats are told.")
    ] = None,
    *,
    subject: Annotated[
        str,
        typer.Option(
            metavar="SUBJECT",
            help="slice: who holds what on one day. history: stretches of time, each from valid_from to valid_to. "
            "changes: what differs between slices. reports: who said what. displacement: people. all: all of these.",
        ),
    ] = "slice",
    on: Annotated[
        Day, typer.Option(parser=options.day, metavar="DATE", help="Day of a slice; default: the last slice.")
    ] = None,
    start: Annotated[Day, typer.Option(parser=options.day, metavar="DATE", help="First day of a history.")] = None,
    end: Annotated[Day, typer.Option(parser=options.day, metavar="DATE", help="Last day of a history.")] = None,
    every: Annotated[Every, typer.Option(help="How far apart the slices are that changes are told between.")] = "month",
    as_known_on: options.KnownOn = None,
    audience: options.Audience = "public",
    boundaries: options.Polygons = None,
    lang: Annotated[
        str, typer.Option(help="Language of the columns name, state and label: en, my, th, id or ms.")
    ] = "en",
    changed: Annotated[
        bool, typer.Option("--changed", help="Only townships that change between the first and the last day.")
    ] = False,
    holder: Annotated[
        list[str] | None,
        typer.Option(metavar="ACTOR", help="Only rows that name this actor, such as AA; may be given several times."),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="Only this state, by P-code or name; may be given several times."),
    ] = None,
    crs: Annotated[
        str, typer.Option(metavar="CRS", help="Reference system of the coordinates, where the format says which.")
    ] = "EPSG:4326",
    precision: Annotated[
        int | None, typer.Option(metavar="DECIMALS", help="Round coordinates to so many decimals.")
    ] = None,
    simplify: Annotated[
        float, typer.Option(metavar="METRES", help="Simplify borders; neighbours still share them. 500 is fair.")
    ] = 0.0,
    clip: Annotated[
        str | None,
        typer.Option(metavar="BOX|FILE", help="Cut along west,south,east,north in degrees, or a file of polygons."),
    ] = None,
    data: options.Data = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the files go; those of the same name are replaced.")
    ] = Path("outputs/exports"),
    dry_run: options.DryRun = False,
) -> None:
    """Write a slice, the history, changes, reports or displacement for a GIS, a spreadsheet or a program."""
    if form is None:
        terminal.print_formats()
        return
    from mapper import exporting  # noqa: PLC0415 -- keeps `mapper --help` fast

    with terminal.progress(exporting.STEPS) as tell:
        found = exporting.export(
            form,
            data,
            subject=subject,
            on=on,
            start=start,
            end=end,
            every=every,
            known_on=as_known_on,
            audience=audience,
            boundaries=boundaries,
            lang=lang,
            changed=changed,
            holders=holder or (),
            states=state or (),
            crs=crs,
            precision=precision,
            simplify_m=simplify,
            clip=clip,
            out=out,
            dry_run=dry_run,
            tell=tell,
        )
    terminal.print_export(found, dry_run=dry_run)
