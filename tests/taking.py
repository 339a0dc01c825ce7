"""Take tables into a package as a user does, and look at what came of it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import cli

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Township,State/Region,Date,Held by,Source,Link,Phone\n"
GWA = "Gwa,Rakhine,29/12/2024,Arakan Army,A Paper,https://paper.example/1,0912345\n"
SAID = ("--sensitivity", "public", "--by", "tester", "--at", "2026-01-31")


def take(own: Path, text: str, *options: str, name: str = "reports.csv") -> cli.Ran:
    file = own.parent / name
    file.write_text(text, encoding="utf-8", newline="")
    return cli.run("import", "table", file, "--into", own, *SAID, *options)


def rows(own: Path, table: str) -> list[dict[str, str]]:
    with (own / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(own: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in own.iterdir() if path.is_file()}
