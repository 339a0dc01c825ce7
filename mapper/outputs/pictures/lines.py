"""How text breaks into lines: where its language allows it, so that no line is wider than there is room."""

from __future__ import annotations

import functools
from typing import Final

from mapper.outputs.pictures import fonts

LEADING: Final = {"my": 1.8, "th": 1.5}
"""From line to line, as part of the letters' size; what is not here has ``LEADING_LATIN``."""

LEADING_LATIN: Final = 1.35


def leading(lang: str) -> float:
    """Give the distance of two lines, as part of the letters' size."""
    return LEADING.get(lang, LEADING_LATIN)


@functools.lru_cache(maxsize=4_000)
def pieces(text: str, lang: str) -> tuple[str, ...]:
    """Cut a text where a line may end, as browsers do: by Unicode Standard Annex 14, and by ICU's dictionaries.

    Burmese and Thai have no blanks between words.

    >>> pieces("held by report", "en"), pieces("မည်သူထိန်းချုပ်သည်", "my")
    (('held ', 'by ', 'report'), ('မည်သူ', 'ထိန်းချုပ်သည်'))
    """
    from icu4py.breakers import LineBreaker  # noqa: PLC0415 -- loads 40 MB of dictionaries

    return tuple(LineBreaker(text, lang))


def broken(text: str, room: float, size: float, *, lang: str, weight: int = 400) -> list[str]:
    """Break a text into lines at most ``room`` pixels wide; a piece that is wider itself is cut where it must be."""
    found: list[str] = []
    line = ""
    for piece in pieces(text, lang):
        if fonts.width((line + piece).rstrip(), size, weight=weight) <= room:
            line += piece
            continue
        if line:
            found.append(line.rstrip())
        *full, line = _forced(piece, room, size, weight)
        found += full
    return [*found, line.rstrip()] if line.strip() else found


def _forced(piece: str, room: float, size: float, weight: int) -> list[str]:
    """Cut what no line can hold, but never a sign from its letter."""
    cut = [""]
    for cluster in clusters(piece):
        if cut[-1] and fonts.width((cut[-1] + cluster).rstrip(), size, weight=weight) > room:
            cut.append("")
        cut[-1] += cluster
    return cut


def clusters(text: str) -> tuple[str, ...]:
    """Cut a text into what its readers see as letters, each with its signs (Unicode Standard Annex 29).

    >>> clusters("ကြို AA")
    ('ကြို', ' ', 'A', 'A')
    """
    from icu4py.breakers import CharacterBreaker  # noqa: PLC0415 -- as above

    return tuple(CharacterBreaker(text, "en"))


def shortened(text: str, room: float, size: float, *, weight: int = 400) -> str:
    """Cut a text to one line, with an ellipsis where it does not fit; "" where not even that does."""
    if fonts.width(text, size, weight=weight) <= room:
        return text
    letters = clusters(text)
    low, high = 0, len(letters)
    while low < high:
        middle = (low + high + 1) // 2
        if fonts.width("".join(letters[:middle]).rstrip() + "…", size, weight=weight) <= room:
            low = middle
        else:
            high = middle - 1
    return "".join(letters[:low]).rstrip() + "…" if low else ""
