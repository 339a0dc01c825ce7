"""What an export says of itself: what it is, from when, by whose word and under which licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper import control
from mapper.outputs import record
from mapper.outputs.exports.layer import About, Cited, meanings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.outputs.exports.layer import Layer
    from mapper.outputs.exports.subjects import Material
    from mapper.tables import Package

CAVEATS: Final = (
    "An assessment from public reports, not an authority; a report can be wrong, late or partisan.",
    "Where no report was found the data package's assumption is shown, with basis 'assumed'.",
    "Boundaries and names do not imply endorsement or acceptance by anyone.",
)

SCHEMATIC: Final = (
    "Schematic boundaries: townships are drawn as the land nearest to their towns. Say so under any picture."
)

COUNTED: Final = (
    "Counts of people are rounded, none from 1 to 4 is told, and figures of different bases are never to be added."
)


INTERNAL: Final = "Internal: made from rows that are not public. Do not publish."


def caveats(package: Package) -> tuple[str, ...]:
    """Give what goes with every export of a package, foremost that it is not for the public, where it is not."""
    return (*([INTERNAL] * (package.internal)), *CAVEATS)


def describe(made: Material, layers: Sequence[Layer], *, subject: str) -> About:
    """Put together what an export of these layers says of itself."""
    package, boundaries, timeline = made.package, made.boundaries, made.timeline
    one = subject == "slice"
    last = made.on if one else timeline.dates[-1]
    several = subject == "all" and len(layers) > 1
    title = f"Territorial control, {timeline.dates[0]} to {last}" if several else layers[0].title
    has_shapes = any(layer.has_shapes for layer in layers)
    return About(
        name=package.name,
        title=f"{title} ({package.title})",
        version=package.version,
        as_of=last,
        begins=last if one else timeline.dates[0],
        as_known_on=timeline.as_known_on or package.known_on,
        licence=package.licence,
        attribution=(f"{package.title}, version {package.version}", *([boundaries.attribution] * has_shapes)),
        sources=tuple(_cited(package, layers)),
        caveats=(
            *caveats(package),
            *([SCHEMATIC] * (has_shapes and boundaries.schematic)),
            *([COUNTED] * any(column.name == "people" for layer in layers for column in layer.columns)),
        ),
        assumption=assumption(package),
        boundaries=boundaries.title if has_shapes else "",
        boundaries_licence=boundaries.licence if has_shapes else "",
        boundaries_attribution=boundaries.attribution if has_shapes else "",
        schematic=has_shapes and boundaries.schematic,
        choices=tuple(made.choice.said()),
        lang=made.words.lang,
        crs=made.shapes.crs,
        actors=_actors(package, layers, made.words.lang),
    )


def assumption(package: Package) -> str:
    """Say what the package assumes where no report speaks; "" where it assumes nothing."""
    baseline = package.options.baseline
    return "" if baseline is None else f"{baseline.status} from {baseline.valid_from}"


def _cited(package: Package, layers: Iterable[Layer]) -> Iterator[Cited]:
    """Give the sources of all rows, each once, in the order of their ids."""
    for name in sorted({name for layer in layers for name in layer.sources}):
        found = package.sources[name]
        yield Cited(name, found.publisher, found.published, record.safe_url(found.url), found.licence)


def _actors(package: Package, layers: Iterable[Layer], lang: str) -> dict[str, str]:
    used: set[str] = set()
    for layer in layers:
        names = [column.name for column in layer.columns if column.name.endswith("holders")]
        used.update(holder for row in layer.rows() for name in names for holder in row[name])
    known = {name: package.actors.get(name) for name in sorted(used)}
    own = {name: actor.name_my if actor and lang == "my" else "" for name, actor in known.items()}
    return {name: own[name] or (actor.name_en if actor else name) for name, actor in known.items()}


def as_json(about: About, layers: Sequence[Layer]) -> dict[str, Any]:
    """Give all of it as JSON has it, with the columns and sources of these layers.

    It is for foreign members, metadata tables and key-value pairs, whatever a format has.
    """
    cited = frozenset[str]().union(*(layer.sources for layer in layers))
    return {
        "title": about.title,
        "version": about.version,
        "as_of": about.as_of.isoformat(),
        "begins": about.begins.isoformat(),
        "as_known_on": about.as_known_on.isoformat(),
        "licence": about.licence,
        "attribution": list(about.attribution),
        "boundaries": about.boundaries,
        "boundaries_schematic": about.schematic,
        "boundaries_licence": about.boundaries_licence,
        "boundaries_attribution": about.boundaries_attribution,
        "assumption": about.assumption or None,
        "statuses": list(control.STATUSES),
        "actors": dict(about.actors),
        "choices": list(about.choices),
        "lang": about.lang,
        "caveats": list(about.caveats),
        "columns": meanings(layers),
        "sources": [
            {
                "source_id": one.source_id,
                "publisher": one.publisher,
                "published": one.published,
                "url": one.url,
                "licence": one.licence,
            }
            for one in about.sources
            if one.source_id in cited
        ],
    }


def as_text(about: About, layer: Layer) -> str:
    """Give all of it as lines to read, for formats that have no place of their own."""
    boundaries = (about.boundaries, about.boundaries_licence, about.boundaries_attribution)
    sources = (
        f"  {one.source_id}: {', '.join(filter(None, (one.publisher, one.published, one.url)))}"
        for one in about.sources
        if one.source_id in layer.sources
    )
    lines = (
        layer.title,
        about.title,
        f"Version {about.version}. As of {about.as_of}, as known on {about.as_known_on}.",
        f"Licence: {about.licence}. Attribution: {'; '.join(about.attribution)}.",
        f"Boundaries: {'; '.join(filter(None, boundaries))}.",
        *([f"Assumed where no report speaks: {about.assumption}."] if about.assumption else []),
        *about.caveats,
        *about.choices,
        "",
        "Sources",
        *sources,
    )
    return "\n".join(lines) + "\n"
