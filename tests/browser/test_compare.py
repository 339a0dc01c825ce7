"""What changed between two dates, who says so, and the two dates side by side on one map."""

from __future__ import annotations

import base64
import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest

import checkered
import made
import mapper
from mapper.outputs import folium_map
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Page

    from seen import Seen

pytestmark = pytest.mark.browser
SLICES = {"2021-03-31": 1, "2021-06-30": 2, "2023-03-31": 9, "2023-06-30": 10}
EAO, JUNTA = [0x5F, 0xB7, 0xA0], [0x9E, 0x2F, 0x2A]
"""Fills of the classes that the first township has on 31 March 2021 and on 30 June 2021."""
NIGHT = [0x4A, 0x30, 0x2F]
"""Fill by night of the third township, which is assumed to be the junta's on 31 March 2021."""
COMPARED = "c=2021-03-31&d=2021-06-30"

PIXEL = """async ([image, lat, lon]) => {
  const app = Object.values(MapperControl.apps)[0];
  const picture = new Image();
  picture.src = "data:image/png;base64," + image;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const ctx = canvas.getContext("2d");
  ctx.drawImage(picture, 0, 0);
  const stage = app.map.getContainer().getBoundingClientRect();
  const at = app.map.latLngToContainerPoint([lat, lon]);
  return [...ctx.getImageData(at.x + stage.left, at.y + stage.top, 1, 1).data].slice(0, 3);
}"""
"""What the reader sees: one pixel of a picture of the whole page."""

INKED = """([lat, lon]) => {
  const app = Object.values(MapperControl.apps)[0];
  const canvas = document.querySelector(".mc-layer .mc-marks");
  const corner = canvas.getBoundingClientRect();
  const stage = app.map.getContainer().getBoundingClientRect();
  const at = app.map.latLngToContainerPoint([lat, lon]);
  const scale = canvas.width / corner.width;
  const [x, y] = [(at.x + stage.left - corner.left) * scale, (at.y + stage.top - corner.top) * scale];
  const { data } = canvas.getContext("2d").getImageData(x - 2, y - 2, 5, 5);
  return data.some((value, i) => i % 4 === 3 && value > 128);
}"""

PAN = "x => Object.values(MapperControl.apps)[0].map.stop().panBy([x, 0], {animate: false})"
SET = "changes => Object.values(MapperControl.apps)[0].set(changes)"

SEAM = """(() => {
  const app = Object.values(MapperControl.apps)[0];
  const stage = document.querySelector(".mc-stage").getBoundingClientRect();
  const wanted = stage.left + (stage.width * app.state.split) / 100;
  return Math.max(...[...document.querySelectorAll(".mc-layer")].map((layer) => {
    const near = getComputedStyle(layer).clipPath.match(/-?[0-9.]+(?=px -)/g).map(Number);
    const edge = near.find((x) => Math.abs(x) !== 50000);
    const box = new DOMMatrix(getComputedStyle(layer).transform);
    const pane = new DOMMatrix(getComputedStyle(document.querySelector(".leaflet-map-pane")).transform);
    return Math.abs(stage.left + pane.e + box.e + box.a * edge - wanted);
  }));
})()"""
"""How many pixels the cut through either map lies beside the divider."""


def page_of(reports: Iterable[dict[str, Any]], publishers: int = 1) -> str:
    """Make the page of the made-up country with these reports alone; source ``s1`` is of "Paper 1", and so on."""
    sources = {
        f"s{i}": made.source(source_id=f"s{i}", publisher=f"Paper {i}", url=f"https://paper.example/{i}")
        for i in range(1, publishers + 1)
    }
    rows = [
        made.report(row["date"], row["status"], report_id=f"R{i}", pcode=checkered.PCODES[row["town"] - 1],
                    **{"source_id": "s1", **{key: row[key] for key in row if key not in {"date", "status", "town"}}})
        for i, row in enumerate(reports)
    ]  # fmt: skip
    country = checkered.package(reports=tuple(rows), sources=sources)
    return folium_map.to_html(folium_map.control_map(checkered.slices(country), checkered.boundaries(), country))


def go(seen: Seen, fragment: str) -> Page:
    """Open the page anew with a fragment, as a link does."""
    address = seen.page.url.split("#")[0]
    seen.page.goto("about:blank")
    seen.page.goto(f"{address}#{fragment}")
    seen.page.wait_for_selector(".mc-fills")
    return seen.page


def colour(page: Page, township: int) -> list[int]:
    """The colour that is seen a little beside the middle of a township, by its number from 0 on."""
    middle = checkered.square(township).centroid
    picture = base64.b64encode(page.screenshot()).decode()
    return page.evaluate(PIXEL, [picture, middle.y + 0.1, middle.x + 0.1])


def place(page: Page, township: int) -> tuple[float, float]:
    middle = checkered.square(township).centroid
    x, y = page.evaluate(
        """([lat, lon]) => { const { map } = Object.values(MapperControl.apps)[0];
        const box = map.getContainer().getBoundingClientRect();
        const at = map.latLngToContainerPoint([lat, lon]);
        return [at.x + box.left, at.y + box.top]; }""",
        [middle.y, middle.x],
    )
    return x, y


@pytest.fixture(scope="module")
def told() -> str:
    """A page whose slice of 30 June 2023 differs from the one before in five townships, in different ways."""
    return page_of(
        [
            {"town": 1, "date": "2023-05-10", "status": "eao", "source_id": "s1"},
            {"town": 2, "date": "2023-06-20", "status": "contested", "source_id": "s2", "claimant": "A speaker",
             "claimant_side": "junta"},
            *({"town": 3, "date": f"2023-06-2{i - 1}", "status": "eao", "source_id": f"s{i}"} for i in (1, 2, 3, 4)),
            {"town": 4, "date": "2022-01-10", "status": "eao", "source_id": "s1"},
            {"town": 4, "date": "2023-06-20", "status": "eao", "holders": ("KIA",), "source_id": "s2"},
            {"town": 5, "date": "2022-05-05", "status": "contested", "source_id": "s3"},
        ],
        publishers=4,
    )  # fmt: skip


def line(page: Page, town: int) -> list[str]:
    """The small lines of a township's row: what changed, and below it who says so."""
    row = page.locator(".mc-changes li").filter(has=page.get_by_role("button", name=f"Town {town}", exact=True))
    return row.locator(".mc-wide").all_text_contents()


def test_the_latest_change_stands_first_and_of_one_day_the_weightiest(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    names = seen.page.locator(".mc-changes li button").all_text_contents()
    assert names == ["Town 2", "Town 3", "Town 4", "Town 1", "Town 5"]
    assert seen.page.locator(".mc-changes h2").text_content() == "Changes since 31 March 2023"


def test_one_line_counts_the_changes_by_kind(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    note = seen.page.locator(".mc-changes > p").text_content()
    assert note == "5 townships differ: Status 4 · Holders or parties 1"


def test_a_change_says_who_said_so_and_when_with_a_link(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    assert line(seen.page, 1) == [
        "Junta, assumed, not reported → Ethnic armed organisation (AA)",
        "10 May 2023 · Paper 1",
    ]
    link = seen.page.locator(".mc-changes a", has_text="Paper 1").first
    assert link.get_attribute("href") == "https://paper.example/1"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_claim_is_told_as_a_claim(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    assert line(seen.page, 2)[1] == "20 June 2023 · claimed by A speaker (the junta\u2019s side); Paper 2"


def test_two_are_named_at_most_the_latest_first(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    assert line(seen.page, 3)[1:] == ["23 June 2023 · Paper 4", "22 June 2023 · Paper 3", "and 2 more"]


def test_only_who_made_the_change_is_named_and_not_who_spoke_before_it(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    assert line(seen.page, 4) == ["other holders: Ethnic armed organisation (KIA)", "20 June 2023 · Paper 2"]


def test_a_lapse_and_an_assumption_say_their_rule_and_silence_since_when(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    seen.go_to(SLICES["2023-06-30"])
    said = line(seen.page, 5)
    assert said[0] == "Contested → Junta, assumed, not reported"
    assert said[1].endswith("2023 · Nothing confirmed the fighting for long, so the map goes back to who last held it.")
    seen.go_to(SLICES["2021-03-31"])
    assert (
        line(seen.page, 1)[1]
        == "1 February 2021 · There is no report; this is the data package\u2019s stated assumption."
    )
    seen.go_to(SLICES["2023-03-31"])
    assert line(seen.page, 4) == ["no longer confirmed", "Not confirmed since 10 January 2022."]


def test_another_date_can_be_picked_and_given_up_again(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    page = seen.page
    seen.go_to(SLICES["2023-06-30"])
    chooser = page.get_by_label("Compared with")
    assert chooser.evaluate("node => node.selectedOptions[0].textContent") == "the slice before"
    assert chooser.locator("optgroup").evaluate_all("all => all.map(one => one.label)") == [
        "2021",
        "2022",
        "2023",
        "2024",
    ]
    chooser.select_option("30 September 2021")
    assert page.locator(".mc-changes h2").text_content() == "Changes from 30 September 2021 to 30 June 2023"
    assert page.locator(".mc-changes > p").text_content() == "5 townships differ: Status 4 · Confirmation 1"
    names = page.locator(".mc-changes li button").all_text_contents()
    assert names == ["Town 2", "Town 3", "Town 1", "Town 5", "Town 4"]
    assert page.locator("[data-mark=changed]").text_content() == "Changes from 30 September 2021 to 30 June 20234"
    page.wait_for_function("location.hash === '#d=2023-06-30&c=2021-09-30'")
    chooser.select_option("the slice before")
    assert page.locator(".mc-changes h2").text_content() == "Changes since 31 March 2023"
    assert page.locator("[data-mark=changed]").text_content() == "Changed since the slice before5"
    page.wait_for_function("location.hash === '#d=2023-06-30'")


def test_a_later_date_is_compared_from_the_earlier_on(told: str, look: Callable[..., Seen]) -> None:
    page = go(look(told), "d=2023-03-31&c=2023-06-30")
    assert page.locator(".mc-changes h2").text_content() == "Changes from 31 March 2023 to 30 June 2023"
    assert line(page, 1)[0] == "Junta, assumed, not reported → Ethnic armed organisation (AA)"


def test_where_nothing_differs_it_says_so(told: str, look: Callable[..., Seen]) -> None:
    page = go(look(told), "d=2023-06-30&c=2023-06-30")
    assert page.locator(".mc-changes > p").text_content() == "No township changed since 30 June 2023."
    assert page.locator(".mc-changes li").count() == 0


@pytest.mark.parametrize(("fragment", "outlined"), [("d=2023-06-30", False), ("d=2023-06-30&c=2021-09-30", True)])
def test_the_townships_outlined_are_those_that_differ(
    look: Callable[..., Seen], fragment: str, *, outlined: bool
) -> None:
    """Town 1 differs from 2021 and not from the slice before, Town 30 from both, Town 15 from neither."""
    reports = [{"town": 1, "date": "2021-10-10", "status": "eao"}, {"town": 30, "date": "2023-06-01", "status": "eao"},
               {"town": 1, "date": "2022-10-10", "status": "eao"}]  # fmt: skip
    page = go(look(page_of(reports)), fragment)
    corners = [checkered.square(number).bounds for number in (0, 29, 14)]
    found = [page.evaluate(INKED, [south + 0.25, west]) for west, south, _, _ in corners]
    assert found == [outlined, True, False]


def test_the_list_is_cut_at_forty_rows_until_all_are_asked_for(look: Callable[..., Seen]) -> None:
    package = mapper.open_package()
    slices = mapper.make_timeline(package, start=dt.date(2022, 6, 30), end=dt.date(2025, 6, 30), every="quarter")
    count = len(slices.between(dt.date(2022, 6, 30), dt.date(2025, 6, 30)))
    assert count > 80
    text = folium_map.to_html(folium_map.control_map(slices, mapper.load_boundaries(package), package))
    page = go(look(text), "c=2022-06-30")
    assert page.locator(".mc-changes li").count() == 40
    page.get_by_role("button", name=f"Show all {count}").click()
    assert page.locator(".mc-changes li").count() == count
    assert page.locator(".mc-changes li").nth(40).locator("button").evaluate("node => node === document.activeElement")
    assert page.get_by_role("button", name="Show all").count() == 0


def test_nothing_is_written_into_the_list_while_a_card_hides_it(told: str, look: Callable[..., Seen]) -> None:
    seen = look(told)
    page = seen.page
    choose(page, "Town 1")
    page.evaluate(
        """() => { window.written = 0; new MutationObserver((all) => (window.written += all.length))
            .observe(document.querySelector('.mc-changes'), {childList: true, subtree: true, characterData: true}); }"""
    )
    for index in (3, 5, SLICES["2023-06-30"]):
        seen.go_to(index)
    assert page.locator(".mc-changes").is_hidden()
    assert page.evaluate("window.written") == 0
    page.locator(".mc-close").click()
    page.locator(".mc-changes").wait_for()
    page.wait_for_function("document.querySelectorAll('.mc-changes li').length === 5")


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
    for beside, seen_there in ((60, JUNTA), (-60, EAO)):
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
            assert button["y"] >= zoom["y"] + zoom["height"]
            assert button["y"] + button["height"] <= stage["y"] + stage["height"]
        else:
            assert zoom["x"] + zoom["width"] <= left["x"]
            assert box["y"] == pytest.approx(button["y"], abs=4), "the button stands beside the date"
        assert page.evaluate("document.documentElement.scrollWidth") == width
