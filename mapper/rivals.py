"""Rival assessments of the same townships, side by side: where they agree, and where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from mapper import control

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class Rival:
    """One assessment of the whole country: a package at a date, or a published map."""

    name: str
    status: Mapping[str, str]
    """By P-code; a township that it says nothing of is ``unknown``."""
    assumed: frozenset[str] = frozenset()
    """Townships whose status it only assumes."""
    day: dt.date | None = None
    """The date that it speaks of; ``None`` where a map does not say."""
    notes: tuple[tuple[str, int], ...] = ()
    """What must be said of it: the key of a sentence, and its count."""

    def of(self, pcode: str) -> str:
        """Give the status of a township."""
        return self.status.get(pcode, "unknown")

    def look(self, pcode: str) -> str:
        """Give the class that a township is drawn in: ``junta.assumed``."""
        assumed = pcode in self.assumed and self.of(pcode) in control.FIRM
        return f"{self.of(pcode)}.{'assumed' if assumed else 'reported'}"

    def speaks(self, pcode: str) -> bool:
        """Whether it says something of a township that is no assumption."""
        return self.of(pcode) != "unknown" and pcode not in self.assumed


AGREEMENT: Final = (
    "one",
    "other",
    "townships",
    "agree",
    "percent",
    "percent_of_area",
    "percent_of_population",
    "both_speak",
    "agree_where_both_speak",
    "percent_where_both_speak",
)


def agreement(
    rivals: Sequence[Rival], pcodes: Sequence[str], *, area_km2: Mapping[str, float], people: Mapping[str, int | None]
) -> list[dict[str, Any]]:
    """Measure how far each two agree on the status, by township, area and people (of 2014); columns ``AGREEMENT``.

    ``both_speak`` are the townships of which neither is unknown or assumed. A percentage of nothing is ``None``.
    """
    return [_agreement(one, other, pcodes, area_km2, people) for one, other in combinations(rivals, 2)]


def _agreement(
    one: Rival,
    other: Rival,
    pcodes: Sequence[str],
    area_km2: Mapping[str, float],
    people: Mapping[str, int | None],
) -> dict[str, Any]:
    same = [pcode for pcode in pcodes if one.of(pcode) == other.of(pcode)]
    both = [pcode for pcode in pcodes if one.speaks(pcode) and other.speaks(pcode)]
    firm = [pcode for pcode in both if one.of(pcode) == other.of(pcode)]
    return {
        "one": one.name,
        "other": other.name,
        "townships": len(pcodes),
        "agree": len(same),
        "percent": _percent(len(same), len(pcodes)),
        "percent_of_area": _percent(sum(area_km2[pcode] for pcode in same), sum(area_km2[pcode] for pcode in pcodes)),
        "percent_of_population": _percent(
            sum(people.get(pcode) or 0 for pcode in same), sum(people.get(pcode) or 0 for pcode in pcodes)
        ),
        "both_speak": len(both),
        "agree_where_both_speak": len(firm),
        "percent_where_both_speak": _percent(len(firm), len(both)),
    }


def _percent(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 1) if whole else None


CONFUSION: Final = ("one", "other", "status_of_one", *control.STATUSES, "townships")


def confusion(rivals: Sequence[Rival], pcodes: Iterable[str]) -> list[dict[str, Any]]:
    """Count the townships of each pair of statuses: a row for each of the one, a column for each of the other."""
    listed = list(pcodes)
    rows: list[dict[str, Any]] = []
    for one, other in combinations(rivals, 2):
        for status in control.STATUSES:
            of_status = [pcode for pcode in listed if one.of(pcode) == status]
            counts: dict[str, Any] = {
                name: sum(other.of(pcode) == name for pcode in of_status) for name in control.STATUSES
            }
            row = {"one": one.name, "other": other.name, "status_of_one": status, **counts, "townships": len(of_status)}
            rows.append(row)
    return rows


def disagreements(rivals: Sequence[Rival], pcodes: Iterable[str]) -> list[str]:
    """Give the townships on which they do not all say the same, in the order given."""
    return [pcode for pcode in pcodes if len({rival.of(pcode) for rival in rivals}) > 1]
