"""Run `mapper boundaries fetch` against a server of a test, and look at what it leaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import cli

if TYPE_CHECKING:
    from pathlib import Path

    from cli import Ran
    from troubled import Server

YES = ("--accept-terms", "--by", "A. Tester", "--at", "2026-11-25T10:40:00Z")


def fetch(source: str, server: Server, out: Path, *more: object) -> Ran:
    """Fetch from a server to a place."""
    return cli.run("boundaries", "fetch", source, "--from", server.url, "--out", out, *more)


def record(out: Path) -> dict[str, Any]:
    """Read what was recorded of a file."""
    found: dict[str, Any] = json.loads(out.with_name(out.name + ".metadata.json").read_text(encoding="utf-8"))
    return found


def names(folder: Path) -> list[str]:
    """Give what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())
