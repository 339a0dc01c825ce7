"""The part of a file that has come so far, kept beside its place under a name that says so: ``FILE.partial``."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import filelock

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA: Final = ".partial"
ABOUT: Final = ".partial.json"
LOCK: Final = ".partial.lock"
ABOUT_LIMIT: Final = 10_000


class Partial:
    """What has come so far of the file at an address, and how to tell whether the server still has the same."""

    def __init__(self, place: Path, url: str) -> None:
        """Take up what an earlier run has left of this very address, if anything."""
        self._data, self._about = place.with_name(place.name + DATA), place.with_name(place.name + ABOUT)
        self._url = url
        self.validator = self._kept()
        if not self.validator:
            self.forget()

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._data.stat().st_size if self._data.exists() else 0

    def restart(self, *, validator: str = "") -> None:
        """Begin anew; ``validator`` is the server's mark of this version of the file, "" where it gives none."""
        self.forget()
        self.validator = validator
        about = {"address": self._url, "validator": validator}
        self._about.write_text(json.dumps(about, indent=1), encoding="utf-8")
        self._data.write_bytes(b"")

    def write(self, part: bytes) -> None:
        """Add to it."""
        with self._data.open("ab") as stream:
            stream.write(part)

    def finish(self, target: str) -> None:
        """Move it to where a whole file is wanted, on the same disk."""
        os.replace(self._data, target)  # noqa: PTH105 -- pooch gives a name
        self._about.unlink(missing_ok=True)

    def _kept(self) -> str:
        """Give the mark of what is there, "" if it is nothing or of another address."""
        try:
            if self._about.stat().st_size > ABOUT_LIMIT or not self._data.is_file():
                return ""
            about = json.loads(self._about.read_bytes())
            return str(about["validator"]) if about["address"] == self._url else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def forget(self) -> None:
        """Leave nothing of it."""
        self._data.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)


@contextmanager
def kept(place: Path, url: str) -> Iterator[Partial]:
    """Give the partial file of a place to one process at a time; what could never be taken up again goes at the end.

    Raises :class:`mapper.errors.UsageError`.
    """
    lock = filelock.FileLock(str(place.with_name(place.name + LOCK)), timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise errors.UsageError(f"{place} is being fetched by another process; wait for it, or end it.") from None
    found = Partial(place, url)
    try:
        yield found
    finally:
        if not found.validator:
            found.forget()
        with suppress(OSError):  # some systems do not let go of a name while its file is open
            place.with_name(place.name + LOCK).unlink()
        lock.release()
