"""From a data package to the files of an embed, and from an address to what would break there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mapper import errors, pipeline
from mapper.outputs import write
from mapper.outputs.embeds import address, answer, inside, kit, linked, servers, snippets
from mapper.outputs.embeds import host as hosts
from mapper.outputs.embeds.findings import merged, notes
from mapper.sources import served

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from mapper.fetched import Fetched
    from mapper.outputs.embeds.findings import Finding
    from mapper.terms import Audience
    from mapper.timeline import Every

STEPS: Final = 4 + kit.STEPS
"""How often :func:`embed` tells what it is doing, for a progress bar."""


CHECKED: Final = (snippets.FRAME, snippets.PAGE, snippets.SCRIPT, snippets.ELEMENT)
"""What a folder is looked at for."""


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
    audience: Audience = "public",
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
    package = pipeline.open_known(path, audience=audience, known_on=known_on)
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
        write.together({folder: made})
    return Embed(written, at, left, dry)


def read_picture(path: Path) -> bytes:
    """Read the picture for links to the page; raises :class:`errors.DataError` where it cannot be read."""
    found = served.read(path)
    if found.problem:
        raise errors.fault(path, found.problem, "Name a PNG of 1200 by 630 pixels")
    return found.body


@dataclass(frozen=True)
class Checked:
    """What was found where a map is to be embedded."""

    findings: tuple[Finding, ...]
    """What breaks first, then what weakens, then what is good to know."""
    lines: str
    """For the usual servers; empty where nothing was found that they mend."""

    @property
    def broken(self) -> int:
        """How many findings keep the map from being seen."""
        return sum(finding.level == "breaks" for finding in self.findings)


def check(target: str, *, host: str | None = None, tell: Callable[[str], None] = lambda _: None) -> Checked:
    """Look at a folder, on the web or here, or at one page, and say what would break where it is embedded.

    ``host`` is the page around the frame: its address, or a file with its HTML. Nothing but these is asked for, and
    what they lead on to. Raises :class:`errors.UsageError` for what is neither an address nor there.
    """
    on_web = served.is_address(target)
    folder, names = _looked_at(target, on_web=on_web)
    around = None if host is None else _host(host)
    got: dict[str, Fetched] = {}
    for name in names:
        tell(f"getting {name}")
        got[name] = served.fetch(folder + name) if on_web else served.read(Path(folder) / name)
    address_of_host = around.url if around else ""
    found = [finding for name in names for finding in _of_file(name, got[name], on_web=on_web, host=address_of_host)]
    if not on_web:
        found.append(notes(target, "a folder sends no headers; check its address once it stands on a server"))
    if around is not None:
        scripts = [got[name].url for name in names if name.endswith(".js") and got[name].url]
        frame = got[names[0]]
        found += hosts.around(around, frame=frame.url, scripts=scripts, framed=frame)
    found = merged(found)
    path = urlsplit(folder).path or "/"
    lines = servers.lines(path) if any(finding.by_header for finding in found) else ""
    return Checked(tuple(found), lines if on_web else servers.lines())


def _of_file(name: str, found: Fetched, *, on_web: bool, host: str) -> Iterator[Finding]:
    yield from answer.arrived(name, found)
    if found.problem or (on_web and found.status != answer.OK):
        return
    is_page = name.endswith(".html")
    if on_web:
        text = found.body.decode(errors="replace") if is_page else ""
        yield from answer.headers(name, found, own=inside.hashes(text), host=host)
    if is_page:
        yield from inside.page(name, found)


def _looked_at(target: str, *, on_web: bool) -> tuple[str, tuple[str, ...]]:
    """Give the folder, with a slash at its end, and the names of the files in it to look at."""
    bare = target.partition("#")[0].partition("?")[0] if on_web else target
    stem, _, name = bare.rpartition("/")
    if on_web:
        if name.lower().endswith((".html", ".htm")):
            return f"{stem}/", (name,)
        return (bare if bare.endswith("/") else f"{bare}/"), CHECKED
    path = Path(target)
    if path.is_file():
        return f"{path.parent}/", (path.name,)
    if not path.is_dir():
        raise errors.UsageError(f"{errors.shown(target)} is neither a folder nor an address; give --check one of them")
    return f"{path}/", CHECKED


def _host(host: str) -> Fetched:
    if served.is_address(host):
        return served.fetch(host)
    found = served.read(Path(host))
    if found.problem:
        raise errors.UsageError(
            f"--host {errors.shown(host)} {found.problem}; name a page's address, or its HTML in a file"
        )
    return found
