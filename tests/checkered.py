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


def movements() -> pd.DataFrame:
    """Movements of two kinds; one of them begins in no area that is known."""
    rows = [
        ("2023-06-30", "MMR012", "MMR013", 40_000, "displacement", "", "", ""),
        ("2023-06-30", PCODES[0], "MMR013", 9_000, "displacement", "", "", ""),
        ("2023-06-30", "", "MMR013", 2_000, "displacement", "", "the South-East", ""),
        ("2022-01-31", "MMR", "THA", 3, "new_across_border", "refugees", "", ""),
        ("2022-01-31", "MMR", "MYS", 5_000, "new_across_border", "refugees", "", ""),
    ]
    names = [
        "date_to", "origin_pcode", "destination_pcode", "people", "movement_type", "measure", "origin", "destination",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names, index=pd.Index([f"M{i}" for i in range(len(rows))], name="movement_id"))
    days = [dt.date.fromisoformat(date) for date in table["date_to"]]
    return table.assign(
        date_to=days,
        date_from=[day - dt.timedelta(days=29) for day in days],
        qualifier="exact",
        source_id="a-source",
        note="",
    )


def clustered() -> geo.Boundaries:
    """Give the same boundaries, but for the first six townships: an island too small to see, north-east of the rest."""
    whole = boundaries()
    corners = [(round(97 + i % 3 / 50, 2), round(21 + i // 3 / 50, 2)) for i in range(6)]
    small = [shapely.box(x, y, round(x + 0.02, 2), round(y + 0.02, 2)) for x, y in corners]
    shapes = gpd.GeoSeries([*small, *whole.townships.geometry.iloc[6:]], index=whole.townships.index, crs=geo.WGS84)
    return dataclasses.replace(whole, townships=whole.townships.set_geometry(shapes))


def slices(package: Package, *, last: dt.date = dt.date(2024, 6, 30)) -> Timeline:
    dates = timeline.slice_dates(dt.date(2021, 1, 31), last, every="quarter")
    return timeline.timeline(package.townships.index, package.reports, dates, options=package.options)
