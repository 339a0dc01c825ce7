"""Pictures of the small made-up country and of the embedded package, and what tests read out of them."""

from __future__ import annotations

import functools
import itertools
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import checkered
from mapper import pipeline
from mapper.outputs.pictures import draw

if TYPE_CHECKING:
    from mapper.geo import Boundaries
    from mapper.outputs.pictures.paper import Written
    from mapper.outputs.pictures.saving import Picture
    from mapper.tables import Package
    from mapper.timeline import Timeline

SVG = "{http://www.w3.org/2000/svg}"
Parts = tuple["Timeline", "Boundaries", "Package"]


@functools.cache
def small() -> Parts:
    package = checkered.package()
    return checkered.slices(package), checkered.boundaries(), package


@functools.cache
def embedded() -> Parts:
    package = pipeline.open_package()
    return pipeline.make_timeline(package), pipeline.load_boundaries(package), package


def picture(kind: draw.Kind = "map", parts: Parts | None = None, **how: object) -> Picture:
    return draw.picture(kind, *(parts or small()), **how)  # type: ignore[arg-type]


def tree(drawn: Picture) -> ET.Element:
    return ET.fromstring(drawn.to_bytes("svg"))  # noqa: S314 -- our own


def texts(root: ET.Element) -> list[str]:
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def overlapping(written: list[Written]) -> list[tuple[str, str]]:
    """Find texts whose letters lie on one another; a tenth of a letter's height is no more than a touch."""
    found = []
    for one, two in itertools.combinations(written, 2):
        slack = 0.12 * min(one.box.height, two.box.height)
        if (
            one.box.left + 0.5 < two.box.right
            and two.box.left + 0.5 < one.box.right
            and one.box.top + slack < two.box.bottom
            and two.box.top + slack < one.box.bottom
        ):
            found.append((one.text, two.text))
    return found
