"""A newsroom's article with our maps in it: at three widths, two on a page, under strict rules, attacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsroom import IS_FITTED, form, inner, own, until
from serving import well

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsroom import Article
    from serving import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 600, 1200])
def test_two_maps_in_an_article_under_strict_rules(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article], width: int
) -> None:
    seen = article(form(embed_files, "auto", maps) + "<p>Between.</p>" + form(embed_files, "fixed", maps), width=width)
    seen.show_all()
    fitted, fixed = seen.frames()
    until(seen.page, lambda: seen.heights()[0] != 700 and inner(fitted)[0] >= inner(fitted)[1])
    assert seen.heights()[1] == 700  # the attribute, since the rules let no style stand in one
    assert inner(fixed)[0] == 700
    assert fitted.evaluate(IS_FITTED)
    for frame in (fitted, fixed):
        assert frame.evaluate("origin") == "null"
        assert str(frame.locator(".mc-title").text_content()).startswith("On 30 June 2024, ")
    assert own(seen.complaints) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    asked = {path for path, _ in maps.asked}
    assert asked == {"/embed.html", "/embed.js"}


def test_the_height_follows_width_and_language(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    seen = article(form(embed_files, "auto", maps), width=1200)
    seen.show_all()
    (frame,) = seen.frames()
    until(seen.page, lambda: inner(frame)[0] != 700 and inner(frame)[0] >= inner(frame)[1])
    wide = seen.heights()[0]
    frame.select_option(".mc-languages select", "my")
    until(seen.page, lambda: seen.heights()[0] > wide and inner(frame)[0] >= inner(frame)[1])
    seen.page.set_viewport_size({"width": 600, "height": 900})
    until(seen.page, lambda: frame.evaluate("innerWidth") == 568 and inner(frame)[0] >= inner(frame)[1])
    until(seen.page, lambda: frame.evaluate(IS_FITTED))
    seen.page.set_viewport_size({"width": 1200, "height": 900})
    frame.select_option(".mc-languages select", "en")
    until(seen.page, lambda: seen.heights()[0] == wide)
    assert own(seen.complaints) == []


@pytest.mark.parametrize(("width", "height"), [(360, 600), (600, 600), (780, 623), (1200, 820)])
def test_without_our_script_the_frame_keeps_its_shape(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article], width: int, height: int
) -> None:
    rule = "default-src 'none'; frame-src {maps}; style-src 'self' 'unsafe-inline'"
    seen = article(form(embed_files, "auto", maps), width=width, rule=rule)
    seen.show_all()
    seen.frames()
    assert seen.heights()[0] == pytest.approx(height, abs=1)
    (complaint,) = seen.complaints
    assert "embed.js" in complaint  # that the rules stop it


ATTACK = """<iframe title="other" sandbox="allow-scripts" width="300" height="60" src="{maps}attack.html"></iframe>"""
ATTACKER = b"""<!DOCTYPE html><title>other</title><script>
window.got = [];
window.addEventListener("message", (event) => window.got.push(event.data));
window.strike = (data) => {
  parent.postMessage(data, "*");
  for (let i = 0; i < parent.frames.length; i++) parent.frames[i].postMessage({ type: "mapper:height?" }, "*");
};
</script>"""


def test_forged_messages_change_nothing_and_get_no_answer(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    maps.answers["/attack.html"] = well("attack.html", ATTACKER)
    seen = article(form(embed_files, "auto", maps) + ATTACK.replace("{maps}", maps.url))
    seen.show_all()
    fitted = seen.frame_of("embed.html")
    fitted.wait_for_selector(".mc-ready")
    until(seen.page, lambda: inner(fitted)[0] != 700 and inner(fitted)[0] >= inner(fitted)[1])
    before = seen.heights()
    other = seen.frame_of("attack.html")
    for height in ("1234", "'1234'", "NaN", "-5", "Infinity", "null", "{}"):
        message = f"{{ type: 'mapper:height', height: {height} }}"
        other.evaluate(f"strike({message})")  # closed off as the map is: only the source tells them apart
        seen.page.evaluate(f"postMessage({message}, '*')")
    seen.settle(other)
    assert seen.heights() == before
    assert other.evaluate("got.filter((data) => data && data.type === 'mapper:height')") == []
    assert own(seen.complaints) == []


@pytest.mark.parametrize(
    ("said", "height"), [("1e9", 4000), ("1", 240), ("NaN", None), ("'900'", None), ("900.2", 901)]
)
def test_what_the_frame_itself_says_is_held_within_bounds(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article], said: str, height: int | None
) -> None:
    maps.answers["/embed.html"] = well("embed.html", ATTACKER)  # somebody has taken the place of the map
    seen = article(form(embed_files, "auto", maps))
    seen.show_all()
    frame = seen.frame_of("embed.html")
    frame.wait_for_load_state("load")
    frame.evaluate(f"parent.postMessage({{ type: 'mapper:height', height: {said} }}, '*')")
    seen.settle(frame)
    assert seen.heights()[0] == (700 if height is None else height)


def test_a_frame_with_an_origin_of_its_own_is_known_by_it(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    text = form(embed_files, "auto", maps).replace("allow-scripts ", "allow-scripts allow-same-origin ")
    seen = article(text)
    seen.show_all()
    (frame,) = seen.frames()
    assert frame.evaluate("origin") == maps.url.rstrip("/")
    until(seen.page, lambda: inner(frame)[0] != 700 and inner(frame)[0] >= inner(frame)[1])


def test_the_map_says_nothing_unasked(
    embed_files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    seen = article(form(embed_files, "fixed", maps))
    seen.page.evaluate("window.got = []; addEventListener('message', (event) => window.got.push(event.data))")
    seen.show_all()
    (frame,) = seen.frames()
    frame.select_option(".mc-languages select", "my")
    frame.evaluate("parent.postMessage('settled', '*')")
    until(seen.page, lambda: seen.page.evaluate("got.length") > 0)
    assert seen.page.evaluate("got") == ["settled"]
