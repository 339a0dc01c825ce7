"""Pictures and films by the name of what they show: what users of the library and the command line call."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Literal

from mapper import errors
from mapper.outputs import figures
from mapper.outputs.pictures import chart, displacement, pair, paper, sheet, single, sizes
from mapper.outputs.pictures import film as films
from mapper.outputs.pictures.subject import Subject, year_by_year

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from mapper.geo import Boundaries
    from mapper.outputs.pictures.film import Film
    from mapper.outputs.pictures.saving import Picture
    from mapper.tables import Package
    from mapper.timeline import Timeline

Kind = Literal["map", "sheet", "pair", "chart", "displacement"]
KINDS: Final[tuple[Kind, ...]] = ("map", "sheet", "pair", "chart", "displacement")

STANDARD: Final = (
    "map.png", "map.svg", "pair.png", "sheet.png", "chart.png", "displacement.png",
    "animation.mp4", "animation.webp", "animation.png",
)  # fmt: skip
"""The files of :func:`standard`."""


def picture(
    kind: Kind,
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    on: dt.date | None = None,
    before: dt.date | None = None,
    dates: Sequence[dt.date] = (),
    size: str = "article",
    lang: str = "en",
    night: bool = False,
    measure: str = "townships",
    basis: str = "",
) -> Picture:
    r"""Draw one picture; it shows itself in a notebook, and ``to_bytes`` gives it as PNG, SVG or PDF.

    ``map``: who holds what ``on`` a day, the latest slice by default.
    ``sheet``: several ``dates`` on one sheet; by default the last day of each year, and the latest slice.
    ``pair``: ``before`` and ``on`` side by side, what differs outlined; by default a year apart.
    ``chart``: shares of ``measure`` (``townships``, ``area`` or ``people``) over all slices.
    ``displacement``: displaced people ``on`` a day, on one ``basis``; by default the one with the most places.

    ``size`` is a name of :data:`sizes.SIZES`, ``lang`` one of the page's languages; ``night`` is for a dark page.
    Raises :class:`errors.UsageError` for what makes no sense.

    >>> import mapper
    >>> package = mapper.open_package()
    >>> drawn = picture("chart", mapper.make_timeline(package), mapper.load_boundaries(package), package)
    >>> drawn.about.title, drawn.to_bytes("png")[:4]
    ('Shares by status over time', b'\x89PNG')
    """
    if kind not in KINDS:
        raise errors.UsageError(f"{errors.shown(kind)} is no kind of picture; choose one of {', '.join(KINDS)}")
    subject = Subject(timeline, boundaries, package, sizes.named(size), lang, night)
    day = on or timeline.dates[-1]
    with paper.settings():
        if kind == "map":
            return single.picture(subject, on=day)
        if kind == "sheet":
            return sheet.picture(subject, dates=dates or year_by_year(timeline))
        if kind == "pair":
            return pair.picture(subject, before=before or figures.a_year_before(day), on=day)
        if kind == "chart":
            return chart.picture(subject, measure=measure)
        return displacement.picture(subject, on=day, basis=basis)


def film(
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    size: str = "square",
    lang: str = "en",
    night: bool = False,
    dpi: int | None = None,
    year_seconds: float = films.YEAR_SECONDS,
    tell: Callable[[str], None] = lambda _: None,
) -> Film:
    """Draw the timeline as a film; ``to_bytes`` gives it as MP4, WebP or GIF, ``poster`` as a still PNG.

    There is a frame where something changes; it is held as long as it stood, a year for ``year_seconds``, within
    limits. ``tell`` hears each year that is begun. Raises :class:`errors.UsageError` for what makes no sense.
    """
    subject = Subject(timeline, boundaries, package, sizes.named(size), lang, night)
    if not 0 < year_seconds <= 600:  # noqa: PLR2004 -- ten minutes
        raise errors.UsageError(f"a year cannot last {year_seconds:g} seconds of a film; give a number up to 600")
    return films.film(subject, dpi=sizes.dots(subject.size, dpi), year=year_seconds, tell=tell)


def standard(
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    lang: str = "en",
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """Draw what a newsroom asks for first, by the names of the files; ``tell`` hears each that is begun.

    What a package has nothing for is left out: a pair, a sheet and a film of one slice, displacement without figures.
    """
    rest = {"boundaries": boundaries, "package": package, "lang": lang}
    found: dict[str, bytes] = {}
    with ThreadPoolExecutor(2) as pool:  # the encoders work on while the next pictures are drawn
        coming = {}
        if len(films.days(timeline)) > 1:
            tell("animation")
            drawn = film(timeline, **rest)  # type: ignore[arg-type]
            found["animation.png"] = drawn.poster()
            coming = {f"animation.{form}": pool.submit(drawn.to_bytes, form) for form in ("mp4", "webp")}
        for kind in KINDS:
            if not _has(kind, timeline, package):
                continue
            tell(kind)
            made = picture(kind, timeline, **rest)  # type: ignore[arg-type]
            found[f"{kind}.png"] = made.to_bytes("png")
            if kind == "map":
                found["map.svg"] = made.to_bytes("svg")
        found |= {name: one.result() for name, one in coming.items()}
    return {name: found[name] for name in STANDARD if name in found}


def _has(kind: Kind, timeline: Timeline, package: Package) -> bool:
    """Tell whether there is something to show."""
    if kind == "displacement":
        return bool(figures.standing(package, timeline.dates[-1]))
    return kind != "sheet" or len(year_by_year(timeline)) > 1
