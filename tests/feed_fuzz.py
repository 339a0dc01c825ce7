"""Files of feeds, changed at random, and what must hold of whatever is taken from them.

Nothing but an error of ours may come out, and a row that is taken must say what the file says, by a reading of the file
that is not the importer's. The tests run a few hundred of them, and a longer run as many as there is time for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from hypothesis import strategies as st

import feeds
from mapper import errors
from mapper.intake import kinds, kinds_feeds, planner
from mapper.matching import points

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mapper.intake.book import Book
    from mapper.intake.plan import Plan

NUMBERS = [
    "0",
    "1",
    "3",
    "12",
    "1200",
    "-1",
    "1.5",
    "1e400",
    "NaN",
    "Infinity",
    "-0",
    "٣",
    "²",
    "9" * 40,
    "0x10",
    " 7 ",
]
DATES = [
    "2024-02-30",
    "2024-12-29",
    "29-12-2024",
    "31 December 2024",
    "0001-01-01",
    "9999-12-31",
    "2024-05",
    "20241229",
]
WORDS = [
    "",
    " ",
    "MMR",
    "mmr",
    "Myanmar",
    "Gwa",
    "Minhla",
    "Rakhine",
    "Magway",
    "MMR012017",
    "MMR012D004",
    "#adm1",
    "Not available",
]
HOSTILE = [
    "=1+1",
    "@x",
    "<script>",
    "{{ 7*7 }}",
    "\u202eabc",
    "a\nb",
    'a"b',
    "a;b",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "x" * 2000,
]
CELLS = st.one_of(st.sampled_from([*NUMBERS, *DATES, *WORDS, *HOSTILE]), st.text(max_size=8))
VALUES = st.one_of(
    CELLS,
    st.none(),
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(),
    st.just([1, {"a": 2}]),
    st.just({"a": []}),
)
EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 3), st.binary(max_size=4)), min_size=1, max_size=6)

Row = dict[str, Any]


@dataclass(frozen=True)
class Feed:
    """A kind, and how a file of it is made of rows."""

    kind: str
    base: tuple[Mapping[str, Any], ...]
    write: Callable[[list[Row]], bytes]
    name: str
    fixed: tuple[tuple[str, str], ...] = ()
    json: bool = False


def _gidd(rows: list[Row]) -> bytes:
    return feeds.csv_text([_written(row) for row in rows], feeds.GIDD)


def _dump(value: object) -> bytes:
    import json  # noqa: PLC0415 -- lone halves of letters go out as \u escapes, as some programs write them

    return json.dumps(value).encode()


def _table(header: list[str]) -> Callable[[list[Row]], bytes]:
    return lambda rows: feeds.csv_text([_written(row) for row in rows], header)


def _written(row: Row) -> Row:
    return {name: str(value).encode("utf-8", "replace").decode() for name, value in row.items()}


def _list(rows: list[Row]) -> bytes:
    return feeds.csv_text([_written(row) for row in rows], list(SITE))


SITE = {"Township": "Gwa", "State": "Rakhine", "Camp": "A", "Date": "2024-05-31", "IDPs": "120", "Phone": "0912345"}
CROSSED = (("basis", "arrivals_since_2021_02_01"), ("measure", "arrivals"))
FEEDS = [
    Feed("acled", (feeds.CLASH, feeds.TAKEN), _table(feeds.ACLED), "a.csv"),
    Feed("acled", (feeds.CLASH, feeds.TAKEN), lambda rows: _dump({"data": rows}), "a.json", json=True),
    Feed("hapi", (feeds.IDP, {**feeds.IDP, "operation": "Flood"}), _table(feeds.IDPS), "a.csv"),
    Feed("hapi", (feeds.REFUGEES,), _table(feeds.ABROAD), "a.csv"),
    Feed("dtm", (feeds.DTM_ROW,) * 2, lambda rows: _dump(feeds.dtm_answer(*rows)), "a.json", json=True),
    Feed("idmc", (feeds.GIDD_ROW,), _gidd, "a.csv"),
    Feed("idmc", (feeds.IDU, {**feeds.IDU, "id": 502}), _dump, "a.json", json=True),
    Feed("odp", (feeds.COUNTRY,) * 2, lambda rows: _dump({"data": rows}), "a.json", CROSSED, json=True),
    Feed("lists", (SITE, {**SITE, "Camp": "B"}), _list, "a.csv", (("basis", "total"),)),
]
NAMED = {f"{feed.kind}-{number}": feed for number, feed in enumerate(FEEDS)}


def squares() -> points.Areas:
    """The made-up polygons, ready to look points up in."""
    import numpy as np  # noqa: PLC0415 -- only this needs it

    return points.of(list(feeds.SQUARES), np.array([shapely.box(*square) for square in feeds.SQUARES.values()]))


def rows_of(feed: Feed) -> st.SearchStrategy[list[Row]]:
    """Give rows of a feed with a few cells changed; some are left as they are."""
    columns = sorted({column for row in feed.base for column in row})
    values = VALUES if feed.json else CELLS
    changed = st.dictionaries(st.sampled_from(columns), values, max_size=3)
    row = st.builds(lambda base, new: {**base, **new}, st.sampled_from(feed.base), changed)
    return st.lists(row, min_size=1, max_size=4)


def mutated(feed: Feed, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Give the bytes of a feed's file with some put in, left out, written over or cut off."""
    raw = feed.write([dict(row) for row in feed.base])
    for at, what, new in edits:
        place = at % (len(raw) + 1)
        after = {
            0: raw[place:],
            1: raw[place + len(new) :],
            2: raw[place + 1 :],
            3: b"" if at % 5 == 0 else raw[place:],
        }
        raw = raw[:place] + (b"" if what == 2 else new) + after[what]
    return raw


def plans(feed: Feed, raw: bytes, book: Book, folder: Path, areas: points.Areas) -> list[Plan]:
    """Plan an import; an error of ours is no plan, and any other goes through."""
    file = folder / feed.name
    file.write_bytes(raw)
    asked = kinds.Asked(file, "2026-06-30", credit={"sensitivity": "public"}, fixed=feed.fixed)
    try:
        given = planner.Given("2026-06-30", areas, asked.credit)
        read = kinds_feeds.FEEDS[feed.kind](asked, book, given).task.read
        return [planner.make(found, book, given) for found in read(book)]
    except errors.MapperError:
        return []


def hold(found: list[Plan], feed: Feed, rows: list[Row] | None = None) -> None:
    """Hold a plan against what must be true of it; ``rows`` are those of the file, if it is not broken."""
    for plan in found:
        for row in plan.rows:
            assert bool(row.faults) == (row.outcome == "refused")
            if row.outcome != "new":
                continue
            cells = row.cells
            assert not any(text.startswith(("=", "+", "-", "@", "\t")) for text in cells.values())
            for text in cells.values():
                text.encode()
            assert cells.get("pcode", "") in {"", "MMR", "MMR012", "MMR009", "MMR008", *DISTRICTS, *feeds.SQUARES}
            if "people" in cells:
                assert cells["people"].isascii()
                assert 0 <= int(cells["people"]) < 10**12
            if plan.table in ("events", "control_reports"):
                assert cells.get("level") != "township" or cells["pcode"] in feeds.SQUARES
            if rows is not None:
                _says_what_the_file_says(plan.table, cells, _source_row(feed, rows, row.number), rows)
        if rows is not None and not _moved(rows):
            assert {row.number for row in plan.rows} <= set(range(1, len(rows) + 2))


DISTRICTS = ("MMR012D004", "MMR009D003", "MMR008D002")
PEOPLE = {"hapi": "population", "dtm": "numPresentIdpInd", "odp": "individuals", "lists": "IDPs"}


def _source_row(feed: Feed, rows: list[Row], number: int) -> Row | None:
    """Give the row of the file; line breaks in cells move rows of CSV, and then there is none to hold against."""
    if feed.json:
        return rows[number - 1]
    return None if _moved(rows) else rows[number - 2]


def _moved(rows: list[Row]) -> bool:
    return any("\n" in str(value) or "\r" in str(value) for row in rows for value in row.values())


def _says_what_the_file_says(table: str, cells: Mapping[str, str], row: Row | None, rows: list[Row]) -> None:
    if row is None:
        return
    if "geo_precision" in row and table in ("events", "control_reports"):
        assert str(row["country"]).strip().casefold().find("myanmar") >= 0
        if cells["pcode"] in feeds.SQUARES:
            assert str(row["geo_precision"]).strip() in ("1", "2", "1.0", "2.0")
            lon, lat = float(row["longitude"]), float(row["latitude"])
            west, south, east, north = feeds.SQUARES[cells["pcode"]]
            assert math.isfinite(lon)
            assert west <= lon <= east
            assert south <= lat <= north
            assert str(row["admin3"] or "").strip().casefold() in ("", *OF[cells["pcode"]])
        if table == "control_reports":
            assert cells["holders"] in ("AA", "SAC")
            assert "territory" in str(row["sub_event_type"]).casefold()
    for column in PEOPLE.values():
        if column in row and "people" in cells:
            whole = sum(_count(one.get(column)) for one in rows)
            assert int(cells["people"]) <= whole  # a sum of some of the rows, and never more


OF = {
    "MMR012017": ("gwa", "mmr012017", "ဂွ"),
    "MMR009013": ("minhla", "mmr009013", "မင်းလှ"),
    "MMR008009": ("minhla", "mmr008009", "မင်းလှ"),
}


def _count(value: object) -> int:
    text = str(value).strip()
    return (
        int(text.replace(",", "").removesuffix(".0"))
        if text.replace(",", "").removesuffix(".0").isdecimal()
        else (int(value) if isinstance(value, float) and math.isfinite(value) and value > 0 else 0)
    )
