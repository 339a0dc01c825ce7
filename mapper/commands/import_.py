"""``mapper import``: files of others into a data package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapper import errors, terminal
from mapper.commands import counter, options, plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.intake.plan import Plan
    from mapper.sources.days import Order


def import_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="What it is: table, hxl, shapes, mymaps, lists, ucdp, acled, unhcr, odp, hapi, dtm or idmc.",
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file.")],
    *,
    into: options.Into = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done, write it as a table, and change nothing.")
    ] = False,
    plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where --dry-run writes; default: FILE.plan.csv, here.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take the way that the table is read as right, unasked.")] = False,
    by: options.By = "",
    at: options.At = None,
    boundaries: options.Polygons = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook, or layer of a map.")] = None,
    holds: Annotated[str, typer.Option("--as", help="What a table holds: reports or figures.")] = "reports",
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="OURS=COLUMN", help="Which column is what; '-' for none.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="OURS=VALUE", help="What holds for all rows, as kind=event.")
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(metavar="OURS:THEIRS=VALUE", help="What a word of the file means, as status:Rebels=eao."),
    ] = None,
    dates: Annotated[str | None, typer.Option(metavar="ORDER", help="dmy or mdy: what 3/4/2024 begins with.")] = None,
    military_points: Annotated[
        bool, typer.Option("--military-points", help="Take points of bases, camps and the like, as parts of townships.")
    ] = False,
    source: Annotated[str, typer.Option(metavar="ID", help="Id of the file as a source; default: made up.")] = "",
    publisher: Annotated[str, typer.Option(help="Who made the file.")] = "",
    sensitivity: Annotated[
        str, typer.Option(help="public, restricted or internal: what the new sources are. Only public ones are drawn.")
    ] = "",
    licence: Annotated[str, typer.Option(help="Id of licences.csv; default: facts-cited.")] = "",
    affiliation: Annotated[str, typer.Option(help="Whose voice it is, as in sources.csv.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Take in what was corrected or withdrawn since: it is so again.")
    ] = False,
) -> None:
    """Take a file of others into a data package: a plan first, then one change, which `mapper undo` takes back.

    Rows that cannot be taken are listed with the reason; nothing is guessed without being shown. The same file taken
    in again changes nothing. --dry-run shows the plan alone.
    """
    from mapper.intake import book, importing, kinds, log  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.sources import plain  # noqa: PLC0415 -- keeps `mapper --help` fast

    orders: dict[str | None, Order | None] = {None: None, "dmy": "dmy", "mdy": "mdy"}
    if dates not in orders:
        raise errors.UsageError(f"{errors.shown(dates)} is no order of a date: use dmy or mdy")
    folder = book.find(into)
    moment = log.moment(at)
    said = {"source_id": source, "publisher": publisher, "sensitivity": sensitivity, "licence": licence}
    read = book.Book(folder)
    shown = counter.Counter(file)
    with shown:
        asked = kinds.Asked(
            file,
            moment[: len("YYYY-MM-DD")],
            boundaries,
            {part: text for part, text in {**said, "affiliation": affiliation}.items() if text},
            sheet,
            holds,
            [options.pair(one) for one in map_ or []],
            [options.pair(one) for one in set_ or []],
            [options.pair(one) for one in value or []],
            orders[dates],
            again=again,
            military=military_points,
            tell=shown.tell,
        )
        ready = kinds.ready(kind, asked, read)
    if ready.shown:
        plans.show_mapping(ready.shown, ready.left_out, kept=ready.confirmed)
    untold = not (ready.shown and ready.left_out)
    if dry_run or not (ready.confirmed or ready.by_itself or yes):
        with shown:
            planned = importing.plan(ready.task, read)
        if dry_run:
            place = plan or Path(f"{plain.named(file.name)}.plan.csv")
            _write(planned, place)
            plans.show(planned, done=False, left_out=untold)
            terminal.print_lines([f"Nothing was changed. The whole plan: {place}"])
            return
        _refuse_unsaid(planned)
        _confirm(planned)
    name = options.who(by) if options.asks() else lambda: options.who(by)
    with shown:
        done, entry = importing.carry_out(ready.task, folder, who=name, at=moment, accept=_refuse_unsaid)
    plans.show(done, done=entry is not None, left_out=untold)
    if entry is None:
        terminal.print_lines(["Nothing was changed."])
    else:
        terminal.print_lines([f"Change {entry.entry} of {folder}. To take it back: mapper undo --into {folder}"])


def _write(planned: Sequence[Plan], place: Path) -> None:
    """Write the whole plan as a table, beside and then into place."""
    from mapper.intake import plan as columns  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs import write  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs.exports import delimited  # noqa: PLC0415 -- keeps `mapper --help` fast

    with write.staged(place.parent) as stage:
        rows = (row for one in planned for row in one.records())
        write.write_pieces(stage / place.name, delimited.csv_pieces(rows, columns.COLUMNS))


def _refuse_unsaid(planned: Sequence[Plan]) -> None:
    """Ask how sensitive new sources are, since nothing else can be known to be safe."""
    words = ("public", "restricted", "internal")
    unsaid = [row["source_id"] for one in planned for row in one.sources if row["sensitivity"] not in words]
    if unsaid:
        raise errors.UsageError(
            f"How sensitive are the new sources ({', '.join(unsaid[:3])}{' ...' if len(unsaid) > 3 else ''})? "  # noqa: PLR2004 -- as many as fit
            "Say --sensitivity public, restricted or internal. Only what is public is ever drawn."
        )


def _confirm(planned: Sequence[Plan]) -> None:
    if not options.asks():
        raise errors.UsageError(
            "Look at how the table is read, above. If it is right, say so with --yes; if not, use --map, --set, "
            "--value. It is kept in the package, and not asked again for a table with these columns."
        )
    plans.show(planned, done=False)
    typer.confirm("Is the table read right, and is this to be done?", abort=True)
