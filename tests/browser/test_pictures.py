"""An SVG of ours as Chromium shows it: the same letters in the same places as the PNG, from fonts within it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["en", "my", "th"])
def test_chromium_shapes_and_places_text_as_the_png_has_it(browser: Browser, tmp_path: Path, lang: str) -> None:
    made = drawn.picture("chart", size="square", lang=lang)
    file = tmp_path / "chart.svg"
    file.write_bytes(made.to_bytes("svg"))
    page = browser.new_page(viewport={"width": 540, "height": 540}, device_scale_factor=2)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    seen = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"), dtype=int)
    title = page.evaluate("document.querySelector('title').textContent")
    widths = page.evaluate("[...document.querySelectorAll('text')].map((node) => node.getBoundingClientRect().width)")
    page.close()
    plain = np.asarray(Image.open(io.BytesIO(made.to_bytes("png"))).convert("L"), dtype=int)
    assert seen.shape == plain.shape
    assert np.abs(seen - plain).mean() < 4
    assert title == made.about.title
    assert widths == pytest.approx([one.box.width for one in made.paper.written], abs=2)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
