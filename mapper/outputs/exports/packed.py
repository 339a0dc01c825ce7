"""Zip archives in memory, for formats that are one: the same files give the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name; when a file was written is nobody's business."""

PERMISSIONS: Final = 0o644 << 16
UNIX: Final = 3


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack files into one archive, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = PERMISSIONS
            entry.create_system = UNIX  # else it is that of the machine
            archive.writestr(entry, content)
    return buffer.getvalue()
