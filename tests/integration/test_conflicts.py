"""Where sources contradict each other: real cases, each with the assessment that a careful editor would give.

Each case is a row (or two) of the compiled list of conflicting reports. The expectation is written by hand from the
reports and the rules; the comment says why.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mapper import control, resolve
from mapper.sources import package as packages

if TYPE_CHECKING:
    from mapper.tables import Package


@dataclass(frozen=True)
class Case:
    place: str
    on: str
    status: control.Status
    holders: str
    since: str = ""
    """ISO date, then the precision: `2024-08-03 day`."""
    disputed: bool = False
    confidence: str = ""


CASES = [
    # MNDAA's own claim of 25 July is all there is on that day: contested, claimed.
    Case("Lashio", "2024-07-25", "contested", "MNDAA;SAC", "2024-07-25 day", confidence="low"),
    # A resident's "half and half" a day later: no dispute, and now more than a claim says that it is contested.
    Case("Lashio", "2024-07-26", "contested", "MNDAA;SAC", "2024-07-25 day"),
    # The command fell on 3 August: held since then, not since the claim of 25 July.
    Case("Lashio", "2024-08-03", "eao", "MNDAA", "2024-08-03 day", confidence="high"),
    # The junta is back in the town, yet 450 villages are not under it: both are true, so the township is contested.
    Case("Lashio", "2025-04-22", "contested", "MNDAA;SAC", "2025-04-22 day"),
    # A list of towns retaken does not end a contest of the township that better reports describe a month before.
    Case("Lashio", "2026-02-28", "contested", "MNDAA;SAC;UWSA", "2025-04-22 day"),
    # 15 July or 16 July: both say retaken, so the earlier day dates it and the later confirms it.
    Case("Nawnghkio", "2025-07-20", "junta", "SAC", "2025-07-15 day"),
    # The junta claims Demoso, the other side holds all but the centre: never firm.
    Case("Demoso", "2025-08-25", "contested", "KNDF;SAC"),
    # "Recaptured in June" speaks from the last of June; the junta's own 16 July confirms nothing, and July's
    # counterattack downtown is the surer report. In August residents say who holds it.
    Case("Loikaw", "2024-06-15", "contested", "KNDF;KNPLF;KNPP;SAC"),
    Case("Loikaw", "2024-07-31", "contested", "KNDF;KNPP;SAC"),
    Case("Loikaw", "2024-08-31", "junta", "SAC"),
    # Captured 27 January by its own word while fighting goes on; claimed back 29 March, denied; claimed again in
    # May by the junta alone, and by others in August.
    Case("Hsihseng", "2024-01-27", "contested", "PNLA;SAC"),
    Case("Hsihseng", "2024-04-05", "contested", "PNLA;PNO;SAC"),
    Case("Hsihseng", "2024-05-15", "contested", "PNLA;PNO;SAC"),
    Case("Hsihseng", "2024-08-31", "junta", "SAC"),
    # 7 or 8 January: the same side in both, so since the earlier.
    Case("Kutkai", "2024-01-10", "eao", "TNLA", "2024-01-07 day"),
    # Parts fell in November, the last camp on 19 December: not held before.
    Case("Namhkan", "2023-11-30", "contested", "SAC;TNLA"),
    Case("Namhkan", "2023-12-31", "eao", "TNLA", "2023-12-19 day", confidence="high"),
    # Complete control claimed 2 November, and again on 7 January; a list of another's confirms it on the 23rd, which
    # makes the claim surer and not younger.
    Case("Hseni", "2023-12-01", "contested", "MNDAA;SAC", "2023-11-02 day", confidence="medium"),
    Case("Hseni", "2024-01-07", "contested", "MNDAA;SAC", "2023-11-02 day", confidence="high"),
    Case("Hseni", "2024-01-23", "eao", "MNDAA", "2023-11-02 day", confidence="medium"),
    Case("Manton", "2023-12-31", "eao", "TNLA", "2023-12-19 day"),
    # A month that two sources give differently: the weak one makes a contest, not a capture.
    Case("Mongmit", "2023-11-30", "contested", "KIA;SAC", "2023-11-30 month", confidence="low"),
    Case("Mongmit", "2024-02-15", "junta", "SAC", "2024-01-31 day"),
    # "Still TNLA-held" of 26 November is no rival to the re-entry of 28 November.
    Case("Mogoke", "2025-11-27", "eao", "TNLA"),
    Case("Mogoke", "2025-11-28", "junta", "SAC", "2025-11-28 day"),
    # 18 or 19 December.
    Case("Singu", "2025-12-20", "junta", "SAC", "2025-12-18 day"),
    # 29 or 30 September.
    Case("Chipwi", "2024-10-01", "eao", "KIA", "2024-09-29 day", confidence="high"),
    Case("Kyaukme", "2024-08-06", "eao", "TNLA", "2024-08-05 day"),
    # Taken 16 November and then bombarded for weeks: contested. AA's own list says 19 January, and a paper's in
    # November agrees.
    Case("Pauktaw", "2023-11-16", "contested", "AA;SAC"),
    Case("Pauktaw", "2024-01-24", "contested", "AA;SAC"),
    Case("Pauktaw", "2024-11-13", "eao", "AA", "2024-01-19 day"),
    Case("Mrauk-U", "2024-02-10", "eao", "AA", "2024-02-08 day"),
    # The town in July, the last base in September: since July, by the town alone until then.
    Case("Thandwe", "2024-08-01", "eao", "AA", "2024-07-16 day"),
    Case("Tonzang", "2024-05-20", "eao", "CNF", "2024-05-19 day"),
    # The police station fell in November; the last battalion in April, says who took it.
    Case("Falam", "2025-01-31", "contested", "CB;CNF;SAC"),
    Case("Falam", "2025-04-07", "contested", "CB;CNF;SAC"),
    Case("Hpapun", "2024-03-28", "eao", "KNLA", "2024-03-26 day"),
    # Announced on the 10th, retaken on the 12th; the fighting "in February" may be from before.
    Case("Kawlin", "2024-02-11", "nug", "PDF"),
    Case("Kawlin", "2024-02-29", "junta", "SAC", "2024-02-12 day"),
    # The junta's claim stands alone in November, so it settles nothing; it is contradicted in January.
    Case("Tigyaing", "2023-11-13", "contested", "KIA;PDF;SAC", "2023-11-09 day"),
    Case("Tigyaing", "2024-01-16", "contested", "KIA;PDF;SAC", "2023-11-09 day"),
    # The same capture given to the PDF by one and to a KIA-led force by another: whose it is cannot be said.
    Case("Banmauk", "2025-09-21", "contested", "KIA;PDF", disputed=True),
    Case("Banmauk", "2026-02-06", "junta", "SAC", "2026-02-06 day"),
    # Liberation celebrated online; the month's other report sees the army still active.
    Case("Myaung", "2021-12-31", "contested", "PDF;SAC"),
    Case("Myawaddy", "2024-04-12", "eao", "KNLA", "2024-04-11 day"),
    Case("Myawaddy", "2024-04-23", "contested", "KNA;KNLA;SAC", "2024-04-23 day"),
    # The junta claims the whole town, the other side half of it.
    Case("Thantlang", "2023-10-31", "contested", "CNF;SAC"),
    Case("Mongyai", "2024-07-31", "contested", "SAC;SSPP", "2024-07-13 day"),
    # "KIA since April" of low confidence, which no other page bears out, does not end what better ones report.
    Case("Hpakant", "2024-05-01", "contested", "KIA;KPDF;SAC", "2024-01-26 day"),
    # One party captures a base a year on: the contest of Myawaddy goes on and does not lapse to who left in 2024.
    Case("Myawaddy", "2025-06-30", "contested", "KNA;KNLA;PDF;SAC", "2024-04-23 day"),
    # Taken by one and handed to another five days later: the later report on the holder settles whose it is.
    Case("Hopang", "2024-06-30", "eao", "UWSA"),
    # "Columns failed for three months to enter" says what was so; the township fell the year before.
    Case("Falam", "2026-02-28", "eao", "CB", "2025-04-07 day"),
    Case("Hpakant", "2025-05-01", "contested", "KIA;KPDF;SAC", "2024-01-26 day"),
]


@pytest.fixture(scope="module")
def package() -> Package:
    return packages.open_package()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.place} {case.on}")
def test_a_real_conflict_is_resolved_as_a_careful_editor_would(case: Case, package: Package) -> None:
    (pcode,) = package.townships.index[package.townships["name_en"] == case.place]
    reports = [report for report in package.reports if report.pcode == pcode]
    found = resolve.resolve(pcode, reports, dt.date.fromisoformat(case.on), options=package.options)
    assert (found.status, ";".join(found.holders), found.disputed) == (case.status, case.holders, case.disputed)
    if case.since:
        assert f"{found.since} {found.since_precision}" == case.since
    if case.confidence:
        assert found.confidence == case.confidence


def test_at_least_fifteen_places_are_covered() -> None:
    assert len({case.place for case in CASES}) >= 15
