"""What the page says of itself to search engines, to chats, and to sites that embed by address."""

from __future__ import annotations

import html
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from mapper import errors
from mapper.outputs import payload
from mapper.outputs import words as languages
from mapper.outputs.embeds import caption, snippets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.geo import Boundaries
    from mapper.outputs.embeds.caption import Told
    from mapper.outputs.embeds.snippets import Place
    from mapper.tables import Package
    from mapper.timeline import Timeline

PNG: Final = b"\x89PNG\r\n\x1a\n"
LOCALES: Final = {"en": "en_GB", "my": "my_MM", "th": "th_TH", "id": "id_ID", "ms": "ms_MY"}
"""As Open Graph writes a language: with a country."""

CREATIVE_COMMONS: Final = re.compile(r"CC-(BY(?:-NC)?(?:-(?:SA|ND))?)-(\d\.\d)")
SHORTEST, LONGEST = 50, 5000
"""Letters of a description: Google's rules for data sets ask for so many."""

CACHE_AGE: Final = 86400
"""Seconds for which a site that embeds by address may keep the answer."""


@dataclass(frozen=True)
class Poster:
    """A picture of the map for links to it."""

    png: bytes
    width: int
    height: int


def poster(png: bytes) -> Poster:
    """Take a PNG with its size in pixels; raises :class:`errors.UsageError` for anything else."""
    if not png.startswith(PNG) or png[12:16] != b"IHDR" or len(png) < 33:  # noqa: PLR2004 -- signature and first chunk
        raise errors.UsageError("the picture is not a PNG; save it as one, 1200 by 630 pixels suits most sites")
    width, height = struct.unpack(">II", png[16:24])
    if not width or not height:
        raise errors.UsageError("the picture has no size; save it as a PNG of 1200 by 630 pixels")
    return Poster(png, width, height)


def description(told: Told) -> str:
    """Say in a few sentences what is shown, and how much of it is assumed."""
    return told.caption.partition("\n")[0]


def head(place: Place, told: Told, data: Mapping[str, Any], picture: Poster | None) -> str:
    """Write the elements of a page's head: description, Open Graph, a Twitter card, JSON-LD, and where oEmbed is.

    Addresses stand in it only where the folder's is known.
    """
    named = {"description": description(told), "twitter:card": "summary", "twitter:title": told.headline}
    properties = [("og:type", "website"), ("og:title", told.headline), ("og:description", told.deck)]
    properties += [("og:locale", LOCALES[place.lang])]
    properties += [("og:locale:alternate", LOCALES[lang]) for lang in languages.LANGUAGES if lang != place.lang]
    links = []
    if place.url:
        properties += [("og:url", place.of(snippets.PAGE))]
        links += [f'<link rel="canonical" href="{_text(place.of(snippets.PAGE))}">']
        for kind in ("json", "xml"):
            links.append(
                f'<link rel="alternate" type="{"application" if kind == "json" else "text"}/{kind}+oembed" '
                f'href="{_text(place.of(f"oembed.{kind}"))}" title="{_text(told.title)}">'
            )
    if place.url and picture:
        properties += [("og:image", place.of(snippets.POSTER)), ("og:image:type", "image/png")]
        properties += [("og:image:width", str(picture.width)), ("og:image:height", str(picture.height))]
        properties += [("og:image:alt", told.alt)]
        named |= {"twitter:card": "summary_large_image", "twitter:image": place.of(snippets.POSTER)}
        named |= {"twitter:image:alt": told.alt}
    named["twitter:description"] = told.deck
    lines = [f'<meta name="{name}" content="{_text(value)}">' for name, value in named.items()]
    lines += [f'<meta property="{name}" content="{_text(value)}">' for name, value in properties]
    return "\n".join([*lines, *links, f'<script type="application/ld+json">{payload.to_json(data)}</script>\n'])


def structured(
    place: Place, told: Told, *, timeline: Timeline, boundaries: Boundaries, package: Package, picture: Poster | None
) -> dict[str, Any]:
    """Give the page's JSON-LD: the data set that the map is drawn from, and the map (schema.org)."""
    west, south, east, north = (round(float(edge), 4) for edge in boundaries.townships.total_bounds)
    words = caption.load(place.lang)
    known = timeline.as_known_on or package.known_on
    area = {
        "@type": "Place",
        "name": words.words["country"],
        "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
    }
    title = caption.plain(package.title)
    data: dict[str, Any] = {
        "@type": "Dataset",
        "name": title,
        "description": _described(told),
        "license": licence(package.licence),
        "version": caption.plain(package.version),
        "dateModified": known.isoformat(),
        "temporalCoverage": f"{timeline.dates[0].isoformat()}/{timeline.dates[-1].isoformat()}",
        "spatialCoverage": area,
        "variableMeasured": [words.words["legend.title"]],
        "isAccessibleForFree": True,
    }
    drawn: dict[str, Any] = {
        "@type": "Map",
        "name": told.headline,
        "description": description(told),
        "inLanguage": list(languages.LANGUAGES),
        "contentLocation": area,
        "temporalCoverage": data["temporalCoverage"],
        "creditText": told.caption.rpartition("\n")[2],
        "accessibilitySummary": told.alt,
        "isAccessibleForFree": True,
    }
    if place.url:
        data |= {"@id": place.of(f"{snippets.PAGE}#data"), "url": place.of(snippets.PAGE)}
        drawn |= {"@id": place.of(f"{snippets.PAGE}#map"), "url": place.of(snippets.PAGE)}
        drawn["isBasedOn"] = {"@id": data["@id"]}
        if picture:
            drawn["image"] = place.of(snippets.POSTER)
    else:
        drawn["isBasedOn"] = {"@type": "Dataset", "name": title}
    return {"@context": "https://schema.org", "@graph": [data, drawn]}


def licence(name: str) -> str | dict[str, str]:
    """Give the address of a licence of Creative Commons, and of another its name.

    >>> licence("CC-BY-SA-4.0"), licence("ours")
    ('https://creativecommons.org/licenses/by-sa/4.0/', {'@type': 'CreativeWork', 'name': 'ours'})
    """
    found = CREATIVE_COMMONS.fullmatch(name)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return {"@type": "CreativeWork", "name": caption.plain(name)}


def _described(told: Told) -> str:
    text = told.caption.replace("\n", " ")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def oembed(place: Place, told: Told, picture: Poster | None) -> dict[str, Any]:
    """Give the answer to who embeds by address: oEmbed 1.0, of the type ``rich``. ``place`` must have an address."""
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": told.title,
        "provider_name": place.url.split("/")[2],
        "provider_url": place.url,
        "cache_age": CACHE_AGE,
        "html": snippets.frame(place),
        "width": snippets.WIDTH,
        "height": snippets.HEIGHT,
    }
    if picture:
        answer |= {
            "thumbnail_url": place.of(snippets.POSTER),
            "thumbnail_width": picture.width,
            "thumbnail_height": picture.height,
        }
    return answer


def oembed_xml(answer: Mapping[str, Any]) -> str:
    """Write the same answer as XML."""
    inside = "".join(f"  <{name}>{escape(str(value))}</{name}>\n" for name, value in answer.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{inside}</oembed>\n'


def _text(text: str) -> str:
    return html.escape(text)
