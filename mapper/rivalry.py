"""Open rival assessments and hold them side by side; like the pipeline it sees both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper import errors, pipeline, rivals
from mapper.outputs import rivals as told
from mapper.outputs import write
from mapper.rivals import Rival
from mapper.sources import package as packages
from mapper.sources import published

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.terms import Audience

LEAST = 2


def is_package(path: Path) -> bool:
    """Whether a path names a data package rather than a map."""
    return path.name == packages.DESCRIPTOR or (path / packages.DESCRIPTOR).is_file()


def compare(
    paths: Sequence[Path],
    *,
    on: dt.date | None = None,
    boundaries: Path | None = None,
    column: str = "",
    words: Mapping[str, str] | None = None,
    audience: Audience = "public",
    out: Path | None = None,
    lang: str = "en",
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], tuple[Rival, ...], tuple[Path, ...]]:
    """Compare packages and published maps: agreement, confusion, what each of them is, and the files written.

    Packages speak of ``on`` (the latest slice of the first by default). Townships, their areas and people are those of
    the first package, or of the embedded one. Without ``out`` nothing is written.
    """
    if len(paths) < LEAST:
        raise errors.UsageError("give at least two: folders of packages, or maps with a status for each polygon")
    opened = {path: pipeline.open_package(path, audience=audience) for path in dict.fromkeys(paths) if is_package(path)}
    base = next(iter(opened.values()), None) or pipeline.open_package(audience=audience)
    shapes = pipeline.load_boundaries(base, boundaries)
    day = on or pipeline.default_dates(base)[1]
    found = tuple(
        _package(opened[path], day, name)
        if path in opened
        else _map(path, shapes, column=column, words=words or {}, name=name)
        for path, name in zip(paths, _names(paths), strict=True)
    )
    pcodes = [str(pcode) for pcode in shapes.townships.index]
    agreed = rivals.agreement(found, pcodes, area_km2=pipeline.areas(shapes), people=pipeline.population(base))
    written: tuple[Path, ...] = ()
    if out is not None:
        written = write.together({out: told.files(found, shapes, base, agreement=agreed, lang=lang)})
    return agreed, rivals.confusion(found, pcodes), found, written


def _names(paths: Sequence[Path]) -> list[str]:
    """Name each by the last part of its path, and those that share it by their place in the list as well."""
    last = [(path.parent if path.name == packages.DESCRIPTOR else path).name or str(path) for path in paths]
    return [name if last.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(last, start=1)]


def _package(package: Package, day: dt.date, name: str) -> Rival:
    timeline = pipeline.make_timeline(package, start=day, end=day)
    found = timeline.slice(day)
    return Rival(
        name,
        {pcode: str(one.status) for pcode, one in found.items()},
        frozenset(pcode for pcode, one in found.items() if one.basis == "assumed"),
        day,
    )


def _map(path: Path, shapes: Boundaries, *, column: str, words: Mapping[str, str], name: str) -> Rival:
    found = published.read(path, shapes.townships, column=column, words=words)
    return Rival(name, found.status, found.assumed, None, found.notes)
