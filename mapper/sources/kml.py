"""KML and KMZ, as Google Earth and My Maps write them: placemarks with their words, styles and shapes.

Read by our own few lines, since GDAL's driver loses styles and follows links. XML is read without expanding what it
defines, an archive is judged by its directory, and nothing that a file links to is fetched. Coordinates are longitude
and latitude on WGS 84, which KML allows alone: https://docs.ogc.org/is/12-007r2/12-007r2.html.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper import errors
from mapper.sources import archive, files, kml_shapes, plain

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from shapely.geometry.base import BaseGeometry

UNPACKED: Final = 100_000_000
"""Bytes of XML. A map of 2,773 features is 3 MB."""

TAGS: Final = 2_000_000
"""A million elements take 400 MB and some seconds; a map of 2,773 features has 20,000."""

DEPTH: Final = 40
"""Folders within folders; an honest map has two or three."""

ENDINGS: Final = (".kml", ".kmz")
COLOUR: Final = re.compile(r"[0-9a-fA-F]{8}")


@dataclass(frozen=True)
class Placemark:
    """One placemark; ``geometry`` is None where it has none, or one that ``problem`` tells of."""

    number: int
    """Counted from 1, in the order of the file."""
    name: str
    folder: str
    """The folders it lies in, the outermost first: ``Rakhine / Towns``."""
    style: str
    """Id of its style, ``poly-A52714-1200-77``; "" where it has none of its own."""
    colour: str
    """Of that style's area, line or icon as ``RRGGBB``; "" where the file does not say."""
    description: str
    when: str
    """Its own time stamp."""
    data: dict[str, str] = field(default_factory=dict)
    geometry: BaseGeometry | None = None
    problem: str = ""


@dataclass(frozen=True)
class Document:
    """What a file holds."""

    name: str
    """Its title, or "" ."""
    placemarks: tuple[Placemark, ...]
    links: int = 0
    """So many links to other maps are in it, which are not followed."""


def read(path: Path | str) -> Document:
    """Read a KML or KMZ file. Raises :class:`mapper.errors.DataError` with what is wrong with it as a whole."""
    shown = plain.named(path)
    raw = files.read_whole(Path(path), name=shown)
    if Path(path).suffix.lower() == ".kmz":
        raw = _unpacked(raw, shown)
    return parse(raw, shown)


def _unpacked(raw: bytes, shown: str) -> bytes:
    """Give the one KML of an archive: the first at its top, as the standard says."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as opened:
            entries = opened.infolist()
            archive.refuse_unsafe(entries, shown)
            main = _main(entries, shown)
            if main.file_size > UNPACKED:
                raise _too_large(shown)
            with opened.open(main) as stream:
                return stream.read(UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        remedy = "Get it again, or export it as KML"
        raise errors.fault(shown, f"is not a readable KMZ ({_line(error)})", remedy) from None


def _main(entries: list[ZipInfo], shown: str) -> ZipInfo:
    inner = [entry for entry in entries if entry.filename.lower().endswith(".kml") and not entry.is_dir()]
    top = [entry for entry in inner if "/" not in entry.filename] or inner
    named = [entry for entry in top if entry.filename.lower() == "doc.kml"] or top
    if not named:
        raise errors.fault(shown, "holds no KML", "Export the map as KML")
    if len(named) > 1:
        listed = ", ".join(sorted(entry.filename for entry in named))
        raise errors.fault(shown, f"holds {len(named)} KML files ({listed})", "Unpack it and name one of them")
    return named[0]


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[: errors.SHOWN_VALUE_LENGTH] or type(error).__name__


def _too_large(shown: str) -> errors.DataError:
    return errors.fault(shown, f"is more than {UNPACKED / 1e6:,.0f} MB of KML", "Split the map into several")


def parse(raw: bytes, shown: str) -> Document:
    """Parse the bytes of a KML file; a file that only links to a map is told what to do instead."""
    from defusedxml import DefusedXmlException, ElementTree  # noqa: PLC0415 -- only such a file needs it

    if len(raw) > UNPACKED:
        raise _too_large(shown)
    if raw.count(b"<") > TAGS:
        raise errors.fault(shown, f"has more than {TAGS:,} tags", "Split the map into several")
    try:
        root = ElementTree.fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as error:
        problem = f"defines entities or a document type ({type(error).__name__}), as no honest KML does"
        raise errors.fault(shown, problem, "Do not use it, or export it again") from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise errors.fault(shown, f"is not KML ({_line(error)})", "Export it again") from None
    if kml_shapes.tag(root) not in ("kml", "Document", "Folder", "Placemark", "NetworkLink"):
        raise errors.fault(
            shown, f"is not KML (its root is {errors.shown(kml_shapes.tag(root))})", "Export the map as KML"
        )
    found = _Walk(root, shown)
    if found.links and not found.placemarks:
        raise errors.fault(
            shown,
            "is only a link to a map (NetworkLink), and nothing is fetched",
            "Download the map itself: in My Maps choose Download KML without 'Keep data up to date with network link'",
        )
    if not found.placemarks:
        raise errors.fault(shown, "holds no placemarks", "Export a map that has some")
    return Document(found.title, tuple(found.placemarks), found.links)


class _Walk:
    """All placemarks of a document, with the folders and styles that they have."""

    def __init__(self, root: Any, shown: str) -> None:  # noqa: ANN401 -- an XML element
        self.placemarks: list[Placemark] = []
        self.links = 0
        self.title = ""
        self._colours: dict[str, str] = {}
        self._pairs: dict[str, str] = {}
        self._shown = shown
        for element in root.iter():
            if kml_shapes.tag(element) == "Style":
                self._colours.setdefault(element.get("id", ""), _colour(element))
            elif kml_shapes.tag(element) == "StyleMap":
                self._pairs.setdefault(element.get("id", ""), _normal(element))
        self._down(root)

    def _down(self, root: Any) -> None:  # noqa: ANN401 -- an XML element
        waiting: list[tuple[Any, tuple[str, ...], int]] = [(root, (), 0)]
        while waiting:
            element, folders, depth = waiting.pop()
            if depth > DEPTH:
                raise errors.fault(self._shown, "has folders nested too deeply", "Export it again with fewer levels")
            tag = kml_shapes.tag(element)
            if tag == "NetworkLink":
                self.links += 1
            elif tag == "Placemark":
                self.placemarks.append(self._placemark(element, folders))
            elif tag in ("kml", "Document", "Folder"):
                name = kml_shapes.text(element, "name")
                if tag == "Document" and not self.title:
                    self.title = name
                inside = (*folders, name) if tag == "Folder" and name else folders
                waiting += [(child, inside, depth + 1) for child in reversed(list(element))]

    def _placemark(self, element: Any, folders: tuple[str, ...]) -> Placemark:  # noqa: ANN401 -- an XML element
        style = kml_shapes.text(element, "styleUrl").rpartition("#")[2]
        style = self._pairs.get(style) or style
        own = next((_colour(child) for child in element if kml_shapes.tag(child) == "Style"), "")
        geometry, problem = kml_shapes.geometry_of(element)
        times = [child for child in element if kml_shapes.tag(child).startswith("Time")]
        return Placemark(
            len(self.placemarks) + 1,
            kml_shapes.text(element, "name"),
            " / ".join(folders),
            style,
            own or self._colours.get(style, ""),
            kml_shapes.text(element, "description"),
            next((kml_shapes.text(one, "when") or kml_shapes.text(one, "begin") for one in times), ""),
            _data(element),
            geometry,
            problem,
        )


def _colour(style: Any) -> str:  # noqa: ANN401 -- an XML element
    """Give a style's colour as ``RRGGBB``: of areas, else of lines, else of icons; KML writes ``aabbggrr``."""
    for kind in ("PolyStyle", "LineStyle", "IconStyle"):
        for child in style:
            text = kml_shapes.text(child, "color") if kml_shapes.tag(child) == kind else ""
            if COLOUR.fullmatch(text):
                return (text[6:8] + text[4:6] + text[2:4]).upper()
    return ""


def _normal(pairs: Any) -> str:  # noqa: ANN401 -- an XML element
    """Give the id of the style that a pair shows while nobody points at it."""
    for pair in pairs:
        if kml_shapes.tag(pair) == "Pair" and kml_shapes.text(pair, "key") == "normal":
            return kml_shapes.text(pair, "styleUrl").rpartition("#")[2]
    return ""


def _data(element: Any) -> dict[str, str]:  # noqa: ANN401 -- an XML element
    """Give what a table behind the map said, by its columns."""
    found: dict[str, str] = {}
    for extended in (child for child in element if kml_shapes.tag(child) == "ExtendedData"):
        for item in extended.iter():
            if kml_shapes.tag(item) == "Data":
                found.setdefault(item.get("name", "").strip(), kml_shapes.text(item, "value"))
            elif kml_shapes.tag(item) == "SimpleData":
                found.setdefault(item.get("name", "").strip(), " ".join("".join(item.itertext()).split()))
    found.pop("", None)
    return found
