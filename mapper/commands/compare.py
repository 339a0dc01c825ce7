"""``mapper compare``: rival assessments side by side."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads it at run time
from typing import Annotated

import typer

from mapper import control, errors, terminal
from mapper.commands import options  # noqa: TC001 -- typer reads it at run time


def compare(
    rivals: Annotated[
        list[Path], typer.Argument(metavar="A B ...", help="Folders of data packages, or maps: polygons with a status.")
    ],
    *,
    on: options.Day = None,
    boundaries: options.Polygons = None,
    status_column: Annotated[
        str, typer.Option(metavar="NAME", help="Column of a map that says the status; default: status or control.")
    ] = "",
    means: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD=STATUS", help="What a map's own word means, such as Regime=junta; once for each."),
    ] = None,
    audience: options.Audience = "public",
    lang: Annotated[str, typer.Option(help="Language of the page that --out writes.")] = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write agreement.csv, confusion.csv, disagreement.geojson and .html there."),
    ] = None,
    form: options.Format = "table",
) -> None:
    """Hold several packages or published maps side by side: where they agree, and where they do not."""
    from mapper import rivalry  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper import rivals as measures  # noqa: PLC0415 -- the same
    from mapper.outputs import rivals as told  # noqa: PLC0415 -- the same
    from mapper.outputs import words  # noqa: PLC0415 -- the same

    agreed, confused, found, written = rivalry.compare(
        rivals,
        on=on,
        boundaries=boundaries,
        column=status_column,
        words=dict(_meaning(text) for text in means or []),
        audience=audience,
        out=out,
        lang=lang,
    )
    if form == "table":
        for rival in found:
            day = "" if rival.day is None else f" on {rival.day}"
            terminal.say(" ".join([f"{rival.name}{day}.", *told.notes(rival, words.load("en"))]))
    terminal.print_rows(agreed, measures.AGREEMENT, form=form, title="How far they agree on the status")
    if form == "table":
        terminal.print_rows(confused, measures.CONFUSION, form=form, title="Townships by what each says")
        terminal.print_files(written)


def _meaning(text: str) -> tuple[str, str]:
    word, found, status = text.rpartition("=")
    if not found or not word.strip() or status.strip() not in control.STATUSES:
        raise errors.UsageError(
            f"{errors.shown(text)} says no meaning; write WORD=STATUS, with one of {', '.join(control.STATUSES)}"
        )
    return word.strip(), status.strip()
