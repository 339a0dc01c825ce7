"""How far apart two colours look, to common vision and to three kinds of colour blindness.

Colour blindness is simulated after Machado, Oliveira and Fernandes (2009, IEEE TVCG 15:6, severity 1.0, on linear RGB).
Distances are those of CAM02-UCS (Luo, Cui and Li 2006) under the viewing conditions of sRGB; 1 is just noticeable.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

VISIONS: Final[dict[str, Numbers]] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

TO_XYZ: Final = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
CAT02: Final = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
HPE: Final = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]])
WHITE: Final = np.array([95.047, 100.0, 108.883])
ADAPTING: Final = 64 / np.pi / 5
"""Luminance of the surroundings in cd/m2: 64 lux on grey."""
BACKGROUND: Final = 20.0
F, C, N_C = 1.0, 0.69, 1.0  # an average surround


def distance(one: str, two: str, vision: str) -> float:
    """How far apart two colours ``#RRGGBB`` look."""
    return float(np.linalg.norm(place(one, vision) - place(two, vision)))


def apart(one: Sequence[str], two: Sequence[str]) -> float:
    """How far apart two fills look, each of one or two colours, in the vision that tells them apart worst.

    The colour of either that is the least like any of the other counts: stripes of two colours are told from a
    fill of one of them by the other.
    """
    found = []
    for vision in VISIONS:
        far = {(a, b): distance(a, b, vision) for a, b in product(one, two)}
        ways = [min(far[a, b] for b in two) for a in one] + [min(far[a, b] for a in one) for b in two]
        found.append(max(ways))
    return min(found)


def place(colour: str, vision: str) -> Numbers:
    """Where a colour stands in CAM02-UCS: lightness, and two coordinates of colourfulness."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return ucs(100 * TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1))


def ucs(xyz: Numbers) -> Numbers:
    """CIECAM02 and its uniform space; X, Y, Z of white are 95, 100, 109."""
    k = 1 / (5 * ADAPTING + 1)
    f_l = 0.2 * k**4 * 5 * ADAPTING + 0.1 * (1 - k**4) ** 2 * (5 * ADAPTING) ** (1 / 3)
    n = BACKGROUND / WHITE[1]
    n_bb = 0.725 * n**-0.2
    adapted = F * (1 - np.exp((-ADAPTING - 42) / 92) / 3.6)
    white = CAT02 @ WHITE
    gain = WHITE[1] * adapted / white + 1 - adapted

    def cones(stimulus: Numbers) -> Numbers:
        strength = HPE @ np.linalg.inv(CAT02) @ (gain * (CAT02 @ stimulus))
        squeezed = (f_l * np.abs(strength) / 100) ** 0.42
        return np.sign(strength) * 400 * squeezed / (squeezed + 27.13) + 0.1

    def answer(r: float, g: float, b: float) -> float:
        return (2 * r + g + b / 20 - 0.305) * n_bb

    r, g, b = cones(xyz)
    red, blue = r - 12 * g / 11 + b / 11, (r + g - 2 * b) / 9
    hue = np.arctan2(blue, red)
    lightness = 100 * (answer(r, g, b) / answer(*cones(WHITE))) ** (C * (1.48 + np.sqrt(n)))
    eccentric = (np.cos(hue + 2) + 3.8) / 4 * 50000 / 13 * N_C * n_bb
    t = eccentric * np.hypot(red, blue) / (r + g + 21 * b / 20)
    chroma = t**0.9 * np.sqrt(lightness / 100) * (1.64 - 0.29**n) ** 0.73
    colourful = np.log(1 + 0.0228 * chroma * f_l**0.25) / 0.0228
    return np.array([1.7 * lightness / (1 + 0.007 * lightness), colourful * np.cos(hue), colourful * np.sin(hue)])
