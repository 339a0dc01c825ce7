"""What may leave the house: a public output is made from public rows alone, before anything is resolved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
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
    reports = tuple(report for report in package.reports if report.source_id in usable)
    withheld = {name: len(getattr(package, name)) - len(frame) for name, frame in kept.items()}
    withheld["control_reports"] = len(package.reports) - len(reports)
    return replace(
        package,
        sources={name: source for name, source in package.sources.items() if name in usable},
        reports=reports,
        withheld={name: count for name, count in sorted(withheld.items()) if count},
        **kept,
    )


def _is_public(source: Source) -> bool:
    return source.sensitivity == "public" and source.public_use


def _rows(frame: pd.DataFrame, usable: set[str]) -> pd.DataFrame:
    return frame[frame["source_id"].isin(usable)]
