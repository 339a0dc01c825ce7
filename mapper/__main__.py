"""The command line: ``mapper``, or ``python -m mapper``."""

from __future__ import annotations

import signal
import sys
from typing import Final, NoReturn

import typer

from mapper import errors, terminal
from mapper.commands import (
    add,
    boundaries,
    build,
    check,
    compare,
    diff,
    embed,
    export,
    import_,
    log,
    match,
    new,
    picture,
    release,
    review,
    stats,
    undo,
    why,
)

VERBS: Final = (  # in the order of `mapper --help`
    build.build,
    export.export,
    check.check,
    why.why,
    stats.stats,
    diff.diff,
    compare.compare,
    log.log,
    release.release,
    review.review,
    embed.embed,
    picture.picture,
    new.new,
    import_.import_,
    match.match,
    add.add,
    undo.undo,
)
GROUPS: Final = (boundaries.boundaries,)  # verbs of several words, such as `mapper boundaries fetch`
INTERRUPTED: Final = 130


def command_line() -> typer.Typer:
    """Put the verbs together."""
    app = typer.Typer(
        help="Who holds which township, when, says who, and how sure: time-sliced maps of territorial control.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for verb in VERBS:
        app.command(verb.__name__.rstrip("_"))(verb)  # `import` is no name of a function
    for module in GROUPS:
        app.add_typer(module, name=module.info.name)
    return app


class _Stopped(BaseException):
    """Ctrl-C, or the system asking us to end; typer swallows a KeyboardInterrupt without a word."""


def _stop(*_: object) -> NoReturn:
    raise _Stopped


def main() -> None:
    """Run the command line; a fault of the user's or of the input is one message and exit code 2."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        command_line()()
    except errors.MapperError as error:
        terminal.print_error(error)
        sys.exit(2)
    except _Stopped:
        terminal.print_error(
            "Stopped. Nothing is half written: each file, and a package as a whole, is as it was or new."
        )
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        terminal.print_error(f"The system refused to read or write: {error}.")
        sys.exit(2)


if __name__ == "__main__":
    main()
