"""From what a map colours to reports: on each township that lies under its polygons, and on the places of its points.

Polygons that say the same of the same day are measured together. A township is covered as a whole, in part, or by no
more than the edge of a polygon that is about its neighbours: see :mod:`mapper.matching.cover`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from mapper.errors import Fault
from mapper.matching import cover, spelling
from mapper.sources import agreed, shapes, table
from mapper.sources.harvest import Harvest, Item, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapper.matching.points import Areas
    from mapper.sources.shapes import Drawn
    from mapper.sources.table import TableMapping, Vocabulary

NAMED: Final = 3
"""So many names of polygons stand in a report on a part."""

COMMON_AREA: Final = "2********"
"""Two shapes that share ground, and not a border alone, in the words of DE-9IM."""

POSITION: Final = "a position marked on a map, put no finer than its township"
Slip = tuple[str, str, str]


@dataclass(frozen=True)
class Country:
    """What the shapes of a map are held against."""

    areas: Areas
    """Real townships; points and polygons are looked up in them."""
    names: Mapping[str, str]
    """P-code to the township's name."""
    towns: Mapping[str, Mapping[str, tuple[str, bool]]] = field(default_factory=dict)
    """P-code to the towns in it: plain name to the name, and whether it is the main one."""

    def elsewhere(self, name: str, pcode: str) -> bool:
        """Whether a name is that of a town or township, and of none in this one."""
        plain = key(name)
        return plain not in self.towns.get(pcode, {}) and any(plain in there for there in self.towns.values())


@dataclass(frozen=True)
class Wishes:
    """What is taken besides polygons."""

    military: bool = False
    """Points of a military kind, as a part of their township."""
    named_only: bool = False
    """Of the other points only those that name a town."""


@dataclass
class _Group:
    """Polygons that say the same."""

    items: list[Item] = field(default_factory=list)
    parts: list[BaseGeometry] = field(default_factory=list)


def harvest(
    drawn: Drawn, mapping: TableMapping, words: Vocabulary, country: Country, wishes: Wishes
) -> tuple[Harvest, tuple[str, ...]]:
    """Give what a map says as reports, with notes on what it touches and is not told of.

    Rows that contradict each other about the same township and day are faults, all of them.
    """
    found = table.harvest(drawn.sheet, mapping, words)
    rows, faults = found.parted()
    features = dict(drawn.sheet.rows)
    areal = [item for item in rows if drawn.shapes[item.row].geom_type != "Point"]
    flat = np.empty(len(areal), dtype=object)
    flat[:] = [drawn.shapes[item.row] for item in areal]
    groups: dict[object, _Group] = defaultdict(_Group)
    for item, shape in zip(areal, cover.projected(flat) if areal else (), strict=True):
        group = groups[_statement(item)]
        group.items.append(item)
        group.parts.append(shape)
    made = _Made(drawn, country, features)
    if groups:
        ground = cover.Ground(country.areas)
        for group in groups.values():
            made.add(group, ground)
    dotted = [item for item in rows if drawn.shapes[item.row].geom_type == "Point"]
    made.dots(dotted, wishes)
    items = tuple(sorted(made.items, key=lambda item: item.row))
    whole = replace(found, items=items, faults=(*faults, *made.faults), source=_source(drawn, found))
    return agreed.only(whole), made.notes()


def _source(drawn: Drawn, found: Harvest) -> dict[str, str]:
    titled = {"title": drawn.title, "title_kind": "as_published"} if drawn.title else {}
    return {**shapes.SOURCE, **titled, **found.source}


def _statement(item: Item) -> object:
    """Give what a polygon says, without how it is called."""
    said = {part: text for part, text in item.cells.items() if part not in ("place", "finding")}
    return tuple(sorted(said.items())), tuple(sorted(item.source.items())), item.place


class _Made:
    """The reports that are made, and what could not be."""

    def __init__(self, drawn: Drawn, country: Country, features: Mapping[int, Mapping[str, str]]) -> None:
        self.items: list[Item] = []
        self.faults: list[Fault] = []
        self._drawn, self._country, self._features = drawn, country, features
        self._edges: set[str] = set()

    def notes(self) -> tuple[str, ...]:
        """Say which townships are touched by edges alone."""
        if not self._edges:
            return ()
        named = sorted(self._edges)
        listed = ", ".join(named[:10]) + (f" and {len(named) - 10} more" if len(named) > 10 else "")  # noqa: PLR2004 -- as many as fit
        return (f"Edges that reach less than {cover.SLIVER:.0%} into a township say nothing of it: {listed}.",)

    def _fault(self, row: int, slip: Slip) -> None:
        self.faults.append(Fault(self._drawn.sheet.name, row, *slip[:1], "", *slip[1:]))

    def add(self, group: _Group, ground: cover.Ground) -> None:
        """Make the reports of polygons that say the same, one for each of them and each township under it."""
        shares = ground.under(shapely.union_all(group.parts) if len(group.parts) > 1 else group.parts[0])
        told = [share for share in shares if not share.is_sliver]
        self._edges |= {self._country.areas.pcodes[share.number] for share in shares if share.is_sliver}
        parts = np.array(group.parts, dtype=object)
        touching = {
            share.number: shapely.relate_pattern(parts, ground.shapes[share.number], COMMON_AREA)
            if len(parts) > 1
            else [True]
            for share in told
        }
        for position, item in enumerate(group.items):
            mine = [share for share in told if touching[share.number][position]]
            if not mine:
                self._fault(
                    item.row,
                    self._nowhere(self._drawn.shapes[item.row], edges=bool(ground.under(group.parts[position]))),
                )
            for share in mine:
                self._report(item, share, group.items)

    def _nowhere(self, shape: BaseGeometry, *, edges: bool) -> Slip:
        """Say why a polygon is about no township, with the likely cause."""
        if edges:
            problem = (
                f"covers of no township {cover.SLIVER:.0%}, and does not lie in one for {cover.HOME:.0%} of itself"
            )
            return "geometry", problem, "Is it a line along a border? Draw it larger, or leave it out"
        box = shapely.box(*shapely.total_bounds(self._country.areas.shapes))
        turned = shapely.transform(shape, lambda xy: xy[:, ::-1])
        if shapely.intersects(box, turned):
            return "geometry", "has longitude and latitude swapped", "Swap them: x is longitude"
        return "geometry", "lies in no township", "Check the reference system, and that this is the right country"

    def _report(self, item: Item, share: cover.Share, group: Sequence[Item]) -> None:
        pcode = self._country.areas.pcodes[share.number]
        said = item.place or Place()
        if said.code and said.code.upper() != pcode:
            lies = (
                f"lies over {share.covered:.0%} of {self._country.names[pcode]} ({pcode}), but the row says {said.code}"
            )
            self._fault(item.row, ("geometry", lies, "Correct the code or the shape"))
            return
        scope = item.cells.get("scope", "")
        if scope in ("", "township"):
            scope = "township" if share.is_whole else "part"
        cells = {
            **item.cells,
            "scope": scope,
            "finding": f"{item.cells['finding']}, over {_percent(share.covered)} of it",
        }
        # what two polygons on one whole township are called must not make two subjects of it
        cells["place"] = "" if scope == "township" else _drawn_as(cells, self._called(group, pcode))
        self.items.append(Item(item.row, cells, Place(pcode, said.name, said.state), item.source))

    def _called(self, group: Sequence[Item], pcode: str) -> str:
        """Name the polygons of a group, none of them by a military name or by that of another township."""
        open_ = [item for item in group if not shapes.is_military(self._features[item.row])]
        called = dict.fromkeys(item.cells.get("place", "") for item in open_)
        names = [name for name in called if name and not self._country.elsewhere(name, pcode)]
        more = len(names) - NAMED
        return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")

    def dots(self, items: Sequence[Item], wishes: Wishes) -> None:
        """Make the reports of points, each put into the township that it lies in."""
        points = [self._drawn.shapes[item.row] for item in items]
        lon, lat = shapely.get_x(points), shapely.get_y(points)
        numbers = self._country.areas.locate(lon, lat) if items else ()
        for item, x, y, number in zip(items, lon, lat, numbers, strict=True):
            said = item.place or Place()
            pcode = self._country.areas.pcode(int(number))
            place = Place("", said.name, said.state, float(x), float(y))
            if pcode and said.code and said.code.upper() != pcode:
                lies = f"lies in {self._country.names[pcode]} ({pcode}), but the row says {said.code}"
                self._fault(item.row, ("geometry", lies, "Correct the code or the point"))
                continue
            for found in self._dot(item, pcode, wishes):
                if isinstance(found, tuple):
                    self._fault(item.row, found)
                else:
                    self.items.append(Item(item.row, {**item.cells, **found}, place, item.source))

    def _dot(self, item: Item, pcode: str, wishes: Wishes) -> Iterator[dict[str, str] | Slip]:
        """Give the cells that a point fills, or why it is not taken."""
        name, scope = item.cells.get("place", ""), item.cells.get("scope", "")
        if shapes.is_military({**self._features[item.row], "place": name}):
            problem, remedy = "is of a military kind, and not taken unless asked for", "See --military-points"
            hidden = {"scope": "part", "main_town": "", "place": _drawn_as(item.cells), "finding": POSITION}
            yield hidden if wishes.military else ("", problem, remedy)
            return
        town = self._country.towns.get(pcode, {}).get(key(name)) if name else None
        if scope:
            yield {}
        elif town is not None:
            yield {"scope": "town", "main_town": "yes" if town[1] else "no", "place": town[0]}
        elif wishes.named_only and pcode:
            near = f"is a point that names no town known in {self._country.names[pcode]}"
            yield "", near, "Name the town, or draw the area"
        else:
            yield {"scope": "part", "main_town": "", "place": name or _drawn_as(item.cells)}


def _drawn_as(cells: Mapping[str, str], name: str = "part") -> str:
    """Say which part it is, by whom it is held too: many a map gives all of its polygons one name."""
    holders = " and ".join(cells["holders"].split(";"))
    return f"{name or 'part'} drawn as {'contested by' if cells['status'] == 'contested' else 'held by'} {holders}"


def _percent(share: float) -> str:
    return "less than 1%" if share < 0.01 else f"{min(share, 1):.0%}"  # noqa: PLR2004 -- one of a hundred


def key(name: str) -> str:
    """Give a town's name as it is compared, in Latin or in Burmese letters."""
    return spelling.burmese_key(name) if spelling.is_burmese(name) else spelling.place_key(name)
