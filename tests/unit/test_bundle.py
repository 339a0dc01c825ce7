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


def test_the_part_of_leaflet_keeps_the_inner_names_that_the_script_uses_or_that_stand_in_quotes() -> None:
    files = (bundle.NODE_MODULES / "leaflet" / "src").rglob("*.js")
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    _, part = bundle.leaflet(bundle.NODE_MODULES, whole=False)
    used = set(bundle.INNER.findall(forms.script(forms.WHOLE)))
    ours = {name for name in used if re.search(rf"\.{name}\b", source)}
    assert {"_animatingZoom", "_bounds", "_initContainer", "_zoom"} <= ours
    assert not [name for name in ours if not re.search(rf"[.{{,]{name}\b", part)]
    quoted = set(re.findall(r"[\"'](_[A-Za-z]\w*)[\"']", source))
    assert not [name for name in quoted if not name.startswith("_leaflet")]
    assert not [
        name for name in ("_panInsideMaxBounds", "_resetView", "_onScroll") if name not in source or name in part
    ]


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


def test_the_script_is_one_function_and_its_own_names_become_short() -> None:
    for form in (forms.WHOLE, forms.LEAN):
        script = forms.script(form)
        assert script.count("})(window.MapperControl);") == 1
        assert "M_unpackPlaces = function" in script
        assert "unpackPlaces" not in bundle.small(script, "js")


def test_what_is_reached_from_outside_or_by_a_name_in_quotes_keeps_its_name() -> None:
    small = bundle.small(forms.script(forms.WHOLE), "js")
    called = re.findall(r'"(\w+)"', re.search(r"const FIRST = \[(.*)\]", forms.asset("start.js"))[1])  # type: ignore[index]
    assert "zoomButtons" in called
    assert not [name for name in {*forms.REACHED, *called} - {"elsewhere"} if not re.search(rf"\.{name}\b", small)]


def test_a_file_can_be_a_block_of_the_script() -> None:
    for name in forms.SCRIPTS:
        text = forms.asset(name)
        assert not re.search(r"^  (?:return|var)\b|\bthis\b.*\bM\.|\bM_|[\"'`]M\.", text, re.MULTILINE), name
        assert "`" not in text or not re.search(r"`[^`]*\bM\.[^`]*`", text), name


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
