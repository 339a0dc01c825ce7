"""A change of a data package that is under way: which of its files already count in their new form.

Whoever changes a package writes the new files beside the old ones, then a journal that names them, and then moves them
into place. From the journal on the change counts, so a reader takes from beside what has not been moved yet: after a
power cut at any moment a package is read as it was before the change, or after it, and never between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from mapper import errors
from mapper.sources import files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FOLDER: Final = ".intake"
"""In a package's folder: what a change needs while it is made, and what is needed to undo it."""

JOURNAL: Final = "journal.json"
NEXT: Final = "next"
LOG: Final = "log.csv"

TRIES: Final = 5
"""A package that changes while it is read is read again, so many times at most."""

NUMBER: Final = re.compile(r"\d{1,6}")

Result = TypeVar("Result")


def journal(folder: Path) -> dict[str, Path | None] | None:
    """Give what the journal of a package names, each with its new form beside, or ``None`` where it is to go.

    ``None`` where no change is under way. Raises :class:`mapper.errors.DataError` for a journal that is none.
    """
    file = folder / FOLDER / JOURNAL
    if not file.is_file():
        return None
    found = files.read_json(file)
    beside = found.get("files") if isinstance(found, dict) else None
    if not isinstance(beside, dict) or not all(sound(name, number) for name, number in beside.items()):
        raise errors.fault(file, "is not a journal of ours", "Delete it, and check the package")
    return {name: None if number is None else folder / FOLDER / NEXT / number for name, number in beside.items()}


def sound(name: str, number: object) -> bool:
    """Whether a file may be named so in a journal: inside the package, its new form beside it by a number."""
    inside = not name.startswith("/") and not set(name.split("/")) & {"", ".."} and not set(name) & set('\\:\0\n"')
    return inside and (number is None or (isinstance(number, str) and NUMBER.fullmatch(number) is not None))


def instead(folder: Path) -> Mapping[str, Path]:
    """Give the files that stand beside and already count, by the name of the file that they replace."""
    return {name: new for name, new in (journal(folder) or {}).items() if new is not None and new.is_file()}


def steadily(folder: Path, read: Callable[[Mapping[str, Path]], Result]) -> Result:
    """Read a package as it is at one moment: again, where somebody changed it meanwhile.

    ``read`` is handed what :func:`instead` gives.
    """
    for _ in range(TRIES):
        before = _state(folder)
        try:
            found = read(instead(folder))
        except errors.DataError:
            if _state(folder) == before:
                raise
            continue
        if _state(folder) == before:
            return found
    raise errors.fault(folder, "changes while it is read", "Try again when the other program is done")


def _state(folder: Path) -> tuple[tuple[int, int, int], ...]:
    """Give what differs whenever a change has begun to count, or was made: the marks of its journal and its log."""
    return tuple(_mark(file) for file in (folder / FOLDER / JOURNAL, folder / LOG))


def _mark(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
