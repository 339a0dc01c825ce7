"""A small package to change, and a disk that fails: for the tests of what a change leaves behind."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from mapper.intake import disk, log, start
from mapper.intake.content import pieces
from mapper.sources import package as packages
from mapper.sources import pending

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from mapper.intake.book import Book
    from mapper.intake.content import Content

AT = "2026-01-31T08:00:00Z"


def make_package(place: Path) -> None:
    """Make a package of two places."""
    table = place.parent / "places.csv"
    table.write_text(
        "code,name,name_local,district_code,district,state_code,state,lon,lat\n"
        "MMR001001,Myitkyina,မြစ်ကြီးနား,MMR001D001,Myitkyina,MMR001,Kachin,97.39,25.38\n"
        "MMR001002,Waingmaw,ဝိုင်းမော်,MMR001D001,Myitkyina,MMR001,Kachin,97.44,25.35\n",
        encoding="utf-8",
    )
    start.make(place, start.Wishes("A map", places=table, day=dt.date(2026, 1, 1)))


def alias(name: str) -> Callable[[Book], tuple[dict[str, bytes], log.Entry]]:
    """A change of three files: a note in a table, and a table that the package does not have yet."""

    def prepare(book: Book) -> tuple[dict[str, bytes], log.Entry]:
        book.table("aliases").add({"pcode": "MMR001001", "alias": name, "seen_in": "test", "machine_matched": "no"})
        places = book.table("townships")
        places.change(0, {**places.rows[0], "doubt": f"also {name}"})
        return book.contents(), log.Entry(0, AT, "tester", "import test", new=1, changed=1)

    return prepare


def state(folder: Path) -> tuple[list[str], str, int]:
    """What a reader sees: the aliases of a place, the note on it, and the entries of the log."""
    read = packages.open_package(folder)
    names = read.aliases["alias"].tolist()
    new = pending.instead(folder).get(pending.LOG, folder / pending.LOG)
    entries = log.read(new.read_bytes() if new.is_file() else None, file="log.csv")
    return names, str(read.townships.loc["MMR001001", "doubt"]), len(entries)


BEFORE = ([], "", 0)
AFTER = (["Mitkyina"], "also Mitkyina", 1)


class PowerCutError(BaseException):
    """The machine is off: nothing after it runs."""


class Failing(disk.Disk):
    """A disk on which the n-th call fails, having done half of its work or none."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.left = at
        self.error = error
        self.off = False
        self.calls = 0

    def _call(self) -> None:
        self.calls += 1
        self.left -= 1
        if self.left == 0 or self.off:
            self.off = isinstance(self.error, PowerCutError)
            raise self.error

    def make(self, folder: Path) -> None:
        self._call()
        super().make(folder)

    def write(self, file: Path, content: Content) -> None:
        try:
            self._call()
        except BaseException:
            whole = b"".join(pieces(content))
            file.write_bytes(whole[: len(whole) // 2])
            raise
        super().write(file, content)

    def put(self, stream: BinaryIO, piece: bytes) -> None:
        self._call()
        super().put(stream, piece)

    def move(self, file: Path, place: Path) -> None:
        self._call()
        super().move(file, place)

    def remove(self, file: Path) -> None:
        self._call()
        super().remove(file)

    def settle(self, folder: Path) -> None:
        self._call()
        super().settle(folder)
