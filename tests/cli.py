"""Run the command line in this process, as a test needs it often: what it prints, and its exit code."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

from mapper import __main__ as command_line


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str


def run(*arguments: object) -> Ran:
    """Run ``mapper`` with these arguments; an exception that it lets through is a fault of the program."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["mapper", *map(str, arguments)]
    code: object = 0
    with mock.patch.object(sys, "argv", argv), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            command_line.main()
        except SystemExit as stopped:
            code = stopped.code or 0
    return Ran(code if isinstance(code, int) else 1, out.getvalue(), err.getvalue())
