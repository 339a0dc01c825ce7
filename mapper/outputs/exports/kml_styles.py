"""How Google Earth draws each class: the fills of our map, and outlines for what it hatches, dashes or rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import style

if TYPE_CHECKING:
    from collections.abc import Mapping

OPAQUE: Final = 0xFF
FILL: Final = 0xD9
"""Of 255: the ground shows through a little."""

PEOPLE: Final = "displaced"
HATCHING: Final = "hatching"
STALE: Final = ".stale"
DISPUTED: Final = ".disputed"


@dataclass(frozen=True, slots=True)
class Look:
    """A shared style."""

    fill: str
    """As KML writes colours, ``aabbggrr``; "" for lines alone."""
    line: str
    width: float


def name_of(row: Mapping[str, Any]) -> str:
    """Give the style of a row: its class, and whether it is disputed or stale.

    >>> name_of({"map_class": "eao.reported", "stale": True, "disputed": False})
    'eao.reported.stale'
    """
    if "people" in row:
        return PEOPLE
    plain = row["map_class"] if "map_class" in row else f"{row['status']}.reported"
    if row.get("disputed"):
        return f"{plain}{DISPUTED}"
    return f"{plain}{STALE}" if row.get("stale") else plain


def class_of(name: str) -> str:
    """Give the class of our map that a style is of.

    >>> class_of("eao.reported.stale")
    'eao.reported'
    """
    return name.removesuffix(DISPUTED).removesuffix(STALE)


def look(name: str) -> Look:
    """Give a style by its name."""
    palette = style.palette()
    if name == PEOPLE:
        found = palette["displacement"]
        return Look(colour(found["fill"], round(found["opacity"] * OPAQUE)), colour(found["edge"]), 1)
    if name == HATCHING:
        return Look("", colour(palette["hatch"]), 1.5)
    fill = colour(palette["fills"][class_of(name)], FILL)
    if name.endswith(DISPUTED):
        return Look(fill, colour(palette["marks"]["disputed"]), 4)
    if name.endswith(STALE):
        return Look(fill, colour(palette["marks"]["stale"]), 2)
    if name.startswith("contested."):
        return Look(fill, colour(palette["hatch"]), 3)
    return Look(fill, colour(palette["ground"]["line"]), 1)


def colour(code: str, alpha: int = OPAQUE) -> str:
    """Write ``#RRGGBB`` as KML does.

    >>> colour("#9E2F2A"), colour("#9E2F2A", 0xD9)
    ('ff2a2f9e', 'd92a2f9e')
    """
    return f"{alpha:02x}{code[5:7]}{code[3:5]}{code[1:3]}".lower()
