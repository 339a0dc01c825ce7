"""``mapper picture``: pictures for articles, screens and paper."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- typer reads it at run time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from mapper import errors, terminal
from mapper.commands import options
from mapper.timeline import Every  # noqa: TC001 -- typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.outputs.pictures.film import Film
    from mapper.outputs.pictures.saving import Picture
    from mapper.timeline import Timeline

Kind = Literal["map", "sheet", "pair", "chart", "displacement", "animation"]
SizeName = Literal["article", "square", "story", "print-a4"]
Measure = Literal["townships", "area", "people"]

STILL: Final = ("png", "svg", "pdf")
MOVING: Final = ("mp4", "webp", "gif")

KIND_HELP: Final = (
    "map: one date. sheet: several dates, or a year in each map. pair: two dates side by side, what differs outlined. "
    "chart: shares over time. displacement: displaced people as circles. animation: the timeline as a film."
)
SIZE_HELP: Final = (
    "article is 1200 x 1500 pixels, square 1080 x 1080, story 1080 x 1920, print-a4 210 x 297 mm at 300 dpi; "
    "default: article, for an animation square."
)
FORMAT_HELP: Final = (
    "One or several, with commas. Stills: png, svg (text stays text), pdf (fonts are in it). Animations: mp4 (H.264), "
    "webp, gif; each with a still poster as png. Default: png, and mp4."
)


def picture(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=KIND_HELP)],
    *,
    on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DATE",
            help="The day that is shown, YYYY-MM-DD; default: the latest slice. A sheet takes it several times.",
        ),
    ] = None,
    before: Annotated[
        dt.date | None,
        typer.Option(parser=options.day, metavar="DATE", help="pair: the earlier day; default: a year before."),
    ] = None,
    start: Annotated[
        dt.date | None,
        typer.Option(
            parser=options.day,
            metavar="DATE",
            help="sheet, chart, animation: the first slice; default: the first there is.",
        ),
    ] = None,
    end: Annotated[
        dt.date | None,
        typer.Option(parser=options.day, metavar="DATE", help="sheet, chart, animation: the last slice."),
    ] = None,
    every: Annotated[Every, typer.Option(help="chart, animation: how far apart the slices are.")] = "month",
    measure: Annotated[Measure, typer.Option("--by", help="chart: whose shares are drawn.")] = "townships",
    basis: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="displacement: which figures, such as total; default: those with the most places."
        ),
    ] = "",
    size: Annotated[SizeName | None, typer.Option(help=SIZE_HELP)] = None,
    lang: Annotated[str, typer.Option(help="Language: en, my, th, id or ms.")] = "en",
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False,
    dpi: Annotated[
        int | None, typer.Option(help="Dots per inch of png and films, in place of those of the size.")
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="LIST", help=FORMAT_HELP)] = "",
    max_bytes: Annotated[
        int | None,
        typer.Option(metavar="N", help="animation: the file may have so many bytes; quality, then size gives way."),
    ] = None,
    year_seconds: Annotated[float, typer.Option(metavar="N", help="animation: how many seconds a year lasts.")] = 5.0,
    boundaries: options.Polygons = None,
    data: options.Data = None,
    as_known_on: options.KnownOn = None,
    audience: options.Audience = "public",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go.")] = Path("outputs/pictures"),
    dry_run: options.DryRun = False,
) -> None:
    """Draw a picture for an article, a screen or paper, or the timeline as a film.

    Each says its date, its sources and licence on its face and in its file, with a text for who cannot see it.
    The same input gives the same bytes.

    \b
      mapper picture map --on 2025-01-31 --lang my --format png,svg,pdf
      mapper picture pair --before 2024-01-31 --on 2025-01-31 --size print-a4 --format pdf
      mapper picture sheet --on 2021-12-31 --on 2023-12-31 --on 2025-12-31
      mapper picture chart --by people --dark
      mapper picture animation --size story --format mp4,gif --max-bytes 5000000
    """  # noqa: D301 -- the backspace keeps the examples' lines as they are
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.outputs import write  # noqa: PLC0415 -- as above

    dates = [options.day(text) for text in on or ()]
    forms = _forms(kind, form)
    _check(kind, dates, before=before, max_bytes=max_bytes)
    package = pipeline.open_known(data, audience=audience, known_on=as_known_on)
    last = max(dates, default=None)
    timeline = pipeline.make_timeline(package, start=start, end=end or last, every=every, known_on=as_known_on)
    look = [*([measure] if kind == "chart" else []), lang, *([size] if size else []), *(["dark"] if dark else [])]
    stem = "-".join([kind, *(day.isoformat() for day in _days(kind, timeline, dates, before)), *look])
    names = [f"{stem}.{one}" for one in forms] + ([f"{stem}.png"] if kind == "animation" else [])
    if dry_run:
        terminal.print_plan(out, names)
        return
    asked: dict[str, Any] = {"lang": lang, "night": dark, **({"size": size} if size else {})}
    with terminal.progress(
        3 + len(forms) + (len({day.year for day in timeline.dates}) if kind == "animation" else 0)
    ) as tell:
        tell("preparing township boundaries")
        shapes = pipeline.load_boundaries(package, boundaries)
        tell(f"drawing: {kind}")
        from mapper.outputs.pictures import draw  # noqa: PLC0415 -- as above

        contents: dict[str, bytes] = {}
        if kind == "animation":
            drawn = draw.film(timeline, shapes, package, dpi=dpi, year_seconds=year_seconds, tell=tell, **asked)
            contents = dict(_moving(drawn, forms, stem, max_bytes, tell))
            about = drawn.about
        else:
            days: dict[str, Any] = {"dates": dates} if kind == "sheet" else {"on": last, "before": before}
            made = draw.picture(kind, timeline, shapes, package, measure=measure, basis=basis, **days, **asked)
            contents = dict(_still(made, forms, stem, dpi, tell))
            about = made.about
        tell("moving the files into place")
        files = write.together({out: contents})
    terminal.print_files(files, about=[about.title, about.description])


def _forms(kind: Kind, form: str) -> list[str]:
    """Read the list of formats."""
    known = MOVING if kind == "animation" else STILL
    forms = [part.strip().lower() for part in form.split(",") if part.strip()] or [known[0]]
    wrong = [one for one in forms if one not in known]
    if wrong:
        raise errors.UsageError(
            f"{errors.shown(wrong[0])} is no format of {'an animation' if kind == 'animation' else 'a still picture'}; "
            f"choose from {', '.join(known)}"
        )
    return list(dict.fromkeys(forms))


def _check(kind: Kind, dates: Sequence[dt.date], *, before: dt.date | None, max_bytes: int | None) -> None:
    """Refuse what a kind has no use for, rather than leave it out without a word."""
    if kind in {"chart", "animation"} and dates:
        raise errors.UsageError(f"--on names one day; {kind} goes from --start to --end")
    if kind in {"map", "pair", "displacement"} and len(dates) > 1:
        raise errors.UsageError(f"--on is given {len(dates)} times; only a sheet shows several days")
    if before is not None and kind != "pair":
        raise errors.UsageError(f"--before is the earlier day of a pair; {kind} has none")
    if max_bytes is not None and (kind != "animation" or max_bytes <= 0):
        raise errors.UsageError("--max-bytes is how many bytes an animation may have, a number above 0")


def _days(kind: Kind, timeline: Timeline, dates: Sequence[dt.date], before: dt.date | None) -> list[dt.date]:
    """Give the days that stand in the name of a file: that of the picture, or the first and the last."""
    from mapper.outputs.figures import a_year_before  # noqa: PLC0415 -- keeps `mapper --help` fast

    first, last = timeline.dates[0], timeline.dates[-1]
    day = max(dates, default=last)
    return {
        "map": [day],
        "displacement": [day],
        "pair": [before or a_year_before(day), day],
        "sheet": [min(dates), day] if dates else [first, last],
    }.get(kind, [first, last])


def _still(
    made: Picture, forms: Sequence[str], stem: str, dpi: int | None, tell: Callable[[str], None]
) -> Iterator[tuple[str, bytes]]:
    for one in forms:
        tell(f"writing {one}")
        yield f"{stem}.{one}", made.to_bytes(one, dpi=dpi)  # type: ignore[arg-type]


def _moving(
    drawn: Film, forms: Sequence[str], stem: str, most: int | None, tell: Callable[[str], None]
) -> Iterator[tuple[str, bytes]]:
    for one in forms:
        tell(f"writing {one}")
        yield f"{stem}.{one}", drawn.to_bytes(one, most=most)  # type: ignore[arg-type]
    yield f"{stem}.png", drawn.poster()
