"""What the command line shows while something is downloaded: a bar of bytes on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def shown() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to tell what is being done, the bytes so far, and how many there will be (0: not known).

    Elsewhere than on a terminal it prints a line whenever something else is being done.
    """
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    columns = (BarColumn(bar_width=30), TextColumn("{task.description}", markup=False))
    said = ""
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("asking", total=None)

        def tell(label: str, done: int, total: int) -> None:
            nonlocal said
            size = f"  {done / 1e6:,.1f}" + (f" of {total / 1e6:,.1f} MB" if total else " MB") if done else ""
            bar.tasks[0].total = total or None  # update() takes None for "as it was"
            bar.update(task, description=label + size, completed=done)
            if label != said and not console.is_terminal:
                console.print(Text(label), soft_wrap=True)
            said = label

        yield tell
