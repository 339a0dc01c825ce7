"""Rival assessments for readers and programs: tables of how far they agree, and where they do not, to look at."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper import rivals
from mapper.outputs import arcs, bidi, policy, style
from mapper.outputs import words as languages
from mapper.outputs.exports import about, delimited, geojson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.geo import Boundaries
    from mapper.outputs.words import Words
    from mapper.rivals import Rival
    from mapper.tables import Package

HEIGHT: Final = 420
"""Of each picture, in its own units; a border is drawn to the nearest of them."""

COARSE: Final = 0.8
STYLE: Final = """
:root{color-scheme:light}
body{font:1rem/1.5 system-ui,"Noto Sans","Noto Sans Myanmar","Noto Sans Thai",sans-serif}
body{max-width:70rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
:lang(my){line-height:1.8}
h1{font-size:1.5rem}
.maps{display:flex;flex-wrap:wrap;gap:1.5rem}
figure{margin:0;flex:1 1 14rem;max-width:22rem}
figcaption{font-weight:600}
figure svg{width:100%;height:auto;max-height:30rem}
ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;min-width:100%}
th,td{text-align:start;padding:.35rem .6rem;border-top:1px solid #767676;vertical-align:top}
caption{text-align:start;font-weight:600;padding:.5rem 0}
"""
SWATCH: Final = '<svg width="26" height="16" aria-hidden="true"><rect width="26" height="16" fill="{fill}"/></svg> '
QUIET: Final = "#E4E1DA"
"""Fill of land on which all agree."""


def files(
    found: Sequence[Rival], boundaries: Boundaries, package: Package, *, agreement: list[dict[str, Any]], lang: str
) -> dict[str, bytes]:
    """Give what a comparison writes, by name: two tables, the disagreement as GeoJSON, and a page to look at."""
    pcodes = [str(pcode) for pcode in boundaries.townships.index]
    return {
        "agreement.csv": delimited.csv_text(agreement, rivals.AGREEMENT).encode(),
        "confusion.csv": delimited.csv_text(rivals.confusion(found, pcodes), rivals.CONFUSION).encode(),
        "disagreement.geojson": disagreement(found, boundaries, package),
        "disagreement.html": page(found, boundaries, package, lang=lang),
    }


def notes(rival: Rival, words: Words) -> list[str]:
    """Say what must be said of how an assessment was found."""
    return [words.say(f"rivals.{key}", count=words.number(count)) for key, count in rival.notes]


def disagreement(found: Sequence[Rival], boundaries: Boundaries, package: Package) -> bytes:
    """Write the townships on which they do not all say the same, each with what each of them says."""
    coverage = boundaries.townships.geometry
    shapes = dict(zip(map(str, coverage.index), geojson.texts(coverage.to_numpy()), strict=True))
    table = package.townships
    features = (
        (
            pcode,
            shapes[pcode],
            {
                "pcode": pcode,
                "name_en": table["name_en"][pcode],
                "state": table["state"][pcode],
                "statuses": {rival.name: rival.of(pcode) for rival in found},
            },
        )
        for pcode in rivals.disagreements(found, list(shapes))
    )
    metadata = {
        "title": "Where they disagree",
        "rivals": [
            {
                "name": rival.name,
                "day": None if rival.day is None else rival.day.isoformat(),
                "notes": notes(rival, languages.load("en")),
            }
            for rival in found
        ],
        "boundaries": boundaries.title,
        "boundaries_licence": boundaries.licence,
        "caveats": list(about.CAVEATS),
    }
    return geojson.collection(features, metadata=metadata, bounds=boundaries.townships.total_bounds)


def page(found: Sequence[Rival], boundaries: Boundaries, package: Package, *, lang: str) -> bytes:
    """Write a page: where they disagree, each of them as a small map, and a table; without script or link."""
    words = languages.load(lang)
    pcodes = [str(pcode) for pcode in boundaries.townships.index]
    differ = rivals.disagreements(found, pcodes)
    names = ", ".join(rival.name for rival in found)
    title = words.say("rivals.title", names=names)
    lead = words.say("rivals.lead", count=words.number(len(differ)), all=words.number(len(pcodes)))
    wide, shapes = _coarse(boundaries)
    where = [("disagree" if pcode in set(differ) else "agree") for pcode in pcodes]
    pictures = _figure(words.words["rivals.disagree"], _svg(where, wide, shapes, first=True))
    for rival in found:
        name = rival.name if rival.day is None else f"{rival.name}, {words.date(rival.day)}"
        pictures += _figure(name, _svg([rival.look(pcode) for pcode in pcodes], wide, shapes), told=notes(rival, words))
    body = (
        f"<main>\n<h1>{_text(title)}</h1>\n<p>{_text(lead)}</p>\n<p>{_text(words.words['rivals.note'])}</p>\n"
        f'<ul>{_legend(words)}</ul>\n<div class="maps">\n{pictures}</div>\n'
        f"{_table(found, differ, package, words)}</main>\n"
        f"<footer>\n{_foot(boundaries, package, words)}</footer>\n"
    )
    text = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n{policy.FIRST}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
    return policy.with_policy(text).encode("utf-8", "replace")


def _foot(boundaries: Boundaries, package: Package, words: Words) -> str:
    lines = [
        words.say("foot.boundaries", attribution=boundaries.attribution, licence=boundaries.licence),
        languages.notice(words, internal=package.internal, schematic=boundaries.schematic),
        words.words["foot.disclaimer"],
        words.words["foot.my_names"] if words.machine_translated else "",
    ]
    return "".join(f"<p>{_text(line)}</p>\n" for line in lines if line)


def _legend(words: Words) -> str:
    fills = [(words.words["rivals.disagree"], "url(#rivals-differ)"), (words.words["rivals.agree"], QUIET)]
    fills += [(_said(look, words), _fill(look)) for look in style.CLASSES]
    return "".join(f"<li>{SWATCH.format(fill=fill)}{_text(name)}</li>" for name, fill in fills)


def _figure(name: str, svg: str, *, told: Sequence[str] = ()) -> str:
    said = "".join(f"<p>{_text(note)}</p>" for note in told)
    drawn = svg.replace("<svg ", f'<svg role="img" aria-label="{_text(name)}" ', 1)
    return f"<figure>{drawn}<figcaption>{_text(name)}</figcaption>{said}</figure>\n"


def _table(found: Sequence[Rival], differ: Sequence[str], package: Package, words: Words) -> str:
    place = package.townships
    caption = _text(words.words["rivals.disagree"])
    names = [words.words["table.township"], words.words["table.state"], *(rival.name for rival in found)]
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{_text(str(place["name_en"][pcode]))}</th><td>{_text(str(place["state"][pcode]))}</td>'
        + "".join(_cell(rival.look(pcode), words) for rival in found)
        + "</tr>\n"
        for pcode in differ
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _cell(look: str, words: Words) -> str:
    return f"<td>{SWATCH.format(fill=_fill(look))}{_text(_said(look, words))}</td>"


def _said(look: str, words: Words) -> str:
    """Give the words for a class, as the legend of the map says them."""
    return words.words["legend." + ".".join(reversed(look.split(".")))]


def _fill(look: str) -> str:
    return "url(#rivals-hatch)" if look == "contested.reported" else str(style.palette()["fills"][look])


def _patterns() -> str:
    palette = style.palette()
    ground, ink = palette["fills"]["contested.reported"], palette["hatch"]
    hatch = _pattern("rivals-hatch", 45, ground, ink, 1.6)
    return f"<defs>{hatch}{_pattern('rivals-differ', -45, '#fff', palette['marks']['changed'], 3.4)}</defs>"


def _pattern(name: str, turn: int, ground: str, ink: str, width: float) -> str:
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">'
        f'<rect width="6" height="6" fill="{ground}"/><rect width="{width}" height="6" fill="{ink}"/></pattern>'
    )


def _svg(classes: Sequence[str], wide: int, shapes: NDArray[np.object_], *, first: bool = False) -> str:
    """Draw a path for each class of townships; the first picture of a page brings the patterns of all."""
    fills: Mapping[str, str] = {
        "agree": QUIET,
        "disagree": "url(#rivals-differ)",
        **{look: _fill(look) for look in style.CLASSES},
    }
    of = np.array(classes)
    paths = "".join(
        f'<path fill="{fill}" d="{_path(shapely.coverage_union_all(shapes[of == name]))}"/>'
        for name, fill in fills.items()
        if (of == name).any()
    )
    borders = f'<path fill="none" stroke="#fff" stroke-width=".5" d="{"".join(_path(shape) for shape in shapes)}"/>'
    defs = _patterns() if first else ""
    return f'<svg viewBox="-2 -2 {wide + 4} {HEIGHT + 4}">{defs}<g fill-rule="evenodd">{paths}{borders}</g></svg>'


def _coarse(boundaries: Boundaries) -> tuple[int, NDArray[np.object_]]:
    """Give the pictures' width and the townships as simple as they draw them, in their units."""
    flat = shapely.transform(boundaries.townships.geometry.to_numpy(), arcs.mercator)
    west, south, east, north = shapely.total_bounds(flat)
    unit = HEIGHT / (north - south)
    drawn = shapely.transform(flat, lambda xy: np.column_stack([(xy[:, 0] - west) * unit, (north - xy[:, 1]) * unit]))
    return round((east - west) * unit), shapely.coverage_simplify(drawn, COARSE)


def _path(shape: shapely.Geometry) -> str:
    """Write rings in tenths of a unit."""
    rings = [ring for part in shapely.get_parts(shape) for ring in shapely.get_rings(part)]
    return "".join(
        "M" + " ".join(_point(*point) for point in shapely.get_coordinates(ring)[:-1]) + "z" for ring in rings
    )


def _point(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"


def _text(text: str) -> str:
    return html.escape(bidi.closed(text))
