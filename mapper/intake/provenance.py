"""Who says it: the sources of an import, found in the package or added to it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from mapper import errors, tables
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper import keys
    from mapper.errors import Fault
    from mapper.intake.book import Book, Cells
    from mapper.sources.harvest import Harvest

FILLED: Final = {"affiliation": "unclassified", "licence": "facts-cited", "title_kind": "descriptive"}
"""What a source has unless something else is said of it; how sensitive it is must be said."""

SAME: Final = (("url",), ("publisher", "url", "title", "published"))
"""What two sources have in common that are one: their address, or all of these where there is none."""

MOST: Final = 50_000
"""Different sources that the rows of one file may name."""

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
        self._alike: dict[tuple[str, ...], str] = {}
        for row in self._rows:
            self._remember(row)
        self._next: dict[str, int] = {}
        self._keys: keys.Keys = {}
        self._told: dict[tuple[tuple[str, str], ...], str] = {}
        self.added: list[Cells] = []
        self._vetted = 0
        self._slips: dict[str, list[Fault]] = {}

    def source(self, of_row: Mapping[str, str]) -> str:
        """Give the id of a row's source: the page that the row names, or the file as a whole.

        Raises :class:`errors.DataError` where the rows name more sources than any list of sources has.
        """
        said = tuple(of_row.items())
        if said not in self._told:
            if len(self._told) >= MOST:
                problem = f"names more than {MOST:,} different sources"
                remedy = "Is a column with something else taken for their address? Leave it out with --map url=-"
                raise errors.fault(self._name, problem, remedy)
            self._told[said] = self._of_row(of_row)
        return self._told[said]

    def _of_row(self, of_row: Mapping[str, str]) -> str:
        own = {part: " ".join(text.split()) for part, text in of_row.items() if text.strip()}
        if own.get("url") or own.get("publisher"):
            return self._found({**self._file, "source_id": "", "title": "", "url": "", "publisher": "", **own})
        return self._found(self._file)

    def slips(self) -> dict[str, list[Fault]]:
        """Give the faults of all sources that were added so far, by id; how sensitive they are is asked of the user."""
        fresh = self.added[self._vetted :]
        self._vetted = len(self.added)
        if fresh:
            schema = {**self._book.schemas["sources"], "primaryKey": []}
            frame = pd.DataFrame(fresh, columns=[column["name"] for column in schema["fields"]], dtype=object).fillna(
                ""
            )
            listed = self._book.table("licences")
            licences = pd.DataFrame([*listed.rows, *listed.added], dtype=object)
            known = packages.keys_of({"licences": licences}, self._book.schemas)
            for fault in tables.check("sources", frame, schema, file=self._name, known=known):
                if fault.column != "sensitivity":
                    self._slips.setdefault(fresh[fault.row]["source_id"], []).append(fault)
        return self._slips

    def _remember(self, row: Cells) -> None:
        """Know a source by its address, and by what else tells it."""
        for same in SAME:
            if row[same[0]]:
                self._alike.setdefault((*same, *(row[part] for part in same)), row["source_id"])

    def _found(self, wanted: Mapping[str, str]) -> str:
        if wanted.get("source_id") in self._ids:
            return wanted["source_id"]
        made = self._completed(wanted)
        same = SAME[0] if made["url"] else SAME[1]
        before = self._alike.get((*same, *(made[part] for part in same)))
        if before is not None and not wanted.get("source_id"):
            return before
        stem = wanted.get("source_id") or slug(f"{made['publisher']} {made['published'][:7] or 'undated'}")
        made["source_id"] = stem if stem not in self._ids else self._free(stem)
        self._remember(made)
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
        number = self._next.get(stem, 2)
        while f"{stem}-{number}" in self._ids:
            number += 1
        self._next[stem] = number + 1
        return f"{stem}-{number}"

    def keys(self, schema: Mapping[str, Any]) -> keys.Keys:
        """Give what the foreign keys of a table may point to: the package's rows, and the sources that are added."""
        there = {item["name"] for item in self._book.described["resources"]}
        wanted = {foreign["reference"]["resource"] for foreign in schema.get("foreignKeys", [])} - {"sources"}
        if not self._keys:
            found = {name: self._book.table(name) for name in wanted & there}
            frames = {name: pd.DataFrame([*one.rows, *one.added], dtype=object) for name, one in found.items()}
            self._keys = packages.keys_of(frames, self._book.schemas)
        return {**self._keys, ("sources", ("source_id",)): {(name,) for name in self._ids}}


def slug(text: str) -> str:
    """Give an id of lower-case letters, digits and hyphens.

    >>> slug("The Irrawaddy 2026-03"), slug("မြန်မာ")
    ('the-irrawaddy-2026-03', 'source')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.casefold())) or "source"
