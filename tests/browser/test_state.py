"""What is seen stands in the address: a link opens exactly that view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from seen import Seen

pytestmark = pytest.mark.browser
STATE = """() => { const app = Object.values(MapperControl.apps)[0];
    const { lang, slice, selected } = app.state; const { lat, lng } = app.map.getCenter();
    return [lang, slice, selected, app.map.getZoom().toFixed(2), lat.toFixed(2), lng.toFixed(2)]; }"""
WRITTEN = """() => {
    const zoom = Object.values(MapperControl.apps)[0].map.getZoom().toFixed(2);
    return location.hash.includes("v=" + zoom + ",");
}"""


def go(seen: Seen, fragment: str) -> None:
    """Open the same file anew with another fragment, as a link does."""
    address = seen.page.url.split("#")[0]
    seen.page.goto("about:blank")
    seen.page.goto(f"{address}#{fragment}")
    seen.page.wait_for_selector(".mc-ready")


def test_a_link_opens_date_township_language_and_view(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    go(seen, "d=2022-05-12&t=MMR012004&l=my&v=8.50,19.2000,95.1000")
    assert seen.page.evaluate(STATE) == ["my", 5, 3, "8.50", "19.20", "95.10"]
    assert seen.page.locator("html").get_attribute("lang") == "my"
    assert seen.complaints == []


def test_what_the_reader_does_is_written_into_the_address_and_opens_again(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html, reduced_motion="reduce")
    page = seen.page
    assert "#" not in page.url
    seen.go_to(5)
    choose(page, "Town 3")
    page.locator(".mc-zoom button").first.click()
    page.wait_for_function(WRITTEN)  # the way to the town may be in the address already, and the zoom not yet
    before = page.evaluate(STATE)
    fragment = page.url.split("#")[1]
    assert fragment.startswith("d=2022-03-31&t=MMR012003&v=")
    go(seen, fragment)
    after = page.evaluate(STATE)
    assert after[:3] == before[:3]
    assert [float(text) for text in after[3:]] == pytest.approx([float(text) for text in before[3:]], abs=0.011)


def test_another_fragment_moves_the_open_page(html: str, look: Callable[..., Seen]) -> None:
    page = look(html).page
    page.evaluate("location.hash = '#d=2021-06-30&t=MMR012002'")
    page.wait_for_function("document.querySelector('.mc-date').textContent === '30 June 2021'")
    assert page.locator(".mc-card h2").is_visible()
    page.evaluate("location.hash = ''")
    page.wait_for_function("document.querySelector('.mc-date').textContent === '30 June 2024'")
    assert page.locator(".mc-card").is_hidden()


@pytest.mark.parametrize(
    "fragment",
    [
        "d=2022-99-99&t=nowhere&l=xx&p=nothing&v=1,2",
        "%E0%A4%A&&==&d",
        "__proto__=1&l=constructor&l=toString&t=__proto__",
        "v=1e9,NaN,<script>&d=-1",
        "x" * 5000,
    ],
)
def test_a_fragment_without_sense_opens_the_latest_slice(html: str, look: Callable[..., Seen], fragment: str) -> None:
    seen = look(html)
    usual = seen.page.evaluate(STATE)
    go(seen, fragment)
    assert seen.page.evaluate(STATE) == usual
    assert seen.complaints == []
