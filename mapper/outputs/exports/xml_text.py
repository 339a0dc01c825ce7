"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re
from typing import Final

UNFIT: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""No XML file can have these characters, escaped or not: control characters, lone surrogates, non-characters."""

FIRST_PICTURE: Final = 0x2400
"""Unicode has a visible sign for each of the control characters 0 to 31, in their order from here."""

PICTURED: Final = 32


def fit(text: str) -> str:
    r"""Give a text with visible signs for control characters, ``\ufffd`` for what else does not fit, and LF line ends.

    >>> fit("a\r\nb\x07c\ud800")
    'a\nb␇c�'
    """
    return UNFIT.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(FIRST_PICTURE + code) if code < PICTURED else "\N{REPLACEMENT CHARACTER}"
