"""One form for what is spelt in several ways: of names in Latin letters, and of Burmese ones."""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import cache
from typing import Any, Final

BURMESE: Final = re.compile("[\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]")
UNSEEN: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
MARKS: Final = re.compile("[\u102b-\u1038\u103b-\u103e]{2,}")
"""Vowels, tones and medials that stand on one letter; the virama and the asat bind letters, and keep their places."""

KIND: Final = re.compile(r"\s*[,(]?\s*\b(township|tsp|town|city)\b\.?\)?\s*$", re.IGNORECASE)
"""What may stand behind a place's name without being part of it."""

STATE_KIND: Final = re.compile(r"\s+(state|region|division|union territory|province)\s*$", re.IGNORECASE)
BURMESE_KINDS: Final = ("မြို့နယ်", "မြို့")


def plain(name: str) -> str:
    """Give a name without what a reader may type otherwise: case, blanks, hyphens, apostrophes.

    >>> plain("Hpa-An"), plain("Kya-In Seikkyi")
    ('hpaan', 'kyainseikkyi')
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def place_key(name: str) -> str:
    """Give a township's name in Latin letters as it is compared: plain, and without what kind of place it is.

    >>> place_key("Hpa-an Township"), place_key("Myitkyina (Tsp.)"), place_key("Town")
    ('hpaan', 'myitkyina', 'town')
    """
    return plain(KIND.sub("", unicodedata.normalize("NFKC", name))) or plain(name)


def state_key(name: str) -> str:
    """Give a state's or region's name as it is compared.

    >>> state_key("Magway  region"), state_key("Shan-North"), state_key("Northern Shan State")
    ('magway', 'shannorth', 'shannorth')
    """
    text = STATE_KIND.sub("", unicodedata.normalize("NFKC", name).strip())
    turned = re.fullmatch(r"(north|south|east|west)(?:ern)?\s+(.*)", text, re.IGNORECASE)
    return plain(f"{turned[2]} {turned[1]}" if turned else text)


def burmese_key(name: str) -> str:
    """Give a Burmese name as it is compared: NFC, nothing unseen, marks on one letter in one order, no kind of place.

    >>> burmese_key("လှုိင် မြို့နယ်") == burmese_key("လှိုင်")
    True
    """
    text = UNSEEN.sub("", unicodedata.normalize("NFC", name))
    for kind in BURMESE_KINDS:
        text = text.removesuffix(kind) or text
    return MARKS.sub(lambda found: "".join(sorted(found[0])), text)


def is_burmese(text: str) -> bool:
    """Whether there is a letter of the Burmese script in it."""
    return BURMESE.search(text) is not None


def zawgyi_probability(text: str) -> float:
    """Give how likely a text is Zawgyi and not Unicode, 0 to 1, by Google's model; 0 where it has no Burmese letter."""
    return max(0.0, float(_detector().get_zawgyi_probability(text))) if is_burmese(text) else 0.0


def from_zawgyi(text: str) -> str:
    """Convert Zawgyi to Unicode, in NFC."""
    from myanmar import converter  # noqa: PLC0415 -- only Burmese names that are unknown need it

    return unicodedata.normalize("NFC", str(converter.convert(text, "zawgyi", "unicode")))


@cache
def _detector() -> Any:  # noqa: ANN401 -- the library has no types
    import myanmartools  # noqa: PLC0415 -- only Burmese names that are unknown need it

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # it opens its model in a way that Python 3.11 advises against
        return myanmartools.ZawgyiDetector()
