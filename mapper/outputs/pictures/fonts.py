"""The letters of pictures: faces from packages, never from the system, so that the bytes are the same on any machine.

One family carries everything: Noto Sans with its Burmese and Thai sisters, from npm, and what they lack from DejaVu
Sans, which matplotlib brings along.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager, ft2font

from mapper import errors
from mapper.outputs import bidi, bundle

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

PREFIX: Final = "mapper "
"""Before the names of our faces, so that none of the system's is taken for one of them."""

PACKAGES: Final = {
    "Noto Sans": ("noto-sans", "NotoSans"),
    "Noto Sans Myanmar": ("noto-sans-myanmar", "NotoSansMyanmar"),
    "Noto Sans Thai": ("noto-sans-thai", "NotoSansThai"),
}
"""Family to the package's folder and the stem of its files."""

REST: Final = "DejaVu Sans"
REST_FILES: Final = {400: "DejaVuSans.ttf", 600: "DejaVuSans-Bold.ttf"}
WEIGHTS: Final = {400: "400Regular", 600: "600SemiBold"}
SLANTED: Final = "400Regular_Italic"
"""Only Noto Sans has it: Burmese and Thai letters are not slanted."""

FAMILIES: Final = tuple(f"{PREFIX}{name}" for name in (*PACKAGES, REST))
MISSING: Final = "\N{WHITE SQUARE}"
"""Stands for a letter that no face has."""

UNSEEN: Final = bidi.EMBED | bidi.ISOLATE | {bidi.END_EMBED, bidi.END_ISOLATE, *"\u200b\u200c\u200d\u2060"}
"""Signs that only say how others are to be read."""

EM: Final = 100.0
"""Letters are measured this large, and measures go with the size."""


class Extent(NamedTuple):
    """How much room a text takes, for letters of size 1."""

    width: float
    above: float
    """What it reaches above its baseline."""
    below: float


@functools.cache
def files() -> dict[tuple[str, int, str], Path]:
    """Give the file of each face by family, weight and style.

    Raises :class:`errors.SetupError` where one is missing.
    """
    root = bundle.NODE_MODULES / "@expo-google-fonts"
    found = {
        (family, weight, "normal"): root / folder / part / f"{stem}_{part}.ttf"
        for family, (folder, stem) in PACKAGES.items()
        for weight, part in WEIGHTS.items()
    }
    found["Noto Sans", 400, "italic"] = root / "noto-sans" / SLANTED / f"NotoSans_{SLANTED}.ttf"
    for weight, name in REST_FILES.items():
        found[REST, weight, "normal"] = Path(mpl.get_data_path()) / "fonts" / "ttf" / name
    for (family, *_), file in found.items():
        if not file.is_file():
            raise errors.SetupError(f"{family} is missing: there is no {file}. Run `make setup`, or `npm ci`, once.")
    return found


@functools.cache
def ready() -> None:
    """Make the faces known to matplotlib, each under a name of our own."""
    known = font_manager.fontManager.ttflist
    for (family, weight, style), file in files().items():
        for slant in ("normal", "italic") if (family != "Noto Sans" and style == "normal") else (style,):
            known.append(
                font_manager.FontEntry(
                    fname=str(file), name=f"{PREFIX}{family}", style=slant, variant="normal", weight=weight,
                    stretch="normal", size="scalable",
                )
            )  # fmt: skip


def face(size: float, *, weight: int = 400, italic: bool = False) -> FontProperties:
    """Give what matplotlib sets text in; ``size`` is in pixels."""
    ready()
    return font_manager.FontProperties(
        family=list(FAMILIES), size=size * 0.75, weight=weight, style="italic" if italic else "normal"
    )


def _font(weight: int, *, italic: bool) -> ft2font.FT2Font:
    return font_manager.get_font([file_of(name, weight, "italic" if italic else "normal") for name in FAMILIES])


def file_of(family: str, weight: int, slant: str) -> Path:
    """Give the file of one of ``FAMILIES``; what has no slanted letters stands upright."""
    found, name = files(), family.removeprefix(PREFIX)
    return found.get((name, weight, slant)) or found[name, weight, "normal"]


@functools.lru_cache(maxsize=20_000)
def extent(text: str, *, weight: int = 400, italic: bool = False) -> Extent:
    """Measure a text of one line."""
    font = _font(weight, italic=italic)
    font.set_size(EM, 72)
    font.set_text(text, 0.0, flags=ft2font.LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    below = font.get_descent()
    return Extent(width / 64 / EM, (height - below) / 64 / EM, below / 64 / EM)


def width(text: str, size: float, *, weight: int = 400, italic: bool = False) -> float:
    """Give the width in pixels of a text of one line."""
    return extent(text, weight=weight, italic=italic).width * size


@functools.cache
def letters() -> frozenset[int]:
    """Give every letter that all weights together can draw, by its number in Unicode."""
    return frozenset(letter for file in files().values() for letter in ft2font.FT2Font(str(file)).get_charmap())


def drawable(text: str, *, most: int) -> str:
    r"""Give a text as one line that can be drawn: without controls, with a mark for what no face has, cut to ``most``.

    >>> drawable("a\x00b\nc", most=10), drawable("abcdef", most=4)
    ('a□b c', 'abc…')
    """
    start = " ".join(text[: 4 * most].split())
    cut = start[: most - 1] + "…" if len(start) > most else start
    known = letters()
    return bidi.closed(
        "".join(sign if sign in UNSEEN or (ord(sign) in known and sign.isprintable()) else MISSING for sign in cut)
    )
