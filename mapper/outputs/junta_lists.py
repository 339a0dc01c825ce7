"""A list of the junta's own that the map can show: where it declared martial law. It is no report of control."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import codec, record

if TYPE_CHECKING:
    from mapper.tables import Package

MARTIAL_LAW: Final = "martial_law_2025"


def martial_law(package: Package, *, source: record.Numbered, known_on: dt.date | None) -> dict[str, Any]:
    """Give the day of the list, its source and the townships on it by number; nothing where there is no such list.

    The list holds from its day on, its latest if its rows have several. As known on an earlier day there is none, and
    of a package that may be published only what its sources allow is left to be shown.
    """
    lists = package.junta_lists
    rows = lists[lists["list"] == MARTIAL_LAW]
    pcodes = sorted(map(str, package.townships.index))
    listed = sorted({pcodes.index(pcode) for pcode in rows["pcode"] if pcode in pcodes})
    if not listed:
        return {}
    day = max(map(dt.date.fromisoformat, rows["date"]))
    if known_on is not None and known_on < day:
        return {}
    return {
        "day": record.day_number(day),
        "source": source(str(rows["source_id"].iloc[0])),
        "townships": codec.ascending(listed),
    }
