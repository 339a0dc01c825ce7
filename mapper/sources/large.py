"""A table of a package that may be larger than memory: checked part by part, and held by nobody as a whole."""

from __future__ import annotations

import hashlib
import itertools
from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from mapper import tables
from mapper.errors import Fault
from mapper.parted import Parted
from mapper.sources import files, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mapper import keys

PART: Final = 20_000
"""Rows that are looked at together."""


def parts(path: Path, schema: Mapping[str, Any], *, name: str) -> Iterator[pd.DataFrame]:
    """Read a table part by part: text in every cell, and the line numbers of the file as index."""
    with files.reading(path, name=name, limit=files.STREAM_LIMIT) as stream:
        header = rows.header(stream, name=name)
        stream.seek(0)
        records = rows.stream(stream, name=name)
        begun = False
        while some := list(itertools.islice(records, PART)):
            yield _frame(some, header, schema)
            begun = True
        if not begun:  # its columns are to be checked all the same
            yield _frame([], header, schema)


def _frame(listed: list[rows.Record], header: list[str], schema: Mapping[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([cells for _, cells in listed], columns=header, dtype=object)
    frame.index = pd.Index([line for line, _ in listed], dtype="int64")
    return tables.completed(frame, schema)


def read(
    table: str, path: Path, schema: Mapping[str, Any], *, name: str, known: keys.Keys
) -> tuple[Parted, list[Fault]]:
    """Check a table as :func:`tables.check` does, and give it with its faults, as many as anybody would read.

    The table's key must be one column. Raises :class:`mapper.errors.DataError` where the file cannot be read.
    """
    (key,) = schema["primaryKey"]
    alone = {**schema, "primaryKey": []}
    faults: list[Fault] = []
    by_source: Counter[str] = Counter()
    ids = array("Q")
    for part in parts(path, schema, name=name):
        faults += tables.check(table, part, alone, file=name, known=known)
        if len(faults) > rows.FAULT_LIMIT or key not in part or "source_id" not in part:
            return Parted(), faults
        by_source.update(map(str, part["source_id"]))
        ids.extend(map(_short, part[key]))
    faults += _repeated(ids, lambda: parts(path, schema, name=name), key, name)
    return Parted(lambda: (part.set_index(key) for part in parts(path, schema, name=name)), dict(by_source)), faults


def _short(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _repeated(ids: array[int], again: Any, key: str, name: str) -> list[Fault]:  # noqa: ANN401 -- as parts() gives them
    """Give the rows whose id another row has as well: those that share a short digest are read again, and compared."""
    if not ids:
        return []
    found, counts = np.unique(np.frombuffer(ids, dtype=np.uint64), return_counts=True)
    doubtful = frozenset(found[counts > 1].tolist())
    if not doubtful:
        return []
    there: defaultdict[str, list[int]] = defaultdict(list)
    for part in again():
        for line, text in part[key].items():
            if text and _short(text) in doubtful:
                there[text].append(int(line))
    problem, remedy = "occurs more than once", "Give each its own"
    return [
        Fault(name, line, key, text, problem, remedy)
        for text, lines in there.items()
        if len(lines) > 1
        for line in lines
    ][: rows.FAULT_LIMIT]
