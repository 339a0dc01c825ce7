"""The letters of an SVG: text that stays text, and the faces for it cut down to the letters in use and put in."""

from __future__ import annotations

import base64
import html
import io
import re
import unicodedata
from typing import Final

from mapper.outputs.pictures import fonts

STYLE: Final = re.compile(r'(<text style=")([^"]*)(")')
TEXT: Final = re.compile(r'<text style="([^"]*)"[^>]*>([^<]*)</text>')
GENERIC: Final = "sans-serif"


def finished(text: str, *, title: str, description: str, lang: str) -> str:
    """Give an SVG as matplotlib writes it its title, its description and its fonts."""
    ours = ", ".join(f"'{family}'" for family in fonts.FAMILIES)
    theirs = ", ".join(f"'{family.removeprefix(fonts.PREFIX)}'" for family in fonts.FAMILIES)
    text = STYLE.sub(lambda found: found[1] + found[2].replace(ours, f"{theirs}, {GENERIC}") + found[3], text)
    head, opening, rest = text.partition("<svg ")
    attributes, closing, rest = rest.partition(">")
    said = (
        f'<title id="picture-title">{html.escape(title)}</title>\n'
        f'<desc id="picture-description">{html.escape(description)}</desc>\n'
        f"<style>\n{_faces(text)}</style>"
    )
    role = f' role="img" xml:lang="{html.escape(lang)}" aria-labelledby="picture-title picture-description"'
    return f"{head}{opening}{attributes}{role}{closing}\n {said}{rest}"


def _faces(text: str) -> str:
    """Write the rules that bring the faces along, as WOFF.

    Shaping takes some letters apart, such as the Thai AM, so the faces have their parts as well.
    """
    used: dict[tuple[int, str], set[str]] = {}
    for style, content in TEXT.findall(text):
        weight = 600 if "font-weight: 600" in style else 400
        slant = "italic" if "font-style: italic" in style else "normal"
        plain = html.unescape(content)
        used.setdefault((weight, slant), set()).update(plain, unicodedata.normalize("NFKD", plain))
    rules = []
    for (weight, slant), letters in sorted(used.items()):
        left = set(letters)
        for family in fonts.FAMILIES:
            own = left & covered(family, weight, slant)
            left -= own
            name = family.removeprefix(fonts.PREFIX)
            if {letter for letter in own if not letter.isspace()}:
                woff = base64.b64encode(_subset(family, weight, slant, own | SHARED)).decode()
                rules.append(
                    f"@font-face {{font-family: '{name}'; font-weight: {weight}; font-style: {slant}; "
                    f"src: url(data:font/woff;base64,{woff}) format('woff')}}\n"
                )
    return "".join(rules)


SHARED: Final = frozenset(" \u25cc\u200b\u200c\u200d")
"""Every face has these, since shaping may ask for them."""


def covered(family: str, weight: int, slant: str) -> set[str]:
    """Give the letters that a face has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- only an SVG needs it

    with TTFont(fonts.file_of(family, weight, slant), lazy=True) as font:
        return set(map(chr, font.getBestCmap()))


def _subset(family: str, weight: int, slant: str, letters: set[str] | frozenset[str]) -> bytes:
    """Cut a face down to letters, with all that shapes them."""
    from fontTools import subset  # noqa: PLC0415 -- as above

    options = subset.Options(flavor="woff", layout_features=["*"], hinting=False, name_IDs=[1, 2], notdef_outline=True)
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM"]
    buffer = io.BytesIO()
    with subset.load_font(str(fonts.file_of(family, weight, slant)), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, letters)))
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    return buffer.getvalue()
