"""The latest slice without the page's script: its first picture, and all there is where no script runs.

The picture and its title stand where the script will draw the map, so the reader has them at once; ``web/first.js``
sees to that. Where no script runs, a table of counts follows.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from mapper.outputs import arcs, bidi, forms, shares, style
from mapper.outputs import words as languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mapper.control import Assessment
    from mapper.geo import Boundaries
    from mapper.outputs.forms import Form
    from mapper.outputs.words import Words
    from mapper.timeline import Timeline

HEIGHT: Final = 260
"""Of the picture, in its own units; a border is drawn to the nearest of them."""

LABEL: Final = "{title}"
"""Stands in a picture for its text."""

LONGEST: Final = 600
"""Letters of a text."""

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""What no HTML may hold."""

COARSE: Final = 1.3
"""How far a border may lie from where it is, in the same units."""


def still(timeline: Timeline, picture: str, foot: Mapping[str, str], *, lang: str, form: Form = forms.WHOLE) -> str:
    """Write the latest slice as HTML: title, ``picture``, what it rests on, and what a reader without script needs.

    ``picture`` is from :func:`picture`, ``foot`` are the sentences of :func:`payload.foot` in the same language. It
    holds no script and no attribute of style. Texts that other slices say, and that are longer, keep their room.
    """
    words = languages.load(lang)
    counts = shares.counts(timeline)
    said = [languages.headline(words, date, count) for date, count in zip(timeline.dates, counts, strict=True)]
    kinds = [languages.findings(count) for count in counts]
    title = _room("h1", "title", [text for text, _ in said], [keys[0] for keys in kinds])
    deck = _room("p", "deck", [text for _, text in said], [",".join(keys[1:]) for keys in kinds])
    options = "".join(f"<option>{_text(languages.load(name).name)}</option>" for name in languages.LANGUAGES)
    more = f'<p class="mc-elsewhere">{_text(words.words["lean.whole"])}</p>' if form is forms.LEAN else ""
    notice = foot["notice"] and f'<div class="mc-margin"><p class="mc-notice">{_text(foot["notice"])}</p></div>'
    date = words.date(timeline.dates[-1])
    return (
        f'<main class="mc-still mc-{form.name}" lang="{lang}"><div class="mc-head"><div>{title}{deck}</div>'
        f'<div class="mc-languages"><select class="mc-select">{options}</select></div></div>'
        f'<div class="mc-stage">{picture.replace(LABEL, _text(said[-1][0]))}{notice}</div>'
        '<div class="mc-time"><div class="mc-buttons"><b class="mc-button"></b></div>'
        '<div class="mc-track"><i class="mc-range"></i></div>'
        f'<div class="mc-when"><div class="mc-day"><b class="mc-date">{_text(date)}</b></div>'
        '<i class="mc-date-box"></i></div>'
        f'<div class="mc-chart"><i class="mc-shares"></i></div></div>{more}'
        f"<noscript>{_table(words, counts[-1])}<p>{_text(words.words['still.note'])}</p></noscript>"
        f'<div class="mc-foot">{_foot(words, foot, date)}</div></main>'
    )


def _room(tag: str, name: str, texts: list[str], kinds: list[str]) -> str:
    """Write the last of some texts, and behind it unseen the longest of each kind: it is as tall as the tallest."""
    longest: dict[str, str] = {}
    for kind, text in zip(kinds, texts, strict=True):
        if len(text) > len(longest.get(kind, "")):
            longest[kind] = text
    ghosts = "".join(f'<div class="mc-{name}-room" aria-hidden="true">{_text(text)}</div>' for text in longest.values())
    return f'<div class="mc-room"><{tag} class="mc-{name}">{_text(texts[-1])}</{tag}>{ghosts}</div>'


def _table(words: Words, counts: Mapping[str, int]) -> str:
    names = {name: words.words["legend." + ".".join(reversed(name.split(".")))] for name in style.CLASSES}
    rows = "".join(
        f'<tr><th scope="row"><svg width="26" height="16" aria-hidden="true">'
        f'<rect width="26" height="16" fill="{_ink(name)}"/></svg> {_text(names[name])}</th>'
        f"<td>{_text(words.number(counts[name]))}</td></tr>"
        for name in style.CLASSES
        if counts[name]
    )
    return (
        f"<table><caption>{_text(words.words['legend.title'])}</caption>"
        f'<thead><tr><th scope="col">{_text(words.words["table.status"])}</th>'
        f'<th scope="col">{_text(words.words["legend.townships"])}</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _foot(words: Words, foot: Mapping[str, str], date: str) -> str:
    """Write what the picture rests on, in the paragraphs that the page's own foot has, and what it is not."""
    first = [words.say("foot.as_of", date=date), foot["known"], foot["baseline"], foot["sources"]]
    paragraphs = [
        ("mc-as-of", first),
        ("", [foot["sourcing"], foot["data"], foot["boundaries"]]),
        ("", [foot["disclaimer"], foot["translated"]]),
    ]
    return "".join(
        f'<p class="{name}">{" ".join(f"<bdi>{_text(text)}</bdi>" for text in texts if text)}</p>'
        for name, texts in paragraphs
        if any(texts)
    )


def picture(found: Mapping[str, Assessment], boundaries: Boundaries) -> str:
    """Draw a slice, ``found`` by P-code: one path for each class, its townships put together, in whole units.

    It fills a box that has the country's own proportions in EPSG:3857, as Leaflet has the map. A fill by night
    stands beside the one by day.
    """
    wide, shapes = _coarse(boundaries)
    classes = np.array([style.class_of(found[str(pcode)]) for pcode in boundaries.townships.index])
    used = [name for name in style.CLASSES if (classes == name).any()]
    coarse = [shapely.coverage_union_all(shapes[classes == name]) for name in used]
    day, night = style.palette(), style.palette(night=True)
    paths = "".join(
        f'<path fill="{_ink(name)}"{_by_night(name, night)} d="{_path(shape)}"/>'
        for name, shape in zip(used, coarse, strict=True)
    )
    return (
        f'<svg class="mc-picture" viewBox="0 0 {wide:g} {HEIGHT}" role="img" aria-label="{LABEL}">'
        f'<defs><pattern id="mc-hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="4" height="4" fill="{day["fills"]["contested.reported"]}" '
        f'data-night="{night["fills"]["contested.reported"]}"/>'
        f'<rect width="1" height="4" fill="{day["hatch"]}" data-night="{night["hatch"]}"/></pattern></defs>'
        f'<g fill-rule="evenodd" stroke="{day["ground"]["country"]}" stroke-width=".3">{paths}</g></svg>'
    )


def _coarse(boundaries: Boundaries) -> tuple[float, NDArray[np.object_]]:
    """Give the picture's width and the townships as simple as it draws them, in its units; made once."""
    found = json.loads(boundaries.once("first picture", lambda: json.dumps(_simplified(boundaries)).encode()))
    return found["wide"], shapely.from_wkb(found["shapes"])


def _simplified(boundaries: Boundaries) -> dict[str, Any]:
    flat = shapely.transform(boundaries.townships.geometry.to_numpy(), arcs.mercator)
    west, south, east, north = shapely.total_bounds(flat)
    unit = HEIGHT / (north - south)
    drawn = shapely.transform(flat, lambda xy: np.column_stack([(xy[:, 0] - west) * unit, (north - xy[:, 1]) * unit]))
    simple = shapely.coverage_simplify(drawn, COARSE)
    return {"wide": round((east - west) * unit, 2), "shapes": shapely.to_wkb(simple, hex=True).tolist()}


def _ink(name: str) -> str:
    """Give the fill of a class; contested land is hatched."""
    fill = str(style.palette()["fills"][name])
    return "url(#mc-hatch)" if name == "contested.reported" else fill


def _by_night(name: str, night: Mapping[str, Any]) -> str:
    return "" if name == "contested.reported" else f' data-night="{night["fills"][name]}"'


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
    """Write text so that neither HTML nor a template takes it for its own, and no longer than a reader will read."""
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return html.escape(bidi.closed(UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", cut))).replace("{", "&#123;")
