"""Take ACLED's events into a package, and hear what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cli
import feeds

if TYPE_CHECKING:
    from pathlib import Path


def take(own: Path, raw: bytes, three: Path, *more: str, name: str = "acled.csv") -> cli.Ran:
    file = own.parent / name
    file.write_bytes(raw)
    squares = ("--boundaries", three / "squares.geojson")
    return cli.run("import", "acled", file, "--into", own, *feeds.BY, *squares, *more)


def export(*listed: dict[str, str]) -> bytes:
    return feeds.csv_text(listed, feeds.ACLED)


def told(ran: cli.Ran) -> str:
    """What tables say in their last column, and what errors say."""
    cells = [line.split("│")[-2].strip() for line in ran.out.splitlines() if "│" in line]
    return " ".join([*cells, *ran.err.split()])
