"""CSV after RFC 4180, in UTF-8 without a mark before it: a file for each table; what goes with it is in the sidecar.

Days are ISO 8601, true and false in lower case, lists joined by ``;``, and what is not known is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper.outputs.exports import cells, delimited, xml_text
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.outputs.exports.layer import About, Layer

HARMLESS: Final = "An apostrophe stands before text that a spreadsheet would run as a formula"


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:  # noqa: ARG001 -- as in every format
    """Write a file for each layer, without its shapes."""
    return {
        f"{name}.csv": delimited.csv_text(rows(layer), [column.name for column in layer.columns]).encode()
        for name, layer in zip(layers_.stems(stem, layers), layers, strict=True)
    }


def rows(layer: Layer) -> Iterator[dict[str, Any]]:
    """Give rows with the texts that CSV can hold."""
    for row in layer.rows():
        flat = {name: layers_.flat(value) for name, value in row.items()}
        yield {name: xml_text.fit(value) if isinstance(value, str) else value for name, value in flat.items()}


def told(layers: Sequence[Layer]) -> Iterator[str]:
    """Say which cells do not hold their text as it is."""
    yield from cells.told(layers, HARMLESS, lambda text: delimited.RUNS.match(xml_text.fit(text)) is not None)
    yield from cells.signs(layers)
