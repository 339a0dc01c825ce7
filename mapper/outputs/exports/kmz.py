"""KMZ: the KML document in a zip archive, a fraction of its size; Google Earth opens it like the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.outputs.exports import kml, packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.outputs.exports.layer import About, Layer


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write what :func:`kml.write` does, packed as ``doc.kml``."""
    (document,) = kml.write(layers, about, stem=stem).values()
    return {f"{stem}.kmz": packed.packed({"doc.kml": document})}
