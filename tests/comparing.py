"""Two dates of the made-up country: pages, addresses, and what is seen of them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import checkered
import made
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

    from seen import Seen

SLICES = {"2021-03-31": 1, "2021-06-30": 2, "2023-03-31": 9, "2023-06-30": 10}
EAO, JUNTA = [0x5F, 0xB7, 0xA0], [0x9E, 0x2F, 0x2A]
"""Fills of the classes that the first township has on 31 March 2021 and on 30 June 2021."""
NIGHT = [0x4A, 0x30, 0x2F]
"""Fill by night of the third township, which is assumed to be the junta's on 31 March 2021."""
COMPARED = "c=2021-03-31&d=2021-06-30"

PIXEL = """async ([image, lat, lon]) => {
  const app = Object.values(MapperControl.apps)[0];
  const picture = new Image();
  picture.src = "data:image/png;base64," + image;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const ctx = canvas.getContext("2d");
  ctx.drawImage(picture, 0, 0);
  const stage = app.map.getContainer().getBoundingClientRect();
  const at = app.map.latLngToContainerPoint([lat, lon]);
  return [...ctx.getImageData(at.x + stage.left, at.y + stage.top, 1, 1).data].slice(0, 3);
}"""
"""What the reader sees: one pixel of a picture of the whole page."""

INKED = """([lat, lon]) => {
  const app = Object.values(MapperControl.apps)[0];
  const canvas = document.querySelector(".mc-layer .mc-marks");
  const corner = canvas.getBoundingClientRect();
  const stage = app.map.getContainer().getBoundingClientRect();
  const at = app.map.latLngToContainerPoint([lat, lon]);
  const scale = canvas.width / corner.width;
  const [x, y] = [(at.x + stage.left - corner.left) * scale, (at.y + stage.top - corner.top) * scale];
  const { data } = canvas.getContext("2d").getImageData(x - 2, y - 2, 5, 5);
  return data.some((value, i) => i % 4 === 3 && value > 128);
}"""

PAN = "x => Object.values(MapperControl.apps)[0].map.stop().panBy([x, 0], {animate: false})"
SET = "changes => Object.values(MapperControl.apps)[0].set(changes)"

SEAM = """(() => {
  const app = Object.values(MapperControl.apps)[0];
  const stage = document.querySelector(".mc-stage").getBoundingClientRect();
  const wanted = stage.left + (stage.width * app.state.split) / 100;
  return Math.max(...[...document.querySelectorAll(".mc-layer")].map((layer) => {
    const near = getComputedStyle(layer).clipPath.match(/-?[0-9.]+(?=px -)/g).map(Number);
    const edge = near.find((x) => Math.abs(x) !== 50000);
    const box = new DOMMatrix(getComputedStyle(layer).transform);
    const pane = new DOMMatrix(getComputedStyle(document.querySelector(".leaflet-map-pane")).transform);
    return Math.abs(stage.left + pane.e + box.e + box.a * edge - wanted);
  }));
})()"""
"""How many pixels the cut through either map lies beside the divider."""


def page_of(reports: Iterable[dict[str, Any]], publishers: int = 1) -> str:
    """Make the page of the made-up country with these reports alone; source ``s1`` is of "Paper 1", and so on."""
    sources = {
        f"s{i}": made.source(source_id=f"s{i}", publisher=f"Paper {i}", url=f"https://paper.example/{i}")
        for i in range(1, publishers + 1)
    }
    rows = [
        made.report(row["date"], row["status"], report_id=f"R{i}", pcode=checkered.PCODES[row["town"] - 1],
                    **{"source_id": "s1", **{key: row[key] for key in row if key not in {"date", "status", "town"}}})
        for i, row in enumerate(reports)
    ]  # fmt: skip
    country = checkered.package(reports=tuple(rows), sources=sources)
    return folium_map.to_html(folium_map.control_map(checkered.slices(country), checkered.boundaries(), country))


def go(seen: Seen, fragment: str) -> Page:
    """Open the page anew with a fragment, as a link does."""
    address = seen.page.url.split("#")[0]
    seen.page.goto("about:blank")
    seen.page.goto(f"{address}#{fragment}")
    seen.page.wait_for_selector(".mc-ready")
    return seen.page


def colour(page: Page, township: int) -> list[int]:
    """The colour that is seen a little beside the middle of a township, by its number from 0 on."""
    middle = checkered.square(township).centroid
    picture = base64.b64encode(page.screenshot()).decode()
    return page.evaluate(PIXEL, [picture, middle.y + 0.1, middle.x + 0.1])


def place(page: Page, township: int) -> tuple[float, float]:
    middle = checkered.square(township).centroid
    x, y = page.evaluate(
        """([lat, lon]) => { const { map } = Object.values(MapperControl.apps)[0];
        const box = map.getContainer().getBoundingClientRect();
        const at = map.latLngToContainerPoint([lat, lon]);
        return [at.x + box.left, at.y + box.top]; }""",
        [middle.y, middle.x],
    )
    return x, y
