"""Letters and lines of pictures: from packages, shaped, measured, broken where the language allows it."""

from __future__ import annotations

import pytest
from matplotlib.text import Text

import drawn
import hostile
from mapper import errors
from mapper.outputs import words
from mapper.outputs.pictures import draw, film, fonts, lines, paper, sizes
from mapper.outputs.pictures.subject import Subject

BURMESE = "၂၀၂၆ ခုနှစ် ဖေဖော်ဝါရီ ၂၈ ရက်တွင် မြန်မာနိုင်ငံ၏ မြို့နယ် ၃၃၀ ခုအနက် ၄၃ ခုကို တိုင်းရင်းသားလက်နက်ကိုင်အဖွဲ့များ"


def test_every_face_comes_from_a_package_and_none_from_the_system() -> None:
    for (family, *_), file in fonts.files().items():
        assert ("node_modules" in file.parts) == (family != "DejaVu Sans")
        assert ("matplotlib" in file.parts) == (family == "DejaVu Sans")


def test_a_missing_font_is_one_clear_error_with_its_remedy(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.bundle, "NODE_MODULES", tmp_path)
    fonts.files.cache_clear()
    try:
        with pytest.raises(errors.SetupError, match=r"Noto Sans is missing.*make setup.*npm ci"):
            fonts.files()
    finally:
        monkeypatch.undo()
        fonts.files.cache_clear()
    assert fonts.files()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_faces_have_every_letter_of_every_word_and_name(lang: str) -> None:
    spoken = words.load(lang)
    _, _, package = drawn.embedded()
    said = [*spoken.words.values(), *spoken.months, *spoken.places.values(), *spoken.bases.values(), spoken.digits]
    said += list(package.townships["name_my"]) + list(package.townships["name_en"])
    assert {letter for text in said for letter in text if ord(letter) not in fonts.letters()} <= {"\u200b", "\u200c"}


def test_burmese_is_shaped_signs_join_their_letter_and_take_no_room_of_their_own() -> None:
    assert fonts.width("ကြိုး", 100) < 0.7 * sum(fonts.width(letter, 100) for letter in "ကြိုး")
    assert fonts.width("က္က", 100) == pytest.approx(fonts.width("က", 100), rel=0.1)


@pytest.mark.parametrize(("text", "weight"), [(BURMESE, 400), ("กองกำลังชาติพันธุ์ครอง 43", 600), ("Ayeyarwady, 12", 600)])
def test_what_is_measured_is_what_is_drawn(text: str, weight: int) -> None:
    with paper.settings():
        sheet = paper.Paper(sizes.named("article"))
        box = sheet.text(20, 100, text, 11, weight=weight)
        (artist,) = [one for one in sheet.figure.artists if isinstance(one, Text)]
        sheet.figure.set_dpi(384)
        drawn_box = artist.get_window_extent()
    assert drawn_box.width / 4 == pytest.approx(box.width, abs=1.0)
    assert drawn_box.x0 / 4 == pytest.approx(box.left, abs=0.5)


def test_lines_break_between_words_where_no_blank_stands() -> None:
    assert lines.broken("กองกำลังชาติพันธุ์", 60, 11, lang="th") == ["กองกำลัง", "ชาติพันธุ์"]
    assert lines.broken("မည်သူထိန်းချုပ်သည်", 75, 11, lang="my") == ["မည်သူ", "ထိန်းချုပ်သည်"]


@pytest.mark.parametrize("text", [BURMESE, "x" * 300, "held by report, " * 20, "กองกำลังชาติพันธุ์" * 9])
@pytest.mark.parametrize("room", [40.0, 130.0])
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float) -> None:
    found = lines.broken(text, room, 11, lang="my" if text is BURMESE else "en")
    assert all(fonts.width(line, 11) <= room for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_what_no_line_can_hold_is_cut_between_letters_never_between_a_letter_and_its_sign() -> None:
    found = lines.broken("ထိန်းချုပ်", 14, 11, lang="my")
    assert len(found) > 1
    assert "".join(found) == "ထိန်းချုပ်"
    assert all(line[0] in "ထနခပ" for line in found)


def test_a_text_that_does_not_fit_one_line_ends_in_an_ellipsis() -> None:
    short = lines.shortened("Ethnic armed organisation", 60, 11)
    assert short.endswith("…")
    assert fonts.width(short, 11) <= 60
    assert lines.shortened("AA", 60, 11) == "AA"


def test_hostile_text_becomes_one_line_that_can_be_drawn() -> None:
    for text in hostile.TEXTS:
        clean = fonts.drawable(text, most=80)
        assert len(clean) <= 81
        assert all(sign.isprintable() or sign in fonts.UNSEEN for sign in clean)
        clean.encode()


@pytest.mark.parametrize("size", sizes.SIZES)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_text_runs_out_of_the_sheet_or_over_another(lang: str, size: str) -> None:
    sheet = paper.Box(0, 0, sizes.named(size).width, sizes.named(size).height)
    kinds: list[draw.Kind] = ["map", "displacement", "pair", "chart", "sheet"]
    for kind in kinds:
        made = drawn.picture(kind, drawn.embedded(), size=size, lang=lang)
        written = made.paper.written
        assert len(written) > 8
        assert [one.text for one in written if not sheet.holds(one.box)] == [], kind
        assert drawn.overlapping(written) == [], kind
        assert made.about.title.split()[0] in " ".join(one.text for one in written)


@pytest.mark.parametrize(("lang", "size"), [("my", "square"), ("th", "story"), ("en", "article"), ("id", "print-a4")])
def test_no_text_of_a_film_runs_out_of_the_frame_or_over_another(lang: str, size: str) -> None:
    timeline, boundaries, package = drawn.embedded()
    subject = Subject(timeline, boundaries, package, sizes.named(size), lang)
    with paper.settings():
        camera = film._Camera(film._set_up(subject, film.days(timeline)), 96)  # noqa: SLF001 -- the sheet has the boxes
        before = len(camera.set_up.sheet.written)
        camera.shoot(timeline.dates[-1], timeline.dates[-2])
    written = camera.set_up.sheet.written
    assert len(written) > before
    sheet = paper.Box(0, 0, subject.size.width, subject.size.height)
    assert [one.text for one in written if not sheet.holds(one.box)] == []
    assert drawn.overlapping(written) == []
