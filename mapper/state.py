"""One township between two reports: a firm side and perhaps a contest on top of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.control import Report, ResolveOptions, Verdict

if TYPE_CHECKING:
    import datetime as dt

    from mapper import control


@dataclass(frozen=True, slots=True)
class Firm:
    """The last side that held the township beyond doubt, as far as reported."""

    status: control.Status
    holders: tuple[str, ...]
    holders_from: Report
    since: dt.date
    since_precision: control.SincePrecision
    confirmed: dt.date
    reports: tuple[Report, ...]
    disputed_by: tuple[Report, ...] = ()
    before: Firm | None = None

    @property
    def event(self) -> Report | None:
        """The latest event among the reports behind it."""
        return next((report for report in reversed(self.reports) if report.kind == "event"), None)


@dataclass(frozen=True, slots=True)
class Contest:
    """A fight, or a disagreement, that stands until a firm report or until it lapses."""

    rule: control.Rule
    since: dt.date
    since_precision: control.SincePrecision
    confirmed: dt.date
    parties: frozenset[str]
    reports: tuple[Report, ...]
    disputed_by: tuple[Report, ...] = ()
    claims: tuple[Report, ...] = ()
    """What parties have claimed for themselves since anybody else last spoke of the whole township (rule 8)."""


@dataclass(slots=True)
class State:
    """One township between two turns."""

    pcode: str
    options: ResolveOptions
    firm: Firm | None = None
    contest: Contest | None = None
    lapsed: Contest | None = None
    setters: list[Report] = field(default_factory=list)
    """The counted reports on the whole township that a new one may still disagree with."""
    turning: set[str] = field(default_factory=set)
    """Ids of the reports that turned the status rather than confirm it."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def judge(self, report: Report, rule: str, reason: str, *, counted: bool) -> None:
        """Note what became of a report; a later word on the same report replaces the earlier one."""
        self.verdicts[report.report_id] = Verdict(report, counted, rule, reason)
