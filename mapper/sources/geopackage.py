"""GeoPackages before GDAL opens them: a database that is broken is told, where fiona would take the program down.

GDAL quotes what it finds in an error, and fiona's handler of errors cannot bear quotes that are no UTF-8: of 1,500
GeoPackages with some bytes changed 47 ended the process. SQLite's own check finds each of them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from mapper import errors

if TYPE_CHECKING:
    from pathlib import Path

TABLES: Final = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")


def refuse_broken(file: Path, shown: str) -> None:
    """Refuse a database that SQLite finds broken, or whose names and descriptions are no UTF-8; nothing is written."""
    try:
        # immutable: neither a lock nor a journal is made beside a file of somebody else
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True)) as database:
            database.text_factory = bytes
            _read(database, "SELECT name, sql FROM sqlite_master")
            if [row[0] for row in database.execute("PRAGMA quick_check(1)")] != [b"ok"]:
                raise _broken(shown, "its pages do not fit together")
            for table in TABLES:
                _read(database, f"SELECT * FROM {table}")  # noqa: S608 -- names of ours
    except (sqlite3.Error, UnicodeError) as error:
        raise _broken(shown, " ".join(str(error).split())) from None


def _read(database: sqlite3.Connection, query: str) -> None:
    for row in database.execute(query):
        for cell in row:
            if isinstance(cell, bytes):
                cell.decode("utf-8")


def _broken(shown: str, why: str) -> errors.DataError:
    return errors.fault(shown, f"cannot be read as GPKG (the database is broken: {why})", "Get it again")
