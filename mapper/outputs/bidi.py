"""Texts that end what they begin: an override of the reading direction stays within the text that holds it."""

from __future__ import annotations

import re
from typing import Any, Final

EMBED: Final = frozenset("\u202a\u202b\u202d\u202e")
ISOLATE: Final = frozenset("\u2066\u2067\u2068")
END_EMBED: Final = "\u202c"
END_ISOLATE: Final = "\u2069"
CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def closed(text: str) -> str:
    r"""Close every direction that a text opens, and drop the ends of what it did not open.

    So a name with such a character in it may stand in a sentence, a list or a tool tip, and turns nothing round
    but itself (Unicode Standard Annex 9, explicit directional formatting).

    >>> closed("\u202eabc"), closed("abc\u2069"), closed("မြို့")
    ('\u202eabc\u202c', 'abc', 'မြို့')
    """
    if not CONTROLS.search(text):
        return text
    kept: list[str] = []
    ends: list[str] = []
    for letter in text:
        if letter in EMBED:
            ends.append(END_EMBED)
        elif letter in ISOLATE:
            ends.append(END_ISOLATE)
        elif letter in {END_EMBED, END_ISOLATE}:
            if ends[-1:] != [letter]:
                continue
            ends.pop()
        kept.append(letter)
    return "".join(kept) + "".join(reversed(ends))


def closed_all(data: Any) -> Any:  # noqa: ANN401 -- data of any depth, given back as it was
    """Close every text in lists and dictionaries of any depth; keys stay as they are."""
    if isinstance(data, str):
        return closed(data)
    if isinstance(data, dict):
        return {key: closed_all(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [value if type(value) is int else closed_all(value) for value in data]  # most are, on a page
    return data
