"""The public address of the folder that the files will stand in, as its owner gives it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from mapper import errors

LETTERS: Final = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~!$&()*+,;=:@%-]*)*")
"""No quote, no blank, no user's name, no query, no fragment."""

LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
AMBIGUOUS: Final = re.compile(r"//|%(?![0-9A-Fa-f]{2})|%2[EeFf]|%5[Cc]")
LONGEST: Final = 1500


def checked(url: str) -> str:
    """Give the address with a slash at its end; ``""`` stays so.

    Raises :class:`errors.UsageError` for what is no https address of a folder.

    >>> checked("https://maps.example/myanmar")
    'https://maps.example/myanmar/'
    """
    if not url:
        return ""
    if len(url) > LONGEST:
        raise _refused(url, f"is longer than {LONGEST} letters")
    if url.lower().startswith("http:"):
        remedy = "a page on https shows no frame from http: serve the folder by https"
        raise _refused(url, "is not https", remedy)
    if not LETTERS.fullmatch(url):
        raise _refused(url, "is no plain https address of a folder")
    _check_host(url)
    path = urlsplit(url).path
    if {".", ".."} & set(path.split("/")) or AMBIGUOUS.search(path):
        raise _refused(url, "has a path that servers read in different ways")
    if re.search(r"\.html?/?$", path):
        raise _refused(url, "names a page", "give the folder that the files will stand in")
    return url if url.endswith("/") else f"{url}/"


def _check_host(url: str) -> None:
    try:
        parts = urlsplit(url)
        names_port = parts.port != 0
    except ValueError:
        names_port = False
    if not names_port:
        raise _refused(url, "has a port that does not exist")
    if not all(LABEL.fullmatch(label) for label in (parts.hostname or "").split(".")):
        raise _refused(url, "names no host")


def _refused(url: str, problem: str, remedy: str = "write it as in https://maps.example/myanmar/") -> errors.UsageError:
    return errors.UsageError(f"--url {errors.shown(url)} {problem}; {remedy}")
