"""Layers: what the reader turns on and off is drawn or not, stands in the address, and is told in the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import checkered
import pixels
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from seen import Seen

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}
APP = "const app = Object.values(MapperControl.apps)[0];"
LABELS = (
    APP
    + """ const M = MapperControl; const place = M.placeLabels; let kept = [];
    M.placeLabels = (...all) => (kept = place(...all)); app.layer.paint(["names"], true); M.placeLabels = place;
    kept.map(({label, lines}) => [label.kind, lines.join(" ")])"""
)
INK = pixels.reading("""number => {
    const app = Object.values(MapperControl.apps)[0];
    const sheet = app.layer._sheets.find(({name}) => name === "lines");
    const { a, e, f, ratio } = app.layer.view(sheet);
    const box = app.scene.shapes[number].box;
    const inset = 6;
    const [left, top] = [a * box[0] + e + inset, a * box[1] + f + inset];
    const [width, height] = [a * (box[2] - box[0]) - 2 * inset, a * (box[3] - box[1]) - 2 * inset];
    const { data } = copied(sheet.canvas).getImageData(left * ratio, top * ratio, width * ratio, height * ratio);
    let [dark, light] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] > 200 && data[i] < 90) dark++;
        if (data[i + 3] > 200 && data[i] > 200) light++;
    }
    return [dark, light];
}""")
LISTED, OTHER = 8, 9
DUE = 6
"""The first slice from the list's day on: 30 June 2022."""


@pytest.fixture(scope="module")
def page_text() -> str:
    rows = {
        "list": "martial_law_2025",
        "date": "2022-05-01",
        "pcode": [checkered.PCODES[LISTED]],
        "source_id": "a-source",
    }
    row = {"pcode": checkered.PCODES[3], "name_en": "Harbour Town", "name_my": "ဆိပ်ကမ်း", "lon": 95.8, "lat": 18.4}
    townships = checkered.package().townships
    at = [checkered.square(i).centroid for i in range(len(checkered.PCODES))]
    package = checkered.package(
        townships=townships.assign(lon=[point.x for point in at], lat=[point.y for point in at]),
        towns=pd.DataFrame([row], index=pd.Index([f"{checkered.PCODES[3]}701"], name="town_pcode")),
        junta_lists=pd.DataFrame(rows).assign(township="Town 9"),
    )
    return folium_map.to_html(folium_map.control_map(checkered.slices(package), checkered.boundaries(), package))


def switch(page: Page, letter: str) -> Locator:
    return page.locator(f".mc-layers [value={letter}]")


def shown(page: Page) -> set[str]:
    return {kind for kind, _ in page.evaluate(LABELS)}


def go(seen: Seen, fragment: str) -> Page:
    address = seen.page.url.split("#")[0]
    seen.page.goto("about:blank")
    seen.page.goto(f"{address}#{fragment}")
    seen.page.wait_for_selector(".mc-layers input")
    return seen.page


def test_the_group_is_open_on_a_desk_and_closed_on_a_phone_and_built_when_opened(
    page_text: str, look: Callable[..., Seen]
) -> None:
    page = look(page_text).page
    assert page.locator(".mc-layers input").count() == 4
    names = page.locator(".mc-layers label").all_text_contents()
    assert names == ["States and regions", "Township names, zoomed in", "Towns", "Martial law, the junta\u2019s list"]
    phone = look(page_text, **PHONE).page
    assert phone.locator(".mc-layers input").count() == 0
    phone.locator(".mc-layers summary").tap()
    box = switch(phone, "t").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    switch(phone, "t").tap()
    assert "town" in shown(phone)


def test_state_borders_and_names_go_together(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    assert "state" in shown(page)
    widths = (
        APP
        + """ const widths = []; const stroke = OffscreenCanvasRenderingContext2D.prototype.stroke;
        OffscreenCanvasRenderingContext2D.prototype.stroke = function (...all) {
            if (all[0] === app.scene.state) widths.push(this.lineWidth); return stroke.apply(this, all); };
        app.layer.paint(["lines"], true); OffscreenCanvasRenderingContext2D.prototype.stroke = stroke; widths[0]"""
    )
    wide = page.evaluate(widths)
    switch(page, "s").uncheck()
    assert "state" not in shown(page)
    assert page.evaluate(widths) < 0.6 * wide, "a border between states is then like any other"


def test_township_names_and_towns_by_scale(page_text: str, look: Callable[..., Seen]) -> None:
    page = go(look(page_text), "v=8.3,18.9,95.2&y=snt")
    found = page.evaluate(LABELS)
    assert ["town", "Harbour"] in found
    assert "township" not in {kind for kind, _ in found}, "the seat of a township has its name already"
    switch(page, "t").uncheck()
    assert "township" in shown(page)
    switch(page, "n").uncheck()
    assert not {"town", "township"} & shown(page)
    page = go(look(page_text), "v=7.5,18.9,95.2&y=t")
    assert ["town", "Harbour"] not in page.evaluate(LABELS), "a smaller town waits for a larger scale"
    assert shown(page) & {"town"}


def test_layers_stand_in_the_address_and_open_again(page_text: str, look: Callable[..., Seen]) -> None:
    seen = look(page_text)
    assert "y=" not in seen.page.url
    switch(seen.page, "m").check()
    switch(seen.page, "s").uncheck()
    seen.page.wait_for_function("location.hash.includes('y=nm')")
    page = go(seen, seen.page.url.split("#")[1])
    assert [switch(page, letter).is_checked() for letter in "sntm"] == [False, True, False, True]
    page.evaluate("location.hash = '#y='")
    page.wait_for_function("!document.querySelector('.mc-layers [value=m]').checked")
    assert [switch(page, letter).is_checked() for letter in "sntm"] == [False] * 4
    page.evaluate("location.hash = ''")
    page.wait_for_function("document.querySelector('.mc-layers [value=s]').checked")
    assert seen.complaints == []


def test_the_list_is_drawn_from_its_day_on_over_its_townships_alone(page_text: str, look: Callable[..., Seen]) -> None:
    seen = look(page_text)
    page = seen.page
    assert page.evaluate(INK, LISTED)[0] == 0
    switch(page, "m").check()
    dark, light = page.evaluate(INK, LISTED)
    assert min(dark, light) > 20, "in two colours, so as to be seen on dark and on pale"
    assert page.evaluate(INK, OTHER)[0] == 0
    seen.go_to(DUE - 1)
    assert page.evaluate(INK, LISTED)[0] == 0
    seen.go_to(DUE)
    assert page.evaluate(INK, LISTED)[0] > 20
    switch(page, "m").uncheck()
    assert page.evaluate(INK, LISTED)[0] == 0


def test_the_legend_tells_of_the_list_while_it_is_on_and_why_nothing_is_drawn(
    page_text: str, look: Callable[..., Seen]
) -> None:
    seen = look(page_text)
    entry = seen.page.locator("li[data-mark=martial]")
    assert entry.is_hidden()
    switch(seen.page, "m").check()
    told = "Under martial law in the junta\u2019s own list of 1 May 2022; not a report of control."
    assert entry.text_content() == f"{told} A paper"
    assert entry.locator("a").get_attribute("href") == "https://paper.example/page"
    seen.go_to(DUE - 1)
    assert entry.text_content() == f"{told} The list is later than the date shown: nothing is drawn. A paper"
    switch(seen.page, "m").uncheck()
    assert entry.is_hidden()


def test_without_a_list_there_is_no_switch_for_it(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    assert seen.page.locator(".mc-layers input").count() == 3
    page = go(seen, "y=m")
    assert page.locator("li[data-mark=martial]").count() == 0
    assert seen.complaints == []


def test_by_keyboard_the_space_bar_switches(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    switch(page, "t").focus()
    page.keyboard.press("Space")
    assert switch(page, "t").is_checked()
    assert page.get_by_role("checkbox", name="Towns", exact=True).is_checked()
