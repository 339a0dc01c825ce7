"""The table twin: every township, at every date as on the map, one key away, in any order, and by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapper.outputs import style, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from mapper.control import Assessment
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
ROWS = """() => [...document.querySelectorAll('.mc-table tbody tr')].map(
    row => [row.dataset.code, ...[...row.children].map(cell => cell.textContent)])"""


def open_table(page: Page) -> None:
    page.locator(".leaflet-container").focus()
    page.keyboard.press("t")
    page.wait_for_selector(".mc-table")


def since(spoken: Words, found: Assessment) -> str:
    if found.since is None:
        return spoken.say("since.none")
    how = "assumed" if found.basis == "assumed" else found.since_precision
    return spoken.say(f"since.{how}", date=spoken.date(found.since, precision="month" if how == "month" else "day"))


def sure(spoken: Words, found: Assessment) -> str:
    reported = found.basis == "reported"
    said = [
        f"{spoken.say('sure.reported')}, {spoken.say(f'sure.{found.confidence}')}"
        if reported
        else spoken.say("sure.none")
    ]
    if found.disputed:
        said.append(spoken.say("sure.disputed"))
    if found.stale and found.last_confirmed:
        said.append(spoken.say("sure.stale", date=spoken.date(found.last_confirmed)))
    return " · ".join(said)


@pytest.mark.parametrize("lang", ["en", "my"])
def test_every_row_says_what_python_says_at_each_date(
    html: str, country: Package, slices: Timeline, look: Callable[..., Seen], lang: str
) -> None:
    seen = look(html)
    page = seen.page
    page.select_option(".mc-languages select", lang)
    open_table(page)
    spoken = words.load(lang)
    for index in (0, 1, 5, 9, 14):
        seen.go_to(index)
        rows = {row[0]: row[1:] for row in page.evaluate(ROWS)}
        assert len(rows) == len(country.townships) == 30
        for pcode, found in slices.slice(slices.dates[index]).items():
            status, basis = style.class_of(found).split(".")
            name, _, *said = rows[pcode]
            assert name == country.townships[f"name_{lang}"][pcode]
            assert said == [
                spoken.say(f"legend.{basis}.{status}"),
                ", ".join(found.holders) if found.basis == "reported" else "",
                since(spoken, found),
                sure(spoken, found),
            ], (pcode, index)
        assert spoken.date(slices.dates[index]) in page.locator(".mc-table caption").text_content()
    assert seen.complaints == []


def test_it_is_not_in_the_page_until_asked_for_and_gone_when_closed(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    assert page.locator("table").count() == 0
    page.get_by_role("button", name="As a table").click()
    assert page.locator("table").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("table").count() == 0
    assert page.evaluate("document.activeElement.classList.contains('leaflet-container')")


def test_a_heading_sorts_both_ways_and_says_so(html: str, slices: Timeline, look: Callable[..., Seen]) -> None:
    page = look(html).page
    open_table(page)
    page.get_by_role("button", name="Since").click()
    assert page.locator("th[aria-sort]").text_content() == "Since"
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    latest = slices.slice(slices.dates[-1])
    days = [latest[row[0]].since.toordinal() for row in page.evaluate(ROWS)]
    assert days == sorted(days)
    page.get_by_role("button", name="Since").press("Enter")
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    days = [latest[row[0]].since.toordinal() for row in page.evaluate(ROWS)]
    assert days == sorted(days, reverse=True)


def test_a_row_opens_the_card_and_gets_the_focus_back(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    open_table(page)
    row = page.get_by_role("button", name="Town 7", exact=True).first
    row.press("Enter")
    assert page.locator(".mc-card h2").text_content() == "Town 7"
    assert page.locator("tr[aria-current]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".mc-card").is_hidden()
    assert page.evaluate("document.activeElement.closest('tr').dataset.code") is not None


def test_on_a_phone_it_scrolls_in_its_own_place(html: str, look: Callable[..., Seen]) -> None:
    page = look(html, width=320, height=640, is_mobile=True, has_touch=True).page
    page.get_by_role("button", name="As a table").tap()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    sheet, stage = (page.locator(name).bounding_box() for name in (".mc-table-sheet", ".mc-stage"))
    assert sheet["width"] == stage["width"]
