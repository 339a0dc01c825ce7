"""The words of the page: none missing in any language, and each sentence filled in."""

from __future__ import annotations

import datetime as dt
import re
from importlib import resources

import pytest

from mapper import control, errors
from mapper.outputs import forms, style, words

ENGLISH = words.load("en")
PLACES = re.compile(r"\{(\w+)\}")
MYANMAR_LETTER = re.compile("[\u1000-\u109f]")
THAI_LETTER = re.compile("[\u0e00-\u0e7f]")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
TWO_WORDS = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}")
NO_TEXT = re.compile(r"use strict|no words for |\bmc-|sans-serif|system-ui|Segoe UI|Noto Sans|noopener")
"""Classes of CSS, fonts, what a link lets go of, and complaints that only who writes the script can meet."""
SAME_IN_LATIN = {"status.junta", "sea.andaman_sea", "legend.reported.nug", "report.link", "by.status", "picture.km"}
ONLY_PLACES = {"since.day", "people.exact", "report.link", "say.township", "changes.to", "legend.reported.nug"}
"""Sentences that need no letter of their own."""


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_word_is_missing_or_too_many_and_each_leaves_the_same_places(lang: str) -> None:
    other = words.load(lang).words
    assert other.keys() == ENGLISH.words.keys()
    for key, sentence in ENGLISH.words.items():
        assert set(PLACES.findall(other[key])) == set(PLACES.findall(sentence)), key


def test_every_file_in_the_folder_is_a_language_of_the_page() -> None:
    files = resources.files("mapper.outputs").joinpath("web", "locale").iterdir()
    assert sorted(file.name for file in files) == sorted(f"{lang}.json" for lang in words.LANGUAGES)


@pytest.mark.parametrize(("lang", "letter"), [("my", MYANMAR_LETTER), ("th", THAI_LETTER)])
def test_words_are_in_the_letters_of_the_language(lang: str, letter: re.Pattern[str]) -> None:
    other = words.load(lang)
    for key in other.words.keys() - ONLY_PLACES:
        assert letter.search(other.words[key]), key
    assert all(letter.search(month) for month in other.months)


@pytest.mark.parametrize("lang", ["id", "ms"])
def test_words_in_latin_letters_are_not_left_in_english(lang: str) -> None:
    other = words.load(lang).words
    same = {key for key in other.keys() - ONLY_PLACES if other[key] == ENGLISH.words[key]}
    assert {key for key in same if not key.startswith(("country", "date."))} <= SAME_IN_LATIN


def test_every_language_but_english_is_marked_as_translated_by_machine_and_says_so() -> None:
    assert [lang for lang in words.LANGUAGES if not words.load(lang).machine_translated] == ["en"]


def test_the_bases_of_figures_have_names_in_every_language() -> None:
    burmese = words.load("my").bases.keys()
    assert len(burmese) >= 18
    for lang in words.LANGUAGES[1:]:
        assert words.load(lang).bases.keys() == burmese, lang


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_language_has_twelve_months_and_ten_digits(lang: str) -> None:
    spoken = words.load(lang)
    assert len(set(spoken.months)) == 12
    assert len(set(spoken.digits)) == 10


def test_no_sentence_of_the_page_stands_in_the_script() -> None:
    """Words between quotes in a file of the script are names of the DOM, never text: no blank between two words."""
    for name in forms.SCRIPTS:
        code = COMMENT.sub("", forms.asset(name))
        for text in QUOTED.findall(code):
            found = TWO_WORDS.search(text)
            assert not found or NO_TEXT.search(text), f"{name} says {text}"
        assert not re.search(r"""textContent = ["'][^"']*[A-Za-z]{2}""", code), name


def test_closed_lists_have_words_for_all_their_members() -> None:
    wanted = {f"rule.{rule}" for rule in control.RULES} | {f"status.{status}" for status in control.STATUSES}
    wanted |= {f"side.{side}" for side in control.CLAIMANT_SIDES} | {f"kind.{kind}" for kind in control.KINDS}
    wanted |= {f"sure.{confidence}" for confidence in control.CONFIDENCES}
    wanted |= {f"scope.{scope}" for scope in control.SCOPES}
    wanted |= {"legend." + ".".join(reversed(name.split("."))) for name in style.CLASSES}
    assert wanted <= ENGLISH.words.keys()


def test_every_word_that_the_script_asks_for_by_name_is_there() -> None:
    asked = set(re.findall(r'(?:say|count)\("([a-z_.]+[a-z])"', forms.script(forms.WHOLE)))
    assert len(asked) > 40
    assert asked <= ENGLISH.words.keys()


def test_dates_are_as_sure_as_they_are_and_in_the_digits_of_the_language() -> None:
    day = dt.date(2024, 5, 31)
    assert ENGLISH.date(day) == "31 May 2024"
    assert ENGLISH.date(day, precision="month") == "May 2024"
    assert ENGLISH.date(day, precision="approximate") == "about 31 May 2024"
    assert words.load("my").date(day) == "၂၀၂၄ ခုနှစ် မေ ၃၁ ရက်"
    assert words.load("th").date(day) == "31 พฤษภาคม ค.ศ. 2024"
    assert words.load("id").date(day) == "31 Mei 2024"
    assert words.load("ms").date(dt.date(2025, 8, 1), precision="month") == "Ogos 2025"


def test_thousands_are_grouped_as_in_the_language() -> None:
    assert [words.load(lang).number(1_183_300) for lang in words.LANGUAGES] == [
        "1,183,300",
        "၁,၁၈၃,၃၀၀",
        "1,183,300",
        "1.183.300",
        "1,183,300",
    ]


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            {"junta.assumed": 20, "eao.reported": 9, "contested.reported": 1},
            "On 1 May 2024, ethnic armed organisations held 9 of Myanmar\u2019s 30 townships; 1 was contested",
        ),
        (
            {"junta.assumed": 25, "eao.reported": 5},
            (
                "On 1 May 2024, ethnic armed organisations held 5 of Myanmar\u2019s 30 townships; "
                "none was reported contested"
            ),
        ),
        (
            {"junta.assumed": 28, "nug.reported": 2},
            "On 1 May 2024, 0 of Myanmar\u2019s 30 townships were contested",
        ),
        (
            {"junta.assumed": 29, "contested.reported": 1},
            "On 1 May 2024, 1 of Myanmar\u2019s 30 townships was contested",
        ),
        (
            {"junta.assumed": 28, "contested.reported": 2},
            "On 1 May 2024, 2 of Myanmar\u2019s 30 townships were contested",
        ),
    ],
)
def test_the_title_says_the_finding(counts: dict[str, int], title: str) -> None:
    assert words.headline(ENGLISH, dt.date(2024, 5, 1), counts)[0] == title


def test_the_deck_says_how_many_are_only_assumed() -> None:
    _, deck = words.headline(ENGLISH, dt.date(2024, 5, 1), {"junta.reported": 3, "junta.assumed": 1_200})
    assert "junta 3, contested 0" in deck
    assert "For another 1,200 townships no report stands" in deck


def test_one_township_is_told_in_the_singular() -> None:
    _, deck = words.headline(ENGLISH, dt.date(2024, 5, 1), {"junta.assumed": 1, "unknown.reported": 1})
    assert "For 1 other township no report stands" in deck
    assert "Of 1 township nothing is known." in deck


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(errors.UsageError, match="choose one of en, my, th, id, ms"):
        words.load("../en")
