"""``mapper add``: one report, written down."""

from __future__ import annotations

from typing import Annotated

import typer

from mapper import errors, terminal
from mapper.commands import options, plans


def add(
    *,
    township: Annotated[str, typer.Option(help="Name or P-code of the township.")] = "",
    state: Annotated[str, typer.Option(help="Its state or region, where several bear the name.")] = "",
    date: Annotated[str, typer.Option(help="Day, or month, that the report speaks of: 2024-12-29, 2024-12.")] = "",
    holders: Annotated[str, typer.Option(help="Who holds it, or fights over it: ids or names, with ;")] = "",
    status: Annotated[str, typer.Option(help="junta, contested, nug or eao; default: as the holders are.")] = "",
    kind: Annotated[str, typer.Option(help="event: it happened then; snapshot: it was so then.")] = "",
    scope: Annotated[str, typer.Option(help="township, town or part.")] = "township",
    main_town: Annotated[str, typer.Option(help="For a town: yes if it is the township's main one, else no.")] = "",
    place: Annotated[str, typer.Option(help="The town or part, as named.")] = "",
    confidence: Annotated[str, typer.Option(help="high, medium or low.")] = "",
    claimant: Annotated[str, typer.Option(help="Who says so, where it is a claim.")] = "",
    claimant_side: Annotated[str, typer.Option(help="junta, eao, resistance, resident or independent.")] = "",
    finding: Annotated[str, typer.Option(help="What it says, in a few words of your own.")] = "",
    doubt: Annotated[str, typer.Option(help="What is doubtful, in the words of the table.")] = "",
    source: Annotated[str, typer.Option(metavar="ID", help="Id of a source that the package has.")] = "",
    url: Annotated[str, typer.Option(help="Else: address of the page.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    published: Annotated[str, typer.Option(help="Day it was published.")] = "",
    affiliation: Annotated[str, typer.Option(help="Whose voice it is, as in sources.csv.")] = "",
    sensitivity: Annotated[str, typer.Option(help="public, restricted or internal.")] = "",
    into: options.Into = None,
    by: options.By = "",
    at: options.At = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Write down what was corrected or withdrawn since: it is so again."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and change nothing.")] = False,
) -> None:
    """Write down one report: checked as an import is, with one change that `mapper undo` takes back.

    On a terminal, what is needed and not given is asked for.
    """
    from mapper.intake import adding, book, importing, log  # noqa: PLC0415 -- keeps `mapper --help` fast

    folder = book.find(into)
    moment = log.moment(at)
    said = {
        "township": township,
        "state": state,
        "date": date,
        "holders": holders,
        "status": status,
        "kind": kind,
        "scope": scope,
        "main_town": main_town,
        "place": place,
        "confidence": confidence,
        "claimant": claimant,
        "claimant_side": claimant_side,
        "finding": finding,
        "doubt": doubt,
        "source_id": source,
        "url": url,
        "publisher": publisher,
        "published": published,
        "affiliation": affiliation,
    }
    read = book.Book(folder)
    missing = [part for part in adding.NEEDED if not said[part]]
    if not (source or url or publisher):
        missing.append("publisher")
    if missing and not options.asks():
        raise errors.UsageError(
            f"A report needs {', '.join('--' + part.replace('_', '-') for part in missing)} as well."
        )
    for part in missing:
        said[part] = typer.prompt(adding.QUESTIONS[part]).strip()
    if not source and not sensitivity:
        sensitivity = typer.prompt(adding.QUESTIONS["sensitivity"]) if options.asks() else ""
    task = adding.task({part: text for part, text in said.items() if text}, read, sensitivity, moment[:10], again=again)
    planned = importing.plan(task, read)
    adding.refuse(planned)
    if dry_run:
        plans.show(planned, done=False)
        terminal.print_lines(["Nothing was changed."])
        return
    done, entry = importing.carry_out(task, folder, who=options.who(by), at=moment)
    plans.show(done, done=entry is not None)
    said_last = "Nothing was changed: the package has it." if entry is None else f"Change {entry.entry} of {folder}."
    terminal.print_lines([said_last])
