"""The map as an element: its attributes are values in an address, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from newsroom import inner, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsroom import Article
    from serving import Server

pytestmark = pytest.mark.browser
STATE = "() => { const { lang, slice, by } = Object.values(MapperControl.apps)[0].state; return [lang, slice, by]; }"


def element(maps: Server, *, page: str = "embed.html", **attributes: str) -> str:
    given = {"src": maps.url + page, **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f'<control-map {written}><a href="x">Map</a></control-map><script src="{maps.url}control-map.js"></script>'


def src(seen: Article) -> str | None:
    return seen.page.evaluate(
        "document.querySelector('control-map').shadowRoot.querySelector('iframe').getAttribute('src')"
    )


def test_the_element_says_date_layer_and_language_and_follows_them(
    maps: Server, article: Callable[..., Article]
) -> None:
    seen = article(
        element(maps, page="index.html", date="2022-05-12", layer="holder", lang="my", label="A map"), width=1200
    )
    (frame,) = seen.frames()
    assert frame.evaluate(STATE) == ["my", 5, "holder"]
    assert src(seen) == maps.url + "index.html#d=2022-05-12&b=holder&l=my"
    inside = seen.page.locator("control-map iframe")
    assert inside.get_attribute("title") == "A map"
    assert (
        inside.get_attribute("sandbox") == "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
    )
    frame.evaluate("window.same = true")
    seen.page.evaluate(
        "Object.assign(document.querySelector('control-map'), {lang: 'en'}).setAttribute('date', '2021-06-30')"
    )
    until(frame, lambda: frame.evaluate(STATE) == ["en", 2, "holder"])
    assert frame.evaluate("window.same")  # not loaded anew
    assert seen.complaints == []


def test_two_elements_each_keep_to_themselves_and_may_move(maps: Server, article: Callable[..., Article]) -> None:
    seen = article(element(maps, date="2021-06-30") + element(maps, date="2022-06-30"))
    assert sorted(frame.evaluate(STATE)[1] for frame in seen.frames()) == [2, 6]
    seen.page.evaluate("document.body.append(document.querySelector('control-map'))")
    seen.page.evaluate("document.querySelector('control-map').remove()")
    seen.page.frame_locator("control-map iframe").locator(".mc-ready").wait_for()
    (frame,) = seen.frames()
    assert frame.evaluate(STATE)[1] == 2
    until(seen.page, lambda: inner(frame)[0] != 700 and inner(frame)[0] >= inner(frame)[1])
    assert seen.complaints == []


HOSTILE = [
    ("src", "javascript:parent.hacked=1"),
    ("src", "JaVaScRiPt:parent.hacked=1"),
    ("src", " java\nscript:parent.hacked=1"),
    ("src", "data:text/html,<script>parent.hacked=1</script>"),
    ("src", "blob:http://localhost/1"),
    ("src", "file:///etc/passwd"),
    ("src", "http://[::1"),
    ("src", ""),
]


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_an_address_that_no_map_comes_from_is_not_loaded(
    maps: Server, article: Callable[..., Article], name: str, value: str
) -> None:
    seen = article(element(maps), rule="")
    seen.page.evaluate(
        "([name, value]) => document.querySelector('control-map').setAttribute(name, value)", [name, value]
    )
    assert src(seen) is None
    assert seen.page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "value", ['"><script>hacked=1</script>', "holder&l=my", "a#b", "x" * 101, "", "constructor", "%00"]
)
def test_hostile_attributes_are_a_value_or_nothing(maps: Server, article: Callable[..., Article], value: str) -> None:
    seen = article(element(maps), rule="")
    for name in ("date", "layer", "lang", "township", "view", "displacement"):
        seen.page.evaluate(
            "([name, value]) => document.querySelector('control-map').setAttribute(name, value)", [name, value]
        )
    (frame,) = seen.frames()
    assert frame.evaluate(STATE) == ["en", 14, "status"]
    fragment = str(src(seen)).partition("#")[2]
    assert re.fullmatch(r"([a-z]=constructor&?)*", fragment)
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator("script").count() == 1
