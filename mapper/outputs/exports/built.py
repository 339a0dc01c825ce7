"""What ``mapper build`` writes beside the map: the latest slice, the history, the changes and the sums.

Their names and columns are those that readers know; :mod:`mapper.outputs.exports.subjects` has more of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper import control, tables
from mapper.outputs.exports import about, delimited, geojson, layer, rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from mapper.control import Assessment
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Change, Timeline

CHANGE_COLUMNS: Final = (
    "date",
    "previous_date",
    "pcode",
    "township",
    "state",
    "what",
    "from_status",
    "to_status",
    "from_holders",
    "to_holders",
    "from_basis",
    "to_basis",
    "disputed",
    "stale",
    "rule",
    "contested_until",
    "report_ids",
    "report_urls",
)


def control_geojson(timeline: Timeline, boundaries: Boundaries, package: Package, *, on: dt.date) -> bytes:
    """Write one slice as GeoJSON in UTF-8: a feature per township with its assessment, ids and URLs of its reports."""
    shapes = _shapes(boundaries)
    urls, places = rows.report_urls(package), rows.places(package)
    features = (
        (pcode, shapes[pcode], {**places[pcode], **_properties(assessment, urls)})
        for pcode, assessment in timeline.slice(on).items()
    )
    metadata = _metadata(timeline, boundaries, package, on, title=f"Territorial control on {on}")
    return geojson.collection(features, metadata=metadata, bounds=boundaries.townships.total_bounds)


def history_geojson(timeline: Timeline, boundaries: Boundaries, package: Package) -> bytes:
    """Write the history as GeoJSON in UTF-8: a feature per township and stretch of time with one assessment.

    ``valid_from`` is the first day and ``valid_to`` the first day after, as a GIS's temporal control takes them
    by default ("include start, exclude end"); it is null where nothing known ends the stretch. Stretches are
    those of the timeline's dates, first to last.
    """
    shapes = _shapes(boundaries)
    urls, places = rows.report_urls(package), rows.places(package)
    first, last = timeline.dates[0], timeline.dates[-1]
    features = (
        (f"{pcode}_{begins}", shapes[pcode], {**places[pcode], **days, **_properties(assessment, urls)})
        for pcode, stretches in timeline.stretches.items()
        for begins, ends, assessment in rows.clipped(stretches, first, last)
        for days in [{"valid_from": begins.isoformat(), "valid_to": layer.plain(ends)}]
    )
    metadata = _metadata(timeline, boundaries, package, last, title=f"Territorial control, {first} to {last}")
    return geojson.collection(features, metadata=metadata, bounds=boundaries.townships.total_bounds)


def _shapes(boundaries: Boundaries) -> dict[str, bytes]:
    """Give each township's polygons as GeoJSON, which has no line ends, by P-code."""
    coverage = boundaries.townships.geometry
    lines = boundaries.once("geojson", lambda: b"\n".join(geojson.texts(coverage.to_numpy())))
    return dict(zip(coverage.index, lines.split(b"\n"), strict=True))


def _metadata(
    timeline: Timeline, boundaries: Boundaries, package: Package, as_of: dt.date, *, title: str
) -> dict[str, Any]:
    return {
        "title": f"{title} ({package.title})",
        "version": package.version,
        "as_of": as_of.isoformat(),
        "as_known_on": (timeline.as_known_on or package.known_on).isoformat(),
        "licence": package.licence,
        "boundaries": boundaries.title,
        "boundaries_schematic": boundaries.schematic,
        "boundaries_licence": boundaries.licence,
        "boundaries_attribution": boundaries.attribution,
        "sourcing": package.options.sourcing,
        "assumption": about.assumption(package) or None,
        "statuses": list(control.STATUSES),
        "caveats": list(about.caveats(package)),
    }


def _properties(assessment: Assessment, urls: Mapping[str, str]) -> dict[str, Any]:
    """Give an assessment as flat properties; lists stay lists, dates are ISO 8601 text."""
    found = rows.assessment(assessment, urls)
    del found["disputed_by"]
    return {name: layer.plain(value) for name, value in found.items()}


def change_rows(changes: Iterable[Change], package: Package) -> list[dict[str, Any]]:
    """Give changes as flat rows with the columns ``CHANGE_COLUMNS``; several values are joined by ``;``."""
    urls = rows.report_urls(package)
    names, states = (package.townships[column].to_dict() for column in ("name_en", "state"))
    found = (
        {
            **rows.change(change, urls),
            "pcode": change.pcode,
            "township": names[change.pcode],
            "state": states[change.pcode],
        }
        for change in changes
    )
    return [{name: layer.flat(row[name]) for name in CHANGE_COLUMNS} for row in found]


def changes_csv(timeline: Timeline, package: Package) -> str:
    """Write every change between consecutive slices as CSV."""
    return delimited.csv_text(change_rows(timeline.changes(), package), CHANGE_COLUMNS)


def summary_csv(table: pd.DataFrame) -> str:
    """Write the sums of :func:`mapper.outputs.summary.summary` as CSV."""
    listed = [{**row, "date": row["date"].isoformat()} for row in tables.records(table)]
    return delimited.csv_text(listed, [str(column) for column in table.columns])
