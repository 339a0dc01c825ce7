"""Our own pages, by name: each is measured like a peer, over real slices and over a made-up country of villages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks import peers
from mapper.outputs import folium_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.peers import Page
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline


LIVE: Final = "document.querySelector('.mc-fills')"
DRAWN: Final = f"document.querySelector('.mc-picture path') || {LIVE}"


def whole(timeline: Timeline, boundaries: Boundaries, package: Package) -> Page:
    """Give the page with everything on it, as ``mapper build`` writes it."""
    html = folium_map.to_html(folium_map.control_map(timeline, boundaries, package))
    return peers.Page(html, DRAWN, peers.MOVE_RANGE, live=LIVE)


def lean(timeline: Timeline, boundaries: Boundaries, package: Package) -> Page:
    """Give the page for an article, as ``mapper embed`` writes it."""
    html = folium_map.to_html(folium_map.control_map(timeline, boundaries, package, lean=True, whole_page="index.html"))
    return peers.Page(html, DRAWN, peers.MOVE_RANGE, live=LIVE)


PAGES: Final[Mapping[str, Callable[[Timeline, Boundaries, Package], Page]]] = {"mapper": whole, "mapper, lean": lean}
"""The first one is what the others, and the peers, are so many times of."""
