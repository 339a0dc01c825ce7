"""Nothing keeps a reader out: what axe-core finds, contrast, keyboard, targets for fingers, and 200 per cent zoom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper.outputs import folium_map
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from seen import Seen

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 360, "height": 740, "is_mobile": True, "has_touch": True}
COMPARE = "Object.values(MapperControl.apps)[0].set({since: 2, split: 40})"
OVERFLOW = "document.documentElement.scrollWidth"


def found(page: Page) -> list[str]:
    """Give what axe-core holds against the page, run from outside, so that the page's own policy stands."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(result["passes"]) > 15
    return [f"{one['id']}: {node['html'][:90]}" for one in result["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("lang", ["en", "my"])
@pytest.mark.parametrize("screen", [{}, PHONE, {"color_scheme": "dark"}, {**PHONE, "color_scheme": "dark"}], ids=str)
def test_axe_finds_nothing(html: str, look: Callable[..., Seen], lang: str, screen: dict[str, object]) -> None:
    page = look(html, **screen).page
    page.select_option(".mc-languages select", lang)
    assert found(page) == []
    page.locator(".mc-find input").fill("1")
    page.keyboard.press("ArrowDown")
    assert page.locator(".mc-hits [aria-selected=true]").count() == 1
    assert found(page) == []
    choose(page, "Town 3")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.wait_for_function("document.getAnimations().length === 0")
    assert found(page) == []
    page.locator(".mc-close").click()
    page.evaluate(COMPARE)
    assert found(page) == []
    page.keyboard.press("t")
    page.wait_for_selector(".mc-table")
    assert found(page) == []


@pytest.fixture(scope="module")
def fuller() -> str:
    """Give a page with insets and movements."""
    package = checkered.package(movements=checkered.movements())
    return folium_map.to_html(folium_map.control_map(checkered.slices(package), checkered.clustered(), package))


@pytest.mark.parametrize("lang", ["en", "my"])
@pytest.mark.parametrize("screen", [{}, PHONE, {"color_scheme": "dark"}], ids=str)
def test_axe_finds_nothing_in_insets_and_movements(
    fuller: str, look: Callable[..., Seen], lang: str, screen: dict[str, object]
) -> None:
    page = look(fuller, **screen).page
    page.select_option(".mc-languages select", lang)
    page.locator("select[id$=_flows]").select_option("displacement")
    page.locator(".mc-figures summary").click()
    page.locator(".mc-figures li").first.wait_for()
    assert page.locator(".mc-inset-name").is_visible()
    assert found(page) == []


@pytest.mark.parametrize("lang", ["en", "my"])
@pytest.mark.parametrize("screen", [{}, {**PHONE, "color_scheme": "dark"}], ids=str)
def test_axe_finds_nothing_by_holder(
    held_html: str, look: Callable[..., Seen], lang: str, screen: dict[str, object]
) -> None:
    page = look(held_html, **screen).page
    page.select_option(".mc-languages select", lang)
    page.locator(".mc-by label").last.click()
    assert page.locator(".mc-holders li").count() == 9
    assert found(page) == []
    choose(page, "Town 3")
    page.wait_for_function("document.getAnimations().length === 0")
    assert found(page) == []


def test_the_tab_key_reaches_every_control_and_each_shows_where_the_focus_is(
    html: str, look: Callable[..., Seen]
) -> None:
    page = look(html).page
    page.evaluate(COMPARE)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(
            '.mc button, .mc select, .mc input, .mc summary, .mc a, .mc [tabindex="0"]')]
            .filter(node => !node.disabled && node.checkVisibility()).length"""
    )
    seen = set()
    for _ in range(wanted + 12):
        page.keyboard.press("Tab")
        node = page.evaluate(
            """() => { const node = document.activeElement; const style = getComputedStyle(node);
                if (node === document.body) return null;
                window.order = window.order || new Map();
                if (!order.has(node)) order.set(node, order.size);
                return [order.get(node), style.outlineStyle, parseFloat(style.outlineWidth), node.className]; }"""
        )
        if node:
            seen.add(node[0])
            assert node[1] != "none", node
            assert node[2] >= 2
    assert len(seen) == wanted


@pytest.mark.parametrize("made", ["held_html", "fuller"])
def test_targets_for_fingers_are_44_pixels(
    made: str, request: pytest.FixtureRequest, look: Callable[..., Seen]
) -> None:
    page = look(request.getfixturevalue(made), **PHONE).page
    page.evaluate(COMPARE)
    choose(page, "Town 3")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.wait_for_selector(".mc-layers input")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.mc button, .mc select, .mc summary, .mc input')]
            .filter(node => node.checkVisibility())
            .map(node => [node.className || node.tagName, node.getBoundingClientRect()])
            .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
            .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 450)])
def test_at_400_and_200_per_cent_nothing_is_lost_to_the_side(
    held_html: str, look: Callable[..., Seen], width: int, height: int
) -> None:
    page = look(held_html, width=width, height=height).page
    page.locator(".mc-by label").last.click()
    assert page.evaluate(OVERFLOW) == width
    choose(page, "Town 3")
    assert page.evaluate(OVERFLOW) == width


def test_in_forced_colours_the_map_keeps_its_own_and_controls_are_seen(html: str, look: Callable[..., Seen]) -> None:
    page = look(html, forced_colors="active").page
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    kept = page.locator(".mc-swatch").first.evaluate("node => getComputedStyle(node).forcedColorAdjust")
    assert kept == "none"
    border = page.locator(".mc-play").evaluate("node => parseFloat(getComputedStyle(node).borderTopWidth)")
    assert border >= 1
