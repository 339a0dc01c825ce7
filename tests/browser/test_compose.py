"""The control map as one layer among others: with tiles, in a layer control, two on a page, taken off again."""

from __future__ import annotations

import datetime as dt
import html as entities
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import pytest
from branca.element import Figure

import checkered
import mapper
import pixels
from mapper.outputs import folium_map, slider
from seen import Seen, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Route

    from mapper.tables import Package
    from mapper.timeline import Timeline

pytestmark = pytest.mark.browser
LEAFLET = Path(__file__).resolve().parents[2] / "node_modules" / "leaflet" / "dist"
PIXEL = bytes.fromhex("47494638396101000100800000336699ffffff2c00000000010001000002024401003b")
"""A tile of one blue pixel, as GIF."""

COUNT_LISTENERS = """
window.heard = new Map();
for (const [name, step] of [["addEventListener", 1], ["removeEventListener", -1]]) {
  for (const target of [window, document, Element.prototype, MediaQueryList.prototype]) {
    const own = target[name];
    target[name] = function (type, ...rest) {
      const kept = this === window || this === document || (this.classList && this.classList.contains("folium-map"));
      if (kept) window.heard.set(type, (window.heard.get(type) || 0) + step);
      return own.call(this, type, ...rest);
    };
  }
}
"""
JQUERY = """window.$ = (text) => {
  const made = document.createElement("template");
  made.innerHTML = text;
  return made.content.children;
};"""
"""As much of jQuery as Folium's popups ask for."""

HEARD = """() => {
  const map = Object.values(window).find((one) => one instanceof L.Map);
  const own = Object.entries(map._events).map(([type, found]) => [type, found.length]).filter(([, n]) => n);
  return JSON.stringify([own.sort(), [...window.heard].filter(([, n]) => n).sort()]);
}"""


@pytest.fixture
def online(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    """Open a page that asks for Leaflet and tiles; these it gets from here, and nothing else from anywhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    context.add_init_script(COUNT_LISTENERS)

    def serve(route: Route) -> None:
        url = route.request.url
        if url.startswith("file:"):
            route.continue_()
        elif "leaflet@" in url:
            route.fulfill(path=LEAFLET / url.partition("/dist/")[2])
        elif "tile" in url:
            route.fulfill(body=PIXEL, content_type="image/gif")
        elif "jquery" in url:
            route.fulfill(body=JQUERY, content_type="text/javascript")
        else:
            route.fulfill(body="", content_type="text/css" if url.endswith(".css") else "text/javascript")

    context.route("**/*", serve)

    def open_page(text: str, *, wait: str = ".mc-fills") -> Seen:
        file = tmp_path / "composed.html"
        file.write_text(text, encoding="utf-8")
        seen = Seen(context.new_page())
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.goto(file.as_uri())
        seen.page.wait_for_selector(wait, state="attached")
        return seen

    yield open_page
    context.close()


@pytest.fixture
def layer(country: Package, slices: Timeline) -> Callable[..., slider.ControlTimeline]:
    def make(**options: Any) -> slider.ControlTimeline:  # noqa: ANN401 -- any of the options
        return mapper.ControlTimeline(slices, checkered.boundaries(), country, **options)

    return make


def tiled(**options: Any) -> folium.Map:  # noqa: ANN401 -- as folium's
    return folium.Map(location=(19, 95), zoom_start=6, **options)


def colour(seen: Seen, sheet: str, dx: int = 0) -> list[int]:
    """Give the colour of a canvas near the middle of the map, as red, green, blue, alpha from 0 to 255."""
    return seen.page.evaluate(
        pixels.reading("""([sheet, dx]) => {
          const canvas = document.querySelector(".mc-" + sheet);
          const x = Math.round(canvas.width / 2) + dx;
          return Array.from(copied(canvas).getImageData(x, Math.round(canvas.height / 2), 1, 1).data);
        }"""),
        [sheet, dx],
    )


def test_it_stands_on_a_map_with_tiles_which_show_through(
    layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    base = tiled()
    layer(opacity=0.6).add_to(base)
    seen = online(folium_map.to_html(base))
    assert seen.page.locator("img.leaflet-tile").count() > 0
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.mc-fills')).opacity") == "0.6"
    assert seen.page.locator(".mc-ground").is_hidden()
    assert seen.page.locator(".leaflet-control-zoom").is_visible()
    assert seen.page.locator(".mc-zoom").is_hidden(), "one set of zoom buttons is enough"
    assert "OpenStreetMap" in seen.page.locator(".leaflet-control-attribution").text_content()
    assert colour(seen, "fills", 20)[3] == 255
    assert seen.complaints == []


def test_other_layers_of_the_map_still_work(
    layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    base = tiled()
    square = {"type": "Polygon", "coordinates": [[[95, 19], [95.4, 19], [95.4, 19.4], [95, 19.4], [95, 19]]]}
    folium.GeoJson({"type": "Feature", "properties": {}, "geometry": square}, popup=folium.Popup("shape")).add_to(base)
    layer().add_to(base)
    folium.Marker((18.3, 94.3), popup="a mark").add_to(base)
    seen = online(folium_map.to_html(base))
    assert seen.page.locator("path.leaflet-interactive").count() == 1
    marker = seen.page.locator("img.leaflet-marker-icon")
    marker.click(force=True)
    assert seen.page.locator(".leaflet-popup").text_content().startswith("a mark")
    shape = seen.page.locator("path.leaflet-interactive").bounding_box()
    seen.page.mouse.click(shape["x"] + shape["width"] / 2, shape["y"] + shape["height"] / 2)
    seen.page.locator(".leaflet-popup", has_text="shape").wait_for()
    assert seen.complaints == []


def test_a_layer_control_takes_it_off_and_puts_it_back_as_it_was(
    layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    base = tiled()
    layer(name="Who holds <b>{{ 7*7 }}</b>").add_to(base)
    folium.LayerControl(collapsed=False).add_to(base)
    seen = online(folium_map.to_html(base))
    box = seen.page.locator(".leaflet-control-layers-overlays input")
    name = seen.page.locator(".leaflet-control-layers-overlays label").text_content()
    assert name.strip() == "Who holds <b>{{ 7*7 }}</b>"
    seen.go_to(3)
    assert box.is_checked()
    box.click()
    assert seen.page.locator(".mc").count() == 0
    assert seen.page.locator(".folium-map").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 900}
    box.click()
    assert seen.page.locator(".mc").count() == 1
    assert seen.page.locator(".mc input[type=range]").first.input_value() == "3"
    assert seen.complaints == []


def test_a_map_that_loses_it_is_as_it_was_before(
    layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    base = tiled(max_bounds=True)
    layer(show=False).add_to(base)
    folium.LayerControl(collapsed=False).add_to(base)
    seen = online(folium_map.to_html(base), wait=".leaflet-control-layers-overlays input")
    page = seen.page
    box = page.locator(".leaflet-control-layers-overlays input")
    markup = "() => document.querySelector('.folium-map').cloneNode().outerHTML"
    box.click()  # Leaflet itself keeps what a first canvas or click made it hear
    box.click()
    before = page.evaluate(HEARD), page.evaluate(markup)
    for _ in range(3):
        box.click()
        assert page.locator(".mc-fills").count() == 1
        page.locator(".mc-play").click()
        box.click()
    assert (page.evaluate(HEARD), page.evaluate(markup)) == before
    assert page.locator("[class^=mc]").count() == 0
    assert page.evaluate("Object.keys(MapperControl.apps)") == []
    assert seen.complaints == []


def test_two_timelines_on_one_page_know_nothing_of_each_other(
    country: Package, layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    figure = Figure()
    earlier = checkered.slices(country, last=dt.date(2022, 6, 30))
    for number, made in enumerate(
        (layer(), mapper.ControlTimeline(earlier, checkered.boundaries(), country, lang="my"))
    ):
        base = folium.Map(tiles=None, height="50%", location=(19, 95 + number))
        base.add_to(figure)
        made.add_to(base)
    seen = online(figure.render())
    pages = [seen.page.locator(".mc").nth(number) for number in range(2)]
    sliders = [one.locator("input[type=range]").first for one in pages]
    assert [one.input_value() for one in sliders] == ["14", "6"]
    sliders[1].fill("2")
    assert [one.input_value() for one in sliders] == ["14", "2"]
    choose(pages[0], "Town 1")
    assert [one.locator(".mc-card").is_visible() for one in pages] == [True, False]
    assert [one.get_attribute("lang") for one in pages] == ["en", "my"]
    assert "2024" in pages[0].locator("h1").text_content()
    assert "၂၀၂၁" in pages[1].locator("h1").text_content()
    ids = seen.page.evaluate("Array.from(document.querySelectorAll('[id]'), (one) => one.id)")
    assert len(ids) == len(set(ids))
    assert seen.complaints == []


def test_a_notebook_shows_it_on_a_map_with_tiles(
    layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    base = tiled()
    layer().add_to(base)
    (inner,) = re.findall(r'srcdoc="([^"]*)"', base._repr_html_())
    assert "{{" not in entities.unescape(inner).split("application/json")[1].split("</script>")[0]
    frame = f'<!DOCTYPE html><iframe width="1100" height="800" srcdoc="{inner}"></iframe>'
    seen = online(frame, wait="iframe")
    inside = seen.page.frames[1]
    inside.wait_for_selector(".mc-fills")
    inside.locator(".mc input[type=range]").first.fill("2")
    assert "2021" in inside.locator(".mc-title").text_content()
    assert seen.complaints == []


def test_it_opens_on_the_date_and_in_the_place_asked_for(
    layer: Callable[..., slider.ControlTimeline], online: Callable[..., Seen]
) -> None:
    base = tiled(tiles=None)
    layer(on=dt.date(2022, 2, 1), fit=False).add_to(base)
    seen = online(folium_map.to_html(base))
    assert seen.page.locator(".mc input[type=range]").first.get_attribute("aria-valuetext") == "31 December 2021"
    zoom = seen.page.evaluate("() => Object.values(window).find((one) => one instanceof L.Map).getZoom()")
    assert zoom == 6
    assert seen.page.locator(".mc-ground").is_visible(), "without tiles the ground is drawn"


def test_a_lean_one_beside_a_whole_one_shows_all_that_it_has(
    layer: Callable[..., mapper.ControlTimeline], online: Callable[[str], Seen]
) -> None:
    figure = Figure()
    for number, lean in enumerate((True, False)):
        base = folium.Map(tiles=None, height="50%", location=(19, 95 + number))
        base.add_to(figure)
        layer(lean=lean).add_to(base)
    seen = online(figure.render())
    pages = [seen.page.locator(".mc").nth(number) for number in range(2)]
    assert [one.locator(".mc-combo").count() for one in pages] == [0, 1]
    assert [one.locator(".mc-elsewhere").count() for one in pages] == [1, 0]
    assert seen.complaints == []
