"""By holder: the switch, and all that has a colour in step with it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest

import checkered
import hostile
import pixels
from mapper.outputs import folium_map, holders, style, words
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
AA, KIA, RED = "#3B8B70", "#7A67BB", "#9E2F2A"
LAST = 14
SETTLE = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_the_keyboard_chooses_and_the_address_keeps_it(held_html: str, look: Callable[..., Seen]) -> None:
    page = look(held_html).page
    group = page.get_by_role("group", name="Colour by")
    assert group.get_by_role("radio").count() == 2
    group.get_by_role("radio", name="Status").focus()
    assert group.get_by_role("radio", name="Status").is_checked()
    page.keyboard.press("ArrowRight")
    assert group.get_by_role("radio", name="Armed organisation").is_checked()
    assert page.locator(".mc-holders").is_visible()
    assert page.locator(".mc-classes:not(.mc-holders)").is_hidden()
    outline = page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle")
    assert outline == "solid"
    page.wait_for_function("location.hash === '#b=holder'")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".mc-holders").is_hidden()
    page.wait_for_function("location.hash === ''")


def test_a_link_opens_it_by_holder(held_html: str, look: Callable[..., Seen]) -> None:
    seen = look(held_html)
    address = seen.page.url
    seen.page.goto("about:blank")
    seen.page.goto(f"{address}#b=holder&d=2021-09-30")
    seen.page.wait_for_selector(".mc-holders [data-class='AA+KIA']")
    assert seen.page.get_by_role("radio", name="Armed organisation").is_checked()
    assert seen.complaints == []


def test_the_legend_counts_each_holder_s_townships_and_keeps_those_without_quiet(
    held_html: str, held_country: Package, held_slices: Timeline, look: Callable[..., Seen]
) -> None:
    seen = look(held_html)
    seen.colour_by("Armed organisation")
    rows = seen.page.locator(".mc-holders li")
    assert [row.get_attribute("data-class") for row in rows.all()] == [
        "junta.reported", "junta.assumed", "contested.reported", "AA", "AA+KIA", "KIA", "KIA+nug.reported",
        "nug.reported", "unknown.reported",
    ]  # fmt: skip
    look_of = partial(holders.look_of, actors=held_country.actors)
    for index in (0, 1, 3, 5, LAST):
        seen.go_to(index)
        counts = Counter(look_of(one) for one in held_slices.slice(held_slices.dates[index]).values())
        for row in rows.all():
            count = int(row.locator(".mc-count").text_content())
            assert count == counts[row.get_attribute("data-class")], (index, row.text_content())
            assert ("mc-nought" in (row.get_attribute("class") or "")) == (count == 0)
    names = [name.inner_text() for name in rows.locator(".mc-class-name").all()]
    assert names[3:8] == ["AA in full (AA)", "AA + KIA", "KIA in full (KIA)", "KIA + NUG\nKIA + PDF", "NUG"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_switch_speaks_each_language(held_html: str, look: Callable[..., Seen], lang: str) -> None:
    seen = look(held_html)
    seen.page.select_option(".mc-languages select", lang)
    said = words.load(lang).words
    assert seen.page.locator(".mc-by legend").inner_text() == said["by.label"]
    assert seen.page.locator(".mc-by span").all_inner_texts() == [said["by.status"], said["by.holder"]]
    assert seen.page.locator(".mc-holders [data-class='nug.reported']").count() == 0, "built when first asked for"


def chips(seen: Seen, where: str) -> list[str]:
    return list(
        seen.page.eval_on_selector_all(
            f"{where} .mc-chip", "all => all.map((one) => getComputedStyle(one).backgroundColor)"
        )
    )


def css(colour: str) -> str:
    return f"rgb{pixels.rgb(colour)}"


def test_chips_of_card_changes_and_table_match_the_map(
    held_html: str, held_slices: Timeline, look: Callable[..., Seen]
) -> None:
    seen = look(held_html)
    seen.go_to(3)
    found = held_slices.slice(held_slices.dates[3])
    both = next(pcode for pcode, one in found.items() if one.holders == ("AA", "KIA") and one.status == "eao")
    green = css(style.palette()["fills"]["eao.reported"])
    assert green in chips(seen, ".mc-changes")
    seen.colour_by("Armed organisation")
    assert green not in chips(seen, ".mc-changes")
    assert css(AA) in chips(seen, ".mc-changes")
    stripes = seen.page.locator(".mc-changes [data-look='AA+KIA']").evaluate(
        "one => getComputedStyle(one).backgroundImage"
    )
    assert css(KIA) in stripes
    choose(seen.page, f"Town {checkered.PCODES.index(both) + 1}")
    for part in (".mc-status", ".mc-reports", ".mc-history", ".mc-strip"):
        assert css(AA) in chips(seen, part), part
    seen.colour_by("Status")
    for part in (".mc-status", ".mc-reports", ".mc-history", ".mc-strip"):
        assert css(AA) not in chips(seen, part), part
        assert green in chips(seen, part), part
    seen.colour_by("Armed organisation")
    seen.page.locator(".mc-close").click()
    seen.page.keyboard.press("t")
    assert chips(seen, ".mc-table tbody").count(css(AA)) == 1
    assert css(RED) in chips(seen, ".mc-table tbody")


def test_what_is_pointed_at_is_told_with_its_holder(
    held_html: str, held_slices: Timeline, look: Callable[..., Seen]
) -> None:
    seen = look(held_html)
    seen.go_to(6)
    found = held_slices.slice(held_slices.dates[6])
    number = next(i for i, pcode in enumerate(checkered.PCODES) if found[pcode].holders == ("KIA",))
    lon, lat = checkered.square(number).centroid.coords[0]
    point = seen.page.evaluate(
        """([lat, lon]) => { const map = Object.values(window).find((one) => one instanceof L.Map);
            const box = map.getContainer().getBoundingClientRect(), at = map.latLngToContainerPoint([lat, lon]);
            return [box.x + at.x, box.y + at.y]; }""",
        [lat, lon],
    )
    tip = seen.page.locator(".mc-tip")
    seen.page.mouse.move(*point)
    assert tip.inner_text().endswith(": Ethnic armed organisation")
    seen.colour_by("Armed organisation")
    seen.page.mouse.move(*point)
    assert tip.inner_text().endswith(": Ethnic armed organisation (KIA)")


def test_the_chart_s_shares_follow_the_switch(held_html: str, look: Callable[..., Seen]) -> None:
    seen = look(held_html)
    seen.go_to(5)
    chart = seen.page.locator(".mc-shares")
    assert "Ethnic armed organisation 3.3%" in chart.get_attribute("aria-valuetext")
    seen.colour_by("Armed organisation")
    assert chart.get_attribute("aria-label") == "Shares by armed organisation over time"
    said = chart.get_attribute("aria-valuetext").split(" · ")
    assert said[:2] == ["31 March 2022", "Junta, assumed, not reported 56.7%"]
    assert said[-1] == "KIA + NUG 3.3%"
    seen.page.evaluate(SETTLE)
    top = seen.page.evaluate(
        pixels.reading("""(slice) => { const node = document.querySelector('.mc-shares canvas');
            const x = 11 + (node.clientWidth - 22) * slice / 14, ratio = node.width / node.clientWidth;
            const pixel = (y) => [...copied(node).getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3);
            return pixel(node.clientHeight * (1 - 0.5 * 17 / 30)); }"""),
        LAST,
    )
    assert top == list(pixels.rgb("#F6E0D8")), "the lowest part is the junta's, the next what is assumed"
    seen.page.get_by_label("Shares by", exact=True).select_option("area")
    assert "KIA + NUG" in chart.get_attribute("aria-valuetext")
    seen.colour_by("Status")
    assert "KIA" not in chart.get_attribute("aria-valuetext")


def test_a_sheet_of_paper_lists_those_who_hold_something(held_html: str, look: Callable[..., Seen]) -> None:
    page = look(held_html).page
    page.evaluate("Object.values(MapperControl.apps)[0].set({ by: 'holder' })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = page.locator(".mc-holders li:visible").evaluate_all("rows => rows.map((row) => row.dataset.class)")
    assert shown == ["junta.reported", "junta.assumed", "AA", "nug.reported"]
    assert page.locator(".mc-by").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".mc-by").is_visible()


def test_a_package_without_colours_has_no_switch(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    address = seen.page.url
    seen.page.goto("about:blank")
    seen.page.goto(f"{address}#b=holder")
    seen.page.wait_for_selector(".mc-fills")
    assert seen.page.locator(".mc-by").count() == 0
    assert seen.page.locator(".mc-classes li").first.is_visible()
    assert "Junta" in seen.page.locator(".mc-shares").get_attribute("aria-valuetext")
    assert seen.complaints == []


def test_names_of_holders_are_shown_as_text_whatever_they_hold(look: Callable[..., Seen]) -> None:
    package = hostile.package()
    made = folium_map.control_map(checkered.slices(package), hostile.boundaries(), package)
    seen = look(folium_map.to_html(made))
    seen.page.evaluate("Object.values(MapperControl.apps)[0].set({ by: 'holder' })")
    assert hostile.mark("Actor.name_en") in seen.page.locator(".mc-holders [data-class=AA]").inner_text()
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator(".mc-holders :is(script, img)").count() == 0
    assert seen.complaints == []
