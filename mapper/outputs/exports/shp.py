"""ESRI Shapefile in a zip archive: names of ten characters, with a table of what they mean beside them.

A text of more than 254 bytes goes on in further fields (``finding``, ``finding_2``), since a field holds no more; an
empty text and none at all are the same there, and a list is its texts joined by ``;``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import arrow, delimited, ogr, packed
from mapper.outputs.exports import layer as layers_
from mapper.outputs.exports.layer import GEOMETRY, SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from mapper.outputs.exports.layer import About, Layer

WIDEST: Final = 254
"""Bytes that a field of text holds."""

MEANINGS: Final = ("field", "column", "part", "kind", "meaning")


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write an archive for each layer: the Shapefile, ``-fields.csv`` with the meanings, ``-about.txt``."""
    named = dict(zip(layers_.stems(stem, layers), layers, strict=True))
    return {f"{name}.shp.zip": packed.packed(_files(name, layer, about)) for name, layer in named.items()}


def _files(name: str, layer: Layer, about: About) -> dict[str, bytes]:
    table, meanings = _fields(layer)
    made = ogr.files(
        {name: table},
        about,
        driver="ESRI Shapefile",
        endings=[".shp"],
        layer={name: {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": about.as_known_on.isoformat()}},
    )
    return {
        **made,
        f"{name}-fields.csv": delimited.csv_text(meanings, MEANINGS).encode(),
        f"{name}-about.txt": abouts.as_text(about, layer).encode(),
    }


def _fields(layer: Layer) -> tuple[pa.Table, list[dict[str, Any]]]:
    """Give the layer with its short names, long texts in pieces, and the row that explains each field."""
    import pyarrow as pa  # noqa: PLC0415 -- slow to import

    whole = arrow.table(layer, names=[column.short for column in layer.columns])
    found: dict[str, Any] = {}
    meanings = []
    for column in layer.columns:
        values = whole.column(column.short)
        pieces = [values]
        if column.kind in {"text", "list"}:
            cut = [_pieces(text or "") for text in values.to_pylist()]
            most = max(map(len, cut), default=1)
            pieces = [pa.array([one[at] if at < len(one) else None for one in cut], pa.string()) for at in range(most)]
        for number, piece in enumerate(pieces, start=1):
            field = column.short if number == 1 else f"{column.short[: SHORT - len(f'_{number}')]}_{number}"
            found[field] = piece
            row = {"field": field, "column": column.name, "part": number, "kind": column.kind, "meaning": column.title}
            meanings.append(row)
    if layer.has_shapes:
        found[GEOMETRY] = whole.column(GEOMETRY)
    return pa.table(found), meanings


def _pieces(text: str) -> list[str]:
    """Cut a text into pieces that a field holds, never within a character."""
    return list(_cut(text)) or [""]


def _cut(text: str) -> Iterator[str]:
    rest = text
    while len(rest.encode()) > WIDEST:
        end = len(rest.encode()[:WIDEST].decode(errors="ignore"))
        # a field loses blanks at its ends, so none may stand there
        inside = next((at for at in range(end, 0, -1) if not (rest[at - 1].isspace() or rest[at].isspace())), end)
        yield rest[:inside]
        rest = rest[inside:]
    if rest:
        yield rest
