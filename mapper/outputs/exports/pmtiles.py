"""PMTiles 3: rows as vector tiles in one file, which a web map reads piece by piece from any server of files.

Each row is a feature of the tile's layer. Days are text, and beside them whole numbers such as 20240229 that a
style can compare: a stretch is drawn where ``valid_from_number <= day < valid_to_number``.
"""

from __future__ import annotations

import gzip
import html
import io
from typing import TYPE_CHECKING, Any, Final

import shapely

from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import layer as cells
from mapper.outputs.exports import tiles, xml_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.outputs.exports.layer import About, Layer

ZOOMS: Final = range(3, 10)
"""From where the country fills a screen to where a borough of Yangon does; programs enlarge the last one further."""

NUMBER: Final = "_number"
"""Behind the name of a day's column: the same day as a whole number."""

OPEN: Final = 99991231
"""The number of a day that has not come: nothing known ends the stretch."""

OPENS_AT: Final = 5
"""The zoom at which the whole country fits a screen."""

VALUE_FIELDS: Final = {str: "string_value", bool: "bool_value", int: "int_value", float: "double_value"}

FIELD_TYPES: Final = {"text": "String", "list": "String", "day": "String", "truth": "Boolean"}
"""In the words of TileJSON, as readers of tiles take them; everything else is a ``Number``."""


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write every layer that has shapes (EPSG:4326) into one archive of tiles.

    Raises :class:`ValueError` where no row has a shape.
    """
    from pmtiles import tile as pm  # noqa: PLC0415 -- only this form needs it
    from pmtiles import writer as pm_writer  # noqa: PLC0415 -- the same

    found: dict[tiles.Tile, list[bytes]] = {}
    drawn = [_Rows(layer) for layer in layers if layer.has_shapes]
    cuts = _Cuts(drawn)
    for rows in drawn:
        for tile, pieces in cuts.of(rows):
            found.setdefault(tile, []).append(rows.encoded(pieces))
    if not found:
        raise ValueError("tiles are made of shapes, and there is none")
    buffer = io.BytesIO()
    archive = pm_writer.Writer(buffer)  # type: ignore[no-untyped-call]
    for number, tile in sorted((pm.zxy_to_tileid(*tile), tile) for tile in found):
        # Layers are a repeated field: tiles of one layer each, joined, are a tile of all of them.
        archive.write_tile(number, gzip.compress(b"".join(found[tile]), mtime=0))  # type: ignore[no-untyped-call]
    kinds = {"tile_type": pm.TileType.MVT, "tile_compression": pm.Compression.GZIP}
    archive.finalize(  # type: ignore[no-untyped-call]
        {**kinds, **_place(drawn)}, _metadata([rows.layer for rows in drawn], about)
    )
    return {f"{stem}.pmtiles": buffer.getvalue()}


class _Rows:
    """The rows of one layer, ready to be put into tiles; a shape of several rows is cut and encoded once."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.properties = [_properties(layer, row) for row in layer.rows()]
        self.shapes: list[shapely.Geometry] = []
        self.rows: list[list[int]] = []
        """The numbers of the rows that have a shape, by the number of the shape."""
        self.numbers: dict[int, int] = {}
        """The numbers of the shapes, by their identity."""
        for row, shape in enumerate(layer.table[cells.GEOMETRY]):
            if shape is not None and not shape.is_empty:
                number = self.numbers.setdefault(id(shape), len(self.numbers))
                if number == len(self.shapes):
                    self.shapes.append(shape)
                    self.rows.append([])
                self.rows[number].append(row)

    def encoded(self, pieces: Mapping[int, shapely.Geometry]) -> bytes:
        """Encode the pieces that lie in one tile, a feature for each row, as a Vector Tile of one layer."""
        from mapbox_vector_tile.Mapbox import vector_tile_pb2  # noqa: PLC0415 -- only this form needs it

        tile = vector_tile_pb2.tile()
        made = tile.layers.add(version=2, name=self.layer.name, extent=tiles.EXTENT)
        keys: dict[str, int] = {}
        values: dict[tuple[type, object], int] = {}
        for number, piece in pieces.items():
            path = tiles.path(piece)
            for row in self.rows[number]:
                feature = made.features.add(id=row + 1, type=vector_tile_pb2.tile.Polygon)
                feature.geometry.extend(path)
                feature.tags.extend(
                    tag
                    for name, value in self.properties[row].items()
                    # True equals 1 to Python, and is another value in a tile
                    for tag in (keys.setdefault(name, len(keys)), values.setdefault((type(value), value), len(values)))
                )
        made.keys.extend(keys)
        for kind, value in values:
            made.values.add(**{VALUE_FIELDS[kind]: value})
        return bytes(tile.SerializeToString(deterministic=True))


class _Cuts:
    """The shapes of several layers, cut once where one layer has only shapes that another one has."""

    def __init__(self, drawn: Sequence[_Rows]) -> None:
        self.made: list[tuple[dict[int, int], list[tuple[tiles.Tile, dict[int, shapely.Geometry]]]]] = []
        for rows in sorted(drawn, key=lambda rows: -len(rows.shapes)):
            if rows.shapes and not any(rows.numbers.keys() <= known.keys() for known, _ in self.made):
                self.made.append((rows.numbers, list(tiles.cut(rows.shapes, ZOOMS))))

    def of(self, rows: _Rows) -> Iterator[tuple[tiles.Tile, dict[int, shapely.Geometry]]]:
        """Give the tiles that shapes of one layer reach into, with the pieces by that layer's numbers."""
        if not rows.shapes:
            return
        known, cut = next(one for one in self.made if rows.numbers.keys() <= one[0].keys())
        number = {known[name]: number for name, number in rows.numbers.items()}
        for tile, pieces in cut:
            own = {number[one]: piece for one, piece in pieces.items() if one in number}
            if own:
                yield tile, own


def _properties(layer: Layer, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row as a tile can hold it: what is empty is left out, but for the end of a stretch that goes on."""
    found: dict[str, Any] = {}
    for column in layer.columns:
        value = row[column.name]
        if column.kind == "day":
            number = OPEN if column.name == layer.ends and value is None else _number(value)
            found |= {column.name: cells.flat(value), column.name + NUMBER: number}
        else:
            found[column.name] = float(value) if column.kind == "number" and value is not None else cells.flat(value)
    fit = {name: xml_text.fit(value) if isinstance(value, str) else value for name, value in found.items()}
    return {name: value for name, value in fit.items() if value is not None and value != ""}


def _number(day: dt.date | None) -> int | None:
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day


def _place(drawn: Sequence[_Rows]) -> dict[str, int]:
    """Give where a map opens, and the bounds, in ten-millionths of a degree."""
    west, south, east, north = shapely.total_bounds([shape for rows in drawn for shape in rows.shapes]).tolist()
    degrees = {
        "min_lon": west,
        "min_lat": south,
        "max_lon": east,
        "max_lat": north,
        "center_lon": (west + east) / 2,
        "center_lat": (south + north) / 2,
    }
    return {"center_zoom": OPENS_AT, **{f"{name}_e7": round(value * 1e7) for name, value in degrees.items()}}


def _metadata(layers: Sequence[Layer], about: About) -> dict[str, Any]:
    """Describe the archive as PMTiles and TileJSON do; what those have no word for stands under ``metadata``.

    Maps show the attribution as HTML, so what is text in it is escaped.
    """
    named = list(dict.fromkeys([*about.attribution, about.boundaries_attribution]))
    return {
        "name": about.title,
        "description": " ".join(about.caveats),
        "version": about.version,
        "type": "overlay",
        "attribution": html.escape(" | ".join([text for text in named if text])),
        "vector_layers": [
            {
                "id": layer.name,
                "description": layer.title,
                "minzoom": ZOOMS[0],
                "maxzoom": ZOOMS[-1],
                "fields": dict(_fields(layer)),
            }
            for layer in layers
        ],
        "metadata": abouts.as_json(about, layers),
    }


def _fields(layer: Layer) -> Iterator[tuple[str, str]]:
    for column in layer.columns:
        yield column.name, FIELD_TYPES.get(column.kind, "Number")
        if column.kind == "day":
            yield column.name + NUMBER, "Number"
