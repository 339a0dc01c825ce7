"""Names to find a place by: other spellings of townships, and towns with their points on the page's grid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from mapper.matching import spelling
from mapper.outputs import arcs, codec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from mapper.tables import Package

CELL: Final = 8
"""A town's point lies on every eighth line of the grid, some 1.1 km apart: it stands for the town, no place in it."""

RANKS: Final[tuple[str, ...]] = ("state", "district", "township", "other")
"""What a town gives its name to or is the seat of; the map names towns of the first ranks first."""

KIND: Final = re.compile(r" (Town|City)$")
PART: Final = re.compile(r" \(.*$")


def gazetteer(package: Package, frame: arcs.Frame, points: Sequence[int]) -> dict[str, Any]:
    """Give aliases and towns, township by township in the order of P-codes.

    ``points`` are the townships' own points on the grid, as [column, row, column, row ...]; a town's point is written
    as steps from its township's, in cells of ``CELL`` lines.

    ``aliases``: how many each township has (``count``) and what they are. One that differs from the official name in
    case, blanks or hyphens alone is left out: who looks for it finds the name.
    ``towns``: the seat of each township, which has the township's name, by its ``rank`` and point; and the others
    (``count`` for each township) with their names. A Burmese name, as :func:`codec.letters` writes it, is "" where it
    is the township's.
    """
    table = package.townships.sort_index()
    pcodes = [str(pcode) for pcode in table.index]
    origin = dict(zip(pcodes, np.array(points).reshape(-1, 2), strict=True))
    seats = _grid(table, frame)
    return {"aliases": _aliases(package.aliases, table), "towns": _towns(package.towns, table, frame, origin, seats)}


def _aliases(aliases: pd.DataFrame, table: pd.DataFrame) -> dict[str, Any]:
    found: dict[str, list[str]] = {str(pcode): [] for pcode in table.index}
    plain = {str(pcode): spelling.plain(name) for pcode, name in table["name_en"].items()}
    for pcode, alias in zip(aliases["pcode"], aliases["alias"], strict=True):
        if pcode in found and spelling.plain(alias) != plain[pcode]:
            found[pcode].append(str(alias))
    return {
        "count": codec.digits(len(names) for names in found.values()),
        "name": [name for names in found.values() for name in names],
    }


def _towns(
    towns: pd.DataFrame, table: pd.DataFrame, frame: arcs.Frame, origin: dict[str, Any], seats: dict[str, Any]
) -> dict[str, Any]:
    of: dict[str, Any] = {str(row.Index): row for row in table.itertuples()}
    count = dict.fromkeys(origin, 0)
    names: list[str] = []
    burmese: list[str] = []
    ranks: list[int] = []
    steps: list[int] = []
    for row, place in zip(towns.sort_index().itertuples(), _grid(towns.sort_index(), frame).values(), strict=True):
        pcode, name = str(row.pcode), KIND.sub("", str(row.name_en))
        if pcode not in count or name == of[pcode].name_en:
            continue
        count[pcode] += 1
        names.append(name)
        burmese.append("" if row.name_my == of[pcode].name_my else codec.letters(str(row.name_my), codec.BURMESE))
        ranks.append(_rank(name, of[pcode], is_seat=np.array_equal(place, seats[pcode])))
        steps += _steps([place], [origin[pcode]])
    return {
        "seat": {
            "rank": "".join(str(_rank(row.name_en, row, is_seat=True)) for row in of.values()),
            "point": codec.steps(_steps(seats.values(), origin.values())),
        },
        "count": codec.digits(count.values()),
        "en": names,
        "my": burmese,
        "rank": "".join(map(str, ranks)),
        "point": codec.steps(steps),
    }


def _rank(name: Any, township: Any, *, is_seat: bool) -> int:  # noqa: ANN401 -- a cell and a row of a table
    if name == PART.sub("", str(township.state)):
        return RANKS.index("state")
    if is_seat:
        return RANKS.index("district" if name == township.district else "township")
    return RANKS.index("other")


def _grid(table: pd.DataFrame, frame: arcs.Frame) -> dict[str, Any]:
    lonlat = table[["lon", "lat"]].to_numpy(dtype=float)
    return dict(zip(map(str, table.index), frame.to_grid(arcs.mercator(lonlat)), strict=True))


def _steps(places: Iterable[Any], origins: Iterable[Any]) -> list[int]:
    """Give the steps from each origin to its place, in cells."""
    far = np.array(list(places)) - np.array(list(origins))
    return [int(step) for step in np.rint(far / CELL).ravel()]
