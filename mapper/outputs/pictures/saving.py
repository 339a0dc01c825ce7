"""A picture as bytes: PNG, SVG or PDF, the same for the same picture whenever and wherever it is saved."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from PIL import Image, PngImagePlugin

from mapper.outputs.pictures import lettering, paper, sizes

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from mapper.outputs.pictures.paper import Paper
    from mapper.outputs.pictures.sources import About

Format = Literal["png", "svg", "pdf"]
FORMATS: Final[tuple[Format, ...]] = ("png", "svg", "pdf")
MAKER: Final = "mapper"
BIT: Final = 1e-7
"""Inches, by which a sheet is larger, since matplotlib leaves out a pixel that is lacking the least part."""


@dataclass(frozen=True)
class Picture:
    """A sheet that has been drawn, and what it says of itself; it shows itself in a notebook."""

    kind: str
    paper: Paper
    about: About

    def to_bytes(self, form: Format = "png", *, dpi: int | None = None) -> bytes:
        """Give it as the content of a file: ``png``, ``svg`` or ``pdf``.

        ``dpi`` is of PNG alone, in place of that of its size; the others have lines and letters, which are sharp at
        any. Raises :class:`errors.UsageError` for a resolution at which it could not be read or held in memory.
        """
        return saved(self, form, dpi=dpi)

    def _repr_png_(self) -> bytes:
        return self.to_bytes("png")


def saved(picture: Picture, form: Format, *, dpi: int | None = None) -> bytes:
    """Give a picture as a file's content; see :meth:`Picture.to_bytes`."""
    dots = sizes.dots(picture.paper.size, dpi)
    with paper.settings():
        if form == "png":
            return png(pixels(picture, dots), picture.about, dpi=dots)
        return svg(picture) if form == "svg" else pdf(picture)


def pixels(picture: Picture, dpi: int) -> Image.Image:
    """Draw a picture in pixels."""
    canvas: FigureCanvasAgg = sized(picture.paper, dpi).canvas  # type: ignore[assignment]
    canvas.draw()  # type: ignore[no-untyped-call]
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3].copy())  # type: ignore[no-untyped-call]


def sized(sheet: Paper, dpi: int | None = None) -> Figure:
    """Give a sheet's figure: as large as its size says, or of whole pixels where dots per inch are given."""
    figure = sheet.figure
    if dpi is None:
        figure.set_size_inches(sheet.width / sizes.PX_PER_INCH, sheet.height / sizes.PX_PER_INCH)
        return figure
    wide, high = sizes.pixels(sheet.size, dpi)
    figure.set_size_inches(wide / dpi + BIT, high / dpi + BIT)
    figure.set_dpi(dpi)
    return figure


def png(image: Image.Image, about: About, *, dpi: int) -> bytes:
    """Write pixels as PNG, with what they show as text (iTXt)."""
    info = PngImagePlugin.PngInfo()
    for key, value in texts(about).items():
        info.add_itxt(key, value, lang=about.lang)
    buffer = io.BytesIO()
    image.save(buffer, "png", pnginfo=info, dpi=(dpi, dpi), optimize=False, compress_level=6)
    return buffer.getvalue()


def texts(about: About) -> dict[str, str]:
    """Give what a file says of itself, under the names that PNG has for it."""
    return {
        "Title": _plain(about.title),
        "Description": _plain(about.description),
        "As of": about.as_of.isoformat(),
        "As known on": about.known_on.isoformat(),
        "Copyright": _plain(about.licence),
        "Source": _plain(about.source),
        "Software": MAKER,
    }


def svg(picture: Picture) -> bytes:
    """Write a picture as SVG whose text is text, with the letters that it needs in it, title and description."""
    about = picture.about
    buffer = io.BytesIO()
    metadata = {
        "Date": None,
        "Creator": MAKER,
        "Description": _plain(about.description),
        "Rights": _plain(about.licence),
        "Source": _plain(about.source),
        "Coverage": about.as_of.isoformat(),
        "Language": about.lang,
    }
    sized(picture.paper).savefig(buffer, format="svg", metadata=metadata)
    return lettering.finished(
        buffer.getvalue().decode(), title=_plain(about.title), description=_plain(about.description), lang=about.lang
    ).encode()


def pdf(picture: Picture) -> bytes:
    """Write a picture as PDF, with the fonts in it."""
    about = picture.about
    said = (about.licence, about.source)
    buffer = io.BytesIO()
    metadata = {
        "Title": _plain(about.title),
        "Subject": _plain(about.description),
        "Keywords": "; ".join([f"as of {about.as_of}", f"as known on {about.known_on}", *map(_plain, said)]),
        "Creator": MAKER,
        "Producer": MAKER,
        "CreationDate": None,
    }
    sized(picture.paper).savefig(buffer, format="pdf", metadata=metadata)
    return buffer.getvalue()


def _plain(text: str) -> str:
    """Leave out what no file format has a place for: controls, and halves of letters."""
    return "".join(sign if sign.isprintable() else " " for sign in text.encode("utf-8", "replace").decode())
