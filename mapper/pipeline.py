"""From a data package to files: the only place that sees both the sources and the outputs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper import control, errors, kept, publish, rules
from mapper import timeline as timelines
from mapper.outputs import flows, folium_map, summary, write
from mapper.outputs.exports import built
from mapper.sources import country, files, ingredients, townships
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.terms import Audience, Withheld
    from mapper.timeline import Every, Timeline

OUT: Final = Path("outputs")
STEPS: Final = 6
"""How often :func:`build` tells what it is doing, for a progress bar."""
MORE_STEPS: Final = 9
"""The same for an embed and pictures."""


@dataclass(frozen=True)
class Result:
    """What a run has made."""

    timeline: Timeline
    package: Package
    boundaries: Boundaries
    files: tuple[Path, ...]
    withheld: tuple[Withheld, ...] = ()
    """What the files do not hold, by rule and table: for the editor."""


def open_package(
    path: str | Path | None = None,
    *,
    sourcing: control.Sourcing = "strict",
    audience: Audience = "public",
    known_on: dt.date | None = None,
) -> Package:
    """Open and check a data package (the embedded one by default) and keep what an audience may see.

    ``sourcing`` says whether a party's word for itself counts less than another's (:mod:`mapper.sourcing`). What is
    younger than the package's publish delay is left out, counted from ``known_on``. Raises :class:`errors.DataError`
    with every fault of every table.
    """
    found = publish.for_audience(check(path), audience, known_on=known_on)
    return replace(found, options=replace(found.options, sourcing=sourcing))


def open_known(
    path: str | Path | None = None,
    *,
    sourcing: control.Sourcing = "strict",
    audience: Audience = "public",
    known_on: dt.date | None = None,
) -> Package:
    """Open a data package as :func:`open_package` does, and give it as it was on a day (``None``: as it is)."""
    found = publish.for_audience(publish.as_known(check(path), known_on), audience, known_on=known_on)
    return replace(found, options=replace(found.options, sourcing=sourcing))


def check(path: str | Path | None = None) -> Package:
    """Open and check a data package with all its rows, those that may not be public too."""
    return packages.open_package(packages.EMBEDDED if path is None else Path(path))


def load_boundaries(package: Package, path: str | Path | None = None, *, cached: bool = True) -> Boundaries:
    """Load township polygons from a file, or make schematic ones from the package's towns.

    Unless ``cached`` is false, what was prepared before from the same file and by the same code is taken from the
    user's cache folder (:func:`mapper.kept.folder`), and what is prepared now is kept there. Raises
    :class:`errors.UsageError` for shapes that a public map may not have: see :func:`mapper.publish.refuse_shapes`.
    """
    return _load(package, path, cached=cached)[0]


def _load(package: Package, path: str | Path | None, *, cached: bool) -> tuple[Boundaries, kept.Ingredients | None]:
    """Give boundaries, and the ingredients under which they are kept; ``None`` where they are not."""
    if package.country != country.MYANMAR.name:
        raise errors.UsageError(
            f"The map of {package.country} cannot be drawn yet: the land around it and the words of the page are those "
            "of Myanmar. check, why, import and diff work."
        )
    found, of = _prepared(package, path, cached=cached)
    publish.refuse_shapes(found, package)
    return found, of


def _prepared(package: Package, path: str | Path | None, *, cached: bool) -> tuple[Boundaries, kept.Ingredients | None]:
    of = _ingredients(package, path) if cached else None
    raw = None if of is None else files.read_kept(kept.place(of))
    found = None if raw is None or of is None else kept.unpack(raw, of)
    if found is not None:
        return found, of
    if path is None:
        found = townships.load_schematic(package.towns, package.townships)
    else:
        found = townships.read_boundaries(Path(path), list(package.townships.index))
    if of is None or of != _ingredients(package, path):  # the file has changed while it was read
        return found, None
    _keep(found, of)
    return found, of


def _ingredients(package: Package, path: str | Path | None) -> kept.Ingredients | None:
    if path is None:
        return ingredients.of_schematic(package.towns, package.townships)
    return ingredients.of_file(path, list(package.townships.index))


def _keep(boundaries: Boundaries, of: kept.Ingredients) -> None:
    write.keep(kept.place(of), kept.pack(boundaries, of), most=kept.MOST)


def make_timeline(
    package: Package,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    every: Every = "month",
    known_on: dt.date | None = None,
) -> Timeline:
    """Resolve the package's reports into slices.

    By default from the first month end the package's baseline covers (2021-02-28 for the embedded one) to the
    end of the month of its latest report known on ``known_on``, a slice for each month.
    """
    first, last = default_dates(package, known_on=known_on)
    begins, ends = start or min(first, end or first), end or max(last, start or last)
    if package.until is not None and ends > package.until:
        raise errors.UsageError(
            f"the package publishes nothing after {package.until} yet (publish.delay_days), so no slice can be on "
            f"{ends}; give an earlier --end or --on, or --audience internal for your own eyes"
        )
    chosen = (begins, ends) if every == "change" else timelines.slice_dates(begins, ends, every=every)
    made = timelines.timeline(
        package.townships.index,
        package.reports,
        tuple(sorted(set(chosen))),
        options=package.options,
        known_on=known_on,
    )
    return made.with_a_slice_for_each_change() if every == "change" else made


def default_dates(package: Package, *, known_on: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """Give the first and the last slice date that suit a package, as far as it was known on a day."""
    spoken = [report.speaks_from for report in rules.considered(package.reports, known_on=known_on)]
    last = _month_end(max(spoken, default=package.date if known_on is None else min(package.date, known_on)))
    baseline = package.options.baseline
    last = last if package.until is None else min(last, package.until)
    first = _month_end(baseline.valid_from if baseline else min(spoken, default=last))
    return min(first, last), last


def _month_end(day: dt.date) -> dt.date:
    return control.months_later(day.replace(day=1), 1) - dt.timedelta(days=1)


def control_geojson(timeline: Timeline, boundaries: Boundaries, package: Package, *, on: dt.date | None = None) -> str:
    """Write one slice (the latest by default) as GeoJSON text."""
    return built.control_geojson(timeline, boundaries, package, on=on or timeline.dates[-1]).decode()


def stats(timeline: Timeline, boundaries: Boundaries, package: Package) -> pd.DataFrame:
    """Sum up townships, area and people of each status and holder, slice by slice."""
    return summary.summary(timeline, area_km2=areas(boundaries), population=population(package))


def areas(boundaries: Boundaries) -> dict[str, float]:
    """Give each township's area in km2, by P-code."""
    return {str(pcode): float(area) for pcode, area in boundaries.townships["area_km2"].items()}


def population(package: Package) -> Mapping[str, int | None]:
    """Give each township's people at the census of 2014, by P-code; ``None`` where not published."""
    people = package.townships["population_2014"].dropna()
    return {**dict.fromkeys(map(str, package.townships.index)), **{str(code): int(n) for code, n in people.items()}}


def build(
    path: str | Path | None = None,
    *,
    boundaries: str | Path | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    every: Every = "month",
    known_on: dt.date | None = None,
    sourcing: control.Sourcing = "strict",
    audience: Audience = "public",
    lang: str = "en",
    out: str | Path = OUT,
    everything: bool = False,
    cached: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Result:
    """Make the map and the exports of a data package, and put them into ``out`` all together.

    ``everything``: also write ``embed/`` and ``pictures/``, which takes some ten seconds more.
    ``cached`` is as in :func:`load_boundaries`; what the outputs make of the shapes alone is kept as well.
    ``tell`` hears what is being done, ``STEPS`` times and with everything ``MORE_STEPS`` times more. Until all is made
    nothing in ``out`` changes.
    """
    tell("reading the data package")
    package = open_known(path, sourcing=sourcing, audience=audience, known_on=known_on)
    tell("preparing township boundaries")
    shapes, of = _load(package, boundaries, cached=cached)
    known = set(shapes.derived.parts)
    tell("resolving reports")
    timeline = make_timeline(package, start=start, end=end, every=every, known_on=known_on)
    tell("drawing the map")
    page = folium_map.to_html(folium_map.control_map(timeline, shapes, package, lang=lang))
    tell("writing GeoJSON and tables")
    contents = {
        "map.html": page.encode(),
        "control.geojson": built.control_geojson(timeline, shapes, package, on=timeline.dates[-1]),
        "history.geojson": built.history_geojson(timeline, shapes, package),
        "changes.csv": built.changes_csv(timeline, package).encode(),
        "summary.csv": built.summary_csv(stats(timeline, shapes, package)).encode(),
    }
    folder = Path(out)
    made = {folder: contents}
    if everything:
        made |= {folder / name: found for name, found in _more(timeline, shapes, package, lang=lang, tell=tell).items()}
    tell("moving the files into place")
    written = write.together(made)
    if of is not None and set(shapes.derived.parts) != known:
        _keep(shapes, of)
    return Result(timeline, package, shapes, written, (*package.withheld_by_rule, *flows.withheld(timeline, package)))


def _more(
    timeline: Timeline, shapes: Boundaries, package: Package, *, lang: str, tell: Callable[[str], None]
) -> dict[str, dict[str, bytes]]:
    """Make what a newsroom embeds and prints, by the name of the folder."""
    from mapper.outputs.embeds import kit  # noqa: PLC0415 -- most builds do without
    from mapper.outputs.pictures import draw  # noqa: PLC0415 -- matplotlib takes half a second to load

    embed = kit.files(timeline, shapes, package, lang=lang, tell=tell)
    return {"embed": embed, "pictures": draw.standard(timeline, shapes, package, lang=lang, tell=_drawing(tell))}


def _drawing(tell: Callable[[str], None]) -> Callable[[str], None]:
    return lambda name: tell(f"drawing pictures: {name}")


def find_township(package: Package, text: str) -> str:
    """Find a township by P-code or exact name in English or Burmese.

    Raises :class:`errors.UsageError` where there is none, or more than one of that name.
    """
    table = package.townships
    if text.upper() in table.index:
        return text.upper()
    named = table[(table["name_en"].str.casefold() == text.casefold()) | (table["name_my"] == text)]
    if len(named) == 1:
        return str(named.index[0])
    if len(named) > 1:
        both = ", ".join(f"{pcode} ({state})" for pcode, state in named["state"].items())
        raise errors.UsageError(f"{errors.shown(text)} is the name of several townships: {both}. Give the P-code.")
    raise errors.UsageError(
        f"{errors.shown(text)} is no township of this package. Give a P-code such as {table.index[0]}, or its name."
    )
