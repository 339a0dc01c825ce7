"""The kinds of files that can be taken in: what each needs to be read, and what it gives."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from mapper import errors
from mapper.intake import change, importing, mappings, planner
from mapper.matching import points
from mapper.sources import plain, sheets, streams, table, townships, ucdp, unhcr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mapper.intake.book import Book
    from mapper.sources.harvest import Harvest
    from mapper.sources.table import TableMapping


@dataclass(frozen=True)
class Asked:
    """What a user has said with ``mapper import``."""

    file: Path
    day: str
    """The day of the log, on which rows are recorded."""
    boundaries: Path | None = None
    credit: Mapping[str, str] = field(default_factory=dict)
    """Of the file as a source."""
    sheet: str | None = None
    holds: str = "reports"
    """``reports`` or ``figures``."""
    maps: Sequence[tuple[str, str]] = ()
    fixed: Sequence[tuple[str, str]] = ()
    values: Sequence[tuple[str, str]] = ()
    dates: str | None = None
    again: bool = False
    """Whether what was corrected or withdrawn since counts again."""
    tell: Callable[[str, int], None] = planner.untold
    """Is told what is being done, and at which row it is."""


@dataclass(frozen=True)
class Ready:
    """A task, and how it reads its file: to be shown, and confirmed unless it was before."""

    task: importing.Task
    shown: list[dict[str, str]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    confirmed: bool = True


def ready(kind: str, asked: Asked, book: Book) -> Ready:
    """Make the task of an import; raises :class:`errors.UsageError` for a kind that is none."""
    if kind not in KINDS:
        raise errors.UsageError(f"{errors.shown(kind)} is no kind of file that is taken in: use {', '.join(KINDS)}")
    return KINDS[kind](asked, book)


def given(asked: Asked, book: Book) -> planner.Given:
    """Give what an import has besides its file, with polygons if they are named."""
    areas = None
    if asked.boundaries is not None:
        areas = points.areas(townships.read_boundaries(asked.boundaries, list(book.package.townships.index)))
    return planner.Given(asked.day, areas, dict(asked.credit), again=asked.again, tell=asked.tell)


def _table(asked: Asked, book: Book) -> Ready:
    sheet = streams.read(asked.file, sheet=asked.sheet)
    guessed = mappings.guess(sheet, asked.holds, tell=asked.tell)
    before = mappings.kept(book, sheet.header, guessed.table)
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
    sheet = sheets.read(asked.file, sheet=asked.sheet)
    found = unhcr.harvest(sheet, country=book.country.code, name=book.country.name)
    return Ready(importing.Task("import unhcr", str(asked.file), lambda _: found, given(asked, book)))


KINDS: dict[str, Callable[[Asked, Book], Ready]] = {"table": _table, "ucdp": _ucdp, "unhcr": _unhcr}
