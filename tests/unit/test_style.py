"""Classes and colours: every assessment has one look, and marks and words can be seen on it."""

from __future__ import annotations

import pytest

from mapper import control
from mapper.outputs import style


def made(status: control.Status, basis: control.Basis) -> control.Assessment:
    return control.Assessment("MMR012017", status, (), "none", basis, "baseline")


@pytest.mark.parametrize(
    ("status", "basis", "expected"),
    [
        ("junta", "reported", "junta.reported"),
        ("junta", "assumed", "junta.assumed"),
        ("eao", "assumed", "eao.assumed"),
        ("contested", "reported", "contested.reported"),
        ("unknown", "none", "unknown.reported"),
    ],
)
def test_the_class_says_status_and_whether_it_is_reported(
    status: control.Status, basis: control.Basis, expected: str
) -> None:
    assert style.class_of(made(status, basis)) == expected


def test_every_status_has_a_class_and_every_class_a_fill_of_its_own() -> None:
    assert {name.partition(".")[0] for name in style.CLASSES} == set(control.STATUSES)
    fills = style.palette()["fills"]
    assert list(fills) == list(style.CLASSES)
    assert len(set(fills.values())) == len(fills)


def test_contrast_is_that_of_wcag() -> None:
    assert style.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert style.contrast("#FFFFFF", "#777777") == style.contrast("#777777", "#FFFFFF")
    assert style.contrast("#123456", "#123456") == 1.0


def test_hatching_and_dots_stand_out_from_their_fill() -> None:
    palette = style.palette()
    assert style.contrast(palette["hatch"], palette["fills"]["contested.reported"]) >= 3
    assert style.contrast(palette["dots"], palette["fills"]["unknown.reported"]) >= 2


def test_the_assumed_is_paler_than_the_reported() -> None:
    fills = style.palette()["fills"]
    for status in ("junta", "nug", "eao"):
        assert style.luminance(fills[f"{status}.assumed"]) > 2 * style.luminance(fills[f"{status}.reported"])


def test_words_on_the_map_can_be_read_on_its_ground() -> None:
    palette = style.palette()
    assert style.contrast(palette["text"]["state"], palette["text"]["halo"]) >= 7
    assert style.contrast(palette["text"]["figure"], palette["ground"]["land"]) >= 4.5


def test_a_mark_on_a_dark_fill_is_light() -> None:
    fills = style.palette()["fills"]
    dark = {name for name, fill in fills.items() if style.is_dark(fill)}
    assert dark == {"junta.reported", "nug.reported"}


@pytest.mark.parametrize("colour", ["red", "#FFF", "FFFFFF0", "#GGGGGG"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match=r"is not a colour|invalid literal"):
        style.luminance(colour)
