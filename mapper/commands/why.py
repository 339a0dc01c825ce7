"""``mapper why``: who holds a township, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from mapper import terminal
from mapper.commands import options  # noqa: TC001 -- typer reads it at run time


def why(
    township: Annotated[str, typer.Argument(help="P-code, such as MMR012017, or name.")],
    *,
    on: options.Day = None,
    as_known_on: options.KnownOn = None,
    sourcing: options.Sourcing = "strict",
    audience: options.Audience = "public",
    data: options.Data = None,
) -> None:
    """Say who holds a township, by which rule, and what became of every report on it."""
    from mapper import pipeline, resolve  # noqa: PLC0415 -- keeps `mapper --help` fast

    package = pipeline.open_package(data, sourcing=sourcing, audience=audience, known_on=as_known_on)
    pcode = pipeline.find_township(package, township)
    date = on or pipeline.default_dates(package)[1]
    reports = [report for report in package.reports if report.pcode == pcode]
    explanation = resolve.explain(pcode, reports, date, options=package.options, known_on=as_known_on)
    other = replace(package.options, sourcing="all" if sourcing == "strict" else "strict")
    otherwise = resolve.resolve(pcode, reports, date, options=other, known_on=as_known_on)
    terminal.print_why(explanation, package, on=date, known_on=as_known_on, otherwise=otherwise)
