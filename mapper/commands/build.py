"""``mapper build``: draw everything that a run makes."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from pathlib import Path
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options
from mapper.timeline import Every  # noqa: TC001 -- typer reads it at run time


def build(
    package: options.Package = None,
    *,
    boundaries: options.Polygons = None,
    start: Annotated[dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="First slice.")] = None,
    end: Annotated[dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="Last slice.")] = None,
    every: Annotated[Every, typer.Option(help="How far apart the slices are.")] = "month",
    as_known_on: options.KnownOn = None,
    lang: Annotated[str, typer.Option(help="Language that the map opens in: en or my.")] = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go; what is there is replaced.")] = Path(
        "outputs"
    ),
    everything: Annotated[
        bool, typer.Option("--all", help="Also write embed/ and pictures/, for newsrooms; takes some ten seconds more.")
    ] = False,
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache",
            help="Prepare boundaries anew. Else they are kept in the user's cache folder (~/.cache/mapper on Linux), "
            "or in the folder that MAPPER_CACHE names.",
        ),
    ] = False,
) -> None:
    """Draw the map and write GeoJSON, history, changes and sums."""
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast

    with terminal.progress(pipeline.STEPS + (pipeline.MORE_STEPS if everything else 0)) as tell:
        result = pipeline.build(
            package,
            boundaries=boundaries,
            start=start,
            end=end,
            every=every,
            known_on=as_known_on,
            lang=lang,
            out=out,
            everything=everything,
            cached=not no_cache,
            tell=tell,
        )
    terminal.print_result(result)
