"""What a package and the rows before in a file have said already, found again by what a row is about.

It is kept in a database on the disk, which has no name and goes with the process, so that a table of millions of rows
needs no more memory than a small one. Rows are told apart by digests of 16 bytes (BLAKE2b), which no two rows share by
chance: among ten million rows the odds are below 1 in 10^24.
"""

from __future__ import annotations

import hashlib
import marshal
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

from mapper.intake import history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.intake.book import Cells

COLUMNS: Final = ("mark BLOB", "number INTEGER", "says BLOB", "name TEXT", "position INTEGER", "row INTEGER")

CACHE: Final = -48_000
"""Kilobytes of the database that stay in memory, as SQLite wants it."""


class Said(NamedTuple):
    """One row that is known."""

    says: bytes
    """Digest of what it says."""
    name: str
    """Its id in the package."""
    position: int | None
    """In the package's table, counted from 0; ``None`` for a row of the file."""
    row: int | None
    """In the file; ``None`` for a row of the package."""


class Known:
    """Rows by what they are about; to be closed after use."""

    def __init__(self, *, key: str, about: Sequence[str], said: Iterable[str]) -> None:
        """Know nothing yet; ``about`` are the columns that say what a row is about, ``said`` those of its source."""
        self._key, self._about, self._said = key, tuple(about), tuple(said)
        self.last = 0
        """The highest number among the package's ids that are a letter and a number."""
        self._database = sqlite3.connect("", isolation_level=None)
        for line in (
            *("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", f"PRAGMA cache_size={CACHE}"),
            f"CREATE TABLE said ({', '.join(COLUMNS)}, PRIMARY KEY (mark, number)) WITHOUT ROWID",
            "CREATE TABLE gone (name TEXT PRIMARY KEY, what TEXT) WITHOUT ROWID",
            "CREATE TABLE cells (name TEXT PRIMARY KEY, cells BLOB) WITHOUT ROWID",
            "BEGIN",
        ):
            self._database.execute(line)
        self._count = 0

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def learn(self, rows: Iterable[Cells], *, whole: bool) -> Iterator[int]:
        """Learn the rows of the package's table; gives their number now and then. ``whole`` keeps all they say."""
        for position, row in enumerate(rows):
            name = row[self._key]
            if name[1:].isdecimal():
                self.last = max(self.last, int(name[1:]))
            self._put((*self.digests(row), name, position, None))
            if whole:
                self._database.execute("INSERT OR IGNORE INTO cells VALUES (?, ?)", (name, marshal.dumps(row)))
            if whole and (row.get("supersedes") or row.get("withdrawn_on")):
                self.forget(history.gone([row], []))
            if position % 10_000 == 0:
                yield position

    def forget(self, gone: Mapping[str, str]) -> None:
        """Learn what became of rows that stand no more, by id."""
        self._database.executemany("INSERT OR REPLACE INTO gone VALUES (?, ?)", gone.items())

    def put(self, mark: bytes, says: bytes, number: int) -> None:
        """Learn a row of the file, by its digests."""
        self._put((mark, says, "", None, number))

    def _put(self, said: tuple[bytes, bytes, str, int | None, int | None]) -> None:
        self._count += 1
        self._database.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", (said[0], self._count, *said[1:]))

    def find(self, mark: bytes) -> list[Said]:
        """Give what is known about the same, by its digest; the package's rows first, in their order."""
        found = self._database.execute(
            "SELECT says, name, position, row FROM said WHERE mark = ? ORDER BY number", (mark,)
        )
        return [Said(*one) for one in found]

    def gone(self, name: str) -> str:
        """Say what became of a row of the package; "" where it stands."""
        found = self._database.execute("SELECT what FROM gone WHERE name = ?", (name,)).fetchone()
        return "" if found is None else str(found[0])

    def cells(self, name: str) -> Cells:
        """Give all that a row of the package says, where it was learnt ``whole``."""
        (raw,) = self._database.execute("SELECT cells FROM cells WHERE name = ?", (name,)).fetchone()
        cells: Cells = marshal.loads(raw)  # noqa: S302 -- this very process wrote it
        return cells

    def digests(self, row: Mapping[str, str]) -> tuple[bytes, bytes]:
        """Digest what a row is about, and all that it says; an empty cell says nothing."""
        about = "\x1f".join([row.get(part, "") for part in self._about])
        says = "\x1f".join([f"{part}\x1e{row[part]}" for part in self._said if row.get(part)])
        return _digest(about), _digest(says)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
