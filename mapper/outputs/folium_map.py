"""The page: a Folium map that holds everything it needs and asks no one for anything."""

from __future__ import annotations

import copy
import html
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Element, Figure
from jinja2 import Template

from mapper import errors
from mapper.outputs import bundle, forms, payload, policy, slider, still

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

NOTEBOOK_HEIGHT: Final = "760px"

LEAFLET: Final = ("leaflet_css", "leaflet_js")
"""Under these names Leaflet stands in a figure's head."""


class Page(Figure):
    """A page that says its language and lets the reader zoom; branca's own does neither."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang }}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<link rel="icon" href="data:,">\n'
        "<title>{{ this.shown_title }}</title>\n"
        "{{ this.header.render(**kwargs) }}\n</head>\n<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>\n{{ this.script.render(**kwargs) }}\n</script>\n</body>\n</html>\n"
    )

    def __init__(self, *, title: str, lang: str) -> None:
        """Set the title of the window and the language, such as ``en``."""
        super().__init__(height=NOTEBOOK_HEIGHT)
        self.header = Element()
        self.header._parent = self  # noqa: SLF001 -- branca's way to hang parts into a figure
        self.shown_title = html.escape(title)
        self.lang = lang

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 -- branca's signature
        """Write the page, with the policy that allows what it holds and nothing else."""
        return policy.with_policy(super().render(**kwargs))


class OfflineMap(folium.Map):
    """A Folium map that loads nothing: no tiles, no link to any host; Leaflet stands in the page itself.

    The lists of links are this class's own, so that other maps keep theirs.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's attribute, emptied
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 -- the same

    _template = folium.template.Template(
        """
        {% macro header(this, kwargs) %}
            <style>
                html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
                #{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }
            </style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
                center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, *, location: tuple[float, float], node_modules: Traversable) -> None:
        """Make a bare map around ``location`` (latitude, longitude) with Leaflet from ``node_modules``."""
        super().__init__(
            location=location,
            tiles=None,
            zoom_start=5,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0,
            zoom_delta=0.75,
            wheel_px_per_zoom_level=90,
            min_zoom=3,
            max_zoom=12,
            keyboard=False,
            box_zoom=False,
        )
        self.leaflet = {whole: bundle.leaflet(node_modules, whole=whole) for whole in (False, True)}

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 -- as every branca macro does
        """Put Leaflet into the figure, then what Folium puts there."""
        figure = _figure(self)
        style, script = self.leaflet[_bears_more(figure)]
        css, js = LEAFLET
        figure.header.add_child(slider.Verbatim(f"<style>\n{style}</style>"), name=css)
        figure.header.add_child(slider.Verbatim(f"<script>\n{script}</script>"), name=js)
        super().render(**kwargs)  # type: ignore[no-untyped-call]


def control_map(
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    lang: str = "en",
    lean: bool = False,
    whole_page: str = "",
    lean_page: str = "",
    node_modules: Traversable = bundle.NODE_MODULES,
) -> folium.Map:
    """Draw the time-sliced map of who holds which township; it shows itself in a notebook and needs no network.

    ``boundaries`` have a shape for every township of ``package``; ``lang`` is the language the page opens in.
    ``lean``, ``whole_page`` and ``lean_page`` are as in :class:`slider.ControlTimeline`.
    Raises :class:`errors.SetupError` where Leaflet is not in ``node_modules``.
    """
    form = forms.LEAN if lean else forms.WHOLE
    bundle.begin(node_modules, (forms.style(form), "css"), (forms.script(form), "js"), (forms.asset(forms.FIRST), "js"))
    with ThreadPoolExecutor(1) as pool:  # GEOS simplifies the picture's borders while the data is put together
        picture = pool.submit(still.picture, timeline.slice(timeline.dates[-1]), boundaries)
        layer = slider.ControlTimeline(
            timeline, boundaries, package, lang=lang, lean=lean, whole_page=whole_page, lean_page=lean_page
        )
    west, south, east, north = boundaries.townships.total_bounds
    made = OfflineMap(location=((south + north) / 2, (west + east) / 2), node_modules=node_modules)
    page = Page(title=layer.titles[lang], lang=lang)
    foot = payload.foot(timeline, boundaries, package, lang=lang)
    first = still.still(timeline, picture.result(), foot, lang=lang, form=form)
    first += f"<script>{bundle.small(forms.asset(forms.FIRST), 'js')}</script>"
    page.html.add_child(slider.Verbatim(first), name="mapper_still")
    page.add_child(made)
    layer.add_to(made)
    return made


def to_html(folium_map: folium.Map, *, head: str = "") -> str:
    """Write a map as one page; the same map always gives the same bytes. ``head`` is HTML for its head.

    Folium gives each element a random id. They are numbered anew on a copy, in the order of the tree, before
    anything is written: a search in the finished text might hit data that looks like an id.
    """
    root = copy.deepcopy(_figure(folium_map))
    elements = list(_walk(root))
    written = {*LEAFLET, *slider.SHARED, *(element.get_name() for element in elements)}
    for part in (root.header, root.html, root.script):
        for name in [name for name in part._children if name.removesuffix("_data") in written]:  # noqa: SLF001 -- see above
            del part._children[name]  # noqa: SLF001 -- what an earlier rendering left there
    for number, element in enumerate(elements):
        element._id = f"{number:032x}"  # noqa: SLF001 -- branca has no other way to name an element
    if head:
        root.header.add_child(slider.Verbatim(head), name="mapper_head")
    return str(root.render())


def _figure(element: Element) -> Figure:
    """Give the figure that an element stands in; what stands in none cannot be written."""
    root = element.get_root()
    if not isinstance(root, Figure):
        raise errors.UsageError("only a map that stands in a figure can be written")
    return root


def _bears_more(figure: Figure) -> bool:
    """Tell whether anything but our own stands in a figure, and may need the whole of Leaflet."""
    parts = [part for head in (figure.header, figure.html, figure.script) for part in head._children.values()]  # noqa: SLF001 -- the tree has no public face
    ours = (figure.__class__, OfflineMap, slider.ControlTimeline)
    return any(not isinstance(part, slider.Verbatim) for part in parts) or any(
        not isinstance(part, ours) for part in _walk(figure)
    )


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001 -- the tree has no public face
        yield from _walk(child)
