"""Two dates side by side on one map."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from comparing import COMPARED, EAO, JUNTA, NIGHT, PAN, SEAM, SET, SLICES, colour, go, place
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from seen import Seen

pytestmark = pytest.mark.browser


def test_the_button_begins_with_a_year_before_and_ends_it_again(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = seen.page
    button = page.get_by_role("button", name="Compare")
    assert page.locator(".mc-layer").count() == 1
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(".mc-layer").count() == 2
    assert page.locator(".mc-pair select").evaluate("node => node.selectedOptions[0].textContent") == "30 June 2023"
    assert page.locator(".mc-pair-date").text_content() == "30 June 2024"
    assert page.locator(".mc-changes h2").text_content() == "Changes from 30 June 2023 to 30 June 2024"
    page.wait_for_function("location.hash === '#c=2023-06-30&x=50'")
    button.click()
    assert page.locator(".mc-layer").count() == 1
    assert page.locator(".mc-pair").count() == 0
    assert page.locator(".mc-layer").evaluate("node => node.style.clipPath") == ""
    page.wait_for_function("location.hash === '#c=2023-06-30'")
    assert seen.complaints == []


def test_left_is_the_earlier_date_and_right_the_one_shown(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    for split, seen_there in ((100, EAO), (0, JUNTA)):
        page = go(seen, f"{COMPARED}&x={split}")
        assert colour(page, 0) == seen_there
    boxes = [page.locator(name).bounding_box()["x"] for name in (".mc-pair select", ".mc-pair-date")]
    assert boxes[0] < boxes[1]


def test_a_date_to_compare_with_that_is_later_lies_on_the_right(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    for split, seen_there in ((100, EAO), (0, JUNTA)):
        page = go(seen, f"c=2021-06-30&d=2021-03-31&x={split}")
        assert colour(page, 0) == seen_there
    boxes = [page.locator(name).bounding_box()["x"] for name in (".mc-pair select", ".mc-pair-date")]
    assert boxes[1] < boxes[0]
    assert page.locator(".mc-pair .mc-live").text_content().startswith("Left: 31 March 2021, right: 30 June 2021; ")


def test_the_sides_change_places_when_the_date_shown_passes_the_other(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = go(seen, "c=2021-06-30&d=2021-09-30&x=0")
    seen.go_to(SLICES["2021-03-31"])
    assert colour(page, 0) == JUNTA
    seen.go_to(SLICES["2021-06-30"] + 5)
    page.get_by_role("slider", name="Divider").press("End")
    assert colour(page, 0) == JUNTA
    assert page.locator(".mc-pair-date").bounding_box()["x"] > page.locator(".mc-pair select").bounding_box()["x"]


def test_a_sentence_says_what_is_left_and_right_and_how_many_differ(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=50")
    assert page.locator(".mc-pair .mc-live").get_attribute("aria-live") == "polite"
    said = page.locator(".mc-pair .mc-live")
    assert said.text_content() == "Left: 31 March 2021, right: 30 June 2021; 4 townships differ"
    assert page.get_by_role("slider", name="Divider").get_attribute("aria-describedby") == said.get_attribute("id")
    page.locator(".mc-pair select").select_option("30 September 2021")
    assert said.text_content().startswith("Left: 30 June 2021, right: 30 September 2021; ")


def test_arrows_home_and_end_move_the_divider_and_escape_ends(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    button = page.get_by_role("button", name="Compare")
    button.focus()
    button.press("Enter")
    divider = page.get_by_role("slider", name="Divider")
    assert divider.evaluate("node => node === document.activeElement")
    at = []
    for key in ("ArrowLeft", "ArrowRight", "ArrowRight", "Home", "ArrowLeft", "End", "PageDown"):
        divider.press(key)
        at.append(divider.get_attribute("aria-valuenow"))
    assert at == ["48", "50", "52", "0", "0", "100", "90"]
    assert page.locator("input[type=range]").input_value() == "14", "the date shown stays"
    page.keyboard.press("Escape")
    assert page.locator(".mc-pair").count() == 0
    assert button.evaluate("node => node === document.activeElement")


def test_escape_closes_the_card_first(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=50&t=MMR012001")
    page.locator(".mc-card h2").focus()
    page.keyboard.press("Escape")
    assert page.locator(".mc-card").is_hidden()
    assert page.locator(".mc-pair").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".mc-pair").count() == 0


def test_the_divider_follows_the_pointer_and_the_map_stays(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=50")
    before = place(page, 0)
    grip = page.locator(".mc-grip").bounding_box()
    stage = page.locator(".mc-stage").bounding_box()
    page.mouse.move(grip["x"] + 30, grip["y"] + 22)
    page.mouse.down()
    page.mouse.move(grip["x"] - 100, grip["y"] + 60, steps=4)
    page.mouse.up()
    page.mouse.move(grip["x"] + 200, grip["y"])
    line_at = page.locator(".mc-seam").bounding_box()
    assert line_at["x"] + 1 == pytest.approx(grip["x"] + 22 - 130, abs=1)
    assert place(page, 0) == before
    assert page.evaluate(SEAM) < 0.6
    assert grip["width"] == grip["height"] == 44
    assert stage["x"] <= grip["x"]


def test_a_finger_drags_the_divider(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html, width=390, height=844, is_mobile=True, has_touch=True), f"{COMPARED}&x=50")
    grip = page.locator(".mc-grip").bounding_box()
    touch = page.context.new_cdp_session(page)
    x, y = grip["x"] + 22, grip["y"] + 22
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        *(("touchMove", [{"x": x - 20 * i, "y": y}]) for i in range(1, 6)),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.locator(".mc-seam").bounding_box()["x"] + 1 == pytest.approx(x - 100, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_cut_stays_at_the_divider_while_the_map_is_moved(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=50")
    page.evaluate("Object.values(MapperControl.apps)[0].map.options.inertia = false")
    stage = page.locator(".mc-stage").bounding_box()
    x, y = stage["x"] + 300, stage["y"] + 400
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x + 40 * step, y)
        assert page.evaluate(SEAM) < 0.6
    page.mouse.up()
    for beside, seen_there in ((40, JUNTA), (-40, EAO)):
        wanted = page.locator(".mc-seam").bounding_box()["x"] + beside
        page.evaluate(PAN, place(page, 0)[0] - wanted)
        assert place(page, 0)[0] == pytest.approx(wanted, abs=1)
        assert colour(page, 0) == seen_there
        assert page.evaluate(SEAM) < 0.6


def test_the_cut_stays_at_the_divider_in_each_frame_of_a_zoom(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=30")
    off = page.evaluate(
        """(seam) => new Promise((done) => {
            const { map } = Object.values(MapperControl.apps)[0];
            const found = [];
            const scale = () => new DOMMatrix(getComputedStyle(document.querySelector('.mc-layer')).transform).a;
            const frame = () => { if (!map._animatingZoom) return;
                found.push([(0, eval)(seam), scale()]);
                requestAnimationFrame(frame); };
            map.on('zoomanim', () => requestAnimationFrame(frame));
            map.on('zoomend', () => setTimeout(() => done(found), 0));
            map.zoomIn(1); })""",
        SEAM,
    )
    assert any(1.05 < scale < 1.95 for _, scale in off), "frames between the two zooms were seen"
    assert max(beside for beside, _ in off) < 1
    assert page.evaluate(SEAM) < 0.6


def test_pointer_and_card_on_the_left_speak_of_the_earlier_date(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    for split, date, status in ((100, "31 March 2021", "Ethnic armed organisation"), (0, "30 June 2021", "Junta")):
        page = go(seen, f"{COMPARED}&x={split}")
        page.mouse.move(*place(page, 0))
        tip = page.locator(".mc-tip").text_content()
        assert tip.endswith(f": {status} · {date}")
        page.mouse.click(*place(page, 0))
        assert page.locator(".mc-card .mc-status").text_content() == status
        assert (f"As of {date}." in page.locator(".mc-card").text_content()) == (split == 100)
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".mc-card .mc-status").text_content() == "Junta"


def test_a_card_of_the_earlier_date_goes_back_to_the_date_shown(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=100")
    page.mouse.click(*place(page, 0))
    assert page.locator(".mc-card .mc-status").text_content() == "Ethnic armed organisation"
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".mc-card .mc-status").text_content() == "Junta"
    assert "As of" not in page.locator(".mc-card").text_content()


def test_a_township_found_by_name_speaks_of_the_date_shown(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=100")
    page.mouse.click(*place(page, 0))
    for name in ("Town 2", "Town 1"):
        choose(page, name)
    assert page.locator(".mc-card .mc-status").text_content() == "Junta"
    assert "As of" not in page.locator(".mc-card").text_content()


def test_figures_beside_the_map_are_not_told_where_they_lie_on_another_date(
    html: str, look: Callable[..., Seen]
) -> None:
    page = look(html).page
    page.evaluate("document.querySelector('.mc-off-map').append('Malaysia')")
    assert page.locator(".mc-off-map").is_visible()
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".mc-off-map").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator(".mc-off-map").is_visible()


def test_the_keyboard_s_township_speaks_of_the_date_seen_there(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=100")
    page.locator(".leaflet-container").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".mc-stage > .mc-live").text_content().endswith("31 March 2021")
    page.keyboard.press("Enter")
    assert "As of 31 March 2021." in page.locator(".mc-card").text_content()


def test_both_maps_follow_the_slider_the_colours_and_the_language(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = go(seen, "c=2021-03-31&x=50")
    seen.go_to(SLICES["2021-06-30"])
    assert page.locator(".mc-pair-date").text_content() == "30 June 2021"
    page.get_by_role("button", name="Dark colours").click()
    page.get_by_role("slider", name="Divider").press("End")
    assert colour(page, 2) == NIGHT
    page.get_by_role("button", name="Dark colours").click()
    assert colour(page, 0) == EAO
    assert colour(page, 2) != NIGHT
    page.select_option(".mc-languages select", "my")
    assert page.locator(".mc-pair-date").text_content() == "၂၀၂၁ ခုနှစ် ဇွန် ၃၀ ရက်"
    assert seen.complaints == []


def test_it_prints_the_date_shown_and_compares_on_afterwards(html: str, look: Callable[..., Seen]) -> None:
    page = go(look(html), f"{COMPARED}&x=70")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".mc-pair").count() == 0
    assert page.locator(".mc-layer").count() == 1
    assert page.locator(".mc-copy").count() == 5
    assert page.locator(".mc-compare").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".mc-grip").get_attribute("aria-valuenow") == "70"
    assert page.evaluate(SEAM) < 0.6


def test_a_layer_that_is_taken_off_takes_the_second_map_along(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = go(seen, f"{COMPARED}&x=70")
    swap = """() => { const map = Object.values(window).find((one) => one instanceof L.Map);
        const layer = Object.values(map._layers).find((one) => one._end);
        map.removeLayer(layer); const left = document.querySelectorAll('.mc-layer, .mc-pair').length;
        map.addLayer(layer); return [left, document.querySelectorAll('.mc-layer').length]; }"""
    assert page.evaluate(swap) == [0, 2]
    assert page.evaluate(SEAM) < 0.6
    assert seen.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844), (360, 740), (600, 500)])
def test_the_dates_stand_beside_one_another_clear_of_the_buttons(
    html: str, look: Callable[..., Seen], width: int, height: int
) -> None:
    page = go(look(html, width=width, height=height), f"{COMPARED}&x=50")
    names = (".mc-pair select", ".mc-pair-date", ".mc-zoom", ".mc-compare", ".mc-stage", ".mc-date-box")
    for lang, split in itertools.product(["en", "my", "id"], [0, 50, 100]):
        page.evaluate(SET, {"lang": lang, "split": split})
        left, right, zoom, button, stage, box = (page.locator(name).bounding_box() for name in names)
        assert stage["x"] <= left["x"]
        assert left["x"] + left["width"] <= right["x"]
        assert right["x"] + right["width"] <= stage["x"] + stage["width"]
        if width < 720:
            assert right["x"] + right["width"] <= zoom["x"]
            assert button["y"] >= zoom["y"]
            assert button["y"] + button["height"] <= zoom["y"] + zoom["height"]
            assert button["y"] + button["height"] <= stage["y"] + stage["height"]
        else:
            assert zoom["x"] + zoom["width"] <= left["x"]
            assert box["y"] == pytest.approx(button["y"], abs=4), "the button stands beside the date"
        assert page.evaluate("document.documentElement.scrollWidth") == width
