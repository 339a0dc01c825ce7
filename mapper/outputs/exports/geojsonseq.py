"""GeoJSON Text Sequences (RFC 8142): a feature per line, each after a record separator, to be read as it comes.

There is no collection that could say what it is; the ``.metadata.json`` beside it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.outputs.exports import geojson
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.outputs.exports.layer import About, Layer

RECORD_SEPARATOR: Final = b"\x1e"


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:  # noqa: ARG001 -- formats are alike
    """Write the features of each layer as a sequence of their own."""
    return {
        f"{name}.geojsons": b"".join(
            RECORD_SEPARATOR + geojson.feature(*feature) + b"\n" for feature in geojson.features(layer)
        )
        for name, layer in zip(layers_.stems(stem, layers), layers, strict=True)
    }
