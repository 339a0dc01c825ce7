"""Insets: townships too small to see have a map of their own, where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import checkered
import made
import pixels
from mapper import timeline
from mapper.outputs import folium_map, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from seen import Seen

pytestmark = pytest.mark.browser

COLOUR = pixels.reading("""() => { const canvas = document.querySelector('.mc-inset canvas');
    const { data } = copied(canvas).getImageData(0.2 * canvas.width, 0.4 * canvas.height, 1, 1);
    return '#' + [...data.slice(0, 3)].map(c => c.toString(16).padStart(2, '0')).join('').toUpperCase(); }""")
SPOIL = """() => { const canvas = document.querySelector('.mc-inset canvas');
    const green = new OffscreenCanvas(canvas.width, canvas.height); const ctx = green.getContext('2d');
    ctx.fillStyle = '#00FF00'; ctx.fillRect(0, 0, green.width, green.height);
    canvas.getContext('bitmaprenderer').transferFromImageBitmap(green.transferToImageBitmap()); }"""
FRAMES = """() => {
    let frames = 0;
    for (const paint of Object.values(MapperControl.apps)[0].drawn.above) paint({strokeRect: () => frames++}, {a: 1});
    return frames;
}"""
ZOOM = "() => Object.values(MapperControl.apps)[0].map.getZoom()"
LEFT, MIDDLE = (20, 50), (54, 50)


@pytest.fixture(scope="module")
def island() -> str:
    """Give a page where reports speak of the island from May 2023 on, and of one township inland from May 2022 on."""
    package = checkered.package()
    reports = [
        made.report("2022-05-10", "eao", pcode=checkered.PCODES[20]),
        *(made.report("2023-05-10", "junta", pcode=code, report_id=code) for code in checkered.PCODES[:6]),
    ]
    dates = checkered.slices(package).dates
    slices = timeline.timeline(package.townships.index, reports, dates, options=package.options)
    return folium_map.to_html(folium_map.control_map(slices, checkered.clustered(), package))


def box(page: Page, name: str) -> tuple[float, float, float, float]:
    found = page.locator(name).bounding_box()
    assert found, name
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def apart(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[2] <= two[0] + 0.5 or two[2] <= one[0] + 0.5 or one[3] <= two[1] + 0.5 or two[3] <= one[1] + 0.5


def test_it_stands_bottom_left_with_its_name_and_is_outlined_on_the_map(island: str, look: Callable[..., Seen]) -> None:
    seen = look(island, width=1600)
    page = seen.page
    stage, inset = box(page, ".mc-stage"), box(page, ".mc-inset")
    assert inset[0] - stage[0] < 20
    assert inset[1] > (stage[1] + stage[3]) / 2
    assert apart(inset, box(page, ".mc-notice"))
    assert page.locator(".mc-inset").inner_text() == "South"
    assert page.get_by_role("button", name="South: Zoom in").is_visible()
    assert page.evaluate(FRAMES) == 1
    page.select_option(".mc-languages select", "my")
    burmese = words.load("my")
    assert page.locator(".mc-inset").inner_text() == burmese.places["MMR012"]
    assert page.locator(".mc-inset-name").get_attribute("aria-label").endswith(burmese.say("map.zoom_in"))
    assert seen.complaints == []


def test_a_package_without_small_townships_has_none(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    assert page.locator(".mc-inset").count() == 0
    assert page.evaluate(FRAMES) == 0


def test_a_click_on_a_township_in_it_selects_it(island: str, look: Callable[..., Seen]) -> None:
    page = look(island, width=1600).page
    before = page.evaluate(ZOOM)
    page.locator(".mc-inset canvas").click(position={"x": MIDDLE[0], "y": MIDDLE[1]})
    assert page.locator(".mc-card h2").inner_text() in {"Town 2", "Town 5"}
    assert page.evaluate(ZOOM) == before
    page.locator(".mc-inset canvas").click(position={"x": LEFT[0], "y": LEFT[1]})
    assert page.locator(".mc-card h2").inner_text() in {"Town 1", "Town 4"}


@pytest.mark.parametrize("key", ["Enter", " ", ""])
def test_its_name_leads_the_map_there_and_it_goes_until_it_is_of_use_again(
    island: str, look: Callable[..., Seen], key: str
) -> None:
    page = look(island, width=1600).page
    before = page.evaluate(ZOOM)
    button = page.locator(".mc-inset-name")
    if key:
        button.press(key)
    else:
        button.click()
    assert page.evaluate(ZOOM) > before + 3
    shown = page.evaluate("() => Object.values(MapperControl.apps)[0].map.getBounds().contains(L.latLng(21.02, 97.03))")
    assert shown
    assert button.is_hidden()
    assert page.evaluate(FRAMES) == 0
    assert page.evaluate("document.activeElement.classList.contains('leaflet-container')"), "the focus is not lost"
    page.get_by_role("button", name="Show the whole country").click()
    assert button.is_visible()
    assert page.evaluate(FRAMES) == 1


def test_it_follows_the_slice_and_is_painted_only_where_one_of_its_townships_differs(
    island: str, look: Callable[..., Seen]
) -> None:
    seen = look(island, width=1600)
    page = seen.page
    assert page.evaluate(COLOUR) == "#9E2F2A"
    seen.go_to(8)
    assert page.evaluate(COLOUR) == "#F6E0D8"
    page.evaluate(SPOIL)
    seen.go_to(4)
    assert page.evaluate(COLOUR) == "#00FF00", "only a township inland differs"
    seen.go_to(12)
    assert page.evaluate(COLOUR) == "#9E2F2A"


def test_it_is_dark_where_the_page_is(island: str, look: Callable[..., Seen]) -> None:
    page = look(island, width=1600).page
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(COLOUR) == "#D8645C"


@pytest.mark.parametrize("lang", ["en", "my"])
@pytest.mark.parametrize("size", [(390, 844), (360, 740), (600, 500)], ids=str)
def test_without_room_its_name_is_a_button_of_the_zoom(
    island: str, look: Callable[..., Seen], size: tuple[int, int], lang: str
) -> None:
    page = look(island, width=size[0], height=size[1]).page
    page.select_option(".mc-languages select", lang)
    assert page.locator(".mc-inset canvas").is_hidden()
    assert page.evaluate(FRAMES) == 0
    zoom, name = box(page, ".mc-zoom"), box(page, ".mc-inset-name")
    assert zoom[0] - 0.5 <= name[0]
    assert name[2] <= size[0]
    assert name[3] <= box(page, ".mc-stage")[3]
    before = page.evaluate(ZOOM)
    page.locator(".mc-inset-name").click()
    assert page.evaluate(ZOOM) > before + 3


def test_it_makes_way_where_the_country_comes_to_lie_beneath_it(island: str, look: Callable[..., Seen]) -> None:
    page = look(island, width=1600).page
    page.evaluate(
        "() => { const { map } = Object.values(MapperControl.apps)[0]; map.panBy([300, -100], { animate: false }); }"
    )
    assert page.locator(".mc-inset canvas").is_hidden()
    assert page.locator(".mc-zoom .mc-inset-name").is_visible()
