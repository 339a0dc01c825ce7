"""What the page around a frame allows: its own policy, as its headers and its head have it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mapper.outputs.embeds import answer, csp
from mapper.outputs.embeds.findings import breaks, notes, warns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.fetched import Fetched
    from mapper.outputs.embeds.findings import Finding


def around(found: Fetched, *, frame: str, scripts: Sequence[str], framed: Fetched | None) -> Iterator[Finding]:
    """Say what a page does to a map in it.

    ``frame`` is the address in the frame and ``scripts`` those of our scripts, empty where they are not known;
    ``framed`` is the answer to the first.
    """
    name = found.url or found.asked
    if found.problem or (found.url and found.status != answer.OK):
        why = found.problem or f"answers {found.status}"
        yield breaks(name, f"the page around the frame {why}", "Name one that can be read, or save it as a file")
        return
    head = _Head()
    head.feed(found.body.decode(errors="replace"))
    head.close()
    policies = [*csp.parse(found.every("content-security-policy")), *csp.parse(head.policies)]
    if not frame:
        yield notes(name, "the map has no address yet, so the page's rules on frames cannot be held against it")
        return
    for policy in policies:
        yield from _policy(name, policy, found.url, frame, scripts)
    if found.url.startswith("https:") and frame.startswith("http:") and not answer.is_local(frame):
        yield breaks(name, f"mixed content: it is on https and shows nothing from {frame}", "Serve the map by https")
    yield from _isolation(name, found, framed)
    if "clipboard-write=()" in found.header("permissions-policy").replace(" ", ""):
        yield warns(name, "Permissions-Policy forbids writing to the clipboard", "Readers copy links by keyboard there")
    if not policies:
        yield notes(name, "the page has no Content-Security-Policy: it forbids no frame")


def _policy(name: str, policy: csp.Policy, at: str, frame: str, scripts: Sequence[str]) -> Iterator[Finding]:
    host = "{0.scheme}://{0.netloc}".format(urlsplit(frame))
    if not csp.lets(policy, "frame-src", frame, at=at):
        said = " ".join(csp.sources(policy, "frame-src") or [])
        yield breaks(
            name,
            f"its Content-Security-Policy allows frames from {said} and not from {host}",
            f"Add {host} to frame-src",
        )
    if not all(csp.lets(policy, "script-src", script, at=at) for script in scripts):
        what = f"its Content-Security-Policy allows no script from {host}: the frame keeps its fixed shape"
        yield warns(
            name, what, f"Add {host} to script-src, or copy embed.js to the site itself; else use snippet.fixed.txt"
        )
    if not csp.lets_inline(policy, "style-attribute", ()):
        what = "its Content-Security-Policy allows no style in an attribute: a frame without script has no ratio"
        yield warns(name, what, "Its width and height still hold; put the style into the site's own style sheet")
    if "sandbox" in policy and "allow-scripts" not in [one.lower() for one in policy["sandbox"]]:
        yield breaks(name, "it is closed off without scripts, and so is every frame in it", "Allow scripts there")


def _isolation(name: str, found: Fetched, framed: Fetched | None) -> Iterator[Finding]:
    """Cross-Origin-Embedder-Policy: a page that isolates itself shows only frames that agree to it."""
    asked = found.header("cross-origin-embedder-policy").lower().partition(";")[0].strip()
    if asked not in {"require-corp", "credentialless"} or framed is None:
        return
    given = framed.header("cross-origin-embedder-policy").lower().partition(";")[0].strip()
    shared = framed.header("cross-origin-resource-policy").lower() == "cross-origin"
    if given not in {"require-corp", "credentialless"} or not shared:
        what = f"Cross-Origin-Embedder-Policy is {asked}: it shows only frames that say the same"
        remedy = "Send with the map Cross-Origin-Embedder-Policy: require-corp, and Resource-Policy: cross-origin"
        yield breaks(name, what, remedy)


class _Head(HTMLParser):
    """Takes down the policies in a page's meta elements."""

    def __init__(self) -> None:
        super().__init__()
        self.policies: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(given.get("content", ""))
