"""A small made-up country of thirty square townships in two states, for tests of the page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

import made
from mapper import geo, timeline

if TYPE_CHECKING:
    from mapper.tables import Package
    from mapper.timeline import Timeline

COLUMNS, ROWS = 6, 5
PCODES = [f"MMR{12 + row // 3:03}{row * COLUMNS + column + 1:03}" for row in range(ROWS) for column in range(COLUMNS)]
HOSTILE = [
    "{{ 7*7 }}{% raw %}{#",
    "</script><script>window.hacked = 1</script><img src=x onerror=window.hacked=2>",
    "`${window.hacked = 3}`",
    "line\u2028paragraph\u2029end",
    "\u202eright to left",
    "x" * 100_000,
]


def square(number: int) -> shapely.Polygon:
    """Township `number`, half a degree wide; the first lies south-west, rows go north."""
    x, y = 94 + number % COLUMNS / 2, 18 + number // COLUMNS / 2
    return shapely.box(x, y, x + 0.5, y + 0.5)


def package(**fields: object) -> Package:
    """Thirty townships in two states, with reports of every status and a contest that lapses."""
    townships = made.package(count=len(PCODES)).townships.set_axis(pd.Index(PCODES, name="pcode"))
    townships["state_pcode"] = [pcode[:6] for pcode in PCODES]
    townships["state"] = ["South" if code == "MMR012" else "North" for code in townships["state_pcode"]]
    days = ["2021-02-10", "2021-05-03", "2021-08-20", "2022-01-15", "2022-06-30", "2023-03-01"]
    reports = [
        made.report(day, status, pcode=PCODES[(3 * n + 7 * i) % 24], report_id=f"R{n}{i}", finding=f"finding {n}.{i}")
        for n, day in enumerate(days)
        for i, status in enumerate(["eao", "contested", "nug", "junta", "contested"])
    ]
    return made.package(*reports, **{"townships": townships, **fields})


def coloured(plain: Package) -> Package:
    """Give the country with a map by holder: the AA green, the KIA purple, and townships that they share."""
    colours = {"AA": ("#3B8B70", "#4DCCA1"), "KIA": ("#7A67BB", "#906DC8")}
    actors = {
        name: dataclasses.replace(actor, colour=colours[name][0], colour_dark=colours[name][1])
        if name in colours
        else actor
        for name, actor in plain.actors.items()
    }
    shared = [("AA",), ("KIA",), ("AA", "KIA"), ("KIA", "PDF"), ("KIA",), ("AA",)]
    held = dict(zip((report.report_id for report in plain.reports if report.status == "eao"), shared, strict=True))
    reports = tuple(
        dataclasses.replace(report, holders=held.get(report.report_id, report.holders)) for report in plain.reports
    )
    return dataclasses.replace(plain, actors=actors, reports=reports)


def boundaries() -> geo.Boundaries:
    shapes = gpd.GeoDataFrame(
        {"area_km2": 1.0},
        geometry=[square(number) for number in range(len(PCODES))],
        index=pd.Index(PCODES, name="pcode"),
        crs=geo.WGS84,
    )
    around = gpd.GeoDataFrame({"name": ["Elsewhere"]}, geometry=[shapely.box(97, 16, 99, 22)], crs=geo.WGS84)
    return geo.Boundaries(shapes, around, schematic=True, title="Squares", licence="CC0", attribution="made up")


def slices(package: Package, *, last: dt.date = dt.date(2024, 6, 30)) -> Timeline:
    dates = timeline.slice_dates(dt.date(2021, 1, 31), last, every="quarter")
    return timeline.timeline(package.townships.index, package.reports, dates, options=package.options)
