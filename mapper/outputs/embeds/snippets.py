"""The forms that a newsroom pastes: a frame, a frame with our script, an element, and one for AMP."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SANDBOX: Final[Mapping[str, str]] = {
    "allow-scripts": "scripts",
    "allow-popups": "popups",
    "allow-popups-to-escape-sandbox": "escape",
    "allow-downloads": "downloads",
}
"""What the frame allows the map, each with the key of the sentence that says why.

Not allowed are its own origin (it needs none, and on the site's own host that would open the site to it), forms,
dialogs, pointer lock and leading the reader away from the article.
"""

ALLOW: Final = "clipboard-write"
"""The buttons that copy a link write to the clipboard, when the reader presses them."""

WIDTH: Final = 720
HEIGHT: Final = 600
"""Of the frame where a form has to name a size, in pixels; their ratio is that of the frame."""

LEAST: Final = 600
MOST: Final = 820
"""Between these a frame of a fixed shape stays, in pixels: on a phone its shape alone would leave the map no room."""

ATTRIBUTE: Final = 700
"""Height of the frame, in pixels, where the site's rules let no style stand in an attribute."""

STYLE: Final = (
    f"display:block;width:100%;height:auto;aspect-ratio:{WIDTH}/{HEIGHT};"
    f"min-height:{LEAST}px;max-height:{MOST}px;border:0"
)

PAGE: Final = "index.html"
FRAME: Final = "embed.html"
SCRIPT: Final = "embed.js"
ELEMENT: Final = "control-map.js"
POSTER: Final = "poster.png"


@dataclass(frozen=True)
class Place:
    """Where the files will stand and what is said of the map there."""

    url: str
    """Of the folder, with a slash at its end; empty where it is not known."""
    lang: str
    date: str
    """That the map opens on, ``2026-02-28``."""
    title: str
    alt: str
    full: str
    """What the link to the full page says."""
    has_poster: bool = False

    def of(self, name: str) -> str:
        """Give the address of one of the files: absolute where the folder's is known."""
        return self.url + name


def sandbox() -> str:
    """Give the value of the attribute: see :data:`SANDBOX`."""
    return " ".join(SANDBOX)


def frame(place: Place, *, follows: bool = False) -> str:
    """Write the frame alone: as wide as its column, of a fixed shape until a script gives it the map's height."""
    attributes = {
        "src": place.of(FRAME),
        "title": place.title,
        "lang": place.lang,
        "width": "100%",
        "height": str(ATTRIBUTE),
        "frameborder": "0",  # where the site's rules let no style stand in an attribute
        "loading": "lazy",
        "sandbox": sandbox(),
        "allow": ALLOW,
        "referrerpolicy": "no-referrer",
        "style": STYLE,
    }
    if follows:
        attributes["data-mapper"] = ""
    return f"<iframe {_written(attributes)}></iframe>"


def fixed(place: Place) -> str:
    """Write the frame with the words under it, which also say what the picture shows to who does not see it."""
    return _figure(place, frame(place))


def automatic(place: Place) -> str:
    """Write the same with the script that gives the frame the map's height."""
    script = f'<script src="{_text(place.of(SCRIPT))}" async></script>\n'
    return _figure(place, frame(place, follows=True)) + script


def element(place: Place) -> str:
    """Write the map as an element, with a link in it for where the script does not run."""
    attributes = {
        "src": place.of(FRAME),
        "date": place.date,
        "layer": "status",
        "lang": place.lang,
        "label": place.title,
    }
    inside = f"<control-map {_written(attributes)}>{_link(place)}</control-map>"
    return _figure(place, inside) + f'<script src="{_text(place.of(ELEMENT))}" async></script>\n'


def amp(place: Place) -> str:
    """Write the frame for AMP, which knows only addresses of https: ``place`` must have one.

    With a picture in it the frame may also stand near the top of a page.
    """
    attributes = {
        "src": place.of(FRAME),
        "title": place.title,
        "width": str(WIDTH),
        "height": str(HEIGHT),
        "layout": "responsive",
        "sandbox": sandbox(),
        "referrerpolicy": "no-referrer",
        "frameborder": "0",
    }
    inside = ""
    if place.has_poster:
        picture = {"layout": "fill", "src": place.of(POSTER), "alt": place.alt}
        inside = f"\n  <amp-img {_written(picture)} placeholder></amp-img>\n"
    return f"<amp-iframe {_written(attributes)}>{inside}</amp-iframe>\n<p>{_text(place.alt)} {_link(place)}</p>\n"


def _figure(place: Place, inside: str) -> str:
    caption = f'<figcaption lang="{_text(place.lang)}">{_text(place.alt)} {_link(place)}</figcaption>'
    return f"<figure>\n  {inside}\n  {caption}\n</figure>\n"


def _link(place: Place) -> str:
    return f'<a href="{_text(place.of(PAGE))}">{_text(place.full)}</a>'


def _written(attributes: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{_text(value)}"' for name, value in attributes.items())


def _text(text: str) -> str:
    return html.escape(text)
