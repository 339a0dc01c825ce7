"""One map in a box, layer by layer: ground, fills, borders, doubts, outlines of what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import style
from mapper.outputs.pictures import marks
from mapper.outputs.pictures.paper import Box

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mapper.control import Assessment
    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.plate import Plate

FEW: Final = 40
"""Townships that changed, up to which their outlines are wide."""

SPECK_PX: Final = 3
"""What is less across has no outline: it would be all that is seen."""


def ground(paper: Paper, plate: Plate, at: tuple[float, float]) -> None:
    """Draw sea and land around."""
    colours = paper.palette["ground"]
    x, y = at
    paper.box(Box(x, y, x + plate.width, y + plate.height), fill=colours["sea"], name="sea")
    paper.path(plate.land, fill=colours["land"], edge=colours["land"], width=0.8, at=at, name="land")
    paper.path(plate.land_borders, edge=colours["border"], width=0.7 * plate.fine, at=at, name="land-borders")
    paper.path(plate.lines.get("country", plate.land), edge=colours["land"], width=2.4 * plate.fine, at=at)


def fills(
    paper: Paper, plate: Plate, at: tuple[float, float], found: Mapping[str, Assessment], *, each: bool = False
) -> None:
    """Fill the townships, class by class; ``each`` gives every township an element of its own, named by its P-code."""
    groups: dict[str, list[int]] = {name: [] for name in style.CLASSES}
    for i, pcode in enumerate(plate.terrain.pcodes):
        if plate.narrow[i]:
            groups[style.class_of(found[pcode])].append(i)
    colours = paper.palette["fills"]
    for name, group in groups.items():
        if each:
            for i in group:
                paper.path(plate.paths[i], fill=colours[name], at=at, name=plate.terrain.pcodes[i])
        else:
            paper.path(plate.fill(group), fill=colours[name], at=at)
    line = marks.HATCH_WIDTH * plate.hatch_px
    contested, unknown = groups["contested.reported"], groups["unknown.reported"]
    paper.path(plate.hatch(contested), edge=paper.palette["hatch"], width=line, at=at, name="contested" if each else "")
    paper.path(plate.dots(unknown), fill=paper.palette["dots"], at=at, name="unknown" if each else "")


def blank(paper: Paper, plate: Plate, at: tuple[float, float], colour: str) -> None:
    """Fill all townships alike, for what is drawn over them."""
    paper.path(plate.fill(range(len(plate.paths))), fill=colour, at=at, name="country")


def borders(paper: Paper, plate: Plate, at: tuple[float, float], *, line: str | None = None) -> None:
    """Draw borders between townships, between states, and around the country."""
    colours = paper.palette["ground"]
    inner = line or colours["line"]
    for kind, colour, width in (
        ("township", inner, 0.5),
        ("state", inner, 1.5),
        ("country", colours["country"], 0.9),
    ):
        if kind in plate.lines:
            paper.path(plate.lines[kind], edge=colour, width=width * plate.fine, at=at, name=f"{kind}-borders")


def doubts(paper: Paper, plate: Plate, at: tuple[float, float], found: Mapping[str, Assessment]) -> None:
    """Mark what nothing confirmed for long, and what reports disagree on."""
    colours = paper.palette["marks"]
    dark = set(style.dark_classes(paper.palette))
    stale = [i for i, pcode in enumerate(plate.terrain.pcodes) if found[pcode].stale]
    for on_dark, colour in ((False, colours["stale"]), (True, colours["stale_on_dark"])):
        group = [i for i in stale if (style.class_of(found[plate.terrain.pcodes[i]]) in dark) == on_dark]
        for width, path in plate.rims(group).items():
            paper.path(path, edge=colour, width=width, dash=[part * plate.fine for part in marks.DASH], at=at)
    disputed = [i for i, pcode in enumerate(plate.terrain.pcodes) if found[pcode].disputed]
    for x, y in plate.spots(disputed):
        triangle(paper, x + at[0], y + at[1], marks.TRIANGLE_PX * min(1.0, 0.45 + 0.55 * plate.fine))


def triangle(paper: Paper, x: float, y: float, size: float) -> None:
    """Draw the mark of a dispute."""
    colours = paper.palette["marks"]
    path = marks.triangle(x, y, size)
    paper.path(path, edge=colours["disputed_edge"], width=0.55 * size)
    paper.path(path, fill=colours["disputed"])


def outlined(
    paper: Paper, plate: Plate, at: tuple[float, float], changed: Collection[str], *, widest: float = 2.0
) -> None:
    """Outline townships that changed, finer where one is small or where they are many."""
    colour = paper.palette["marks"]["changed"]
    most = widest if len(changed) <= FEW else 0.6 * widest
    by_width: dict[float, list[int]] = {}
    for i, pcode in enumerate(plate.terrain.pcodes):
        if pcode in changed and plate.narrow[i] >= SPECK_PX:
            width = round(min(most, 0.6 + float(plate.narrow[i]) / 12) * min(1.0, plate.fine + 0.1), 1)
            by_width.setdefault(width, []).append(i)
    for width, group in sorted(by_width.items()):
        paper.path(plate.fill(group), edge=colour, width=width, at=at)


def whole(
    paper: Paper,
    plate: Plate,
    at: tuple[float, float],
    found: Mapping[str, Assessment],
    *,
    changed: Collection[str] = (),
    each: bool = False,
    **how: Any,  # noqa: ANN401 -- as of outlined()
) -> None:
    """Draw all layers."""
    ground(paper, plate, at)
    fills(paper, plate, at, found, each=each)
    borders(paper, plate, at)
    doubts(paper, plate, at, found)
    outlined(paper, plate, at, changed, **how)
