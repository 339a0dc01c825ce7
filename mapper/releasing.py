"""From a package to a release: frozen, checked, held against the one before, and in its place all at once.

Like the pipeline it sees both ends.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper import difference, errors, pipeline, publish, questions
from mapper.errors import Fault
from mapper.outputs import corrections, public_tables, release, write
from mapper.outputs.exports import delimited
from mapper.records import log
from mapper.sources import frozen
from mapper.sources import package as packages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from mapper.records import Entry
    from mapper.sources.frozen import Release
    from mapper.tables import Package
    from mapper.terms import Audience
    from mapper.timeline import Timeline

RELEASES: Final = Path("releases")
VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{0,63}")
STEPS: Final = 5
"""How often :func:`make` tells what it is doing, for a progress bar."""

MAY_CHANGE: Final = frozenset({"withdrawn_on", "withdrawn_why"})
"""Columns of a report that may be filled in later: an older way to take one back."""


@dataclass(frozen=True)
class Made:
    """What a release has become."""

    folder: Path
    package: Package
    rows: Sequence[Mapping[str, Any]]
    """What changed on the map, as :func:`mapper.outputs.release.change_rows` gives it."""
    previous: str


def make(
    version: str,
    path: str | Path | None = None,
    *,
    out: Path = RELEASES,
    audience: Audience = "public",
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Made:
    """Freeze a package as a release: its tables, a manifest, checksums, corrections, and what changed on the map.

    A public one holds what anybody may have, and asks that the questions of :mod:`mapper.questions` are answered of
    this state. Raises :class:`errors.DataError` where the package has faults, or where a row that an earlier release
    holds was changed or is gone, and :class:`errors.UsageError` where questions are open.
    """
    if not VERSION.fullmatch(version) or ".." in version:
        raise errors.UsageError(
            f"{errors.shown(version)} is no name for a release: letters, digits, dots and hyphens, such as 2026.12.1"
        )
    folder = frozen.folder_of(packages.EMBEDDED if path is None else Path(path))
    tell("checking the package")
    whole = pipeline.check(folder)
    raw = frozen.contents(folder)
    if audience == "public":
        _gate(folder, raw)
    tell("holding it against the release before")
    last = frozen.latest(out)
    if last is not None:
        _refuse_rewritten(last, raw, folder)
    tell("taking what the audience may see")
    package = publish.for_audience(whole, audience)
    timeline = pipeline.make_timeline(package)
    contents = raw if audience == "internal" else _public(raw, package, timeline)
    contents = {**contents, packages.DESCRIPTOR: _versioned(contents[packages.DESCRIPTOR], version)}
    tell("finding what changed on the map")
    rows = _changes(last, package, timeline)
    previous = None if last is None else {"version": last.version, "manifest_sha256": last.digest}
    contents |= _told(package, rows, version=version, previous=previous)
    contents[frozen.MANIFEST] = release.manifest(
        package,
        timeline,
        contents,
        version=version,
        audience=audience,
        previous=previous,
        changed=len({row["pcode"] for row in rows}),
    )
    contents["SHA256SUMS"] = release.checksums(contents)
    tell("moving it into place")
    made = Made(out / version, package, rows, "" if last is None else last.version)
    if dry_run:
        return made
    with write.new_folder(out / version) as stage:
        for name, content in contents.items():
            write.write_bytes(stage / name, content)
        pipeline.check(stage)  # what is frozen is what was checked, or it does not take its place
    return made


def write_corrections(
    entries: Sequence[Entry], package: Package, *, known_on: dt.date | None, lang: str, out: Path
) -> tuple[Path, ...]:
    """Write what was corrected and taken back for readers: a page, JSON and CSV, all together."""
    day = known_on or package.known_on
    contents = {
        "corrections.html": corrections.to_html(entries, package, known_on=day, lang=lang),
        "corrections.json": corrections.to_json(entries, package, known_on=day),
        "corrections.csv": corrections.to_csv(entries, package),
    }
    return write.together({out: contents})


def _gate(folder: Path, raw: Mapping[str, bytes]) -> None:
    open_ones = questions.missing(frozen.answers(folder), questions.state_of(raw))
    if open_ones:
        raise errors.UsageError(
            f"Nobody has answered, of this state of the package: {', '.join(open_ones)}. Run `mapper check --publish "
            f"{folder}` first; or freeze it for your own eyes with --audience internal."
        )


def _refuse_rewritten(last: Release, raw: Mapping[str, bytes], folder: Path) -> None:
    """Refuse a package in which a row that is released already reads otherwise, or is gone."""
    before, now = _rows(frozen.contents(last.folder), "control_reports"), _rows(raw, "control_reports")
    known = {row["report_id"]: row for row in now}
    file = str(folder / "control_reports.csv")
    faults = []
    for row in before:
        report_id = row["report_id"]
        if report_id not in known:
            remedy = "Put it back, and take it back with a row in withdrawals.csv"
            faults.append(Fault(file, 0, "report_id", report_id, f"is gone since release {last.version}", remedy))
            continue
        for column, old in row.items():
            new = known[report_id].get(column, "")
            kept = old in {new, "", publish.UNSAID} or (column in MAY_CHANGE and not old)
            if not kept:
                problem = f"of {report_id} was {errors.shown(old)} in release {last.version}"
                remedy = "Put it back, and add a record that supersedes it"
                faults.append(Fault(file, 0, column, new, problem, remedy))
    if faults:
        raise errors.DataError(faults)


def _rows(contents: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    described = frozen.descriptor(contents[packages.DESCRIPTOR])
    path = next(str(one["path"]) for one in described["resources"] if one["name"] == name)
    return frozen.table(contents[path], name=path)[1]


def _public(raw: Mapping[str, bytes], package: Package, timeline: Timeline) -> dict[str, bytes]:
    """Give the files of a package as anybody may have them; what the program does not know stays out."""
    described = frozen.descriptor(raw[packages.DESCRIPTOR])
    standard = frozen.descriptor((frozen.contents(packages.EMBEDDED))[packages.DESCRIPTOR])
    known = {resource["name"] for resource in standard["resources"]}
    kept = [resource for resource in described["resources"] if resource["name"] in known]
    found = {packages.DESCRIPTOR: _json({**described, "resources": kept})}
    for resource in kept:
        path = str(resource["path"])
        header, rows = frozen.table(raw[path], name=path)
        public = public_tables.public_rows(resource["name"], rows, package, timeline)
        found[path] = raw[path] if public == rows else delimited.table_text(public, header).encode()
    return found


def _versioned(descriptor: bytes, version: str) -> bytes:
    return _json({**frozen.descriptor(descriptor), "version": version})


def _json(found: Mapping[str, Any]) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def _changes(last: Release | None, package: Package, timeline: Timeline) -> list[dict[str, Any]]:
    if last is None:
        return []
    before = pipeline.open_package(last.folder, audience="internal")
    told = pipeline.make_timeline(before)
    first, end = min(told.dates[0], timeline.dates[0]), timeline.dates[-1]
    found = difference.differences(told, timeline, first=first, last=end, seen=told.dates[-1])
    return release.change_rows(found, package, seen=told.dates[-1])


def _told(
    package: Package, rows: Sequence[Mapping[str, Any]], *, version: str, previous: Mapping[str, str] | None
) -> dict[str, bytes]:
    entries, day = log(package.reports), package.known_on
    before = previous["version"] if previous else ""
    return {
        "CHANGES.md": release.changelog(rows, version=version, previous=before, known_on=day),
        "changes.csv": release.changes_csv(rows),
        "corrections.html": corrections.to_html(entries, package, known_on=day),
        "corrections.csv": corrections.to_csv(entries, package),
    }
