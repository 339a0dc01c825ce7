"""``mapper new``: an empty data package."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from pathlib import Path  # noqa: TC003 -- typer reads it at run time
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options


def new(
    place: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to make; one that is there is never overwritten.")
    ],
    *,
    title: Annotated[str, typer.Option(help="What the map is called.")],
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Country: three letters, as MMR (the default), SDN, UKR.")
    ] = "MMR",
    country_name: Annotated[
        str, typer.Option(metavar="NAME", help="The country's name, where it is not Myanmar.")
    ] = "",
    places: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Its places: a table (CSV, XLSX, ODS) with code, name, state_code, state, lon, lat, or a file of "
            "polygons with code and name. Default for Myanmar: the 330 townships.",
        ),
    ] = None,
    actors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who can hold a place: a table with actor_id, name_en and kind (junta, militia, nug, pdf, eao, "
            "other). Default for Myanmar: those of the embedded package.",
        ),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS=WORDS", help="What a status is called here, as junta=Government; may be repeated."
        ),
    ] = None,
    baseline: Annotated[
        str,
        typer.Option(
            metavar="STATUS:HOLDERS:DATE",
            help="What is assumed where there is no report, as junta:SAC:2021-02-01. Default: nothing is.",
        ),
    ] = "",
    licence: Annotated[str, typer.Option(help="Licence of the tables.")] = "CC-BY-4.0",
    at: Annotated[
        dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="Day it begins; default: today.")
    ] = None,
) -> None:
    """Make an empty data package, ready for `mapper import` and `mapper add`."""
    from mapper.intake import start  # noqa: PLC0415 -- keeps `mapper --help` fast

    labels = dict(options.pair(one) for one in label or [])
    wishes = start.Wishes(title, country, country_name, places, actors, labels, baseline, licence)
    start.make(place, wishes if at is None else start.on(wishes, at))
    terminal.print_lines(
        [
            f"{place}: made, and sound. What next:",
            f"  mapper import table FILE --into {place}",
            f"  mapper {'build' if country == 'MMR' else 'check'} {place}",
        ]
    )
