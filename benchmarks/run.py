"""Measure what a reader and an editor wait for, beside the peers: size, first polygons, a switch; and our build.

Prints tables, ours as it is and each peer as so many times ours, and writes outputs/bench.json. One run, one machine.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rich.console import Console  # noqa: E402 -- the folder above must be known first
from rich.table import Table  # noqa: E402 -- the same

from benchmarks import browser, build, large, ours, peers, points  # noqa: E402 -- the same
from mapper import pipeline  # noqa: E402 -- the same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser

    from benchmarks.peers import Page

REAL: Final = ROOT.parent / "shared" / "boundaries" / "mimu_adm3_v93.zip"
SLICES: Final = 60
RUNS: Final = 5
"""Of each page of ours; medians are told."""

PEER_RUNS: Final = 3
OUT: Final = ROOT / "outputs" / "bench.json"

Figures = dict[str, float]


def measure_build() -> dict[str, Figures]:
    """Build with schematic boundaries, and with real ones where they lie beside the project."""
    cases = {"schematic": ""} | ({"real polygons": str(REAL)} if REAL.exists() else {})
    found = {}
    for name, boundaries in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            found[name] = build.measure(boundaries, Path(folder))
            html = (Path(folder) / "map.html").read_text(encoding="utf-8")
            found[name] |= browser.size(peers.Page(html, "", ""))
    found["schematic"]["import_mapper_s"] = build.import_mapper()
    return found


def measure_pages() -> dict[str, Figures]:
    """Measure our pages and each peer's, over the same townships and slices."""
    package = pipeline.open_package()
    timeline = pipeline.make_timeline(package)
    own_eyes = pipeline.open_package(audience="internal")  # the shapes are MIMU's
    boundaries = pipeline.load_boundaries(own_eyes, REAL if REAL.exists() else None, cached=False)
    land = peers.country(timeline, boundaries, slices=SLICES)
    found = {}
    with browser.chromium() as started:
        for name, make in ours.PAGES.items():
            page = make(timeline, boundaries, package)
            found[name] = _measure(started, name, page, runs=RUNS, slowed_runs=RUNS)
        for name, make_peer in peers.PEERS.items():
            found[name] = _measure(started, name, make_peer(land), runs=PEER_RUNS)
    return found


def measure_large() -> dict[str, Figures]:
    """Measure our pages of a made-up country with many polygons, and the processor time that their making takes."""
    package, boundaries = large.package(), large.boundaries()
    before = time.process_time()
    timeline = large.timeline(package)
    resolved = {"timeline_s": round(time.process_time() - before, 2)}
    found = {}
    with browser.chromium() as started:
        for name, make in ours.PAGES.items():
            before = time.process_time()
            page = make(timeline, boundaries, package)
            taken = resolved | {"page_s": round(time.process_time() - before, 2)}
            full = f"{name}, {large.POLYGONS:,} polygons"
            found[full] = _measure(started, full, page, runs=RUNS) | taken
    return found


def _measure(started: Browser, name: str, page: Page, *, runs: int, slowed_runs: int = 1) -> Figures:
    found = browser.size(page) | browser.measure(started, page, slices=SLICES, runs=runs, slowed_runs=slowed_runs)
    Console().print(f"{name}: {found}")
    return found


def beside(found: Mapping[str, Figures]) -> Table:
    """Give a table of ours as measured and the others as so many times ours."""
    table = Table("figure", *found, title=f"330 townships x {SLICES} slices; peers as so many times ours")
    first = next(iter(ours.PAGES))
    for name, value in found[first].items():
        row = [f"{figures[name] / value:.1f} x" if name in figures and value else "-" for figures in found.values()]
        table.add_row(name, f"{value:g}", *row[1:])
    return table


def plain(corner: str, found: Mapping[str, Figures], *, title: str) -> Table:
    """Give a table of figures as measured."""
    table = Table(corner, *found, title=title)
    for name in dict.fromkeys(name for figures in found.values() for name in figures):
        table.add_row(name, *(f"{figures[name]:g}" if name in figures else "-" for figures in found.values()))
    return table


def main() -> None:
    """Measure, print and write."""
    results = {"build": measure_build(), "pages": measure_pages(), "large": measure_large()}
    if points.POLYGONS.exists():
        results["points"] = {f"{points.POINTS:,} points": points.measure()}
    OUT.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    console = Console(width=170)
    console.print(plain("build", results["build"], title=f"Medians of {build.RUNS} runs"))
    console.print(beside(results["pages"]))
    console.print(plain("figure", results["large"], title=f"Made-up country x {SLICES} slices"))
    if "points" in results:
        console.print(
            plain("figure", results["points"], title="Points into 330 real townships, beside geopandas.sjoin")
        )
    console.print(f"written to {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
