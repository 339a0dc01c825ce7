"""Three of ACLED's kinds of events say that territory changed hands; by these rules they become reports of control.

- Who gained it must be plain. ``Government regains territory``: the one side that is state forces. ``Non-state actor
  overtakes territory``: the other side, where exactly one is state forces. ``Non-violent transfer of territory``: the
  one actor that is named. Else the row is refused: ACLED's columns do not say which of the two it was.
- The name must mean one actor of the package: as a whole, or its long form behind ``AA: Arakan Army``, or one of
  several long forms between slashes; years and the country in brackets at its end do not count. An abbreviation alone
  means nobody, and forms that mean two actors mean neither.
- The scope is ``part``: ACLED gives the place where it happened and does not say how much of the township changed
  hands. The kind is ``event``. A larger region (``geo_precision`` 3) is no township, and is refused.
- The confidence is medium where day and place are exact (both precisions 1), else low; never high.
- A date within a week counts from the last day that it may have been, and is doubted as approximate; one within a
  month is a date of that month. A place that is only near is doubted as uncertain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper.sources.table import KIND_STATUS, plain

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.sources.envelopes import Slip
    from mapper.sources.table import Vocabulary

REGAINS: Final = "government regains territory"
OVERTAKES: Final = "non-state actor overtakes territory"
TRANSFER: Final = "non-violent transfer of territory"
GAINS: Final = frozenset({REGAINS, OVERTAKES, TRANSFER})
"""Values of ``sub_event_type`` that say that territory changed hands, without case."""

STATE_FORCES: Final = frozenset({"1", "stateforces"})
"""``inter1`` and ``inter2`` of state forces: a number in old files, and words now."""

YEARS: Final = r"\d{4}\s*-\s*(?:\d{4})?"


@dataclass(frozen=True)
class Naming:
    """How ACLED's names become actors of the package."""

    words: Vocabulary
    said: Mapping[str, str]
    """Names that a user has explained, to ids."""
    country: str

    def actor(self, name: str) -> str | None:
        """Give the one actor that a name means, by id; ``None`` where it means none for sure."""
        if name in self.said:
            return self.said[name]
        bare = re.sub(rf"\s*\((?:{YEARS}|{re.escape(self.country)})\)\s*$", "", name, flags=re.IGNORECASE)
        whole = self.words.holders.get(plain(name)) or self.words.holders.get(plain(bare))
        if whole:
            return whole
        short, colon, long = bare.partition(":")
        if not colon:
            return None
        meant = {self.words.holders.get(plain(form)) for form in long.split("/")} - {None}
        against = {self.words.holders.get(plain(form)) for form in short.split("/")} - {None}
        return next(iter(meant)) if len(meant) == 1 and len(meant | against) == 1 else None


def report(row: Mapping[str, str], last: dt.date, naming: Naming) -> dict[str, str] | list[Slip]:
    """Give the cells of a report of control, or why there is none; ``last`` is the last day it may have happened."""
    kind = row["sub_event_type"].casefold()
    if row["geo_precision"] == "3":
        return [
            ("geo_precision", "3", "is a larger region, and no township", "Find out where it was, and use mapper add")
        ]
    gained = _gained(row, kind)
    if not gained:
        problem = f"does not say which of {row['actor1']!r} and {row.get('actor2', '')!r} gained it"
        return [("sub_event_type", row["sub_event_type"], problem, "Look at the event, and use mapper add")]
    holder = naming.actor(gained)
    if holder is None:
        remedy = f"Say who it is: --value 'holders:{gained}=...', an id of actors.csv, or add it there"
        return [("actor1" if gained == row["actor1"] else "actor2", gained, "is no actor that is known", remedy)]
    if holder not in naming.words.kinds:
        return [("holders", holder, "is no id of actors.csv", "Correct it, or add it there")]
    status = KIND_STATUS.get(naming.words.kinds[holder], "")
    if not status or (kind != TRANSFER and (status == "junta") != (kind == REGAINS)):
        problem = f"is {holder} in actors.csv, whose kind ({naming.words.kinds[holder]}) does not fit that"
        return [("sub_event_type", row["sub_event_type"], problem, "Look at the event, and use mapper add")]
    exact = row["geo_precision"] == row["time_precision"] == "1"
    doubts = ["day approximate"] if row["time_precision"] == "2" else []
    doubts += ["place uncertain"] if row["geo_precision"] == "2" else []
    month = row["time_precision"] == "3"
    return {
        "date": last.isoformat()[: len("2023-01")] if month else last.isoformat(),
        "date_precision": "month" if month else "day",
        "status": status,
        "holders": holder,
        "scope": "part",
        "kind": "event",
        "confidence": "medium" if exact else "low",
        "place": row.get("location", ""),
        "finding": f"ACLED codes it as {row['sub_event_type']}",
        "doubt": "; ".join(doubts),
    }


def _gained(row: Mapping[str, str], kind: str) -> str:
    """Give the name of the side that gained the territory; "" where it cannot be told for sure."""
    sides = [(row["actor1"], row["inter1"]), (row.get("actor2", ""), row.get("inter2", ""))]
    named = [(name, plain(inter) in STATE_FORCES) for name, inter in sides if name]
    if kind == TRANSFER:
        return named[0][0] if len(named) == 1 else ""
    state = [name for name, of_state in named if of_state]
    if len(state) != 1:
        return ""
    others = [name for name, of_state in named if not of_state]
    return state[0] if kind == REGAINS else others[0] if len(others) == 1 else ""
