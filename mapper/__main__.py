"""The command line: ``mapper``, or ``python -m mapper``."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mapper import errors, tables, terminal
from mapper.terminal import Form
from mapper.timeline import Every  # noqa: TC001 -- typer reads it at run time

app = typer.Typer(
    help="Who holds which township, when, says who, and how sure: time-sliced maps of territorial control.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

INTERRUPTED = 130


def _day(text: str) -> dt.date:
    if not tables.is_day(text):
        raise typer.BadParameter(f"{errors.shown(text)} is not a date; write YYYY-MM-DD, such as 2025-01-31")
    return dt.date.fromisoformat(text)


Package_ = Annotated[
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
Day = Annotated[dt.date | None, typer.Option(parser=_day, metavar="DATE", help="YYYY-MM-DD.")]
KnownOn = Annotated[
    dt.date | None,
    typer.Option(parser=_day, metavar="DATE", help="Use only reports recorded until this day; default: all."),
]
Format = Annotated[Form, typer.Option("--format", help="How to print: a table to read, or csv or json for programs.")]


@app.command()
def build(
    package: Package_ = None,
    *,
    boundaries: Polygons = None,
    start: Annotated[dt.date | None, typer.Option(parser=_day, metavar="DATE", help="First slice.")] = None,
    end: Annotated[dt.date | None, typer.Option(parser=_day, metavar="DATE", help="Last slice.")] = None,
    every: Annotated[Every, typer.Option(help="How far apart the slices are.")] = "month",
    as_known_on: KnownOn = None,
    lang: Annotated[str, typer.Option(help="Language that the map opens in: en or my.")] = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go; what is there is replaced.")] = Path(
        "outputs"
    ),
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

    with terminal.progress(pipeline.STEPS) as tell:
        result = pipeline.build(
            package,
            boundaries=boundaries,
            start=start,
            end=end,
            every=every,
            known_on=as_known_on,
            lang=lang,
            out=out,
            cached=not no_cache,
            tell=tell,
        )
    terminal.print_result(result)


@app.command()
def check(package: Package_ = None) -> None:
    """Check every table of a data package and print every fault at once."""
    from mapper import pipeline  # noqa: PLC0415 -- see build

    terminal.print_check(pipeline.check(package))


@app.command()
def why(
    township: Annotated[str, typer.Argument(help="P-code, such as MMR012017, or name.")],
    *,
    on: Day = None,
    as_known_on: KnownOn = None,
    data: Data = None,
) -> None:
    """Say who holds a township, by which rule, and what became of every report on it."""
    from mapper import pipeline, resolve  # noqa: PLC0415 -- see build

    package = pipeline.open_package(data)
    pcode = pipeline.find_township(package, township)
    date = on or pipeline.default_dates(package)[1]
    reports = [report for report in package.reports if report.pcode == pcode]
    explanation = resolve.explain(pcode, reports, date, options=package.options, known_on=as_known_on)
    terminal.print_why(explanation, package, on=date, known_on=as_known_on)


@app.command()
def stats(
    *,
    on: Annotated[
        dt.date | None, typer.Option(parser=_day, metavar="DATE", help="One slice; default: the latest.")
    ] = None,
    all_slices: Annotated[bool, typer.Option("--all", help="Every monthly slice.")] = False,
    against: Annotated[
        bool, typer.Option("--against", help="Hold our totals beside published ones, on their dates.")
    ] = False,
    boundaries: Polygons = None,
    as_known_on: KnownOn = None,
    data: Data = None,
    form: Format = "table",
) -> None:
    """Print townships, area and people of each status and holder."""
    from mapper import pipeline  # noqa: PLC0415 -- see build
    from mapper.outputs import compare, summary  # noqa: PLC0415 -- see build

    if on is not None and (all_slices or against):
        raise errors.UsageError("--on names one slice; --all and --against have dates of their own: give one of them")
    package = pipeline.open_package(data)
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


@app.command()
def diff(
    before: Annotated[dt.date, typer.Argument(parser=_day, metavar="DATE", help="YYYY-MM-DD.")],
    after: Annotated[dt.date, typer.Argument(parser=_day, metavar="DATE", help="YYYY-MM-DD.")],
    *,
    as_known_on: KnownOn = None,
    data: Data = None,
    form: Format = "table",
) -> None:
    """Print the townships that differ between two dates, with the reports that made the change."""
    from mapper import pipeline  # noqa: PLC0415 -- see build
    from mapper.outputs import export  # noqa: PLC0415 -- see build

    if before >= after:
        raise errors.UsageError(f"the first date, {before}, is not before the second, {after}: turn them round")
    package = pipeline.open_package(data)
    timeline = pipeline.make_timeline(package, start=after, end=after, known_on=as_known_on)
    rows = export.change_rows(timeline.between(before, after), package)
    terminal.print_rows(rows, export.CHANGE_COLUMNS, form=form, title=f"Changes from {before} to {after}")


class _Stopped(BaseException):
    """Ctrl-C, or the system asking us to end; typer swallows a KeyboardInterrupt without a word."""


def _stop(*_: object) -> NoReturn:
    raise _Stopped


def main() -> None:
    """Run the command line; a fault of the user's or of the input is one message and exit code 2."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        app()
    except errors.MapperError as error:
        terminal.print_error(error)
        sys.exit(2)
    except _Stopped:
        terminal.print_error("Stopped. Each file in the output folder is whole: as it was, or new.")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        terminal.print_error(f"The system refused to read or write: {error}.")
        sys.exit(2)


if __name__ == "__main__":
    main()
