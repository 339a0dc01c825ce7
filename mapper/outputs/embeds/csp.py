"""Reads a Content-Security-Policy and says what it lets through (W3C, Content Security Policy Level 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Policy = dict[str, list[str]]
"""The sources of each directive, ``{"frame-src": ["'self'", "https:"]}``; names in lower case."""

FALLBACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "frame-src": ("frame-src", "child-src", "default-src"),
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "style-attribute": ("style-src-attr", "style-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "frame-ancestors": ("frame-ancestors",),
}
"""Which directive speaks of what; the first that a policy has."""

HOST: Final = re.compile(
    r"(?:([a-z][a-z0-9+.-]*)://)?(\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(\d+|\*))?(/.*)?", re.IGNORECASE
)
SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
PORTS: Final = {"http": 80, "https": 443}
STRICTER: Final = frozenset({"nonce", "sha256", "sha384", "sha512"})


def parse(values: Iterable[str]) -> list[Policy]:
    """Read the policies of a page: each has to let a thing through.

    >>> parse(["frame-src 'self'; img-src *, default-src 'none'"])
    [{'frame-src': ["'self'"], 'img-src': ['*']}, {'default-src': ["'none'"]}]
    """
    policies = []
    for text in ",".join(values).split(","):
        policy: Policy = {}
        for directive in text.split(";"):
            name, *sources = directive.split() or [""]
            if name:
                policy.setdefault(name.lower(), sources)  # of two by one name the first counts
        if policy:
            policies.append(policy)
    return policies


def sources(policy: Policy, kind: str) -> list[str] | None:
    """Give the sources that a policy names for a kind of thing (:data:`FALLBACKS`); ``None`` where it says nothing."""
    return next((policy[name] for name in FALLBACKS[kind] if name in policy), None)


def lets(policy: Policy, kind: str, url: str, *, at: str) -> bool:
    """Tell whether a policy of the page at ``at`` lets something from ``url`` through; ``at`` may be empty."""
    named = sources(policy, kind)
    if named is None:
        return True
    if kind == "script-src" and "'strict-dynamic'" in map(str.lower, named):
        return False  # names of hosts count for nothing then, and we know no nonce
    return any(matches(source, url, at=at) for source in named)


def lets_inline(policy: Policy, kind: str, hashes: Sequence[str]) -> bool:
    """Tell whether a policy lets through what stands in the page itself, with these hashes (``'sha256-...'``)."""
    named = sources(policy, kind)
    if named is None:
        return True
    lower = [source.lower() for source in named]
    stricter = "'strict-dynamic'" in lower or any(source.strip("'").partition("-")[0] in STRICTER for source in lower)
    if "'unsafe-inline'" in lower and not stricter:
        return True
    return bool(hashes) and all(one in named for one in hashes)


def matches(source: str, url: str, *, at: str) -> bool:
    """Tell whether one source of a policy means an address.

    >>> matches("https://*.example", "https://maps.example/a", at="")
    True
    """
    parts = urlsplit(url)
    page = urlsplit(at)
    scheme, host = parts.scheme, (parts.hostname or "")
    if source == "*":
        return scheme in {"http", "https", page.scheme}
    if source.lower() == "'self'":
        return bool(at) and host == page.hostname and _scheme_fits(page.scheme, scheme) and _port(url) in {
            _port(at), PORTS["https"] if _port(at) == PORTS["http"] else _port(at)
        }  # fmt: skip
    found = SCHEME.fullmatch(source)
    if found:
        return _scheme_fits(found[1].lower(), scheme)
    found = HOST.fullmatch(source)
    if not found or not host:
        return False
    asked_scheme = (found[1] or page.scheme or scheme).lower()
    return (
        _scheme_fits(asked_scheme, scheme)
        and _host_fits(found[2].lower(), host)
        and _port_fits(found[3], asked_scheme, url)
        and _path_fits(found[4], parts.path)
    )


def _scheme_fits(asked: str, scheme: str) -> bool:
    return asked == scheme or (asked == "http" and scheme == "https")


def _host_fits(asked: str, host: str) -> bool:
    return asked in {"*", host} or (asked.startswith("*.") and host.endswith(asked[1:]))


def _port_fits(asked: str | None, scheme: str, url: str) -> bool:
    if asked == "*":
        return True
    wanted = PORTS.get(scheme) if asked is None else int(asked)
    return _port(url) == wanted or (wanted == PORTS["http"] and _port(url) == PORTS["https"])


def _path_fits(asked: str | None, path: str) -> bool:
    if not asked or asked == "/":
        return True
    wanted, given = unquote(asked), unquote(path)
    return given.startswith(wanted) if wanted.endswith("/") else given == wanted


def _port(url: str) -> int | None:
    try:
        parts = urlsplit(url)
        return parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
