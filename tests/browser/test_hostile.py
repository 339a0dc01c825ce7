"""Whatever the data hold is shown as text: nothing of it runs, and no template takes it for its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jinja2
import pytest

import checkered
import hostile
from mapper.outputs import bidi, folium_map, payload
from seen import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapper.tables import Package
    from mapper.timeline import Timeline
    from seen import Seen

pytestmark = pytest.mark.browser
MARK = re.compile("⟦([^⟧]*)⟧")

NOT_SENT = {
    "Package.name", "Report.doubt", "Report.report_id", "Report.withdrawn_why", "Source.affiliation", "Source.licence",
    "Source.title",
    "Boundaries.title", "bases.note", "displacement.note", "refugees.country", "townships.district",
    "movements.note", "movements.origin_beside_code", "movements.destination_beside_code",
    "aliases.seen_in", "junta_lists.township",
}  # fmt: skip
"""Free texts that the page does not get. One that it gets some day must be seen by the test below."""

ALL_TEXT = """() => {
  const named = ["title", "label", "aria-label", "placeholder", "alt", "aria-valuetext", "content"];
  const texts = [document.body.innerText, document.querySelector(".mc").textContent];
  for (const node of document.querySelectorAll(".mc *")) {
    for (const name of named) if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
  }
  return texts.join("\\n");
}"""
OPEN_ALL = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
TOO_WIDE = """() => Array.from(document.querySelectorAll(".mc :not(canvas)")).filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width > innerWidth || (!node.closest(".mc-side, .mc-long") && box.height > 2 * innerHeight);
}).map((node) => node.className)"""


@pytest.fixture(scope="module")
def strange() -> Package:
    return hostile.package()


@pytest.fixture(scope="module")
def data(strange: Package) -> dict[str, Any]:
    return payload.payload(checkered.slices(strange), hostile.boundaries(), strange)


@pytest.fixture(scope="module")
def page_text(strange: Package) -> str:
    slices: Timeline = checkered.slices(strange)
    return folium_map.to_html(folium_map.control_map(slices, hostile.boundaries(), strange))


def texts(data: object) -> Iterator[str]:
    """Every text in data of any depth."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value)


def marks(found: str) -> set[str]:
    return set(MARK.findall(found))


def test_every_free_text_is_known_to_be_sent_or_not(data: dict[str, Any], strange: Package) -> None:
    every = marks(" ".join(texts([_fields(strange), _fields(hostile.boundaries())])))
    sent = {name for text in texts(data) for name in marks(text)}
    assert sent == every - NOT_SENT


def _fields(item: Any) -> list[Any]:  # noqa: ANN401 -- a package, its boundaries, or a record in them
    """Everything in a record as lists and dictionaries."""
    if hasattr(item, "to_dict"):
        return [
            value for row in item.drop(columns="geometry", errors="ignore").to_dict("records") for value in row.values()
        ]
    if hasattr(item, "__dataclass_fields__"):
        return [_fields(getattr(item, name)) for name in item.__dataclass_fields__]
    if isinstance(item, dict):
        return [_fields(value) for value in item.values()]
    return [_fields(one) for one in item] if isinstance(item, list | tuple) else [item]


def test_no_text_ends_inside_the_directions_that_it_begins(data: dict[str, Any]) -> None:
    assert all(bidi.closed(text) == text for text in texts(data))


def test_no_link_leaves_the_web(data: dict[str, Any]) -> None:
    assert set(data["sources"]["url"].split("-")) == {"0"}, "each address in the made-up data is a bad one"


def test_a_template_finds_nothing_in_the_data(data: dict[str, Any]) -> None:
    written = payload.to_json(data)
    assert jinja2.Template(written).render() == written


def test_hostile_texts_are_shown_and_do_nothing(
    page_text: str, data: dict[str, Any], look: Callable[..., Seen]
) -> None:
    seen = look(page_text, bypass_csp=False)
    page = seen.page
    shown = marks(page.evaluate(ALL_TEXT))
    page.evaluate("Object.values(MapperControl.apps)[0].set({since: 1, split: 50})")
    changes = page.locator(".mc-changes").text_content()
    assert {"Source.publisher", "Report.claimant", "townships.name_en"} <= marks(changes)
    assert page.locator(".mc-changes a").count() == 0, "no link but to the web"
    page.evaluate("Object.values(MapperControl.apps)[0].set({since: null, split: null})")
    for side in ("people", "abroad", "flows"):
        page.locator(f"select[id$=_{side}]").select_option(index=1)
    page.evaluate(OPEN_ALL)
    shown |= marks(page.evaluate(ALL_TEXT))
    for index in range(len(checkered.PCODES)):
        choose(page, checkered.PCODES[index])
        assert page.locator(".mc-card h2").text_content() == data["townships"]["en"][index]
        page.evaluate(OPEN_ALL)
        shown |= marks(page.evaluate(ALL_TEXT))
        assert page.locator(".mc-card a").count() == 0, "no link but to the web"
    page.locator(".mc-layers [value=m]").check()
    page.locator(".mc-layers [value=t]").check()
    for sought in ("towns", "aliases", "x" * 50, "<b>", "%"):
        page.locator(".mc-find input").fill(sought)
        shown |= marks(page.evaluate(ALL_TEXT))
    seen.go_to(4)
    page.select_option(".mc-languages select", "my")
    page.evaluate(OPEN_ALL)
    shown |= marks(page.evaluate(ALL_TEXT))
    assert {name for text in texts(data) for name in marks(text)} == shown
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, script[src], .mc b b").count() == 0
    assert seen.complaints == []
    assert len([url for url in seen.requests if not url.startswith("data:")]) == 1


def test_nothing_of_it_ran_as_a_template(page_text: str, look: Callable[..., Seen]) -> None:
    text = look(page_text).page.evaluate(ALL_TEXT)
    assert "{{ 7*7 }} {% raw %} {# gone #}" in text
    assert "49 " not in text


@pytest.mark.parametrize("width", [1280, 390])
def test_a_text_beyond_all_measure_breaks_no_layout(page_text: str, look: Callable[..., Seen], width: int) -> None:
    page = look(page_text, width=width, height=844).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for index in range(11):
        choose(page, checkered.PCODES[index])
        page.evaluate(OPEN_ALL)
        assert page.evaluate(TOO_WIDE) == []
        assert page.locator(".mc-stage").bounding_box()["height"] > 200
        assert page.locator(".mc-card h2").bounding_box()["height"] < 200
        assert page.locator("input[type=range]").first.bounding_box()["width"] > 100
