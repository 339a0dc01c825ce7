"""What a package's descriptor declares for the rules: their numbers, and what is assumed where no report speaks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from mapper import control, errors, tables
from mapper.sources import country

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

KNOWN_OPTIONS: Final = frozenset({"baseline", "window_days", "stale_months", *country.OPTIONS})


def declared(
    described: Mapping[str, Any], known: Mapping[str, control.Actor], sources: pd.DataFrame, *, file: str
) -> control.ResolveOptions:
    """Read the package's own numbers for the rules, and its baseline if it declares one."""
    given = described.get("control", {})
    if not isinstance(given, dict):
        raise errors.fault(file, "is not an object", "Write it as in the embedded package", column="control")
    for name in given.keys() - KNOWN_OPTIONS:
        raise errors.fault(
            file, "is no option", f"Use {', '.join(sorted(KNOWN_OPTIONS))}", column="control", value=name
        )
    usual = control.ResolveOptions()
    return control.ResolveOptions(
        window_days=_number(given, "window_days", usual.window_days, file),
        stale_months=_number(given, "stale_months", usual.stale_months, file),
        baseline=_baseline(given.get("baseline"), known, file),
        umbrellas={name: actor.members for name, actor in known.items() if actor.members},
        partisan={row.source_id: row.affiliation for row in tables.rows(sources) if row.affiliation in control.AGAINST},
        maps=frozenset(sources["source_id"][sources["form"] == "map"]),
    )


def _number(declared: Mapping[str, Any], name: str, default: int, file: str) -> int:
    value = declared.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1200:  # noqa: PLR2004 -- a century of months
        raise errors.fault(file, "is no sensible number", "Write 0 to 1200", column=name, value=value)
    return value


def _baseline(declared: Any, known: Mapping[str, control.Actor], file: str) -> control.Baseline | None:  # noqa: ANN401 -- JSON
    if declared is None:
        return None
    given = declared if isinstance(declared, dict) else {}
    status, start, holders = given.get("status"), str(given.get("from", "")), given.get("holders", [])
    named = isinstance(holders, list) and all(holder in known for holder in map(str, holders))
    if not isinstance(status, str) or status not in control.FIRM or not tables.is_day(start) or not named:
        remedy = "Give it status (junta, nug, eao), holders (actors) and from (a day), or leave it out"
        raise errors.fault(file, "is not a baseline", remedy, column="baseline", value=declared)
    return control.Baseline(status, tuple(sorted(holders)), dt.date.fromisoformat(start))
