"""Five languages: each says all of the page in its own words, letters and digits, on a screen and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mapper.outputs import words
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
OTHERS = words.LANGUAGES[1:]


def speak(page: Page, lang: str) -> None:
    page.select_option(".mc-languages select", lang)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_title_and_deck_are_what_python_says(html: str, slices: Timeline, look: Callable[..., Seen], lang: str) -> None:
    seen = look(html)
    speak(seen.page, lang)
    spoken = words.load(lang)
    for index in (0, 4, 9):
        seen.go_to(index)
        counts = seen.counts(slices, index)
        title, deck = words.headline(spoken, slices.dates[index], counts)
        assert seen.page.locator("h1").text_content() == title
        assert seen.page.locator(".mc-deck").text_content() == deck
    assert seen.complaints == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_names_its_language(html: str, look: Callable[..., Seen], lang: str) -> None:
    page = look(html).page
    speak(page, lang)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator(".mc").get_attribute("lang") == lang
    assert page.locator(".mc-languages option").all_text_contents() == [
        "English", "မြန်မာ", "ไทย", "Indonesia", "Melayu",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_sentence_is_left_anywhere(html: str, look: Callable[..., Seen], lang: str) -> None:
    """Every sentence of the English file of two words or more is sought in the text of the page, card open."""
    page = look(html).page
    speak(page, lang)
    choose(page, "Town 3")
    page.locator(".mc-card details").first.evaluate("node => { node.open = true; }")
    shown = page.locator(".mc").inner_text()
    own = set(words.load(lang).words.values())
    sentences = {re.split(r"\{\w+\}", text)[0].strip(" :(") for text in words.load("en").words.values()}
    whole = {part for part in sentences if " " in part and not any(part in text for text in own)}
    assert len(whole) > 60
    assert [part for part in whole if part in shown] == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_each_language_fits(html: str, look: Callable[..., Seen], lang: str, width: int) -> None:
    page = look(html, width=width, height=740, is_mobile=True, has_touch=True).page
    speak(page, lang)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    switch = page.locator(".mc-languages select").bounding_box()
    title = page.locator("h1").bounding_box()
    assert switch["height"] >= 44
    assert switch["x"] + switch["width"] <= width
    assert title["x"] + title["width"] <= switch["x"] or title["y"] >= switch["y"] + switch["height"]


def test_burmese_and_thai_are_set_in_their_fonts(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    family = page.locator(".mc").evaluate("node => getComputedStyle(node).fontFamily")
    assert "Noto Sans Myanmar" in family
    assert "Noto Sans Thai" in family
