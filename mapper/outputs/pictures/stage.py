"""One large map with all that stands within it: insets where they have room, a scale bar, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from mapper.outputs.pictures import fonts, furniture, lines, names, panel
from mapper.outputs.pictures.names import Name
from mapper.outputs.pictures.paper import Box
from mapper.outputs.pictures.plate import Plate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapper.control import Assessment
    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.terrain import Terrain
    from mapper.outputs.words import Words

CLEAR_PX: Final = 7.0
"""What stands in a map keeps this far from the country."""

LARGEST, SMALLEST = 0.24, 0.11
"""Of an inset, as part of the map's shorter side."""


@dataclass(frozen=True)
class Inset:
    """A small map of what is too small to see on the large one."""

    plate: Plate
    at: tuple[float, float]
    label: str
    frame: Box
    """Where it lies on the large map."""


@dataclass(frozen=True)
class Stage:
    """A large map that has been laid out and can be drawn for any slice."""

    plate: Plate
    box: Box
    insets: tuple[Inset, ...]
    scale: float
    taken: tuple[Box, ...]
    """Room in which no name may stand."""

    @property
    def at(self) -> tuple[float, float]:
        """Give its corner."""
        return self.box.left, self.box.top

    def ground(self, paper: Paper) -> None:
        """Draw what never changes and lies below."""
        panel.ground(paper, self.plate, self.at)

    def over(
        self,
        paper: Paper,
        words: Words,
        *,
        extra: Iterable[Name] = (),
        states: bool = True,
        taken: Sequence[Box] = (),
    ) -> list[Box]:
        """Draw what never changes and lies above: frames, the scale bar, names."""
        colour = paper.palette["marks"]["selected"]
        for inset in self.insets:
            paper.box(inset.frame, edge=colour, width=0.8)
        wanted = [*extra, *(self._states(words) if states else ()), *self._around(words)]
        corner = self._corner()
        box = furniture.scale_bar(paper, words, px_per_metre=self.plate.scale, corner=corner, scale=self.scale)
        return names.place(paper, wanted, lang=words.lang, within=self.box, taken=[*self.taken, box, *taken])

    def _corner(self) -> tuple[float, float]:
        return self.box.right - 8 * self.scale, self.box.bottom - 6 * self.scale

    def changing(
        self,
        paper: Paper,
        found: Mapping[str, Assessment],
        *,
        changed: frozenset[str] = frozenset(),
        each: bool = False,
    ) -> None:
        """Draw a slice: its colours, borders and marks."""
        panel.fills(paper, self.plate, self.at, found, each=each)
        panel.borders(paper, self.plate, self.at)
        panel.doubts(paper, self.plate, self.at, found)
        panel.outlined(paper, self.plate, self.at, changed)

    def small(
        self, paper: Paper, found: Mapping[str, Assessment], changed: frozenset[str] = frozenset(), *, rims: bool = True
    ) -> None:
        """Draw the insets of a slice."""
        for inset in self.insets:
            panel.whole(paper, inset.plate, inset.at, found, changed=changed, widest=1.4)
            if rims:
                self.rim(paper, inset)

    def rim(self, paper: Paper, inset: Inset) -> None:
        """Draw the edge of an inset, and its name."""
        x, y = inset.at
        side = inset.plate.width
        paper.box(Box(x, y, x + side, y + side), edge=paper.palette["marks"]["selected"], width=1.0)
        size = 8.5 * self.scale
        rise = fonts.extent(inset.label, weight=600).below * size + 2.5 * self.scale
        paper.text(
            x, y - rise, inset.label, size, weight=600, colour=paper.palette["text"]["state"],
            halo=paper.palette["text"]["halo"],
        )  # fmt: skip

    def _states(self, words: Words) -> list[Name]:
        size = min(10.0 * self.scale, max(6.8 * self.scale, self.plate.fine * 10.5 * self.scale))
        terrain = self.plate.terrain
        found = []
        for code, metres in terrain.states.items():
            x, y = self.plate.point(metres)
            text = fonts.drawable(terrain.names[words.lang][code], most=40)
            found.append(Name("state", text, x + self.box.left, y + self.box.top, size, within=self.country))
        return found

    @property
    def country(self) -> BaseGeometry:
        """Give the country as one shape on the sheet."""
        return shapely.affinity.translate(self.plate.country, *self.at)

    def _around(self, words: Words) -> list[Name]:
        size = 10.0 * self.scale
        terrain = self.plate.terrain
        country = self.country
        found = []
        kinds: list[tuple[names.Kind, str, Mapping[str, tuple[float, float]]]] = [
            ("sea", "sea.", terrain.seas),
            ("neighbour", "country.", terrain.countries),
        ]
        for kind, start, points in kinds:
            for name, metres in points.items():
                spot = self.pulled(metres)
                text = words.words.get(f"{start}{name}", "")
                if text and spot:
                    home = self.home(metres) if kind == "neighbour" else None
                    found.append(Name(kind, text, *spot, size, within=home, clear_of=country, of=name))
        return found

    def home(self, metres: tuple[float, float]) -> BaseGeometry | None:
        """Give the land around, on the sheet, that a point lies in: a name stays in its own country."""
        lands = self.plate.terrain.land
        inside = lands[shapely.contains_xy(lands, *metres)] if len(lands) else lands
        if not len(inside):
            return None
        found: BaseGeometry = shapely.affinity.translate(shapely.transform(inside[0], self.plate.to_px), *self.at)
        return found

    def pulled(self, metres: tuple[float, float]) -> tuple[float, float] | None:
        """Bring a point that lies a little outside the map into it; what lies far outside has no name there."""
        x, y = self.plate.point(metres)
        x, y = x + self.box.left, y + self.box.top
        far = 0.12 * self.box.width
        if not (self.box.left - far < x < self.box.right + far and self.box.top - far < y < self.box.bottom + far):
            return None
        inner = 24 * self.scale
        return (
            min(max(x, self.box.left + inner), self.box.right - inner),
            min(max(y, self.box.top + inner / 2), self.box.bottom - inner / 2),
        )


def stage(
    terrain: Terrain,
    box: Box,
    words: Words,
    *,
    scale: float,
    card: Box | None = None,
    insets: bool = True,
    lean: float = 0.62,
) -> Stage:
    """Lay out a map in a box; the country keeps to the left of a card on the right, and leans to either side."""
    margin = 10 * scale
    free = 0.0 if card is None else box.right - card.left
    plate = Plate(terrain, box.width, box.height, margin=margin, lean=lean, kept_free=free)
    corners, side = _corners(plate, box, words, scale) if insets else ([], 0.0)
    found = tuple(
        _inset(plate, box, words, one, at=corner, side=side, scale=scale)
        for one, corner in zip(terrain.insets, corners, strict=False)
    )
    taken = [] if card is None else [card]
    for inset in found:
        x, y = inset.at
        taken += [Box(x - 2, y - 14 * scale, x + side + 2, y + side + 2), inset.frame]
    return Stage(plate, box, found, scale, tuple(taken))


def _corners(plate: Plate, box: Box, words: Words, scale: float) -> tuple[list[tuple[float, float]], float]:
    """Put the insets side by side or one above the other, as large as there is room for, bottom left."""
    count = len(plate.terrain.insets)
    country = shapely.affinity.translate(shapely.buffer(plate.country, CLEAR_PX), box.left, box.top)
    gap = 8 * scale
    head = 6 * scale + 8.5 * scale * lines.leading(words.lang) * 0.8
    part = LARGEST if count else 0.0
    while part >= SMALLEST:
        side = part * min(box.width, box.height)
        beside = [(box.left + gap + i * (side + gap), box.bottom - gap - side) for i in range(count)]
        above = [(box.left + gap, box.bottom - gap - side - i * (side + gap + head)) for i in range(count)]
        for corners in (beside, above):
            rooms = [Box(x, y - head, x + side, y + side) for x, y in corners]
            if all(box.holds(room) and not shapely.intersects(country, shapely.box(*room)) for room in rooms):
                return corners, side
        part -= 0.01
    return [], 0.0


def _inset(
    plate: Plate,
    box: Box,
    words: Words,
    one: tuple[str, tuple[float, float, float, float]],
    *,
    at: tuple[float, float],
    side: float,
    scale: float,
) -> Inset:
    code, (west, south, east, north) = one
    left, top = plate.point((west, north))
    right, bottom = plate.point((east, south))
    name = fonts.drawable(plate.terrain.names[words.lang][code], most=40)
    label = lines.shortened(name, side, 8.5 * scale, weight=600)
    frame = Box(left + box.left, top + box.top, right + box.left, bottom + box.top)
    return Inset(Plate(plate.terrain, side, side, extent=(west, south, east, north)), at, label, frame)
