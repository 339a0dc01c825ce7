"""The one plugin: puts a time-sliced control map, with all that belongs to it, on a Folium map.

Text that branca renders is compiled as a template a second time, its helpers rename the keys of data, and its
lists of links are shared by all maps. So nothing of ours goes through any of that: see :class:`Verbatim`.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from branca.element import Element, Figure, MacroElement

from mapper import errors
from mapper.outputs import payload

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS: Final[tuple[str, ...]] = (
    "namespace.js",
    "words.js",
    "dom.js",
    "decode.js",
    "record.js",
    "patterns.js",
    "paint.js",
    "labels.js",
    "layer.js",
    "drawing.js",
    "shell.js",
    "legend.js",
    "slider.js",
    "people.js",
    "changes.js",
    "reports.js",
    "card.js",
    "travel.js",
    "start.js",
)
"""Each needs only what stands before it."""

SHARED: Final = ("mapper_control_css", "mapper_control_js")
"""Under these names the plugin's style and script stand in a figure's head, once for all maps."""

STYLES: Final[tuple[str, ...]] = ("control.css",)


class Verbatim(Element):
    """Text that reaches the page exactly as it is."""

    def __init__(self, text: str) -> None:
        """Keep the text; nothing compiles it."""
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_: Any) -> str:  # noqa: ANN401 -- branca's signature
        """Give the text."""
        return self.text


class ControlTimeline(MacroElement):
    """The slices, the slider, the legend, the township's card and all, for one map.

    ``data`` is what :func:`mapper.outputs.payload.payload` gives. The map must have Leaflet 1.9; everything else
    the plugin brings along: ``ControlTimeline(data).add_to(folium.Map(tiles=None))``.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Keep the data as the text that the page will hold."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ControlTimeline"
        self.text = payload.to_json(data)

    def render(self, **_: Any) -> None:  # type: ignore[override]  # noqa: ANN401 -- as every branca macro does
        """Put style, script and data into the figure; style and script once, however many maps it has."""
        figure = self.get_root()
        if not isinstance(figure, Figure) or self._parent is None:
            raise errors.UsageError("a ControlTimeline shows itself on a map: ControlTimeline(data).add_to(map)")
        name = self.get_name()
        css, js = SHARED
        figure.header.add_child(Verbatim(f"<style>\n{styles()}</style>"), name=css)
        figure.header.add_child(Verbatim(f"<script>\n{scripts()}</script>"), name=js)
        figure.html.add_child(
            Verbatim(f'<script type="application/json" id="{name}">{self.text}</script>'), name=f"{name}_data"
        )
        figure.script.add_child(Verbatim(f'MapperControl.start({self._parent.get_name()}, "{name}");'), name=name)


def scripts() -> str:
    """Give the plugin's script, one file after the other."""
    return "".join(asset(name) for name in SCRIPTS)


def styles() -> str:
    """Give the plugin's style."""
    return "".join(asset(name) for name in STYLES)


def asset(name: str) -> str:
    """Read one of the files in ``web/``."""
    return resources.files("mapper.outputs").joinpath("web", name).read_text(encoding="utf-8")
