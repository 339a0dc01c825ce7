"""What fiona's handlers of GDAL's errors say of themselves, kept from the screen.

GDAL cuts what it quotes of a broken file in the middle of a letter; fiona's handlers, which nothing can catch, then
print a traceback each. The error itself is told by whoever opened the file.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType


@contextmanager
def unheard() -> Iterator[None]:
    """Keep quiet about letters that are none in fiona's handlers; all else is said as before."""
    hook, unraisable = sys.excepthook, sys.unraisablehook

    def excepthook(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, UnicodeDecodeError):
            hook(kind, value, trace)

    def unraisablehook(told: sys.UnraisableHookArgs) -> None:
        if not (told.exc_type and issubclass(told.exc_type, UnicodeDecodeError)):
            unraisable(told)

    sys.excepthook, sys.unraisablehook = excepthook, unraisablehook
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook = hook, unraisable
