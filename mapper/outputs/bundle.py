"""Script and style in little room: without remarks, spaces and long names, and of Leaflet what a page needs.

esbuild does it, which `make setup` puts into ``node_modules``: one program without dependencies that shortens
names too, worth 2 KB more here than a tool that only leaves out spaces, and puts modules together, which takes
half of Leaflet away. Where it is missing the files go into the page as they are.
"""

from __future__ import annotations

import functools
import re
import subprocess
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from mapper import errors

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NODE_MODULES: Final = Path(__file__).resolve().parents[2] / "node_modules"
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


@functools.cache
def small(text: str, kind: Literal["js", "css"]) -> str:
    """Give a script or a style in little room; it does the same."""
    done = _run([f"--loader={kind}", "--minify", TARGET], NODE_MODULES, given=text)
    return text if done is None else done


def leaflet(node_modules: Traversable, *, whole: bool) -> tuple[str, str]:
    """Give Leaflet's style and script as one page can hold them: without a reference to any other file.

    Its style asks for images of markers and layer buttons, which this page does not have. Unless ``whole`` they
    hold what the map's own layer needs, and no tiles, markers or controls. Raises :class:`errors.SetupError`
    where Leaflet is missing.
    """
    css = node_modules.joinpath("leaflet", "dist", "leaflet.css")
    js = node_modules.joinpath("leaflet", "dist", "leaflet.js")
    if not (css.is_file() and js.is_file()):
        raise errors.SetupError(f"Leaflet is missing from {node_modules}. Run `make setup`, or `npm ci`, once.")
    style, script = css.read_text(encoding="utf-8"), js.read_text(encoding="utf-8")
    style, script = REFERENCES.sub("none", style), SOURCE_MAP.sub("", script)
    part = None if whole else _part(str(node_modules))
    licence = LICENCE.search(script)
    if part is None or licence is None:
        return small(style, "css"), script
    kept = "".join(found[0] for found in RULE.finditer(style) if _is_used(found[1]))
    return small(kept, "css"), licence[0] + part


def _is_used(selectors: str) -> bool:
    return not all(UNUSED.search(one) for one in selectors.split(","))


@functools.cache
def _part(node_modules: str) -> str | None:
    entry = resources.files("mapper.outputs").joinpath("web", "leaflet.mjs")
    with resources.as_file(entry) as file:
        options = ["--bundle", "--minify", "--format=iife", "--global-name=L", TARGET, str(file)]
        return _run(options, Path(node_modules), given="")


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
