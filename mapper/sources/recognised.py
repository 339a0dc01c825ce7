"""Files of events, known by their columns: one who takes them for a table of reports would say what they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper import errors
from mapper.sources import acled, ucdp

if TYPE_CHECKING:
    from collections.abc import Collection


def refuse_events(header: Collection[str], name: str) -> None:
    """Refuse a table of ACLED's or UCDP's events that is taken for one of reports, and say how to take it.

    An event is no report of control, and ACLED's rows may not be passed on. Raises :class:`errors.DataError`.
    """
    kind = "acled" if acled.is_export(header) else "ucdp" if ucdp.is_export(header) else ""
    if kind:
        problem = f"has the columns of {kind.upper()}'s events, which are no reports of control"
        raise errors.fault(name, problem, f"Take it in with mapper import {kind}, which keeps to its terms")
