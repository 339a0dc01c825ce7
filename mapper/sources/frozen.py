"""A package as the files that it consists of: to freeze it, to know its state, and to find what was frozen before."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapper import errors, questions
from mapper.sources import files, rows
from mapper.sources.package import DESCRIPTOR

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Release:
    """A release that lies in a folder of releases."""

    folder: Path
    manifest: dict[str, Any]
    digest: str
    """SHA-256 of its manifest."""

    @property
    def version(self) -> str:
        """The name that it was given."""
        return str(self.manifest["version"])


def folder_of(path: Path) -> Path:
    """Give a package's folder, whether that or its descriptor is named."""
    return path.parent if path.name == DESCRIPTOR else path


def contents(path: Path) -> dict[str, bytes]:
    """Read every file of a package that its descriptor names, and the descriptor, by their paths in it."""
    folder = folder_of(path)
    described = files.read_json(folder / DESCRIPTOR)
    names = [DESCRIPTOR, *(str(resource["path"]) for resource in described["resources"])]
    found = {name: files.read_kept(folder / name) for name in names}
    for name, content in found.items():
        if content is None:
            raise errors.fault(folder / name, "cannot be read", "Check that it is there, and your permissions")
    return {name: content for name, content in found.items() if content is not None}


def answers(path: Path) -> list[questions.Answer]:
    """Read the answers on record, oldest first; none where there is no such file."""
    file = folder_of(path) / questions.FILE
    if files.read_kept(file) is None:
        return []
    header, rows = files.read_text_table(file)
    if tuple(header) != questions.COLUMNS:
        remedy = f"Its columns are {', '.join(questions.COLUMNS)}; put them back, or move the file away"
        raise errors.fault(file, "has other columns", remedy, row=1)
    return [questions.Answer(**cells) for _, cells in rows]


def latest(folder: Path) -> Release | None:
    """Give the latest of the releases in a folder: the one that no other follows; ``None`` where there are none.

    Raises :class:`errors.DataError` where two follow the same one, or a manifest cannot be read.
    """
    found = [_release(manifest) for manifest in sorted(folder.glob(f"*/{MANIFEST}"))] if folder.is_dir() else []
    followed = {(one.manifest.get("previous") or {}).get("manifest_sha256") for one in found}
    ends = [one for one in found if one.digest not in followed]
    if found and len(ends) != 1:
        names = ", ".join(one.version for one in ends) or "none"
        raise errors.fault(folder, f"has no one latest release ({names})", "Move the others into another folder")
    return ends[0] if ends else None


def _release(manifest: Path) -> Release:
    raw = files.read_kept(manifest)
    read: Any = files.read_json(manifest)
    if raw is None or not isinstance(read, dict) or not isinstance(read.get("version"), str):
        raise errors.fault(manifest, "is no manifest of a release", "Move the folder away")
    return Release(manifest.parent, read, hashlib.sha256(raw).hexdigest())


def table(content: bytes, *, name: str) -> tuple[list[str], list[dict[str, str]]]:
    """Read a table of a package that was read as bytes: its header and rows."""
    header, read = rows.parse(io.BytesIO(content), name=name)
    return header, [cells for _, cells in read]


def descriptor(content: bytes) -> dict[str, Any]:
    """Read a descriptor that was read as bytes."""
    return dict(json.loads(content.decode("utf-8-sig")))
