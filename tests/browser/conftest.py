"""A page of a made-up country, and a browser without any network to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

import checkered
from mapper.outputs import folium_map
from seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from mapper.tables import Package
    from mapper.timeline import Timeline

START_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def country() -> Package:
    return checkered.package()


@pytest.fixture(scope="session")
def slices(country: Package) -> Timeline:
    return checkered.slices(country)


@pytest.fixture(scope="session")
def html(country: Package, slices: Timeline) -> str:
    return folium_map.to_html(folium_map.control_map(slices, checkered.boundaries(), country))


@pytest.fixture(scope="session")
def held_country() -> Package:
    """Give the same country, its armed organisations with colours."""
    return checkered.coloured(checkered.package())


@pytest.fixture(scope="session")
def held_slices(held_country: Package) -> Timeline:
    return checkered.slices(held_country)


@pytest.fixture(scope="session")
def held_html(held_country: Package, held_slices: Timeline) -> str:
    return folium_map.to_html(folium_map.control_map(held_slices, checkered.boundaries(), held_country))


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=START_ARGS)
        yield started
        started.close()


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    """Open a page from disk with the network off, and take down every request and complaint.

    The page's own policy forbids what Playwright does to wait for a condition, so a test of the policy asks for it:
    ``look(html, bypass_csp=False)``.
    """
    contexts = []

    def open_page(text: str, *, width: int = 1280, height: int = 900, **options: bool) -> Seen:
        file = tmp_path / "map.html"
        file.write_text(text, encoding="utf-8")
        options = {"bypass_csp": True, **options}
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.goto(file.as_uri())
        seen.page.wait_for_selector(".mc-ready")
        return seen

    yield open_page
    for context in contexts:
        context.close()
