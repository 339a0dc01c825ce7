"""The sizes of pictures, by name; lengths are in pixels of which 96 are an inch, whatever the resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mapper import errors

PX_PER_INCH: Final = 96
LEAST_DPI: Final = 36
MOST_PX: Final = 16_000
"""Along a side: more than any press asks for, and less than what fills a computer's memory."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is, and how many pixels an inch of it has unless its user says otherwise."""

    name: str
    width: float
    height: float
    dpi: int
    type: float
    """How large its letters are, as part of what a screen has at reading distance."""
    says: str
    """Its measures, for a help text."""


SIZES: Final[dict[str, Size]] = {
    "article": Size("article", 600, 750, 192, 1.0, "1200 x 1500 pixels"),
    "square": Size("square", 540, 540, 192, 0.88, "1080 x 1080 pixels"),
    "story": Size("story", 540, 960, 192, 1.1, "1080 x 1920 pixels"),
    "print-a4": Size("print-a4", 793.6, 1122.56, 300, 1.15, "210 x 297 mm, 2480 x 3508 pixels"),
}


def named(name: str) -> Size:
    """Give a size. Raises :class:`errors.UsageError` where there is none of that name.

    >>> named("square").says
    '1080 x 1080 pixels'
    """
    if name not in SIZES:
        listed = ", ".join(f"{size.name} ({size.says})" for size in SIZES.values())
        raise errors.UsageError(f"{errors.shown(name)} is no size of a picture; choose one of {listed}")
    return SIZES[name]


def dots(size: Size, dpi: int | None) -> int:
    """Give the dots per inch to draw with.

    Raises :class:`errors.UsageError` for so few that nothing could be read, or more than a computer can hold.
    """
    chosen = size.dpi if dpi is None else dpi
    most = int(MOST_PX * PX_PER_INCH / max(size.width, size.height))
    if not LEAST_DPI <= chosen <= most:
        raise errors.UsageError(
            f"{chosen} dpi is not between {LEAST_DPI} and {most}, between which a picture of size {size.name} "
            f"can be read and held in memory; without --dpi it has {size.dpi}"
        )
    return chosen


def pixels(size: Size, dpi: int) -> tuple[int, int]:
    """Give width and height in pixels.

    >>> pixels(named("print-a4"), 300)
    (2480, 3508)
    """
    return round(size.width * dpi / PX_PER_INCH), round(size.height * dpi / PX_PER_INCH)
