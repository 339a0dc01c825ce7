"""Figures of displaced people as rows, rounded and with small counts withheld as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.outputs import disclosure, figures
from mapper.outputs.exports import rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from mapper.outputs.words import Words
    from mapper.tables import Package

STATE_LENGTH = len("MMR012")


def inside(package: Package, last: dt.date, words: Words) -> Iterator[dict[str, Any]]:
    """Give the figures inside the country that count by a day, in the order of time.

    A place with a P-code goes by that place's name: the source's own words may name one within it.
    """
    table = package.townships
    states = {
        str(code): rows.state_name(str(code), str(name), words)
        for code, name in zip(table["state_pcode"], table["state"], strict=True)
    }
    names = states | {pcode: row["name"] for pcode, row in rows.places(package, words).items()}
    for row in _until(package.displacement, last):
        yield {
            "figure_id": row.Index,
            "level": row.level,
            "pcode": row.pcode,
            "name": names.get(row.pcode, row.pcode) if row.pcode else row.place,
            "state_pcode": row.pcode[:STATE_LENGTH],
            **_people(row, package, words),
        }


def abroad(package: Package, last: dt.date, words: Words) -> Iterator[dict[str, Any]]:
    """Give the figures of people abroad that count by a day, in the order of time."""
    for row in _until(package.refugees, last):
        yield {
            "figure_id": row.Index,
            "country": row.country,
            "country_iso3": row.country_iso3,
            **_people(row, package, words),
        }


def _until(table: pd.DataFrame, last: dt.date) -> list[Any]:
    every: Iterable[Any] = table.itertuples()
    found = [(figures.speaks_from(row.date, row.date_precision), row.Index, row) for row in every]
    return [row for day, _, row in sorted(found, key=lambda item: item[:2]) if day <= last]


def _people(row: Any, package: Package, words: Words) -> dict[str, Any]:  # noqa: ANN401 -- a pandas row has no type
    shown = disclosure.shown(int(row.people))
    word = figures.QUALIFIERS.get(row.qualifier, row.qualifier)
    said = word if word in figures.SAID else "estimate"
    if said == "exact" and shown.people != int(row.people):
        said = "about"
    known: Mapping[str, Any] = package.bases.loc[row.basis].to_dict() if row.basis in package.bases.index else {}
    return {
        "people": shown.people,
        "people_are": "few" if shown.few else said,
        "measure": row.measure,
        "basis": row.basis,
        "basis_name": words.bases.get(row.basis) or known.get("name_en") or row.basis,
        "basis_kind": known.get("kind") or None,
        "date": row.date,
        "date_precision": row.date_precision,
        "speaks_from": figures.speaks_from(row.date, row.date_precision),
        **rows.source(package, row.source_id),
    }
