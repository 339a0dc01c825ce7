"""What stands on the page's canvas is what Python decided, township by township, date by date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import shapely

import checkered
import mapper
from mapper.outputs import folium_map, style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser

PATCHES = """(points) => {
  const canvas = document.querySelector(".mc-fills");
  const ctx = canvas.getContext("2d");
  const corner = canvas.getBoundingClientRect();
  const map = Object.values(window).find((one) => one instanceof L.Map);
  const stage = map.getContainer().getBoundingClientRect();
  const scale = canvas.width / corner.width;
  return points.map(([lat, lon, reach]) => {
    const at = map.latLngToContainerPoint([lat, lon]);
    const x = Math.floor((at.x + stage.left - corner.left) * scale);
    const y = Math.floor((at.y + stage.top - corner.top) * scale);
    return Array.from(ctx.getImageData(x - reach, y - reach, 2 * reach + 1, 2 * reach + 1).data);
  });
}"""

ZOOM = """([lat, lon]) => {
  Object.values(window).find((one) => one instanceof L.Map).setView([lat, lon], 11, {animate: false});
}"""
HUGE = {"width": 3200, "height": 5200}
FILLS = {
    "junta.reported": "9E2F2A",
    "junta.assumed": "F6E0D8",
    "contested.reported": "F3C14B",
    "nug.reported": "2A4F9B",
    "eao.reported": "5FB7A0",
    "unknown.reported": "C5CBD1",
}
OVERLAYS = {"contested.reported": "8A5A00", "unknown.reported": "7D868F"}


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour))


def looks_like(pixels: list[int]) -> set[str]:
    """The classes whose fill, or a mixture of its fill and its pattern, every one of the pixels has."""
    seen = {tuple(pixels[i : i + 3]) for i in range(0, len(pixels), 4)}
    if any(pixels[i] != 255 for i in range(3, len(pixels), 4)):
        return {"nothing, or an edge"}
    return {
        name
        for name, fill in FILLS.items()
        if all(is_mixture(one, rgb(fill), rgb(OVERLAYS.get(name, fill))) for one in seen)
    }


def is_mixture(colour: tuple[int, ...], one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Whether a colour lies on the way from one colour to another, to a rounding error in each channel."""
    span = [b - a for a, b in zip(one, two, strict=True)]
    along = sum((c - a) * s for c, a, s in zip(colour, one, span, strict=True))
    part = min(1.0, max(0.0, along / (sum(s * s for s in span) or 1)))
    return all(abs(c - a - part * s) <= 3 for c, a, s in zip(colour, one, span, strict=True))


def compare(seen: Seen, slices: Timeline, points: Mapping[str, tuple[float, float, int]], dates: Iterable[int]) -> None:
    for index in dates:
        seen.go_to(index)
        patches = seen.page.evaluate(PATCHES, [[lat, lon, reach] for lon, lat, reach in points.values()])
        for pcode, pixels in zip(points, patches, strict=True):
            expected = style.class_of(slices.at(pcode, slices.dates[index]))
            assert looks_like(pixels) == {expected}, f"{pcode} on {slices.dates[index]}"


def test_every_square_has_its_colour_at_every_date_forwards_and_backwards(
    html: str, slices: Timeline, look: Callable[..., Any]
) -> None:
    seen = look(html)
    points = {p: (*checkered.square(n).centroid.coords[0], 8) for n, p in enumerate(checkered.PCODES)}
    compare(seen, slices, points, range(len(slices.dates)))
    compare(seen, slices, points, range(len(slices.dates) - 1, -1, -3))


def test_every_township_of_the_embedded_package_has_its_colour_at_ten_dates(look: Callable[..., Any]) -> None:
    package = mapper.open_package()
    boundaries = mapper.load_boundaries(package)
    slices = mapper.make_timeline(package, start=dt.date(2021, 2, 28), end=dt.date(2026, 2, 28))
    seen = look(folium_map.to_html(folium_map.control_map(slices, boundaries, package)), **HUGE)
    views: dict[tuple[int, int] | None, dict[str, tuple[float, float, int]]] = {None: {}}
    for pcode, shape in boundaries.townships.geometry.items():
        line = shapely.maximum_inscribed_circle(shape)
        lon, lat = (float(part) for part in shapely.get_coordinates(line)[0])
        large = line.length > 0.03
        view = None if large else (round(lat), round(lon))
        views.setdefault(view, {})[str(pcode)] = (lon, lat, 3 if large else 1)
    assert sum(map(len, views.values())) == 330
    compare(seen, slices, views.pop(None), [*range(0, 61, 6), 33, 0])
    for (lat, lon), points in views.items():
        seen.page.evaluate(ZOOM, [lat, lon])
        compare(seen, slices, points, [*range(0, 61, 6), 33, 0])
