"""Holders are told apart by their colours, by colour-blind readers too: above all those that lie side by side."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely

import mapper
import vision
from mapper import pipeline
from mapper.outputs import holders, record, style

if TYPE_CHECKING:
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

REAL = Path(__file__).resolve().parents[3] / "shared" / "boundaries" / "mimu_adm3_v93.zip"
SIDE_BY_SIDE = 10.7
"""The statuses' own closest pair, and so the least for two looks that ever touch; CAM02-UCS."""
ANYWHERE = 5.9
FALLBACK = "eao.reported"
"""Stands for whoever has no colour; no township of the package is drawn in it by holder."""
STATUSES = {
    "normal": 14.1,
    "protanopia": 10.7,
    "deuteranopia": 13.0,
}
"""The art direction's figures for the six fills of the statuses, found by other software."""


@pytest.fixture(scope="module")
def package() -> Package:
    return mapper.open_package()


@pytest.fixture(scope="module")
def slices(package: Package) -> Timeline:
    """A slice for each change: what touches on any day, touches in one of them."""
    made = mapper.make_timeline(package, start=dt.date(2021, 2, 28), end=dt.date(2026, 2, 28))
    return made.with_a_slice_for_each_change()


@pytest.fixture(scope="module")
def fills(package: Package, slices: Timeline) -> dict[bool, dict[str, tuple[str, ...]]]:
    """The colours of each look, one or two, by day (False) and by night (True)."""
    held = holders.looks(slices, package, record.known_reports(package, None))
    found = {}
    for night in (False, True):
        palette = holders.coloured(style.palette(night=night), held, package.actors, night=night)
        found[night] = {
            name: tuple(filter(None, [fill, palette["stripes"].get(name)])) for name, fill in palette["fills"].items()
        }
    return found


def touching(boundaries: Boundaries) -> set[tuple[str, str]]:
    """Pairs of townships that share a border, not only a corner."""
    shapes = boundaries.townships.geometry
    pairs = zip(*shapely.STRtree(shapes.values).query(shapes.values, predicate="intersects"), strict=True)
    return {
        (str(shapes.index[a]), str(shapes.index[b]))
        for a, b in pairs
        if a < b and shapely.length(shapely.intersection(shapes.values[a], shapes.values[b])) > 0
    }


def neighbours(slices: Timeline, package: Package, boundaries: Boundaries) -> set[tuple[str, str]]:
    """Pairs of looks that ever lie side by side in one slice."""
    look_of = partial(holders.look_of, actors=package.actors)
    pairs = touching(boundaries)
    found = set()
    for _, part in slices.slices():
        looks = {pcode: look_of(one) for pcode, one in part.items()}
        found |= {tuple(sorted((looks[a], looks[b]))) for a, b in pairs if looks[a] != looks[b]}
    return {(a, b) for a, b in found if not {a, b} <= set(style.CLASSES)}


def worst(fills: dict[str, tuple[str, ...]], pairs: set[tuple[str, str]]) -> tuple[float, str, str]:
    return min((vision.apart(fills[a], fills[b]), a, b) for a, b in pairs)


def test_whoever_is_reported_to_hold_a_township_alone_has_a_colour_of_its_own(package: Package) -> None:
    alone = {report.holders[0] for report in package.reports if report.status == "eao" and len(report.holders) == 1}
    assert len(alone) == 17
    assert {name for name, actor in package.actors.items() if actor.colour} == alone
    by_status = [actor for name, actor in package.actors.items() if {name, actor.family} & {"SAC", "NUG"}]
    assert len(by_status) == 14, "a status stands for the junta with its militias, and for the NUG with its forces"
    assert not any(actor.colour for actor in by_status)


def test_who_leads_a_family_that_is_reported_to_hold_a_township_together_has_a_colour(package: Package) -> None:
    families = {name: actor.family or name for name, actor in package.actors.items()}
    leads = [
        {families[name] for name in report.holders}
        for report in package.reports
        if report.status == "eao" and len(report.holders) > 1
    ]
    assert {name for found in leads if len(found) == 1 for name in found} == {"3BHA", "CNF", "KIA", "KNPP", "KNU"}
    assert all(package.actors[name].colour for name in ("3BHA", "CNF", "KIA", "KNPP", "KNU"))


def test_the_simulation_gives_the_known_figures_for_the_statuses() -> None:
    fills = style.palette()["fills"]
    shown = [fills[name] for name in fills if name not in {"nug.assumed", "eao.assumed"}]
    for name, expected in STATUSES.items():
        closest = min(vision.distance(one, two, name) for one, two in combinations(shown, 2))
        assert round(closest, 1) == expected, name


def test_two_colours_that_a_red_blind_reader_confuses_are_close_to_that_reader_alone() -> None:
    red, green = "#9E2F2A", "#5A4F1C"
    assert vision.distance(red, green, "normal") > 25
    assert vision.distance(red, green, "protanopia") < 10
    assert vision.apart([red], [green]) < 10


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_looks_that_touch_on_the_schematic_map_are_told_apart(
    package: Package, slices: Timeline, fills: dict[bool, dict[str, tuple[str, ...]]], *, night: bool
) -> None:
    pairs = neighbours(slices, package, mapper.load_boundaries(package))
    assert {("MNDAA", "TNLA"), ("KIA", "TNLA"), ("AA", "CB"), ("CB", "CNF"), ("KIA", "KIA+nug.reported")} <= pairs
    assert worst(fills[night], pairs)[0] >= SIDE_BY_SIDE, worst(fills[night], pairs)


@pytest.mark.shared
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_looks_that_touch_on_the_real_map_are_told_apart(
    package: Package, slices: Timeline, fills: dict[bool, dict[str, tuple[str, ...]]], *, night: bool
) -> None:
    pairs = neighbours(slices, package, pipeline.load_boundaries(pipeline.open_package(audience="internal"), REAL))
    assert {("MNDAA", "UWSA"), ("MNDAA", "TNLA")} <= pairs
    assert worst(fills[night], pairs)[0] >= SIDE_BY_SIDE, worst(fills[night], pairs)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_no_two_looks_anywhere_are_alike(fills: dict[bool, dict[str, tuple[str, ...]]], *, night: bool) -> None:
    plain = {name for name, colours in fills[night].items() if len(colours) == 1 and name != FALLBACK}
    assert len(plain) == 17 + 7
    pairs = {(a, b) for a, b in combinations(sorted(plain), 2) if not {a, b} <= set(style.CLASSES)}
    pairs = {pair for pair in pairs if not any(name.endswith(".assumed") and "junta" not in name for name in pair)}
    assert worst(fills[night], pairs)[0] >= ANYWHERE, worst(fills[night], pairs)


def test_by_night_every_look_stands_out_from_the_land(fills: dict[bool, dict[str, tuple[str, ...]]]) -> None:
    land = style.palette(night=True)["ground"]["land"]
    for name, colours in fills[True].items():
        if not name.endswith(".assumed"):
            assert style.contrast(colours[0], land) >= 3, name


def test_the_junta_s_red_stays_the_most_colourful_fill_by_day(fills: dict[bool, dict[str, tuple[str, ...]]]) -> None:
    def colourful(name: str) -> float:
        _, a, b = vision.place(fills[False][name][0], "normal")
        return float(a**2 + b**2)

    held = [name for name in fills[False] if name not in style.CLASSES]
    assert max(map(colourful, held)) < colourful("junta.reported")
