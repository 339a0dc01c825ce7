"""Addresses of articles in little room: most repeat the article's date and the words of its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapper.outputs import codec

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS: Final = re.compile(r"[A-Za-z0-9]+")
RUNS: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
APOSTROPHES: Final = re.compile("['\u2019]")
TITLE: Final = "~"
"""Before two characters: from which word of the title, and how many, in small letters with hyphens between."""
DATE: Final = "^"
"""For the date of publication as ``2024/12/31``, or as much of it as is known."""
LITERAL: Final = "="
"""At the beginning of an address that is given as it is."""
MOST: Final = 80
SHORTEST: Final = 4


def title_words(title: str) -> list[str]:
    """Give the words that a site would make an address of.

    >>> title_words("KIA takes Momauk; AA's camps hold")
    ['kia', 'takes', 'momauk', 'aas', 'camps', 'hold']
    """
    return [word.lower() for word in WORDS.findall(APOSTROPHES.sub("", title))][:MOST]


def short(url: str, *, title: str, published: str) -> str:
    """Write an address by the title and date that stand beside it; the page's ``links.js`` reads it back.

    >>> short("https://a.org/2024/12/30/kia-takes-momauk/", title="KIA takes Momauk", published="2024-12-30")
    'https://a.org/^/~#)/'
    """
    if any(mark in url for mark in (TITLE, DATE)) or url.startswith(LITERAL):
        return LITERAL + url
    words = title_words(title)
    head, slash, rest = url.partition("://")
    host, stroke, path = rest.partition("/")
    path = RUNS.sub(lambda found: _run(found[0].split("-"), words), path)
    date = published.replace("-", "/")
    if len(date) > len("2024"):
        path = path.replace(date, DATE, 1)
    return f"{head}{slash}{host}{stroke}{path}"


def _run(parts: Sequence[str], words: Sequence[str]) -> str:
    """Write words of an address, each longest stretch of them that the title has by its place there."""
    written: list[str] = []
    at = 0
    while at < len(parts):
        count, place = max(((_alike(parts[at:], words[place:]), -place) for place in range(len(words))), default=(0, 0))
        if len("-".join(parts[at : at + count])) >= SHORTEST:
            written.append(TITLE + codec.ALPHABET[-place] + codec.ALPHABET[count])
            at += count
        else:
            written.append(parts[at])
            at += 1
    return "-".join(written)


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        count += 1
    return count
