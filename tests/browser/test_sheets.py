"""The canvases of the map: what is painted in haste is as what is painted with care, once the slice rests."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import pixels
from mapper import pipeline
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from seen import Seen

pytestmark = pytest.mark.browser

APP = "const app = Object.values(MapperControl.apps)[0];"
PICTURES = pixels.reading("""() => Object.fromEntries(
  [...document.querySelectorAll(".mc-layer canvas")].map((canvas) => {
    const { data } = copied(canvas).getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum = (31 * sum + data[i]) % 4294967291;
    return [canvas.className, sum];
  }))""")
FILLS = """() => { const canvas = document.querySelector(".mc-layer .mc-fills");
  return [...new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)]; }"""
FAR = f"() => {{ {APP} app.map.setZoom(3, {{ animate: false }}); app.set({{ slice: 0 }}); app.layer.repaint(); }}"
THROUGH = f"() => {{ {APP} for (const slice of [2, 9, 4, 14, 0, 7]) app.set({{ slice }}); }}"
RESTS = f"() => {{ {APP} app.rest(); app.layer.tidy(); }}"
AFRESH = f"() => {{ {APP} app.layer.repaint(); }}"
COPIED = f"""() => {{ {APP}
  return app.layer._sheets.map(({{ name, canvas }}) => [name, canvas.getContext("2d") === null]); }}"""
RUN = f"""async () => {{ {APP}
  for (let i = 0; i < 40; i++) {{
    app.set({{ slice: i % app.data.dates.length }});
    await new Promise((done) => requestAnimationFrame(done));
  }} }}"""
PACE_US = 50_000
"""Half of the pace, in microseconds: a frame may come early or late."""

LAYOUTS = ["devtools.timeline", "disabled-by-default-devtools.timeline"]


TWIN = f"""() => {{ {APP} app.set({{ since: 2, slice: 5, split: 50, by: "holder" }});
  for (const slice of [9, 4, 14, 7]) app.set({{ slice, since: slice - 3 }}); app.rest(); }}"""
WORST = f"""() => {{ {APP}
  const read = () => [...document.querySelectorAll(".mc-fills")].map((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data);
  const rested = read();
  app.map.eachLayer((one) => one.repaint && one.repaint());
  return read().map((data, k) => data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - rested[k][i])), 0));
}}"""
"""How far a colour of each map is from what it is painted afresh, of 255."""


def off(one: int, two: int) -> int:
    """Tell how far two colours are apart, each 32 bits."""
    return sum(abs((one >> bits & 255) - (two >> bits & 255)) for bits in (0, 8, 16, 24))


@pytest.fixture(scope="module")
def townships() -> str:
    """Give the embedded country's page: its 330 townships are small from far away."""
    package = pipeline.open_package()
    made = folium_map.control_map(pipeline.make_timeline(package), pipeline.load_boundaries(package), package)
    return folium_map.to_html(made)


def test_what_is_painted_over_looks_as_if_painted_afresh_once_the_slice_rests(
    html: str, look: Callable[..., Seen]
) -> None:
    page = look(html).page
    before = page.evaluate(PICTURES)
    page.evaluate(THROUGH)
    page.evaluate(RESTS)
    rested = page.evaluate(PICTURES)
    assert rested["mc-fills"] != before["mc-fills"]
    page.evaluate(AFRESH)
    assert page.evaluate(PICTURES) == rested


def test_both_maps_of_a_comparison_are_tidied_when_the_slice_rests(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    page.evaluate(TWIN)
    worst = page.evaluate(WORST)
    assert len(worst) == 2
    assert max(worst) < 10, "a rounding at the rim of what was wiped, and no colour of another slice"


def test_many_small_ones_are_boxes_while_time_moves_and_shapes_once_it_rests(
    townships: str, look: Callable[..., Seen]
) -> None:
    page = look(townships).page
    page.evaluate(FAR)
    before = page.evaluate(FILLS)
    page.evaluate(f"() => {{ {APP} app.set({{ slice: app.data.dates.length - 1 }}); }}")
    haste = page.evaluate(FILLS)
    page.evaluate(RESTS)
    rested = page.evaluate(FILLS)
    page.evaluate(AFRESH)
    assert page.evaluate(FILLS) == rested
    changed = [i for i, one in enumerate(rested) if one != before[i]]
    right = sum(off(haste[i], rested[i]) < off(haste[i], before[i]) for i in changed)
    assert len(changed) > 100
    assert right > 0.8 * len(changed), "most of what changes is nearer to what it will be than to what it was"
    assert haste != rested, "the test would not see boxes otherwise"


def test_what_seldom_changes_is_a_picture_that_no_step_in_time_copies(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    still = dict(page.evaluate(COPIED))
    assert still == {"ground": True, "fills": False, "lines": True, "marks": False, "names": True}
    assert page.evaluate(
        "[...document.querySelectorAll('.mc-swatch, .mc-shares canvas')].every((one) => one.getContext('2d') === null)"
    )


def test_a_browser_without_such_pictures_shows_the_same(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html, script="delete window.OffscreenCanvas")
    assert not any(dict(seen.page.evaluate(COPIED)).values())
    seen.page.evaluate(AFRESH)
    there = seen.page.evaluate(PICTURES)
    other = look(html).page
    other.evaluate(AFRESH)
    assert other.evaluate(PICTURES) == there
    assert seen.complaints == []


def test_while_a_reader_runs_through_time_only_slider_and_date_are_laid_out(
    html: str, look: Callable[..., Seen], browser: Browser
) -> None:
    page = look(html).page
    page.wait_for_selector(".mc-ready")
    browser.start_tracing(page=page, categories=LAYOUTS)
    page.evaluate(RUN)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    layouts = {event["ts"]: event["args"]["beginData"] for event in events if event["name"] == "Layout"}
    alone = [one for one in layouts.values() if one["partialLayout"]]
    assert alone, f"all of the page was laid out at each of {len(layouts)} steps"
    assert all(one["totalObjects"] < 20 for one in alone)
    whole = sorted(at for at, one in layouts.items() if not one["partialLayout"])
    assert all(later - earlier > PACE_US for earlier, later in pairwise(whole[1:])), "the rest keeps its pace"
