"""Where the rows of a file are put: by code, by name, or by their point in real polygons, no finer than they say."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from mapper.matching.names import Match
from mapper.matching.points import BORDER, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.intake.book import Cells
    from mapper.matching import names
    from mapper.matching.points import Areas
    from mapper.sources.harvest import Place

WIDE: Final = ("country", "area", "region_group", "township_group")
"""Levels of places that have no code to look up."""

REMEMBERED: Final = 50_000
"""So many different places are remembered."""


class Placer:
    """Puts places into a package's townships; what many rows have in common it looks up once."""

    def __init__(self, gazetteer: names.Gazetteer, areas: Areas | None) -> None:
        """``areas`` are real polygons to place points by."""
        self._gazetteer, self._areas = gazetteer, areas
        self._match = functools.lru_cache(REMEMBERED)(self._look_up)

    def matches(self, places: Sequence[Place | None]) -> list[Match | None]:
        """Match places, all points among them at once; ``None`` where there is nothing to look up."""
        return [
            None
            if place is None or place.level in WIDE
            else self._match(replace(place, lon=None, lat=None), has_point(place), number)
            for place, number in zip(places, self._located(places), strict=True)
        ]

    def _located(self, places: Sequence[Place | None]) -> list[int]:
        """Look the points up; ``OUTSIDE`` where there is none to look up."""
        found = np.full(len(places), OUTSIDE, dtype=np.int32)
        asked = [n for n, place in enumerate(places) if place is not None and has_point(place)]
        if self._areas is not None and asked:
            points = [(place.lon, place.lat) for place in places if place is not None and has_point(place)]
            lon, lat = np.array(points, dtype=float).T
            found[asked] = self._areas.locate(lon, lat)
        return [int(number) for number in found]

    def _look_up(self, place: Place, pointed: bool, number: int) -> Match:  # noqa: FBT001 -- part of a key
        """Match a place without its point; ``number`` is of the polygon in which that lies, if it is ``pointed``."""
        if place.level in ("state", "district"):
            return _wider(place, self._gazetteer)
        if pointed:
            return _of_point(place, self._gazetteer, number, self._areas)
        return self._gazetteer.match(code=place.code, name=place.name, state=place.state)


def has_point(place: Place) -> bool:
    """Whether a place is to be looked up by its point."""
    return place.level == "township" and not place.code and place.lon is not None and place.lat is not None


def _of_point(place: Place, gazetteer: names.Gazetteer, number: int, areas: Areas | None) -> Match:
    """Put a point into the polygon that it lies in, unless the row names another state or another township."""
    at = "its point"  # where that is stays out of messages and notes: they are kept, and no table of ours has points
    if areas is None:
        return Match("", "none", f"{at} needs real polygons: name them with --boundaries")
    if number == BORDER:
        return Match("", "none", f"{at} lies on the border of two townships")
    if number == OUTSIDE:
        return Match("", "none", f"{at} lies in no township")
    pcode = areas.pcode(number)
    says = _contradicts(place, pcode, gazetteer)
    if says:
        reason = f"{at} lies in {gazetteer.township(pcode)}, {says}"
        unknown = place.strict and not gazetteer.named(place.name, place.state)
        return Match("", "none", reason, gazetteer.candidates(place.name) if unknown else ())
    return Match(pcode, "point")


def _contradicts(place: Place, pcode: str, gazetteer: names.Gazetteer) -> str:
    """Say how a row speaks against the township that its point lies in; "" where it does not."""
    states = gazetteer.states(place.state)
    if states and gazetteer.state_of[pcode] not in states:
        return f"but the row says {place.state.strip()}"
    named = gazetteer.named(place.name, place.state)
    if named not in ("", pcode):
        return f"but the row says {place.name.strip()}"
    if place.strict and ((place.state.strip() and not states) or (place.name.strip() and not named)):
        said = ", ".join(part for part in (place.name.strip(), place.state.strip()) if part)
        return f"which is not known as {said}"
    return ""


def _wider(place: Place, gazetteer: names.Gazetteer) -> Match:
    """Match a state or a district; a state that is split into several codes means none of them."""
    if place.level == "district":
        known = not place.strict or not place.state.strip() or bool(gazetteer.states(place.state))
        found = gazetteer.district(place.code or place.name, place.state) if known else frozenset()
    else:
        found = gazetteer.states(place.code or place.name or place.state)
    if len(found) == 1:
        return Match(next(iter(found)), "code" if place.code else "name")
    what = f"the {place.level} {(place.code or place.name or place.state)!r}"
    return Match("", "none", f"{what} is {'not known' if not found else 'split into ' + ', '.join(sorted(found))}")


def cells(table: str, place: Place | None, match: Match | None, gazetteer: names.Gazetteer, country: str) -> Cells:
    """Give the cells that a matched place fills."""
    if place is None or table in ("refugees", "movements"):
        return {}
    pcode = match.pcode if match is not None else ""
    if table == "control_reports":
        return {"pcode": pcode, "township": gazetteer.names.get(pcode, "")}
    level = place.level
    if level == "country":
        pcode = place.code or country
    if table == "events":
        # what names no place that has a code is an area, and is put nowhere
        return {"pcode": pcode, "level": level if pcode else "area"}
    if level == "state" and not pcode and len(gazetteer.states(place.name or place.state)) > 1:
        level = "region_group"
    official = gazetteer.names.get(pcode) or gazetteer.state_names.get(pcode)
    return {"pcode": pcode, "level": level, "place": official or place.name or place.state or place.code}
