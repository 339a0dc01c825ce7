"""Results are written beside their place and then moved into it: what stood there is lost to no failure."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import tempfile
import threading
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

STAGE_PREFIX = ".writing-"


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """Give an empty folder to write files into; when the block ends well, they move into ``directory``.

    If it ends otherwise (an error, a full disk, Ctrl-C), the folder goes and ``directory`` is as it was.
    Raises :class:`errors.OutputError` where the system refuses.
    """
    stage = _stage(directory)
    try:
        yield stage
        files = sorted(stage.iterdir())
        for file in files:
            _flush(file)
            if (directory / file.name).is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{file.name} is a folder", str(directory / file.name))
        with uninterrupted():
            for file in files:
                file.replace(directory / file.name)
    except OSError as error:
        raise _output_error(directory, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def together(made: Mapping[Path, Mapping[str, bytes]]) -> tuple[Path, ...]:
    """Write the files of several folders, given by folder and name; give their paths in that order.

    None moves into its place before all are written; then those of each folder move together, as :func:`staged` does.
    """
    with ExitStack() as stages:
        for folder, contents in made.items():
            stage = stages.enter_context(staged(folder))
            for name, content in contents.items():
                write_bytes(stage / name, content)
    return tuple(folder / name for folder, contents in made.items() for name in contents)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to write into; when the block ends well, it takes its place as ``target``, all at once.

    If it ends otherwise there is no ``target``. Raises :class:`errors.OutputError` where there is one already, or
    where the system refuses.
    """
    if target.exists():
        raise errors.OutputError(f"{target} is there already, and is left as it is. Choose another name.")
    stage = _stage(target.parent)
    try:
        yield stage
        for file in sorted(path for path in stage.rglob("*") if path.is_file()):
            _flush(file)
        stage.chmod(0o755)
        stage.rename(target)
    except OSError as error:
        raise _output_error(target.parent, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and the like for the moment in which several files take their places together.

    By a handler and not a mask: a library's thread, which no mask of ours reaches, may be given the signal as well.
    """
    if threading.current_thread() is not threading.main_thread():  # only the main thread is ever interrupted
        yield
        return
    held: list[int] = []
    before = {kind: signal.signal(kind, lambda kind, _: held.append(kind)) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, signal.SIG_DFL if handler is None else handler)
        for number in held[:1]:
            signal.raise_signal(number)


def _stage(directory: Path) -> Path:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=STAGE_PREFIX, dir=directory))
    except OSError as error:
        raise _output_error(directory, error) from error


def _output_error(directory: Path, error: OSError) -> errors.OutputError:
    reason = error.strerror or str(error)
    return errors.OutputError(
        f"{directory}: nothing could be written there ({reason}). Nothing that stood there has changed. "
        "Free some space, or name a folder that you may write to with --out."
    )


def _flush(file: Path) -> None:
    """Wait until a file is on the disk, so that a power cut after the move cannot leave it empty."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; text is encoded before, as UTF-8 with LF line ends on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that may be larger than memory."""
    with path.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)


def keep(file: Path, content: bytes, *, most: int) -> None:
    """Keep bytes for later runs, whole or not at all; of all that its folder keeps, only the ``most`` newest stay.

    What cannot be kept is made again next time, so nothing that the system says is an error; nor is a place that is
    not absolute, which is what a user without a home folder has.
    """
    if not file.is_absolute():
        return
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=STAGE_PREFIX, suffix=file.suffix, dir=file.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        kept = [(found.stat().st_mtime, found) for found in file.parent.glob(f"*{file.suffix}")]
        for _, old in sorted(kept)[:-most]:
            old.unlink(missing_ok=True)


def made_by(make: Callable[[Path], None]) -> dict[str, bytes]:
    """Let a library that writes only to disk write into a folder of its own; give what it wrote, by file name.

    Raises :class:`errors.OutputError` where the system refuses.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="mapper-") as name:
            make(Path(name))
            return {file.name: _content(file) for file in sorted(Path(name).iterdir())}
    except OSError as error:
        raise _output_error(Path(tempfile.gettempdir()), error) from error


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read()
