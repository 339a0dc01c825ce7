"""What several verbs take: a package, boundaries, days and the form of what is printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from mapper import control, errors, tables, terms
from mapper.terminal import Form
from mapper.timeline import Every


def day(text: str) -> dt.date:
    """Read a day that a user typed."""
    if not tables.is_day(text):
        raise typer.BadParameter(f"{errors.shown(text)} is not a date; write YYYY-MM-DD, such as 2025-01-31")
    return dt.date.fromisoformat(text)


Package = Annotated[
    Path | None,
    typer.Argument(metavar="[PACKAGE]", help="Folder of a data package, or its datapackage.json; default: embedded."),
]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="PACKAGE", help="Folder of a data package; default: the embedded one.")
]
Polygons = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="Township polygons: a file (Shapefile, zip, GeoPackage, GeoJSON ...)."),
]
Day = Annotated[dt.date | None, typer.Option(parser=day, metavar="DATE", help="YYYY-MM-DD.")]
Start = Annotated[dt.date | None, typer.Option(parser=day, metavar="DATE", help="First slice.")]
End = Annotated[dt.date | None, typer.Option(parser=day, metavar="DATE", help="Last slice, on which the map opens.")]
Slices = Annotated[Every, typer.Option("--every", help="How far apart the slices are.")]
Lang = Annotated[str, typer.Option(help="Language that the map opens in: en, my, th, id or ms.")]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help="Prepare boundaries anew. Else they are kept in the user's cache folder (~/.cache/mapper on Linux), "
        "or in the folder that MAPPER_CACHE names.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Write nothing; say what would be written, and what it would replace.")
]
KnownOn = Annotated[
    dt.date | None,
    typer.Option(parser=day, metavar="DATE", help="Use only reports recorded until this day; default: all."),
]
Sourcing = Annotated[
    control.Sourcing,
    typer.Option(
        help="strict: a party's word for itself is a claim until a second, independent source says so, and a map is "
        "no source. all: every report counts alike, to see what the rule does."
    ),
]
Audience = Annotated[
    terms.Audience,
    typer.Option(
        help="public: only what anybody may see. internal: every row of the package, restricted and internal ones too; "
        "never publish what is made so."
    ),
]
Format = Annotated[Form, typer.Option("--format", help="How to print: a table to read, or csv or json for programs.")]
