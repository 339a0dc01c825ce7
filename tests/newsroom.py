"""A newsroom's article with our maps in it, as a browser has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

    from serving import Server

STYLE = "body { margin: 0 auto; max-width: 1168px; padding: 0 16px; font: 18px/1.5 serif } figure { margin: 24px 0 }"
NAMES = ("embed.html", "index.html", "embed.js", "control-map.js")
IS_FITTED = """(frame) => {
  const app = Object.values(MapperControl.apps)[0];
  const zoom = app.map.getBoundsZoom(app.data.bounds, false, L.point(24, 24));
  const centre = app.map.latLngToContainerPoint(L.latLngBounds(app.data.bounds).getCenter());
  return Math.abs(zoom - app.map.getZoom()) < 0.02 && centre.distanceTo(app.map.getSize().divideBy(2)) < 20;
}"""


class Article:
    """An article on another host than the maps, and what the browser complained of in it."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints

    def frames(self) -> list[Frame]:
        """Give the maps in it, once they are whole; there is one at least."""
        until(self.page, lambda: len(self.page.frames) > 1)
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
