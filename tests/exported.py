"""Exports in tests: made of made-up packages, written to disk, and their rows turned back into assessments."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, Any

import pandas as pd

import made
from mapper import control, tables, timeline
from mapper.outputs.exports import choice, formats, make

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapper import geo

FIRST, LAST = dt.date(2024, 1, 31), dt.date(2024, 12, 31)
DATES = tuple(timeline.slice_dates(FIRST, LAST, every="month"))
WHOLE = choice.Choice()


def line(package: tables.Package, *, known_on: dt.date | None = None) -> timeline.Timeline:
    """Resolve a package over the months of 2024."""
    return timeline.timeline(
        package.townships.index, package.reports, DATES, options=package.options, known_on=known_on
    )


def export(
    form: str,
    subject: str,
    package: tables.Package,
    *,
    on: dt.date = LAST,
    chosen: choice.Choice = WHOLE,
    boundaries: geo.Boundaries | None = None,
    known_on: dt.date | None = None,
) -> make.Made:
    """Make one export of a made-up package, on unit squares unless other boundaries are given."""
    shapes = boundaries or made.boundaries(package)
    resolved = line(package, known_on=known_on)
    return make.make(formats.find(form), subject, resolved, shapes, package, on=on, choice=chosen)


def written(found: make.Made, folder: Path) -> Path:
    """Put the files of an export into a folder; give the first, which the sidecar describes."""
    for name, content in found.files.items():
        (folder / name).write_bytes(content)
    return folder / next(iter(found.files))


def sidecar(found: make.Made) -> dict[str, Any]:
    """Give the sidecar of an export."""
    (name,) = [name for name in found.files if name.endswith(make.SIDECAR)]
    told: dict[str, Any] = json.loads(found.files[name])
    return told


def assessment(row: Mapping[str, Any]) -> control.Assessment:
    """Turn a row that some reader gives back into the assessment that it tells of."""
    return control.Assessment(
        pcode=row["pcode"],
        status=row["status"],
        holders=texts(row["holders"]),
        confidence=row["confidence"],
        basis=row["basis"],
        rule=row["rule"],
        disputed=truth(row["disputed"]),
        since=day(row["since"]),
        since_precision=row["since_precision"] if there(row["since_precision"]) else "",
        last_confirmed=day(row["last_confirmed"]),
        stale=truth(row["stale"]),
        contested_until=day(row["contested_until"]),
        main_town_only=truth(row["main_town_only"]),
        firm_status=row["firm_status"] if there(row["firm_status"]) else None,
        firm_holders=texts(row["firm_holders"]),
        report_ids=texts(row["report_ids"]),
        disputed_by=texts(row["disputed_by"]),
    )


def there(value: object) -> bool:
    """Whether a reader gives anything: None, NaN, NaT and an empty text are nothing."""
    if isinstance(value, list | tuple):
        return True
    return not (value is None or value == "" or value is pd.NaT or (isinstance(value, float) and math.isnan(value)))


def texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- whatever a reader gives
    """Read a list, or its texts joined by ``;``."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not there(value):
        return ()
    return tuple(value.split(";")) if isinstance(value, str) else tuple(value)


def day(value: Any) -> dt.date | None:  # noqa: ANN401 -- whatever a reader gives
    """Read a day, a moment at its beginning, or ISO 8601."""
    return pd.Timestamp(value).date() if there(value) else None


def truth(value: Any) -> bool:  # noqa: ANN401 -- whatever a reader gives
    """Read true and false, and nothing else."""
    known = {"True": True, "1": True, "true": True, "False": False, "0": False, "false": False}
    return known[str(value)]
