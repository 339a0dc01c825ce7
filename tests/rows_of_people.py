"""Made-up figures and movements of people, as a package has them once it is checked."""

from __future__ import annotations

import datetime as dt

import pandas as pd

FIGURE_COLUMNS = ["date", "date_precision", "level", "pcode", "place", "people", "qualifier", "measure", "basis"]


def figures(*rows: tuple[str, int], **fields: object) -> pd.DataFrame:
    """Make figures of one day: code of the place, and people; without a code, words for it."""
    listed = [
        {
            "date": dt.date(2024, 5, 1),
            "date_precision": "day",
            "level": "township",
            "pcode": code if code.startswith("MMR") else "",
            "place": "" if code.startswith("MMR") else code,
            "people": people,
            "qualifier": "exact",
            "measure": "idps",
            "basis": "total",
            "source_id": "a-source",
            "note": "",
            **fields,
        }
        for code, people in rows
    ]
    index = pd.Index([f"F{i}" for i in range(len(rows))], name="figure_id")
    columns = [*FIGURE_COLUMNS, "source_id", "note"]
    return pd.DataFrame(listed, index=index, columns=None if listed else columns)


def movements(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Make movements of one day: code of either end, and people."""
    listed = [
        {
            "date_from": dt.date(2024, 4, 1),
            "date_to": dt.date(2024, 5, 1),
            "origin": "",
            "origin_pcode": origin,
            "destination": "",
            "destination_pcode": destination,
            "people": people,
            "qualifier": "exact",
            "movement_type": "displacement",
            "measure": "",
            "source_id": "a-source",
            "note": "",
        }
        for origin, destination, people in rows
    ]
    columns = ["date_from", "date_to", "people", "source_id"]
    index = pd.Index([f"M{i}" for i in range(len(rows))], name="movement_id")
    return pd.DataFrame(listed, index=index, columns=None if listed else columns)
