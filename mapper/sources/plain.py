"""Plain local files: whether a name stands for one within the limits, and what the system says about it as a fault."""

from __future__ import annotations

import difflib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def regular(path: Path, shown: str, *, limit: int) -> Path:
    """Give the path back if it is a plain file within the limit."""
    if "\0" in str(path):
        raise errors.fault(shown, "is not a file name", "Correct the name")
    if path.is_dir():
        raise errors.fault(shown, "is a folder where a file is due", "Name the file in it")
    if not path.exists():
        siblings = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
        close = difflib.get_close_matches(path.name, siblings, n=3)
        remedy = f"Did you mean {' or '.join(close)}" if close else "Check the name and the folder"
        raise errors.fault(shown, "does not exist", remedy)
    if not path.is_file():
        raise errors.fault(shown, "is not a plain file", "Copy its content into a file")
    size = path.stat().st_size
    if size > limit:
        raise errors.fault(shown, f"is {size / 1e6:,.0f} MB, more than {limit / 1e6:,.0f} MB", "Split or simplify it")
    return path


def named(path: Path | str) -> str:
    r"""Give a file's name for messages and tables; what is no UTF-8 in it, as old disks have it, becomes a mark.

    >>> named("caf\udce9.csv")
    'caf?.csv'
    """
    return str(path).encode("utf-8", errors="replace").decode()


@contextmanager
def told(shown: str) -> Iterator[None]:
    """Turn what the operating system says into a fault."""
    try:
        yield
    except PermissionError:
        raise errors.fault(shown, "may not be read by you", "Change its permissions") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise errors.fault(shown, f"cannot be read ({reason})", "Check the disk and the name") from None
    except MemoryError:
        raise errors.fault(shown, "does not fit into memory", "Use a simpler file") from None
