"""GeoParquet 1.1: a column-wise file with a box per row, so that readers skip what lies elsewhere; lists stay lists."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

import shapely

from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import arrow
from mapper.outputs.exports import layer as layers_
from mapper.outputs.exports.layer import GEOMETRY
from mapper.outputs.exports.shapes import known_crs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from mapper.outputs.exports.layer import About, Layer

VERSION: Final = "1.1.0"
BOX: Final = "bbox"
EDGES: Final = ("xmin", "ymin", "xmax", "ymax")


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write a file for each layer; what an export says of itself is the key ``mapper`` of its metadata, in JSON."""
    return {
        f"{name}.parquet": _file(layer, about) for name, layer in zip(layers_.stems(stem, layers), layers, strict=True)
    }


def _file(layer: Layer, about: About) -> bytes:
    import pyarrow.parquet as pq  # noqa: PLC0415 -- slow to import

    table = arrow.table(layer, lists=True)
    told = {"mapper": json.dumps({**abouts.as_json(about, [layer]), "title": layer.title}, ensure_ascii=False)}
    if layer.has_shapes:
        table = table.append_column(BOX, _boxes(layer))
        told["geo"] = json.dumps(_geo(layer, about))
    schema = table.schema
    for at, column in enumerate(layer.columns):
        schema = schema.set(at, schema.field(at).with_metadata({"description": column.title}))
    table = table.cast(schema.with_metadata(told))
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", write_page_index=True)
    return buffer.getvalue()


def _boxes(layer: Layer) -> pa.Array:
    """Give the box of each shape, in its own units; none where there is no shape."""
    import pyarrow as pa  # noqa: PLC0415 -- slow to import

    boxes = shapely.bounds(layer.table.geometry.to_numpy())
    none = [shape is None for shape in layer.table.geometry]
    edges = [pa.array(boxes[:, at], pa.float64()) for at in range(len(EDGES))]
    return pa.StructArray.from_arrays(edges, names=list(EDGES), mask=pa.array(none))


def _geo(layer: Layer, about: About) -> dict[str, Any]:
    """Give the ``geo`` key of GeoParquet."""
    shapes = [shape for shape in layer.table.geometry if shape is not None]
    return {
        "version": VERSION,
        "primary_column": GEOMETRY,
        "columns": {
            GEOMETRY: {
                "encoding": "WKB",
                "geometry_types": [arrow.GEOMETRY_TYPE],
                "crs": known_crs(about.crs).to_json_dict(),
                "orientation": "counterclockwise",
                "edges": "planar",
                **({"bbox": [float(edge) for edge in shapely.total_bounds(shapes)]} if shapes else {}),
                "covering": {BOX: {edge: [BOX, edge] for edge in EDGES}},
            }
        },
    }
