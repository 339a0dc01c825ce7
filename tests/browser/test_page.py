"""The page as a reader meets it: without a network, by pointer, finger and keyboard, in two languages."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper.outputs import folium_map
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
LAST = 14
"""Number of the latest slice of the made-up country."""


def test_nothing_is_asked_of_anyone_and_nothing_complains(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    seen.go_to(3)
    seen.page.locator(".mc-map, .folium-map").first.click()
    seen.page.select_option(".mc-languages select", "my")
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1
    assert seen.complaints == []


def test_the_page_holds_no_address_to_load_from(html: str) -> None:
    head = html.split('<script type="application/json"', maxsplit=1)[0]
    for loads in ('<link rel="stylesheet"', "<script src", "<img", "@import", "url("):
        assert loads not in head.replace("url(#", "")


def test_the_canvases_of_fills_lines_and_marks_lie_on_one_another(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    seen.go_to(4)
    boxes = [seen.page.locator(f".mc-layer .mc-{name}").bounding_box() for name in ("fills", "lines", "marks")]
    assert boxes[0] == boxes[1] == boxes[2]


def test_it_runs_under_a_strict_policy(html: str, look: Callable[..., Seen]) -> None:
    parts = {
        tag: [
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            for text in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        ]
        for tag in ("script", "style")
    }
    assert re.search(r"<[^>]* (style|on[a-z]+)=", html.split("<body>")[1].split("<script", maxsplit=1)[0]) is None
    rules = [f"{tag}-src " + " ".join(f"'sha256-{digest}'" for digest in found) for tag, found in parts.items()]
    policy = f"default-src 'none'; img-src data:; {'; '.join(rules)}"
    strict = html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)
    seen = look(strict)
    seen.go_to(3)
    choose(seen.page, "Town 1")
    assert seen.complaints == []


def test_it_opens_on_the_latest_slice_with_its_date_in_the_title(
    html: str, slices: Timeline, look: Callable[..., Seen]
) -> None:
    seen = look(html)
    slider = seen.page.locator("input[type=range]")
    assert len(slices.dates) - 1 == LAST
    assert slider.input_value() == str(LAST)
    assert slider.get_attribute("aria-valuetext") == "30 June 2024"
    assert seen.page.locator("h1").text_content().startswith("On 30 June 2024, ")


def test_the_slider_steps_by_arrows_by_years_and_to_both_ends(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    slider = page.locator("input[type=range]")
    slider.focus()
    said = []
    for key in ("Home", "ArrowRight", "PageUp", "PageDown", "End"):
        slider.press(key)
        said.append(slider.get_attribute("aria-valuetext"))
    assert said == ["31 January 2021", "31 March 2021", "31 March 2022", "31 March 2021", "30 June 2024"]


def test_play_goes_on_by_itself_and_stops_at_the_end(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = seen.page
    seen.go_to(LAST - 2)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    page.wait_for_function(f"document.querySelector('input[type=range]').value === '{LAST}'")
    page.get_by_role("button", name="Play").wait_for()


def test_the_legend_counts_what_python_counts(html: str, slices: Timeline, look: Callable[..., Seen]) -> None:
    seen = look(html)
    for index in (0, 5, LAST):
        seen.go_to(index)
        found = list(slices.slice(slices.dates[index]).values())
        reported = sum(one.status == "junta" and one.basis == "reported" for one in found)
        assumed = sum(one.status == "junta" and one.basis == "assumed" for one in found)
        assert seen.page.locator("li[data-class='junta.reported'] .mc-count").text_content() == str(reported)
        assert seen.page.locator("li[data-class='junta.assumed'] .mc-count").text_content() == str(assumed)


def test_a_click_opens_a_card_that_says_who_and_when_with_a_safe_link(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    choose(page, "Town 1")
    card = page.locator(".mc-card")
    assert card.locator("h2").text_content() == "Town 1"
    assert "finding" in card.text_content()
    link = card.locator("a").first
    assert link.get_attribute("href") == "https://paper.example/page"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


def test_pointer_and_keyboard_find_the_same_township(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    box = page.locator(".mc-stage").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + 20, box["y"] + box["height"] / 2)
    clicked = page.locator(".mc-card h2").text_content()
    page.keyboard.press("Escape")
    assert page.locator(".mc-card").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('leaflet-container')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    said = page.locator(".mc-live").text_content()
    page.keyboard.press("Enter")
    opened = page.locator(".mc-card h2").text_content()
    assert said.startswith(f"{opened}, ")
    assert int(opened.removeprefix("Town ")) // 6 == int(clicked.removeprefix("Town ")) // 6


def test_a_township_without_reports_says_so_and_why_it_looks_as_it_does(
    html: str, slices: Timeline, country: Package, look: Callable[..., Seen]
) -> None:
    quiet = next(p for p in country.townships.index if slices.at(p, slices.dates[-1]).rule == "baseline")
    page = look(html).page
    choose(page, country.townships["name_en"][quiet])
    said = page.locator(".mc-missing").text_content()
    assert "No report" in said
    assert "1 February 2021" in said


def test_the_page_speaks_burmese_with_its_digits_and_names(
    country: Package, slices: Timeline, look: Callable[..., Seen]
) -> None:
    made = folium_map.control_map(slices, checkered.boundaries(), country, lang="my")
    page = look(folium_map.to_html(made)).page
    assert page.locator("html").get_attribute("lang") == "my"
    assert page.locator(".mc").get_attribute("lang") == "my"
    assert "၂၀၂၄" in page.locator("h1").text_content()
    choose(page, "မြို့ 1")
    assert page.locator(".mc-card h2").text_content() == "မြို့ 1"
    page.select_option(".mc-languages select", "en")
    assert page.locator("h1").text_content().startswith("On 30 June 2024")


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_card_is_a_sheet(
    html: str, look: Callable[..., Seen]
) -> None:
    page = look(html, width=360, height=740, is_mobile=True, has_touch=True).page
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".mc-stage").tap()
    sheet = page.locator(".mc-panel").bounding_box()
    assert sheet["x"] == 0
    assert sheet["width"] == 360
    assert sheet["height"] <= 0.6 * 740


def test_the_same_map_gives_the_same_bytes_also_after_it_was_shown(country: Package, slices: Timeline) -> None:
    first = folium_map.control_map(slices, checkered.boundaries(), country)
    second = folium_map.control_map(slices, checkered.boundaries(), country)
    second._repr_html_()
    assert folium_map.to_html(first) == folium_map.to_html(second) == folium_map.to_html(second)
