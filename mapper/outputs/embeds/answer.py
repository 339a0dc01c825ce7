"""What the headers of an answer do to a map in a frame."""

from __future__ import annotations

import ipaddress
import itertools
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mapper.outputs.embeds import csp
from mapper.outputs.embeds.findings import breaks, notes, warns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.fetched import Fetched
    from mapper.outputs.embeds.findings import Finding

KINDS: Final[Mapping[str, frozenset[str]]] = {
    ".html": frozenset({"text/html"}),
    ".js": frozenset({"text/javascript", "application/javascript", "application/x-javascript"}),
}
"""What a file must be served as, by its ending."""

FRESH: Final = 86_400
"""Seconds for which a browser may keep a page unasked; beyond, a correction reaches readers late."""

REFUSES: Final = frozenset({"deny", "sameorigin"})
OK: Final = 200
NOTHING: Final[Mapping[str, Sequence[str]]] = {"script-src": (), "style-src": ()}


def is_local(url: str) -> bool:
    """Tell whether an address is on the machine itself, which browsers trust without https."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def origin(url: str) -> tuple[str, str, int | None]:
    """Give scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or csp.PORTS.get(parts.scheme)


def arrived(name: str, found: Fetched) -> Iterator[Finding]:
    """Say whether there was an answer, what led to it, and whether an article on https may show it."""
    chain = [*found.hops, found.url]
    for before, after in itertools.pairwise(chain):
        yield notes(name, f"{before} leads on to {after}", "Name the last address in the frame")
    if found.problem:
        yield breaks(name, f"{found.url or found.asked} {found.problem}", "Look at the address and the server")
    elif found.url and found.status != OK:
        remedy = "Is the folder uploaded, and the name right" if found.status == 404 else "Look at the server"  # noqa: PLR2004 -- not found
        yield breaks(name, f"the server answers {found.status} instead of {OK}", remedy)
    plain = [url for url in chain if url.startswith("http:") and not is_local(url)]
    if plain:
        remedy = "Serve it by https, and name that address"
        yield breaks(
            name, f"mixed content: {plain[0]} is not https, and an article on https shows nothing of it", remedy
        )


def headers(
    name: str, found: Fetched, *, own: Mapping[str, Sequence[str]] = NOTHING, host: str = ""
) -> Iterator[Finding]:
    """Say what the headers of one file do.

    ``own`` are the hashes of what stands in a page (:func:`inside.hashes`), ``host`` the address of the page around
    the frame, where known.
    """
    yield from _kind(name, found)
    if name.endswith(".html"):
        yield from _framing(name, found, host)
        yield from _policies(name, found, own)
    yield from _sharing(name, found)
    yield from _keeping(name, found)


def _kind(name: str, found: Fetched) -> Iterator[Finding]:
    said = found.header("content-type")
    kind, _, rest = said.partition(";")
    wanted = next((kinds for ending, kinds in KINDS.items() if name.endswith(ending)), frozenset())
    sniffs = "nosniff" not in found.header("x-content-type-options").lower()
    example = "text/html" if name.endswith(".html") else "text/javascript"
    if wanted and kind.strip().lower() not in wanted:
        remedy = f"Serve it as {example}; charset=utf-8"
        what = f"Content-Type is {said or 'missing'}"
        if name.endswith(".html"):
            yield breaks(name, f"{what}: browsers save the page or show its text", remedy, by_header=True)
        elif sniffs:
            yield warns(name, f"{what}: only browsers that guess run the script", remedy, by_header=True)
        else:
            yield breaks(name, f"{what}, with nosniff: browsers do not run the script", remedy, by_header=True)
    charset = re.search(r"charset=\"?([^\s;\"]+)", rest, re.IGNORECASE)
    if charset is None:
        yield warns(name, "Content-Type names no charset", "Add charset=utf-8", by_header=True)
    elif charset[1].lower() not in {"utf-8", "utf8"}:
        what = f"Content-Type says charset={charset[1]}: every name in Burmese or Thai is garbled"
        yield breaks(name, what, "Make it charset=utf-8", by_header=True)
    if sniffs:
        what = "X-Content-Type-Options is missing: some browsers guess what a file is"
        yield warns(name, what, "Send nosniff", by_header=True)
    if "attachment" in found.header("content-disposition").lower() and wanted:
        yield breaks(name, "Content-Disposition is attachment: browsers save it instead of showing it", "Leave it out")


def _framing(name: str, found: Fetched, host: str) -> Iterator[Finding]:
    """Who may show the page in a frame: frame-ancestors, else X-Frame-Options."""
    policies = csp.parse(found.every("content-security-policy"))
    named = [policy["frame-ancestors"] for policy in policies if "frame-ancestors" in policy]
    for sources in named:
        yield from _ancestors(name, found.url, sources, host)
    tokens = {part.strip().lower() for value in found.every("x-frame-options") for part in value.split(",")}
    if not tokens & REFUSES:
        return
    said = found.header("x-frame-options")
    if named:
        what = f"X-Frame-Options is {said}; browsers heed frame-ancestors instead, old ones do not"
        yield warns(name, what, "Remove it", by_header=True)
    elif "deny" in tokens or not host or origin(host) != origin(found.url):
        what = f"X-Frame-Options is {said}: no other site may show the page in a frame"
        yield breaks(name, what, "Remove the header, and send frame-ancestors in its place", by_header=True)


def _ancestors(name: str, url: str, sources: list[str], host: str) -> Iterator[Finding]:
    said = " ".join(sources) or "'none'"
    remedy = "Name the site there, or * for every site"
    if host:
        if not any(csp.matches(source, host, at=url) for source in sources):
            yield breaks(name, f"frame-ancestors {said} leaves out {host}", remedy, by_header=True)
    elif not [one for one in sources if one.lower() not in {"'none'", "'self'"}]:
        yield breaks(name, f"frame-ancestors {said}: no other site may show the page", remedy, by_header=True)
    elif not {"*", "https:"} & set(sources):
        yield notes(name, f"frame-ancestors {said}: only these sites may show the page")


def _policies(name: str, found: Fetched, own: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Say what the server's policy forbids a page that has one of its own: both have to let a thing through."""
    remedy = (
        "Leave the server's policy for this folder to frame-ancestors alone: the page has a stricter one of its own"
    )
    for policy in csp.parse(found.every("content-security-policy")):
        if not csp.lets_inline(policy, "script-src", own["script-src"]):
            yield breaks(
                name, "the server's Content-Security-Policy stops the page's own scripts", remedy, by_header=True
            )
        elif not csp.lets_inline(policy, "style-src", own["style-src"]):
            yield breaks(
                name, "the server's Content-Security-Policy stops the page's own styles", remedy, by_header=True
            )
        if "sandbox" in policy and "allow-scripts" not in [one.lower() for one in policy["sandbox"]]:
            yield breaks(
                name, "the server's Content-Security-Policy closes the page off without scripts", remedy, by_header=True
            )
        if "require-trusted-types-for" in policy:
            yield breaks(name, "require-trusted-types-for stops Leaflet, which draws the map", remedy, by_header=True)


def _sharing(name: str, found: Fetched) -> Iterator[Finding]:
    """Cross-Origin-Resource-Policy: for scripts always, for a frame where the page around it asks for it."""
    said = found.header("cross-origin-resource-policy").lower()
    remedy = "Send Cross-Origin-Resource-Policy: cross-origin"
    if said in {"same-origin", "same-site"} and name.endswith(".js"):
        what = f"Cross-Origin-Resource-Policy is {said}: no other site may load the script"
        yield breaks(name, what, remedy, by_header=True)
    elif said != "cross-origin":
        what = f"Cross-Origin-Resource-Policy is {said or 'missing'}: sites that isolate themselves show no such frame"
        yield warns(name, what, remedy, by_header=True)
    if found.header("set-cookie"):
        yield warns(name, "the server sets a cookie with it, on whoever reads the article", "Set none for this folder")


def _keeping(name: str, found: Fetched) -> Iterator[Finding]:
    """How it is packed, and for how long a browser keeps it."""
    if not found.header("content-encoding") and found.body:
        yield warns(name, "it is sent without compression", "Switch on gzip for html, js, json and xml", by_header=True)
    said = found.header("cache-control").lower()
    age = re.search(r"max-age=(\d+)", said)
    if not said:
        yield warns(name, "Cache-Control is missing: browsers guess how long to keep it",
                    "Send public, max-age=300, must-revalidate", by_header=True)  # fmt: skip
    elif "no-store" in said:
        yield warns(name, "Cache-Control is no-store: each reader loads all of it each time",
                    "Send public, max-age=300, must-revalidate", by_header=True)  # fmt: skip
    elif age and int(age[1]) > FRESH and "no-cache" not in said:
        what = f"Cache-Control lets browsers keep it for {int(age[1]) // FRESH} days: a correction reaches readers late"
        yield warns(name, what, "Send public, max-age=300, must-revalidate", by_header=True)
