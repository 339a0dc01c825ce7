"""The page holds itself to a strict policy, and works inside the strictest frame."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

import checkered
from mapper.outputs import folium_map, policy
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
LAST = 14
LEAFLETS_OWN = "<svg/>"
"""With this Leaflet finds out, while it loads, whether a browser draws SVG."""

WATCH = """<script>
window.madeHtml = [];
const note = (text) => { window.madeHtml.push(text); return text; };
trustedTypes.createPolicy("default", { createHTML: note, createScript: note, createScriptURL: note });
</script>
"""
"""A browser asks this before it takes any text for HTML, script or the address of a script."""


class Tags(HTMLParser):
    """Every tag of a page in order, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def policy_of(html: str) -> dict[str, list[str]]:
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return {name: values for name, *values in (rule.split() for rule in content.split(";"))}


def test_the_policy_forbids_all_but_what_is_written_in_the_page(html: str) -> None:
    rules = policy_of(html)
    hashes = {name: rules.pop(name) for name in ("script-src", "style-src")}
    assert rules == {
        "default-src": ["'none'"],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    for found in hashes.values():
        assert found
        assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", one) for one in found)


def test_the_policy_comes_before_anything_it_speaks_of(html: str) -> None:
    tags = Tags(html).found
    rule = [i for i, (_, attributes) in enumerate(tags) if attributes.get("http-equiv") == "Content-Security-Policy"]
    first = next(i for i, (tag, _) in enumerate(tags) if tag in {"script", "style", "link", "base"})
    assert len(rule) == 1
    assert rule[0] < first


def test_no_tag_has_a_style_or_a_handler_of_its_own(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


def work_through(page: Page | Frame) -> None:
    """Touch every control there is, so that whatever a policy forbids would be tried."""
    page.wait_for_selector(".mc-ready")
    for number in range(page.locator(".mc button").count()):
        button = page.locator(".mc button").nth(number)
        if button.is_visible() and button.is_enabled():
            button.click()
    page.select_option(".mc-languages select", "en")
    page.locator(".mc input[type=range]").first.fill("3")
    choose(page, "Town 1")
    for details in page.locator(".mc details").all():
        details.evaluate("(node) => { node.open = true; }")
    page.locator(".mc-stage").click()
    page.locator(".mc .leaflet-container").focus()
    for key in ("ArrowRight", "ArrowUp", "Enter", "Escape", "+", "-"):
        page.locator(".mc .leaflet-container").press(key)
    assert page.locator(".mc-title").text_content()


def test_it_keeps_to_its_own_policy(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html, bypass_csp=False)
    work_through(seen.page)
    assert seen.complaints == []


def test_what_the_policy_does_not_know_does_not_run(html: str, look: Callable[..., Seen]) -> None:
    strange = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'><p id=p style='color:red'>x</p>"
    seen = look(html.replace("<body>", f"<body>{strange}", 1), bypass_csp=False)
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.evaluate("getComputedStyle(document.getElementById('p')).color") == "rgb(0, 0, 0)"
    assert any("Content Security Policy" in text for text in seen.complaints)


def test_no_text_ever_becomes_html(html: str, look: Callable[..., Seen]) -> None:
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n', "", html)
    watched = policy.with_policy(bare.replace(policy.FIRST, policy.FIRST + WATCH, 1))
    strict = watched.replace("form-action 'none'", "form-action 'none'; require-trusted-types-for 'script'", 1)
    seen = look(strict, bypass_csp=False)
    work_through(seen.page)
    assert seen.page.evaluate("window.madeHtml") == [LEAFLETS_OWN]
    assert seen.complaints == []


@pytest.fixture
def framed(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., tuple[Frame, list[str]]]]:
    """Open a page inside a frame, as an article or a notebook does."""
    contexts = []

    def open_frame(inner: str, sandbox: str | None) -> tuple[Frame, list[str]]:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
        contexts.append(context)
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        inside = "" if sandbox is None else f' sandbox="{sandbox}"'
        file = tmp_path / "outer.html"
        frame = f'<iframe{inside} width="1200" height="800" srcdoc="{entities.escape(inner)}"></iframe>'
        file.write_text(f"<!DOCTYPE html><title>outer</title>{frame}", encoding="utf-8")
        page.goto(file.as_uri())
        return page.frames[1], complaints

    yield open_frame
    for context in contexts:
        context.close()


def test_it_works_in_a_sandbox_that_allows_scripts_alone(html: str, framed: Callable[..., Any]) -> None:
    frame, complaints = framed(html, "allow-scripts")
    work_through(frame)
    assert frame.evaluate("origin") == "null"
    assert complaints == []


def test_a_notebook_shows_it_in_a_frame_with_the_policy(
    country: Package, slices: Timeline, framed: Callable[..., Any]
) -> None:
    made = folium_map.control_map(slices, checkered.boundaries(), country)
    (inner,) = re.findall(r'srcdoc="([^"]*)"', made._repr_html_())
    frame, complaints = framed(entities.unescape(inner), None)
    assert policy_of(entities.unescape(inner))["default-src"] == ["'none'"]
    work_through(frame)
    assert complaints == []
