"""What several verbs take: a package, boundaries, days and the form of what is printed."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
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


def pair(text: str) -> tuple[str, str]:
    """Read ``NAME=VALUE``, as a user typed it."""
    name, found, value = text.partition("=")
    if not found or not name.strip() or not value.strip():
        raise typer.BadParameter(f"{errors.shown(text)} has no two sides; write NAME=VALUE")
    return name.strip(), value.strip()


def who(by: str) -> str:
    """Give the name that goes into a package's log: what was given, what MAPPER_BY says, or what is asked for.

    The system's own name for the user is only proposed, since a log may be published. Raises
    :class:`errors.UsageError` where nobody can be asked.
    """
    name = by or os.environ.get("MAPPER_BY", "")
    if not name and asks():
        name = typer.prompt("Your name, for the package's log", default=getpass.getuser())
    if not name.strip() or not name.isprintable():
        raise errors.UsageError("The package's log says who changed it: give your name with --by, or set MAPPER_BY.")
    return name.strip()


def asks() -> bool:
    """Whether somebody sits at the terminal who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


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

Into = Annotated[
    Path | None,
    typer.Option(
        "--into", metavar="PACKAGE", help="Folder of the data package to change; default: the one you stand in."
    ),
]
By = Annotated[
    str, typer.Option(metavar="NAME", help="Your name, for the package's log; default: MAPPER_BY, or you are asked.")
]
At = Annotated[str | None, typer.Option(metavar="TIME", help="Day or moment (UTC) that the log says; default: now.")]
