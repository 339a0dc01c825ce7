"""The tables of a GeoPackage that GDAL does not write: styles, metadata, and the meanings of columns."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.outputs.exports.layer import Layer

SCHEMA: Final = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
  ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT ''
);
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
);
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
"""
"""As OGC 12-128r19 and QGIS (``qgsogrproviderconnection``) define them."""

EXTENSIONS: Final = (
    ("gpkg_metadata", "gpkg_metadata", "http://www.geopackage.org/spec131/#extension_metadata"),
    ("gpkg_metadata_reference", "gpkg_metadata", "http://www.geopackage.org/spec131/#extension_metadata"),
    ("gpkg_data_columns", "gpkg_schema", "http://www.geopackage.org/spec131/#extension_schema"),
)
"""Table, extension and the name of its definition, which nobody opens."""

SHAPES: Final = "geom"
"""The column of the shapes, as GDAL and QGIS name it by default."""

STANDARD: Final = "http://www.w3.org/ns/dcat#"


def added(content: bytes, layers: Sequence[Layer], *, styles: Mapping[str, str], metadata: str, moment: str) -> bytes:
    """Add the tables to a GeoPackage and give it back: ``styles`` are QML by layer, ``metadata`` is JSON."""
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(content)
        database.executescript(SCHEMA)
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
            " styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)"
            " VALUES ('', '', ?, ?, ?, ?, '', 1, 'As on the map', '', '', ?)",
            [(name, SHAPES, name, text, moment) for name, text in styles.items()],
        )
        database.execute(
            "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)", (STANDARD, metadata)
        )
        database.execute(
            "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)", (moment,)
        )
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?, ?, ?)",
            [(layer.name, column.name, column.title) for layer in layers for column in layer.columns],
        )
        # GDAL, and so QGIS, sees only the tables that are listed
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS draws the layers', ?, 0)",
            (moment,),
        )
        database.execute("INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', ?)", (len(styles),))
        database.executemany("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", EXTENSIONS)
        database.commit()
        return database.serialize()
    finally:
        database.close()
