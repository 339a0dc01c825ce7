"""By night, on paper, in a small frame and on a phone."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from mapper.outputs import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from seen import Seen

pytestmark = pytest.mark.browser
BOXES = """names => names.map(name => { const box = document.querySelector(name).getBoundingClientRect();
    return [Math.round(box.left), Math.round(box.top), Math.round(box.right), Math.round(box.bottom)]; })"""
COLOURS = """() => { const canvas = document.querySelector('.mc-layer canvas.mc-fills:not(.mc-copy)');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255)
        found.add('#' + [...data.slice(i, i + 3)].map(c => c.toString(16).padStart(2, '0')).join('').toUpperCase());
    return [...found]; }"""


@pytest.mark.parametrize("night", [False, True])
def test_words_and_fills_stand_out_from_their_ground(*, night: bool) -> None:
    palette = style.palette(night=night)
    for ground in ("land", "sea"):
        for text in ("state", "neighbour", "sea", "figure"):
            assert style.contrast(palette["text"][text], palette["ground"][ground]) >= 4.5, (text, ground)
    for name in ("junta.reported", "nug.reported"):
        assert style.contrast(palette["fills"][name], palette["ground"]["land"]) >= 3, name
    assert style.contrast(palette["hatch"], palette["fills"]["contested.reported"]) >= 3


def test_by_night_every_reported_fill_stands_out_from_the_land() -> None:
    palette = style.palette(night=True)
    for name in style.CLASSES:
        if name.endswith(".reported"):
            assert style.contrast(palette["fills"][name], palette["ground"]["land"]) >= 3, name


def test_the_page_is_dark_where_the_device_is_and_the_reader_can_choose(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html, color_scheme="dark")
    page = seen.page
    night, day = style.palette(night=True)["fills"], style.palette()["fills"]
    assert page.locator(".mc").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(20, 24, 28)"
    assert night["junta.assumed"] in page.evaluate(COLOURS)
    assert day["junta.assumed"] not in page.evaluate(COLOURS)
    page.get_by_role("button", name="Dark colours").click()
    assert page.locator(".mc").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
    assert day["junta.assumed"] in page.evaluate(COLOURS)
    assert night["junta.assumed"] not in page.evaluate(COLOURS)
    assert [said for said in seen.complaints if "getImageData" not in said] == []


def test_it_prints_on_one_a4_page_by_day_and_is_as_before_afterwards(html: str, look: Callable[..., Seen]) -> None:
    page = look(html, color_scheme="dark").page
    before = page.evaluate(BOXES, [".mc-stage", ".mc-side", ".mc-time"])
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    width, height = (float(n) for n in re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width), round(height)) == (595, 842)
    assert page.evaluate(BOXES, [".mc-stage", ".mc-side", ".mc-time"]) == before
    assert page.locator(".mc-dark").count() == 1
    assert page.locator(".mc-copy").count() == 0


def test_what_is_printed_has_map_legend_title_and_sources(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for name in (".mc-title", ".mc-legend", ".mc-copy.mc-fills", ".mc-foot", ".mc-notice"):
        assert page.locator(name).is_visible(), name
    for name in (".mc-time", ".mc-find", ".mc-zoom", ".mc-languages"):
        assert page.locator(name).is_hidden(), name
    inner = page.locator(".mc").evaluate("node => [node.clientWidth, node.clientHeight, node.scrollHeight]")
    assert inner == [716, 1020, 1020]


def test_who_prints_in_the_midst_of_a_run_has_one_date_on_the_paper(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    page.evaluate(
        "() => { const app = Object.values(MapperControl.apps)[0]; for (const slice of [1, 2, 5]) app.set({ slice });"
        "window.dispatchEvent(new Event('beforeprint')); }"
    )
    date = page.locator(".mc-date").text_content()
    assert date == "31 March 2022"
    for name in (".mc-title", ".mc-foot .mc-as-of"):
        assert date in str(page.locator(name).text_content())


@pytest.mark.parametrize(("width", "height"), [(600, 500), (360, 740), (390, 844)])
def test_in_a_small_frame_and_on_a_phone_nothing_overlaps(
    html: str, look: Callable[..., Seen], width: int, height: int
) -> None:
    page = look(html, width=width, height=height).page
    boxes = page.evaluate(BOXES, [".mc-head", ".mc-stage", ".mc-time", ".mc-side", ".mc-foot"])
    for above, below in pairwise(boxes):
        assert above[3] <= below[1]
    assert [(left, right) for left, _, right, _ in boxes] == [(0, width)] * 5
    if height > 560:
        assert boxes[2][3] <= height + 1, "title, map and slider fill the first screen and no more"
    assert boxes[1][3] - boxes[1][1] >= 240
