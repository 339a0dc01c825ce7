"""All the files of an embed, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.outputs import payload
from mapper.outputs import words as languages
from mapper.outputs.embeds import caption, linked, pages, snippets

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

STEPS: Final = 3
"""How often :func:`files` tells what it is doing."""

POSTER: Final = snippets.POSTER
WITH_ADDRESS: Final = ("snippet.amp.txt", "oembed.json", "oembed.xml")
"""What is written only where the folder's public address is known: each is worth nothing without."""


def files(
    timeline: Timeline,
    boundaries: Boundaries,
    package: Package,
    *,
    lang: str,
    url: str = "",
    picture: linked.Poster | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """Make every file of an embed; the map opens on its latest slice.

    ``url`` is the folder's address as :func:`address.checked` gives it, or empty. The same input gives the same bytes.
    """
    on = timeline.dates[-1]
    told = {name: caption.told(timeline, boundaries, package, on=on, lang=name) for name in languages.LANGUAGES}
    words, said = caption.load(lang), told[lang]
    place = snippets.Place(
        url=url,
        lang=lang,
        date=on.isoformat(),
        title=said.title,
        alt=said.alt,
        full=words.words["frame.full"],
        has_poster=picture is not None,
    )
    data = linked.structured(place, said, timeline=timeline, boundaries=boundaries, package=package, picture=picture)
    head = linked.head(place, said, data, picture)
    tell("drawing the full page")
    made = {
        snippets.PAGE: pages.full(timeline, boundaries, package, lang=lang, head=head),
    }
    tell("drawing the page for a frame")
    made[snippets.FRAME] = pages.framed(timeline, boundaries, package, lang=lang)
    tell("writing forms and words")
    written = {"fixed": snippets.fixed(place), "auto": snippets.automatic(place), "element": snippets.element(place)}
    if url:
        written["amp"] = snippets.amp(place)
    made["snippet.html"] = pages.shown(place, words, written, told, on)
    made |= {f"snippet.{name}.txt": text for name, text in written.items()}
    made |= {name: pages.asset(name) for name in (snippets.SCRIPT, snippets.ELEMENT)}
    if url:
        answer = linked.oembed(place, said, picture)
        made["oembed.json"] = payload.to_json(answer) + "\n"
        made["oembed.xml"] = linked.oembed_xml(answer)
    made["alt.txt"] = said.alt + "\n"
    for name, one in told.items():
        made[f"alt.{name}.txt"] = one.alt + "\n"
        made[f"caption.{name}.txt"] = one.caption + "\n"
    pictures = {} if picture is None else {snippets.POSTER: picture.png}
    return {**{name: text.encode() for name, text in made.items()}, **pictures}
