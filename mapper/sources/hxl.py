"""Tables with a row of HXL tags, which say what each column holds, whatever it is called and wherever the row stands.

The row is found as the standard's own reader, libhxl, finds it: the first of the 25 at the top in which half of the
filled cells are tags. https://hxlstandard.org/standard/1-1final/tagging/. ``#status+control`` and ``#group+holders``
are this project's own: the standard has no tag for who holds a place.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.errors import Fault
from mapper.sources import files, plain, rows, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.sources.sheets import Sheet

DEPTH: Final = 25
"""So many rows from the top are looked at; the 25 of libhxl."""

ENOUGH: Final = 0.5
TAG: Final = re.compile(r"\s*(#[A-Za-z]\w*)((?:\s*\+\s*[A-Za-z]\w*)*)\s*", re.ASCII)

STATUS: Final = "#status+control"
HOLDERS: Final = "#group+holders"
REPORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "pcode": ("#adm3+code",),
    "township": ("#adm3+name", "#adm3+name+i_en"),
    "state": ("#adm1+name", "#adm1+code"),
    "lon": ("#geo+lon",),
    "lat": ("#geo+lat",),
    "date": ("#date+reported", "#date", "#date+start", "#date+end"),
    "status": (STATUS,),
    "holders": (HOLDERS,),
    "scope": ("#status+scope",),
    "main_town": ("#status+main_town",),
    "kind": ("#status+kind",),
    "confidence": ("#status+confidence",),
    "place": ("#loc+name",),
    "claimant": ("#group+claimant",),
    "claimant_side": ("#group+claimant+side",),
    "source_id": ("#meta+source_id",),
    "url": ("#meta+url", "#meta+source+url"),
    "publisher": ("#meta+source", "#meta+source+name"),
    "published": ("#date+published",),
    "finding": ("#description",),
}
"""What a report may say, by the tags that say it, likeliest first; exactly these, since another attribute may be
another date, or the state before."""

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "pcode": ("#adm3+code", "#loc+code"),
    "township": ("#adm3+name", "#adm3+name+i_en", "#loc+name"),
    "state": ("#adm1+name", "#adm1+code"),
    "level": ("#adm+level",),
    "date": ("#date+reported", "#date", "#date+end", "#date+start"),
    "date_precision": ("#indicator+date_precision",),
    "people": ("#affected+idps", "#affected+idps+ind", "#affected+idps+ind+stock+conflict"),
    "qualifier": ("#indicator+qualifier",),
    "measure": ("#indicator+measure",),
    "basis": ("#indicator+basis",),
    "source_id": REPORTS["source_id"],
    "url": REPORTS["url"],
    "publisher": REPORTS["publisher"],
    "published": REPORTS["published"],
}
"""What a figure of displacement may say."""

LEVELS: Final = {"0": "country", "1": "state", "2": "district", "3": "township"}
TRUTH: Final = {"true": "yes", "false": "no", "1": "yes", "0": "no"}


def key(tag: str) -> str:
    """Give a tag in one form: lower case, its attributes in the order of letters; "" for what is no tag.

    >>> key("#adm1 +Name"), key("#affected+idps+f"), key("#loc+code"), key("number #1")
    ('#adm1+name', '#affected+f+idps', '#loc+code', '')
    """
    found = TAG.fullmatch(tag)
    if found is None:
        return ""
    attributes = sorted({part.strip().lower() for part in found[2].split("+") if part.strip()})
    return "+".join([found[1].lower(), *attributes])


_KNOWN: Final = {
    what: {part: tuple(map(key, tags)) for part, tags in known.items()}
    for what, known in (("reports", REPORTS), ("figures", FIGURES))
}


def is_tagged(cells: Sequence[str]) -> bool:
    """Tell whether a row is one of tags."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(bool(key(cell)) for cell in filled) / len(filled) >= ENOUGH


def read(path: Path | str, *, sheet: str | None = None) -> Sheet:
    """Read a table by its row of tags: a column is called by its tag, ``(column 3)`` where it has none.

    Raises :class:`mapper.errors.DataError` where there is no such row, or the file cannot be read as a table.
    """
    shown = plain.named(path)
    ending = Path(path).suffix.lower()
    if ending not in sheets.ENDINGS:
        remedy = f"Save it as one of {', '.join(sheets.ENDINGS)}"
        raise errors.fault(shown, "is no table that is read", remedy, value=ending)
    raw = files.read_whole(Path(path), name=shown)
    if ending in sheets.WORKBOOKS:
        grid = sheets.grid(raw, shown, ending, sheet)
        at = next((n for n, cells in enumerate(grid[:DEPTH]) if is_tagged(cells)), None)
        if at is None:
            raise _untagged(shown)
        width = max(len(cells) for cells in grid[: at + 1])
        return _stated(sheets.of_grid([*[[]] * at, _names(grid[at], width, shown), *grid[at + 1 :]], shown))
    if sheet is not None:
        raise errors.fault(shown, "has no sheets", "Leave --sheet out", value=sheet)
    return _stated(_of_text(raw, shown))


def _untagged(shown: str) -> errors.DataError:
    remedy = "Is it a table without tags? Use mapper import table"
    return errors.fault(shown, f"has no row of HXL tags among its first {DEPTH}", remedy)


def _of_text(raw: bytes, shown: str) -> Sheet:
    """Put the tags into the first line and leave those above them blank, so that all other lines keep their number."""
    if raw.startswith(rows.UTF_16):
        try:
            raw = raw.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise errors.fault(shown, "is cut off in the middle of a letter", "Save the file as UTF-8") from None
    raw = raw.removeprefix(rows.BOM)
    for delimiter in rows.DELIMITERS:
        width = 0
        for cells, line in _top(raw, delimiter):
            width = max(width, len(cells))
            if is_tagged(cells) and (len(cells) > 1 or delimiter == rows.DELIMITERS[-1]):
                head = io.StringIO()
                csv.writer(head, delimiter=delimiter, lineterminator="\n").writerow(_names(cells, width, shown))
                below = raw.split(b"\n", line)[line:]
                return sheets.of_text(head.getvalue().encode() + b"\n" * (line - 1) + b"".join(below), shown)
    raise _untagged(shown)


def _top(raw: bytes, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Give the first rows, each with the number of lines that it and those above it take; none where it is no CSV."""
    start = raw[: rows.RECORD_LIMIT].decode("utf-8", errors="replace")
    reader = csv.reader(io.StringIO(start, newline="\n"), delimiter=delimiter)
    try:
        for _ in range(DEPTH):
            cells = next(reader)
            yield cells, reader.line_num
    except (StopIteration, csv.Error):
        return


def _names(tags: Sequence[str], width: int, shown: str) -> list[str]:
    """Name the columns by their tags; a tag that comes again has its number behind it."""
    found: list[str] = []
    seen: dict[str, int] = defaultdict(int)
    for position, cell in enumerate([*tags, *[""] * (width - len(tags))], start=1):
        tag = key(cell)
        seen[tag] += 1
        name = "".join(cell.split()) if tag else f"(column {position})"
        found.append(f"{name} ({seen[tag]})" if tag and seen[tag] > 1 else name)
    if len(found) > sheets.COLUMN_LIMIT:
        raise errors.fault(shown, f"has {len(found):,} columns", "Keep those that are needed")
    return found


def guess(header: Sequence[str], what: str) -> dict[str, str]:
    """Give for each part of a report or a figure (``reports``, ``figures``) the column whose tag says that it is it."""
    by_key: dict[str, str] = {}
    for name in header:
        by_key.setdefault(key(name), name)
    known = dict(_KNOWN[what])
    if "#status+what" in by_key:
        known["date"] = ("#date+end",)  # of our table of changes: the day of the new state, not of the one before
    found: dict[str, str] = {}
    for part, tags in known.items():
        there = [by_key[tag] for tag in tags if tag in by_key and by_key[tag] not in found.values()]
        if there:
            found[part] = there[0]
    if {"lon", "lat"} & found.keys() and not {"lon", "lat"} <= found.keys():
        found = {part: name for part, name in found.items() if part not in ("lon", "lat")}
    return found


def holds(header: Sequence[str], asked: str) -> str:
    """Tell what a table holds by its tags: ``reports`` or ``figures``; as ``asked`` where both could be."""
    keys = set(map(key, header))
    people = any(key(tag) in keys for tag in FIGURES["people"])
    control = {key(STATUS), key(HOLDERS)} & keys
    if people and not control:
        return "figures"
    return "reports" if control and not people else asked


def is_concluded(header: Sequence[str]) -> bool:
    """Tell whether the table holds what a map concludes, such as our exports of slices, and nobody's reports."""
    return "#status+rule" in map(key, header)


def _stated(sheet: Sheet) -> Sheet:
    """Put the words of our own exports, and of the standard, into those of the tables; refuse what is no report."""
    names = {key(name): name for name in reversed(sheet.header)}
    kept: list[rows.Row] = []
    faults: list[Fault] = list(sheet.faults)
    for number, cells in sheet.rows:
        told = dict(cells)
        slip = next(_slips(cells, names), None)
        if slip is not None:
            faults.append(Fault(sheet.name, number, *slip))
            continue
        _reword(told, names)
        kept.append((number, told))
    return replace(sheet, rows=kept, faults=tuple(faults))


def _slips(cells: Mapping[str, str], names: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Give why a row is no report of anybody, or speaks of a place that no table has."""

    def said(tag: str) -> str:
        return cells.get(names.get(key(tag), ""), "").strip()

    if said("#status+basis") in ("assumed", "none"):
        yield (
            names["#status+basis"],
            said("#status+basis"),
            "is assumed, and reported by nobody",
            "It is not taken over",
        )
    for tag, why in (("#status+stale", "is stale"), ("#status+withdrawn", "was withdrawn")):
        if said(tag).lower() in ("true", "yes", "1"):
            yield names[tag], said(tag), f"says that it {why}", "It is not taken over"
    if "#status+scope" not in names and TRUTH.get(said("#status+main_town").lower()) == "yes":
        yield names["#status+main_town"], "", "speaks of the main town alone", "Use the reports that it rests on"
    if any(key(tag) in names for tag in FIGURES["people"]):
        yield from _elsewhere(cells, names)


def _elsewhere(cells: Mapping[str, str], names: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Give why a figure is of a place that is too small, or has no table."""
    placed = [name for tag, name in names.items() if tag.partition("+")[0] == "#adm3" and cells[name].strip()]
    below = [name for tag, name in names.items() if tag.partition("+")[0] in ("#adm4", "#adm5") and cells[name].strip()]
    site = names.get("#loc+name", "")
    sites = [site] if placed and cells.get(site, "").strip() else []
    districts = [name for tag, name in names.items() if tag.partition("+")[0] == "#adm2" and cells[name].strip()]
    for name in [*below, *sites][:1]:
        yield name, cells[name], "is a part of a township, and figures are never summed up", "Use a table by township"
    if districts and not placed and "#adm+level" not in names:
        yield districts[0], cells[districts[0]], "is a district, for which there are no figures", "Use another level"


def _reword(cells: dict[str, str], names: Mapping[str, str]) -> None:
    level, town, scope, precise = (
        names.get(tag, "") for tag in ("#adm+level", "#status+main_town", "#status+scope", "#indicator+date_precision")
    )
    if level:
        cells[level] = LEVELS.get(cells[level].strip(), cells[level])
    if town:
        word = TRUTH.get(cells[town].strip().lower(), cells[town])
        cells[town] = word if scope and cells[scope].strip() == "town" else ""
    if precise and cells[precise].strip() == "month":
        for tag in ("#date+reported", "#date"):
            day = cells.get(names.get(tag, ""), "").strip()
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
                cells[names[tag]] = day[: len("2024-05")]
