"""Films of the timeline: a frame where something changes, held fairly, in three formats, within a number of bytes."""

from __future__ import annotations

import datetime as dt
import io
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from PIL import Image

import checkered
import drawn
from mapper import errors, timeline
from mapper.outputs.pictures import draw, film, moving

if TYPE_CHECKING:
    from mapper.outputs.pictures.film import Film


@pytest.fixture(scope="module")
def made() -> Film:
    return draw.film(*drawn.small(), size="square", dpi=97)


def test_there_is_a_frame_only_where_something_changes_and_the_first_and_last(made: Film) -> None:
    line, _, _ = drawn.small()
    shown = [frame.day for frame in made.frames]
    still = set(line.dates) - set(shown)
    assert shown[0] == line.dates[0]
    assert shown[-1] == line.dates[-1]
    assert still
    for before, day in pairwise(line.dates):
        assert (day in shown) == bool(line.between(before, day) or day == line.dates[-1])


def test_two_frames_differ_in_their_pixels(made: Film) -> None:
    for one, two in pairwise(made.frames):
        assert (one.pixels != two.pixels).any()


def test_a_frame_is_held_as_long_as_it_stood_within_limits_and_the_last_longest() -> None:
    days = [dt.date(2021, 1, 1), dt.date(2021, 1, 3), dt.date(2021, 3, 3), dt.date(2021, 5, 1), dt.date(2024, 1, 1)]
    assert film.seconds(days, year=5) == [0.24, 0.81, 0.81, 1.6, 3.0]


def decoded(content: bytes) -> tuple[list[av.VideoFrame], av.VideoStream]:
    container = av.open(io.BytesIO(content))
    return list(container.decode(video=0)), container.streams.video[0]


def test_an_mp4_is_h264_yuv420p_with_even_sides_and_lasts_as_long_as_its_frames(made: Film) -> None:
    assert made.frames[0].pixels.shape == (546, 546, 3)
    odd = [(frame.pixels[:-1, :-1], frame.seconds) for frame in made.frames]
    content = moving.encoded(odd, "mp4", made.about)
    frames, stream = decoded(content)
    assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
    assert (stream.width, stream.height) == (546, 546)
    assert stream.average_rate == 25
    assert len(frames) == sum(round(25 * frame.seconds) for frame in made.frames)
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_colours_of_an_mp4_are_those_of_the_picture(made: Film) -> None:
    frames, stream = decoded(made.to_bytes("mp4"))
    assert stream.codec_context.colorspace == 1
    seen = frames[-1].reformat(format="rgb24", src_colorspace="ITU709").to_ndarray().astype(int)
    assert np.abs(seen - made.frames[-1].pixels).mean() < 3


def test_an_mp4_says_what_it_shows(made: Film) -> None:
    metadata = av.open(io.BytesIO(made.to_bytes("mp4"))).metadata
    assert metadata["title"] == made.about.title
    assert metadata["comment"] == made.about.description
    assert metadata["copyright"] == "CC-BY-4.0"


@pytest.mark.parametrize("form", ["webp", "gif"])
def test_a_webp_and_a_gif_have_every_frame_for_its_time(made: Film, form: moving.Format) -> None:
    image = Image.open(io.BytesIO(made.to_bytes(form)))
    assert image.n_frames == len(made.frames)
    held = []
    for number, frame in enumerate(made.frames):
        image.seek(number)
        image.load()
        held.append(image.info["duration"])
        assert np.abs(np.asarray(image.convert("RGB"), dtype=int) - frame.pixels).mean() < 8
    assert held == pytest.approx([1000 * frame.seconds for frame in made.frames], abs=10)


def test_a_webp_says_what_it_shows(made: Film) -> None:
    xmp = Image.open(io.BytesIO(made.to_bytes("webp"))).info["xmp"].decode()
    assert made.about.title in xmp
    assert "CC-BY-4.0" in xmp


def test_the_poster_is_the_last_frame_with_its_words(made: Film) -> None:
    poster = Image.open(io.BytesIO(made.poster()))
    assert np.array_equal(np.asarray(poster), made.frames[-1].pixels)
    assert poster.info["Title"] == made.about.title


@pytest.mark.parametrize("form", moving.FORMATS)
def test_a_film_keeps_to_its_bytes_by_quality_then_by_size(made: Film, form: moving.Format) -> None:
    whole = len(made.to_bytes(form))
    small = made.to_bytes(form, most=whole // 2)
    assert len(small) <= whole // 2
    with pytest.raises(errors.UsageError, match=r"does not fit 1,000 bytes as .*--max-bytes"):
        made.to_bytes(form, most=1_000)


@pytest.mark.parametrize("form", moving.FORMATS)
def test_the_same_timeline_gives_the_same_bytes(made: Film, form: moving.Format) -> None:
    again = draw.film(*drawn.small(), size="square", dpi=97)
    assert again.to_bytes(form) == made.to_bytes(form)


def test_a_timeline_of_one_slice_is_no_film() -> None:
    package = checkered.package()
    line = timeline.timeline(package.townships.index, package.reports, [dt.date(2022, 1, 31)], options=package.options)
    with pytest.raises(errors.UsageError, match="at least two dates that differ"):
        draw.film(line, checkered.boundaries(), package)
    with pytest.raises(errors.UsageError, match="a year cannot last 0 seconds"):
        draw.film(*drawn.small(), year_seconds=0)
