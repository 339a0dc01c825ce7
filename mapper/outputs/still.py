"""The latest slice for a browser that runs no script: a small, coarse picture and a table of counts."""

from __future__ import annotations

import html
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs import arcs, style
from mapper.outputs import words as languages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mapper import control
    from mapper.control import Assessment
    from mapper.geo import Boundaries

HEIGHT: Final = 260
"""Of the picture, in its own units; a border is drawn to the nearest of them."""

COARSE: Final = 1.3
"""How far a border may lie from where it is, in the same units."""


def still(
    found: Mapping[str, Assessment],
    boundaries: Boundaries,
    date: dt.date,
    *,
    lang: str,
    drawn: bool = True,
    sourcing: control.Sourcing = "strict",
    internal: bool = False,
) -> str:
    """Write one slice as HTML inside a ``noscript``: title, picture with its text, counts, and what it leaves out.

    ``found`` are the assessments of the slice by P-code, ``sourcing`` the rule by which they were made; unless
    ``drawn`` there is no picture. It holds no script and no attribute of style.
    """
    words = languages.load(lang)
    counts = Counter(style.class_of(one) for one in found.values())
    title, deck = languages.headline(words, date, counts)
    names = {name: words.words["legend." + ".".join(reversed(name.split(".")))] for name in style.CLASSES}
    rows = "".join(
        f'<tr><th scope="row"><svg width="26" height="16" aria-hidden="true">'
        f'<rect width="26" height="16" fill="{_ink(name)}"/></svg> {_text(names[name])}</th>'
        f"<td>{_text(words.number(counts[name]))}</td></tr>"
        for name in style.CLASSES
        if counts[name]
    )
    notes = [words.words["still.note"], languages.notice(words, internal=internal, schematic=boundaries.schematic)]
    notes.append(words.words["foot.sourcing" if sourcing == "strict" else "foot.sourcing_all"])
    notes.append(words.words["foot.disclaimer"])
    return (
        f'<noscript><main class="mc-still" lang="{lang}"><h1>{_text(title)}</h1><p>{_text(deck)}</p>'
        f"{_picture(found, boundaries, title=title) if drawn else ''}"
        f"<table><caption>{_text(words.words['legend.title'])}</caption>"
        f'<thead><tr><th scope="col">{_text(words.words["table.status"])}</th>'
        f'<th scope="col">{_text(words.words["legend.townships"])}</th></tr></thead><tbody>{rows}</tbody></table>'
        + "".join(f"<p>{_text(note)}</p>" for note in notes if note)
        + "</main></noscript>"
    )


def _picture(found: Mapping[str, Assessment], boundaries: Boundaries, *, title: str) -> str:
    """Draw one path for each class: its townships put together, simplified, in whole units."""
    wide, shapes = _coarse(boundaries)
    classes = np.array([style.class_of(found[str(pcode)]) for pcode in boundaries.townships.index])
    used = [name for name in style.CLASSES if (classes == name).any()]
    coarse = [shapely.coverage_union_all(shapes[classes == name]) for name in used]
    palette = style.palette()
    paths = "".join(f'<path fill="{_ink(name)}" d="{_path(shape)}"/>' for name, shape in zip(used, coarse, strict=True))
    return (
        f'<svg viewBox="-2 -2 {wide + 4} {HEIGHT + 4}" role="img" aria-label="{_text(title)}">'
        f'<defs><pattern id="mc-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{palette["fills"]["contested.reported"]}"/>'
        f'<rect width="1.4" height="5" fill="{palette["hatch"]}"/></pattern></defs>'
        f'<g fill-rule="evenodd" stroke="{palette["ground"]["country"]}" stroke-width=".4">{paths}</g></svg>'
    )


def _coarse(boundaries: Boundaries) -> tuple[int, NDArray[np.object_]]:
    """Give the picture's width and the townships as simple as it draws them, in its units; made once."""
    found = json.loads(boundaries.once("still", lambda: json.dumps(_simplified(boundaries)).encode()))
    return found["wide"], shapely.from_wkb(found["shapes"])


def _simplified(boundaries: Boundaries) -> dict[str, Any]:
    flat = shapely.transform(boundaries.townships.geometry.to_numpy(), arcs.mercator)
    west, south, east, north = shapely.total_bounds(flat)
    unit = HEIGHT / (north - south)
    drawn = shapely.transform(flat, lambda xy: np.column_stack([(xy[:, 0] - west) * unit, (north - xy[:, 1]) * unit]))
    simple = shapely.coverage_simplify(drawn, COARSE)
    return {"wide": round((east - west) * unit), "shapes": shapely.to_wkb(simple, hex=True).tolist()}


def _ink(name: str) -> str:
    """Give the fill of a class; contested land is hatched."""
    fill = str(style.palette()["fills"][name])
    return "url(#mc-hatch)" if name == "contested.reported" else fill


def _path(shape: shapely.Geometry) -> str:
    """Write rings in whole units, each point relative to the one before; what is smaller than a unit is left out."""
    written = []
    for part in shapely.get_parts(shape):
        for ring in shapely.get_rings(part):
            points = np.rint(shapely.get_coordinates(ring)[:-1]).astype(int)
            kept = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
            if len(kept) < 3:  # noqa: PLR2004 -- two points have no inside
                continue
            steps = np.diff(kept, axis=0)
            written.append(f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z")
    return "".join(written)


def _text(text: str) -> str:
    """Write text so that neither HTML nor a template takes it for its own."""
    return html.escape(text).replace("{", "&#123;")
