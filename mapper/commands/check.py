"""``mapper check``: what is wrong with a data package."""

from __future__ import annotations

from mapper import terminal
from mapper.commands import options  # noqa: TC001 -- typer reads it at run time


def check(package: options.Package = None) -> None:
    """Check every table of a data package and print every fault at once."""
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast

    terminal.print_check(pipeline.check(package))
