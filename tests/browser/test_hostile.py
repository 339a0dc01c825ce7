"""Whatever the data hold is shown as text: nothing of it runs, and no template takes it for its own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

import checkered
import made
from mapper import control
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.tables import Package

pytestmark = pytest.mark.browser
BAD_URLS = ["javascript:window.hacked=4", "data:text/html,<script>parent.hacked=5</script>", "vbscript:x", "//host/x"]


def hostile_package() -> Package:
    """The made-up country with a hostile text in every field that a page shows."""
    plain = checkered.package()
    texts = checkered.HOSTILE
    named = plain.townships.copy()
    named["name_en"] = [f"{texts[i % len(texts)]} {i}" for i in range(len(named))]
    named["name_my"] = [f"{texts[(i + 1) % len(texts)]} {i}" for i in range(len(named))]
    named["state"] = [texts[1] if code == "MMR012" else texts[0] for code in named["state_pcode"]]
    named["doubt"] = texts[2]
    sources = {
        f"s{i}": made.source(source_id=f"s{i}", title=text, publisher=text, url=(BAD_URLS * 2)[i])
        for i, text in enumerate(texts)
    }
    reports = tuple(
        dataclasses.replace(
            report,
            finding=texts[i % len(texts)],
            place=texts[(i + 1) % len(texts)],
            claimant=texts[(i + 2) % len(texts)],
            claimant_side="eao",
            scope="town",
            main_town=True,
            source_id=f"s{i % len(texts)}",
        )
        for i, report in enumerate(plain.reports)
    )
    actors = {name: control.Actor(name, texts[1], texts[0], "eao") for name in plain.actors}
    return dataclasses.replace(
        plain, title=texts[1], licence=texts[0], townships=named, sources=sources, reports=reports, actors=actors
    )


def test_hostile_texts_are_shown_and_do_nothing(look: Callable[..., Any]) -> None:
    package = hostile_package()
    html = folium_map.to_html(folium_map.control_map(checkered.slices(package), checkered.boundaries(), package))
    seen = look(html)
    page = seen.page
    for index in range(len(checkered.PCODES)):
        page.select_option(".mc-find select", value=str(index))
        shown = page.locator(".mc-card h2").text_content()
        assert shown == f"{checkered.HOSTILE[index % 6]} {index}"
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.locator(".mc-card a").count() == 0, "no link but to the web"
    page.select_option(".mc-languages select", "my")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert "49" not in page.locator(".mc-foot").text_content()
    assert checkered.HOSTILE[0] in page.locator(".mc-foot").text_content()
    assert seen.complaints == []
    assert len(seen.requests) - len([u for u in seen.requests if u.startswith("data:")]) == 1
