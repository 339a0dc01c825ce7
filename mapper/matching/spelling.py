"""One form for what is spelt in several ways: of names in Latin letters, and of Burmese ones."""

from __future__ import annotations


def plain(name: str) -> str:
    """Give a name without what a reader may type otherwise: case, blanks, hyphens, apostrophes.

    >>> plain("Hpa-An"), plain("Kya-In Seikkyi")
    ('hpaan', 'kyainseikkyi')
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())
