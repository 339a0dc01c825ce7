"""Actors: who they are, what they stand for, and the colours of their townships on a map by holder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper import control, tables
from mapper.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def read_actors(frame: pd.DataFrame) -> dict[str, control.Actor]:
    """Turn a checked table into actors by id, in the order of the rows."""
    return {
        row.actor_id: control.Actor(
            row.actor_id,
            row.name_en,
            row.name_my,
            row.kind,
            tuple(row.members.split(";")) if row.members else (),
            row.family,
            row.colour,
            row.colour_dark,
        )
        for row in tables.rows(frame)
    }


def colour_faults(frame: pd.DataFrame, *, file: str) -> list[Fault]:
    """Give the faults between columns: a colour for one kind of page alone, and a family that is in a family."""
    families = dict(zip(frame["actor_id"], frame["family"], strict=True))
    return [
        Fault(file, int(row.Index), *slip)
        for row in tables.rows(frame)
        for slip in _slips(row, families.get(row.family, ""))
    ]


def _slips(row: Any, above: str) -> Iterator[tuple[str, str, str, str]]:  # noqa: ANN401 -- a pandas row has no static type
    if bool(row.colour) != bool(row.colour_dark):
        yield "colour_dark", row.colour_dark, f"does not fit the colour '{row.colour}'", "Fill in both, or neither"
    if above:
        yield "family", row.family, f"is itself in the family of {above}", f"Write {above}"
