"""The words of the page in each language, and dates, numbers and sentences made of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from mapper import control, errors
from mapper.outputs import bidi

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

LANGUAGES: Final[tuple[str, ...]] = ("en", "my", "th", "id", "ms")
"""In the order of the page's language switch; each has its file in ``web/locale/``.

Years are those of the common era in all of them, as in the sources; Thai says so with every date (ค.ศ.), since its
readers count from the Buddha otherwise.
"""


@dataclass(frozen=True)
class Words:
    """One language."""

    lang: str
    name: str
    machine_translated: bool
    digits: str
    """The ten digits, nought first."""
    group: str
    """What stands between thousands."""
    months: tuple[str, ...]
    words: Mapping[str, str]
    places: Mapping[str, str]
    """Names of states by P-code, where the data package has none in this language."""
    bases: Mapping[str, str]
    """Names of displacement bases by their id, likewise."""

    def say(self, key: str, **values: str) -> str:
        """Fill one sentence; raises :class:`KeyError` for an unknown key or a place left empty."""
        return self.words[key].format_map({name: bidi.closed(value) for name, value in values.items()})

    def number(self, value: int) -> str:
        """Write a whole number with this language's digits and grouping.

        >>> load("en").number(1183300), load("my").number(330)
        ('1,183,300', '၃၃၀')
        """
        return self.in_digits(f"{value:,}".replace(",", self.group))

    def in_digits(self, text: str) -> str:
        """Put this language's digits in the place of 0 to 9."""
        return text.translate({ord(latin): own for latin, own in zip("0123456789", self.digits, strict=True)})

    def date(self, day: dt.date, *, precision: str = "day") -> str:
        """Write a date in words, as sure as it is: ``day``, ``month`` or ``approximate``.

        >>> import datetime as dt
        >>> load("en").date(dt.date(2026, 2, 28)), load("en").date(dt.date(2024, 5, 1), precision="month")
        ('28 February 2026', 'May 2024')
        """
        return self.say(
            f"date.{precision}",
            day=self.in_digits(str(day.day)),
            month=self.months[day.month - 1],
            year=self.in_digits(str(day.year)),
        )

    def for_page(self) -> dict[str, Any]:
        """Give what the browser needs to write numbers, dates and words itself."""
        return {
            "name": self.name,
            "machine": self.machine_translated,
            "digits": self.digits,
            "group": self.group,
            "months": list(self.months),
            "words": dict(sorted(self.words.items())),
        }


def load(lang: str) -> Words:
    """Read a language's file. Raises :class:`errors.UsageError` where there is none."""
    if lang not in LANGUAGES:
        raise errors.UsageError(f"the page does not speak {errors.shown(lang)}; choose one of {', '.join(LANGUAGES)}")
    file = resources.files("mapper.outputs").joinpath("web", "locale", f"{lang}.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    return Words(
        lang=found["lang"],
        name=found["name"],
        machine_translated=found["machine_translated"],
        digits=found["digits"],
        group=found["group"],
        months=tuple(found["months"]),
        words=found["words"],
        places=found["places"],
        bases=found["bases"],
    )


def findings(counts: Mapping[str, int]) -> list[str]:
    """Choose the sentences that say what a slice shows: the key of the title, then those of the line below it.

    ``counts`` are townships by class, such as ``{"junta.reported": 42, "junta.assumed": 185}``.
    """
    eao, contested = counts.get("eao.reported", 0), counts.get("contested.reported", 0)
    plural = {0: "none", 1: "one"}.get(contested, "other")
    if eao:
        title = f"title.eao.{plural}"
    elif contested or counts.get("nug.reported"):
        title = f"title.no_eao.{'one' if contested == 1 else 'other'}"
    else:
        title = "title.nothing"
    found = [title, "deck.reported"]
    for key, number in (("deck.assumed", assumed(counts)), ("deck.unknown", counts.get("unknown.reported", 0))):
        if number:
            found.append(f"{key}.one" if number == 1 else key)
    return found


def assumed(counts: Mapping[str, int]) -> int:
    """Count the townships that no report speaks of, whoever is assumed to hold them."""
    return sum(number for name, number in counts.items() if name.endswith(".assumed"))


def notice(words: Words, *, internal: bool, schematic: bool) -> str:
    """Say what must be seen at a glance on a map: that it is not for the public, and that its shapes are schematic."""
    said = {"foot.internal": internal, "foot.schematic": schematic}
    return " ".join(words.words[key] for key, so in said.items() if so)


def headline(words: Words, date: dt.date, counts: Mapping[str, int]) -> tuple[str, str]:
    """Say what a slice shows: the title, and the line below it; see :func:`findings`."""
    values = {str(name): words.number(counts.get(f"{name}.reported", 0)) for name in control.STATUSES}
    values |= {"assumed": words.number(assumed(counts)), "all": words.number(sum(counts.values()))}
    values |= {"date": words.date(date), "country": words.words["country"]}
    title, *deck = (words.say(key, **values) for key in findings(counts))
    return title, " ".join(deck)
