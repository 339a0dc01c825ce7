"""Put a million points, spread as UCDP's events are, into the 330 real townships, beside geopandas.sjoin in one run.

``python -m benchmarks.points`` prints the medians; it needs the real polygons and UCDP's file beside the project.
"""

from __future__ import annotations

import csv
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
from rich.console import Console

from mapper import pipeline
from mapper.matching import points
from mapper.sources import townships

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
POLYGONS: Final = SHARED / "boundaries" / "mimu_adm3_v93.zip"
EVENTS: Final = SHARED / "samples" / "ucdp_ged_mmr_1989_2023.csv"
POINTS: Final = 1_000_000
RUNS: Final = 3
SPREAD: Final = 0.05
"""Degrees by which points are moved at random, so that no two events share one."""


def measure() -> dict[str, float]:
    """Give seconds of both, medians, their ratio, and the peak memory of ours in MB; both must say the same."""
    package = pipeline.open_package(audience="internal")
    shapes = townships.read_boundaries(POLYGONS, list(package.townships.index))
    with EVENTS.open(encoding="utf-8", newline="") as stream:
        known = np.array([(float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(stream)])
    random = np.random.default_rng(1)
    lon, lat = (known[random.integers(0, len(known), POINTS)] + random.normal(0, SPREAD, (POINTS, 2))).T.copy()

    def ours() -> list[str]:
        prepared = points.areas(shapes)
        return [prepared.pcode(number) for number in prepared.locate(lon, lat)]

    def theirs() -> list[str]:
        table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
        joined = gpd.sjoin(table, shapes.townships, predicate="intersects", how="left")
        found: list[str] = joined["pcode"].fillna("").tolist()
        return found

    our_s, our_answer = _timed(ours)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    their_s, their_answer = _timed(theirs)
    same = float(np.mean(np.array(our_answer) == np.array(their_answer)))
    figures = {"ours_s": our_s, "sjoin_s": their_s, "times_as_fast": their_s / our_s, "peak_mb": peak, "same": same}
    return {name: round(value, 4 if name == "same" else 2) for name, value in figures.items()}


def _timed(act: Callable[[], list[str]]) -> tuple[float, list[str]]:
    taken = []
    answer: list[str] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), answer


if __name__ == "__main__":
    for name, value in measure().items():
        Console().print(f"{name}: {value:g}")
