"""What changed between two dates, and who says so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

import checkered
import mapper
from comparing import INKED, SLICES, go, page_of
from mapper.outputs import folium_map
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from seen import Seen

pytestmark = pytest.mark.browser


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
