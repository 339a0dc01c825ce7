"""CSV with a row of HXL tags below its header: what the humanitarian tools read, whatever the columns are called.

After HXL 1.1. ``#status+control`` is our own tag: the standard's list of hashtags has ``#status``, and none for who
holds a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.outputs.exports import csv_tables, delimited
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.outputs.exports.layer import About, Layer

told = csv_tables.told


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:  # noqa: ARG001 -- as in every format
    """Write a file for each layer, without its shapes."""
    found = {}
    for name, layer in zip(layers_.stems(stem, layers), layers, strict=True):
        columns = [column.name for column in layer.columns]
        header, _, rest = delimited.csv_text(csv_tables.rows(layer), columns).partition("\n")
        tags = ",".join(column.hxl for column in layer.columns)
        found[f"{name}.hxl.csv"] = f"{header}\n{tags}\n{rest}".encode()
    return found
