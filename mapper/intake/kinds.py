"""The kinds of files that can be taken in: what each needs to be read, and what it gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.intake import importing, kinds_feeds, kinds_shapes, mappings, planner
from mapper.intake.asked import Asked
from mapper.intake.ready import Ready, by_mapping
from mapper.matching import points
from mapper.sources import envelopes, plain, recognised, streams, table, townships, ucdp, unhcr

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.intake.book import Book
    from mapper.sources.harvest import Harvest

__all__ = ["KINDS", "Asked", "Ready", "ready"]


ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""How an address begins, also where a path has made one stroke of two; no drive has two letters."""


def ready(kind: str, asked: Asked, book: Book) -> Ready:
    """Make the task of an import; raises :class:`errors.UsageError` for a kind that is none."""
    if kind not in KINDS:
        raise errors.UsageError(f"{errors.shown(kind)} is no kind of file that is taken in: use {', '.join(KINDS)}")
    if ADDRESS.match(str(asked.file)):
        raise errors.UsageError(f"{asked.file} is an address, and nothing is fetched: download it, and name the file.")
    if asked.file.is_file() and not asked.file.stat().st_size:
        raise errors.fault(plain.named(asked.file), "is empty", "Give a file with a header and rows")
    return KINDS[kind](asked, book, _given(asked, book))


def _given(asked: Asked, book: Book) -> planner.Given:
    """Give what an import has besides its file, with polygons if they are named."""
    areas = None
    if asked.boundaries is not None:
        areas = points.areas(townships.read_boundaries(asked.boundaries, list(book.package.townships.index)))
    return planner.Given(asked.day, areas, dict(asked.credit), again=asked.again, tell=asked.tell)


def _table(asked: Asked, book: Book, given: planner.Given) -> Ready:
    sheet = streams.read(asked.file, sheet=asked.sheet)
    recognised.refuse_events(sheet.header, plain.named(asked.file))
    guessed = mappings.guess(sheet, asked.holds, tell=asked.tell)
    mapping, confirmed = mappings.settled(book, sheet, guessed, asked)
    mappings.refuse_incomplete(mapping, sheet)

    def read(book: Book) -> Harvest:
        return table.harvest(sheet, mapping, mappings.vocabulary(book, mapping.table))

    return by_mapping("import table", asked, given, mapping, read, header=sheet.header, confirmed=confirmed)


def _ucdp(asked: Asked, book: Book, given: planner.Given) -> Ready:
    if given.areas is None:
        raise errors.UsageError(
            "UCDP gives points: name real township polygons with --boundaries, since the schematic ones would put 3 of "
            "10 points into the wrong township."
        )
    read = streams.text(asked.file, unheaded=ucdp.unheaded, shown=plain.named(asked.file))
    found = ucdp.harvest(read, country=book.country.name)
    task = importing.Task("import ucdp", str(asked.file), lambda _: (found,), given)
    return Ready(task, left_out=found.left_out)


def _unhcr(asked: Asked, book: Book, given: planner.Given) -> Ready:
    sheet = envelopes.read(asked.file, keys=unhcr.KEYS, sheet=asked.sheet)
    found = unhcr.harvest(sheet, country=book.country.code, name=book.country.name)
    return Ready(importing.Task("import unhcr", str(asked.file), lambda _: found, given))


KINDS: dict[str, Callable[[Asked, Book, planner.Given], Ready]] = {
    "table": _table,
    "hxl": kinds_shapes.hxl_table,
    "shapes": kinds_shapes.any_shapes,
    "mymaps": kinds_shapes.my_maps,
    "ucdp": _ucdp,
    "unhcr": _unhcr,
    **kinds_feeds.FEEDS,
}
