"""Files that GDAL writes, each in a folder of its own and read back at once; its clock is pinned."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import write
from mapper.outputs.exports.layer import GEOMETRY
from mapper.outputs.exports.shapes import known_crs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from mapper.outputs.exports.layer import About

CLOCK: Final = "OGR_CURRENT_DATE"
"""GDAL's own name for the moment that it writes into a file as that of its last change."""


def files(
    tables: Mapping[str, pa.Table],
    about: About,
    *,
    driver: str,
    endings: Sequence[str],
    together: bool = False,
    dataset: Mapping[str, str] | None = None,
    layer: Mapping[str, Mapping[str, str]] | None = None,
    metadata: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, bytes]:
    """Write tables by GDAL, each as a file of its name with the first of ``endings``, or all into one together.

    ``layer`` and ``metadata`` are options and metadata by table. Gives every file that GDAL has made, by name.
    """
    import pyogrio  # noqa: PLC0415 -- slow to import

    crs = known_crs(about.crs).to_wkt()

    def make(folder: Path) -> None:
        for at, (name, table) in enumerate(tables.items()):
            drawn = GEOMETRY in table.column_names
            pyogrio.write_arrow(
                table,
                folder / f"{next(iter(tables)) if together else name}{endings[0]}",
                layer=name,
                driver=driver,
                geometry_name=GEOMETRY if drawn else None,
                geometry_type="MultiPolygon" if drawn else None,
                crs=crs if drawn else None,
                append=together and at > 0,
                dataset_options=dict(dataset or {}),
                layer_options=dict((layer or {}).get(name, {})),
                layer_metadata=dict((metadata or {}).get(name, {})) or None,
            )

    with _clock(pyogrio, about.as_known_on):
        return write.made_by(make)


@contextmanager
def _clock(pyogrio: Any, day: dt.date) -> Iterator[None]:  # noqa: ANN401 -- a module
    before = pyogrio.get_gdal_config_option(CLOCK)
    pyogrio.set_gdal_config_options({CLOCK: f"{day}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({CLOCK: before})
