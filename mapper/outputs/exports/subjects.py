"""What can be exported: a slice, the history, the changes, the reports, displacement, each as layers of rows.

Everything here is made of a package that holds public rows alone (:mod:`mapper.publish`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper import rules
from mapper.outputs import record, style
from mapper.outputs.exports import columns, people, rows
from mapper.outputs.exports.layer import Layer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapper.control import Assessment, Report
    from mapper.geo import Boundaries
    from mapper.outputs.exports.choice import Choice
    from mapper.outputs.exports.layer import Column
    from mapper.outputs.exports.shapes import Shapes
    from mapper.outputs.words import Words
    from mapper.tables import Package
    from mapper.timeline import Timeline


@dataclass(frozen=True)
class Material:
    """What the layers are made of."""

    timeline: Timeline
    package: Package
    boundaries: Boundaries
    shapes: Shapes
    words: Words
    choice: Choice
    on: dt.date
    """The day of a slice."""

    @cached_property
    def places(self) -> dict[str, dict[str, Any]]:
        """Give what a row says of its township, by P-code."""
        return rows.places(self.package, self.words)

    @cached_property
    def urls(self) -> dict[str, str]:
        """Give the address that each report cites, by the report's id."""
        return rows.report_urls(self.package)

    @cached_property
    def _source_of(self) -> dict[str, str]:
        return {report.report_id: report.source_id for report in self.package.reports}

    def sources(self, listed: Iterable[Mapping[str, Any]]) -> frozenset[str]:
        """Give the ids of the sources that rows rest on."""
        found: set[str] = set()
        for row in listed:
            found.update({row["source_id"]} if "source_id" in row else ())
            found.update(self._source_of[name] for name in row.get("report_ids", ()))
        return frozenset(found)

    @cached_property
    def townships(self) -> frozenset[str]:
        """Give the townships that the choice leaves, by P-code."""
        left = {
            pcode
            for pcode in self.timeline.stretches
            if pcode in self.shapes.townships and self.in_states(self.places[pcode]["state_pcode"])
        }
        return frozenset(left & self._changing if self.choice.changed else left)

    @cached_property
    def _changing(self) -> set[str]:
        first, last = self.timeline.dates[0], self.timeline.dates[-1]
        return {
            pcode
            for pcode, stretches in self.timeline.stretches.items()
            if len({rows.shown(part) for _, _, part in rows.clipped(stretches, first, last)}) > 1
        }

    def in_states(self, state_pcode: str) -> bool:
        """Whether the choice leaves rows of a state."""
        return not self.choice.states or state_pcode in self.choice.states

    def named(self, *holders: Iterable[str]) -> bool:
        """Whether the choice leaves a row that names these actors."""
        asked = set(self.choice.holders)
        return not asked or any(not asked.isdisjoint(found) for found in holders)


def a_slice(made: Material) -> list[Layer]:
    """Give each township's assessment on one day."""
    found = made.timeline.slice(made.on)
    listed = [
        (pcode, {**made.places[pcode], "date": made.on, **_assessed(made, pcode, assessment)})
        for pcode, assessment in found.items()
        if pcode in made.townships and made.named(assessment.holders)
    ]
    return [_layer(made, "slice", f"Who holds which township, {made.on}", columns.SLICE, listed, key="pcode")]


def history(made: Material) -> list[Layer]:
    """Give each township's stretches of time with one assessment, within the first and the last slice."""
    first, last = made.timeline.dates[0], made.timeline.dates[-1]
    listed = [
        (
            pcode,
            {
                "id": f"{pcode}_{begins}",
                **made.places[pcode],
                "valid_from": begins,
                "valid_to": ends,
                **_assessed(made, pcode, assessment),
            },
        )
        for pcode, stretches in made.timeline.stretches.items()
        if pcode in made.townships
        for begins, ends, assessment in rows.clipped(stretches, first, last)
        if made.named(assessment.holders)
    ]
    title = f"Who held which township, {first} to {last}"
    layer = _layer(made, "history", title, columns.HISTORY, listed, key="id")
    return [replace(layer, begins="valid_from", ends="valid_to")]


def changes(made: Material) -> list[Layer]:
    """Give every change between consecutive slices."""
    listed = [
        (
            change.pcode,
            {
                "id": f"{change.pcode}_{change.date}",
                **made.places[change.pcode],
                **rows.change(change, made.urls),
                **_look(made, style.class_of(change.after)),
            },
        )
        for change in made.timeline.changes()
        if change.pcode in made.townships and made.named(change.before.holders, change.after.holders)
    ]
    first, last = made.timeline.dates[0], made.timeline.dates[-1]
    layer = _layer(made, "changes", f"What changed, {first} to {last}", columns.CHANGES, listed, key="id")
    return [replace(layer, begins="date")]


def reports(made: Material) -> list[Layer]:
    """Give every report on these townships that was recorded by then and speaks by the last slice."""
    known = made.timeline.as_known_on
    listed = [
        (report.pcode, {"report_id": report.report_id, **made.places[report.pcode], **_reported(made, report)})
        for pcode, found in record.known_reports(made.package, known).items()
        if pcode in made.townships
        for report in found
        if report.speaks_from <= made.timeline.dates[-1] and made.named(report.holders)
    ]
    title = f"Reports that speak of days until {made.timeline.dates[-1]}"
    layer = _layer(made, "reports", title, columns.REPORTS, listed, key="report_id")
    return [replace(layer, begins="speaks_from")]


def displacement(made: Material) -> list[Layer]:
    """Give the figures of displaced people that count by the last slice, inside the country and abroad."""
    last = made.timeline.dates[-1]
    inside = [
        (row["pcode"], row) for row in people.inside(made.package, last, made.words) if _displaced_there(made, row)
    ]
    found = [
        _layer(made, "displacement", f"Displaced people, until {last}", columns.DISPLACEMENT, inside, key="figure_id")
    ]
    if made.choice.is_all:
        abroad = [("", row) for row in people.abroad(made.package, last, made.words)]
        title = f"Refugees and others abroad, until {last}"
        found.append(_layer(made, "refugees", title, columns.REFUGEES, abroad, key="figure_id", shapes=False))
    return [replace(layer, begins="speaks_from") for layer in found]


def _layer(
    made: Material,
    name: str,
    title: str,
    declared: tuple[Column, ...],
    listed: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    key: str,
    shapes: bool = True,
) -> Layer:
    """Put rows, each with the P-code of its shape, into a layer; cells of all kinds stay as Python has them."""
    cells = {column.name: [row[column.name] for _, row in listed] for column in declared}
    index = pd.RangeIndex(len(listed))
    table = pd.DataFrame({field: pd.Series(values, index, dtype=object) for field, values in cells.items()}, index)
    if shapes:
        found = made.shapes.townships | made.shapes.states
        drawn = np.empty(len(listed), dtype=object)
        drawn[:] = [found.get(pcode) for pcode, _ in listed]
        table = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(drawn, index, crs=made.shapes.crs))
    return Layer(name, title, declared, table, key, made.sources(row for _, row in listed))


def _displaced_there(made: Material, row: Mapping[str, Any]) -> bool:
    """Whether the choice leaves a figure: one of a larger or unclear area only where no place was chosen."""
    if row["level"] == "township":
        return row["pcode"] in made.townships
    place = row["pcode"] in made.shapes.states or made.choice.clip is None
    return place and made.in_states(row["state_pcode"]) and not made.choice.changed


SUBJECTS: Final[dict[str, Callable[[Material], list[Layer]]]] = {
    "slice": a_slice,
    "history": history,
    "changes": changes,
    "reports": reports,
    "displacement": displacement,
}
"""What ``--subject`` takes, in the order in which layers stand."""


def _assessed(made: Material, pcode: str, assessment: Assessment) -> dict[str, Any]:
    return {
        **_look(made, style.class_of(assessment)),
        **rows.assessment(assessment, made.urls),
        "area_km2": round(float(made.boundaries.townships["area_km2"][pcode]), 1),
    }


def _look(made: Material, name: str) -> dict[str, str]:
    return {"map_class": name, "label": legend(made.words, name)}


def legend(words: Words, name: str) -> str:
    """Give the words of the legend for a class, such as ``eao.assumed``."""
    status, _, basis = name.partition(".")
    return words.words[f"legend.{basis}.{status}"]


def _reported(made: Material, report: Report) -> dict[str, Any]:
    known = made.timeline.as_known_on
    names = ("date", "speaks_from", "status", "holders", "scope", "main_town", "kind", "confidence")
    return {
        **{name: getattr(report, name) for name in names},
        "date_precision": report.precision,
        "label": legend(made.words, f"{report.status}.reported"),
        "place": report.place if report.scope != "township" else "",
        "claimant": report.claimant,
        "claimant_side": report.claimant_side,
        "finding": report.finding,
        "withdrawn": rules.is_withdrawn(report, known),
        "superseded_by": report.superseded_by if rules.is_superseded(report, known) else "",
        "recorded_on": report.recorded_on,
        **rows.source(made.package, report.source_id),
    }
