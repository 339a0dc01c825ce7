"""The page of corrections in a browser: text alone, whatever the data say, and open to every reader."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hostile
from mapper import records
from mapper.outputs import corrections, words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def page_of_corrections(lang: str) -> str:
    made = hostile.package()
    first, second, third, *_ = made.reports
    later = dt.date(2026, 2, 1)
    text = hostile.Marked()
    reports = records.corrected(
        [
            dataclasses.replace(first, report_id="R1", recorded_on=later),
            dataclasses.replace(
                second, report_id="R2", recorded_on=later, supersedes="R1", supersedes_why=text("Report.supersedes_why")
            ),
            dataclasses.replace(third, report_id="R3", withdrawn_on=later, withdrawn_why=text("Report.withdrawn_why")),
        ]
    )
    made = dataclasses.replace(made, reports=reports)
    return corrections.to_html(records.log(reports), made, known_on=later, lang=lang).decode()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_hostile_text_is_seen_as_text_and_nothing_is_asked_for(browser: Browser, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "corrections.html"
    file.write_text(page_of_corrections(lang), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 740}, offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    text = page.inner_text("body")
    for field in ("supersedes_why", "withdrawn_why"):
        assert hostile.mark(f"Report.{field}") in text
    assert hostile.mark("Source.publisher") in text
    assert "{{ 7*7 }}" in text or "</script>" in text
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, a, img, iframe, svg, form, link").count() == 0
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    checked = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(checked["passes"]) > 8
    assert [f"{one['id']}: {one['nodes'][0]['html'][:90]}" for one in checked["violations"]] == []
    page.close()
