"""The three pages of an embed: the full one, the lean one for a frame, and the one that shows the forms."""

from __future__ import annotations

import html
import re
from importlib import resources
from typing import TYPE_CHECKING, Final

from mapper.outputs import bundle, folium_map, policy
from mapper.outputs.embeds import caption, snippets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from mapper.geo import Boundaries
    from mapper.outputs.embeds.caption import Told
    from mapper.outputs.embeds.snippets import Place
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Timeline

INCLUDE: Final = re.compile(r"^([ ]*)/\*\+ (\w+\.js) \*/$", re.MULTILINE)
PARAMETERS: Final = ("d", "b", "l", "t", "v")
EXAMPLES: Final = {"b": "b=holder", "v": "v=6.50,19.5000,96.0000"}


def full(timeline: Timeline, boundaries: Boundaries, package: Package, *, lang: str, head: str) -> str:
    """Draw the full page, with what ``head`` says of it."""
    drawn = folium_map.control_map(timeline, boundaries, package, lang=lang, lean_page=snippets.FRAME)
    return folium_map.to_html(drawn, head=head)


def framed(timeline: Timeline, boundaries: Boundaries, package: Package, *, lang: str) -> str:
    """Draw the lean page that stands in a frame; it says its height to the page around it, once that has asked."""
    drawn = folium_map.control_map(timeline, boundaries, package, lang=lang, lean=True, whole_page=snippets.PAGE)
    return folium_map.to_html(drawn, head=f"<script>\n{bundle.small(asset('height.js'), 'js')}</script>\n")


def shown(place: Place, words: Words, written: Mapping[str, str], told: Mapping[str, Told], day: dt.date) -> str:
    """Write the page that shows the forms, each with a button that copies it, and the words in each language.

    ``written`` are the forms by name: ``fixed``, ``auto``, ``element``, and ``amp`` where there is one.
    """
    date = words.date(day)
    parts = [f"<h1>{_text(words.say('snippet.title'))}</h1>", _paragraph(words.say("snippet.intro", date=date))]
    if not place.url:
        parts.append(_paragraph(words.say("snippet.placeholder")))
    parts.append(f'<p><a href="{snippets.FRAME}">{_text(words.say("snippet.open"))}</a></p>')
    for name, text in written.items():
        parts += [_heading(words, f"snippet.{name}"), _paragraph(words.say(f"snippet.{name}.note"))]
        parts.append(_copied(words, name, text, label=words.say(f"snippet.{name}")))
    parts += [_heading(words, "snippet.sandbox"), _paragraph(words.say("snippet.sandbox.intro"))]
    parts.append(_list({name: words.say(f"snippet.sandbox.{why}") for name, why in snippets.SANDBOX.items()}))
    parts += [_heading(words, "snippet.address"), _paragraph(words.say("snippet.address.intro"))]
    examples = {"d": f"d={place.date}", "l": f"l={place.lang}", "t": "t=MMR…", **EXAMPLES}
    parts.append(_list({examples[key]: words.say(f"snippet.address.{key}") for key in PARAMETERS}))
    parts += [_heading(words, "snippet.words"), _paragraph(words.say("snippet.words.intro", date=date))]
    parts.append(f'<div class="words">{"".join(_words(words, told))}</div>')
    body = "\n".join(parts)
    page = (
        f'<!DOCTYPE html>\n<html lang="{place.lang}">\n<head>\n{policy.FIRST}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{_text(words.say('snippet.title'))}</title>\n<style>\n{asset('snippet.css')}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n<script>\n{asset('copy.js')}</script>\n</body>\n</html>\n"
    )
    return policy.with_policy(page)


def _words(words: Words, told: Mapping[str, Told]) -> Iterator[str]:
    for lang, said in told.items():
        name = caption.load(lang).name
        yield f'<h3 lang="{lang}">{_text(name)}</h3>'
        for kind, text in (("alt", said.alt), ("caption", said.caption)):
            label = words.say(f"snippet.{kind}")
            yield _paragraph(label)
            yield _copied(words, f"{kind}-{lang}", text, label=f"{label}, {name}", lang=lang)


def _copied(words: Words, name: str, text: str, *, label: str, lang: str = "") -> str:
    """Write a text with a button that copies it; where no script runs there is no button."""
    said = f'data-done="{_text(words.say("snippet.copied"))}" data-refused="{_text(words.say("snippet.refused"))}"'
    spoken = f' lang="{lang}"' if lang else ' translate="no"'
    return (
        f'<pre id="{name}" tabindex="0" role="region" aria-label="{_text(label)}"{spoken}>{_text(text)}</pre>\n'
        f'<p><button type="button" hidden data-copies="{name}" {said} aria-label="{_text(words.say("snippet.copy"))}: '
        f'{_text(label)}">{_text(words.say("snippet.copy"))}</button> <span role="status"></span></p>'
    )


def _list(items: Mapping[str, str]) -> str:
    inside = "".join(f'<dt translate="no">{_text(name)}</dt><dd>{_text(text)}</dd>' for name, text in items.items())
    return f"<dl>{inside}</dl>"


def _heading(words: Words, key: str) -> str:
    return f"<h2>{_text(words.say(key))}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def _text(text: str) -> str:
    return html.escape(text)


def asset(name: str) -> str:
    """Read one of the files in ``web/``, with those in it that it asks for."""
    text = resources.files("mapper.outputs.embeds").joinpath("web", name).read_text(encoding="utf-8")
    text = text.replace("/*+ sandbox */", snippets.sandbox()).replace("/*+ allow */", snippets.ALLOW)
    return INCLUDE.sub(lambda found: _indented(asset(found[2]), found[1]), text)


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line if line else "" for line in text.rstrip("\n").split("\n"))
