"""Measure what a reader and an editor wait for, beside the peers: size, first polygons, a switch; and our build.

Prints tables, ours as it is and each peer as so many times ours, and writes outputs/bench.json. One run, one machine.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rich.console import Console  # noqa: E402 -- the folder above must be known first
from rich.table import Table  # noqa: E402 -- the same

from benchmarks import browser, build, large, peers  # noqa: E402 -- the same
from mapper import pipeline  # noqa: E402 -- the same

if TYPE_CHECKING:
    from collections.abc import Mapping

REAL: Final = ROOT.parent / "shared" / "boundaries" / "mimu_adm3_v93.zip"
OURS: Final = "mapper"
SLICES: Final = 60
OUT: Final = ROOT / "outputs" / "bench.json"

Figures = dict[str, float]


def measure_build() -> dict[str, Figures]:
    """Build with schematic boundaries, and with real ones where they lie beside the project."""
    cases = {"schematic": ""} | ({"real polygons": str(REAL)} if REAL.exists() else {})
    found = {}
    for name, boundaries in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            found[name] = build.measure(boundaries, Path(folder))
            found[name] |= browser.size((Path(folder) / "map.html").read_text(encoding="utf-8"))
    found["schematic"]["import_mapper_s"] = build.import_mapper()
    return found


def measure_pages() -> dict[str, Figures]:
    """Measure our page and each peer's, over the same townships and slices."""
    package = pipeline.open_package()
    timeline = pipeline.make_timeline(package)
    boundaries = pipeline.load_boundaries(package, REAL if REAL.exists() else None)
    from mapper.outputs import folium_map  # noqa: PLC0415 -- folium takes a while, and is ours alone here

    html = folium_map.to_html(pipeline.control_map(timeline, boundaries, package))
    ours = peers.Page(html, "document.querySelector('.mc-fills')", peers.MOVE_RANGE)
    land = peers.country(timeline, boundaries, slices=SLICES)
    found = {}
    with browser.chromium() as started:
        for name, page in {OURS: lambda _: ours, **peers.PEERS}.items():
            made = page(land)
            found[name] = browser.size(made.html) | browser.measure(started, made, slices=SLICES)
            Console().print(f"{name}: {found[name]}")
    return found


def measure_large() -> dict[str, Figures]:
    """Measure our page of a made-up country with many polygons, and what its making takes."""
    html, taken = large.timed_page()
    page = peers.Page(html, "document.querySelector('.mc-fills')", peers.MOVE_RANGE)
    with browser.chromium() as started:
        found = browser.size(html) | browser.measure(started, page, slices=SLICES) | taken
    return {f"{OURS}, {large.POLYGONS:,} polygons": found}


def beside(found: Mapping[str, Figures]) -> Table:
    """Give a table of ours as measured and the others as so many times ours."""
    table = Table("figure", *found, title=f"330 townships x {SLICES} slices; peers as so many times ours")
    for name, value in found[OURS].items():
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
    OUT.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    console = Console(width=130)
    console.print(plain("build", results["build"], title=f"Medians of {build.RUNS} runs"))
    console.print(beside(results["pages"]))
    console.print(plain("figure", results["large"], title=f"Made-up country x {SLICES} slices"))
    console.print(f"written to {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
