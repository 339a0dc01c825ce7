"""``mapper build``: draw everything that a run makes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options  # noqa: TC001 -- typer reads it at run time


def build(
    package: options.Package = None,
    *,
    boundaries: options.Polygons = None,
    start: options.Start = None,
    end: options.End = None,
    every: options.Slices = "month",
    as_known_on: options.KnownOn = None,
    sourcing: options.Sourcing = "strict",
    audience: options.Audience = "public",
    lang: options.Lang = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go; what is there is replaced.")] = Path(
        "outputs"
    ),
    everything: Annotated[
        bool, typer.Option("--all", help="Also write embed/ and pictures/, for newsrooms; takes some ten seconds more.")
    ] = False,
    no_cache: options.NoCache = False,
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
            sourcing=sourcing,
            audience=audience,
            lang=lang,
            out=out,
            everything=everything,
            cached=not no_cache,
            tell=tell,
        )
    terminal.print_result(result)
