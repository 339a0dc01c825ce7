"""GeoPackage: every layer in one file, with its look, its columns' meanings and what it says of itself as tables.

QGIS takes the look from the table ``layer_styles``, and from it also the columns with the days, so that its temporal
controller plays the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import arrow, geojson, gpkg_tables, ogr, qml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.outputs.exports.layer import About, Layer


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write one file with a table for each layer."""
    made = ogr.files(
        {layer.name: arrow.table(layer) for layer in layers},
        about,
        driver="GPKG",
        endings=[".gpkg"],
        together=True,
        dataset={"ADD_GPKG_OGR_CONTENTS": "YES", "VERSION": "1.2"},
        layer={
            layer.name: {
                "IDENTIFIER": layer.title,
                "DESCRIPTION": " ".join(about.caveats),
                "FID": "fid",
                "GEOMETRY_NAME": gpkg_tables.SHAPES,
            }
            for layer in layers
        },
    )
    (content,) = made.values()
    styles = {layer.name: qml.style_of(layer, lang=about.lang) for layer in layers if layer.has_shapes}
    told = geojson.encoded(abouts.as_json(about, layers)).decode()
    return {
        f"{stem}.gpkg": gpkg_tables.added(
            content, layers, styles=styles, metadata=told, moment=f"{about.as_known_on}T00:00:00.000Z"
        )
    }
