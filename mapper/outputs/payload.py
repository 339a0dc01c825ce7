"""Everything the page shows, decided here: the browser looks up and draws, and concludes nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper import control
from mapper.outputs import arcs, figures, record, style
from mapper.outputs import words as languages
from mapper.timeline import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.control import Assessment
    from mapper.geo import Boundaries
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Timeline

WORLD_PX: Final = 256
"""The width of the whole world at zoom 0, in Leaflet's pixels."""

CHANGES: Final[tuple[str, ...]] = ("status", "holders", "basis", "disputed", "stale")
UNSAFE: Final = re.compile("[<>&\\u2028\\u2029\\ud800-\\udfff]|[{](?=[{%#])")


def payload(timeline: Timeline, boundaries: Boundaries, package: Package, *, lang: str = "en") -> dict[str, Any]:
    """Give the page's data as plain lists, numbers and texts; ``lang`` is the language it opens in.

    Townships stand in the order of their P-codes everywhere, and are referred to by that number.
    """
    spoken = [languages.load(name) for name in languages.LANGUAGES]
    languages.load(lang)
    source, actor = record.Numbered(), record.Numbered()
    reports = record.known_reports(package, timeline.as_known_on)
    columns = record.report_columns(reports, source=source, actor=actor, known_on=timeline.as_known_on)
    publishers = {package.sources[row.source_id].publisher for found in reports.values() for row in found}
    counts = [Counter(style.class_of(found) for found in part.values()) for _, part in timeline.slices()]
    people = {
        "inside": figures.inside(package, timeline.dates, spoken, source=source),
        "abroad": figures.abroad(package, timeline.dates, spoken, source=source),
    }
    return {
        "lang": lang,
        "languages": {words.lang: words.for_page() for words in spoken},
        "palette": style.palette(),
        "dark": [name for name, fill in style.palette()["fills"].items() if style.is_dark(fill)],
        "lists": _lists(),
        "dates": [record.day_number(date) for date in timeline.dates],
        "counts": [[count[name] for name in style.CLASSES] for count in counts],
        "said": {
            words.lang: [
                languages.headline(words, date, count) for date, count in zip(timeline.dates, counts, strict=True)
            ]
            for words in spoken
        },
        "marked": [_marked(part.values()) for _, part in timeline.slices()],
        **_places(boundaries, package, spoken),
        **_control(timeline, reports, actor),
        "changed": _changed(timeline),
        "reports": columns,
        "people": people,
        "sources": record.source_columns(package, source),
        "actors": record.actor_rows(package.actors, actor),
        "foot": {words.lang: _foot(timeline, boundaries, package, words, len(publishers)) for words in spoken},
        "stale_months": package.options.stale_months,
        "schematic": boundaries.schematic,
    }


def to_json(data: Mapping[str, Any]) -> str:
    r"""Write data as JSON that neither HTML nor a template can take for its own.

    >>> to_json({"name": "</script>{{ 7*7 }}"})
    '{"name":"\\u003c/script\\u003e\\u007b{ 7*7 }}"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _lists() -> dict[str, list[str]]:
    """Give the closed lists that columns of digits refer to."""
    return {
        "classes": list(style.CLASSES),
        "statuses": list(control.STATUSES),
        "confidences": list(control.CONFIDENCES),
        "bases": list(record.BASES),
        "since": list(record.SINCE),
        "rules": list(control.RULES),
        "scopes": list(control.SCOPES),
        "kinds": list(control.KINDS),
        "sides": list(control.CLAIMANT_SIDES),
        "changes": list(CHANGES),
    }


def _marked(found: Iterable[Assessment]) -> list[int]:
    """Count the townships that are stale, and those that are disputed."""
    items = list(found)
    return [sum(item.stale for item in items), sum(item.disputed for item in items)]


def _control(
    timeline: Timeline, reports: Mapping[str, Sequence[control.Report]], actor: record.Numbered
) -> dict[str, Any]:
    """Give each township's stretches as [first day, 2 * assessment + 1 if the map shows a difference, ...]."""
    unique: dict[Assessment, int] = {}
    history: list[list[int]] = []
    for pcode in sorted(timeline.stretches):
        row: list[int] = []
        before: Assessment | None = None
        for stretch in timeline.stretches[pcode]:
            if stretch.valid_from > timeline.dates[-1]:
                break
            found = stretch.assessment
            if found == before:
                continue
            differs = before is None or shown(found) != shown(before)
            row += [record.day_number(stretch.valid_from), 2 * unique.setdefault(found, len(unique)) + differs]
            before = found
        history.append(row)
    order = {report.report_id: i for found in reports.values() for i, report in enumerate(found)}
    columns = record.assessment_columns(list(unique), order=order, actor=actor)
    columns["class"] = "".join(str(style.CLASSES.index(style.class_of(found))) for found in unique)
    return {"history": history, "assessments": columns}


def _changed(timeline: Timeline) -> list[list[int]]:
    """Give the townships that changed in each slice, the weightiest changes first: [township, what, ...]."""
    number = {pcode: i for i, pcode in enumerate(sorted(timeline.stretches))}
    by_date: dict[Any, list[int]] = {date: [] for date in timeline.dates}
    for change in sorted(timeline.changes(), key=lambda change: (CHANGES.index(change.what), change.pcode)):
        by_date[change.date] += [number[change.pcode], CHANGES.index(change.what)]
    return list(by_date.values())


def _places(boundaries: Boundaries, package: Package, spoken: Sequence[Words]) -> dict[str, Any]:
    """Give townships, states, neighbours and labels on one grid."""
    table = package.townships.sort_index()
    shapes = {str(pcode): boundaries.townships.geometry[pcode] for pcode in table.index}
    frame = arcs.frame_of(shapes.values())
    tolerance = arcs.tolerance_of(frame)
    drawn = arcs.topology(shapes, frame, tolerance=tolerance)
    state_of = {str(pcode): str(code) for pcode, code in table["state_pcode"].items()}
    states = dict(sorted(zip(table["state_pcode"], table["state"], strict=True)))
    numbered = {code: i for i, code in enumerate(states)}
    merged = {code: shapely.union_all([shapes[p] for p in shapes if state_of[p] == code]) for code in states}
    labels: dict[str, Any] = json.loads(
        resources.files("mapper.outputs").joinpath("web", "places.json").read_text(encoding="utf-8")
    )
    people = table["population_2014"]
    return {
        "grid": _origin(frame),
        "bounds": _bounds(shapes.values()),
        "arcs": arcs.encode(drawn.arcs),
        "rings": arcs.encode_rings(list(drawn.rings.values())),
        "borders": {"state": list(drawn.borders(state_of)), "country": list(drawn.outline())},
        "townships": {
            "code": list(shapes),
            "en": [str(name) for name in table["name_en"]],
            "my": [str(name) for name in table["name_my"]],
            "state": [numbered[state_of[pcode]] for pcode in shapes],
            "point": _points(shapes.values(), frame, tolerance),
            "people": [None if gone else int(count) for count, gone in zip(people, people.isna(), strict=True)],
            "doubt": {str(i): str(text) for i, text in enumerate(table["doubt"]) if text},
        },
        "states": {
            "code": list(states),
            "name": {w.lang: [w.places.get(code) or str(name) for code, name in states.items()] for w in spoken},
            "point": _points(merged.values(), frame, tolerance),
        },
        "land": _land(boundaries, frame, tolerance),
        "labels": {
            "countries": {code: point and _at(point, frame) for code, point in labels["countries"].items()},
            "seas": {name: _at(point, frame) for name, point in labels["seas"].items()},
        },
    }


def _land(boundaries: Boundaries, frame: arcs.Frame, tolerance: float) -> dict[str, Any]:
    shapes = {str(i): shape for i, shape in enumerate(boundaries.neighbours.geometry) if not shape.is_empty}
    if not shapes:
        return {"arcs": "", "rings": "", "borders": []}
    drawn = arcs.topology(shapes, frame, tolerance=2 * tolerance)
    borders = [i for i, keys in enumerate(drawn.owners) if len(keys) > 1]
    return {"arcs": arcs.encode(drawn.arcs), "rings": arcs.encode_rings(list(drawn.rings.values())), "borders": borders}


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


def _foot(
    timeline: Timeline, boundaries: Boundaries, package: Package, words: Words, publishers: int
) -> dict[str, str]:
    """Say what the picture rests on; all of it stands on the page's face."""
    known = timeline.as_known_on or package.date
    baseline = package.options.baseline
    assumed = (
        words.say(
            "foot.baseline", status=words.words[f"status.{baseline.status}"], date=words.date(baseline.valid_from)
        )
        if baseline
        else ""
    )
    reports = sum(
        1 for row in package.reports if timeline.as_known_on is None or row.recorded_on <= timeline.as_known_on
    )
    return {
        "known": words.say("foot.known", date=words.date(known)),
        "baseline": assumed,
        "assumed_from": words.date(baseline.valid_from) if baseline else "",
        "sources": words.say("foot.sources", reports=words.number(reports), publishers=words.number(publishers)),
        "data": words.say("foot.data", title=package.title, version=package.version, licence=package.licence),
        "boundaries": words.say("foot.boundaries", attribution=boundaries.attribution, licence=boundaries.licence),
        "schematic": words.words["foot.schematic"] if boundaries.schematic else "",
        "disclaimer": words.words["foot.disclaimer"],
        "translated": words.words["foot.my_names"] if words.machine_translated else "",
    }
