"""Names on the map of Myanmar itself: none over another, none lost, each state's on its own land."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mapper import pipeline
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from seen import Seen

pytestmark = pytest.mark.browser
REAL = Path(__file__).resolve().parents[3] / "shared" / "boundaries" / "mimu_adm3_v93.zip"
SCREENS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
ABROAD = {"BGD", "IND", "THA"}
"""The neighbours that the package has figures of refugees in."""

PLACED = """view => {
    const M = MapperControl;
    const app = Object.values(M.apps)[0];
    if (view) app.map.setView([view[1], view[2]], view[0], { animate: false });
    const place = M.placeLabels;
    let kept = [];
    M.placeLabels = (...all) => (kept = place(...all));
    app.layer.paint(["names"], true);
    M.placeLabels = place;
    const { a, e, f } = app.layer.view();
    return kept.map(({ label, lines, box, x, y }) => {
        const township = M.hit(app.scene, app.data.townships.point, (x - e) / a, (y - f) / a, 0);
        const on = app.data.states.name[app.state.lang][app.data.townships.state[township]];
        return { kind: label.kind, text: label.lines[0], box, on };
    });
}"""
ABOUT = """() => {
    const app = Object.values(MapperControl.apps)[0];
    const { x, y } = app.map.containerPointToLayerPoint([0, 0]).subtract(app.layer._bounds.min);
    const stage = document.querySelector(".mc-stage").getBoundingClientRect();
    const boxes = [...document.querySelectorAll(".mc-margin, .mc-zoom")].map(node => node.getBoundingClientRect());
    const { lang } = app.state;
    return {
        taken: boxes.map(box => [box.left - stage.left + x, box.top - stage.top + y,
            box.right - stage.left + x, box.bottom - stage.top + y]),
        states: app.data.states.name[lang].map((name, i) => {
            const at = app.toLatLng(app.data.states.point[2 * i], app.data.states.point[2 * i + 1]);
            return [name, at.lat, at.lng];
        }),
        countries: Object.fromEntries(["BGD", "IND", "THA"].map(code => [code, app.voice.say("country." + code)])),
        zoom: app.map.getZoom(),
    };
}"""


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Write the embedded package with schematic borders, and with real ones where they are at hand."""
    package = pipeline.open_package()
    timeline = pipeline.make_timeline(package, every="quarter")
    shapes = {"schematic": pipeline.load_boundaries(package)}
    if REAL.exists():
        shapes["real"] = pipeline.load_boundaries(pipeline.open_package(audience="internal"), REAL)  # they are MIMU's
    return {
        name: folium_map.to_html(folium_map.control_map(timeline, found, package)) for name, found in shapes.items()
    }


CASES = [
    pytest.param(borders, screen, lang, marks=[pytest.mark.shared] if borders == "real" else [])
    for borders in ("schematic", "real")
    for screen in SCREENS
    for lang in ("en", "my")
]


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def apart(placed: list[dict[str, Any]], taken: list[list[float]]) -> None:
    for i, label in enumerate(placed):
        assert not any(overlap(label["box"], box) for box in taken), f"{label['text']} lies under a part of the page"
        for other in placed[:i]:
            assert not overlap(label["box"], other["box"]), f"{label['text']} on {other['text']}"


@pytest.mark.parametrize(("borders", "screen", "lang"), CASES)
def test_no_label_lies_on_another_and_each_state_gets_one_when_zoomed_in(
    pages: dict[str, str], look: Callable[..., Seen], borders: str, screen: str, lang: str
) -> None:
    page: Page = look(pages[borders], **SCREENS[screen]).page
    page.select_option(".mc-languages select", lang)
    about = page.evaluate(ABOUT)
    whole = page.evaluate(PLACED)
    apart(whole, about["taken"])
    named = {label["text"] for label in whole if label["kind"] == "neighbour"}
    assert {about["countries"][code] for code in ABROAD} <= named
    assert sum(label["kind"] == "figure" for label in whole) == len(ABROAD), "no figure gives way to a name"
    states = [label for label in whole if label["kind"] == "state"]
    assert len(states) >= 11
    assert all(label["on"] == label["text"] for label in states), "each on its own land"
    lacking = {name for name, *_ in about["states"]} - {label["text"] for label in states}
    for name, *middle in about["states"]:
        for zoom in (about["zoom"] + 1, 7.0, 8.0) if name in lacking else ():
            placed = page.evaluate(PLACED, [zoom, *middle])
            apart([label for label in placed if label["kind"] != "township"], [])
            if name in {label["text"] for label in placed if label["kind"] == "state"}:
                lacking.discard(name)
                break
    assert lacking == set()


@pytest.mark.parametrize("zoom", [5.6, 7.4, 8.6])
def test_with_towns_on_no_name_lies_on_another_and_main_towns_come_first(
    pages: dict[str, str], look: Callable[..., Seen], zoom: float
) -> None:
    page = look(pages["schematic"]).page
    page.locator(".mc-layers [value=t]").check()
    placed = page.evaluate(PLACED, [zoom, 21.5, 96.0])
    apart(placed, [])
    towns = {label["text"] for label in placed if label["kind"] == "town"}
    assert zoom < 7 or "Mandalay" in towns, "at a small scale the region's name stands there"
    assert bool(towns & {"Hakha", "Katha", "Kyaukse"}), "seats of districts"
    assert bool(towns & {"Myittha", "Mahlaing", "Natogyi"}) == (zoom > 7.2), "seats of townships"
    assert bool(towns & {"Ku Me", "Si Mee Khon", "Ngathayauk"}) == (zoom > 8.2), "other towns"
