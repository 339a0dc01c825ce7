"""The page's own rule about what may run in it: nothing but the scripts and styles written here, and no connection."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from mapper import errors

BLOCK: Final = re.compile(r"<(script|style)((?:\s[^>]*)?)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
DATA: Final = re.compile(r"\stype=[\"']?application/", re.IGNORECASE)
"""A block of data is not run, so no rule speaks of it."""

FIRST: Final = '<meta charset="utf-8">\n'
"""The rule stands right behind this, since it holds only for what comes after it."""


def with_policy(page: str) -> str:
    r"""Write the Content-Security-Policy into a page that is otherwise finished.

    Each script and style is allowed by the hash of its text, so whatever else gets into the page stays still.
    Raises :class:`errors.UsageError` for a page without ``<meta charset="utf-8">``.

    >>> with_policy('<meta charset="utf-8">\n<style></style>').splitlines()[1][:60]
    '<meta http-equiv="Content-Security-Policy" content="default-'
    """
    head, found, rest = page.partition(FIRST)
    if not found:
        raise errors.UsageError("only a page that begins with its character set can have a policy")
    return f'{head}{found}<meta http-equiv="Content-Security-Policy" content="{policy(page)}">\n{rest}'


def policy(page: str) -> str:
    """Give the policy that suits a page: its own inline scripts and styles, images from within it, nothing else."""
    hashes: dict[str, dict[str, None]] = {"script": {}, "style": {}}
    for tag, attributes, text in BLOCK.findall(page):
        if not DATA.search(attributes):
            hashes[tag.lower()][f"'sha256-{_digest(text)}'"] = None
    rules = [" ".join([f"{tag}-src", *(found or ["'none'"])]) for tag, found in hashes.items()]
    return "; ".join(["default-src 'none'", *rules, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    """Hash a text as a browser does, which knows one kind of line end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return base64.b64encode(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest()).decode()
