"""One change of a package's files: made whole or not at all, whatever fails, and by one process at a time.

The new files are written beside the old ones and forced to the disk; then a journal that names them is moved into
place, and from that moment the change counts (:mod:`mapper.sources.pending` reads it so); then each file is moved to
where it belongs. What a power cut leaves undone of that, the next change finishes first.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import filelock

from mapper import errors
from mapper.intake import content as contents_of
from mapper.outputs import write
from mapper.sources import pending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from mapper.intake.content import Content

LOCK: Final = "lock"
HOLDER: Final = "holder"
UNDO: Final = "undo"
UNDOS: Final = 20
"""So many changes back can be undone; what older ones need goes."""


class Disk:
    """What is asked of the disk, one call each; a test hands in one that fails at the n-th."""

    def make(self, folder: Path) -> None:
        """Make a folder, with those above it."""
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, file: Path, content: Content) -> None:
        """Write a file, and wait until it is on the disk."""
        with file.open("wb") as stream:
            for piece in contents_of.pieces(content):
                self.put(stream, piece)
            stream.flush()
            os.fsync(stream.fileno())

    def put(self, stream: BinaryIO, piece: bytes) -> None:
        """Write a piece of a file."""
        stream.write(piece)

    def move(self, file: Path, place: Path) -> None:
        """Move a file to its place, over what is there."""
        file.replace(place)

    def remove(self, file: Path) -> None:
        """Delete a file, if it is there."""
        file.unlink(missing_ok=True)

    def settle(self, folder: Path) -> None:
        """Wait until what was moved into a folder, or out of it, is on the disk; Windows does so by itself."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(folder: Path, disk: Disk) -> Iterator[None]:
    """Hold a package against all other processes, and finish what an interrupted change has left undone.

    Raises :class:`errors.OutputError` at once where another process holds it, or where nothing can be written.
    """
    work = folder / pending.FOLDER
    lock = filelock.FileLock(work / LOCK, timeout=0, thread_local=False)
    try:
        disk.make(work)
        lock.acquire()
    except filelock.Timeout:
        raise errors.OutputError(
            f"{folder}: another mapper is changing this package{_holder(work)}. Nothing was changed. "
            "Wait until it is done, and try again."
        ) from None
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        with suppress(OSError):  # who holds it is a courtesy to others
            (work / HOLDER).write_text(str(os.getpid()), encoding="utf-8")
        try:
            finish(folder, disk)
        except OSError as error:
            raise _refused(folder, error) from error
        yield
    finally:
        lock.release()


def _holder(work: Path) -> str:
    with suppress(OSError, ValueError):
        return f" (process {int((work / HOLDER).read_text(encoding='utf-8'))})"
    return ""


def commit(
    folder: Path,
    contents: Mapping[str, Content | None],
    *,
    disk: Disk,
    check: Callable[[Mapping[str, Path]], object] = lambda _: None,
) -> None:
    """Put new files into a package, all of them or none; ``None`` deletes one.

    To be called while :func:`locked`. ``check`` is handed the new files by the name of those they replace, before they
    count, and raises where the package would not be sound with them. Raises :class:`errors.OutputError` where the
    system refuses: the package is then as it was.
    """
    work = folder / pending.FOLDER
    beside = work / pending.NEXT
    for name in contents:
        if (folder / name).is_symlink():
            raise errors.OutputError(f"{folder / name} is a symbolic link, and is not written through. Name its place.")
    counts = False
    try:
        for parent in sorted({beside, *((folder / name).parent for name in contents)}):
            disk.make(parent)
            disk.settle(parent.parent)
        numbers: dict[str, str | None] = {}
        for number, (name, content) in enumerate(contents.items()):
            numbers[name] = None if content is None else str(number)
            if content is not None:
                disk.write(beside / str(number), content)
        disk.settle(beside)
        check({name: beside / number for name, number in numbers.items() if number is not None})
        journal = work / pending.JOURNAL
        disk.write(journal.with_suffix(".new"), json.dumps({"files": numbers}, indent=1).encode())
        with write.uninterrupted():  # from here on the change counts, and what it needs must not be cleaned away
            disk.move(journal.with_suffix(".new"), journal)
            counts = True
            disk.settle(work)
            finish(folder, disk)
    except OSError as error:
        if counts:
            raise _unfinished(folder, error) from error
        raise _refused(folder, error) from error
    finally:
        if not counts:
            shutil.rmtree(beside, ignore_errors=True)


def finish(folder: Path, disk: Disk) -> None:
    """Move what a journal names to where it belongs, as far as that is not done; without one, drop what was begun."""
    work = folder / pending.FOLDER
    change = pending.journal(folder)
    if change is None:
        shutil.rmtree(work / pending.NEXT, ignore_errors=True)
        return
    for name, new in change.items():
        if new is None:
            disk.remove(folder / name)
        elif new.exists():
            disk.move(new, folder / name)
    for parent in sorted({(folder / name).parent for name in change}):
        disk.settle(parent)
    disk.remove(work / pending.JOURNAL)
    shutil.rmtree(work / pending.NEXT, ignore_errors=True)
    _forget(work / UNDO)


def _forget(undo: Path) -> None:
    """Drop what undoing the oldest changes would need."""
    kept = sorted(found for found in undo.iterdir() if found.is_dir()) if undo.is_dir() else []
    for old in kept[:-UNDOS]:
        shutil.rmtree(old, ignore_errors=True)


def create(place: Path, contents: Mapping[str, bytes], *, check: Callable[[Path], object]) -> None:
    """Make a folder with files in it, whole or not at all; it must not be there yet, or be empty.

    ``check`` is handed the folder before it takes its place. Raises :class:`errors.OutputError`.
    """
    beside = place.parent / f".writing-{os.getpid()}-{place.name}"
    try:
        if place.is_symlink() or (place.exists() and (not place.is_dir() or any(place.iterdir()))):
            raise errors.OutputError(f"{place} is there already, and is not overwritten. Name a folder that is not.")
        disk = Disk()
        disk.make(beside)
        for name, content in contents.items():
            disk.write(beside / name, content)
        disk.settle(beside)
        check(beside)
        if place.is_dir():
            place.rmdir()
        beside.replace(place)
        disk.settle(place.parent)
    except OSError as error:
        raise _refused(place, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refused(folder: Path, error: OSError) -> errors.OutputError:
    reason = error.strerror or str(error)
    return errors.OutputError(
        f"{folder}: the package cannot be changed ({reason}). It is as it was. "
        "Free some space, or give yourself the right to write there."
    )


def _unfinished(folder: Path, error: OSError) -> errors.OutputError:
    reason = error.strerror or str(error)
    return errors.OutputError(
        f"{folder}: the change is made and counts, but some files wait in {pending.FOLDER}/{pending.NEXT} ({reason}). "
        "mapper reads them from there; the next change puts them into place. Do not delete that folder."
    )
