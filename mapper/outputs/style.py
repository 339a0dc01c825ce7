"""How each assessment looks: its class, and the colours and marks of all classes and dates alike."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from mapper import control

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.control import Assessment

CLASSES: Final[tuple[str, ...]] = (
    "junta.reported",
    "junta.assumed",
    "contested.reported",
    "nug.reported",
    "nug.assumed",
    "eao.reported",
    "eao.assumed",
    "unknown.reported",
)
"""Every fill of the map, in the order of the legend: the status, and whether a report or an assumption gives it."""

HEX: Final = len("#RRGGBB")


def class_of(assessment: Assessment) -> str:
    """Give the class that a township is drawn in.

    >>> from mapper.control import Assessment
    >>> class_of(Assessment("MMR013001", "junta", ("SAC",), "none", "assumed", "baseline"))
    'junta.assumed'
    """
    assumed = assessment.basis == "assumed" and assessment.status in control.FIRM
    return f"{assessment.status}.{'assumed' if assumed else 'reported'}"


def usual(name: str) -> tuple[str, str]:
    """Give the status of a class, and the basis that nearly all in it have.

    >>> usual("junta.assumed"), usual("unknown.reported")
    (('junta', 'assumed'), ('unknown', 'none'))
    """
    status, _, basis = name.partition(".")
    return status, "none" if status == "unknown" else basis


def palette(*, night: bool = False) -> dict[str, Any]:
    """Give the one palette: fills by class, and the colours of marks, ground and text, as ``#RRGGBB``.

    ``night`` gives the same hues for a dark page, lifted until they stand out from it.
    """
    file = resources.files("mapper.outputs").joinpath("web", "night.json" if night else "palette.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    status = found.pop("status")
    fills = {name: status[name.partition(".")[0]][name.partition(".")[2]] for name in CLASSES}
    return {"fills": fills, "hatch": status["contested"]["hatch"], "dots": status["unknown"]["dots"], **found}


def dark_classes(palette: Mapping[str, Any]) -> list[str]:
    """Give the classes whose fill needs light marks."""
    return [name for name, fill in palette["fills"].items() if is_dark(fill)]


def luminance(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2) of ``#RRGGBB``, from 0 for black to 1 for white."""
    if len(colour) != HEX or colour[0] != "#":
        raise ValueError(f"{colour!r} is not a colour written #RRGGBB")
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]  # noqa: PLR2004 -- sRGB's own numbers
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    """Give the contrast ratio (WCAG 2.2) of two colours.

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def is_dark(colour: str) -> bool:
    """Whether a mark on this fill must be light to be seen."""
    return contrast(colour, "#FFFFFF") > contrast(colour, "#1B1B1B")
