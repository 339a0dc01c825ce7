"""Zip archives: which one layer of geometries one holds, judged by its directory before a byte is unpacked."""

from __future__ import annotations

import re
import stat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from zipfile import ZipInfo

UNPACKED_LIMIT: Final = 1_000_000_000
"""Bytes of all entries together. The 330 townships at full detail are 5 MB."""

ENTRY_LIMIT: Final = 10_000

SIDECARS: Final[Mapping[str, tuple[str, ...]]] = {".shp": (".shx", ".dbf", ".prj", ".cpg")}
"""What belongs to a layer besides its main file, by the main file's ending; nothing else is unpacked."""

ENCRYPTED: Final = 0x1
"""The flag of an entry that needs a password."""


def layer_entries(
    entries: Sequence[ZipInfo], *, name: str, endings: Collection[str], within: str = ""
) -> dict[str, ZipInfo]:
    """Give the entries of the one layer in an archive, by their lower-case ending: ``{".shp": ..., ".dbf": ...}``.

    The main file's ending comes first. Of several layers ``within``, a regular expression found in the file's name,
    may choose one. Raises :class:`mapper.errors.DataError` where the archive is unsafe, too
    large, or holds no layer or several.
    """
    refuse_unsafe(entries, name)
    inner = [entry for entry in entries if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")]
    mains = [entry for entry in inner if _ending(entry) in endings]
    if not mains:
        held = ", ".join(sorted({_ending(entry) or "no ending" for entry in inner})) or "nothing"
        remedy = "Unpack the inner archive first" if ".zip" in held else f"Put one of {', '.join(endings)} in it"
        raise errors.fault(name, f"holds no vector file (but {held})", remedy)
    if len(mains) > 1 and within:
        mains = [entry for entry in mains if re.search(within, PurePosixPath(entry.filename).name)] or mains
    if len(mains) > 1:
        listed = ", ".join(sorted(entry.filename for entry in mains))
        raise errors.fault(name, f"holds {len(mains)} vector files ({listed})", "Unpack it and name one of them")
    main = mains[0]
    stem = PurePosixPath(main.filename).with_suffix("")
    beside = {_ending(entry): entry for entry in inner if PurePosixPath(entry.filename).with_suffix("") == stem}
    wanted = (_ending(main), *SIDECARS.get(_ending(main), ()))
    return {ending: beside[ending] for ending in wanted if ending in beside}


def _ending(entry: ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def refuse_unsafe(entries: Sequence[ZipInfo], name: str, *, limit: int = UNPACKED_LIMIT) -> None:
    """Refuse what no honest archive has, all at once; ``limit`` is in bytes of all entries together, unpacked."""
    faults = []
    for entry in entries[:ENTRY_LIMIT]:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in entry.filename:
            problem, remedy = "leads out of the archive", "Do not use this archive"
        elif stat.S_ISLNK(entry.external_attr >> 16):
            problem, remedy = "is a symbolic link", "Pack the file itself"
        elif entry.flag_bits & ENCRYPTED:
            problem, remedy = "is encrypted", "Unpack it with its password, and name the file inside"
        elif entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            problem, remedy = "is packed by an unusual method", "Pack it anew with a common zip program"
        else:
            continue
        faults.append(errors.Fault(name, 0, "", entry.filename, problem, remedy))
    size = sum(entry.file_size for entry in entries)
    if size > limit:
        problem = f"unpacks to {size / 1e9:,.1f} GB, more than {limit / 1e9:,g} GB"
        faults.append(errors.Fault(name, 0, "", "", problem, "Unpack what you need of it, and name that"))
    if len(entries) > ENTRY_LIMIT:
        faults.append(errors.Fault(name, 0, "", "", f"holds {len(entries):,} entries", "Name the one file in it"))
    if faults:
        raise errors.DataError(faults)
