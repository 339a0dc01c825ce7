"""What a server's answer means: come again later, never, or here is the file; and what in it is not believed."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mapper import errors

if TYPE_CHECKING:
    import urllib3

LONGEST_WAIT: Final = 120.0
"""Seconds that a server may ask us to wait (Retry-After); if it asks for more its user decides."""

OK: Final = 200
PART_OF_IT: Final = 206
NO_SUCH_PART: Final = 416
NOT_FOR_US: Final = frozenset({401, 403, 451})
GONE: Final = frozenset({404, 410})
LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


class MissingError(errors.NetworkError):
    """The server knows nothing at this address; there may be another."""


class RefusedError(errors.NetworkError):
    """The server does not let a program in."""


class AgainError(Exception):
    """Something that may go well the next time."""

    def __init__(self, why: str, *, wait: float | None = None, reached: bool = True) -> None:
        """Say why, how long to wait if the server says so (seconds), and whether anybody answered."""
        super().__init__(why)
        self.wait = wait
        self.reached = reached


def host(url: str) -> str:
    """Give the host of an address, with its port if that is an unusual one."""
    return urlsplit(url).netloc.rpartition("@")[2] or errors.shown(url)


def refuse(url: str, answer: urllib3.BaseHTTPResponse, now: float) -> None:
    """Go on only with a file, or a part of one; ``now`` is the time in seconds, for a date to come back at.

    Raises :class:`AgainError` or :class:`mapper.errors.NetworkError`.
    """
    status = answer.status
    if status in LATER:
        raise _later(url, answer, now)
    if status in NOT_FOR_US:
        raise RefusedError(
            f"{host(url)} does not let this program in (HTTP {status}). It says what it is and does not pretend to be "
            "a browser, which some servers alone let in."
        )
    if status in GONE:
        raise MissingError(f"{host(url)} has nothing at {url} (HTTP {status}).")
    if status not in (OK, PART_OF_IT):
        raise errors.NetworkError(f"{host(url)} answers with HTTP {status} to {url}.")
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if packing not in {"", "identity"}:
        raise errors.NetworkError(f"{host(url)} packs its answer ({errors.shown(packing)}), though asked not to.")
    if answer.headers.get("content-type", "").partition(";")[0].strip().lower() in PAGES:
        raise errors.NetworkError(f"{host(url)} sent a web page in place of the file, perhaps one to log in.")


def part(answer: urllib3.BaseHTTPResponse) -> tuple[int, int]:
    """Give at which byte a part begins and how many the whole has (0: not told); -1 where that is not said well."""
    unit, _, rest = answer.headers.get("content-range", "").partition(" ")
    begin, _, end = rest.partition("-")
    whole = end.rpartition("/")[2]
    good = unit == "bytes" and begin.isdecimal()
    return (int(begin) if good else -1), (int(whole) if whole.isdecimal() else 0)


def length(answer: urllib3.BaseHTTPResponse) -> int:
    """Give the bytes that a server says it will send; 0 where it does not say."""
    told = answer.headers.get("content-length", "")
    return int(told) if told.isdecimal() else 0


def validator(answer: urllib3.BaseHTTPResponse) -> str:
    """Give what tells whether a file is still the same: a strong ETag, or the day of its last change."""
    etag = answer.headers.get("etag", "").strip()
    return etag if etag.startswith('"') else answer.headers.get("last-modified", "").strip() if not etag else ""


def _later(url: str, answer: urllib3.BaseHTTPResponse, now: float) -> Exception:
    wait = _retry_after(answer.headers.get("retry-after", "").strip(), now)
    if wait is not None and wait > LONGEST_WAIT:
        return errors.NetworkError(f"{host(url)} asks to come back in {wait / 60:,.0f} minutes (HTTP {answer.status}).")
    return AgainError(f"is busy or out of order (HTTP {answer.status})", wait=wait)


def _retry_after(told: str, now: float) -> float | None:
    """Read seconds or a date; what is neither counts as not said."""
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - now)
    except ValueError:
        return None


def plain(error: Exception) -> str:
    """Say why in one line, without the names of a library's objects."""
    text = re.sub(r"^\w+\(host=.*?\): ", "", " ".join(str(error).split()))
    return (
        text.rpartition(": ")[2].rstrip(".") if " object at 0x" in text or text.startswith("<") else text or "no reason"
    )
