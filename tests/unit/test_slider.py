"""The layer's options: documented defaults, and a refusal that says the likely cause."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import re
from collections.abc import Callable
from typing import Any

import folium
import pytest
from branca.element import Figure

import checkered
import hostile
import mapper
from mapper import errors
from mapper.outputs import bidi, folium_map, policy, slider

Make = Callable[..., slider.ControlTimeline]


@pytest.fixture(scope="module")
def make() -> Make:
    package = checkered.package()
    slices = checkered.slices(package)

    def layer(**options: Any) -> slider.ControlTimeline:  # noqa: ANN401 -- any of the options
        return mapper.ControlTimeline(slices, checkered.boundaries(), package, **options)

    return layer


def options_of(base: folium.Map) -> str:
    (found,) = re.findall(r"MapperControl\.timeline\(\"\w+\", (\{[^;]*\})\);", base.get_root().render())
    return str(found)


def test_every_option_is_documented_by_name() -> None:
    options = [
        name
        for name, parameter in inspect.signature(slider.ControlTimeline).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    assert len(options) == 13
    for name in options:
        assert f"``{name}``" in str(slider.ControlTimeline.__doc__), name


def test_an_unknown_option_is_refused(make: Make) -> None:
    with pytest.raises(TypeError, match="colour"):
        make(colour="red")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"opacity": 60}, "60 is not above 0 and up to 1; for 60 per cent write 0.6"),
        ({"opacity": 0}, "0 is not above 0 and up to 1"),
        ({"opacity": float("nan")}, "nan is not above 0"),
        ({"on": dt.date(2019, 1, 1)}, "cannot open on 2019-01-01: its slices go from 2021-01-31 to 2024-06-30"),
        ({"on": dt.date(2024, 7, 1)}, "cannot open on 2024-07-01"),
        ({"displacement": "idps"}, "'idps' is no basis of displacement figures here; the package has none"),
        ({"lang": "xx"}, "does not speak 'xx'; choose one of en, my"),
    ],
)
def test_an_option_out_of_its_range_is_told_with_the_likely_cause(
    make: Make, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(errors.UsageError, match=re.escape(told)):
        make(**options)


def test_parts_that_do_not_belong_together_are_told() -> None:
    package = checkered.package()
    slices = checkered.slices(package)
    shapes = checkered.boundaries()
    fewer = dataclasses.replace(shapes, townships=shapes.townships.drop(index=checkered.PCODES[:5]))
    with pytest.raises(
        errors.UsageError, match=r"5 of 30 townships are not in the boundaries \(MMR012001, .* \.\.\.\); are they"
    ):
        slider.ControlTimeline(slices, fewer, package)
    short = dataclasses.replace(slices, stretches={checkered.PCODES[0]: slices.stretches[checkered.PCODES[0]]})
    with pytest.raises(errors.UsageError, match="29 of 30 townships are not in the timeline"):
        slider.ControlTimeline(short, shapes, package)


def test_displacement_is_a_basis_of_the_package() -> None:
    package = hostile.package()
    slices = checkered.slices(package)
    assert slider.ControlTimeline(slices, checkered.boundaries(), package, displacement="total")
    with pytest.raises(errors.UsageError, match="choose one of total"):
        slider.ControlTimeline(slices, checkered.boundaries(), package, displacement="all")


def test_the_ground_is_drawn_where_there_are_no_tiles_unless_told_otherwise(make: Make) -> None:
    for tiles, asked, drawn in (("OpenStreetMap", None, False), (None, None, True), (None, False, False)):
        base = folium.Map(tiles=tiles)
        make(ground=asked).add_to(base)
        assert f'"ground":{str(drawn).lower()}' in options_of(base)


def test_between_two_slices_it_opens_on_the_earlier(make: Make) -> None:
    base = folium.Map()
    make(on=dt.date(2021, 3, 30)).add_to(base)
    assert '"opens":0' in options_of(base)


def test_it_needs_a_map_and_is_alone_on_it(make: Make) -> None:
    with pytest.raises(errors.UsageError, match="shows itself on a map"):
        make().add_to(Figure()).render()
    base = folium.Map()
    make().add_to(base)
    make().add_to(folium.FeatureGroup().add_to(base))
    with pytest.raises(errors.UsageError, match="a map shows one ControlTimeline"):
        base.get_root().render()


def test_two_maps_with_tiles_of_the_same_input_have_the_same_bytes(make: Make) -> None:
    pages = []
    for _ in range(2):
        base = folium.Map(location=(19, 95))
        make(name="{{ 7*7 }}").add_to(base)
        folium.LayerControl().add_to(base)
        pages.append(folium_map.to_html(base))
    assert pages[0] == pages[1]
    assert '"\\u0026#123;&#123; 7*7' not in pages[0]
    assert "{{" not in pages[0].split("L.control.layers")[0].rpartition("overlays")[2]


def test_other_maps_keep_their_own_lists_of_links(make: Make) -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    make().add_to(folium.Map()).get_root().render()
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before


def test_the_policy_counts_scripts_and_styles_but_no_data() -> None:
    page = f'{policy.FIRST}<style>a</style><script type="application/json">1</script><script>b\r\n</script>'
    found = policy.policy(page)
    assert found.count("sha256-") == 2
    assert policy.policy(page.replace("\r\n", "\n")) == found
    assert "script-src 'none'; style-src 'none'" in policy.policy(policy.FIRST)
    with pytest.raises(errors.UsageError, match="begins with its character set"):
        policy.with_policy("<html></html>")


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("plain", "plain"),
        ("\u202ea", "\u202ea\u202c"),
        ("\u2067a\u202db", "\u2067a\u202db\u202c\u2069"),
        ("a\u2069\u202cb", "ab"),
        ("\u2067a\u202cb\u2069", "\u2067ab\u2069"),
        ("\u202aa\u202cb", "\u202aa\u202cb"),
    ],
)
def test_a_text_ends_the_directions_it_begins_and_no_others(text: str, closed: str) -> None:
    assert bidi.closed(text) == closed
    assert bidi.closed(closed) == closed
