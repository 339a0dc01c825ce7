"""Who says it: the sources of an import, found in the package or added to it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import pandas as pd

from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper import keys
    from mapper.intake.book import Book, Cells
    from mapper.sources.harvest import Harvest

FILLED: Final = {"affiliation": "unclassified", "licence": "facts-cited", "title_kind": "descriptive"}
"""What a source has unless something else is said of it; how sensitive it is must be said."""

PRECISION: Final = {4: "year", 7: "month", 10: "day"}
"""Of a date of publication, by its length."""


class Sources:
    """The sources that the rows of one file rest on."""

    def __init__(self, book: Book, harvest: Harvest, said: Mapping[str, str], *, beside: Sequence[Cells] = ()) -> None:
        """Know the package's sources, the file's own, and what the user ``said`` of it (cells of a source)."""
        self._book = book
        self._file = {**FILLED, **harvest.source, **said}
        self._name = PurePath(harvest.name).name
        self._rows = [*book.table("sources").rows, *beside]
        self._ids = {row["source_id"] for row in self._rows}
        self.added: list[Cells] = []

    def source(self, of_row: Mapping[str, str]) -> str:
        """Give the id of a row's source: the page that the row names, or the file as a whole."""
        own = {part: " ".join(text.split()) for part, text in of_row.items() if text.strip()}
        if own.get("url") or own.get("publisher"):
            return self._found({**self._file, "source_id": "", "title": "", "url": "", "publisher": "", **own})
        return self._found(self._file)

    def _found(self, wanted: Mapping[str, str]) -> str:
        if wanted.get("source_id") in self._ids:
            return wanted["source_id"]
        made = self._completed(wanted)
        same = ("url",) if made["url"] else ("url", "publisher", "title", "published")
        for row in self._rows:
            if not wanted.get("source_id") and all(row[part] == made[part] for part in same):
                return row["source_id"]
        stem = wanted.get("source_id") or slug(f"{made['publisher']} {made['published'][:7] or 'undated'}")
        made["source_id"] = stem if stem not in self._ids else self._free(stem)
        self._rows.append(made)
        self._ids.add(made["source_id"])
        self.added.append(made)
        return made["source_id"]

    def _completed(self, wanted: Mapping[str, str]) -> Cells:
        """Give the row of a source, without its id; what nobody has said is the careful choice, or stays empty."""
        published, url = wanted.get("published", ""), wanted.get("url", "")
        untitled = not wanted.get("title")
        blank = {column["name"]: "" for column in self._book.schemas["sources"]["fields"]}
        return {
            **blank,
            "title": wanted.get("title") or url or self._name,
            "title_kind": "from_url" if url and untitled else wanted["title_kind"],
            "publisher": wanted.get("publisher") or self._book.package.title,
            "published": published,
            "published_precision": PRECISION.get(len(published), ""),
            "url": url,
            "affiliation": wanted["affiliation"],
            "sensitivity": wanted.get("sensitivity", ""),
            "licence": wanted["licence"],
            **({"form": wanted["form"]} if "form" in blank and wanted.get("form") else {}),
        }

    def _free(self, stem: str) -> str:
        number = 2
        while f"{stem}-{number}" in self._ids:
            number += 1
        return f"{stem}-{number}"

    def keys(self) -> keys.Keys:
        """Give what foreign keys may point to: the package's rows, and the sources that are added."""
        found = {name: self._book.table(name) for name in self._referenced()}
        frames = {name: pd.DataFrame([*one.rows, *one.added], dtype=str) for name, one in found.items()}
        frames["sources"] = pd.DataFrame(self._rows, columns=self._book.table("sources").header, dtype=str)
        return packages.keys_of(frames, self._book.schemas)

    def _referenced(self) -> list[str]:
        there = {item["name"] for item in self._book.described["resources"]}
        return [name for name in ("townships", "states", "bases", "licences", "control_reports") if name in there]


def slug(text: str) -> str:
    """Give an id of lower-case letters, digits and hyphens.

    >>> slug("The Irrawaddy 2026-03"), slug("မြန်မာ")
    ('the-irrawaddy-2026-03', 'source')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.casefold())) or "source"
