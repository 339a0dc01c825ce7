"""Measure what a reader and an editor wait for: the build, its memory, the page's size, its first paint, a switch.

Prints a table and writes outputs/bench.json. Every figure is the median of several runs in processes of their own.
"""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "boundaries" / "mimu_adm3_v93.zip"
RUNS = 5
SLOWED = 4
SWITCHES = 60

BUILD = """
import json, resource, sys, time
start = time.perf_counter()
from mapper import pipeline
import pandera.pandas
imported = time.perf_counter()
pipeline.build(boundaries=sys.argv[1] or None, out=sys.argv[2])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"import_s": imported - start, "build_s": time.perf_counter() - imported, "peak_mb": peak}))
"""


def measure_build(boundaries: str, out: Path) -> dict[str, float]:
    """Build a few times; seconds of import, seconds after it, peak memory in MB."""
    runs = []
    for _ in range(RUNS):
        command = [sys.executable, "-c", BUILD, boundaries, str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def measure_import() -> float:
    """Seconds of `import mapper` alone."""
    code = "import time; t = time.perf_counter(); import mapper; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(RUNS)]
    return statistics.median(float(run.stdout) for run in runs)


def measure_page(page: Path) -> dict[str, float]:
    """Open the page in Chromium, as it is and with the processor slowed; milliseconds, medians."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only here

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return {}
    found: dict[str, float] = {}
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=arguments)
        for rate, suffix in ((1, ""), (SLOWED, f"_slowed_{SLOWED}x")):
            runs = [_open(browser, page, rate) for _ in range(RUNS)]
            for name in runs[0]:
                found[name + suffix] = statistics.median(run[name] for run in runs)
        browser.close()
    return found


def _open(browser: Any, page: Path, rate: int) -> dict[str, float]:  # noqa: ANN401 -- Playwright's
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    tab.goto(page.as_uri())
    tab.wait_for_function("performance.getEntriesByType('paint').some(e => e.name === 'first-contentful-paint')")
    paint = tab.evaluate(
        "performance.getEntriesByType('paint').find(e => e.name === 'first-contentful-paint').startTime"
    )
    slider = tab.locator("input[type=range]").first
    slider.focus()
    slider.press("Home")
    before = _task_seconds(session)
    for _ in range(SWITCHES):
        slider.press("ArrowRight")
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    spent = _task_seconds(session) - before
    context.close()
    return {"first_paint_ms": paint, "switch_ms": 1000 * spent / SWITCHES}


def _task_seconds(session: Any) -> float:  # noqa: ANN401 -- Playwright's
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def measure() -> Iterator[tuple[str, dict[str, float]]]:
    """Go through the cases: schematic boundaries, and real ones where they lie beside the project."""
    cases = {"schematic": ""} | ({"real polygons": str(REAL)} if REAL.exists() else {})
    for name, boundaries in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            figures = measure_build(boundaries, Path(folder))
            page = Path(folder) / "map.html"
            content = page.read_bytes()
            figures["page_kb"] = len(content) / 1000
            figures["page_gzip_kb"] = len(gzip.compress(content, 9)) / 1000
            yield name, figures | measure_page(page)


def main() -> None:
    """Measure, print and write."""
    results = dict(measure())
    for figures in results.values():
        figures["import_mapper_s"] = measure_import()
    names = list(dict.fromkeys(name for figures in results.values() for name in figures))
    table = Table("figure", *results, title=f"Medians of {RUNS} runs")
    for name in names:
        table.add_row(name, *(f"{figures[name]:.2f}" if name in figures else "-" for figures in results.values()))
    Console(width=100).print(table)
    out = ROOT / "outputs" / "bench.json"
    out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    Console().print(f"written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
