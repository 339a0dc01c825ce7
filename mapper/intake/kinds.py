"""The kinds of files that can be taken in: what each needs to be read, and what it gives."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.intake import change, importing, kinds_feeds, kinds_shapes, mappings, planner
from mapper.intake.asked import Asked
from mapper.matching import points
from mapper.sources import envelopes, plain, recognised, streams, table, townships, ucdp, unhcr

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.intake.book import Book
    from mapper.sources.harvest import Harvest
    from mapper.sources.table import TableMapping

__all__ = ["KINDS", "Asked", "Ready", "given", "ready"]


ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""How an address begins, also where a path has made one stroke of two; no drive has two letters."""


@dataclass(frozen=True)
class Ready:
    """A task, and how it reads its file: to be shown, and confirmed unless it was before."""

    task: importing.Task
    shown: list[dict[str, str]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    confirmed: bool = True
    by_itself: bool = False
    """Whether the file says by itself what is what, so that nobody need be asked."""


def ready(kind: str, asked: Asked, book: Book) -> Ready:
    """Make the task of an import; raises :class:`errors.UsageError` for a kind that is none."""
    if kind not in KINDS:
        raise errors.UsageError(f"{errors.shown(kind)} is no kind of file that is taken in: use {', '.join(KINDS)}")
    if ADDRESS.match(str(asked.file)):
        raise errors.UsageError(f"{asked.file} is an address, and nothing is fetched: download it, and name the file.")
    if asked.file.is_file() and not asked.file.stat().st_size:
        raise errors.fault(plain.named(asked.file), "is empty", "Give a file with a header and rows")
    return KINDS[kind](asked, book)


def given(asked: Asked, book: Book) -> planner.Given:
    """Give what an import has besides its file, with polygons if they are named."""
    areas = None
    if asked.boundaries is not None:
        areas = points.areas(townships.read_boundaries(asked.boundaries, list(book.package.townships.index)))
    return planner.Given(asked.day, areas, dict(asked.credit), again=asked.again, tell=asked.tell)


def _table(asked: Asked, book: Book) -> Ready:
    sheet = streams.read(asked.file, sheet=asked.sheet)
    recognised.refuse_events(sheet.header, plain.named(asked.file))
    guessed = mappings.guess(sheet, asked.holds, tell=asked.tell)
    before = mappings.kept(book, sheet.header, guessed.table)
    if before is not None and asked.dates is None and guessed.dates not in (None, before.dates):
        raise errors.UsageError(
            f"{sheet.name} has dates that begin with the {'day' if guessed.dates == 'dmy' else 'month'}; the file "
            "before with these columns did not. Say with --dates dmy or --dates mdy what comes first."
        )
    mapping = mappings.changed(
        before or guessed,
        sheet,
        maps=asked.maps,
        fixed=asked.fixed,
        values=asked.values,
        dates=asked.dates,
        source=asked.credit,
    )
    mappings.refuse_incomplete(mapping, sheet)
    return _ready("import table", asked, book, sheet, mapping, confirmed=mapping == before)


def _ready(
    kind: str, asked: Asked, book: Book, sheet: streams.Tabular, mapping: TableMapping, *, confirmed: bool
) -> Ready:
    """Make the task of a table that is read by a mapping, which is kept in the package once it was carried out."""

    def read(book: Book) -> tuple[Harvest]:
        return (table.harvest(sheet, mapping, mappings.vocabulary(book, mapping.table)),)

    task = importing.Task(
        kind,
        str(asked.file),
        read,
        given(replace(asked, credit=mapping.source), book),
        mapping=asdict(mapping),
        beside=lambda book: {change.MAPPINGS: mappings.keep(book, sheet.header, mapping)},
    )
    used = set(mapping.columns.values())
    left_out = tuple(column for column in sheet.header if column not in used)
    return Ready(task, mappings.rows(mapping), left_out, confirmed=confirmed)


def _ucdp(asked: Asked, book: Book) -> Ready:
    if asked.boundaries is None:
        raise errors.UsageError(
            "UCDP gives points: name real township polygons with --boundaries, since the schematic ones would put 3 of "
            "10 points into the wrong township."
        )
    read = streams.text(asked.file, unheaded=ucdp.unheaded, shown=plain.named(asked.file))
    found = ucdp.harvest(read, country=book.country.name)
    task = importing.Task("import ucdp", str(asked.file), lambda _: (found,), given(asked, book))
    return Ready(task, left_out=found.left_out)


def _unhcr(asked: Asked, book: Book) -> Ready:
    sheet = envelopes.read(asked.file, keys=unhcr.KEYS, sheet=asked.sheet)
    found = unhcr.harvest(sheet, country=book.country.code, name=book.country.name)
    return Ready(importing.Task("import unhcr", str(asked.file), lambda _: found, given(asked, book)))


def _feed(name: str) -> Callable[[Asked, Book], Ready]:
    def make(asked: Asked, book: Book) -> Ready:
        has = given(asked, book)
        feed = kinds_feeds.FEEDS[name](asked, book, has.areas)
        task = importing.Task(
            f"import {name}", str(asked.file), feed.read, has, mapping=feed.mapping, beside=feed.beside
        )
        return Ready(task, feed.shown, feed.left_out, confirmed=feed.confirmed)

    return make


def _of(kind: Callable[[Asked, Book, planner.Given], kinds_shapes.Read]) -> Callable[[Asked, Book], Ready]:
    """Make a kind of what reads its file by a mapping of its own."""

    def made(asked: Asked, book: Book) -> Ready:
        return Ready(*kind(asked, book, given(asked, book)))

    return made


KINDS: dict[str, Callable[[Asked, Book], Ready]] = {
    "table": _table,
    "hxl": _of(kinds_shapes.hxl_table),
    "shapes": _of(kinds_shapes.any_shapes),
    "mymaps": _of(kinds_shapes.my_maps),
    "ucdp": _ucdp,
    "unhcr": _unhcr,
    **{name: _feed(name) for name in kinds_feeds.FEEDS},
}
