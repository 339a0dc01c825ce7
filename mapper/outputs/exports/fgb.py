"""FlatGeobuf: a file that is read in pieces over the network, by a box; no lists, so their texts are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import arrow, geojson, ogr
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.outputs.exports.layer import About, Layer


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write a file for each layer; its header has title, description and, in JSON, all that an export says of itself.

    A layer with rows that have no shape has no spatial index: the format cannot have both.
    """
    named = dict(zip(layers_.stems(stem, layers), layers, strict=True))
    return ogr.files(
        {name: arrow.table(layer) for name, layer in named.items()},
        about,
        driver="FlatGeobuf",
        endings=[".fgb"],
        layer={
            name: {
                "SPATIAL_INDEX": "YES" if layer.has_shapes and layer.table.geometry.notna().all() else "NO",
                "TITLE": layer.title,
                "DESCRIPTION": " ".join(about.caveats),
            }
            for name, layer in named.items()
        },
        metadata={
            name: {"mapper": geojson.encoded(abouts.as_json(about, [layer])).decode()} for name, layer in named.items()
        },
    )
