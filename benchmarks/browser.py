"""Open pages in Chromium without a network, and take the time: until polygons are there, and for each switch."""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import Browser, Error, Route, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers import Page

HERE: Final = Path(__file__).parent
SLOWED: Final = 4
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE_MS: Final = 60_000
REST_FRAMES: Final = 30
"""Half a second, after which any page has come to rest."""

ALONE: Final = (10, 11, 12, 13, 14)
"""The slices stepped to one by one."""

SERVED: Final = {
    re.compile(r"leaflet@[\d.]+/dist/leaflet\.js"): "leaflet/dist/leaflet.js",
    re.compile(r"leaflet@[\d.]+/dist/leaflet\.css"): "leaflet/dist/leaflet.css",
    re.compile(r"d3\.v4"): "d3/build/d3.min.js",
    re.compile(r"timedimension.*\.js"): "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    re.compile(r"timedimension.*\.css"): "leaflet-timedimension/dist/leaflet.timedimension.control.css",
    re.compile(r"iso8601"): "iso8601-js-period/iso8601.js",
    re.compile(r"moment"): "moment/min/moment.min.js",
    re.compile(r"jqueryui"): "jquery-ui/dist/jquery-ui.min.js",
    re.compile(r"jquery[-/][\d./]+(?:jquery\.)?min\.js"): "jquery/dist/jquery.min.js",
}
"""What peers ask other hosts for, out of npm packages; icons and the like they do without."""

OUTLINES: Final = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
LINKS: Final = re.compile(r'(?:src|href)="(https?://[^"]+)"')

WATCH: Final = """(() => {
  const watch = (name, there) => {
    const look = () => {
      let found = false;
      try { found = Boolean(there()); } catch { /* not yet */ }
      if (!found) return requestAnimationFrame(look);
      const painted = new MessageChannel();
      painted.port1.onmessage = () => { window[name] = performance.now(); };
      painted.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  };
  watch("benchDrawn", () => DRAWN);
  watch("benchLive", () => LIVE);
})();"""
"""What a frame finds there is painted at its end; a message sent within it comes right behind that."""

SWITCH: Final = """async ({ step, slices }) => {
  const go = eval(step);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const gaps = [];
  let before = await frame();
  for (const slice of slices) {
    if (slice !== null) go(slice);
    const now = await frame();
    gaps.push(now - before);
    before = now;
  }
  await frame();
  return gaps;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


def measure(browser: Browser, page: Page, *, slices: int, runs: int, slowed_runs: int = 1) -> dict[str, float]:
    """Give milliseconds until polygons are drawn, until a page that shows a picture first is live, and for each switch.

    All of it plain and slowed.

    Each is the median of some runs, each of which opens the page in a context of its own. One that fails to draw
    leaves the others to speak; a page that never draws has no figure.
    """
    found: dict[str, float] = {}
    if not page.drawn:
        return found
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        file.write_text(page.html, encoding="utf-8")
        for rate, suffix, count in ((1, "", runs), (SLOWED, f"_slowed_{SLOWED}x", slowed_runs)):
            taken = [_open(browser, file, page, rate, slices) for _ in range(count)]
            for name in dict.fromkeys(name for run in taken for name in run):
                found[name + suffix] = round(statistics.median(run[name] for run in taken if name in run), 2)
    return found


def size(page: Page) -> dict[str, float]:
    """Give kilobytes of a page, gzip -9, and of what it loads besides, as far as it is known here."""
    links = LINKS.findall(page.html)
    files = {path for pattern, path in SERVED.items() if any(pattern.search(link) for link in links)}
    besides = sum(len(gzip.compress((HERE / "node_modules" / path).read_bytes(), 9)) for path in sorted(files))
    besides += page.besides
    own = {"gzip_kb": round(len(gzip.compress(page.html.encode(), 9)) / 1000, 1)}
    return own | ({"besides_kb": round(besides / 1000, 1)} if besides else {})


def _open(browser: Browser, file: Path, page: Page, rate: int, slices: int) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    context.route(re.compile("^https?://"), _serve)
    context.add_init_script(WATCH.replace("DRAWN", page.drawn).replace("LIVE", page.live or page.drawn))
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    session = context.new_cdp_session(tab)
    # processor time of the thread: what other programs take from it on a busy machine does not count
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    try:
        tab.goto(file.as_uri(), wait_until="load", timeout=PATIENCE_MS)
        tab.wait_for_function("window.benchDrawn && window.benchLive")
        found = {"first_polygons_ms": float(tab.evaluate("window.benchDrawn"))}
        if page.live:
            found["live_ms"] = float(tab.evaluate("window.benchLive"))
        if page.step:
            tab.wait_for_timeout(700)
            found |= _switches(tab, session, page.step, slices)
    except Error:  # it does not draw without what it asks of other hosts: size alone is told
        found = {}
    context.close()
    return found


def _switches(tab: Any, session: Any, step: str, slices: int) -> dict[str, float]:  # noqa: ANN401 -- Playwright's
    """Count the main thread's work, less that of as many idle frames; and the slowest frames.

    ``switch_ms``: for each slice of a run through all of them, a slice a frame. ``alone_ms``: for one step from rest,
    with all that a page leaves until it rests again. ``jump_ms``: from the last slice to the first.
    """
    tab.evaluate(SWITCH, {"step": step, "slices": [0]})
    idle = _work(tab, session, step, [None] * slices)[0]
    work, gaps = _work(tab, session, step, list(range(1, slices)))
    _work(tab, session, step, [None] * REST_FRAMES)
    jump = _work(tab, session, step, [0])[0] - idle / slices
    _work(tab, session, step, [None] * REST_FRAMES)
    steps = [_work(tab, session, step, [number, *[None] * REST_FRAMES])[0] for number in ALONE]
    return {
        "switch_ms": max(0.0, (work - idle) / (slices - 1)),
        "alone_ms": max(0.0, statistics.median(steps) - idle / slices * (1 + REST_FRAMES)),
        "jump_ms": jump,
        "frames_per_second": 1000 / statistics.mean(gaps),
        "slowest_frame_ms": max(gaps),
    }


def _work(tab: Any, session: Any, step: str, slices: list[int | None]) -> tuple[float, list[float]]:  # noqa: ANN401 -- the same
    before = _task_ms(session)
    gaps = tab.evaluate(SWITCH, {"step": step, "slices": slices})
    return _task_ms(session) - before, gaps


def _task_ms(session: Any) -> float:  # noqa: ANN401 -- the same
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def _serve(route: Route) -> None:
    if "cdn.plot.ly" in route.request.url:  # outlines that plotly asks for even where it draws none
        empty = {"type": "GeometryCollection", "geometries": []}
        route.fulfill(json={"type": "Topology", "arcs": [], "objects": dict.fromkeys(OUTLINES, empty)})
        return
    for pattern, path in SERVED.items():
        if pattern.search(route.request.url):
            route.fulfill(path=HERE / "node_modules" / path)
            return
    route.abort()
