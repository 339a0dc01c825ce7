"""What may leave the house: a public output is made from public rows alone, before anything is resolved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper import records

if TYPE_CHECKING:
    import datetime as dt

    from mapper.control import Source
    from mapper.tables import Package


def public(package: Package) -> Package:
    """Give the package without the rows whose source is restricted, internal, or not licensed for public use.

    They are left out before reports are resolved, so that not even a status gives them away. How many rows
    went, by table, is in ``withheld``, for the editor.
    """
    usable = {name for name, source in package.sources.items() if _is_public(source)}
    frames = [
        part.name
        for part in fields(package)
        if isinstance(getattr(package, part.name), pd.DataFrame) and "source_id" in getattr(package, part.name)
    ]
    kept: dict[str, Any] = {name: _rows(getattr(package, name), usable) for name in frames}
    reports = records.corrected(report for report in package.reports if report.source_id in usable)
    withheld = {name: len(getattr(package, name)) - len(frame) for name, frame in kept.items()}
    events = package.events.of(usable)
    withheld["events"] = len(package.events) - len(events)
    withheld["control_reports"] = len(package.reports) - len(reports)
    return replace(
        package,
        sources={name: source for name, source in package.sources.items() if name in usable},
        reports=reports,
        events=events,
        withheld={name: count for name, count in sorted(withheld.items()) if count},
        **kept,
    )


def as_known(package: Package, known_on: dt.date | None) -> Package:
    """Give the package as it was on a day (``None``: as it is): later records gone, and what they say of earlier ones.

    Figures of people have a day of recording, too, where the package gives one.
    """
    if known_on is None:
        return package
    frames = {name: getattr(package, name) for name in ("displacement", "refugees", "movements")}
    known = {
        name: frame[frame["recorded_on"].astype(str) <= known_on.isoformat()]
        for name, frame in frames.items()
        if "recorded_on" in frame
    }
    return replace(package, reports=records.as_known(package.reports, known_on), **known)


def _is_public(source: Source) -> bool:
    return source.sensitivity == "public" and source.public_use


def _rows(frame: pd.DataFrame, usable: set[str]) -> pd.DataFrame:
    return frame[frame["source_id"].isin(usable)]
