"""A table that may be larger than memory, gone through part by part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import pandas as pd


def _nothing() -> Iterator[pd.DataFrame]:
    return iter(())


@dataclass(frozen=True)
class Parted:
    """A table as frames of some thousand rows each, read from its file whenever one goes through them."""

    parts: Callable[[], Iterator[pd.DataFrame]] = _nothing
    by_source: Mapping[str, int] = field(default_factory=dict)
    """How many rows each source has."""

    def __iter__(self) -> Iterator[pd.DataFrame]:
        """Go through the parts."""
        return self.parts()

    def __len__(self) -> int:
        """Count the rows."""
        return sum(self.by_source.values())

    def of(self, sources: Collection[str]) -> Parted:
        """Give the rows of some sources alone; each has a column ``source_id``."""
        return Parted(
            lambda: (part[part["source_id"].isin(list(sources))] for part in self),
            {name: count for name, count in self.by_source.items() if name in sources},
        )
