"""What all pictures of one order have in common: the data, the language, the size and the colours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapper import errors
from mapper.outputs import style
from mapper.outputs import words as languages
from mapper.outputs.pictures import terrain
from mapper.outputs.pictures.paper import Paper

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.geo import Boundaries
    from mapper.outputs.pictures.sizes import Size
    from mapper.outputs.pictures.terrain import Terrain
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Slice, Timeline

COUNTRY_SHARE = 0.6
"""Of a sheet's height, which a country takes up about: its borders are as fine as that asks for."""


@dataclass(frozen=True)
class Subject:
    """The data that a picture shows, and how it is to look."""

    timeline: Timeline
    boundaries: Boundaries
    package: Package
    size: Size
    lang: str = "en"
    night: bool = False

    @cached_property
    def words(self) -> Words:
        """Give the words of its language."""
        return languages.load(self.lang)

    def paper(self) -> Paper:
        """Give an empty sheet."""
        return Paper(self.size, night=self.night)

    def terrain(self, share: float = COUNTRY_SHARE) -> Terrain:
        """Give the country, as fine as a picture shows it in which it takes up that share of the height."""
        _, south, _, north = self.boundaries.townships.total_bounds
        high = (north - south) * 111_000
        finest = high / (share * self.size.height * 1.6)
        return terrain.terrain(self.boundaries, self.package, self.words, metres_per_px=finest)

    def slice(self, on: dt.date) -> Slice:
        """Give the slice of a day. Raises :class:`errors.UsageError` for one before the data begin."""
        if on > self.timeline.dates[-1]:
            raise errors.UsageError(
                f"{on} is after the last slice, {self.timeline.dates[-1]}: nothing is known of it yet. "
                "Give an earlier date"
            )
        return self.timeline.slice(on)


def year_by_year(timeline: Timeline) -> tuple[dt.date, ...]:
    """Give the last day of each year of a timeline, and its last slice."""
    first, last = timeline.dates[0], timeline.dates[-1]
    ends = (first.replace(year=year, month=12, day=31) for year in range(first.year, last.year + 1))
    return (*(day for day in ends if day < last), last)


def counts(found: Slice) -> Mapping[str, int]:
    """Count townships by class."""
    return Counter(style.class_of(one) for one in found.values())


def marked(found: Slice) -> Mapping[str, int]:
    """Count the townships that nothing confirmed for long, and those that reports disagree on."""
    return {
        "stale": sum(one.stale for one in found.values()),
        "disputed": sum(one.disputed for one in found.values()),
    }
