"""The map by holder: what stands on the canvases is what Python decided, township by township, date by date."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import shapely

import checkered
import mapper
import pixels
from mapper.outputs import folium_map, holders, record, style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
LAST = 14
HUGE = {"width": 3200, "height": 5200}
WRITTEN = """() => { window.written = []; const own = OffscreenCanvasRenderingContext2D.prototype.fillText;
  OffscreenCanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    written.push(text);
    own.call(this, text, ...rest);
  }; }"""


def colours(held: Package, slices: Timeline, *, night: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """Give the fill of each look that the page may show, and the pattern's or the stripes' second colour."""
    looks = holders.looks(slices, held, record.known_reports(held, None))
    palette = holders.coloured(style.palette(night=night), looks, held.actors, night=night)
    hidden = {"eao.reported", "eao.assumed", "nug.assumed"}
    fills = {name: fill for name, fill in palette["fills"].items() if name not in hidden}
    patterns = {"contested.reported": palette["hatch"], "unknown.reported": palette["dots"], **palette["stripes"]}
    return fills, patterns


def compare(
    seen: Seen,
    held: Package,
    slices: Timeline,
    points: Mapping[str, tuple[float, float, int]],
    dates: Iterable[int],
    *,
    night: bool = False,
) -> None:
    fills, patterns = colours(held, slices, night=night)
    for index in dates:
        seen.go_to(index)
        patches = seen.page.evaluate(pixels.PATCHES, [[lat, lon, reach] for lon, lat, reach in points.values()])
        for pcode, patch in zip(points, patches, strict=True):
            expected = holders.look_of(slices.at(pcode, slices.dates[index]), actors=held.actors)
            found = pixels.looks_like(patch, fills, patterns)
            assert expected in found, f"{pcode} on {slices.dates[index]}"
            assert len(found) == 1 or patterns.keys() & found, found


@pytest.mark.parametrize("night", [False, True])
def test_every_square_has_its_holder_s_colour_at_every_date(
    held_html: str, held_country: Package, held_slices: Timeline, look: Callable[..., Seen], *, night: bool
) -> None:
    seen = look(held_html, color_scheme="dark" if night else "light")
    points = {p: (*checkered.square(n).centroid.coords[0], 8) for n, p in enumerate(checkered.PCODES)}
    seen.colour_by("Armed organisation")
    compare(seen, held_country, held_slices, points, range(LAST + 1), night=night)
    compare(seen, held_country, held_slices, points, range(LAST, -1, -3), night=night)


def test_every_township_of_the_embedded_package_has_its_holder_s_colour_at_seven_dates(
    look: Callable[..., Seen],
) -> None:
    package = mapper.open_package()
    boundaries = mapper.load_boundaries(package)
    slices = mapper.make_timeline(package, start=dt.date(2021, 2, 28), end=dt.date(2026, 2, 28))
    seen = look(folium_map.to_html(folium_map.control_map(slices, boundaries, package)), **HUGE)
    seen.colour_by("Armed organisation")
    points = {}
    for pcode, shape in boundaries.townships.geometry.items():
        circle = shapely.maximum_inscribed_circle(shape)
        lon, lat = (float(part) for part in shapely.get_coordinates(circle)[0])
        if circle.length > 0.03:
            points[str(pcode)] = (lon, lat, 3)
    assert len(points) > 280
    compare(seen, package, slices, points, [0, 30, 36, 42, 48, 55, 60])


def test_names_of_holders_stand_on_the_map_once_for_each_land(held_html: str, look: Callable[..., Seen]) -> None:
    seen = look(held_html)
    seen.go_to(6)
    seen.page.evaluate(WRITTEN)
    seen.colour_by("Armed organisation")
    written = Counter(seen.page.evaluate("written.splice(0)"))
    assert written["KIA"] == written["South"] > 0, "once each time that the names of states are written"
    assert written["AA"] == 0
    seen.go_to(LAST)
    written = Counter(seen.page.evaluate("written.splice(0)"))
    assert written["AA"] == written["South"] > 0
    assert written["KIA"] == 0
    by_status = """() => { written.length = 0; document.querySelector(".mc-by input[value=status]").click();
      return written; }"""
    written = seen.page.evaluate(by_status)
    assert "South" in written
    assert "AA" not in written
