"""The card: how old the last confirmation is, who disagrees, whose word counts against itself, and the history."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

import checkered
import made
from mapper.outputs import folium_map
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from seen import Seen

pytestmark = pytest.mark.browser
FIRST = checkered.PCODES[0]
STRIP = """node => [...node.children].map(part => [part.dataset.class, part.getBoundingClientRect().width])"""


def card(look: Callable[..., Seen], *reports: dict[str, str]) -> Locator:
    """Open the card of the first township at the latest slice, of 30 June 2024, with these reports alone."""
    rows = [
        made.report(
            row["date"], row["status"], pcode=FIRST, report_id=str(i), **{k: row[k] for k in row if k[0] == "c"}
        )
        for i, row in enumerate(reports)
    ]
    country = checkered.package(reports=tuple(rows))
    page = folium_map.control_map(checkered.slices(country), checkered.boundaries(), country)
    seen = look(folium_map.to_html(page))
    choose(seen.page, "Town 1")
    return seen.page.locator(".mc-card")


@pytest.mark.parametrize(
    ("date", "age"),
    [("2024-06-20", "10 days before the date shown"), ("2024-01-02", "5 months before the date shown")],
)
def test_it_says_how_old_the_last_confirmation_is(look: Callable[..., Seen], date: str, age: str) -> None:
    found = card(look, {"date": date, "status": "eao"})
    assert age in found.locator(".mc-facts").text_content()


def test_it_says_who_disagrees(look: Callable[..., Seen]) -> None:
    found = card(look, {"date": "2024-06-20", "status": "eao"}, {"date": "2024-06-21", "status": "junta"})
    said = found.locator(".mc-facts").text_content()
    assert "Disputed" in said
    assert "Disagreeing: " in said


@pytest.mark.parametrize(
    ("side", "status", "marked"),
    [
        ("junta", "eao", True),
        ("eao", "junta", True),
        ("resistance", "junta", True),
        ("junta", "junta", False),
        ("eao", "eao", False),
        ("resident", "junta", False),
        ("eao", "contested", False),
    ],
)
def test_a_report_against_the_claimant_s_own_interest_is_marked(
    look: Callable[..., Seen], side: str, status: str, *, marked: bool
) -> None:
    found = card(look, {"date": "2024-06-20", "status": status, "claimant": "Someone", "claimant_side": side})
    if not found.locator(".mc-report").count():  # a claim of what is assumed stands behind nothing
        found.locator("details summary").first.click()
    report = found.locator(".mc-report").first.text_content()
    assert "claimed by Someone" in report
    assert ("counts against the claimant" in report) == marked


def test_the_history_begins_with_the_first_slice_and_nothing_before(look: Callable[..., Seen]) -> None:
    found = card(look, {"date": "2022-06-01", "status": "eao"})
    dates = found.locator(".mc-history li span:nth-of-type(2)").all_text_contents()
    assert "…" not in dates
    assert dates[-1] == "31 January 2021"


def test_the_strip_is_as_wide_as_each_part_was_long(look: Callable[..., Seen]) -> None:
    found = card(look, {"date": "2021-02-01", "status": "eao"}, {"date": "2023-08-16", "status": "nug"})
    parts: Counter[str] = Counter()
    for name, width in found.locator(".mc-strip").evaluate(STRIP):
        parts[name] += width  # one that nothing confirms any longer is a part of its own
    assert list(parts)[-2:] == ["eao.reported", "nug.reported"]
    assert parts["eao.reported"] / parts["nug.reported"] == pytest.approx(926 / 319, rel=0.03)
