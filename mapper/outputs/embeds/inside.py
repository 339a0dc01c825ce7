"""What stands in a page as it arrived: whether it is whole, whether it loads anything, and how large it is."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from mapper.outputs import policy
from mapper.outputs.embeds import snippets
from mapper.outputs.embeds.findings import breaks, notes, warns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.fetched import Fetched
    from mapper.outputs.embeds.findings import Finding

META: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n')
LOADS: Final[Mapping[str, str]] = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "object": "data", "script": "src", "source": "src",
    "video": "src",
}  # fmt: skip
"""Elements that load something, and the attribute that says what."""
LOADING_LINKS: Final = frozenset({"stylesheet", "preload", "modulepreload", "icon", "manifest"})

BUDGETS: Final[Mapping[str, int]] = {snippets.FRAME: 110_000, snippets.PAGE: 203_000}
"""Bytes of each page as packed by gzip, beyond which readers on a phone wait."""


def hashes(page: str) -> dict[str, list[str]]:
    """Give the hashes of the scripts and styles that a page lets through by its own policy, by directive."""
    found = META.search(page)
    rules = {name: re.search(rf"{name} ([^;]*)", found[1] if found else "") for name in ("script-src", "style-src")}
    return {name: rule[1].split() if rule else [] for name, rule in rules.items()}


def page(name: str, found: Fetched) -> Iterator[Finding]:
    """Say whether a page of ours arrived as it was written, and how large."""
    try:
        text = found.body.decode()
    except UnicodeDecodeError:
        yield breaks(name, "it is not UTF-8", "Upload the file anew, as it is")
        return
    yield from _own_policy(name, text)
    for url in loaded(text):
        if url.lower().startswith("http:"):
            yield breaks(
                name, f"mixed content: it loads {url}, which a page on https may not", "Upload it as it was made"
            )
        elif not url.lower().startswith("data:"):
            yield warns(name, f"it loads {url}, and our pages load nothing", "Upload it as it was made")
    yield from _size(name, found)


def _own_policy(name: str, text: str) -> Iterator[Finding]:
    found = META.search(text)
    if not found:
        yield breaks(
            name, "it has no policy of its own: it is no page of mapper embed, or was changed", "Upload it anew"
        )
        return
    bare = META.sub("", text, count=1)
    if policy.policy(bare) != found[1]:
        what = "scripts or styles in it are not those that it was written with: its own policy stops them"
        yield breaks(name, what, "Let nothing on the way rewrite the page (minifying, statistics, banners)")


def _size(name: str, found: Fetched) -> Iterator[Finding]:
    packed = found.sent if found.header("content-encoding") else len(gzip.compress(found.body, 9, mtime=0))
    budget = BUDGETS.get(name)
    said = f"{len(found.body) / 1000:,.0f} kB, {packed / 1000:,.0f} kB packed"
    if budget and packed > budget:
        yield warns(
            name, f"{said}, more than {budget / 1000:,.0f} kB", "Fewer slices make it smaller (--start, --every)"
        )
    else:
        yield notes(name, said)


def loaded(text: str) -> list[str]:
    """Give the addresses of all that a page loads by itself."""
    reader = _Loads()
    reader.feed(text)
    reader.close()
    return reader.found


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in LOADS and given.get(LOADS[tag]):
            self.found.append(given[LOADS[tag]])
        if tag == "link" and LOADING_LINKS & set(given.get("rel", "").lower().split()) and given.get("href"):
            self.found.append(given["href"])
