"""How it went: the chart of shares says what Python counted, and a date can be chosen in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

import checkered
import pixels
from mapper.outputs import shares, style

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
LAST = 14
"""Number of the latest slice of the made-up country."""
TALL, LOW, FINGER = 72, 48, 44
PIXEL = pixels.reading("""([slice, share]) => { const node = document.querySelector('.mc-shares canvas');
    const x = 11 + (node.clientWidth - 22) * slice / 14, y = node.clientHeight * (1 - share);
    const ratio = node.width / node.clientWidth;
    return [...copied(node).getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3); }""")
LINE = """() => { const node = document.querySelector(".mc-here"); const { left, width } = node.getBoundingClientRect();
    return left + 2 + (width - 4) * parseFloat(getComputedStyle(node).backgroundPositionX) / 100; }"""
"""Where the middle of the marker stands."""


def test_shares_add_up_and_count_each_township_alike(slices: Timeline, country: Package) -> None:
    found = shares.shares(slices, checkered.boundaries(), country)
    assert all(sum(row) == shares.WHOLE for rows in found.values() for row in rows)
    for (_, part), row in zip(slices.slices(), found["townships"], strict=True):
        counts = Counter(style.class_of(one) for one in part.values())
        for name, share in zip(style.CLASSES, row, strict=True):
            assert abs(share - 1000 * counts[name] / 30) < 1, name


def test_the_chart_says_its_values_at_the_date_shown(html: str, slices: Timeline, look: Callable[..., Seen]) -> None:
    seen = look(html)
    chart = seen.page.get_by_role("slider", name="Shares by status over time")
    for index in (0, 6, LAST):
        seen.go_to(index)
        eao = seen.counts(slices, index)["eao.reported"]
        said = chart.get_attribute("aria-valuetext")
        assert ("Ethnic armed organisation" in said) == (eao > 0)
        if eao:
            percent = f"{100 * eao / 30:.1f}".removesuffix(".0")
            assert f"Ethnic armed organisation {percent}%" in said or f"{float(percent) + 0.1:.1f}%" in said


def test_its_colours_are_those_of_the_map(html: str, slices: Timeline, look: Callable[..., Seen]) -> None:
    fills = style.palette()["fills"]
    seen = look(html)
    page = seen.page
    counts = seen.counts(slices, LAST)
    junta = counts["junta.reported"] / 30
    assert junta > 0
    red = [int(fills["junta.reported"][at : at + 2], 16) for at in (1, 3, 5)]
    assert page.evaluate(PIXEL, [LAST, junta / 2]) == red


def test_a_click_and_the_keyboard_go_to_a_date(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    chart = page.locator(".mc-shares")
    box = chart.bounding_box()
    assert box["height"] == TALL
    chart.click(position={"x": 11 + (box["width"] - 22) * 5 / LAST, "y": 30})
    assert page.locator("input[type=range]").input_value() == "5"
    chart.press("ArrowRight")
    assert page.locator("input[type=range]").input_value() == "6"
    chart.press("PageUp")
    assert page.locator(".mc-date").text_content() == "30 June 2023"
    chart.press("Home")
    assert chart.get_attribute("aria-valuenow") == "0"


def test_the_marker_stands_beneath_the_slider_s_thumb(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    track = seen.page.locator("input[type=range]").bounding_box()
    for index in (0, 5, LAST):
        seen.go_to(index)
        thumb = track["x"] + 11 + (track["width"] - 22) * index / LAST
        assert abs(seen.page.evaluate(LINE) - thumb) < 1


def test_area_can_be_chosen_as_the_measure(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    seen.page.get_by_label("Shares by", exact=True).select_option("area")
    assert "%" in seen.page.locator(".mc-shares").get_attribute("aria-valuetext")
    assert seen.complaints == []


def test_a_phone_has_a_lower_chart_and_the_choice_of_measure_in_the_legend(
    html: str, look: Callable[..., Seen]
) -> None:
    page = look(html, width=390, height=844).page
    assert page.locator(".mc-shares").bounding_box()["height"] == LOW
    assert page.locator(".mc-legend .mc-measure").bounding_box()["height"] >= FINGER
