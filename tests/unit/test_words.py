"""The words of the page: none missing in any language, and each sentence filled in."""

from __future__ import annotations

import datetime as dt
import re
from importlib import resources

import pytest

from mapper import control, errors
from mapper.outputs import slider, style, words

ENGLISH = words.load("en")
PLACES = re.compile(r"\{(\w+)\}")
MYANMAR_LETTER = re.compile("[\u1000-\u109f]")
ONLY_PLACES = {"since.day", "people.exact", "changes.to", "legend.reported.nug"}
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


def test_burmese_words_are_burmese_and_marked_as_translated_by_machine() -> None:
    burmese = words.load("my")
    assert burmese.machine_translated
    assert not ENGLISH.machine_translated
    for key in burmese.words.keys() - ONLY_PLACES:
        assert MYANMAR_LETTER.search(burmese.words[key]), key


def test_closed_lists_have_words_for_all_their_members() -> None:
    wanted = {f"rule.{rule}" for rule in control.RULES} | {f"status.{status}" for status in control.STATUSES}
    wanted |= {f"side.{side}" for side in control.CLAIMANT_SIDES} | {f"kind.{kind}" for kind in control.KINDS}
    wanted |= {f"sure.{confidence}" for confidence in control.CONFIDENCES}
    wanted |= {f"scope.{scope}" for scope in control.SCOPES}
    wanted |= {"legend." + ".".join(reversed(name.split("."))) for name in style.CLASSES}
    assert wanted <= ENGLISH.words.keys()


def test_every_word_that_the_script_asks_for_by_name_is_there() -> None:
    asked = set(re.findall(r'say\("([a-z_.]+[a-z])"', slider.scripts()))
    assert len(asked) > 40
    assert asked <= ENGLISH.words.keys()


def test_dates_are_as_sure_as_they_are_and_in_the_digits_of_the_language() -> None:
    day = dt.date(2024, 5, 31)
    assert ENGLISH.date(day) == "31 May 2024"
    assert ENGLISH.date(day, precision="month") == "May 2024"
    assert ENGLISH.date(day, precision="approximate") == "about 31 May 2024"
    assert words.load("my").date(day) == "၂၀၂၄ ခုနှစ် မေ ၃၁ ရက်"


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


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(errors.UsageError, match="choose one of en, my"):
        words.load("../en")
