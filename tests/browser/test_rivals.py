"""The page of a comparison in a browser: text alone, whatever the data say, and open to every reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper.outputs import rivals as told
from mapper.rivals import Rival

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = "</script><img src=x onerror=window.hacked=1>{{ 7*7 }}"


def rival_files(lang: str) -> dict[str, bytes]:
    one = Rival(HOSTILE, dict.fromkeys(checkered.PCODES, "junta"), frozenset(checkered.PCODES[:9]))
    two = Rival(
        "theirs",
        {**dict.fromkeys(checkered.PCODES, "junta"), checkered.PCODES[0]: "contested"},
        notes=(("by_place", 30),),
    )
    return told.files([one, two], checkered.boundaries(), checkered.package(), agreement=[], lang=lang)


def test_the_disagreement_says_what_each_says() -> None:
    found = json.loads(rival_files("en")["disagreement.geojson"])
    (feature,) = found["features"]
    assert feature["properties"]["statuses"] == {HOSTILE: "junta", "theirs": "contested"}
    assert found["metadata"]["rivals"][1]["notes"] == [
        "Its polygons have no P-codes: 30 townships have the status that covers most of them."
    ]
    assert rival_files("en") == rival_files("en")


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "my"])
def test_the_page_shows_text_as_text_asks_for_nothing_and_keeps_no_reader_out(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "disagreement.html"
    file.write_bytes(rival_files(lang)["disagreement.html"])
    page = browser.new_page(viewport={"width": 360, "height": 740}, offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert HOSTILE in page.inner_text("h1")
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, a, img, iframe, link").count() == 0
    assert asked == [file.as_uri()]
    assert page.locator("tbody tr").count() == 1
    assert page.locator("figure").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    checked = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(checked["passes"]) > 10
    assert [f"{one['id']}: {one['nodes'][0]['html'][:90]}" for one in checked["violations"]] == []
    page.close()
