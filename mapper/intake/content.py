"""The new content of a file: bytes, or pieces that are given one after the other, where the whole is too large."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.sources import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Pieces:
    """A content in pieces, the same each time that it is asked for."""

    make: Callable[[], Iterator[bytes]]
    begins: int | None = None
    """So many bytes at its beginning are all of the file that it replaces; ``None`` where it does not begin with it."""


Content = bytes | Pieces


def pieces(content: Content) -> Iterator[bytes]:
    """Give a content in pieces."""
    return iter((content,)) if isinstance(content, bytes) else content.make()


def digest(content: Content) -> str:
    """Give the SHA-256 of a content, in hexadecimal digits."""
    total = hashlib.sha256()
    for piece in pieces(content):
        total.update(piece)
    return total.hexdigest()


def of(file: Path, *, most: int | None = None) -> Pieces:
    """Give what a file holds, or its first bytes; the file must not change until it was used."""
    return Pieces(lambda: files.pieces(file, most=most))
