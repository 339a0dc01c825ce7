"""Counts by round of an assessment: figures of one place and operation over time, which are never added up over rounds.

IOM counts a place again in each round, for one operation or several, by one kind of assessment or two, and in parts
by where people come from. Parts of one round are added, if all of them can be read. Rounds are figures of their own
dates. Where several operations count in one place, its total is that of the most recent round of each, if those are of
one date; figures of different dates are not added, so else the rows of the place are refused until one operation is
chosen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mapper.errors import Fault
from mapper.sources.harvest import Harvest, Item, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NOT_AVAILABLE: Final = "not available"
"""How IOM writes that an origin is not known."""

LEVELS: Final = {"0": "country", "1": "state", "2": "district"}
"""Levels of administration that interfaces count by; where the package has the code as a township, it is one."""

OPERATION_LENGTH: Final = 120


@dataclass(frozen=True)
class Count:
    """One row: so many people, in one place and round."""

    row: int
    place: Place
    date: str
    """``YYYY-MM-DD``."""
    people: int
    operation: str = ""
    round: int = 0
    assessment: str = ""
    """``BA``, ``SA``, ``ETT``, or nothing."""
    part: str = ""
    """Which part of the whole it counts, such as people of one origin; nothing for the whole."""
    rows: int = 1
    """Of the file, that it is made of."""
    broken: bool = False
    """Whether the row cannot be read, which is told already: then no sum that it belongs in can be right."""


@dataclass(frozen=True)
class Choice:
    """What a user wants of a file that has several operations or kinds of assessment; empty for all."""

    operation: str = ""
    assessment: str = ""


def placed(codes: Sequence[str], names: Sequence[str], levels: Mapping[str, str], *, level: str) -> Place | None:
    """Give the place of a row, by codes and names of levels 0, 1 and 2; ``None`` where the one of its level is empty.

    ``levels`` are the kinds of places that the package has, by code, since a level 2 of one country is what another's
    package calls township.
    """
    number = int(level)
    code, name = codes[number], names[number]
    if not code and not name:
        return None
    kind = levels.get(code, LEVELS[level])
    if number > 1 and kind == "state":
        kind = LEVELS[level]  # a part's figure is none of the whole, whatever its code says
    state = (codes[1] or names[1]) if number > 1 else ""
    return Place(code=code, name=name, state=state, level=kind, strict=True)


def foreign_state(code: str, levels: Mapping[str, str]) -> tuple[str, str] | None:
    """Say what is wrong with the code of a state that a deeper place lies in: problem and remedy."""
    if not code or levels.get(code) == "state":
        return None
    return "is the code of no state of the package", "Correct it at the source"


def deepest(codes: Sequence[str], names: Sequence[str], given: str) -> str:
    """Tell the level of a row: as it says, or the deepest that it names."""
    if given in LEVELS:
        return given
    return next((str(n) for n in (2, 1) if codes[n] or names[n]), "0")


def harvests(
    counts: Iterable[Count],
    *,
    name: str,
    basis: str,
    source: Mapping[str, str],
    choice: Choice,
    faults: Sequence[Fault] = (),
    columns: Mapping[str, str] | None = None,
    left_out: tuple[str, ...] = (),
) -> tuple[Harvest, ...]:
    """Make figures of displaced people of the counts; those of each operation have a source of their own.

    ``source`` describes the dataset, ``columns`` names the file's own for messages.
    """
    named = columns or {}
    told = list(faults)
    by_place: dict[tuple[str, str, str], list[Count]] = defaultdict(list)
    for one in counts:
        wanted = (("operation", choice.operation), ("assessment", choice.assessment))
        other = next((part for part, word in wanted if word and getattr(one, part) != word), "")
        if other and not one.broken:
            problem, remedy = "is not what was asked for", "Leave --set out to take all, or name another"
            told.append(Fault(name, one.row, named.get(other, other), getattr(one, other), problem, remedy))
        elif not other:
            by_place[one.place.level, one.place.code or one.place.name, one.place.state].append(one)
    items: dict[str, list[Item]] = defaultdict(list)
    for listed in by_place.values():
        read = [one for one in listed if not one.broken]
        broken = {(one.operation, one.round): one.row for one in listed if one.broken}
        wholes, slips = _wholes(read, broken, name, named)
        told += slips
        figures, slips = _totals(wholes, broken, name, named)
        told += slips
        for operation, whole, note in figures:
            items[operation].append(_item(whole, basis, note))
    made = [
        Harvest(name, "displacement", tuple(sorted(of, key=_row)), (), named, (), _credited(source, operation))
        for operation, of in sorted(items.items())
    ] or [Harvest(name, "displacement", (), (), named, (), source)]
    return (replace(made[0], faults=tuple(told), left_out=left_out), *made[1:])


def _row(item: Item | Fault) -> int:
    return item.row


def _credited(source: Mapping[str, str], operation: str) -> dict[str, str]:
    """Give the source of an operation's figures: two operations never make one series."""
    if not operation:
        return dict(source)
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in operation.casefold()).split())
    title = f"{source['title']}: {operation}"
    # an address stands for one source, and here are several
    return {
        **source,
        "source_id": f"{source['source_id']}-{plain or 'other'}"[:80].strip("-"),
        "title": title,
        "url": "",
    }


def _item(whole: Count, basis: str, note: str) -> Item:
    cells = {
        "date": whole.date,
        "date_precision": "day",
        "people": str(whole.people),
        "qualifier": "exact",
        "measure": "idps",
        "basis": basis,
        "note": note,
    }
    return Item(whole.row, cells, whole.place)


Broken = dict[tuple[str, int], int]
"""Operation and round to a row of them that cannot be read."""


def _wholes(
    listed: Sequence[Count], broken: Broken, name: str, named: Mapping[str, str]
) -> tuple[list[Count], list[Fault]]:
    """Add up the parts of each round of each operation; where two kinds of assessment differ, none is taken."""
    faults: list[Fault] = []
    found: list[Count] = []
    rounds: dict[tuple[str, int, str], list[Count]] = defaultdict(list)
    for one in listed:
        rounds[one.operation, one.round, one.date].append(one)
    for (operation, number, _), of_round in rounds.items():
        if (operation, number) in broken:
            faults += [_lacks(one, broken[operation, number], name, named) for one in of_round]
            continue
        kinds: dict[str, list[Count]] = defaultdict(list)
        for one in of_round:
            kinds[one.assessment].append(one)
        doubled = {kind: _doubled(parts) for kind, parts in kinds.items()}
        if any(doubled.values()):
            remedy = "Find out which is right, and delete the other"
            faults += [
                Fault(name, one.row, named.get("people", "people"), str(one.people), "is counted twice", remedy)
                for one in of_round
            ]
            continue
        sums = {kind: sum(one.people for one in parts) for kind, parts in kinds.items()}
        if len(set(sums.values())) > 1:
            said = ", ".join(f"{kind or 'none'} {people}" for kind, people in sorted(sums.items()))
            remedy = f"Choose one: --set assessment={next(kind for kind in sorted(sums) if kind)}"
            faults += [
                Fault(name, one.row, named.get("assessment", "assessment"), one.assessment, f"differs: {said}", remedy)
                for one in of_round
            ]
            continue
        first = of_round[0]
        found.append(replace(first, people=sums[first.assessment], rows=len(of_round)))
    return found, faults


def _lacks(one: Count, row: int, name: str, named: Mapping[str, str]) -> Fault:
    problem = f"is not all there is: row {row} belongs to it and cannot be read"
    return Fault(name, one.row, named.get("people", "people"), str(one.people), problem, "Correct that row")


def _doubled(parts: Sequence[Count]) -> bool:
    """Whether a part is told of twice, so that a sum would count its people twice."""
    return len({one.part for one in parts}) < len(parts)


def _totals(
    wholes: Sequence[Count], broken: Broken, name: str, named: Mapping[str, str]
) -> tuple[list[tuple[str, Count, str]], list[Fault]]:
    """Give operation, figure and note of each figure of a place: its rounds, or the total of several operations."""
    by_operation: dict[str, list[Count]] = defaultdict(list)
    for one in wholes:
        by_operation[one.operation].append(one)
    operations = {*by_operation, *(operation for operation, _ in broken)}
    column = named.get("operation", "operation")
    faults: list[Fault] = []
    if len(operations) <= 1:
        kept, faults = _one_a_day(wholes, name, named)
        return [(one.operation, one, _round(one)) for one in kept], faults
    if broken:
        return [], [_lacks(one, min(broken.values()), name, named) for one in wholes]
    last = {operation: max(of, key=lambda one: (one.date, one.round)) for operation, of in by_operation.items()}
    together = len({one.date for one in last.values()}) == 1
    for one in wholes:
        if not together:
            problem = "is one of several operations that count here, at different dates, which cannot be added"
            remedy = f"Take them in one by one: --set 'operation={one.operation}'"
            faults.append(Fault(name, one.row, column, one.operation, problem, remedy))
        elif one is not last[one.operation]:
            problem, remedy = "has a more recent round, and rounds are not added", "Nothing needs to be done"
            faults.append(Fault(name, one.row, column, one.operation, problem, remedy))
    if not together:
        return [], faults
    first = min(last.values(), key=lambda one: one.row)
    people = sum(one.people for one in last.values())
    note = f"total of the most recent rounds of {len(last)} operations"
    return [("", replace(first, people=people, operation=""), note)], faults


def _one_a_day(wholes: Sequence[Count], name: str, named: Mapping[str, str]) -> tuple[list[Count], list[Fault]]:
    """Give one figure for each date: of two rounds of one day the later."""
    last: dict[str, Count] = {}
    for one in wholes:
        if one.date not in last or one.round > last[one.date].round:
            last[one.date] = one
    faults = [
        Fault(
            name,
            one.row,
            named.get("round", "round"),
            str(one.round),
            f"has a more recent round of the same day, {last[one.date].round}",
            "Nothing needs to be done",
        )
        for one in wholes
        if one is not last[one.date]
    ]
    return list(last.values()), faults


def _round(one: Count) -> str:
    parts = (
        f"round {one.round}" if one.round else "",
        f"assessment {one.assessment}" if one.assessment else "",
        f"{one.rows} rows of the file" if one.rows > 1 else "",
    )
    return "; ".join(part for part in parts if part)
