"""How far a long import is: a bar on a terminal, a line now and then elsewhere; nothing for a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from pathlib import Path

FEW: Final = 10_000
"""Fewer rows are done before anybody asks how far they are."""

OFTEN: Final = 500_000
"""Rows between two lines where no terminal is."""

TEXTS: Final = (".csv", ".tsv", ".txt")


class Counter:
    """Shows what is being done, and at which row; to be entered for each part of the work."""

    def __init__(self, file: Path) -> None:
        """Count the rows of a file."""
        self._file = file
        self._total: int | None = None
        self._console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self._bar: Progress | None = None
        self._what, self._next = "", FEW
        self._long = False

    def __enter__(self) -> Self:
        """Begin to show."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
        self._bar, self._what = None, ""

    def tell(self, what: str, rows: int) -> None:
        """Say that ``what`` is being done and has come to a row."""
        if what != self._what:
            self._what, self._next = what, FEW
            if self._bar is not None:
                self._bar.reset(self._bar.task_ids[0], total=self._lines(), description=what)
        if rows < FEW and not self._long:
            return
        self._long = True
        if self._console.is_terminal:
            self._move(what, rows)
        elif rows >= self._next or (rows == 0 and self._next == FEW):
            self._console.print(f"{what}: {rows:,} rows" if rows else what)
            self._next = rows + OFTEN

    def _move(self, what: str, rows: int) -> None:
        if self._bar is None:
            columns = (
                *(BarColumn(bar_width=30), TextColumn("{task.description}", markup=False)),
                *(TextColumn("{task.completed:,.0f} rows", markup=False), TimeElapsedColumn()),
            )
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._bar.add_task(what, total=self._lines())
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=what, completed=rows)

    def _lines(self) -> int | None:
        """Give about how many rows the file has: its lines, of which a row may have several."""
        from mapper.sources import files  # noqa: PLC0415 -- keeps `mapper --help` fast

        if self._total is None and self._file.suffix.lower() in TEXTS:
            self._total = sum(piece.count(b"\n") for piece in files.pieces(self._file))
        return self._total
