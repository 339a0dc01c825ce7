"""Rule 8, who may speak for whom: a party's word for itself is a claim, and a map is no source.

A report *claims* where it gives the township to the side of its own claimant, or of a source that is a party's own
voice. Alone such a report makes a township no more than contested, and it confirms nothing. A report against the
speaker's own interest, and one by nobody's party, counts as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import control, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.control import Report, ResolveOptions


def claims(report: Report, *, options: ResolveOptions) -> bool:
    """Whether a report gives the township to a party that speaks for itself.

    The EAOs and the resistance are counted as allies: what one of them says for the other is against nobody's interest
    but the junta's. A report of fighting gives the township to nobody, so it claims nothing.
    """
    if options.sourcing == "all" or report.status not in control.FIRM:
        return False
    return any(report.status not in control.AGAINST[side] for side in sides(report, options=options))


def sides(report: Report, *, options: ResolveOptions) -> tuple[str, ...]:
    """Give the parties by whose word a report stands: its claimant's side, and its source's."""
    voices = (report.claimant_side, options.partisan.get(report.source_id, ""))
    return tuple(dict.fromkeys(side for side in voices if side in control.AGAINST))


def is_map(report: Report, *, options: ResolveOptions) -> bool:
    """Whether a report rests on a map, which says that somebody coloured it and not how they knew."""
    return options.sourcing == "strict" and report.source_id in options.maps


def agrees(report: Report, status: control.Status, holders: tuple[str, ...], *, options: ResolveOptions) -> bool:
    """Whether a report gives the township to the same side and holders."""
    return report.status == status and rules.same_holders(report.holders, holders, options=options)


def independent(reports: Iterable[Report], *, options: ResolveOptions) -> list[Report]:
    """Give the reports that count by themselves."""
    return [report for report in reports if not claims(report, options=options)]
