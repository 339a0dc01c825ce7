"""The page that shows the forms: it copies them, and keeps nobody out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from serving import serving, well

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page


pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def forms(browser: Browser, embed_files: dict[str, bytes]) -> Iterator[Callable[..., Page]]:
    """Open the page of forms."""
    contexts = []
    with serving({"/snippet.html": well("snippet.html", embed_files["snippet.html"])}, host="localhost") as server:

        def opened(**options: Any) -> Page:  # noqa: ANN401 -- Playwright's
            context = browser.new_context(**options)
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: pytest.fail(message.text))
            page.goto(server.url + "snippet.html")
            return page

        yield opened
        for context in contexts:
            context.close()


def test_a_button_copies_the_form_beside_it(forms: Callable[..., Page], embed_files: dict[str, bytes]) -> None:
    page = forms(permissions=["clipboard-read", "clipboard-write"])
    for name in ("fixed", "auto", "element"):
        button = page.locator(f"button[data-copies={name}]")
        button.click()
        expect(button.locator("xpath=following-sibling::span")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == embed_files[f"snippet.{name}.txt"].decode()


def test_where_the_browser_refuses_the_form_is_marked(
    forms: Callable[..., Page], embed_files: dict[str, bytes]
) -> None:
    page = forms()
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); 0")
    page.locator("button[data-copies=fixed]").click()
    expect(page.locator("button[data-copies=fixed] + span")).to_contain_text("copy it with the keyboard")
    assert page.evaluate("String(getSelection())").strip() == embed_files["snippet.fixed.txt"].decode().strip()


@pytest.mark.parametrize(
    "screen",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}],
    ids=str,
)
def test_the_page_of_forms_keeps_nobody_out(forms: Callable[..., Page], screen: dict[str, Any]) -> None:
    page = forms(**screen)
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(result["passes"]) > 15
    assert [f"{one['id']}: {node['html'][:90]}" for one in result["violations"] for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if screen.get("has_touch"):
        heights = page.evaluate("Array.from(document.querySelectorAll('button'), (one) => one.offsetHeight)")
        assert min(heights) >= 44
