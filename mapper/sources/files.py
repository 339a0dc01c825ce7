"""The only opener of files for input: CSV, JSON and vector files, each refused with a reason or read whole.

Vector files come from a user, perhaps from a stranger: only plain local files of named formats are opened, each with
the one driver that its ending names, and archives are unpacked by us, within limits.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import fiona
import pyproj
import pyproj.exceptions
import shapely

from mapper import errors
from mapper.sources import archive, coordinates, geopackage, json_text, plain, quotes, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from shapely.geometry.base import BaseGeometry

TEXT_LIMIT: Final = 256_000_000
VECTOR_LIMIT: Final = 1_000_000_000
"""Bytes; larger files are refused before they are opened."""

STREAM_LIMIT: Final = 64_000_000_000
"""Bytes of a file that is read piece by piece, and fills no memory."""

PIECE: Final = 1 << 20

DRIVERS: Final[dict[str, str]] = {
    ".shp": "ESRI Shapefile",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".gpkg": "GPKG",
    ".fgb": "FlatGeobuf",
}
"""The formats we open, by ending: those that carry their reference system and name no other file or address."""

BELONGING: Final[dict[str, tuple[str, ...]]] = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".idm", ".ind", ".shp.xml"),
    ".gpkg": (".gpkg-wal", ".gpkg-shm", ".gpkg-journal"),
}
"""What may lie beside a file of a format and belong to it, by ending."""

ADDRESS: Final = re.compile(r"/vsi|[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""What GDAL takes for something other than a local file; one slash, since a Path folds two. One letter is a disk."""

HEAD: Final = 1 << 20
"""Bytes at the start of a GeoJSON in which its reference system is looked for."""

CRS_NAME: Final = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]{1,200})"')
"""The name in a GeoJSON's ``crs`` member, as its form of 2008 has it."""


@dataclass(frozen=True)
class Feature:
    """One feature of a vector file; ``geometry`` is None where it has none, or one that ``problem`` tells of."""

    number: int
    """Counted from 1, in the order of the file."""
    properties: dict[str, Any]
    geometry: BaseGeometry | None
    problem: str = ""


@dataclass(frozen=True)
class Layer:
    """A layer of a vector file: x is longitude or easting, y latitude or northing."""

    crs_wkt: str
    """Empty where the file does not say its reference system."""
    columns: tuple[str, ...]
    features: tuple[Feature, ...]


def read_text_table(path: Path, *, name: str | None = None) -> tuple[list[str], list[rows.Row]]:
    """Read a CSV table in UTF-8: its header, and per record the line it starts on and its cells by column.

    Lines count from 1, as in an editor. ``name`` is what messages call the file. Raises
    :class:`mapper.errors.DataError` with every fault found.
    """
    shown = name or str(path)
    with plain.told(shown), plain.regular(path, shown, limit=TEXT_LIMIT).open("rb") as stream:
        return rows.parse(stream, name=shown)


@contextmanager
def reading(path: Path, *, name: str | None = None, limit: int) -> Iterator[BinaryIO]:
    """Open a plain file to be read piece by piece; ``limit`` is in bytes. Raises :class:`mapper.errors.DataError`."""
    shown = name or str(path)
    with plain.told(shown), plain.regular(path, shown, limit=limit).open("rb") as stream:
        yield stream


def pieces(path: Path, *, most: int | None = None) -> Iterator[bytes]:
    """Give the bytes of a plain file in pieces, all or the first ``most``."""
    with reading(path, limit=STREAM_LIMIT) as stream:
        left = STREAM_LIMIT if most is None else most
        while left and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def read_json(path: Path, *, name: str | None = None) -> Any:  # noqa: ANN401 -- JSON is any value
    """Read a JSON file in UTF-8; a key that comes twice in one object is a fault, as is NaN."""
    shown = name or str(path)
    with plain.told(shown):
        raw = plain.regular(path, shown, limit=TEXT_LIMIT).read_bytes()
    return json_text.parse(raw, shown)


def digest(path: Path | str) -> str:
    """Give the SHA-256 of a file's content, and of the files that belong to it: a Shapefile is several."""
    shown = str(path)
    with plain.told(shown):
        file = plain.regular(Path(path), shown, limit=VECTOR_LIMIT)
        total = hashlib.sha256()
        for part in [file, *_belonging(file)]:
            with part.open("rb") as stream:
                total.update(f"{part.suffix} {hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
        return total.hexdigest()


def sha256(path: Path) -> str:
    """Give the SHA-256 of one file's bytes, as other programs print it."""
    with plain.told(str(path)), plain.regular(path, str(path), limit=VECTOR_LIMIT).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def ends(path: Path, size: int) -> tuple[bytes, bytes]:
    """Give the first and the last bytes of a file, ``size`` of each at most."""
    with plain.told(str(path)), plain.regular(path, str(path), limit=VECTOR_LIMIT).open("rb") as stream:
        first = stream.read(size)
        stream.seek(max(0, path.stat().st_size - size))
        return first, stream.read(size)


def read_whole(path: Path, *, name: str | None = None, limit: int = TEXT_LIMIT) -> bytes:
    """Read all of a plain file, for a format that is read from memory; ``limit`` is in bytes."""
    shown = name or str(path)
    with plain.told(shown):
        return plain.regular(path, shown, limit=limit).read_bytes()


def read_kept(path: Path) -> bytes | None:
    """Read what an earlier run has kept for later ones; ``None`` where it is not there or cannot be read."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= VECTOR_LIMIT else None
    except OSError:
        return None


def read_layer(path: Path | str, *, layer: str | None = None, within: str = "") -> Layer:
    """Read one layer of a vector file, or of the one vector file in a zip archive, with fiona.

    Without ``layer`` the file must hold exactly one; ``within`` chooses of several files in an archive, by a regular
    expression. Raises :class:`mapper.errors.DataError`.
    """
    shown = str(path)
    if ADDRESS.match(shown):
        raise errors.fault(shown, "is an address and not a local file", "Download it, and name the file")
    file = Path(path)
    with plain.told(shown):
        is_folder = "\0" not in shown and file.is_dir()
    if is_folder:
        inner = sorted(p.name for p in file.iterdir() if p.suffix.lower() in {*DRIVERS, ".zip"})
        remedy = f"Name a file in it: {', '.join(inner[:5])}" if inner else "Name a file"
        raise errors.fault(shown, "is a folder", remedy)
    with plain.told(shown):
        file = plain.regular(file, shown, limit=VECTOR_LIMIT).resolve(strict=True)
        if file.suffix.lower() == ".zip":
            with tempfile.TemporaryDirectory(prefix="mapper-") as folder:
                return _read(_unpack(file, shown, Path(folder), within), shown, layer)
        return _read(file, shown, layer)


def _read(file: Path, shown: str, layer: str | None) -> Layer:
    driver = DRIVERS.get(file.suffix.lower())
    if driver is None:
        remedy = f"Convert it to one of {', '.join(DRIVERS)}"
        raise errors.fault(shown, "is in a format that is not read", remedy, value=file.suffix)
    if str(file).startswith("/vsi"):
        raise errors.fault(shown, "lies in a folder whose name GDAL takes for a network path", "Move it")
    if driver == DRIVERS[".geojson"]:
        _refuse_other_letters(file, shown)
        _refuse_unknown_crs(file, shown)
    if driver == DRIVERS[".gpkg"]:
        geopackage.refuse_broken(file, shown)
    try:
        with quotes.unheard(), fiona.open(str(file), enabled_drivers=[driver], layer=layer) as opened:
            if layer is None:
                _refuse_several([name for name in fiona.listlayers(str(file)) if name != "layer_styles"], shown)
            features = tuple(_feature(number, item) for number, item in enumerate(opened, start=1))
            return Layer(opened.crs_wkt, tuple(opened.schema["properties"]), features)
    except (errors.DataError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 -- fiona lets GDAL's own errors through, which share no public base
        missing = [end for end in (".shx", ".dbf") if driver == DRIVERS[".shp"] and not file.with_suffix(end).exists()]
        remedy = f"Put its {' and '.join(missing)} beside it" if missing else "Check it in a GIS, or get it again"
        problem = f"cannot be read as {driver}" + (f", layer {errors.shown(layer)}" if layer else "")
        raise errors.fault(shown, f"{problem} ({_plain(error, file)})", remedy) from None


def _belonging(file: Path) -> list[Path]:
    """Give the files beside a vector file that the driver reads as well."""
    names = {file.stem.lower() + other for other in BELONGING.get(file.suffix.lower(), ())}
    there = file.parent.iterdir() if names else ()
    return sorted(other for other in there if other.name.lower() in names and other.is_file())


def _refuse_other_letters(file: Path, shown: str) -> None:
    """Refuse a GeoJSON that is not UTF-8, as it must be: where GDAL quotes it in an error, fiona loses its way."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as stream:
        try:
            while part := stream.read(HEAD):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise errors.fault(shown, "is not UTF-8", "Save the file as UTF-8") from None


def _refuse_unknown_crs(file: Path, shown: str) -> None:
    """Refuse a GeoJSON whose ``crs`` member names a system that nobody knows: GDAL takes it for WGS 84 silently."""
    with file.open("rb") as stream:
        named = CRS_NAME.search(stream.read(HEAD))
    if named is None:
        return
    name = named[1].decode("utf-8", errors="replace")
    try:
        pyproj.CRS.from_user_input(name)
    except pyproj.exceptions.CRSError:
        remedy = "Reproject it to EPSG:4326 and leave the member out"
        raise errors.fault(
            shown, "names a reference system that nobody knows", remedy, column="crs", value=name
        ) from None


def _refuse_several(layers: list[str], shown: str) -> None:
    if len(layers) > 1:
        problem = f"holds {len(layers)} layers ({', '.join(layers)})"
        raise errors.fault(shown, problem, "Save the one you want as a file of its own")


def _plain(error: Exception, file: Path) -> str:
    """Give GDAL's words on one line, without where we unpacked to."""
    return " ".join(str(error).replace(str(file), file.name).split()) or type(error).__name__


def _feature(number: int, item: fiona.Feature) -> Feature:
    properties = dict(item.properties)
    if item.geometry is None:
        return Feature(number, properties, None)
    try:
        return Feature(number, properties, coordinates.shape(item.geometry))
    except (ValueError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        return Feature(number, properties, None, " ".join(str(error).split()))


def _unpack(file: Path, shown: str, folder: Path, within: str) -> Path:
    """Unpack an archive's one layer into a folder, under names of our own; gives its main file."""
    try:
        with zipfile.ZipFile(file) as opened:
            entries = archive.layer_entries(opened.infolist(), name=shown, endings=DRIVERS, within=within)
            for ending, entry in entries.items():
                # a directory may lie: zipfile gives no more than it declares, and then fails the checksum
                with opened.open(entry) as source, (folder / f"layer{ending}").open("wb") as target:
                    shutil.copyfileobj(source, target)
            return folder / f"layer{next(iter(entries))}"
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise errors.fault(shown, f"is not a readable zip archive ({error})", "Get it again, or unpack it") from None
