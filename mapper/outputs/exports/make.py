"""One export, from what is known to the bytes of its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.outputs import words
from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import formats, shapes, sidecar, subjects

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from mapper.geo import Boundaries
    from mapper.outputs.exports.choice import Choice
    from mapper.outputs.exports.formats import Format
    from mapper.outputs.exports.layer import About, Layer
    from mapper.tables import Package
    from mapper.timeline import Timeline

ALL: Final = "all"
"""Every subject that the format is for."""

SIDECAR: Final = ".metadata.json"


@dataclass(frozen=True)
class Made:
    """An export that nothing has been written of yet."""

    files: Mapping[str, bytes]
    """File name to content."""
    layers: tuple[Layer, ...]
    left_out: tuple[str, ...]
    """Layers that the format cannot hold, or that the choice has emptied."""
    about: About


def asked(form: Format, subject: str) -> tuple[str, ...]:
    """Give the subjects that a word asks for; raises :class:`errors.UsageError` for an unknown one."""
    if subject == ALL:
        return tuple(one for one in subjects.SUBJECTS if not form.subjects or one in form.subjects)
    if subject not in subjects.SUBJECTS:
        known = ", ".join([*subjects.SUBJECTS, ALL])
        raise errors.UsageError(f"{errors.shown(subject)} is no subject of exports: choose one of {known}")
    return (subject,)


def stem_of(subject: str, timeline: Timeline, on: dt.date) -> str:
    """Name the files of an export, without their ending: what it is, and of which days.

    A slice and a whole export go by their day, the others by their first and last one.
    """
    first, last = timeline.dates[0], timeline.dates[-1]
    return f"{subject}-{on}" if subject in {"slice", ALL} or first == last else f"{subject}-{first}--{last}"


def make(
    form: Format,
    subject: str,
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    on: dt.date,
    choice: Choice,
    tell: Callable[[str], None] = lambda _: None,
) -> Made:
    """Make the files of one export, its sidecar among them.

    ``on`` is the day of a slice. ``tell`` hears what is being done, three times. Raises :class:`errors.UsageError`
    where the format cannot hold what is asked for, or where the choice leaves nothing.
    """
    wanted = asked(form, subject)
    formats.refuse(form, subjects=wanted, crs=choice.crs, precision=choice.precision)
    if choice.holders and wanted == ("displacement",):
        raise errors.UsageError("figures of displacement name no holder: leave --holder out, or choose by --state")
    tell("preparing shapes")
    state_of = {str(pcode): str(state) for pcode, state in package.townships["state_pcode"].items()}
    prepared = shapes.prepare(boundaries, state_of, choice)
    tell("gathering rows")
    material = subjects.Material(timeline, package, boundaries, prepared, words.load(choice.lang), choice, on)
    found = [layer for name in wanted for layer in subjects.SUBJECTS[name](material)]
    layers = tuple(layer for layer in found if len(layer.table) and (layer.has_shapes or form.tables))
    if not layers:
        raise errors.UsageError("nothing is left to export: these dates and choices leave no row; widen them")
    described = abouts.describe(material, layers, subject=subject)
    described = replace(described, choices=(*described.choices, *formats.told(form, layers)))
    tell(f"writing {form.name}")
    stem = stem_of(subject, timeline, on)
    files = formats.write(form, layers, described, stem=stem)
    files = {**files, stem + SIDECAR: sidecar.sidecar(form, layers, described, files)}
    return Made(files, layers, _left_out(found, layers), described)


def _left_out(found: Sequence[Layer], layers: Sequence[Layer]) -> tuple[str, ...]:
    kept = {layer.name for layer in layers}
    return tuple(layer.name for layer in found if layer.name not in kept)
