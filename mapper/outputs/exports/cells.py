"""What becomes of texts in the cells of a spreadsheet, and how that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper import geo
from mapper.outputs.exports import layer as layers_
from mapper.outputs.exports import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.outputs.exports.layer import Layer

SIGNS: Final = "Control characters, which the format cannot hold, are shown as signs"


def texts(layer: Layer) -> Iterator[tuple[str, str, str]]:
    """Go through all cells that hold text: key of the row, name of the column, and the text with lists joined."""
    for column in layer.columns:
        if column.kind in {"text", "list"}:
            for key, value in zip(layer.table[layer.key], layer.table[column.name], strict=True):
                if value:
                    yield key, column.name, layers_.flat(value)


def told(layers: Sequence[Layer], said: str, is_changed: Callable[[str], bool]) -> Iterator[str]:
    """Say in which cells something was changed, at most ten of each layer by name; nothing where none was."""
    for layer in layers:
        found = [f"{column} of {key}" for key, column, text in texts(layer) if is_changed(text)]
        if found:
            yield f"{said}: in {layer.name} {geo.listed(found)}."


def signs(layers: Sequence[Layer]) -> Iterator[str]:
    """Say where characters were shown as signs; see :func:`xml_text.fit`."""
    return told(layers, SIGNS, lambda text: xml_text.UNFIT.search(text.replace("\r", "\n")) is not None)
