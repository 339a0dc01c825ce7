"""Our page with 13,700 polygons over 60 slices: a made-up country, as large as one of villages, through the public API.

Nothing in it is real: cells around seeded random points, with borders that wind as borders do, and reports at random.
On its own it writes the page to a file: ``python -m benchmarks.large OUT.html``.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rich.console import Console

from mapper import control, geo, pipeline, tables
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

POLYGONS: Final = 13_700
SEED: Final = 20210201
STATES: Final = 18
CRUMBS: Final = 5
"""Small cells that a polygon is put together from: their sides are its winding border."""

MIDDLE: Final = (97.0, 19.0)
HALF: Final = (4.2, 8.6)
"""Centre and half axes of the country, longitude and latitude in degrees."""

COUP: Final = dt.date(2021, 2, 1)
FIRST: Final = dt.date(2021, 2, 28)
LAST: Final = dt.date(2026, 1, 31)
"""Sixty month ends apart."""

HOLDERS: Final[dict[control.Status, tuple[str, ...]]] = {
    "junta": ("SAC",),
    "contested": ("AA", "SAC"),
    "nug": ("PDF",),
    "eao": ("AA",),
}
MOST_REPORTS: Final = 5
SOURCES: Final = 40
FINDINGS: Final = ("said to have left its posts", "took the last camp", "fighting went on for days", "seen in the town")


def package() -> Package:
    """Make a package of :data:`POLYGONS` townships in 18 states, each with one to five reports on random days."""
    chance = np.random.default_rng(SEED)
    pcodes = _pcodes()
    states = pd.Series([pcode[:6] for pcode in pcodes])
    townships = pd.DataFrame(
        {
            "name_en": [f"Place {number}" for number in range(POLYGONS)],
            "name_my": [f"ရွာ {number}" for number in range(POLYGONS)],
            "district_pcode": (states + "D001").to_numpy(),
            "district": ("District " + states).to_numpy(),
            "state_pcode": states.to_numpy(),
            "state": ("State " + states).to_numpy(),
            "lon": MIDDLE[0],
            "lat": MIDDLE[1],
            "population_2014": pd.array(chance.integers(500, 9000, POLYGONS), dtype="Int64"),
            "doubt": "",
        },
        index=pd.Index(pcodes, name="pcode"),
    )
    return tables.Package(
        name="large",
        title="A made-up country of villages",
        version="1",
        date=LAST,
        licence="CC0-1.0",
        options=control.ResolveOptions(baseline=control.Baseline("junta", ("SAC",), COUP)),
        townships=townships,
        towns=pd.DataFrame(columns=["pcode", "name_en", "name_my", "lon", "lat"]),
        aliases=pd.DataFrame(columns=["pcode", "alias", "seen_in", "machine_matched"]),
        actors={
            name: control.Actor(name, f"{name} in full", "", kind)
            for name, kind in {"AA": "eao", "SAC": "junta", "PDF": "pdf"}.items()
        },
        sources={source.source_id: source for source in map(_source, range(SOURCES))},
        reports=tuple(report for pcode in pcodes for report in _reports(pcode, chance)),
        displacement=_no_figures("level", "pcode", "place"),
        bases=pd.DataFrame(columns=["name_en", "kind", "note"]),
        refugees=_no_figures("country", "country_iso3"),
        movements=pd.DataFrame(columns=["date_to", "source_id"]),
        junta_lists=pd.DataFrame(columns=["list", "date", "pcode", "township", "source_id"]),
        **{name: pd.DataFrame(columns=["source_id"]) for name in ("polls", "aggregates")},
    )


def boundaries() -> Boundaries:
    """Make their polygons: a valid coverage of one island in WGS84, each put together from a few small cells."""
    chance = np.random.default_rng(SEED)
    seeds = _scattered(chance, POLYGONS)
    seeds = seeds[np.lexsort((seeds[:, 0], np.round(seeds[:, 1] / (2 * HALF[1]) * STATES)))]
    crumbs = np.concatenate([seeds, _scattered(chance, POLYGONS * (CRUMBS - 1))])
    cells = _cells(crumbs)
    owner = shapely.STRtree(shapely.points(seeds)).nearest(shapely.points(crumbs))
    order = np.argsort(owner, kind="stable")
    groups = np.split(cells[order], np.flatnonzero(np.diff(owner[order])) + 1)
    shapes = gpd.GeoSeries(
        np.array([shapely.coverage_union_all(group) for group in groups], dtype=object),
        index=pd.Index(_pcodes(), name="pcode"),
        crs=geo.WGS84,
    )
    around = gpd.GeoDataFrame({"name": ["Elsewhere"]}, geometry=[shapely.box(80, 5, 90, 30)], crs=geo.WGS84)
    return geo.Boundaries(
        townships=gpd.GeoDataFrame({"area_km2": geo.areas_km2(shapes)}, geometry=shapes),
        neighbours=around.set_index(pd.Index(["000"], name="country")),
        schematic=True,
        title="Made-up polygons",
        licence="CC0-1.0",
        attribution="nobody",
    )


def timeline(made: Package) -> Timeline:
    """Resolve its reports into a slice for each of sixty months."""
    return pipeline.make_timeline(made, start=FIRST, end=LAST)


def _pcodes() -> list[str]:
    """Give ascending codes, as many for each state as for any other, but for a few."""
    numbers = np.arange(POLYGONS)
    states = numbers * STATES // POLYGONS
    within = numbers - np.searchsorted(states, states)
    return [f"MMR{state + 1:03}{place + 1:03}" for state, place in zip(states, within, strict=True)]


def _reports(pcode: str, chance: np.random.Generator) -> list[control.Report]:
    count = int(chance.integers(1, MOST_REPORTS + 1))
    days = np.sort(chance.integers(0, (LAST - COUP).days, count))
    said = chance.choice(control.REPORT_STATUSES, count)
    return [
        control.Report(
            report_id=f"{pcode}-{number}",
            pcode=pcode,
            date=COUP + dt.timedelta(days=int(day)),
            precision="day",
            status=status,
            holders=HOLDERS[status],
            scope="township",
            main_town=False,
            kind="event",
            confidence="medium",
            place="",
            claimant="",
            claimant_side="",
            source_id=f"source-{chance.integers(SOURCES)}",
            finding=str(chance.choice(FINDINGS)),
            recorded_on=LAST,
        )
        for number, (day, status) in enumerate(zip(days, map(_status, said), strict=True))
    ]


def _status(text: str) -> control.Status:
    return next(status for status in control.REPORT_STATUSES if status == text)


def _source(number: int) -> control.Source:
    return control.Source(
        source_id=f"source-{number}",
        title=f"Page {number}",
        publisher=f"Paper {number % 7}",
        published="2024-06-01",
        url=f"https://paper.example/{number}",
        affiliation="myanmar_independent_media",
        sensitivity="public",
        licence="facts-cited",
        public_use=True,
    )


def _no_figures(*columns: str) -> pd.DataFrame:
    shared = ["date", "date_precision", "people", "qualifier", "measure", "basis", "source_id", "note"]
    return pd.DataFrame(columns=[*shared, *columns], index=pd.Index([], name="figure_id"))


def _scattered(chance: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Scatter points over the country: as evenly as in a sunflower, then each moved by a random step."""
    rank = np.arange(count) + 0.5
    angle, radius = rank * np.pi * (3 - np.sqrt(5)), np.sqrt(rank / count)
    even = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return (even + chance.normal(0, 0.35 / np.sqrt(count), even.shape)) * HALF + MIDDLE


def _cells(points: NDArray[np.float64]) -> NDArray[Any]:
    """Give each point its Voronoi cell; a ring of other points around the country keeps the outer cells small."""
    turn = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    around = np.column_stack([np.cos(turn), np.sin(turn)]) * np.multiply(HALF, 1.02) + MIDDLE
    found = shapely.voronoi_polygons(shapely.multipoints(np.concatenate([points, around])), ordered=True)
    cells: NDArray[Any] = shapely.get_parts(found)[: len(points)]
    return cells


def main() -> None:
    """Write the page to the file that the command line names, and say how long each part took."""
    (out,) = sys.argv[1:]
    told: Callable[[str], None] = Console().print
    before = time.process_time()
    made, shapes = package(), boundaries()
    told(f"made up: {time.process_time() - before:.2f} s of processor time")
    before = time.process_time()
    slices = timeline(made)
    told(f"resolved: {time.process_time() - before:.2f} s")
    before = time.process_time()
    html = folium_map.to_html(folium_map.control_map(slices, shapes, made))
    told(f"drawn: {time.process_time() - before:.2f} s")
    Path(out).write_text(html, encoding="utf-8")
    told(f"{out}: {len(html.encode()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
