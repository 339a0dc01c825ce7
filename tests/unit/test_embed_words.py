"""The words under a map: from the data, in five languages, singular and plural right."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

import pytest

import made
from mapper import pipeline
from mapper.outputs import words
from mapper.outputs.embeds import caption, pages, snippets

if TYPE_CHECKING:
    import pandas as pd

    from mapper.control import Report
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

FOLDER = resources.files("mapper.outputs.embeds").joinpath("web", "locale")
TEXTS = {lang: json.loads(FOLDER.joinpath(f"{lang}.json").read_text(encoding="utf-8")) for lang in words.LANGUAGES}
PLACES = re.compile(r"\{(\w+)\}")
LETTERS = {"my": re.compile("[\u1000-\u109f]"), "th": re.compile("[\u0e00-\u0e7f]")}
ON = dt.date(2024, 6, 30)


def test_there_is_a_file_for_each_language_and_none_besides() -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(f"{lang}.json" for lang in words.LANGUAGES)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_word_is_missing_or_too_many_and_each_leaves_the_same_places(lang: str) -> None:
    assert list(TEXTS[lang]) == list(TEXTS["en"])
    for key, sentence in TEXTS["en"].items():
        ours = set(PLACES.findall(TEXTS[lang][key]))
        assert ours == set(PLACES.findall(sentence)), key
    for key, sentence in TEXTS[lang].items():
        if lang in LETTERS and key != "caption.headline" and PLACES.sub("", sentence).strip(". "):
            assert LETTERS[lang].search(sentence), key


def test_none_of_these_words_is_one_of_the_maps_page_which_would_carry_it_for_nothing() -> None:
    assert not TEXTS["en"].keys() & words.load("en").words.keys()


def test_every_sentence_of_the_page_of_forms_is_used_and_there() -> None:
    asked = {f"snippet.sandbox.{why}" for why in snippets.SANDBOX.values()}
    asked |= {f"snippet.address.{key}" for key in pages.PARAMETERS}
    asked |= {f"snippet.{form}{end}" for form in ("fixed", "auto", "element", "amp") for end in ("", ".note")}
    asked |= {f"snippet.{name}" for name in (
        "title", "intro", "placeholder", "open", "copy", "copied", "refused", "sandbox", "sandbox.intro", "address",
        "address.intro", "words", "words.intro", "alt", "caption",
    )}  # fmt: skip
    assert {key for key in TEXTS["en"] if key.startswith("snippet.")} == asked


def told(package: Package, lang: str = "en") -> caption.Told:
    timeline = pipeline.make_timeline(package, start=ON, end=ON)
    return caption.told(timeline, made.boundaries(package), package, on=ON, lang=lang)


def country(*reports: Report, count: int = 4) -> Package:
    return made.package(*reports, count=count)


def held(status: str, *numbers: int, date: str = "2024-05-01") -> list[Report]:
    return [
        made.report(date, status, pcode=f"MMR012{number:03}", report_id=f"{status}{number}")  # type: ignore[arg-type]
        for number in numbers
    ]


def test_several_townships_are_several_and_one_is_one() -> None:
    several = told(country(*held("eao", 1, 2), *held("contested", 3)))
    assert several.alt == (
        "Map of Myanmar on 30 June 2024: 4 townships, by who is reported to hold them. "
        "Junta: 1 township, only assumed, not reported. Contested: 1 township. "
        "Ethnic armed organisation: 2 townships."
    )
    assert several.caption.startswith(
        "On 30 June 2024, ethnic armed organisations held 2 of Myanmar\u2019s 4 townships; 1 was contested. "
        "By report: junta 0, contested 1, NUG 0, ethnic armed organisations 2. "
        "For 1 other township no report stands: the map only assumes who holds it, and draws it pale. "
        "Assumed where no report stands: Junta, from 1 February 2021. Schematic boundaries"
    )
    alone = told(country(*held("eao", 1), count=1))
    assert alone.alt == (
        "Map of Myanmar on 30 June 2024: 1 township, by who is reported to hold it. "
        "Ethnic armed organisation: 1 township."
    )


def test_what_is_old_or_disputed_is_told_with_its_number() -> None:
    one = told(country(*held("eao", 1, date="2022-05-01")))
    assert " 1 township has not been confirmed for 12 months. " in one.caption
    two = told(country(*held("eao", 1, 2, date="2022-05-01")))
    assert " 2 townships have not been confirmed for 12 months. " in two.caption
    apart = [*held("eao", 1), made.report("2024-05-02", "junta", pcode="MMR012001", report_id="other")]
    assert " Reports disagree on 1 township. " in told(country(*apart)).caption
    short = country(*held("eao", 1, date="2022-05-01"))
    short = dataclasses.replace(short, options=dataclasses.replace(short.options, stale_months=1))
    assert " 1 township has not been confirmed for 1 month. " in told(short).caption


def test_without_an_assumption_none_is_told_and_the_unknown_are_counted() -> None:
    plain = made.package(*held("eao", 1), count=3)
    bare = dataclasses.replace(plain, options=dataclasses.replace(plain.options, baseline=None))
    said = told(bare)
    assert "Unknown: 2 townships." in said.alt
    assert "Assumed where" not in said.caption


@pytest.mark.parametrize(
    ("lang", "alt", "first"),
    [
        ("my", "၂၀၂၄ ခုနှစ် ဇွန် ၃၀ ရက် ရှိ မြန်မာနိုင်ငံ မြေပုံ - မြို့နယ် ၄ ခု", "၂၀၂၄ ခုနှစ် ဇွန် ၃၀ ရက်တွင်"),
        ("th", "แผนที่เมียนมา ณ วันที่ 30 มิถุนายน ค.ศ. 2024: 4 อำเภอ", "ณ วันที่ 30 มิถุนายน ค.ศ. 2024"),
        ("id", "Peta Myanmar per 30 Juni 2024: 4 kota praja", "Pada 30 Juni 2024,"),
        ("ms", "Peta Myanmar pada 30 Jun 2024: 4 perbandaran", "Pada 30 Jun 2024,"),
    ],
)
def test_each_language_has_its_own_dates_digits_and_words(lang: str, alt: str, first: str) -> None:
    said = told(country(*held("eao", 1, 2), *held("contested", 3)), lang)
    assert said.alt.startswith(alt)
    assert said.caption.startswith(first)
    assert "{" not in said.alt + said.caption + said.title


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_schematic_shapes_and_the_assumption_are_told_in_every_language(lang: str) -> None:
    spoken = words.load(lang)
    package = country(*held("eao", 1))
    said = told(package, lang).caption
    assert spoken.words["foot.schematic"] in said
    assert spoken.date(dt.date(2021, 2, 1)) in said
    timeline = pipeline.make_timeline(package, start=ON, end=ON)
    surveyed = dataclasses.replace(made.boundaries(package), schematic=False)
    other = caption.told(timeline, surveyed, package, on=ON, lang=lang).caption
    assert spoken.words["foot.schematic"] not in other
    assert (spoken.words["foot.my_names"] in said) == (lang != "en")


def numbers(text: str, lang: str) -> list[int]:
    """Every whole number of a text, in the digits of its language."""
    digits = words.load(lang).digits
    latin = text.translate({ord(own): str(value) for value, own in enumerate(digits)})
    return [int(found) for found in re.findall(r"\d+", latin)]


@pytest.fixture(scope="module")
def embedded() -> tuple[Package, Boundaries, Timeline, pd.DataFrame]:
    package = pipeline.open_package()
    shapes = pipeline.load_boundaries(package)
    timeline = pipeline.make_timeline(package)
    return package, shapes, timeline, pipeline.stats(timeline, shapes, package)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_numbers_are_those_of_mapper_stats(
    embedded: tuple[Package, Boundaries, Timeline, pd.DataFrame], lang: str
) -> None:
    package, shapes, timeline, stats = embedded
    on = timeline.dates[-1]
    rows = stats[(stats["date"] == on) & (stats["by"] == "status")]
    totals: Counter[str] = Counter()
    assumed = 0
    for row in rows.itertuples():
        totals[row.key] += row.townships
        assumed += row.townships if row.basis == "assumed" else 0
    said = caption.told(timeline, shapes, package, on=on, lang=lang)
    spoken = words.load(lang)
    after = said.alt.split(spoken.words["country"])[1]
    expected = [sum(totals.values()), totals["junta"], assumed, totals["contested"], totals["nug"], totals["eao"]]
    dates = [2026, 28] if lang == "my" else [28, 2026]
    assert [n for n in numbers(after, lang) if n not in dates] == expected
    told_numbers = Counter(numbers(said.caption, lang))
    stale = sum(one.stale for one in timeline.slice(on).values())
    for number in (totals["eao"], sum(totals.values()), totals["contested"], totals["junta"] - assumed, assumed, stale):
        assert told_numbers[number], number


def test_a_text_of_the_data_is_one_line_of_a_title_s_length() -> None:
    assert caption.plain("a\x00b\r\n\u2028c\ud800d") == "a b c d"
    assert len(caption.plain("x" * 100_000)) == 300
    assert caption.plain("မြန်မာ") == "မြန်မာ"
