"""``mapper check``: what is wrong with a data package, and whether it may be published."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from mapper import editors, errors, terminal
from mapper.commands import options


def check(
    package: options.Package = None,
    *,
    publish: Annotated[
        bool,
        typer.Option(
            "--publish", help="The last gate: count what stays out of public outputs, and ask a few questions of it."
        ),
    ] = False,
    answer: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=TEXT", help="With --publish: answer one question; may be given several times."),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Whose answers they are.")] = "",
    on: Annotated[
        dt.date | None, typer.Option(parser=options.day, metavar="DATE", help="Day of the answers; default: today.")
    ] = None,
    form: options.Format = "table",
) -> None:
    """Check every table of a data package and print every fault at once; --publish is the gate before publishing."""
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast

    if not publish:
        if answer:
            raise errors.UsageError("--answer belongs to --publish: give both")
        terminal.print_check(pipeline.check(package))
        return
    from mapper import gate  # noqa: PLC0415 -- keeps `mapper --help` fast

    found = gate.look(package)
    given = dict(_pair(text) for text in answer or [])
    if not given and form == "table" and editors.asks():
        given = {name: editors.ask(gate.question(name)) for name in found.missing}
        given = {name: text for name, text in given.items() if text}
    if given:
        found = gate.record(found, given, by=by, on=on or dt.date.today())
    editors.print_gate(found, form=form)
    if found.missing:
        raise errors.UsageError(
            f"Not ready to be published: {', '.join(found.missing)} not answered of this state of the package. "
            'Answer with --answer NAME="..." --by "your name".'
        )


def _pair(text: str) -> tuple[str, str]:
    name, found, said = text.partition("=")
    if not found or not said.strip():
        raise typer.BadParameter(f"{errors.shown(text)} has no answer; write NAME=TEXT")
    return name.strip(), said.strip()
