"""What the command line shows an editor: what stays out of public outputs, questions, releases."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mapper import questions, terminal, terms

if TYPE_CHECKING:
    from mapper.gate import Gate
    from mapper.releasing import Made
    from mapper.terminal import Form

WITHHELD = ("rule", "table", "count", "why")
ASKED = ("question", "asks", "answer", "by", "on")


def asks() -> bool:
    """Whether somebody sits at the terminal who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str) -> str:
    """Ask for a line of text; nothing is an answer, too."""
    terminal.say(question)
    return input("> ").strip()


def print_gate(gate: Gate, *, form: Form) -> None:
    """Print what stays out of public outputs by rule, and the questions with their answers."""
    rows = [
        {"rule": one.rule, "table": one.table, "count": one.count, "why": terms.RULES[one.rule]}
        for one in gate.withheld
    ]
    given = gate.standing
    asked = [
        {
            "question": name,
            "asks": question,
            "answer": given[name].answer if name in given else "",
            "by": given[name].by if name in given else "",
            "on": given[name].on if name in given else "",
        }
        for name, question in questions.QUESTIONS.items()
    ]
    if form == "table":
        terminal.print_rows(rows, WITHHELD, form=form, title="Stays out of public outputs")
        terminal.print_rows(asked, ASKED, form=form, title="Before you publish")
        return
    empty = dict.fromkeys((*WITHHELD, *ASKED), "")
    listed = [{"kind": "withheld", **empty, **row} for row in rows]
    listed += [{"kind": "question", **empty, **row} for row in asked]
    terminal.print_rows(listed, ("kind", *WITHHELD, *ASKED), form=form)


def print_release(made: Made, *, dry_run: bool) -> None:
    """Print what a release has become, and what changed on the map since the one before."""
    since = f"since {made.previous}" if made.previous else "the first release"
    count = len({row["pcode"] for row in made.rows})
    if made.previous:
        columns = ("township", "state", "from", "until", "kind", "before_status", "after_status", "after_holders")
        terminal.print_rows(made.rows, columns, form="table", title=f"On the map {since}")
    begun = "Would be" if dry_run else "Frozen as"
    terminal.say(f"{begun} {made.folder}: {since}, {count} townships told anew.")
    if not dry_run:
        terminal.print_files(sorted(path for path in made.folder.rglob("*") if path.is_file()))
