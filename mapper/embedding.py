"""From a data package to the files of an embed, and from an address to what would break there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper import errors, pipeline
from mapper.outputs import write
from mapper.outputs.embeds import address, kit, linked
from mapper.sources import served

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from mapper.timeline import Every

STEPS: Final = 4 + kit.STEPS
"""How often :func:`embed` tells what it is doing, for a progress bar."""


@dataclass(frozen=True)
class Written:
    """One file of an embed."""

    path: Path
    size: int
    """In bytes."""
    replaces: bool
    """Whether a file of that name stood there before."""


@dataclass(frozen=True)
class Embed:
    """What a run has written, or would write."""

    files: tuple[Written, ...]
    url: str
    left: tuple[Path, ...]
    """What stands there from an earlier run and this one does not make."""
    dry: bool


def embed(
    path: str | Path | None = None,
    *,
    out: str | Path,
    url: str = "",
    picture: bytes | None = None,
    boundaries: str | Path | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    every: Every = "month",
    known_on: dt.date | None = None,
    lang: str = "en",
    cached: bool = True,
    dry: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Embed:
    """Make everything that a newsroom embeds, and put it into ``out`` all together.

    ``url`` is the public https address under which ``out`` will stand; without it nothing that needs one is made
    (:data:`kit.WITH_ADDRESS`, and the picture's tags). ``picture`` is a PNG for links to the page. ``dry`` writes
    nothing and tells what would be. The map opens on its latest slice; the other options are those of
    :func:`pipeline.build`.
    """
    at, poster = address.checked(url), None if picture is None else linked.poster(picture)
    tell("reading the data package")
    package = pipeline.open_package(path)
    tell("preparing township boundaries")
    shapes = pipeline.load_boundaries(package, boundaries, cached=cached)
    tell("resolving reports")
    timeline = pipeline.make_timeline(package, start=start, end=end, every=every, known_on=known_on)
    made = kit.files(timeline, shapes, package, lang=lang, url=at, picture=poster, tell=tell)
    folder = Path(out)
    written = tuple(Written(folder / name, len(content), (folder / name).is_file()) for name, content in made.items())
    left = tuple(
        folder / name for name in (*kit.WITH_ADDRESS, kit.POSTER) if name not in made and (folder / name).exists()
    )
    tell("looking at what stands there" if dry else "moving the files into place")
    if not dry:
        with write.staged(folder) as stage:
            for name, content in made.items():
                write.write_bytes(stage / name, content)
    return Embed(written, at, left, dry)


def read_picture(path: Path) -> bytes:
    """Read the picture for links to the page; raises :class:`errors.DataError` where it cannot be read."""
    found = served.read(path)
    if found.problem:
        raise errors.fault(path, found.problem, "Name a PNG of 1200 by 630 pixels")
    return found.body
