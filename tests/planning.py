"""Plan an import, and look at what it would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.intake import book, importing, kinds

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.intake.plan import Plan


def put(own: Path, raw: bytes, name: str) -> Path:
    file = own.parent / name
    file.write_bytes(raw)
    return file


def planned(own: Path, kind: str, raw: bytes, name: str = "a.csv", **asked: Any) -> list[Plan]:  # noqa: ANN401 -- the parts of what is asked have several types
    """Plan an import; nothing is changed."""
    read = book.Book(own)
    wishes = kinds.Asked(put(own, raw, name), "2026-06-30", credit={"sensitivity": "public"}, **asked)
    return importing.plan(kinds.ready(kind, wishes, read).task, read)


def new(plans: list[Plan], *columns: str) -> list[tuple[str, ...]]:
    return [
        tuple(row.cells.get(part, "") for part in columns) for one in plans for row in one.rows if row.outcome == "new"
    ]


def refused(plans: list[Plan]) -> list[str]:
    return [row.reason for one in plans for row in one.rows if row.outcome == "refused"]
