"""What every export is made of: layers of rows and columns, each column with its meaning, and what goes with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

Kind = Literal["text", "integer", "number", "day", "truth", "list"]
"""What a cell holds: str, int, float, datetime.date, bool or a tuple of str; in each of them None where nothing is."""

SHORT: Final = 10
"""Characters in the name of a field of a Shapefile."""

SEPARATOR: Final = ";"
"""Between the texts of a list, where a format has no lists."""

GEOMETRY: Final = "geometry"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layer."""

    name: str
    kind: Kind
    title: str
    """What it means, in plain English."""
    short: str
    """Its name where names have at most ten characters."""
    hxl: str
    """Its HXL tag, such as ``#adm3+code``."""


@dataclass(frozen=True)
class Layer:
    """One table of an export."""

    name: str
    """As files and tables are called, such as ``history``."""
    title: str
    columns: tuple[Column, ...]
    table: gpd.GeoDataFrame | pd.DataFrame
    """One row per thing, its index a RangeIndex, its columns those of ``columns`` in their order, all of dtype object;
    a GeoDataFrame has ``geometry`` after them: polygons, multipolygons or None. The same shape of a township is the
    same object in each of its rows."""
    key: str
    """The column whose text is another in each row."""
    sources: frozenset[str] = frozenset()
    """The ids of the sources that its rows rest on."""
    begins: str = ""
    """The column with a row's first day, or the day that it speaks of; "" where all rows are of one day."""
    ends: str = ""
    """The column with the first day after, where rows are stretches of time."""

    def __post_init__(self) -> None:
        """Refuse a table whose columns are not the declared ones: every format relies on them."""
        declared = [column.name for column in self.columns] + [GEOMETRY] * self.has_shapes
        if list(self.table.columns) != declared:
            raise ValueError(f"layer {self.name} declares {declared} and has {list(self.table.columns)}")

    @property
    def has_shapes(self) -> bool:
        """Whether its rows have a place on a map."""
        return GEOMETRY in self.table.columns

    def rows(self) -> Iterator[dict[str, Any]]:
        """Go through the rows, each a mapping of column to Python value, without the geometry."""
        names = [column.name for column in self.columns]
        for values in zip(*(self.table[name] for name in names), strict=True):
            yield dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that the rows of an export rest on."""

    source_id: str
    publisher: str
    published: str
    """A day, a month, a year or nothing, as far as it is known."""
    url: str
    """An address with http or https, or nothing."""
    licence: str


@dataclass(frozen=True, slots=True)
class About:
    """All that an export says of itself; each format has a place for it, and the sidecar file has all of it."""

    name: str
    """Of the data package, such as ``myanmar-territorial-control``."""
    title: str
    version: str
    as_of: dt.date
    """The day that the map speaks of; of a history the last."""
    begins: dt.date
    """The first day that the rows speak of; of a slice the same."""
    as_known_on: dt.date
    """Reports recorded until then were used."""
    licence: str
    attribution: tuple[str, ...]
    """Whom to name beside any picture made of it."""
    sources: tuple[Cited, ...]
    caveats: tuple[str, ...]
    assumption: str
    """What is shown where no report speaks, or nothing."""
    boundaries: str
    boundaries_licence: str
    boundaries_attribution: str
    schematic: bool
    """Whether the shapes are drawn from towns: any picture made of them has to say so."""
    choices: tuple[str, ...]
    """What was left out, cut or simplified, in words; empty where all is there."""
    lang: str
    """Of the columns ``name``, ``state`` and ``label``."""
    crs: str
    actors: Mapping[str, str]
    """Names of the actors that the rows name, in that language where they have one, by id and in its order."""


def stems(stem: str, layers: Sequence[Layer]) -> list[str]:
    """Name a file for each layer, for formats that hold one: the stem alone, or with the layer's name behind it."""
    return [stem] if len(layers) == 1 else [f"{stem}-{layer.name}" for layer in layers]


def flat(value: object) -> Any:  # noqa: ANN401 -- text, number, truth or None
    """Give a cell as formats without days and lists have it: ISO 8601, and texts joined by ``;``.

    >>> flat(dt.date(2024, 2, 20)), flat(("AA", "KIA")), flat(())
    ('2024-02-20', 'AA;KIA', '')
    """
    return SEPARATOR.join(value) if isinstance(value, tuple) else plain(value)


def plain(value: object) -> Any:  # noqa: ANN401 -- what JSON can hold
    """Give a cell as JSON has it: days in ISO 8601, lists as lists."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def meanings(layers: Sequence[Layer]) -> Mapping[str, Mapping[str, str]]:
    """Give the meaning of each column, by layer and name."""
    return {layer.name: {column.name: column.title for column in layer.columns} for layer in layers}
