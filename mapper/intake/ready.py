"""A file that is ready to be taken in: the task, and how the file is read, to be shown to whoever asked."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from mapper.intake import change, importing, mappings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapper.intake.asked import Asked
    from mapper.intake.book import Book
    from mapper.intake.planner import Given
    from mapper.sources.harvest import Harvest
    from mapper.sources.table import TableMapping


@dataclass(frozen=True)
class Ready:
    """A task, and how it reads its file: to be shown, and confirmed unless it was before."""

    task: importing.Task
    shown: list[dict[str, str]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    confirmed: bool = True
    by_itself: bool = False
    """Whether the file says by itself what is what, so that nobody need be asked."""


def by_mapping(
    kind: str,
    asked: Asked,
    given: Given,
    mapping: TableMapping,
    read: Callable[[Book], Harvest],
    *,
    header: Sequence[str],
    confirmed: bool,
    columns: Sequence[str] | None = None,
    more: Iterable[str] = (),
) -> Ready:
    """Make a file ready that is read by a mapping, which the package keeps once it was carried out.

    The package knows a file of this form again by ``header``; ``columns`` are those of the file, where they are others,
    and ``more`` is what else of it is not taken over.
    """
    task = importing.Task(
        kind,
        str(asked.file),
        lambda book: (read(book),),
        replace(given, credit=mapping.source),
        mapping=asdict(mapping),
        beside=lambda book: {change.MAPPINGS: mappings.keep(book, header, mapping)},
    )
    used = set(mapping.columns.values())
    left_out = (*(column for column in (header if columns is None else columns) if column not in used), *more)
    return Ready(task, mappings.rows(mapping), left_out, confirmed=confirmed)
