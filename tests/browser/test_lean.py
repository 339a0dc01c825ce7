"""The lean page: map, time, legend and card in little room, and the way to the whole page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper.outputs import folium_map, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARTICLE = {"width": 600, "height": 500}
PHONE = {"width": 360, "height": 640, "is_mobile": True, "has_touch": True}
CHOOSE = "township => Object.values(MapperControl.apps)[0].set({selected: township})"
OVER = """([one, two]) => {
    const [a, b] = [one, two].map(name => document.querySelector(name).getBoundingClientRect());
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}"""


@pytest.fixture(scope="module")
def lean(country: Package, slices: Timeline) -> str:
    return folium_map.to_html(
        folium_map.control_map(slices, checkered.boundaries(), country, lean=True, whole_page="index.html")
    )


def fields(page: str) -> dict[str, object]:
    """The data of a page."""
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_it_has_no_report_no_source_and_no_figure(lean: str, html: str, country: Package) -> None:
    assert {"sources", "towns", "aliases", "insets", "held", "martial"} <= fields(html).keys() - fields(lean).keys()
    findings = {report.finding for report in country.reports if report.finding}
    assert any(finding in html for finding in findings)
    assert not any(finding in lean for finding in findings)
    assert not any(source.url in lean for source in country.sources.values())


@pytest.mark.parametrize("screen", [{}, ARTICLE, PHONE], ids=str)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_slice_and_card_has_its_words(
    lean: str, look: Callable[..., Seen], lang: str, screen: dict[str, int]
) -> None:
    seen = look(lean, **screen)
    seen.page.select_option(".mc-languages select", lang)
    for township in range(4):
        seen.page.evaluate(CHOOSE, township)
        for index in (0, 2, 4):
            seen.go_to(index)
            assert seen.page.locator(".mc-card-title").inner_text()
    assert seen.complaints == []
    assert seen.requests == [seen.page.url.partition("#")[0]]


def test_it_says_what_the_whole_page_says_of_a_slice_and_a_township(
    lean: str, html: str, look: Callable[..., Seen]
) -> None:
    pages = [look(text) for text in (lean, html)]
    for seen in pages:
        seen.page.evaluate(CHOOSE, 1)
    for index in range(5):
        for seen in pages:
            seen.go_to(index)
        for part in (".mc-title", ".mc-deck", ".mc-legend .mc-signs", ".mc-card .mc-facts", ".mc-card .mc-history"):
            said = [seen.page.locator(part).first.inner_text() for seen in pages]
            assert said[0] == said[1], (index, part)


def target(link: Locator) -> str:
    link.hover()
    found: str = link.evaluate("node => node.getAttribute('href')")
    return found


def test_its_links_open_the_whole_page_at_the_same_view(lean: str, look: Callable[..., Seen], slices: Timeline) -> None:
    seen = look(lean, **ARTICLE)
    link = seen.page.locator(".mc-elsewhere a")
    assert target(link) == "index.html#"
    assert link.get_attribute("rel") == "noopener"
    seen.page.select_option(".mc-languages select", "my")
    reported = seen.page.evaluate("Object.values(MapperControl.apps)[0].data.reports.count.findIndex(Boolean)")
    seen.page.evaluate(CHOOSE, reported)
    seen.go_to(1)
    code = seen.page.evaluate("Object.values(MapperControl.apps)[0].data.townships.code")[reported]
    assert target(seen.page.locator(".mc-card a")) == f"index.html#d={slices.dates[1]}&t={code}&l=my"


def test_without_an_address_it_has_words_and_no_link(
    look: Callable[..., Seen], country: Package, slices: Timeline
) -> None:
    page = folium_map.to_html(folium_map.control_map(slices, checkered.boundaries(), country, lean=True))
    seen = look(page)
    assert seen.page.locator(".mc-elsewhere").inner_text()
    assert seen.page.locator(".mc-elsewhere a").count() == 0


def test_an_address_asks_only_for_what_it_has(lean: str, look: Callable[..., Seen], slices: Timeline) -> None:
    seen = look(lean)
    asked = f"d={slices.dates[1]}&c={slices.dates[3]}&x=40&b=holder&y=tm&p=idp_total&l=my"
    seen.page.evaluate("hash => (location.hash = hash)", asked)
    seen.page.wait_for_function("document.querySelector('.mc').lang === 'my'")
    state = seen.page.evaluate("Object.values(MapperControl.apps)[0].state")
    assert [state[name] for name in ("slice", "since", "split", "by", "layers", "people")] == [
        *(1, None, None, "status", "sn", "")
    ]
    assert seen.complaints == []


def test_in_an_article_map_time_and_link_are_seen_at_once_and_no_name_lies_under_the_legend(
    lean: str, look: Callable[..., Seen]
) -> None:
    seen = look(lean, **ARTICLE)
    bottom = "node => node.getBoundingClientRect().bottom"
    for part in (".mc-stage", ".mc-legend", ".mc-time", ".mc-elsewhere"):
        assert seen.page.locator(part).evaluate(bottom) <= ARTICLE["height"]
    assert seen.page.evaluate(OVER, [".mc-legend", ".mc-stage"])
    assert not seen.page.evaluate(OVER, [".mc-legend", ".mc-zoom"])
    assert not seen.page.evaluate(OVER, [".mc-legend", ".mc-time"])


@pytest.mark.parametrize("lang", ["en", "my"])
@pytest.mark.parametrize("screen", [{}, ARTICLE, {**PHONE, "color_scheme": "dark"}], ids=str)
def test_axe_finds_nothing(lean: str, look: Callable[..., Seen], lang: str, screen: dict[str, object]) -> None:
    page = look(lean, **screen).page
    page.select_option(".mc-languages select", lang)
    page.evaluate(CHOOSE, 1)
    page.wait_for_function("document.getAnimations().length === 0")
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{one['id']}: {node['html'][:90]}" for one in result["violations"] for node in one["nodes"]] == []
