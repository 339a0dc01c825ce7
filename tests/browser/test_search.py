"""Search: a township, town or state by any spelling, by keyboard, pointer and finger, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import checkered
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from seen import Seen

pytestmark = pytest.mark.browser
APP = "const app = Object.values(MapperControl.apps)[0];"
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}
CALM = {"reduced_motion": "reduce"}


@pytest.fixture(scope="module")
def page_text() -> str:
    """Write the country with two Minhlas, a Maungdaw that is also written Mongdaw, and a town in Township 20."""
    plain = checkered.package()
    names = dict(zip(checkered.PCODES, [["Maungdaw", "မောင်တော"], ["Minhla", "မင်းလှ"]], strict=False))
    names[checkered.PCODES[20]] = ["Minhla", "မင်းလှ"]
    townships = plain.townships.copy()
    for pcode, (english, burmese) in names.items():
        townships.loc[pcode, ["name_en", "name_my"]] = [english, burmese]
    aliases = pd.DataFrame(
        [(checkered.PCODES[0], "Mongdaw", "a list", "yes"), (checkered.PCODES[5], "Naw-Mi'", "a list", "no")],
        columns=["pcode", "alias", "seen_in", "machine_matched"],
    )
    row = {"pcode": checkered.PCODES[20], "name_en": "Lwegel Town", "name_my": "လွယ်ဂျယ်", "lon": 95.1, "lat": 19.9}
    towns = pd.DataFrame([row], index=pd.Index([f"{checkered.PCODES[20]}701"], name="town_pcode"))
    package = checkered.package(townships=townships, aliases=aliases, towns=towns)
    return folium_map.to_html(folium_map.control_map(checkered.slices(package), checkered.boundaries(), package))


def typed(page: Page, text: str) -> list[str]:
    """Type into the field and give the hits."""
    field(page).fill(text)
    return hits(page).all_text_contents()


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Find a township, town or state")


def hits(page: Page) -> Locator:
    return page.locator(".mc-hits [role=option]")


def active(page: Page) -> str | None:
    """Give the text of the option that the field says is active."""
    return page.evaluate(
        """() => { const id = document.querySelector(".mc-input").getAttribute("aria-activedescendant");
            if (!id) return null;
            const node = document.getElementById(id);
            if (node.getAttribute("aria-selected") !== "true") throw new Error("not selected");
            return node.querySelector("bdi").textContent; }"""
    )


def middle_of(page: Page, township: int) -> list[float]:
    """Where the middle of a township lies, as parts of the map's width and height."""
    return page.evaluate(
        """number => { const app = Object.values(MapperControl.apps)[0]; const box = app.scene.shapes[number].box;
        const at = app.map.latLngToContainerPoint(app.toLatLng((box[0] + box[2]) / 2, (box[1] + box[3]) / 2));
        const size = app.map.getSize(); return [at.x / size.x, at.y / size.y]; }""",
        township,
    )


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("mongdaw", "Maungdaw, also written Mongdaw Township in South"),
        ("Máung-daw", "Maungdaw Township in South"),
        ("မောင် တော", "Maungdaw, also written မောင်တော Township in South"),
        ("MMR012001", "Maungdaw Township in South · MMR012001"),
        ("naw mi", "Town 6, also written Naw-Mi' Township in South"),
        ("lwe gel", "Lwegel Town in Minhla, North"),
        ("လွယ်ဂျယ်", "Lwegel, also written လွယ်ဂျယ် Town in Minhla, North"),
        ("nort", "North State or region"),
    ],
)
def test_a_hit_says_what_it_is_where_and_which_spelling_fits(
    page_text: str, look: Callable[..., Seen], text: str, hit: str
) -> None:
    assert typed(look(page_text).page, text)[0] == hit


def test_two_townships_of_one_name_are_listed_with_their_states(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    assert typed(page, "minhla") == ["Minhla Township in South", "Minhla Township in North"]
    hits(page).nth(1).click()
    assert page.locator(".mc-card .mc-card-head").text_content().startswith("Minhlaမင်းလှ · Township in North")


def test_the_number_of_hits_is_seen_and_said(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    typed(page, "minhla")
    assert page.locator(".mc-hits > p").text_content() == "2 found"
    assert page.locator(".mc-live").text_content() == "2 found"
    assert typed(page, "zzzzzzzzzz") == []
    assert page.locator(".mc-live").text_content() == "No place by that name here."
    assert field(page).get_attribute("aria-expanded") == "false"


def test_a_similar_spelling_says_so_and_is_not_chosen_by_itself(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    assert typed(page, "maundow") == ["Maungdaw similar spelling · Township in South"]
    field(page).press("Enter")
    assert page.locator(".mc-card").is_hidden()
    field(page).press("ArrowDown")
    field(page).press("Enter")
    assert page.locator(".mc-card h2").text_content() == "Maungdaw"


def test_arrows_home_end_enter_and_escape(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    box = field(page)
    box.focus()
    assert box.get_attribute("aria-expanded") == "false"
    said = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "End"):
        box.press(key)
        said.append(active(page))
    assert said == ["North", "South", "North", "South", "North", "South"], "an empty field lists the states"
    assert box.get_attribute("aria-expanded") == "true"
    typed(page, "minh")
    assert active(page) is None
    box.press("Escape")
    assert box.input_value() == ""
    assert page.locator(".mc-hits").is_hidden()
    typed(page, "minh")
    box.press("Enter")
    assert page.locator(".mc-card h2").text_content() == "Minhla"
    assert box.input_value() == "Minhla"
    assert page.evaluate("document.activeElement.tagName") == "H2", "the card takes the focus, as ever"


def test_enter_in_an_empty_field_does_nothing(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    field(page).click()
    assert hits(page).count() == 2
    field(page).press("Enter")
    assert page.locator(".mc-card").is_hidden()
    assert field(page).input_value() == ""


def test_a_state_named_in_full_is_followed_by_its_townships_and_moves_the_map(
    page_text: str, look: Callable[..., Seen]
) -> None:
    page = look(page_text, **CALM).page
    found = typed(page, "north")
    assert found[0] == "North State or region"
    assert len(found) == 1 + 12
    hits(page).first.click()
    south, north = page.evaluate(APP + "const b = app.map.getBounds(); [b.getSouth(), b.getNorth()]")
    assert 18.9 < south < 19.5, "the state and a margin, no more"
    assert 20.5 < north < 21.1
    assert page.locator(".mc-card").is_hidden()


def test_a_township_is_zoomed_to_so_that_it_can_be_seen(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text, **CALM).page
    before = page.evaluate(APP + "app.map.getZoom()")
    typed(page, "maungdaw")
    field(page).press("Enter")
    assert middle_of(page, 0) == pytest.approx([0.5, 0.5], abs=0.02)
    assert page.evaluate(APP + "app.map.getZoom()") > before + 0.3
    assert not page.evaluate(APP + "Boolean(app.map._animatingZoom)"), "no motion where the reader wants none"


def test_a_town_is_gone_to_with_its_township_selected_and_is_named_until_another_is(
    page_text: str, look: Callable[..., Seen]
) -> None:
    page = look(page_text, **CALM).page
    typed(page, "lwegel")
    field(page).press("Enter")
    assert page.locator(".mc-card h2").text_content() == "Minhla"
    centre = page.evaluate(APP + "const c = app.map.getCenter(); [c.lng, c.lat]")
    assert centre == pytest.approx([95.1, 19.9], abs=0.01)
    placed = page.evaluate(
        APP
        + """ const M = MapperControl; const place = M.placeLabels; let kept = [];
        M.placeLabels = (...all) => (kept = place(...all)); app.layer.paint(["names"], true); M.placeLabels = place;
        kept.filter(({label}) => label.kind === "town").map(({lines}) => lines[0])"""
    )
    assert placed == ["Lwegel"]
    page.locator(".mc-close").click()
    assert page.evaluate(APP + "app.state.town") is None


def test_the_box_keeps_its_text_when_the_language_changes(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    typed(page, "Mongdaw")
    page.select_option(".mc-languages select", "my")
    box = page.locator(".mc-find input")
    assert box.input_value() == "Mongdaw"
    box.click()
    assert hits(page).first.text_content().startswith("မောင်တော (Mongdaw")


def test_by_touch_on_a_phone_the_township_is_seen_above_its_card(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text, **PHONE, **CALM).page
    field(page).tap()
    field(page).fill("mongd")
    box = page.locator(".mc-hits").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert hits(page).first.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    hits(page).first.tap()
    assert page.locator(".mc-card h2").text_content() == "Maungdaw"
    page.wait_for_function("document.getAnimations().length === 0")
    x, y = middle_of(page, 0)
    stage = page.locator(".mc-stage").bounding_box()
    card = page.locator(".mc-panel").bounding_box()
    assert 0 < stage["y"] + y * stage["height"] < card["y"], "the card does not cover it"
    assert x == pytest.approx(0.5, abs=0.02)


def test_the_list_closes_when_the_focus_leaves(page_text: str, look: Callable[..., Seen]) -> None:
    page = look(page_text).page
    typed(page, "min")
    field(page).press("Tab")
    assert page.locator(".mc-hits").is_hidden()


@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (600, 500)])
def test_the_list_lies_over_all_that_is_below_it(
    page_text: str, look: Callable[..., Seen], size: tuple[int, int]
) -> None:
    page = look(page_text, width=size[0], height=size[1]).page
    page.locator(".mc-find").scroll_into_view_if_needed()
    typed(page, "town")
    over = page.evaluate(
        """() => [...document.querySelectorAll(".mc-hits li")].slice(0, 3).every(node => {
            const box = node.getBoundingClientRect();
            return node.contains(document.elementFromPoint(box.x + 20, box.y + box.height / 2)); })"""
    )
    assert over
