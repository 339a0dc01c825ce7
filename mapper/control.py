"""The vocabulary: what can be said about who holds a township, by whom, and how sure.

Facts live in ``geodata/``; only the closed lists of words, and the records made of them, live here.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Status = Literal["junta", "contested", "nug", "eao", "unknown"]
Scope = Literal["township", "town", "part"]
Kind = Literal["event", "snapshot"]
Precision = Literal["day", "month"]
Confidence = Literal["high", "medium", "low", "none"]
Basis = Literal["reported", "assumed", "none"]
SincePrecision = Literal["day", "month", "by", "assumed", ""]
Rule = Literal[
    "township_scope",
    "main_town_scope",
    "part_contests",
    "disagreement",
    "claim",
    "lapse",
    "baseline",
    "no_report",
]

STATUSES: Final[tuple[Status, ...]] = ("junta", "contested", "nug", "eao", "unknown")
"""In the order of every legend, table and stacked chart."""

REPORT_STATUSES: Final[tuple[Status, ...]] = ("junta", "contested", "nug", "eao")
"""What a report can say; that nothing is known is never reported, only concluded."""

FIRM: Final[frozenset[Status]] = frozenset({"junta", "nug", "eao"})
SCOPES: Final[tuple[Scope, ...]] = ("township", "town", "part")
KINDS: Final[tuple[Kind, ...]] = ("event", "snapshot")
CONFIDENCES: Final[tuple[Confidence, ...]] = ("none", "low", "medium", "high")
"""Ascending; ``none`` is for assessments that rest on no report."""

CLAIMANT_SIDES: Final[tuple[str, ...]] = ("junta", "eao", "resistance", "resident", "independent")
AGAINST: Final[dict[str, tuple[Status, ...]]] = {
    "junta": ("nug", "eao"),
    "eao": ("junta",),
    "resistance": ("junta",),
}
"""The sides that are parties, and what each says against its own interest: that the other side holds the township."""

Sourcing = Literal["strict", "all"]
"""``strict``: a party's word for itself is a claim, and a map is no source. ``all``: every report counts alike."""

PCODE: Final = r"MMR\d{6}"
ADMIN1_LENGTH: Final = len("MMR012")

STATUS_LABELS: Final[dict[Status, str]] = {
    "junta": "Junta",
    "contested": "Contested",
    "nug": "NUG",
    "eao": "Ethnic armed organisation",
    "unknown": "Unknown",
}

RULES: Final[dict[Rule, str]] = {
    "township_scope": "a report on the whole township sets the status",
    "main_town_scope": "a report on the township's main town sets the status",
    "part_contests": "a report on a part, or on another town, contradicts the status: contested",
    "disagreement": "reports close in time disagree and confidence cannot separate them: contested, disputed",
    "claim": "a party claims it for itself and no independent source says so: contested, claimed",
    "lapse": "nothing confirmed the contest for long: back to the last firm status, marked stale",
    "baseline": "no report: the data package's declared assumption",
    "no_report": "no report and no declared assumption: unknown",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An armed actor or administration, such as ``AA`` or ``SAC``."""

    actor_id: str
    name_en: str
    name_my: str
    kind: str
    members: tuple[str, ...] = ()
    """Ids of the actors that an umbrella stands for: ``3BHA`` is ``("AA", "MNDAA", "TNLA")``."""
    family: str = ""
    """Id of the actor that leads its alliance or front, whose hue it shares; "" where it leads or stands alone."""
    colour: str = ""
    """Fill of the townships it holds, ``#RRGGBB``; "" where they have the fill of their status."""
    colour_dark: str = ""
    """The same for a dark page."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page or document that a row rests on."""

    source_id: str
    title: str
    publisher: str
    published: str
    url: str
    affiliation: str
    sensitivity: str
    licence: str
    public_use: bool
    """Whether its licence allows what it says in a public output."""
    form: str = "page"
    """``map`` for one that shows control without saying whence it knows it: no source of a report."""


@dataclass(frozen=True, slots=True)
class Report:
    """One statement by one source about who holds one township, or a piece of it."""

    report_id: str
    pcode: str
    date: dt.date
    """The first day the source's date can mean: 2024-05 is 2024-05-01."""
    precision: Precision
    status: Status
    holders: tuple[str, ...]
    """For ``contested`` the parties, as far as named."""
    scope: Scope
    main_town: bool
    """Scope is ``town`` and the town is the township's main one."""
    kind: Kind
    confidence: Confidence
    place: str
    claimant: str
    claimant_side: str
    source_id: str
    finding: str
    recorded_on: dt.date
    withdrawn_on: dt.date | None = None
    withdrawn_why: str = ""
    doubt: str = ""
    supersedes: str = ""
    """Id of the report that this record corrects."""
    supersedes_why: str = ""
    superseded_on: dt.date | None = None
    """The day on which another record corrected this one; with ``superseded_by``, worked out on opening a package."""
    superseded_by: str = ""

    @property
    def speaks_from(self) -> dt.date:
        """The day from which the report counts: never earlier than the source supports.

        A month-precision report speaks from the last day of its month (rule 1).
        """
        if self.precision == "month":
            return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])
        return self.date

    @property
    def sets_status(self) -> bool:
        """Whether its scope reaches the township as a whole (rule 2)."""
        return self.scope == "township" or (self.scope == "town" and self.main_town)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the reports add up to, for one township at one date."""

    pcode: str
    status: Status
    holders: tuple[str, ...]
    """Actor ids in alphabetical order; under ``contested`` the parties."""
    confidence: Confidence
    basis: Basis
    rule: Rule
    disputed: bool = False
    since: dt.date | None = None
    since_precision: SincePrecision = ""
    """``day``: on that day; ``month``: in that month; ``by``: not later than; ``assumed``: declared."""
    last_confirmed: dt.date | None = None
    stale: bool = False
    contested_until: dt.date | None = None
    """Set where a contest lapsed: the last day a report spoke of it."""
    main_town_only: bool = False
    """The status rests on reports about the main town, not about the whole township."""
    firm_status: Status | None = None
    """Under ``contested``: the last status that was firm."""
    firm_holders: tuple[str, ...] = ()
    report_ids: tuple[str, ...] = ()
    """The reports behind it, oldest first."""
    disputed_by: tuple[str, ...] = ()
    """Of these, the reports that disagree with one another."""

    @property
    def claimed(self) -> bool:
        """Whether it is contested because a party claims it for itself, and nobody else says so (rule 8)."""
        return self.rule == "claim"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a data package assumes where there is no report, and from when."""

    status: Status
    holders: tuple[str, ...]
    valid_from: dt.date


@dataclass(frozen=True, slots=True)
class ResolveOptions:
    """The numbers and the assumption that the rules work with; a data package declares its own."""

    window_days: int = 7
    """Reports at most this far apart speak about the same moment (rule 4)."""
    stale_months: int = 12
    """What nothing confirms for longer is marked stale, or lapses (rule 5)."""
    baseline: Baseline | None = None
    umbrellas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Actors that stand for several: ``{"3BHA": ("AA", "MNDAA", "TNLA")}``."""
    sourcing: Sourcing = "strict"
    """Whether a party's word for itself counts less than another's (rule 8)."""
    partisan: Mapping[str, str] = field(default_factory=dict)
    """Sources that are a party's own voice, with its side: ``{"moi-2025-11": "junta"}``."""
    maps: frozenset[str] = frozenset()
    """Sources that are maps."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one report in one assessment: the answer to "why?"."""

    report: Report
    counted: bool
    rule: str
    reason: str


def months_later(day: dt.date, months: int) -> dt.date:
    """Give the same day ``months`` later, or that month's last day.

    >>> months_later(dt.date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
