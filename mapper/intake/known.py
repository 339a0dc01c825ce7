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

    def __init__(self, *, about: Sequence[str], key: str, ours: Iterable[str]) -> None:
        """Know nothing yet; ``about`` are the columns that say what a row is about, ``ours`` say nothing of it."""
        self._about, self._key, self._ours = tuple(about), key, frozenset({key, *ours})
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
            self._put(self.mark(row), (self.says(row), name, position, None))
            if whole:
                self._database.execute("INSERT OR IGNORE INTO cells VALUES (?, ?)", (name, marshal.dumps(row)))
            if whole and (row.get("supersedes") or row.get("withdrawn_on")):
                self.forget(history.gone([row], []))
            if position % 10_000 == 0:
                yield position

    def forget(self, gone: Mapping[str, str]) -> None:
        """Learn what became of rows that stand no more, by id."""
        self._database.executemany("INSERT OR REPLACE INTO gone VALUES (?, ?)", gone.items())

    def put(self, row: Mapping[str, str], number: int) -> None:
        """Learn a row of the file."""
        self._put(self.mark(row), (self.says(row), "", None, number))

    def _put(self, mark: bytes, said: tuple[bytes, str, int | None, int | None]) -> None:
        self._count += 1
        self._database.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", (mark, self._count, *said))

    def find(self, row: Mapping[str, str]) -> list[Said]:
        """Give what is known about the same, the package's rows first, in their order."""
        found = self._database.execute(
            "SELECT says, name, position, row FROM said WHERE mark = ? ORDER BY number", (self.mark(row),)
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

    def mark(self, row: Mapping[str, str]) -> bytes:
        """Digest what a row is about."""
        return _digest("\x1f".join([row.get(part, "") for part in self._about]))

    def says(self, row: Mapping[str, str]) -> bytes:
        """Digest what a row says, without its id and what we did with it; an empty cell says nothing."""
        return _digest(
            "\x1f".join([f"{part}\x1e{row[part]}" for part in sorted(row) if row[part] and part not in self._ours])
        )


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
