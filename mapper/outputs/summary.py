"""How much each status and each holder has, slice by slice: townships, area, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper import control

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.timeline import Slice, Timeline

COLUMNS = ("date", "by", "key", "basis", "townships", "joint", "area_km2", "population_2014")


def summary(timeline: Timeline, *, area_km2: Mapping[str, float], population: Mapping[str, int | None]) -> pd.DataFrame:
    """Sum up every slice.

    Gives one row per slice and status with its basis (``by`` = ``status``), per slice and holder of a firm
    status (``holder``), and per slice and party of a contest (``party``). A township held jointly counts for
    each of its holders; ``joint`` says how many of the townships are. ``population_2014`` is the census of
    2014, without the townships for which it was not published.
    """
    rows = [
        {"date": date, **row}
        for date, found in timeline.slices()
        for row in slice_summary(found, area_km2=area_km2, population=population)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def slice_summary(
    found: Slice, *, area_km2: Mapping[str, float], population: Mapping[str, int | None]
) -> Iterator[dict[str, Any]]:
    """Sum up one slice; see :func:`summary`."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    joint: dict[tuple[str, str, str], int] = {}
    for pcode, assessment in found.items():
        by = "holder" if assessment.status in control.FIRM else "party"
        keys = [("status", str(assessment.status), str(assessment.basis))]
        keys += [(by, holder, str(assessment.basis)) for holder in assessment.holders]
        for key in keys:
            groups.setdefault(key, []).append(pcode)
            joint[key] = joint.get(key, 0) + (key[0] == "holder" and len(assessment.holders) > 1)
    for key in sorted(groups, key=_row_order):
        pcodes = groups[key]
        yield {
            "by": key[0],
            "key": key[1],
            "basis": key[2],
            "townships": len(pcodes),
            "joint": joint[key],
            "area_km2": round(sum(area_km2[pcode] for pcode in pcodes), 1),
            "population_2014": sum(population.get(pcode) or 0 for pcode in pcodes),
        }


def _row_order(key: tuple[str, str, str]) -> tuple[int, int, str, str]:
    by, name, basis = key
    order: tuple[str, ...] = control.STATUSES
    place = order.index(name) if by == "status" else 0
    return ("status", "holder", "party").index(by), place, name, basis
