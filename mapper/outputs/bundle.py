"""Script and style in little room: without remarks, spaces and long names, and of Leaflet what a page needs.

esbuild does it, which `make setup` puts into ``node_modules``: one program without dependencies that shortens
names too, worth 2 KB more here than a tool that only leaves out spaces, and puts modules together, which takes
half of Leaflet away. Where it is missing the files go into the page as they are.
"""

from __future__ import annotations

import functools
import re
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from mapper import errors
from mapper.outputs import forms

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Kind = Literal["js", "css"]

NODE_MODULES: Final = Path(__file__).resolve().parents[2] / "node_modules"
STYLE: Final = ("leaflet", "dist", "leaflet.css")
SCRIPT: Final = ("leaflet", "dist", "leaflet.js")
PROGRAMS: Final = ("@esbuild/*/bin/esbuild", "@esbuild/*/esbuild.exe")
TARGET: Final = "--target=es2020"
SECONDS: Final = 30

REFERENCES: Final = re.compile(r"url\([^)]*\)")
SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
LICENCE: Final = re.compile(r"/\* @preserve.*?\*/\n", re.DOTALL)
RULE: Final = re.compile(r"(?:/\*.*?\*/|\s)*([^{}@]+)\{[^{}]*\}", re.DOTALL)
UNUSED: Final = re.compile(
    r"leaflet-(?:control|bar|popup|tooltip|touch(?!-)|oldie|div-icon|marker|tile|image|shadow|overlay-pane|retina|vml)"
    r"|leaflet-zoom-box|leaflet-container a|lvml"
)
"""Selectors of what only the whole of Leaflet draws."""

INNER: Final = re.compile(r"\b_[A-Za-z]\w*")
"""What Leaflet keeps to itself begins so, and need not keep its name: worth 0.8 KB."""

KEPT: Final = frozenset({"_leaflet.*", "_layers", "_events"})
"""But for what it writes into elements of the page, by names in quotes, and what tests look at."""


def begin(node_modules: Traversable, *given: tuple[str, Kind]) -> None:
    """Set esbuild to all that a page will ask for, each on its own, while the page's data is put together.

    ``given`` are the scripts and styles that :func:`small` will be asked for, besides Leaflet's.
    """
    for text, kind in given:
        _minified(text, kind)
    css = node_modules.joinpath(*STYLE)
    if css.is_file():
        _part(str(node_modules))
        for whole in (False, True):
            _minified(_style(css, whole=whole), "css")


def small(text: str, kind: Kind) -> str:
    """Give a script or a style in little room; it does the same."""
    done = _minified(text, kind).result()
    return text if done is None else done


def leaflet(node_modules: Traversable, *, whole: bool) -> tuple[str, str]:
    """Give Leaflet's style and script as one page can hold them: without a reference to any other file.

    Its style asks for images of markers and layer buttons, which this page does not have. Unless ``whole`` they
    hold what the map's own layer needs, and no tiles, markers or controls. Raises :class:`errors.SetupError`
    where Leaflet is missing.
    """
    css = node_modules.joinpath(*STYLE)
    js = node_modules.joinpath(*SCRIPT)
    if not (css.is_file() and js.is_file()):
        raise errors.SetupError(f"Leaflet is missing from {node_modules}. Run `make setup`, or `npm ci`, once.")
    script = SOURCE_MAP.sub("", js.read_text(encoding="utf-8"))
    part = None if whole else _part(str(node_modules)).result()
    licence = LICENCE.search(script)
    if part is None or licence is None:
        return small(_style(css, whole=True), "css"), script
    return small(_style(css, whole=False), "css"), licence[0] + part


def _style(css: Traversable, *, whole: bool) -> str:
    style = REFERENCES.sub("none", css.read_text(encoding="utf-8"))
    return style if whole else "".join(found[0] for found in RULE.finditer(style) if _is_used(found[1]))


def _is_used(selectors: str) -> bool:
    return not all(UNUSED.search(one) for one in selectors.split(","))


@functools.cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(thread_name_prefix="esbuild")


@functools.cache
def _minified(text: str, kind: Kind) -> Future[str | None]:
    return _pool().submit(_run, [f"--loader={kind}", "--minify", TARGET], NODE_MODULES, given=text)


@functools.cache
def _part(node_modules: str) -> Future[str | None]:
    return _pool().submit(_bundled, Path(node_modules))


def _bundled(node_modules: Path) -> str | None:
    entry = resources.files("mapper.outputs").joinpath("web", "leaflet.mjs")
    with resources.as_file(entry) as file:
        options = ["--bundle", "--minify", "--format=iife", "--global-name=L", TARGET, str(file)]
        kept = KEPT.union(INNER.findall(forms.script(forms.WHOLE, forms.LEAN)))
        inner = ["--mangle-props=^_", f"--reserve-props=^({'|'.join(sorted(kept))})$"]
        return _run([*options, *inner], node_modules, given="")


def _run(options: list[str], node_modules: Path, *, given: str) -> str | None:
    """Run esbuild; ``None`` where it is not there, or cannot do it."""
    found = [path for name in PROGRAMS for path in sorted(node_modules.glob(name))]
    if not found:
        return None
    try:
        done = subprocess.run(  # noqa: S603 -- the program that our own lock file names, without a shell
            [str(found[0]), "--log-level=error", "--charset=utf8", *options],
            input=given,
            capture_output=True,
            encoding="utf-8",
            env={"NODE_PATH": str(node_modules)},
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
