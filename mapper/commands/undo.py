"""``mapper undo``: take the last change of a package back."""

from __future__ import annotations

from mapper import terminal
from mapper.commands import options


def undo(package: options.Into = None, *, by: options.By = "", at: options.At = None) -> None:
    """Take the last change of a package back: an import, a report that was added, names that were matched.

    Each file is as it was, byte for byte, and the log says that it was undone. Repeated, it takes the one before back.
    """
    from mapper.intake import book, change, log  # noqa: PLC0415 -- keeps `mapper --help` fast

    folder = book.find(package)
    undone, _ = change.undo(folder, who=options.who(by), at=log.moment(at))
    terminal.print_lines([f"Undone: {undone.action} of {undone.at} by {undone.who} ({undone.file or 'no file'})."])
