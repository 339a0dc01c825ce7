"""Names of places, and the townships they mean: exactly, or not at all. What is only alike is proposed to a person.

In this order: the P-code; the official name; a kept alias; the Burmese name; the same in Zawgyi. A state that is named
with it must fit; where it is not named, a name that several townships bear means none of them, and an alias that only
a machine has matched is not enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from mapper import tables
from mapper.matching import spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from mapper.tables import Package

How = Literal["code", "name", "alias", "burmese", "zawgyi", "point", "none"]

ALIKE: Final = 70.0
"""Of 100: less alike is no candidate."""

DISTRICT_KIND: Final = re.compile(r"\s+district\s*$", re.IGNORECASE)

MOST: Final = 5
"""Candidates that are shown to a person."""

KINDS: Final[tuple[How, ...]] = ("name", "alias", "burmese", "zawgyi")


@dataclass(frozen=True, order=True)
class Candidate:
    """A township that a name may mean."""

    score: float
    """0 to 100, by RapidFuzz's ratio of the two names; 100 for the same name."""
    pcode: str
    name: str
    state: str
    because: str
    """The name that is alike: ``Hpapun``; or ``a town in it``."""

    def __str__(self) -> str:
        """One line for a person to choose from."""
        return f"{self.name} ({self.state}), {self.pcode}: {self.because}, {self.score:.0f} of 100"


@dataclass(frozen=True)
class Match:
    """What a name means: one township, or none with the reason and candidates, the likeliest first."""

    pcode: str
    how: How
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class _Index:
    by_key: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, key: str, pcode: str, name: str) -> None:
        if key:
            self.by_key[key].add(pcode)
            self.named[key, pcode] = name


class Gazetteer:
    """The names of a package's townships, to match others against; it holds no state of a match."""

    def __init__(self, package: Package) -> None:
        """Index the names of a package."""
        table = package.townships
        self.state_of: Mapping[str, str] = {str(code): str(state) for code, state in table["state_pcode"].items()}
        self.names: Mapping[str, str] = {str(code): str(name) for code, name in table["name_en"].items()}
        self.state_names: Mapping[str, str] = dict(
            zip(map(str, table["state_pcode"]), map(str, table["state"]), strict=True)
        )
        self._official, self._alias, self._burmese, self._town = _Index(), _Index(), _Index(), _Index()
        for row in tables.rows(table):
            self._official.put(spelling.place_key(row.name_en), row.Index, row.name_en)
            self._burmese.put(spelling.burmese_key(row.name_my), row.Index, row.name_my)
        self._confirmed: set[tuple[str, str]] = set()
        for row in tables.rows(package.aliases):
            pcode, alias = str(row.pcode), str(row.alias)
            if row.machine_matched == "no":
                self._confirmed.add((spelling.place_key(alias), pcode))
            burmese = spelling.is_burmese(alias)
            index, key = (self._burmese, spelling.burmese_key) if burmese else (self._alias, spelling.place_key)
            index.put(key(alias), pcode, alias)
        for row in tables.rows(package.towns):
            self._town.put(spelling.place_key(row.name_en), row.pcode, row.name_en)
        self._states = self._index_states(package)
        self._districts = _Index()
        for code, name in _pairs(table.drop_duplicates("district_pcode"), "district_pcode", "district"):
            self._districts.put(spelling.plain(DISTRICT_KIND.sub("", name)), code, name)
            self._districts.put(code.casefold(), code, name)
        self._district_state = dict(zip(map(str, table["district_pcode"]), map(str, table["state_pcode"]), strict=True))

    def _index_states(self, package: Package) -> dict[str, set[str]]:
        """Give the states that a name may mean: of ``Shan``, which is split in three, all three."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, name in self.state_names.items():
            found[code.casefold()].add(code)
            found[spelling.state_key(name)].add(code)
            found[spelling.state_key(name.partition(" (")[0])].add(code)
        for code, alias in _pairs(package.state_aliases, "pcode", "alias"):
            if code in self.state_names:
                found[spelling.state_key(alias)].add(code)
        return dict(found)

    def states(self, text: str) -> frozenset[str]:
        """Give the codes of the states that a text names; none where it names no state that is known."""
        return frozenset(self._states.get(text.strip().casefold(), self._states.get(spelling.state_key(text), ())))

    def district(self, text: str, state: str = "") -> frozenset[str]:
        """Give the codes of the districts that a text names, within a state if one is named and known."""
        within = self.states(state)
        found = self._districts.by_key.get(spelling.plain(DISTRICT_KIND.sub("", text.strip())), set())
        return frozenset(code for code in found if not within or self._district_state[code] in within)

    def match(self, *, code: str = "", name: str = "", state: str = "") -> Match:
        """Find the one township that a code, or a name with or without its state, means.

        A code that is given must be right, and must not contradict the name or the state. An unknown state is a fault
        of its own: the name is not matched without it.
        """
        within = self.states(state) if state.strip() else frozenset(self.state_names)
        if state.strip() and not within:
            return Match("", "none", f"the state {state.strip()!r} is not known", self.candidates(name))
        if code.strip():
            return self._by_code(code.strip(), name, within, state)
        return self._by_name(name, within, state) if name.strip() else Match("", "none", "no place is named")

    def named(self, name: str, state: str) -> str:
        """Give the township that a name in a state means, by P-code; "" where it means none, or several."""
        within = self.states(state) or frozenset(self.state_names)
        for how in KINDS:
            inside = {pcode for pcode in self._lookup(how, name) if self.state_of[pcode] in within}
            if inside:
                return next(iter(inside)) if len(inside) == 1 else ""
        return ""

    def township(self, pcode: str) -> str:
        """Give a township's name with its state, for a message."""
        return f"{self.names[pcode]} ({self._state(pcode)})"

    def _by_name(self, name: str, within: frozenset[str], state: str) -> Match:
        elsewhere: set[str] = set()
        if not state.strip() and self.states(name) and self._lookup("name", name):
            reason = f"{name.strip()!r} is a township and a state or region"
            return Match("", "none", f"{reason}; name the state as well", self._same(self._lookup("name", name)))
        for how in KINDS:
            found = self._lookup(how, name)
            inside = {pcode for pcode in found if self.state_of[pcode] in within}
            elsewhere |= found - inside
            if len(inside) == 1:
                return self._unless_doubtful(how, next(iter(inside)), name, state)
            if inside:
                return Match("", "none", f"{name.strip()!r} is the name of several townships", self._same(inside))
        if elsewhere:
            places = ", ".join(sorted({self.state_names[self.state_of[pcode]] for pcode in elsewhere}))
            return Match("", "none", f"{name.strip()!r} is in {places}, not in {state.strip()}", self._same(elsewhere))
        if name.strip().upper() in self.names:  # a code in the column of names: held against the state like one
            return self._by_code(name.strip(), "", within, state)
        return Match("", "none", f"{name.strip()!r} is the name of no township", self.candidates(name, within))

    def _unless_doubtful(self, how: How, pcode: str, name: str, state: str) -> Match:
        """Take a match, unless no state is given and it rests on an alias that only a machine has matched."""
        if how == "alias" and not state.strip() and (spelling.place_key(name), pcode) not in self._confirmed:
            reason = f"{name.strip()!r} is an alias that nobody has confirmed; name the state as well"
            return Match("", "none", reason, self._same({pcode}))
        return Match(pcode, how)

    def _lookup(self, how: How, name: str) -> set[str]:
        if how == "burmese":
            return self._burmese.by_key.get(spelling.burmese_key(name), set()) if spelling.is_burmese(name) else set()
        if how == "zawgyi":
            likely = spelling.zawgyi_probability(name) > 0
            return self._lookup("burmese", spelling.from_zawgyi(name)) if likely else set()
        index = self._official if how == "name" else self._alias
        return index.by_key.get(spelling.place_key(name), set())

    def _by_code(self, code: str, name: str, within: frozenset[str], state: str) -> Match:
        pcode = code if code in self.names else code.upper()
        if pcode not in self.names:
            return Match("", "none", f"{code!r} is the P-code of no township", self.candidates(name, within))
        if self.state_of[pcode] not in within:
            own = self.state_names[self.state_of[pcode]]
            return Match("", "none", f"{code} is in {own}, not in {state.strip()}", self._same({pcode}))
        other = self.match(name=name, state=self.state_of[pcode]) if name.strip() else Match(pcode, "code")
        if other.pcode not in ("", pcode):
            reason = f"{code} is {self.names[pcode]}, but {name.strip()!r} is {other.pcode}"
            return Match("", "none", reason, self._same({pcode, other.pcode}))
        if not other.pcode and not self._near(pcode, name):
            reason = f"{code} is {self.names[pcode]}, which {name.strip()!r} is not known to be"
            return Match("", "none", reason, self._same({pcode}))
        return Match(pcode, "code")

    def _near(self, pcode: str, name: str) -> bool:
        """Whether a name is at least alike to one of the township whose code stands beside it."""
        return any(candidate.pcode == pcode for candidate in self.candidates(name))

    def _same(self, pcodes: Iterable[str]) -> tuple[Candidate, ...]:
        made = (Candidate(100.0, code, self.names[code], self._state(code), self.names[code]) for code in pcodes)
        return tuple(sorted(made, key=lambda one: one.pcode))

    def _state(self, pcode: str) -> str:
        return self.state_names[self.state_of[pcode]]

    def candidates(self, name: str, within: frozenset[str] | None = None) -> tuple[Candidate, ...]:
        """Propose townships whose names are alike, and those that have a town of the name, the likeliest first."""
        if not name.strip():
            return ()
        if spelling.is_burmese(name):
            found = self._alike(self._burmese, spelling.burmese_key(name), within, str)
        else:
            key = spelling.place_key(name)
            found = self._alike(self._official, key, within, str) + self._alike(self._alias, key, within, str)
            found += self._alike(self._town, key, within, lambda town: f"{town} is a town in it")
        best: dict[str, Candidate] = {}
        for one in sorted(found, key=lambda one: (-one.score, one.pcode, one.because)):
            best.setdefault(one.pcode, one)
        return tuple(best.values())[:MOST]

    def _alike(
        self, index: _Index, key: str, within: frozenset[str] | None, say: Callable[[str], str]
    ) -> list[Candidate]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 -- only an unknown name needs it

        found: list[Candidate] = []
        ranked: list[tuple[Any, float, Any]] = process.extract(
            key, list(index.by_key), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=4 * MOST
        )
        for other, score, _ in ranked:
            for pcode in sorted(index.by_key[other]):
                if within is None or self.state_of[pcode] in within:
                    because = say(index.named[other, pcode])
                    found.append(Candidate(round(score, 1), pcode, self.names[pcode], self._state(pcode), because))
        return found


def _pairs(frame: pd.DataFrame, first: str, second: str) -> list[tuple[str, str]]:
    return [] if frame.empty else list(zip(map(str, frame[first]), map(str, frame[second]), strict=True))
