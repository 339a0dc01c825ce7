"""A page of a made-up country, and a browser without any network to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

import checkered
import newsroom
from mapper.outputs import folium_map
from mapper.outputs.embeds import kit
from seen import Seen
from serving import Server, serving, well

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
    ``look(html, bypass_csp=False)``. ``script`` runs before any of the page's own.
    """
    contexts = []

    def open_page(text: str, *, width: int = 1280, height: int = 900, script: str = "", **options: bool) -> Seen:
        file = tmp_path / "map.html"
        file.write_text(text, encoding="utf-8")
        options = {"bypass_csp": True, **options}
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
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


@pytest.fixture(scope="session")
def embed_files() -> dict[str, bytes]:
    package = checkered.coloured(checkered.package())
    return kit.files(checkered.slices(package), checkered.boundaries(), package, lang="en")


@pytest.fixture
def maps(embed_files: dict[str, bytes]) -> Iterator[Server]:
    """Serve the maps on a host of their own."""
    with serving(
        {
            f"/{name}": well(name, embed_files[name], Content_Security_Policy="frame-ancestors *")
            for name in newsroom.NAMES
        }
    ) as one:
        yield one


@pytest.fixture
def article(browser: Browser, maps: Server) -> Iterator[Callable[..., newsroom.Article]]:
    """Open an article with a form in it, under a policy that allows maps and scripts from one host alone."""
    contexts = []
    with serving({}, host="localhost") as news:

        def opened(body: str, *, width: int = 600, rule: str | None = None, **options: Any) -> newsroom.Article:  # noqa: ANN401 -- Playwright's
            host = maps.url.rstrip("/")
            strict = f"default-src 'none'; frame-src {host}; script-src {host}; style-src 'self'; img-src 'self'"
            text = (
                '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>News</title>'
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                f'<link rel="stylesheet" href="a.css"><h1>News</h1><p>Before.</p>{body}<p>After.</p>'
            )
            given = {"Content_Security_Policy": strict if rule is None else rule.replace("{maps}", host)}
            news.answers["/a.html"] = well("a.html", text.encode(), **given)
            news.answers["/a.css"] = well("a.css", newsroom.STYLE.encode())
            news.answers["/favicon.ico"] = well("favicon.ico", b"")
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)
            contexts.append(context)
            page, complaints = context.new_page(), []
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(news.url + "a.html")
            return newsroom.Article(page, complaints)

        yield opened
        for context in contexts:
            context.close()
