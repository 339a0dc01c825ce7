"""A package's tables as text, to add rows to and to change some: what is not changed stays byte for byte."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper import errors
from mapper.intake.ledger import Ledger
from mapper.sources import country, files, pending, rows
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.intake.content import Content


Cells = dict[str, str]
"""One row of a table, by column."""


@dataclass
class Table:
    """One table: its rows in the order of the file, and the bytes they were read from."""

    path: str
    header: list[str]
    rows: list[Cells]
    raw: bytes
    added: list[Cells] = field(default_factory=list)
    rewritten: bool = False

    def add(self, row: Mapping[str, str]) -> None:
        """Add a row at the end; columns that it does not name are empty."""
        self.added.append({column: row.get(column, "") for column in self.header})

    def change(self, position: int, row: Mapping[str, str]) -> None:
        """Put other cells into the row at a position, counted from 0."""
        self.rows[position] = {column: row.get(column, "") for column in self.header}
        self.rewritten = True

    def widen(self, columns: Iterable[str]) -> None:
        """Add columns that the table does not have yet, empty in every row."""
        missing = [column for column in columns if column not in self.header]
        if missing:
            self.header += missing
            self.rows = [{**row, **dict.fromkeys(missing, "")} for row in self.rows]
            self.added = [{**row, **dict.fromkeys(missing, "")} for row in self.added]
            self.rewritten = True

    def content(self) -> bytes:
        """Give the table as bytes, in the line ends that it had."""
        ending = "\r\n" if b"\r\n" in self.raw.partition(b"\n")[0] + b"\n" else "\n"
        if self.rewritten or not self.raw:
            mark = rows.BOM if self.raw.startswith(rows.BOM) else b""
            return mark + text_of(self.header, [*self.rows, *self.added], ending=ending).encode()
        between = b"" if self.raw.endswith(b"\n") else ending.encode()
        lines = text_of(self.header, self.added, ending=ending, head=False)
        return self.raw + between + lines.encode()


def text_of(header: list[str], listed: Iterable[Cells], *, ending: str = "\n", head: bool = True) -> str:
    """Write rows as CSV, exactly as they are: what a table holds is data, and no spreadsheet's to run or to change."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=ending)
    if head:
        writer.writerow(header)
    writer.writerows([row[column] for column in header] for row in listed)
    return buffer.getvalue()


class Book:
    """A package that is going to be changed; each table is read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Read the package, which must be sound: raises :class:`errors.DataError` with what is wrong in it."""
        self.folder = folder
        self.package = packages.open_package(folder, statements=False)
        self.described: dict[str, Any] = pending.steadily(folder, lambda new: packages.descriptor(folder, new))
        file = str(folder / packages.DESCRIPTOR)
        self.country = country.declared(self.described, file=file)
        self.schemas = country.suited(packages.standard(), self.country)
        self._tables: dict[str, Table] = {}
        self._ledgers: dict[str, Ledger] = {}
        self._new: list[str] = []

    def table(self, name: str) -> Table:
        """Give a table by its name in the descriptor; one that the package lacks begins empty."""
        if name not in self._tables:
            self._tables[name] = self._read(name)
        return self._tables[name]

    def _read(self, name: str) -> Table:
        paths = {item["name"]: item["path"] for item in self.described["resources"]}
        if name not in paths:
            self._new.append(name)
            return Table(f"{name}.csv", [column["name"] for column in self.schemas[name]["fields"]], [], b"")
        path = paths[name]
        place = self.place(path)
        header, listed = files.read_text_table(place, name=str(self.folder / path))
        return Table(path, header, [cells for _, cells in listed], files.read_whole(place))

    def ledger(self, name: str) -> Ledger:
        """Give a table of statements, which may be larger than memory, by its name in the descriptor."""
        if name not in self._ledgers:
            paths = {item["name"]: item["path"] for item in self.described["resources"]}
            path = paths.get(name, f"{name}.csv")
            shown = str(self.folder / path)
            place = self.place(path) if name in paths else None
            header = [column["name"] for column in self.schemas[name]["fields"]]
            if place is None:
                self._new.append(name)
            else:
                with files.reading(place, name=shown, limit=files.STREAM_LIMIT) as stream:
                    header = rows.header(stream, name=shown)
            self._ledgers[name] = Ledger(name, path, header, place, shown=shown)
        return self._ledgers[name]

    def place(self, name: str) -> Path:
        """Give where a file of the package is to be read."""
        return pending.instead(self.folder).get(name, self.folder / name)

    def read_beside(self, name: str) -> bytes | None:
        """Give a file of the package that is no table, such as its log; ``None`` where it has none."""
        place = self.place(name)
        return files.read_whole(place) if place.is_file() else None

    def contents(self) -> dict[str, Content]:
        """Give the files that differ from those on the disk, by name: tables, and the descriptor of new ones."""
        changed: dict[str, Content] = {
            table.path: table.content() for table in self._tables.values() if table.added or table.rewritten
        }
        changed |= {ledger.path: ledger.content() for ledger in self._ledgers.values() if ledger.touched}
        begun = [name for name in self._new if self._path(name) in changed]
        if begun:
            described = {**self.described, "resources": [*self.described["resources"], *map(self._resource, begun)]}
            changed[packages.DESCRIPTOR] = as_json(described)
        return changed

    def _path(self, name: str) -> str:
        return (self._ledgers.get(name) or self._tables[name]).path

    def _resource(self, name: str) -> dict[str, Any]:
        return resource(name, self._path(name), self.schemas[name])


def resource(name: str, path: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a table as a Frictionless resource."""
    return {
        "name": name,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def as_json(value: object) -> bytes:
    """Write JSON as the package's files have it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def find(path: Path | None) -> Path:
    """Give the folder of the package that a change is meant for: the one named, or the one we stand in.

    Raises :class:`errors.UsageError` where none is named and this folder is none.
    """
    folder = Path() if path is None else path.parent if path.name == packages.DESCRIPTOR else path
    if path is None and not (folder / packages.DESCRIPTOR).is_file():
        raise errors.UsageError(
            "This folder is no data package. Name one with --into, or make one: mapper new my-map --title 'My map'."
        )
    return folder
