"""Displaced people: the dates of figures, a date of the layer's own, old figures, arrows from area to area."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import checkered
import made
import pixels
from mapper import timeline
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from seen import Seen

pytestmark = pytest.mark.browser
TO = " \N{EN DASH} "

PAINTED = pixels.reading("""([x, y]) => {
    const canvas = document.querySelector('canvas.mc-names'); const ratio = devicePixelRatio;
    const { data } = copied(canvas).getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1);
    return [...data]; }""")
WATCHED = """() => { window.given = []; const { drawn } = Object.values(MapperControl.apps)[0];
    const part = drawn.named.find(({ waits }) => waits); const own = part.paint;
    part.paint = (ctx, view, rows) => { given.push(rows.length); return own(ctx, view, rows); }; }"""
ARROWS = """() => { const app = Object.values(MapperControl.apps)[0];
    return MapperControl.arrows(app, app.layer.view(), app.flows().rows).map(({x, y, cx, cy, tx, ty, old, row}) =>
        [row.from, row.to, old, (x + 2 * cx + tx) / 4, (y + 2 * cy + ty) / 4]); }"""
SPOTS = """code => { const app = Object.values(MapperControl.apps)[0]; const { states } = app.data;
    const view = app.layer.view(); const i = states.code.indexOf(code);
    return [view.a * states.point[2 * i] + view.e, view.a * states.point[2 * i + 1] + view.f]; }"""


def figures(*rows: tuple[str, str, int], **fields: str) -> pd.DataFrame:
    """Make figures: date, P-code, people."""
    table = [
        {
            "date": dt.date.fromisoformat(date),
            "date_precision": "day",
            "level": "state",
            "pcode": pcode,
            "place": pcode,
            "people": people,
            "qualifier": "about",
            "measure": "idps",
            "basis": "total",
            "source_id": "a-source",
            "note": "",
        }
        | fields
        for date, pcode, people in rows
    ]
    return pd.DataFrame(table, index=pd.Index([f"D{i}" for i in range(len(table))], name="figure_id"))


def abroad() -> pd.DataFrame:
    rows = figures(("2023-06-30", "", 80_000), ("2023-06-30", "", 140_200)).drop(columns=["level", "pcode", "place"])
    return rows.assign(country_iso3=["THA", "MYS"], country=["", ""], measure="refugees", basis="unhcr_mandate")


@pytest.fixture(scope="module")
def moved() -> str:
    """Give a page with quarterly slices from March 2021 to June 2024; township 0 is contested from May 2024 on."""
    package = checkered.package(
        displacement=figures(
            ("2021-12-31", "MMR012", 50_000), ("2022-03-15", "MMR013", 900_000), ("2024-03-31", "MMR012", 500_000)
        ),
        refugees=abroad(),
        movements=checkered.movements(),
        bases=pd.DataFrame({"name_en": {"total": "All", "unhcr_mandate": "Under mandate"}}),
    )
    report = made.report("2024-05-10", "contested", pcode=checkered.PCODES[0])
    dates = checkered.slices(package).dates
    slices = timeline.timeline(package.townships.index, [report], dates, options=package.options)
    return folium_map.to_html(folium_map.control_map(slices, checkered.boundaries(), package))


def choose(page: Page, key: str, value: str) -> None:
    page.locator(f"select[id$=_{key}]").select_option(value)


def open_list(page: Page, number: int) -> list[str]:
    page.locator(".mc-figures summary").nth(number).click()
    page.locator(".mc-figures").nth(number).locator("li").first.wait_for()
    return page.locator(".mc-figures").nth(number).locator("li").all_inner_texts()


def test_the_panel_says_of_which_dates_the_figures_shown_are(moved: str, look: Callable[..., Seen]) -> None:
    seen = look(moved)
    page = seen.page
    assert page.locator(".mc-dates").inner_text() == "Figures of 30 June 2023."
    choose(page, "people", "total")
    assert page.locator(".mc-dates").inner_text() == f"Figures of 15 March 2022{TO}31 March 2024."
    seen.go_to(4)
    assert page.locator(".mc-dates").inner_text() == "Figures of 31 December 2021."
    seen.go_to(0)
    assert page.locator(".mc-dates").is_hidden()


def test_what_is_chosen_of_refugees_is_drawn_at_once_where_there_is_no_inset(
    moved: str, look: Callable[..., Seen]
) -> None:
    page = look(moved).page
    assert page.locator(".mc-inset").count() == 0
    page.evaluate(WATCHED)
    choose(page, "abroad", "")
    assert page.evaluate("given") == [0], "figures that wait while time moves on do not wait for anything else"


def test_the_layer_can_be_held_at_a_date_of_its_own_which_stands_in_the_address(
    moved: str, look: Callable[..., Seen]
) -> None:
    seen = look(moved)
    page = seen.page
    choose(page, "people", "total")
    choose(page, "abroad", "")
    options = page.locator("select[id$=_figures] option").all_inner_texts()
    assert options == ["Date of the map", "31 March 2024", "31 March 2022", "31 December 2021"]
    page.locator("select[id$=_figures]").select_option(label="31 March 2022")
    assert page.locator(".mc-dates").inner_text() == f"Figures of 31 December 2021{TO}15 March 2022."
    assert page.locator(".mc-date").inner_text() == "30 June 2024", "the map keeps its own"
    seen.go_to(2)
    assert page.locator(".mc-dates").inner_text() == f"Figures of 31 December 2021{TO}15 March 2022."
    page.wait_for_function("location.hash.includes('f=2022-03-31')")
    page.reload()
    page.wait_for_selector(".mc-fills")
    assert page.locator("select[id$=_figures]").evaluate("node => node.selectedOptions[0].text") == "31 March 2022"
    choose(page, "figures", "")
    assert page.locator(".mc-dates").is_hidden(), "on 30 June 2021 there is none yet"
    assert seen.complaints == []


def test_a_figure_older_than_a_year_fades_and_says_so(moved: str, look: Callable[..., Seen]) -> None:
    seen = look(moved)
    page = seen.page
    choose(page, "people", "total")
    choose(page, "abroad", "")
    old, fresh = open_list(page, 0)
    assert "about 900,000" in old
    assert "15 March 2022 · older than a year" in old
    assert "31 March 2024 · " in fresh
    assert "older" not in fresh
    assert "older than a year" in page.locator(".mc-sizes").first.inner_text()
    assert page.locator(".mc-sizes circle[stroke-dasharray]").count() == 1
    faded, full = (page.evaluate(PAINTED, _aside(page.evaluate(SPOTS, code))) for code in ("MMR013", "MMR012"))
    assert faded[3] < 0.5 * full[3]
    seen.go_to(8)
    assert "older" not in page.locator(".mc-figures li").first.inner_text(), "on 31 December 2022 it is not yet"


def _aside(spot: list[float]) -> list[float]:
    """Give a point within a large circle, beside the name in its middle."""
    return [spot[0], spot[1] - 12]


def test_a_large_circle_has_its_number_beside_it(moved: str, look: Callable[..., Seen]) -> None:
    page = look(moved).page
    drawn = """() => { const app = Object.values(MapperControl.apps)[0]; const texts = [];
        const kept = OffscreenCanvasRenderingContext2D.prototype.fillText;
        OffscreenCanvasRenderingContext2D.prototype.fillText = function (text, x, y) { texts.push([text, x, y]); };
        app.layer.paint(['names'], true);
        OffscreenCanvasRenderingContext2D.prototype.fillText = kept; return texts; }"""
    choose(page, "people", "total")
    (found,) = [place for place in page.evaluate(drawn) if place[0] == "about 900,000"]
    x, y = page.evaluate(SPOTS, "MMR013")
    assert max(abs(found[1] - x), abs(found[2] - y)) > 25, "not on the circle"


def test_the_layer_goes_off_and_on_again_as_it_was(moved: str, look: Callable[..., Seen]) -> None:
    page = look(moved).page
    choose(page, "people", "total")
    choose(page, "flows", "displacement")
    switch = page.get_by_role("switch", name="Displaced people")
    assert switch.get_attribute("aria-checked") == "true"
    switch.click()
    keys = ("people", "abroad", "flows")
    assert [page.locator(f"select[id$=_{key}]").input_value() for key in keys] == ["", "", ""]
    assert switch.get_attribute("aria-checked") == "false"
    assert page.locator(".mc-off-map").inner_text() == ""
    assert page.locator("select[id$=_figures]").is_hidden()
    switch.press("Enter")
    chosen = [page.locator(f"select[id$=_{key}]").input_value() for key in keys]
    assert chosen == ["total", "unhcr_mandate", "displacement"]


def test_a_sentence_says_what_is_shown_and_what_never_is(moved: str, look: Callable[..., Seen]) -> None:
    page = look(moved).page
    text = page.locator(".mc-people").inner_text()
    assert "they do not add up. Camps and sites are never shown." in text
    choose(page, "flows", "displacement")
    assert "Arrows join whole areas; they are no routes and do not add up." in page.locator(".mc-people").inner_text()


def test_arrows_are_drawn_for_one_kind_chosen_and_what_has_no_two_areas_is_told(
    moved: str, look: Callable[..., Seen]
) -> None:
    seen = look(moved)
    page = seen.page
    assert page.evaluate(ARROWS) == []
    kinds = page.locator("select[id$=_flows] option").all_inner_texts()
    assert kinds == ["No arrows", "Displaced", "refugees · Newly across the border in a year"]
    seen.go_to(10)
    choose(page, "flows", "displacement")
    arrows = page.evaluate(ARROWS)
    assert [arrow[:3] for arrow in arrows] == [["MMR012", "MMR013", False], [checkered.PCODES[0], "MMR013", False]]
    assert page.evaluate(PAINTED, arrows[0][3:])[3] == 255
    assert "not drawn" not in page.locator(".mc-people").inner_text()
    rows = open_list(page, 1)
    assert len(rows) == 3
    assert "South → North" in rows[0]
    assert "40,000" in rows[0]
    assert f"1 June 2023{TO}30 June 2023" in rows[0]
    assert "the South-East → North" in rows[2]
    page.wait_for_function("location.hash.includes('m=displacement')")
    page.reload()
    page.wait_for_selector(".mc-fills")
    assert page.locator("select[id$=_flows]").input_value() == "displacement"
    assert seen.complaints == []


def test_an_arrow_that_touches_a_contested_township_is_withheld_and_counted(
    moved: str, look: Callable[..., Seen]
) -> None:
    seen = look(moved)
    page = seen.page
    choose(page, "flows", "displacement")
    told = "1 arrow that begins or ends in a contested township is not drawn."
    assert [arrow[0] for arrow in page.evaluate(ARROWS)] == ["MMR012"]
    assert told in page.locator(".mc-people").inner_text()
    assert all("Town 1" not in row for row in open_list(page, 1))
    page.locator("select[id$=_figures]").select_option(label="30 June 2023")
    assert [arrow[0] for arrow in page.evaluate(ARROWS)] == ["MMR012"], "it is contested on the map"
    assert told in page.locator(".mc-people").inner_text()
    seen.go_to(10)
    assert len(page.evaluate(ARROWS)) == 2


def test_old_arrows_fade_and_a_few_people_are_said_to_be_few(moved: str, look: Callable[..., Seen]) -> None:
    seen = look(moved)
    page = seen.page
    choose(page, "flows", "new_across_border.refugees")
    assert [arrow[2] for arrow in page.evaluate(ARROWS)] == [True, True]
    rows = open_list(page, 1)
    assert "fewer than 5" in rows[1]
    assert "Myanmar → Thailand" in rows[1]
    assert all("older than a year" in row for row in rows)
    assert "older than a year" in page.locator(".mc-sizes").nth(1).inner_text()
    seen.go_to(5)
    assert [arrow[2] for arrow in page.evaluate(ARROWS)] == [False, False]


def test_an_arrow_to_a_country_off_the_map_ends_at_its_margin(moved: str, look: Callable[..., Seen]) -> None:
    page = look(moved).page
    choose(page, "flows", "new_across_border.refugees")
    found = page.evaluate(
        """() => { const app = Object.values(MapperControl.apps)[0]; const view = app.layer.view();
        return MapperControl.arrows(app, view, app.flows().rows).filter(one => one.row.to === 'MYS')
            .map(one => [one.ty - view.shift.y, view.seen.y]); }"""
    )
    assert [below - end for end, below in found] == [pytest.approx(18)]


@pytest.mark.parametrize("lang", ["en", "my"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (360, 740)], ids=str)
def test_what_stands_in_the_bottom_left_corner_lies_apart(
    moved: str, look: Callable[..., Seen], lang: str, size: tuple[int, int]
) -> None:
    page = look(moved, width=size[0], height=size[1]).page
    page.select_option(".mc-languages select", lang)
    boxes = [page.locator(name).bounding_box() for name in (".mc-off-map", ".mc-notice")]
    assert all(box and box["height"] > 10 for box in boxes)
    above, below = boxes
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"] + 0.5
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
