"""From a data package to the files of one export: the pipeline's part behind ``mapper export``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper import pipeline
from mapper.outputs import write
from mapper.outputs.exports import choice as choices
from mapper.outputs.exports import formats, make
from mapper.sources import clips

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from mapper.terms import Audience
    from mapper.timeline import Every

OUT: Final = pipeline.OUT / "exports"
STEPS: Final = 7
"""How often :func:`export` tells what it is doing, for a progress bar."""


@dataclass(frozen=True)
class Exported:
    """What an export has written, or with ``dry_run`` would write."""

    made: make.Made
    files: tuple[Path, ...]
    replaced: tuple[Path, ...]
    """Of these, the ones that stood there before."""


def export(
    form: str,
    path: str | Path | None = None,
    *,
    subject: str = "slice",
    on: dt.date | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    every: Every = "month",
    known_on: dt.date | None = None,
    audience: Audience = "public",
    boundaries: str | Path | None = None,
    lang: str = "en",
    changed: bool = False,
    holders: Sequence[str] = (),
    states: Sequence[str] = (),
    crs: str = "EPSG:4326",
    precision: int | None = None,
    simplify_m: float = 0.0,
    clip: str | None = None,
    out: str | Path = OUT,
    dry_run: bool = False,
    cached: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Exported:
    """Write one subject (or ``all``) in one format, with its ``.metadata.json`` beside it, all together or not at all.

    ``form`` is a name of :data:`formats.FORMATS`. ``on`` is the day of a slice, by default the last; ``start``,
    ``end`` and ``every`` are as in :func:`mapper.build`. ``holders`` are ids of actors, ``states`` P-codes or names,
    ``clip`` is ``west,south,east,north`` in degrees or a file of polygons. With ``dry_run`` everything is made and
    nothing written. Raises :class:`errors.UsageError` for what makes no sense or what a format cannot hold.

    >>> import datetime as dt
    >>> import mapper
    >>> found = mapper.export("geojson", on=dt.date(2024, 12, 31), states=["Rakhine"], dry_run=True)
    >>> [file.name for file in found.files]
    ['slice-2024-12-31.geojson', 'slice-2024-12-31.metadata.json']
    """
    wanted = formats.find(form)
    formats.refuse(wanted, subjects=make.asked(wanted, subject), crs=crs, precision=precision)
    tell("reading the data package")
    package = pipeline.open_known(path, audience=audience, known_on=known_on)
    area, said = clips.read_clip(clip) if clip else (None, "")
    choice = choices.Choice(
        lang=lang,
        changed=changed,
        holders=choices.find_holders(package, holders),
        states=choices.find_states(package, states),
        crs=crs,
        precision=precision,
        simplify_m=simplify_m,
        clip=area,
        clip_said=said,
    )
    tell("preparing township boundaries")
    shapes = pipeline.load_boundaries(package, boundaries, cached=cached)
    tell("resolving reports")
    timeline = pipeline.make_timeline(package, start=start, end=_last(on, start, end), every=every, known_on=known_on)
    on = on or timeline.dates[-1]
    made = make.make(wanted, subject, timeline, shapes, package, on=on, choice=choice, tell=tell)
    folder = Path(out)
    paths = tuple(folder / name for name in made.files)
    there = tuple(one for one in paths if one.exists())
    if not dry_run:
        tell("moving the files into place")
        write.together({folder: made.files})
    return Exported(made, paths, there)


def _last(on: dt.date | None, start: dt.date | None, end: dt.date | None) -> dt.date | None:
    """Give the last day of the timeline: as asked for, else that of the slice, which nothing later may speak in."""
    if end is not None or on is None:
        return end
    return max(on, start) if start else on
