"""What does not fit into memory while an import is made: a file without a name, which goes with the process.

The first megabytes stay in memory, so that a small import needs no disk.
"""

from __future__ import annotations

import marshal
import sqlite3
import tempfile
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY: Final = 8_000_000
"""Bytes up to which a spool is held in memory."""

PIECE: Final = 1 << 20
LENGTH: Final = 8
"""Bytes that say how long a record is."""


class Spool:
    """Bytes that are added to, and read back from the start."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._file: Any = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 -- closed when nobody needs it any more
        self.size = 0
        weakref.finalize(self, self._file.close)

    def add(self, content: bytes) -> None:
        """Put bytes at the end."""
        self._file.seek(0, 2)
        self._file.write(content)
        self.size += len(content)

    def pieces(self) -> Iterator[bytes]:
        """Give all bytes, in pieces."""
        at = 0
        while at < self.size:
            self._file.seek(at)
            piece: bytes = self._file.read(PIECE)
            at += len(piece)
            yield piece


class Records:
    """Plain values (text, numbers, tuples, lists, dictionaries) that are added to, and gone through from the start."""

    def __init__(self) -> None:
        """Begin with none."""
        self._spool: Any = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 -- as above
        self._end = 0
        weakref.finalize(self, self._spool.close)

    def add(self, value: Any) -> None:  # noqa: ANN401 -- any plain value
        """Put a value at the end."""
        raw = marshal.dumps(value)
        self._spool.seek(self._end)
        self._spool.write(len(raw).to_bytes(LENGTH, "big") + raw)
        self._end += LENGTH + len(raw)

    def __iter__(self) -> Iterator[Any]:
        """Go through the values in the order in which they were added."""
        at = 0
        while at < self._end:
            self._spool.seek(at)
            length = int.from_bytes(self._spool.read(LENGTH), "big")
            raw = self._spool.read(length)
            at += LENGTH + length
            yield marshal.loads(raw)  # noqa: S302 -- this very process wrote it, into a file that has no name


@contextmanager
def room() -> Iterator[None]:
    """Say in one message that there is no room for what an import needs while it is made."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise errors.OutputError(
            f"{tempfile.gettempdir()}: what this import needs while it is made cannot be kept there ({reason}). "
            "Nothing was changed. Free some space, or name another folder in TMPDIR."
        ) from error
