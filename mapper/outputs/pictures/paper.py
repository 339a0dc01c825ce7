"""The sheet that a picture is drawn on: pixels from the top left, 96 to the inch, whatever it is saved as."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from mapper.outputs import style
from mapper.outputs.pictures import fonts
from mapper.outputs.pictures.sizes import PX_PER_INCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist

    from mapper.outputs.pictures.sizes import Size

POINT: Final = 72 / PX_PER_INCH
"""Points in a pixel."""

SETTINGS: Final[dict[str, Any]] = {
    "text.parse_math": False,
    "text.hinting": "no_hinting",
    "svg.fonttype": "none",
    "svg.hashsalt": "mapper",
    "svg.image_inline": True,
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": False,
    "path.snap": False,
}
"""What differs from matplotlib's own settings: text is text in every format, and never read as formulas."""


class Box(NamedTuple):
    """A part of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Give its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give its height."""
        return self.bottom - self.top

    def meets(self, other: Box) -> bool:
        """Tell whether the two share room."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether the other lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


class Written(NamedTuple):
    """A text on the sheet, and the room that its letters take."""

    text: str
    box: Box


@contextmanager
def settings() -> Iterator[None]:
    """Draw by our settings alone, whatever the user's own files say."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)  # type: ignore[arg-type]
        yield


class Paper:
    """One sheet, light or dark, and what has been put on it in the order of drawing."""

    def __init__(self, size: Size, *, night: bool = False) -> None:
        """Begin with an empty sheet."""
        self.size = size
        self.width, self.height = size.width, size.height
        self.palette = style.palette(night=night)
        self.night = night
        self.ground = "#14181C" if night else "#FFFFFF"
        self.ink = "#F4F2ED" if night else "#1B1B1B"
        self.quiet = "#B4AFA4" if night else "#5A564E"
        self.rule = "#3A4149" if night else "#D9D5CB"
        self.figure = Figure(figsize=(self.width / PX_PER_INCH, self.height / PX_PER_INCH), facecolor=self.ground)
        FigureCanvasAgg(self.figure)
        self.written: list[Written] = []
        self.texts: set[str] = set()
        self._kept: list[Artist] | None = None

    @contextmanager
    def aside(self) -> Iterator[list[Artist]]:
        """Collect what is drawn meanwhile instead of putting it on the sheet."""
        before, self._kept = self._kept, []
        try:
            yield self._kept
        finally:
            self._kept = before

    def put(self, artist: Artist, *, name: str = "") -> None:
        """Put something on the sheet, over all that is there; ``name`` is its id in an SVG."""
        if name:
            artist.set_gid(name)
        if self._kept is None:
            self.figure.add_artist(artist)
        else:
            artist.set_figure(self.figure)
            self._kept.append(artist)

    def at(self, x: float = 0, y: float = 0) -> Any:  # noqa: ANN401 -- one of matplotlib's transforms
        """Give the way from pixels, counted from a point, to what matplotlib draws in."""
        flip = Affine2D().translate(x, y).scale(1 / PX_PER_INCH, -1 / PX_PER_INCH)
        return flip.translate(0, self.height / PX_PER_INCH) + self.figure.dpi_scale_trans

    def path(
        self,
        path: Path,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 1.0,
        dash: Sequence[float] = (),
        alpha: float | None = None,
        at: tuple[float, float] = (0, 0),
        name: str = "",
    ) -> None:
        """Draw a path in pixels, counted from ``at``."""
        if not np.size(path.vertices):
            return
        patch = PathPatch(
            path,
            facecolor=fill or "none",
            edgecolor=edge or "none",
            linewidth=width * POINT if edge else 0,
            linestyle=(0, [part * POINT / max(width * POINT, 1e-6) for part in dash]) if dash else "solid",
            joinstyle="round",
            capstyle="butt",
            alpha=alpha,
            transform=self.at(*at),
        )
        self.put(patch, name=name)

    def box(self, box: Box, **how: Any) -> None:  # noqa: ANN401 -- as of path()
        """Draw a rectangle."""
        self.path(rectangle(box), **how)

    def line(self, points: Sequence[tuple[float, float]], colour: str, *, width: float = 1.0, **how: Any) -> None:  # noqa: ANN401 -- as of path()
        """Draw a line from point to point."""
        self.path(Path(np.array(points, dtype=float)), edge=colour, width=width, **how)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: int = 400,
        italic: bool = False,
        colour: str | None = None,
        align: str = "left",
        halo: str | None = None,
    ) -> Box:
        """Set one line of text with its baseline at ``y``; give the room that its letters take."""
        wide, above, below = (part * size for part in fonts.extent(text, weight=weight, italic=italic))
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        box = Box(left, y - above, left + wide, y + below)
        if not text.strip():
            return box
        if halo:
            self._halo(left, y, text, size, weight=weight, italic=italic, colour=halo)
        prop = fonts.face(size, weight=weight, italic=italic)
        self.put(
            Text(
                x, y, text, fontproperties=prop, color=colour or self.ink, ha=align, va="baseline",
                parse_math=False, transform=self.at(), usetex=False,
            )
        )  # fmt: skip
        self.written.append(Written(text, box))
        return box

    def _halo(self, x: float, y: float, text: str, size: float, *, weight: int, italic: bool, colour: str) -> None:
        """Draw the outlines of letters wide, so that text over them stands out; the text itself stays text."""
        prop = fonts.face(size, weight=weight, italic=italic)
        vertices, codes = text_to_path.get_text_path(prop, text, ismath=False)
        if not len(vertices):
            return
        scale = size / text_to_path.FONT_SCALE
        self.path(
            Path(np.array(vertices) * (scale, -scale) + (x, y), codes), edge=colour, width=0.24 * size, alpha=0.85
        )


def rectangle(box: Box) -> Path:
    """Give the outline of a box."""
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return Path(np.array([*corners, corners[0]]), [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY])


def circle(x: float, y: float, radius: float) -> Path:
    """Give a circle."""
    return Path.circle((x, y), radius)
