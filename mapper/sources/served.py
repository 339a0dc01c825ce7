"""Gets a page as a reader's browser would, or from the folder that it will be served from: for looking at it, no more.

It uses the network only on an address that its user has named (as `fetching` does, and nothing else). It keeps
nothing, sends no cookie and no user's name, and takes no more than it was told.
"""

from __future__ import annotations

import time
import urllib.request
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import urllib3

from mapper import errors
from mapper.fetched import Fetched

if TYPE_CHECKING:
    from pathlib import Path

SECONDS: Final = 10.0
"""To connect, and between two parts of an answer."""

IN_ALL: Final = 30.0
"""Seconds for a whole answer, so that a server which gives a byte at a time does not hold us for ever."""

LIMIT: Final = 30_000_000
"""Bytes of an answer, on the line and unpacked."""

HOPS: Final = 5
PART: Final = 1 << 16
LEADS_ON: Final = frozenset({301, 302, 303, 307, 308})
ASKS: Final = {"Accept-Encoding": "gzip", "User-Agent": "mapper embed --check", "Accept": "*/*"}
"""gzip alone, since it is what every server has and we can measure."""


def is_address(text: str) -> bool:
    """Tell an address of the web from a path; raises :class:`errors.UsageError` for one that is neither."""
    scheme, found, _ = text.partition("://")
    if not found:
        return False
    if scheme.lower() not in {"http", "https"}:
        raise errors.UsageError(
            f"{errors.shown(text)}: only http and https can be checked; give such an address, or a folder"
        )
    _refuse_odd(text)
    return True


def fetch(url: str) -> Fetched:
    """Get what stands at an address, with what led there.

    A server that does not answer, or not well, is told of in ``problem``. Raises :class:`errors.UsageError` for what
    is no address.
    """
    _refuse_odd(url)
    hops: list[str] = []
    at = url
    while True:
        found = _once(url, at)
        if found.status not in LEADS_ON or not found.header("location"):
            return _with_hops(found, hops)
        hops.append(at)
        onward = urljoin(at, found.header("location"))
        if len(hops) > HOPS:
            return Fetched(
                url, at, found.status, found.headers, hops=tuple(hops), problem=f"leads on more than {HOPS} times"
            )
        if urlsplit(onward).scheme not in {"http", "https"} or not urlsplit(onward).hostname:
            problem = f"leads on to {errors.shown(onward)}, which is no address of the web"
            return Fetched(url, at, found.status, found.headers, hops=tuple(hops), problem=problem)
        at = onward


def read(path: Path) -> Fetched:
    """Read a local file as a server would give it; that it is not there or too large is told of in ``problem``."""
    asked = str(path)
    try:
        if not path.is_file():
            return Fetched(asked, problem="is not there")
        size = path.stat().st_size
        if size > LIMIT:
            return Fetched(asked, problem=f"is {size / 1e6:,.0f} MB, more than {LIMIT / 1e6:,.0f} MB")
        body = path.read_bytes()
    except (OSError, ValueError) as error:
        return Fetched(asked, problem=f"cannot be read ({getattr(error, 'strerror', None) or error})")
    return Fetched(asked, body=body, sent=len(body))


def _refuse_odd(url: str) -> None:
    try:
        parts = urlsplit(url)
        odd = not parts.hostname or parts.port == 0 or any(ord(letter) <= 32 or letter == "\x7f" for letter in url)  # noqa: PLR2004 -- a blank
    except ValueError:
        odd = True
    if odd:
        raise errors.UsageError(f"{errors.shown(url)} is no address; write it as in https://maps.example/myanmar/")
    if parts.username or parts.password:
        raise errors.UsageError("an address with a user's name or password in it is not asked for: leave them out")


def _once(asked: str, url: str) -> Fetched:
    """Ask once, following nothing."""
    ends = time.monotonic() + IN_ALL
    try:
        with pool(url) as way:
            answer = way.request(
                "GET", url, headers=ASKS, redirect=False, retries=False, preload_content=False,
                timeout=urllib3.Timeout(connect=SECONDS, read=SECONDS),
            )  # fmt: skip
            headers = tuple((name.lower(), value) for name, value in answer.headers.items())
            try:
                raw, problem = (b"", "") if answer.status in LEADS_ON else _body(answer, ends)
            finally:
                answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return Fetched(asked, url, problem=f"gives no answer ({_plain(error)})")
    if problem:
        return Fetched(asked, url, answer.status, headers, problem=problem)
    body, problem = _unpacked(raw, answer.headers.get("content-encoding", ""))
    return Fetched(asked, url, answer.status, headers, body, len(raw), problem=problem)


def pool(url: str) -> urllib3.PoolManager:
    """Give the way to a host: through the proxy that the user's system names for it, if any."""
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if proxy and not urllib.request.proxy_bypass(parts.hostname or ""):
        return urllib3.ProxyManager(proxy)
    return urllib3.PoolManager()


def _body(answer: urllib3.BaseHTTPResponse, ends: float) -> tuple[bytes, str]:
    """Read a body as it comes; gives it, and why it was left off."""
    parts: list[bytes] = []
    size = 0
    while True:
        part = answer.read1(PART, decode_content=False)
        if not part:
            return b"".join(parts), ""
        parts.append(part)
        size += len(part)
        if size > LIMIT:
            return b"", f"is larger than {LIMIT / 1e6:,.0f} MB"
        if time.monotonic() > ends:
            return b"", f"takes longer than {IN_ALL:g} seconds"


def _unpacked(raw: bytes, encoding: str) -> tuple[bytes, str]:
    if encoding.strip().lower() in {"", "identity"}:
        return raw, ""
    if encoding.strip().lower() not in {"gzip", "x-gzip"}:
        return b"", f"is packed as {errors.shown(encoding)}, though only gzip was asked for"
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = unpack.decompress(raw, LIMIT)
    except zlib.error:
        return b"", "says that it is packed with gzip, and is not"
    if unpack.unconsumed_tail:
        return b"", f"is larger than {LIMIT / 1e6:,.0f} MB when unpacked"
    return (body, "") if unpack.eof else (b"", "ends before its end")


def _with_hops(found: Fetched, hops: list[str]) -> Fetched:
    return Fetched(
        found.asked, found.url, found.status, found.headers, found.body, found.sent, tuple(hops), found.problem
    )


def _plain(error: Exception) -> str:
    """Say why in one line."""
    text = " ".join(str(error).split())
    return text.rpartition(": ")[2] if text.startswith("<") or "object at 0x" in text else text or type(error).__name__
