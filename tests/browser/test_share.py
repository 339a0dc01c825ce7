"""Take it along: link, embed code and the slice as files, made in the page without a server; theme and few controls."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

import checkered
import hostile
from mapper.outputs import folium_map, style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"
CLIPBOARD = """() => Object.defineProperty(navigator, "clipboard", {
    value: {writeText: text => ((window.copied = text), Promise.resolve())},
})"""
FRAMED = """([page, sandbox]) => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.sandbox = sandbox;
    frame.srcdoc = page;
    frame.onload = done;
    document.body.replaceChildren(frame);
})"""


def kept(page: Page, form: str, tmp_path: Path) -> tuple[str, bytes]:
    """Press a button of a file; give the file's name and content."""
    if not page.locator(".mc-share-buttons").is_visible():
        page.locator(".mc-share summary").click()
    with page.expect_download() as found:
        page.locator(".mc-share-buttons").get_by_text(form, exact=True).click()
    found.value.save_as(tmp_path / form)
    return found.value.suggested_filename, (tmp_path / form).read_bytes()


def test_the_slice_that_is_shown_is_kept_as_table_points_and_pictures(
    html: str, look: Callable[..., Seen], slices: Timeline, tmp_path: Path
) -> None:
    seen = look(html, bypass_csp=False)
    seen.page.locator("input[type=range]").fill("2")
    day = slices.dates[2]
    name, table = kept(seen.page, "CSV", tmp_path)
    assert name == f"control-{day}.csv"
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    found = slices.slice(day)
    assert {row["pcode"]: (row["status"], row["holders"], row["basis"]) for row in rows} == {
        pcode: (one.status, ";".join(one.holders), one.basis) for pcode, one in found.items()
    }
    assert {row["as_of"] for row in rows} == {day.isoformat()}
    points = json.loads(kept(seen.page, "GeoJSON", tmp_path)[1])
    assert [feature["id"] for feature in points["features"]] == list(found)
    assert all(feature["geometry"]["type"] == "Point" for feature in points["features"])
    assert points["metadata"]["as_of"] == day.isoformat()
    assert any("As known on" in note for note in points["metadata"]["notes"])
    drawn = ET.fromstring(kept(seen.page, "SVG", tmp_path)[1])  # noqa: S314 -- of our own making
    assert [path.get("id") for path in drawn.iter(f"{SVG}path")] == list(found)
    fills = style.palette()["fills"]
    for path, one in zip(drawn.iter(f"{SVG}path"), found.values(), strict=True):
        name = style.class_of(one)
        assert path.get("fill") == ("url(#hatch)" if name == "contested.reported" else fills[name])
    assert kept(seen.page, "PNG", tmp_path)[1].startswith(b"\x89PNG")
    assert seen.complaints == []
    assert len(seen.requests) == 1


def test_no_cell_is_a_formula_and_hostile_texts_are_text(look: Callable[..., Seen], tmp_path: Path) -> None:
    package = hostile.package()
    seen = look(folium_map.to_html(folium_map.control_map(checkered.slices(package), checkered.boundaries(), package)))
    guarded = seen.page.evaluate("MapperControl.keptCsv([{a: '=1+1', b: '-2', c: -2, d: 'x\"y,\\nz'}])")
    assert guarded == 'a,b,c,d\n\'=1+1,\'-2,-2,"x""y,\nz"\n'
    ET.fromstring(kept(seen.page, "SVG", tmp_path)[1])  # noqa: S314 -- of our own making
    assert len(list(csv.reader(io.StringIO(kept(seen.page, "CSV", tmp_path)[1].decode("utf-8", "replace"))))) == 31
    assert seen.page.evaluate("window.hacked") is None


def test_the_link_and_the_embed_code_open_this_view(html: str, look: Callable[..., Seen], slices: Timeline) -> None:
    seen = look(html)
    seen.page.evaluate(CLIPBOARD)
    seen.page.locator("input[type=range]").fill("1")
    seen.page.locator(".mc-share summary").click()
    seen.page.get_by_text("Copy the link").click()
    seen.page.get_by_text("Copied.").wait_for()
    link = seen.page.evaluate("window.copied")
    assert link == f"{seen.page.url.partition('#')[0]}#d={slices.dates[1]}"
    seen.page.get_by_text("Copy the embed code").click()
    seen.page.wait_for_function("window.copied.startsWith('<iframe')")
    code = seen.page.evaluate("window.copied")
    frame = ET.fromstring(code)  # noqa: S314 -- of our own making
    assert frame.tag == "iframe"
    assert frame.get("src") == link
    assert (frame.get("loading"), frame.get("referrerpolicy")) == ("lazy", "no-referrer")
    assert "allow-same-origin" not in str(frame.get("sandbox"))
    assert frame.get("title") == seen.page.locator(".mc-title").inner_text()


def test_the_code_embeds_the_lean_page_where_there_is_one(
    look: Callable[..., Seen], country: Package, slices: Timeline
) -> None:
    made = folium_map.control_map(slices, checkered.boundaries(), country, lean_page="embed.html")
    seen = look(folium_map.to_html(made))
    seen.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    seen.page.locator(".mc-share summary").click()
    seen.page.get_by_text("Copy the embed code").click()
    text = seen.page.locator(".mc-by-hand").input_value()
    assert "/embed.html#" in text
    assert seen.page.evaluate("document.activeElement.value.slice(...[0, 7])") == "<iframe"


def test_in_a_sandbox_that_allows_it_files_are_kept(html: str, look: Callable[..., Seen], tmp_path: Path) -> None:
    seen = look(html)
    seen.page.set_content("<!DOCTYPE html><title>article</title>")
    seen.page.evaluate(FRAMED, [html, "allow-scripts allow-downloads"])
    frame = seen.page.frame_locator("iframe")
    frame.locator(".mc-share summary").click()
    with seen.page.expect_download() as found:
        frame.get_by_text("CSV", exact=True).click()
    found.value.save_as(tmp_path / "kept.csv")
    assert (tmp_path / "kept.csv").read_text(encoding="utf-8").startswith("pcode,")


def test_an_address_chooses_the_theme_and_few_controls(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    seen.page.evaluate("location.hash = 'theme=dark&controls=minimal&t=MMR012003'")
    seen.page.locator(".mc-dark.mc-minimal").wait_for()
    for part in (".mc-legend .mc-classes", ".mc-range", ".mc-play", ".mc-card", ".mc-title"):
        assert seen.page.locator(part).first.is_visible(), part
    for part in (".mc-find", ".mc-people", ".mc-share", ".mc-chart", ".mc-date-box", ".mc-languages", ".mc-compare"):
        assert not seen.page.locator(part).first.is_visible(), part
    seen.page.evaluate("location.hash = ''")
    seen.page.locator(".mc:not(.mc-dark):not(.mc-minimal)").wait_for()
    seen.page.locator(".mc-theme").click()
    seen.page.wait_for_function("location.hash === '#theme=dark'")
