"""Layers of exports and what an export says of itself, made of any package, for tests of the formats."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

import checkered
from mapper import pipeline
from mapper.outputs import words
from mapper.outputs.exports import about, choice, shapes, subjects

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.geo import Boundaries
    from mapper.outputs.exports.layer import About, Layer
    from mapper.tables import Package
    from mapper.timeline import Timeline

LAST = dt.date(2024, 6, 30)


def layers_of(
    package: Package, boundaries: Boundaries, line: Timeline, *names: str, lang: str = "en"
) -> tuple[list[Layer], About]:
    """Make the layers of some subjects, with every option as it is by default."""
    plain = choice.Choice(lang=lang)
    state_of = {str(code): str(state) for code, state in package.townships["state_pcode"].items()}
    prepared = shapes.prepare(boundaries, state_of, plain)
    material = subjects.Material(line, package, boundaries, prepared, words.load(lang), plain, line.dates[-1])
    found = [layer for name in names for layer in subjects.SUBJECTS[name](material) if len(layer.table)]
    return found, about.describe(material, found, subject=names[0] if len(names) == 1 else "all")


def checkered_layers(*names: str, lang: str = "en", **fields: object) -> tuple[list[Layer], About]:
    """Make layers of the thirty squares, with reports of every status."""
    package = checkered.coloured(checkered.package(**fields))
    return layers_of(package, checkered.boundaries(), checkered.slices(package, last=LAST), *names, lang=lang)


@functools.cache
def embedded(*names: str, boundaries: Path | None = None, lang: str = "en") -> tuple[list[Layer], About]:
    """Make layers of the embedded data."""
    package = pipeline.open_package()
    shown_to = pipeline.open_package(audience="internal") if boundaries else package  # the real ones are MIMU's
    shapes_ = pipeline.load_boundaries(shown_to, boundaries)
    return layers_of(package, shapes_, pipeline.make_timeline(package), *names, lang=lang)


def english() -> words.Words:
    """Give the words that tests expect."""
    return words.load("en")
