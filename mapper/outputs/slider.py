"""The one plugin: puts a time-sliced control map, with all that belongs to it, on a Folium map.

Text that branca renders is compiled as a template a second time, its helpers rename the keys of data, and its
lists of links are shared by all maps. So nothing of ours goes through any of that: see :class:`Verbatim`.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Element, Figure
from folium.map import Layer

from mapper import errors
from mapper.outputs import bundle, forms, payload, record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

RELATIVE: Final = re.compile(r"(?!//)[A-Za-z0-9._~/%-]+")
"""The address of a page beside this one: a path, without a scheme, a query or a fragment."""

SHARED: Final = ("mapper_control_css", "mapper_control_js")
"""Under these names the plugin's style and script stand in a figure's head, once for all maps."""


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


class ControlTimeline(Layer):
    """The slices, the slider, the legend, the township's card and all, as one layer of a Folium map.

    ``timeline`` says what is drawn, ``boundaries`` have a shape for every township of ``package``, which has the
    reports and names. The map must have Leaflet 1.9, as Folium's has; everything else the layer brings along.

    ``name``: what the layer is called in a ``folium.LayerControl``.
    ``overlay``, ``control``, ``show``: as of every Folium layer; it is an overlay, listed, and shown at once.
    ``lang``: the language that the page opens in.
    ``displacement``: the basis of the figures that are drawn as circles at first, such as ``"idp_total"``; ``""``
    draws none until the reader chooses.
    ``on``: the date that it opens on, the latest slice by default; between two slices, the earlier.
    ``ground``: whether it draws land and sea around the country; ``None`` does so on a map without tiles.
    ``opacity``: of the townships' colours, above 0 and up to 1; below 1 tiles show through.
    ``fit``: whether the map moves to the whole country when the layer is first shown.
    ``lean``: whether it is half as heavy and leaves reports, displacement, holders' colours, search, comparison and the
    table to the whole page.
    ``whole_page``: the address of that page, ``https://...`` or a path, which a lean one links to.
    ``lean_page``: the address of a lean page, whose lines for an article readers of a whole one may copy.

    Raises :class:`errors.UsageError` for an option out of its range, and where the parts do not belong together.

    >>> import datetime as dt, folium, mapper
    >>> package = mapper.open_package()
    >>> timeline = mapper.make_timeline(package, start=dt.date(2024, 1, 31), end=dt.date(2024, 3, 31))
    >>> layer = ControlTimeline(timeline, mapper.load_boundaries(package), package, opacity=0.8)
    >>> layer.add_to(folium.Map()) is layer
    True
    """

    def __init__(
        self,
        timeline: Timeline,
        boundaries: Boundaries,
        package: Package,
        *,
        name: str = "Territorial control",
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
        lang: str = "en",
        displacement: str = "",
        on: dt.date | None = None,
        ground: bool | None = None,
        opacity: float = 1.0,
        fit: bool = True,
        lean: bool = False,
        whole_page: str = "",
        lean_page: str = "",
    ) -> None:
        """Decide everything that the page will show."""
        _check_parts(timeline, boundaries, package)
        _check_opacity(opacity)
        _check_address("whole_page", whole_page, of_other=lean)
        _check_address("lean_page", lean_page, of_other=not lean)
        opens = _slice_on(timeline, on)
        self.form = forms.LEAN if lean else forms.WHOLE
        data = payload.payload(timeline, boundaries, package, lang=lang, form=self.form)
        _check_basis(displacement, data["people"]["inside"]["bases"])
        data["people"]["inside"]["first"] = displacement
        # LayerControl writes the name as HTML, through a template.
        super().__init__(html.escape(name).replace("{", "&#123;"), overlay, control, show)
        self._name = "ControlTimeline"
        self.ground = ground
        self.options = {"opens": opens, "opacity": opacity, "fit": fit, "whole": whole_page, "lean": lean_page}
        self.titles: dict[str, str] = {lang: payload.title(timeline, timeline.dates[opens], lang=lang)}
        self.text = payload.to_json(data)

    def render(self, **_: Any) -> None:  # type: ignore[override]  # noqa: ANN401 -- as every branca macro does
        """Put style, script and data into the figure; style and script once, however many maps it has."""
        figure, parent = self.get_root(), self._parent
        base = _map_of(self)
        if not isinstance(figure, Figure) or parent is None or base is None:
            raise errors.UsageError("a ControlTimeline shows itself on a map: put it there with .add_to(folium.Map())")
        if any(isinstance(other, ControlTimeline) and other is not self for other in _below(base)):
            raise errors.UsageError("a map shows one ControlTimeline; put the other one on a map of its own")
        name = self.get_name()
        layers = [layer for layer in _below(figure) if isinstance(layer, ControlTimeline)]
        both = [layer.form for layer in layers]
        css, js = SHARED
        figure.header.add_child(Verbatim(f"<style>\n{bundle.small(forms.style(*both), 'css')}</style>"), name=css)
        figure.header.add_child(Verbatim(f"<script>\n{bundle.small(forms.script(*both), 'js')}</script>"), name=js)
        figure.html.add_child(
            Verbatim(f'<script type="application/json" id="{name}">{self.text}</script>'), name=f"{name}_data"
        )
        options = payload.to_json({**self.options, "ground": self._draws_ground(base), "box": _box(base)})
        start = f'var {name} = MapperControl.timeline("{name}", {options});'
        if self.show:
            start += f"\n{name}.addTo({parent.get_name()});"
        figure.script.add_child(Verbatim(start), name=name)
        for child in self._children.values():
            child.render()

    def _draws_ground(self, base: folium.Map) -> bool:
        if self.ground is not None:
            return self.ground
        return not any(isinstance(layer, folium.TileLayer) for layer in _below(base))


def _check_parts(timeline: Timeline, boundaries: Boundaries, package: Package) -> None:
    """Hold the three against one another: each township has a history and a shape."""
    townships = {str(pcode) for pcode in package.townships.index}
    for what, found, cause in (
        ("the timeline", set(timeline.stretches), "was it made from another package?"),
        ("the boundaries", {str(pcode) for pcode in boundaries.townships.index}, "are they of another year?"),
    ):
        lacking = sorted(townships - found)
        if lacking:
            some = ", ".join(lacking[:3]) + (" ..." if len(lacking) > 3 else "")  # noqa: PLR2004 -- three say enough
            raise errors.UsageError(f"{len(lacking)} of {len(townships)} townships are not in {what} ({some}); {cause}")


def _check_opacity(opacity: float) -> None:
    if not 0 < opacity <= 1:
        hint = f"; for {opacity:g} per cent write {opacity / 100:g}" if 1 < opacity <= 100 else ""  # noqa: PLR2004 -- per cent
        raise errors.UsageError(f"opacity {opacity!r} is not above 0 and up to 1{hint}")


def _check_address(option: str, address: str, *, of_other: bool) -> None:
    """Hold the address of the page of the other form to what a link may be."""
    if not address:
        return
    if not of_other:
        form = option.partition("_")[0]
        raise errors.UsageError(f"{option} is for the page of the other form; this one is {form} itself: leave it out")
    if not (record.safe_url(address) or RELATIVE.fullmatch(address)):
        raise errors.UsageError(
            f"{errors.shown(address)} is no address of a page; write https://... or a path such as index.html"
        )


def _check_basis(basis: str, bases: Sequence[Mapping[str, Any]]) -> None:
    known = [str(one["id"]) for one in bases]
    if basis and basis not in known:
        there = f"choose one of {', '.join(known)}" if known else "the package has none up to the last slice"
        raise errors.UsageError(f"{errors.shown(basis)} is no basis of displacement figures here; {there}")


def _slice_on(timeline: Timeline, on: dt.date | None) -> int:
    """Give the number of the slice that holds on a date."""
    first, last = timeline.dates[0], timeline.dates[-1]
    if on is None:
        return len(timeline.dates) - 1
    if not first <= on <= last:
        raise errors.UsageError(
            f"the map cannot open on {on}: its slices go from {first} to {last}. Choose a date in between, "
            "or make the timeline longer"
        )
    return bisect_right(timeline.dates, on) - 1


def _map_of(element: Element) -> folium.Map | None:
    """Give the map that an element stands on, itself or in a group of layers."""
    found = element._parent  # noqa: SLF001 -- the tree has no public face
    while found is not None and not isinstance(found, folium.Map):
        found = found._parent  # noqa: SLF001 -- see above
    return found


def _below(element: Element) -> Iterator[Element]:
    for child in element._children.values():  # noqa: SLF001 -- see above
        yield child
        yield from _below(child)


def _box(base: folium.Map) -> list[str]:
    """Give width and height of a map as CSS has them, for the page that grows around it."""
    return [f"{value:g}{unit}" for value, unit in (base.width, base.height)]
