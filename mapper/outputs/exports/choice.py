"""What a user may choose of an export: whom, where, in which words, and how fine."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper import errors, geo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from mapper.tables import Package

FINEST: Final = 15
"""Decimals that a coordinate may have; a double holds no more."""

COARSEST_M: Final = 50_000.0
"""Metres by which shapes may be simplified; more leaves nothing to recognise."""


@dataclass(frozen=True)
class Choice:
    """The options of an export; the defaults leave everything as it is."""

    lang: str = "en"
    changed: bool = False
    """Only townships that show something else at some time between the first and the last slice."""
    holders: tuple[str, ...] = ()
    """Only rows that name one of these actors."""
    states: tuple[str, ...] = ()
    """Only rows of these states, by P-code."""
    crs: str = geo.WGS84
    precision: int | None = None
    """Decimals of a coordinate, in the units of ``crs``; ``None``: as fine as the format has it."""
    simplify_m: float = 0.0
    clip: BaseGeometry | None = None
    """In :data:`geo.WGS84`; shapes are cut along it, and rows without any shape left go."""
    clip_said: str = ""
    """The clip in words."""

    def __post_init__(self) -> None:
        """Refuse numbers that make no sense."""
        if self.precision is not None and not 0 <= self.precision <= FINEST:
            raise errors.UsageError(f"--precision {self.precision}: give a number of decimals from 0 to {FINEST}")
        if not 0 <= self.simplify_m <= COARSEST_M:
            raise errors.UsageError(
                f"--simplify {self.simplify_m:g}: give metres from 0 to {COARSEST_M:,.0f}, such as 500"
            )

    @property
    def is_all(self) -> bool:
        """Whether no row is left out."""
        return not (self.changed or self.holders or self.states or self.clip is not None)

    def said(self) -> Iterator[str]:
        """Say in words what is not as it is by default."""
        if self.changed:
            yield "Only townships that change between the first and the last slice."
        if self.holders:
            yield f"Only rows that name {', '.join(self.holders)}."
        if self.states:
            yield f"Only rows of {', '.join(self.states)}."
        if self.clip_said:
            yield f"Cut along {self.clip_said}."
        if self.simplify_m:
            yield f"Borders simplified by {self.simplify_m:g} m; neighbours still share them."
        if self.precision is not None:
            yield f"Coordinates rounded to {self.precision} decimals."


def find_holders(package: Package, names: Iterable[str]) -> tuple[str, ...]:
    """Find actors by id; raises :class:`errors.UsageError` for one that the package does not know."""
    known = {*package.actors, *(holder for report in package.reports for holder in report.holders)}
    return tuple(_find(name, {one: one for one in known}, "actor") for name in names)


def find_states(package: Package, names: Iterable[str]) -> tuple[str, ...]:
    """Find states by P-code or English name; raises :class:`errors.UsageError` for an unknown one."""
    table = package.townships[["state_pcode", "state"]].drop_duplicates()
    known = {str(name): str(code) for code, name in zip(table["state_pcode"], table["state"], strict=True)}
    return tuple(_find(name, known | {code: code for code in known.values()}, "state") for name in names)


def _find(name: str, known: Mapping[str, str], what: str) -> str:
    """Find a name in any case; ``known`` has what it stands for."""
    written = {one.casefold(): one for one in sorted(known)}
    if name.casefold() in written:
        return known[written[name.casefold()]]
    near = difflib.get_close_matches(name.casefold(), written, n=3, cutoff=0.5) or list(written)[:10]
    meant = ", ".join(written[one] for one in near)
    raise errors.UsageError(f"{errors.shown(name)} is no {what} of this package. Give one such as {meant}.")
