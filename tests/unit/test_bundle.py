"""Script and style in little room: the same names, and of Leaflet no less than the page asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import folium
import pytest

import checkered
from mapper import errors
from mapper.outputs import bundle, folium_map, forms

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = ("GridLayer", "Marker", "Popup", "GeoJSON", "Attribution")


def test_the_part_of_leaflet_has_every_name_that_the_script_uses() -> None:
    _, script = bundle.leaflet(bundle.NODE_MODULES, whole=False)
    names = set(re.findall(r"\bL\.([A-Za-z]+)", forms.script(forms.WHOLE)))
    assert {"Renderer", "bounds"} <= names
    assert not [name for name in names if not re.search(rf"\b{name}:\(\)=>", script)]


def test_the_part_of_leaflet_keeps_its_licence_and_leaves_out_what_nobody_sees() -> None:
    style, script = bundle.leaflet(bundle.NODE_MODULES, whole=False)
    assert "(c) 2010-2023 Vladimir Agafonkin" in script
    assert not [name for name in LAYERS if re.search(rf"\b{name}:\(\)=>", script)]
    assert ".leaflet-pane" in style
    assert "leaflet-popup" not in style


def test_a_map_that_bears_something_else_has_the_whole_of_leaflet() -> None:
    package = checkered.package()
    made = folium_map.control_map(checkered.slices(package), checkered.boundaries(), package)
    part, whole = (bundle.leaflet(bundle.NODE_MODULES, whole=flag)[1] for flag in (False, True))
    assert part in folium_map.to_html(made)
    folium.Marker((20, 96)).add_to(made)
    assert whole in folium_map.to_html(made)


def test_a_small_script_and_style_lose_remarks_and_nothing_else() -> None:
    assert bundle.small("/* why */ window.shown = 1 + 1;\n", "js").strip() == "window.shown=2;"
    assert bundle.small(".mc { color: red; } /* why */\n", "css").strip() == ".mc{color:red}"


def test_what_cannot_be_made_small_goes_in_as_it_is() -> None:
    assert bundle.small("no script at all (", "js") == "no script at all ("


def test_missing_leaflet_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(errors.SetupError, match=r"Leaflet is missing .* Run `make setup`"):
        bundle.leaflet(tmp_path, whole=True)


def test_what_was_begun_beforehand_comes_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ("/* why */ window.begun = 2 + 2;\n", "js")
    bundle.begin(bundle.NODE_MODULES, given)
    monkeypatch.setattr(bundle, "_run", None)
    assert bundle.small(*given).strip() == "window.begun=4;"
    assert "Vladimir Agafonkin" in bundle.leaflet(bundle.NODE_MODULES, whole=False)[1]


def test_nothing_is_begun_where_leaflet_is_missing(tmp_path: Path) -> None:
    bundle.begin(tmp_path)
    with pytest.raises(errors.SetupError, match="Leaflet is missing"):
        bundle.leaflet(tmp_path, whole=False)
