"""The first picture: title and map stand where the page's own script will draw them, before it has done anything."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pytest

import checkered
import hostile
from mapper.outputs import folium_map, style, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

    Frozen = Callable[..., Page]

pytestmark = pytest.mark.browser

LAST_SCRIPT = re.compile(r"<script>(?:(?!<script>).)*</script>\s*</body>", re.DOTALL)
"""What sets the map up: without it the page stays at its first picture."""

TOUCHED = {"is_mobile": True, "has_touch": True}
PLACES = """() => { const box = (what) => {
    const { x, y, width, height } = document.querySelector(what).getBoundingClientRect();
    return [x, y, width, height]; };
  return [".mc-title", ".mc-deck", ".mc-stage", ".mc-time", ".mc-foot"].map(box); }"""
COUNTRY = """() => { const app = Object.values(MapperControl.apps)[0];
  const { x, y } = app.parts.stage.getBoundingClientRect();
  const [[south, west], [north, east]] = app.data.bounds;
  const [a, b] = [[north, west], [south, east]].map((one) => app.map.latLngToContainerPoint(one));
  return [x + a.x, y + 1 + a.y, b.x - a.x, b.y - a.y]; }"""
PICTURE = """() => { const svg = document.querySelector(".mc-picture"); const { a, d, e, f } = svg.getScreenCTM();
  const { width, height } = svg.viewBox.baseVal; return [e, f, a * width, d * height]; }"""
ORDER = """() => {
  const seen = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  return [window.foundFirst, seen, window.begun];
}"""
NOTE = """(() => {
  window.foundFirst = false;
  const look = () => {
    if (document.querySelector(".mc-picture path")) window.foundFirst = true;
    if (document.querySelector(".mc-fills")) window.begun = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();"""


@pytest.fixture
def frozen(browser: Browser, tmp_path: Path) -> Iterator[Frozen]:
    """Open a page that stays at its first picture."""
    contexts = []

    def open_page(text: str, *, fragment: str = "", **options: Any) -> Page:  # noqa: ANN401 -- Playwright's
        file = tmp_path / "frozen.html"
        file.write_text(LAST_SCRIPT.sub("</body>", text), encoding="utf-8")
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(file.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def lean_html(slices: Timeline, country: Package) -> str:
    made = folium_map.control_map(slices, checkered.boundaries(), country, lean=True, whole_page="index.html")
    return folium_map.to_html(made)


@pytest.mark.parametrize("form", ["whole", "lean"])
@pytest.mark.parametrize(
    ("width", "height", "options"),
    [(1280, 900, {}), (390, 844, {}), (600, 500, {}), (1024, 768, TOUCHED), (360, 740, TOUCHED)],
)
def test_the_script_draws_the_map_where_the_first_picture_had_it(
    html: str,
    lean_html: str,
    look: Callable[..., Seen],
    frozen: Frozen,
    *,
    width: int,
    height: int,
    options: dict[str, bool],
    form: str,
) -> None:
    text = {"whole": html, "lean": lean_html}[form]
    first = frozen(text, viewport={"width": width, "height": height}, **options)
    live = look(text, width=width, height=height, **options).page
    for one, two in zip(first.evaluate(PLACES)[:3], live.evaluate(PLACES)[:3], strict=True):
        assert one == pytest.approx(two, abs=1.5)
    assert first.evaluate(PICTURE) == pytest.approx(live.evaluate(COUNTRY), abs=2)


def test_it_is_seen_before_the_map_is_made(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html, script=NOTE)
    found, painted, begun = seen.page.evaluate(ORDER)
    assert found
    assert painted <= begun
    assert seen.page.locator(".mc-still").count() == 0
    assert seen.page.locator("[role=main]").count() == 1
    assert seen.complaints == []


def test_by_night_it_has_the_colours_of_the_night(html: str, frozen: Frozen) -> None:
    day = {path.get_attribute("fill") for path in frozen(html).locator(".mc-picture g path").all()}
    night = {
        path.get_attribute("fill") for path in frozen(html, color_scheme="dark").locator(".mc-picture g path").all()
    }
    fills = style.palette(night=True)["fills"]
    assert night - {"url(#mc-hatch)"} <= set(fills.values())
    assert day != night


def test_a_link_to_another_view_waits_for_that_view(html: str, frozen: Frozen) -> None:
    assert frozen(html, fragment="#d=2023-01-31").locator(".mc-still").count() == 0


def test_texts_of_a_package_are_text_in_it(slices: Timeline, frozen: Frozen) -> None:
    for text in hostile.TEXTS:
        package = dataclasses.replace(checkered.package(), title=text, licence=text)
        page = frozen(folium_map.to_html(folium_map.control_map(slices, checkered.boundaries(), package)))
        shown = page.locator(".mc-still .mc-foot").text_content()
        assert re.split("[^\\w{}<>`-]", text.lstrip("\u202e"))[0][:100] in shown
        assert "49" not in shown.replace("{{ 7*7 }}", "")
        assert page.locator(".mc-still img, .mc-still script").count() == 0
        assert page.evaluate("window.hacked") is None


def test_it_is_in_the_language_that_the_page_opens_in(slices: Timeline, country: Package, frozen: Frozen) -> None:
    made = folium_map.control_map(slices, checkered.boundaries(), country, lang="my")
    page = frozen(folium_map.to_html(made))
    assert page.locator("main.mc-still").get_attribute("lang") == "my"
    assert words.load("my").date(slices.dates[-1]) in page.locator("h1").inner_text()
