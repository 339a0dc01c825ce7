"""Where things are: townships, states, the land around and labels, on one grid of whole numbers."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs import arcs, codec, gazetteer, insets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.geo import Boundaries
    from mapper.outputs.words import Words
    from mapper.tables import Package

WORLD_PX: Final = 256
"""The width of the whole world at zoom 0, in Leaflet's pixels."""

LAND_TOLERANCE: Final = 8
LAND_COARSE: Final = 32
"""The quiet land around is drawn with an eighth of the care, on every thirty-second line of the grid."""


def places(boundaries: Boundaries, package: Package, spoken: Sequence[Words], *, lean: bool = False) -> dict[str, Any]:
    """Give townships, states, neighbours and labels on one grid, townships in the order of their P-codes.

    A ``lean`` page has no insets, no towns and no other spellings.

    A township's point is written as steps from the one before, its code and Burmese name as :mod:`codec` does.
    """
    table = package.townships.sort_index()
    state_of = {str(pcode): str(code) for pcode, code in table["state_pcode"].items()}
    states = dict(sorted(zip(table["state_pcode"], table["state"], strict=True)))
    numbered = {code: i for i, code in enumerate(states)}
    drawn = _drawn(boundaries, state_of)
    frame = arcs.Frame(*drawn["frame"])
    labels = stated()
    people = table["population_2014"]
    points = drawn["townships"]
    return {
        "grid": _origin(frame),
        "bounds": drawn["bounds"],
        "shapes": drawn["shapes"],
        "townships": {
            "code": codec.codes(state_of),
            "en": [str(name) for name in table["name_en"]],
            "my": [codec.letters(str(name), codec.BURMESE) for name in table["name_my"]],
            "state": [numbered[code] for code in state_of.values()],
            "point": np.diff(np.reshape(points, (-1, 2)), axis=0, prepend=0).ravel().tolist(),
            "people": [None if gone else int(count) for count, gone in zip(people, people.isna(), strict=True)],
            "doubt": {str(i): str(text) for i, text in enumerate(table["doubt"]) if text},
        },
        "states": {
            "code": list(states),
            "name": {w.lang: [w.places.get(code) or str(name) for code, name in states.items()] for w in spoken},
            "point": drawn["states"],
        },
        "land": drawn["land"],
        "labels": {
            "countries": {code: point and _at(point, frame) for code, point in labels["countries"].items()},
            "seas": {name: _at(point, frame) for name, point in labels["seas"].items()},
            "far": {code: _at(point, frame) for code, point in labels["far"].items()} | {"MMR": drawn["country"]},
        },
        **({} if lean else {"insets": drawn["insets"], **gazetteer.gazetteer(package, frame, points)}),
    }


def stated() -> dict[str, Any]:
    """Give the places of labels that the page's own file states, as [longitude, latitude] by name."""
    file = resources.files("mapper.outputs").joinpath("web", "places.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _drawn(boundaries: Boundaries, state_of: Mapping[str, str]) -> dict[str, Any]:
    """Give what shapes alone decide: grid, borders, and points for labels; made once for the same shapes and states."""
    states = hashlib.sha256(json.dumps(state_of).encode()).hexdigest()
    made = boundaries.once(f"drawn {states}", lambda: json.dumps(_made(boundaries, state_of)).encode())
    found: dict[str, Any] = json.loads(made)
    return found


def _made(boundaries: Boundaries, state_of: Mapping[str, str]) -> dict[str, Any]:
    coverage = boundaries.townships.geometry
    shapes = {pcode: coverage[pcode] for pcode in state_of}
    frame = arcs.frame_of(shapes.values())
    tolerance = arcs.tolerance_of(frame)
    drawn = arcs.topology(shapes, frame, tolerance=tolerance, coarse=arcs.COARSE)
    by_state: dict[str, list[shapely.Geometry]] = {code: [] for code in sorted(set(state_of.values()))}
    for pcode, code in state_of.items():
        by_state[code].append(shapes[pcode])
    merged = [shapely.coverage_union_all(found) for found in by_state.values()]
    return {
        "frame": [frame.west, frame.north, frame.cell],
        "bounds": _bounds(shapes.values()),
        "shapes": codec.shapes(drawn, coarse=arcs.COARSE),
        "townships": _points(shapes.values(), frame, tolerance),
        "states": _points(merged, frame, tolerance),
        "country": _points([shapely.coverage_union_all(merged)], frame, tolerance),
        "insets": insets.insets(shapes, frame, [list(by_state).index(code) for code in state_of.values()]),
        "land": _land(boundaries, frame, tolerance),
    }


def _land(boundaries: Boundaries, frame: arcs.Frame, tolerance: float) -> dict[str, str | int]:
    shapes = {str(i): shape for i, shape in enumerate(boundaries.neighbours.geometry) if not shape.is_empty}
    if not shapes:
        return {}
    drawn = arcs.topology(shapes, frame, tolerance=LAND_TOLERANCE * tolerance, coarse=LAND_COARSE)
    return codec.shapes(drawn, coarse=LAND_COARSE)


def _origin(frame: arcs.Frame) -> list[float]:
    """Give the grid's corner and cell in Leaflet's pixels at zoom 0."""
    half = np.pi * arcs.EARTH_RADIUS
    scale = WORLD_PX / (2 * half)
    return [
        round(value, 12) for value in ((frame.west + half) * scale, (half - frame.north) * scale, frame.cell * scale)
    ]


def _bounds(shapes: Iterable[shapely.Geometry]) -> list[list[float]]:
    """Give the corners as Leaflet wants them: [[south, west], [north, east]]."""
    west, south, east, north = (round(float(value), 4) for value in shapely.total_bounds(list(shapes)))
    return [[south, west], [north, east]]


def _points(shapes: Iterable[shapely.Geometry], frame: arcs.Frame, tolerance: float) -> list[int]:
    """Give for each shape a point well inside it, on the grid, as [column, row, column, row ...]."""
    flat = shapely.transform(np.array(list(shapes), dtype=object), arcs.mercator)
    parts = [max(shapely.get_parts(shape), key=shapely.area) for shape in flat]
    thin = shapely.simplify(parts, tolerance / 2)
    lines = shapely.maximum_inscribed_circle(thin, tolerance=np.maximum(np.sqrt(shapely.area(thin)) / 40, 1.0))
    return [int(v) for v in frame.to_grid(shapely.get_coordinates(shapely.get_point(lines, 0))).ravel()]


def _at(lonlat: Sequence[float], frame: arcs.Frame) -> list[int]:
    return [int(v) for v in frame.to_grid(arcs.mercator(np.array([lonlat], dtype=float)))[0]]
