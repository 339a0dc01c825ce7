"""How a stranger's table is read: guessed by its columns' names, shown, and kept in the package once confirmed."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from mapper import control, errors
from mapper.intake import book as books
from mapper.intake import columns
from mapper.intake.change import MAPPINGS
from mapper.sources import days
from mapper.sources.table import TableMapping, Vocabulary, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mapper.intake.asked import Asked
    from mapper.intake.book import Book
    from mapper.sources.streams import Tabular

REPORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "pcode": ("pcode", "township_pcode", "ts_pcode", "adm3_pcode", "admin3pcode", "code", "place code"),
    "township": ("township", "township_name", "ts", "adm3_name", "adm3_en", "admin3", "place", "location", "town"),
    "state": ("state", "state_region", "state/region", "region", "st", "adm1_name", "adm1_en", "admin1", "province"),
    "lon": ("lon", "longitude", "lng", "long", "x"),
    "lat": ("lat", "latitude", "y"),
    "date": ("date", "report date", "date of report", "event date", "event_date", "day", "when", "as of"),
    "status": ("status", "control", "control status", "territorial control"),
    "holders": ("holders", "holder", "held by", "controlled by", "actor", "group", "who"),
    "scope": ("scope",),
    "main_town": ("main_town",),
    "kind": ("kind",),
    "confidence": ("confidence", "certainty", "reliability"),
    "claimant": ("claimant", "claimed by", "according to"),
    "claimant_side": ("claimant_side",),
    "source_id": ("source_id",),
    "url": ("url", "link", "source url", "source link", "web"),
    "publisher": ("publisher", "source", "source name", "outlet", "media"),
    "title": ("title", "headline"),
    "published": ("published", "publication date", "published on"),
    "affiliation": ("affiliation",),
    "finding": ("finding", "summary", "what"),
    "doubt": ("doubt",),
}
"""What a table of reports may say, with the names that its column may have. Notes and the like are not among them: what
is free text may name people, and is taken only where a user maps it."""

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    **{part: REPORTS[part] for part in ("pcode", "township", "state", "date", "source_id", "url", "publisher")},
    "people": ("people", "idps", "individuals", "persons", "population", "displaced", "figure", "total", "ind"),
    "level": ("level",),
    "measure": ("measure",),
    "basis": ("basis",),
    "qualifier": ("qualifier",),
    "date_precision": ("date_precision",),
}

TABLES: Final = {"reports": ("control_reports", REPORTS), "figures": ("displacement", FIGURES)}
"""What a table can hold, as a user says it."""

ASSUMED: Final[Mapping[str, Mapping[str, str]]] = {
    "control_reports": {"scope": "township", "kind": "snapshot", "confidence": "low", "finding": "as listed"},
    "displacement": {"measure": "idps", "qualifier": "exact", "date_precision": "day"},
}
"""What stands where a file has no column for it: the careful choice, shown with the mapping."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "control_reports": ("date", "holders"),
    "displacement": ("date", "people", "basis"),
}


def vocabulary(book: Book, table: str) -> Vocabulary:
    """Give the words of a package for a table: those of its schema, its labels, and the names of its actors."""
    fields = book.schemas[table]["fields"]
    words = {
        column["name"]: {plain(word): word for word in column["constraints"]["enum"]}
        for column in fields
        if "enum" in column.get("constraints", {}) and column["name"] != "date_precision"
    }
    if "status" in words:
        words["status"] |= {plain(control.STATUS_LABELS[status]): status for status in control.REPORT_STATUSES}
        labels = {plain(label): status for status, label in book.country.labels.items() if status != "unknown"}
        words["status"] |= labels
    holders: dict[str, str] = {}
    for row in book.table("actors").rows:
        for name in (row["name_en"], *row["name_en"].split("/"), *re.split("[;,]", row["also_written"])):
            holders.setdefault(plain(name), row["actor_id"])
    holders |= {plain(row["actor_id"]): row["actor_id"] for row in book.table("actors").rows}
    holders.pop("", None)
    return Vocabulary(words, holders, {row["actor_id"]: row["kind"] for row in book.table("actors").rows})


def guess(sheet: Tabular, what: str, *, tell: Callable[[str, int], None] | None = None) -> TableMapping:
    """Guess a mapping from the names of the columns, and the order of day and month from the dates."""
    if what not in TABLES:
        raise errors.UsageError(
            f"{errors.shown(what)} is nothing that a table holds: say --as {' or --as '.join(TABLES)}"
        )
    table, known = TABLES[what]
    found = columns.guess(sheet.header, known)
    fixed = {part: word for part, word in ASSUMED[table].items() if part not in found}
    dated = [found[part] for part in ("date", "published") if part in found]

    def texts() -> Iterator[str]:
        for count, (_, cells) in enumerate(sheet.rows):
            if tell is not None and count % 10_000 == 0:
                tell("reading the dates", count)
            yield from (cells[column] for column in dated)

    return TableMapping(table, found, fixed, dates=days.order_of(texts()) if dated else None)


def settled(
    book: Book, sheet: Tabular, guessed: TableMapping, asked: Asked, *, header: Sequence[str] | None = None
) -> tuple[TableMapping, bool]:
    """Give the mapping that a file is read by, and whether it was confirmed before.

    It is the one that the package keeps for these columns (``header``, where the package knows them by others than the
    sheet's), else the guess, with what the user says. Raises :class:`errors.UsageError` where the dates of the file
    speak against the order that is kept.
    """
    before = kept(book, sheet.header if header is None else header, guessed.table)
    if before is not None and asked.dates is None and guessed.dates not in (None, before.dates):
        raise errors.UsageError(
            f"{sheet.name} has dates that begin with the {'day' if guessed.dates == 'dmy' else 'month'}; the file "
            "before with these columns did not. Say with --dates dmy or --dates mdy what comes first."
        )
    mapping = _changed(before or guessed, sheet, asked)
    return mapping, mapping == before


def _changed(mapping: TableMapping, sheet: Tabular, asked: Asked) -> TableMapping:
    """Change a mapping as a user says: ``date=When``, ``kind=event``, ``status:Rebels=eao``."""
    known = {**TABLES["reports" if mapping.table == "control_reports" else "figures"][1], "place": (), "note": ()}
    found, stands, words = dict(mapping.columns), dict(mapping.fixed), {k: dict(v) for k, v in mapping.values.items()}
    for part, column in asked.maps:
        if part not in known:
            raise errors.UsageError(f"{errors.shown(part)} is nothing to map a column to: use {', '.join(known)}")
        if column not in sheet.header and column != "-":
            listed = ", ".join(sheet.header)
            raise errors.UsageError(f"{errors.shown(column)} is no column of {sheet.name}: it has {listed}")
        found.pop(part, None)
        if column != "-":
            found = {other: name for other, name in found.items() if name != column} | {part: column}
    for part, word in asked.fixed:
        if part not in known:
            raise errors.UsageError(f"{errors.shown(part)} is no column that can be set: use {', '.join(known)}")
        stands[part] = word
    for both, ours in asked.values:
        part, _, theirs = both.partition(":")
        if not theirs:
            raise errors.UsageError(f"{errors.shown(both)} names no column: write status:Rebels=eao")
        words.setdefault(part, {})[theirs.strip()] = ours
    said = {**mapping.source, **asked.credit}
    return replace(mapping, columns=found, fixed=stands, values=words, dates=asked.dates or mapping.dates, source=said)


def refuse_incomplete(mapping: TableMapping, sheet: Tabular, *, drawn: bool = False) -> None:
    """Refuse a mapping that cannot give a row; says which columns there are. What is ``drawn`` has its place so."""
    missing = [part for part in NEEDED[mapping.table] if part not in mapping.columns and part not in mapping.fixed]
    placed = any(part in mapping.columns for part in ("pcode", "township", "lon")) or "level" in mapping.columns
    if not placed and not drawn and "state" not in mapping.columns:
        missing.append("township")
    if missing:
        raise errors.UsageError(
            f"{sheet.name}: no column was found for {', '.join(missing)}. Its columns are {', '.join(sheet.header)}. "
            f"Say which it is with --map {missing[0]}=COLUMN, or what holds for all rows: --set {missing[0]}=VALUE."
        )


def kept(book: Book, header: Sequence[str], table: str) -> TableMapping | None:
    """Give the mapping that the package keeps for tables of this header, in any order of columns."""
    raw = book.read_beside(MAPPINGS)
    for one in _listed(raw, book):
        if set(one["header"]) == set(header) and one["mapping"]["table"] == table:
            return TableMapping(**one["mapping"])
    return None


def keep(book: Book, header: Sequence[str], mapping: TableMapping) -> bytes:
    """Give the package's file of mappings with this one in it."""
    others = [
        one
        for one in _listed(book.read_beside(MAPPINGS), book)
        if set(one["header"]) != set(header) or one["mapping"]["table"] != mapping.table
    ]
    return books.as_json([*others, {"header": list(header), "mapping": asdict(mapping)}])


def _listed(raw: bytes | None, book: Book) -> list[dict[str, Any]]:
    if raw is None:
        return []
    try:
        found = json.loads(raw)
        return [one for one in found if TableMapping(**one["mapping"]) and isinstance(one["header"], list)]
    except (ValueError, TypeError, KeyError, AttributeError, UnicodeDecodeError):
        raise errors.fault(book.folder / MAPPINGS, "is no list of mappings of ours", "Move it away") from None


def rows(mapping: TableMapping) -> list[dict[str, str]]:
    """Give a mapping as rows to show: our column, and where it comes from."""
    listed = [{"ours": part, "from": f"column {errors.shown(name)}"} for part, name in mapping.columns.items()]
    listed += [
        {"ours": part, "from": f"always {word}"} for part, word in mapping.fixed.items() if part not in mapping.columns
    ]
    listed += [
        {"ours": part, "from": f"{errors.shown(theirs)} means {ours}"}
        for part, words in mapping.values.items()
        for theirs, ours in words.items()
    ]
    if mapping.table == "control_reports" and "status" not in mapping.columns and "status" not in mapping.fixed:
        listed.append({"ours": "status", "from": "who holds it"})
    if mapping.dates:
        listed.append({"ours": "dates", "from": "day first" if mapping.dates == "dmy" else "month first"})
    return listed
