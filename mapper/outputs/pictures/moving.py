"""Frames as a moving picture: MP4, animated WebP or GIF, within a number of bytes if need be."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from PIL import Image

from mapper import errors
from mapper.outputs.pictures import saving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from mapper.outputs.pictures.sources import About

    Shots = Sequence[tuple[NDArray[np.uint8], float]]
    """Pixels, shape (height, width, 3), and for how many seconds they are shown."""

Format = Literal["mp4", "webp", "gif"]
FORMATS: Final[tuple[Format, ...]] = ("mp4", "webp", "gif")

RATE: Final = 25
"""Frames per second of an MP4. A frame that is held is repeated, which takes next to no room: programs that take up
films from readers want a constant rate, and many at least 23."""

QUALITIES: Final[dict[Format, tuple[int, ...]]] = {
    "mp4": (22, 26, 30, 34, 38),
    "webp": (80, 60, 40, 20, 5),
    "gif": (160, 96, 64, 32, 16),
}
"""From the best to the worst that can be looked at: x264's rate factor, WebP's quality, colours of a GIF."""

SCALES: Final = (1.0, 0.75, 0.5, 0.35)
"""How a film shrinks that is too large at any quality."""

THREADS: Final = "1"
"""With two, one time in ten some bytes differ; the pixels are the same."""

BT_709: Final = 1
"""The colours of high definition, which players expect of a film of this size (ITU-T H.273, code point 1)."""

HEAD_BYTES: Final = 8_192
BYTES_PER_FRAME: Final = 32
"""Room for the table of an MP4's frames ahead of them, so that a browser shows the first before it has the last."""


def encoded(shots: Shots, form: Format, about: About, *, most: int | None = None) -> bytes:
    """Give frames as the content of a file.

    ``most`` bytes are kept to by a lower quality, then by a smaller size. Raises :class:`errors.UsageError` where
    even the smallest is too large.
    """
    smallest = None
    for scale, quality in _tries(form):
        found = _encode(_scaled(shots, scale), form, about, quality)
        if most is None or len(found) <= most:
            return found
        smallest = len(found) if smallest is None else min(smallest, len(found))
    raise errors.UsageError(
        f"the film does not fit {most:,} bytes as {form}: the smallest that can be looked at has {smallest:,}; "
        "allow more with --max-bytes, show less time with --start, or take mp4"
    )


def _tries(form: Format) -> Iterator[tuple[float, int]]:
    """Give sizes and qualities from the best down; a smaller size begins at a middling quality."""
    qualities = QUALITIES[form]
    for scale in SCALES:
        for quality in qualities if scale == 1 else qualities[2:]:
            yield scale, quality


def _scaled(shots: Shots, scale: float) -> Shots:
    if scale == 1:
        return shots
    high, wide, _ = shots[0][0].shape
    size = round(wide * scale), round(high * scale)
    return [
        (np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)), held) for pixels, held in shots
    ]


def _encode(shots: Shots, form: Format, about: About, quality: int) -> bytes:
    if form == "mp4":
        return _mp4(shots, about, quality)
    return _webp(shots, about, quality) if form == "webp" else _gif(shots, about, quality)


def _mp4(shots: Shots, about: About, quality: int) -> bytes:
    """Write H.264 with colours at half the resolution (yuv420p), which every browser and phone plays."""
    import av  # noqa: PLC0415 -- FFmpeg is large
    from av.video.reformatter import ColorRange, Colorspace  # noqa: PLC0415 -- as above

    counts = [max(1, round(held * RATE)) for _, held in shots]
    high, wide = _even(shots[0][0]).shape[:2]
    buffer = io.BytesIO()
    room = {"moov_size": str(HEAD_BYTES + BYTES_PER_FRAME * sum(counts)), "fflags": "+bitexact"}
    with av.open(buffer, "w", format="mp4", options=room) as film:
        film.metadata.update({"title": about.title, "comment": about.description, "copyright": about.licence})
        stream: Any = film.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuv420p"
        stream.options = {"preset": "veryfast", "crf": str(quality), "tune": "animation", "threads": THREADS}
        stream.codec_context.color_primaries = stream.codec_context.color_trc = BT_709
        stream.codec_context.colorspace, stream.codec_context.color_range = BT_709, ColorRange.MPEG
        number = 0
        for (pixels, _), count in zip(shots, counts, strict=True):
            frame = av.VideoFrame.from_ndarray(_even(pixels), format="rgb24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
            )
            for _ in range(count):
                frame.pts = number
                number += 1
                film.mux(stream.encode(frame))
        film.mux(stream.encode())
    return buffer.getvalue()


def _even(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Repeat the last row or column of an image whose sides are odd: its colours are kept for two pixels at a time."""
    high, wide, _ = pixels.shape
    even: NDArray[np.uint8] = np.pad(pixels, ((0, high % 2), (0, wide % 2), (0, 0)), mode="edge")
    return even


def _webp(shots: Shots, about: About, quality: int) -> bytes:
    first, *rest = (Image.fromarray(pixels) for pixels, _ in shots)
    buffer = io.BytesIO()
    first.save(
        buffer, "webp", save_all=True, append_images=rest, duration=[round(held * 1000) for _, held in shots], loop=0,
        lossless=False, quality=quality, method=0, minimize_size=False, kmin=1000, kmax=2000, xmp=_xmp(about),
    )  # fmt: skip
    return buffer.getvalue()


def _gif(shots: Shots, about: About, quality: int) -> bytes:
    """Write GIF with one set of colours for all frames, so that nothing flickers that does not change."""
    images = [Image.fromarray(pixels) for pixels, _ in shots]
    wide, high = images[0].size
    both = Image.new("RGB", (wide, 2 * high))
    both.paste(images[len(images) // 2], (0, 0))
    both.paste(images[-1], (0, high))
    colours = both.quantize(quality, method=Image.Quantize.MEDIANCUT)
    first, *rest = (image.quantize(palette=colours, dither=Image.Dither.NONE) for image in images)
    buffer = io.BytesIO()
    first.save(
        buffer, "gif", save_all=True, append_images=rest, duration=[round(held * 100) * 10 for _, held in shots],
        loop=0, optimize=False, disposal=1, comment=f"{about.title}. {about.description}".encode(),
    )  # fmt: skip
    return buffer.getvalue()


def _xmp(about: About) -> bytes:
    """Write what a film shows as XMP (ISO 16684), which WebP carries along."""
    texts = saving.texts(about)

    def alternative(name: str, text: str) -> str:
        return f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{html.escape(text)}</rdf:li></rdf:Alt></dc:{name}>'

    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{alternative('title', texts['Title'])}{alternative('description', texts['Description'])}"
        f"{alternative('rights', texts['Copyright'])}<dc:source>{html.escape(texts['Source'])}</dc:source>"
        f"<dc:coverage>{about.as_of}</dc:coverage></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
