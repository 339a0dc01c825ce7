"""A newsroom's article with our maps in it: at three widths, two on a page, under strict rules, attacked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import checkered
from mapper.outputs.embeds import kit
from serving import Server, serving, well

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser
STYLE = "body { margin: 0 auto; max-width: 1168px; padding: 0 16px; font: 18px/1.5 serif } figure { margin: 24px 0 }"
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("embed.html", "index.html", "embed.js", "control-map.js")
IS_FITTED = """(frame) => {
  const app = Object.values(MapperControl.apps)[0];
  const zoom = app.map.getBoundsZoom(app.data.bounds, false, L.point(24, 24));
  const centre = app.map.latLngToContainerPoint(L.latLngBounds(app.data.bounds).getCenter());
  return Math.abs(zoom - app.map.getZoom()) < 0.02 && centre.distanceTo(app.map.getSize().divideBy(2)) < 20;
}"""
STATE = "() => { const { lang, slice, by } = Object.values(MapperControl.apps)[0].state; return [lang, slice, by]; }"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    package = checkered.coloured(checkered.package())
    return kit.files(checkered.slices(package), checkered.boundaries(), package, lang="en")


@pytest.fixture
def maps(files: dict[str, bytes]) -> Iterator[Server]:
    """Serve the maps on a host of their own."""
    with serving(
        {f"/{name}": well(name, files[name], Content_Security_Policy="frame-ancestors *") for name in NAMES}
    ) as one:
        yield one


class Article:
    """An article on another host than the maps, and what the browser complained of in it."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints

    def frames(self) -> list[Frame]:
        """Give the maps in it, once they are whole."""
        found = self.page.frames[1:]
        for frame in found:
            frame.wait_for_selector(".mc-ready")
        return found

    def frame_of(self, name: str) -> Frame:
        """Give the frame that a page stands in."""
        return next(frame for frame in self.page.frames if f"/{name}" in frame.url)

    def show_all(self) -> None:
        """Bring each map on the screen, as who reads the article does: they load no sooner."""
        for frame in self.page.locator("iframe").all():
            frame.scroll_into_view_if_needed()

    def settle(self, frame: Frame) -> None:
        """Wait until all that was sent before has arrived: a message goes round by the frame and back."""
        self.page.evaluate(
            "window.back = false; addEventListener('message', (event) => { if (event.data === 'round') back = true; })"
        )
        number = self.page.frames.index(frame) - 1
        self.page.evaluate("(number) => window.frames[number].postMessage('settled', '*')", number)
        until(frame, lambda: frame.evaluate("got.includes('settled')"))
        frame.evaluate("parent.postMessage('round', '*')")
        until(self.page, lambda: self.page.evaluate("back"))

    def heights(self) -> list[float]:
        return [box["height"] for box in map(self._box, self.page.locator("iframe").all())]

    @staticmethod
    def _box(locator: Any) -> Any:  # noqa: ANN401 -- Playwright's box, or none
        found = locator.bounding_box()
        assert found
        return found


@pytest.fixture
def article(browser: Browser, maps: Server) -> Iterator[Callable[..., Article]]:
    """Open an article with a form in it, under a policy that allows maps and scripts from one host alone."""
    contexts = []
    with serving({}, host="localhost") as news:

        def opened(body: str, *, width: int = 600, rule: str | None = None, **options: Any) -> Article:  # noqa: ANN401 -- Playwright's
            host = maps.url.rstrip("/")
            strict = f"default-src 'none'; frame-src {host}; script-src {host}; style-src 'self'; img-src 'self'"
            text = (
                '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>News</title>'
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                f'<link rel="stylesheet" href="a.css"><h1>News</h1><p>Before.</p>{body}<p>After.</p>'
            )
            given = {"Content_Security_Policy": strict if rule is None else rule.replace("{maps}", host)}
            news.answers["/a.html"] = well("a.html", text.encode(), **given)
            news.answers["/a.css"] = well("a.css", STYLE.encode())
            news.answers["/favicon.ico"] = well("favicon.ico", b"")
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)
            contexts.append(context)
            page, complaints = context.new_page(), []
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(news.url + "a.html")
            return Article(page, complaints)

        yield opened
        for context in contexts:
            context.close()


def form(files: dict[str, bytes], name: str, at: Server, fragment: str = "") -> str:
    """Give a form as its file has it, put to the address of a server as the page of forms says."""
    text = files[f"snippet.{name}.txt"].decode()
    for file in NAMES:
        text = text.replace(f'"{file}', f'"{at.url}{file}')
    return text.replace("embed.html", f"embed.html{fragment}")


def own(complaints: list[str]) -> list[str]:
    """Leave out the one complaint of a strict page, on the style attribute of the frame, which then counts not."""
    return [text for text in complaints if "Applying inline style" not in text]


def until(page: Page | Frame, holds: Callable[[], bool]) -> None:
    """Wait for a condition frame by frame; a page's policy forbids what Playwright does for that."""
    for _ in range(600):
        if holds():
            return
        page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    raise AssertionError("it never came to hold")


def inner(frame: Frame) -> tuple[int, int]:
    """Give the height that a frame has, and that of what is in it."""
    return tuple(frame.evaluate("[innerHeight, document.documentElement.scrollHeight]"))


@pytest.mark.parametrize("width", [360, 600, 1200])
def test_two_maps_in_an_article_under_strict_rules(
    files: dict[str, bytes], maps: Server, article: Callable[..., Article], width: int
) -> None:
    seen = article(form(files, "auto", maps) + "<p>Between.</p>" + form(files, "fixed", maps), width=width)
    seen.show_all()
    fitted, fixed = seen.frames()
    until(seen.page, lambda: seen.heights()[0] > 600 and inner(fitted)[0] >= inner(fitted)[1])
    assert seen.heights()[1] == 560  # the attribute, since the rules let no style stand in one
    assert inner(fixed)[0] == 560
    assert fitted.evaluate(IS_FITTED)
    for frame in (fitted, fixed):
        assert frame.evaluate("origin") == "null"
        assert str(frame.locator(".mc-title").text_content()).startswith("On 30 June 2024, ")
    assert own(seen.complaints) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    asked = {path for path, _ in maps.asked}
    assert asked == {"/embed.html", "/embed.js"}


def test_the_height_follows_width_and_language(
    files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    seen = article(form(files, "auto", maps), width=1200)
    seen.show_all()
    (frame,) = seen.frames()
    until(seen.page, lambda: inner(frame)[0] != 560 and inner(frame)[0] >= inner(frame)[1])
    wide = seen.heights()[0]
    frame.select_option(".mc-languages select", "my")
    until(seen.page, lambda: seen.heights()[0] > wide and inner(frame)[0] >= inner(frame)[1])
    seen.page.set_viewport_size({"width": 600, "height": 900})
    until(seen.page, lambda: seen.heights()[0] > wide + 200 and inner(frame)[0] >= inner(frame)[1])
    seen.page.set_viewport_size({"width": 1200, "height": 900})
    frame.select_option(".mc-languages select", "en")
    until(seen.page, lambda: seen.heights()[0] == wide)
    assert own(seen.complaints) == []


@pytest.mark.parametrize(("width", "height"), [(360, 560), (600, 560), (780, 623), (1200, 760)])
def test_without_our_script_the_frame_keeps_its_shape(
    files: dict[str, bytes], maps: Server, article: Callable[..., Article], width: int, height: int
) -> None:
    rule = "default-src 'none'; frame-src {maps}; style-src 'self' 'unsafe-inline'"
    seen = article(form(files, "auto", maps), width=width, rule=rule)
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
    files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    maps.answers["/attack.html"] = well("attack.html", ATTACKER)
    seen = article(form(files, "auto", maps) + ATTACK.replace("{maps}", maps.url))
    seen.show_all()
    fitted = seen.frame_of("embed.html")
    fitted.wait_for_selector(".mc-ready")
    until(seen.page, lambda: inner(fitted)[0] != 560 and inner(fitted)[0] >= inner(fitted)[1])
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
    files: dict[str, bytes], maps: Server, article: Callable[..., Article], said: str, height: int | None
) -> None:
    maps.answers["/embed.html"] = well("embed.html", ATTACKER)  # somebody has taken the place of the map
    seen = article(form(files, "auto", maps))
    seen.show_all()
    frame = seen.frame_of("embed.html")
    frame.wait_for_load_state("load")
    frame.evaluate(f"parent.postMessage({{ type: 'mapper:height', height: {said} }}, '*')")
    seen.settle(frame)
    assert seen.heights()[0] == (560 if height is None else height)


def test_a_frame_with_an_origin_of_its_own_is_known_by_it(
    files: dict[str, bytes], maps: Server, article: Callable[..., Article]
) -> None:
    text = form(files, "auto", maps).replace("allow-scripts ", "allow-scripts allow-same-origin ")
    seen = article(text)
    seen.show_all()
    (frame,) = seen.frames()
    assert frame.evaluate("origin") == maps.url.rstrip("/")
    until(seen.page, lambda: inner(frame)[0] != 560 and inner(frame)[0] >= inner(frame)[1])


def test_the_map_says_nothing_unasked(files: dict[str, bytes], maps: Server, article: Callable[..., Article]) -> None:
    seen = article(form(files, "fixed", maps))
    seen.page.evaluate("window.got = []; addEventListener('message', (event) => window.got.push(event.data))")
    seen.show_all()
    (frame,) = seen.frames()
    frame.select_option(".mc-languages select", "my")
    frame.evaluate("parent.postMessage('settled', '*')")
    until(seen.page, lambda: seen.page.evaluate("got.length") > 0)
    assert seen.page.evaluate("got") == ["settled"]


def element(maps: Server, **attributes: str) -> str:
    given = {"src": maps.url + "embed.html", **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f'<control-map {written}><a href="x">Map</a></control-map><script src="{maps.url}control-map.js"></script>'


def src(seen: Article) -> str | None:
    return seen.page.evaluate(
        "document.querySelector('control-map').shadowRoot.querySelector('iframe').getAttribute('src')"
    )


def test_the_element_says_date_layer_and_language_and_follows_them(
    maps: Server, article: Callable[..., Article]
) -> None:
    seen = article(element(maps, date="2022-05-12", layer="holder", lang="my", label="A map"), width=1200)
    (frame,) = seen.frames()
    assert frame.evaluate(STATE) == ["my", 5, "holder"]
    assert src(seen) == maps.url + "embed.html#d=2022-05-12&b=holder&l=my"
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
    until(seen.page, lambda: inner(frame)[0] != 560 and inner(frame)[0] >= inner(frame)[1])
    assert seen.complaints == []


def test_two_elements_each_keep_to_themselves_and_may_move(maps: Server, article: Callable[..., Article]) -> None:
    seen = article(element(maps, date="2021-06-30") + element(maps, date="2022-06-30"))
    assert sorted(frame.evaluate(STATE)[1] for frame in seen.frames()) == [2, 6]
    seen.page.evaluate("document.body.append(document.querySelector('control-map'))")
    seen.page.evaluate("document.querySelector('control-map').remove()")
    seen.page.frame_locator("control-map iframe").locator(".mc-ready").wait_for()
    (frame,) = seen.frames()
    assert frame.evaluate(STATE)[1] == 2
    until(seen.page, lambda: inner(frame)[0] != 560 and inner(frame)[0] >= inner(frame)[1])
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


@pytest.fixture
def forms(browser: Browser, files: dict[str, bytes]) -> Iterator[Callable[..., Page]]:
    """Open the page of forms."""
    contexts = []
    with serving({"/snippet.html": well("snippet.html", files["snippet.html"])}, host="localhost") as server:

        def opened(**options: Any) -> Page:  # noqa: ANN401 -- Playwright's
            context = browser.new_context(**options)
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: pytest.fail(message.text))
            page.goto(server.url + "snippet.html")
            return page

        yield opened
        for context in contexts:
            context.close()


def test_a_button_copies_the_form_beside_it(forms: Callable[..., Page], files: dict[str, bytes]) -> None:
    page = forms(permissions=["clipboard-read", "clipboard-write"])
    for name in ("fixed", "auto", "element"):
        button = page.locator(f"button[data-copies={name}]")
        button.click()
        expect(button.locator("xpath=following-sibling::span")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == files[f"snippet.{name}.txt"].decode()


def test_where_the_browser_refuses_the_form_is_marked(forms: Callable[..., Page], files: dict[str, bytes]) -> None:
    page = forms()
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); 0")
    page.locator("button[data-copies=fixed]").click()
    expect(page.locator("button[data-copies=fixed] + span")).to_contain_text("copy it with the keyboard")
    assert page.evaluate("String(getSelection())").strip() == files["snippet.fixed.txt"].decode().strip()


@pytest.mark.parametrize(
    "screen",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}],
    ids=str,
)
def test_the_page_of_forms_keeps_nobody_out(forms: Callable[..., Page], screen: dict[str, Any]) -> None:
    page = forms(**screen)
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(result["passes"]) > 15
    assert [f"{one['id']}: {node['html'][:90]}" for one in result["violations"] for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if screen.get("has_touch"):
        heights = page.evaluate("Array.from(document.querySelectorAll('button'), (one) => one.offsetHeight)")
        assert min(heights) >= 44
