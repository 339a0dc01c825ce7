"""A reader whose browser runs no script sees the latest slice: a picture with its text, and a table of counts."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper.outputs import payload, still, style, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
LAST = 14


@pytest.fixture
def plain(browser: Browser, html: str, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "map.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, offline=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def test_title_picture_and_counts_are_those_of_the_latest_slice(plain: Page, slices: Timeline) -> None:
    found = slices.slice(slices.dates[-1])
    counts = Counter(style.class_of(one) for one in found.values())
    title, deck = words.headline(words.load("en"), slices.dates[-1], counts)
    assert plain.locator("h1").inner_text() == title
    shown = plain.locator("main").inner_text()
    assert deck in shown
    picture = plain.locator("main .mc-picture")
    assert picture.is_visible()
    assert (picture.get_attribute("role"), picture.get_attribute("aria-label")) == ("img", title)
    rows = {row.strip(): count for row, count in zip(
        plain.locator("tbody th").all_inner_texts(), plain.locator("tbody td").all_inner_texts(), strict=True
    )}  # fmt: skip
    assert rows["Junta, assumed, not reported"] == str(counts["junta.assumed"])
    assert sum(int(count) for count in rows.values()) == len(found) == 30
    assert "needs JavaScript" in shown
    assert "Schematic boundaries" in shown


def test_the_picture_has_a_path_for_each_class_and_hatches_the_contested(plain: Page, slices: Timeline) -> None:
    used = {style.class_of(one) for one in slices.slice(slices.dates[-1]).values()}
    inks = {path.get_attribute("fill") for path in plain.locator("main .mc-picture path").all()}
    fills = style.palette()["fills"]
    assert inks == {"url(#mc-hatch)" if name == "contested.reported" else fills[name] for name in used}
    assert fills["junta.assumed"] in inks, "what is assumed is pale"


def test_nothing_of_the_map_that_cannot_run_takes_up_room(plain: Page) -> None:
    assert plain.locator(".folium-map").is_hidden()
    assert plain.locator("main").bounding_box()["width"] <= 360


def test_with_a_script_it_is_not_there(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    assert page.locator(".mc-still").count() == 0
    assert page.locator("noscript").is_hidden()


def test_it_is_a_few_kilobytes_and_hostile_names_stay_text(slices: Timeline, country: Package) -> None:
    picture = still.picture(slices.slice(slices.dates[LAST]), checkered.boundaries())
    foot = payload.foot(slices, checkered.boundaries(), country, lang="my")
    made = still.still(slices, picture, foot, lang="my")
    assert len(gzip.compress(made.encode(), 9)) < 5_000
    assert re.search(r"<script|style=|\son\w+=|\{[{%#]", made) is None
