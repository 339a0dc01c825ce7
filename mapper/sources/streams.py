"""Tables from outside that may be larger than memory: CSV is read row by row, each time anew; a workbook as a whole.

A workbook has at most 1,048,576 rows by its format and is held in memory, up to the three million cells that
:mod:`sheets` allows. So is text in UTF-16.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mapper import errors
from mapper.sources import files, plain, rows, sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mapper.errors import Fault
    from mapper.sources.rows import Row

HEAD = 1 << 16
"""Bytes at the start of a file by which it is judged."""


UTF_16_LIMIT = 64_000_000
"""Bytes of a text in UTF-16, which is held in memory."""


class Tabular(Protocol):
    """What a reader of tables needs: a table in memory, or one that is read while it is gone through."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def header(self) -> list[str]:
        """The names of its columns."""

    @property
    def rows(self) -> Iterable[Row]:
        """Its rows, as often as they are asked for."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Rows that cannot be taken as they are."""


@dataclass(frozen=True)
class Rows:
    """The rows of a CSV file that hold anything; going through them reads the file."""

    path: Path
    shown: str
    delimiter: str
    header: list[str]
    headed: bool
    """Whether the file begins with the names of its columns."""

    def __iter__(self) -> Iterator[Row]:
        """Read the file; raises :class:`mapper.errors.DataError` at its end with what is wrong in it."""
        given = None if self.headed else self.header
        with files.reading(self.path, name=self.shown, limit=files.STREAM_LIMIT) as stream:
            for line, cells in rows.stream(stream, name=self.shown, delimiter=self.delimiter, header=given):
                if any(map(str.strip, cells)):
                    yield line, dict(zip(self.header, cells, strict=True))


@dataclass(frozen=True)
class Streamed:
    """A table that is read while it is gone through."""

    name: str
    header: list[str]
    rows: Rows
    faults: tuple[Fault, ...] = field(default=())


def read(
    path: Path | str, *, sheet: str | None = None, unheaded: Callable[[bytes], list[str] | None] = lambda _: None
) -> Tabular:
    """Open a table of any form; ``sheet`` names one of a workbook that has several.

    ``unheaded`` is handed the first bytes of a text, and gives the names of its columns where it begins without them.
    Raises :class:`mapper.errors.DataError` with what is wrong with the file as a whole.
    """
    file, shown = Path(path), plain.named(path)
    if file.suffix.lower() not in sheets.ENDINGS or file.suffix.lower() in sheets.WORKBOOKS or sheet is not None:
        return sheets.read(path, sheet=sheet)
    return text(file, unheaded=unheaded, shown=shown)


def text(file: Path, *, unheaded: Callable[[bytes], list[str] | None], shown: str) -> Tabular:
    """Open a CSV file, whatever its ending."""
    with files.reading(file, name=shown, limit=files.STREAM_LIMIT) as stream:
        head = stream.read(HEAD)
        given = unheaded(head)
        if head.startswith(rows.UTF_16):
            if file.stat().st_size > UTF_16_LIMIT:
                problem = f"is in UTF-16 and over {UTF_16_LIMIT / 1e6:,.0f} MB, which is read as a whole"
                raise errors.fault(shown, problem, "Save it as UTF-8, which is read row by row")
            return sheets.of_text(files.read_whole(file, name=shown), shown, header=given)
        delimiter = sheets.delimiter(head)
        stream.seek(0)
        names = given or rows.header(stream, name=shown, delimiter=delimiter)
    clean = [name.strip() for name in names]
    sheets.refuse_repeated(clean, shown)
    return Streamed(shown, clean, Rows(file, shown, delimiter, clean, headed=given is None))


def changed(file: Path, before: tuple[int, int]) -> None:
    """Refuse a file that is not as :func:`mark` had it: two readings of it would not say the same."""
    if mark(file) != before:
        raise errors.fault(plain.named(file), "was changed while it was read", "Import it again when it is complete")


def mark(file: Path) -> tuple[int, int]:
    """Give what differs when a file was written to: its size, and when that was."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)
