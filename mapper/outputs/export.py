"""What a run hands to other programs: the latest slice, the history, the changes and the sums."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from mapper import control, tables
from mapper.outputs import geojson

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from mapper.control import Assessment
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Change, Stretch, Timeline

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CAVEATS = (
    "An assessment from public reports, not an authority; a report can be wrong, late or partisan.",
    "Where no report was found the data package's assumption is shown, with basis 'assumed'.",
    "Boundaries and names do not imply endorsement or acceptance by anyone.",
)


def control_geojson(timeline: Timeline, boundaries: Boundaries, package: Package, *, on: dt.date) -> bytes:
    """Write one slice as GeoJSON in UTF-8: a feature per township with its assessment, ids and URLs of its reports."""
    shapes = _shapes(boundaries)
    urls, places = _report_urls(package), _places(package)
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
    urls, places = _report_urls(package), _places(package)
    first, last = timeline.dates[0], timeline.dates[-1]
    features = (
        (f"{pcode}_{begins}", shapes[pcode], {**places[pcode], **days, **_properties(assessment, urls)})
        for pcode, stretches in timeline.stretches.items()
        for begins, ends, assessment in _clipped(stretches, first, last)
        for days in [{"valid_from": begins.isoformat(), "valid_to": _iso(ends)}]
    )
    metadata = _metadata(timeline, boundaries, package, last, title=f"Territorial control, {first} to {last}")
    return geojson.collection(features, metadata=metadata, bounds=boundaries.townships.total_bounds)


def _shapes(boundaries: Boundaries) -> dict[str, bytes]:
    """Give each township's polygons as GeoJSON, which has no line ends, by P-code."""
    coverage = boundaries.townships.geometry
    lines = boundaries.once("geojson", lambda: b"\n".join(geojson.geometries(coverage).values()))
    return dict(zip(coverage.index, lines.split(b"\n"), strict=True))


def _clipped(
    stretches: Iterable[Stretch], first: dt.date, last: dt.date
) -> Iterator[tuple[dt.date, dt.date | None, Assessment]]:
    for stretch in stretches:
        ends = stretch.valid_to
        if stretch.valid_from <= last and (ends is None or ends > first):
            yield max(stretch.valid_from, first), None if ends is None or ends > last else ends, stretch.assessment


def _metadata(
    timeline: Timeline, boundaries: Boundaries, package: Package, as_of: dt.date, *, title: str
) -> dict[str, Any]:
    baseline = package.options.baseline
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
        "assumption": None if baseline is None else f"{baseline.status} from {baseline.valid_from}",
        "statuses": list(control.STATUSES),
        "caveats": list(CAVEATS),
    }


def _places(package: Package) -> dict[str, dict[str, Any]]:
    """Give what a feature says of its place, by P-code."""
    table = package.townships[["name_en", "name_my", "district", "state", "state_pcode"]]
    return {str(pcode): {"pcode": pcode, **row} for pcode, row in zip(table.index, tables.records(table), strict=True)}


def _properties(assessment: Assessment, urls: Mapping[str, str]) -> dict[str, Any]:
    """Give an assessment as flat properties; lists stay lists, dates are ISO 8601 text."""
    return {
        "status": assessment.status,
        "holders": list(assessment.holders),
        "confidence": assessment.confidence,
        "basis": assessment.basis,
        "disputed": assessment.disputed,
        "since": _iso(assessment.since),
        "since_precision": assessment.since_precision or None,
        "last_confirmed": _iso(assessment.last_confirmed),
        "stale": assessment.stale,
        "contested_until": _iso(assessment.contested_until),
        "main_town_only": assessment.main_town_only,
        "firm_status": assessment.firm_status,
        "firm_holders": list(assessment.firm_holders),
        "rule": assessment.rule,
        "claimed": assessment.claimed,
        "report_ids": list(assessment.report_ids),
        "report_urls": list(dict.fromkeys(urls[name] for name in assessment.report_ids if urls[name])),
    }


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _report_urls(package: Package) -> dict[str, str]:
    return {report.report_id: package.sources[report.source_id].url for report in package.reports}


CHANGE_COLUMNS = (
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


def change_rows(changes: Iterable[Change], package: Package) -> list[dict[str, Any]]:
    """Give changes as flat rows with the columns ``CHANGE_COLUMNS``; several values are joined by ``;``."""
    urls = _report_urls(package)
    names, states = package.townships["name_en"], package.townships["state"]
    return [
        {
            "date": change.date.isoformat(),
            "previous_date": change.previous.isoformat(),
            "pcode": change.pcode,
            "township": names[change.pcode],
            "state": states[change.pcode],
            "what": change.what,
            "from_status": change.before.status,
            "to_status": change.after.status,
            "from_holders": ";".join(change.before.holders),
            "to_holders": ";".join(change.after.holders),
            "from_basis": change.before.basis,
            "to_basis": change.after.basis,
            "disputed": change.after.disputed,
            "stale": change.after.stale,
            "rule": change.after.rule,
            "contested_until": _iso(change.after.contested_until),
            "report_ids": ";".join(change.report_ids),
            "report_urls": ";".join(dict.fromkeys(urls[name] for name in change.report_ids if urls[name])),
        }
        for change in changes
    ]


def changes_csv(timeline: Timeline, package: Package) -> str:
    """Write every change between consecutive slices as CSV."""
    return csv_text(change_rows(timeline.changes(), package), CHANGE_COLUMNS)


def summary_csv(table: pd.DataFrame) -> str:
    """Write the sums of :func:`mapper.outputs.summary.summary` as CSV."""
    rows = [{**row, "date": row["date"].isoformat()} for row in tables.records(table)]
    return csv_text(rows, [str(column) for column in table.columns])


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Write rows as CSV with LF line ends, true and false in lower case, and no cell that a spreadsheet runs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue()


def table_text(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Write a table of a package as it is read: every cell as it stands."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text
