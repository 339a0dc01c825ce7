"""Results are written beside their place and then moved into it: what stood there is lost to no failure."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        for file in sorted(stage.iterdir()):
            _flush(file)
        for file in sorted(stage.iterdir()):
            os.replace(file, directory / file.name)  # noqa: PTH105 -- Path.replace cannot overwrite a file a reader holds on Windows either; os.replace says what it is
    except OSError as error:
        raise _output_error(directory, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


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


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8 with LF line ends, on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
