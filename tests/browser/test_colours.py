"""What stands on the page's canvas is what Python decided, township by township, date by date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import shapely

import checkered
import mapper
import pixels
from mapper.outputs import folium_map, style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser

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


def compare(seen: Seen, slices: Timeline, points: Mapping[str, tuple[float, float, int]], dates: Iterable[int]) -> None:
    for index in dates:
        seen.go_to(index)
        patches = seen.page.evaluate(pixels.PATCHES, [[lat, lon, reach] for lon, lat, reach in points.values()])
        for pcode, patch in zip(points, patches, strict=True):
            expected = style.class_of(slices.at(pcode, slices.dates[index]))
            assert pixels.looks_like(patch, FILLS, OVERLAYS) == {expected}, f"{pcode} on {slices.dates[index]}"


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
        seen.page.evaluate(pixels.ZOOM, [lat, lon])
        compare(seen, slices, points, [*range(0, 61, 6), 33, 0])
