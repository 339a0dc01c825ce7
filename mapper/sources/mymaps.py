"""Google My Maps: who holds what by the colour of a style and by the name, as makers of such maps write them.

``Mrauk-U - AA``, ``PDF - Sagaing, North``, ``MNDAA - 2024/07/15 - geoconfirmed``, ``AA/SAC`` contested, ``A+B`` joint,
``AA(?)`` in doubt, ``KIA 2024/06/12``. What a colour means the user says once; where name and colour say different
things, neither is believed. Descriptions hold links to pages that nobody here has read: the map alone is the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.errors import Fault
from mapper.sources import days, table
from mapper.sources.table import TableMapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.sources.shapes import Drawn
    from mapper.sources.table import Vocabulary

WHO: Final = "who, by name, colour and folder"
WHAT: Final = "status, by name and colour"
DAY: Final = "day in the name or folder"
PLACE: Final = "place in the name"
SURE: Final = "doubt in the name"
LINK_COLUMN: Final = "first link in the description"
TOLD: Final = (WHO, WHAT, DAY, PLACE, SURE, LINK_COLUMN)
"""Columns that are read out of what a placemark has."""

COLUMNS: Final = {"holders": WHO, "status": WHAT, "date": DAY, "place": PLACE, "confidence": SURE}
HEADER: Final = "Google My Maps"

STYLE: Final = re.compile(r"(?:poly|line|icon)-(?:\d+-)?([0-9A-Fa-f]{6})\b")
"""The colour in a style's id, as ``poly-A52714-1200-77`` and ``icon-1899-0288D1-nodesc`` have it."""

BETWEEN: Final = re.compile(r"\s+[-\u2013\u2014|]+\s+|\s*[|:]\s+")
DATED: Final = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
DOUBT: Final = re.compile(r"\(\s*\?+\s*\)|\?+|\bunconfirmed\b|\bunclear\b", re.IGNORECASE)
REMARK: Final = re.compile(r"\(?\s*\b(?:geo-?confirmed|geo-?located|confirmed)\b\s*\)?", re.IGNORECASE)
LINK: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
SIDES: Final = re.compile(r"\s*/\s*")
JOINT: Final = re.compile(r"\s*[+&]\s*")


@dataclass(frozen=True)
class Meaning:
    """Who holds it, and how: an empty status follows from the holders."""

    holders: tuple[str, ...]
    status: str = ""

    def fits(self, other: Meaning) -> bool:
        """Whether another does not contradict this one: who fights for a place may lend it their colour."""
        same = self.status == "contested" or other.status in ("", self.status or other.status)
        return same and set(other.holders) <= set(self.holders)


Slip = tuple[str, str, str, str]


def guess() -> TableMapping:
    """Give how such a map is read; what its colours mean is for the user to say."""
    fixed = {"kind": "snapshot", "confidence": "low", "finding": "as drawn on a map"}
    return TableMapping("control_reports", dict(COLUMNS), fixed)


def told(drawn: Drawn, mapping: TableMapping, words: Vocabulary) -> Drawn:
    """Add to each placemark what its name, style and folder say; those that say nothing, or two things, are faults.

    Raises :class:`mapper.errors.UsageError` where the mapping gives a colour or a name a meaning that is none.
    """
    reader = _Reader(mapping, words)
    kept = []
    faults = list(drawn.sheet.faults)
    for number, cells in drawn.sheet.rows:
        slips = []
        found: dict[str, str] = {}
        for one in reader.read(cells):
            if isinstance(one, dict):
                found |= one
            else:
                slips.append(one)
        faults += [Fault(drawn.sheet.name, number, *slip) for slip in slips]
        if not slips:
            kept.append((number, {**cells, **found}))
    sheet = replace(drawn.sheet, header=header(drawn), rows=kept, faults=tuple(sorted(faults)))
    return replace(drawn, sheet=sheet)


def header(drawn: Drawn) -> list[str]:
    """Give the columns of a map, with those that are read out of others."""
    return [*drawn.sheet.header, *TOLD]


def colours(drawn: Drawn) -> dict[str, int]:
    """Count the features of each colour, the commonest first."""
    found: dict[str, int] = {}
    for _, cells in drawn.sheet.rows:
        if colour := colour_of(cells):
            found[colour] = found.get(colour, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def colour_of(cells: Mapping[str, str]) -> str:
    """Give a placemark's colour as ``RRGGBB``: in the id of its style, or that style's own."""
    found = STYLE.match(cells["style"])
    return found[1].upper() if found else cells["colour"]


class _Reader:
    """Reads placemarks by what names and colours mean in one map."""

    def __init__(self, mapping: TableMapping, words: Vocabulary) -> None:
        self._words = words
        self._mapping = mapping
        self._styles = {key.upper(): self._meaning("style", key, text) for key, text in self._said("style").items()}
        self._names = {table.plain(k): self._meaning("holders", k, text) for k, text in self._said("holders").items()}

    def _said(self, part: str) -> Mapping[str, str]:
        return self._mapping.values.get(part, {})

    def _meaning(self, part: str, key: str, text: str) -> Meaning:
        """Read ``eao:AA``, ``AA`` or ``contested:AA;SAC``."""
        status, colon, holders = text.rpartition(":")
        named = tuple(self._words.holders.get(table.plain(name), "") for name in re.split(r"\s*[;+,]\s*", holders))
        status = self._words.words["status"].get(table.plain(status), "") if colon else ""
        if not all(named) or bool(colon) != bool(status):
            raise errors.UsageError(
                f"{errors.shown(text)} is no meaning for {errors.shown(key)}: write --value '{part}:{key}=eao:AA', "
                "with a status and ids of actors.csv, several of them joined by ;"
            )
        return Meaning(tuple(dict.fromkeys(named)), status)

    def read(self, cells: Mapping[str, str]) -> Iterator[dict[str, str] | Slip]:
        """Give the cells that a placemark fills, or what cannot be understood in it."""
        name, folder = cells["name"], cells["folder"]
        dates = {found[0] for found in DATED.finditer(name)} or {found[0] for found in DATED.finditer(folder)}
        if len({days.read(date) or date for date in dates}) > 1:
            yield "name", name, "has two dates", "Leave one of them"
        day = next(iter(sorted(dates)), cells["when"])
        if not day and self._mapping.columns.get("date") == DAY and not self._mapping.fixed.get("date"):
            yield "name", name, "has no date, nor has its folder", "Say of what day the map is: --set date=2024-12-31"
        doubt = DOUBT.search(name) is not None
        who: list[Meaning] = []
        rest: list[str] = []
        status = ""
        for part in BETWEEN.split(REMARK.sub(" ", DATED.sub(" ", name))):
            bare = DOUBT.sub(" ", part).strip(" -\u2013\u2014|,")
            if not bare:
                continue
            found = self._who(bare)
            if isinstance(found, Meaning):
                who.append(found)
            elif found is not None:
                yield found
                return
            elif word := self._words.words["status"].get(table.plain(bare), ""):
                status = word
            else:
                rest.append(" ".join(bare.split()))
        if doubt and not who and not rest:
            yield "name", name, "says itself that it is not known", "It is not taken over"
            return
        meaning = self._together(who, cells)
        if not isinstance(meaning, Meaning):
            yield meaning
            return
        yield {
            WHO: ";".join(meaning.holders),
            WHAT: status or meaning.status,
            DAY: day,
            PLACE: " - ".join(rest),
            SURE: "low" if doubt else "",
            LINK_COLUMN: next(iter(LINK.findall(cells["description"])), ""),
        }

    def _who(self, text: str) -> Meaning | Slip | None:
        """Read who a part of a name means: None where it is no name of an actor."""
        sides = [JOINT.split(side) for side in SIDES.split(text)]
        names = [name.strip() for side in sides for name in side]
        found = [self._holder(name) for name in names]
        if (whole := self._holder(text)) or len(names) == 1 or not any(found):
            return whole
        for name, one in zip(names, found, strict=True):
            if one is None:
                remedy = f"Say who it is: --value 'holders:{name}=...', an id of actors.csv"
                return "name", name, "is no actor that is known", remedy
        holders = tuple(dict.fromkeys(holder for one in found if one for holder in one.holders))
        if len(sides) == 1 or len(holders) == 1:
            return Meaning(holders)
        return self._contest(text, holders)

    def _contest(self, text: str, holders: tuple[str, ...]) -> Meaning | Slip:
        """Take ``AA/SAC`` for a contest, and ask what is meant where the two could be friends."""
        kinds = {table.KIND_STATUS.get(self._words.kinds.get(holder, ""), "") for holder in holders}
        if "junta" in kinds and len(kinds) > 1:
            return Meaning(holders, "contested")
        remedy = f"Say what it means: --value 'holders:{text}=contested:{';'.join(holders)}'"
        return "name", text, "may be a contest or joint", remedy

    def _holder(self, name: str) -> Meaning | None:
        own = self._names.get(table.plain(name))
        known = self._words.holders.get(table.plain(name))
        return own or (Meaning((known,)) if known else None)

    def _together(self, who: list[Meaning], cells: Mapping[str, str]) -> Meaning | Slip:
        """Hold the names, the colour and the folder against each other."""
        style, colour = cells["style"], colour_of(cells)
        by_style = self._styles.get(style.upper()) or self._styles.get(colour)
        by_folder = self._holder(cells["folder"].rpartition(" / ")[2].strip() or "-")
        if len(set(who)) > 1:
            return "name", cells["name"], "names two holders apart", "Write A/B for a contest, A+B for both together"
        if who and by_style and not who[0].fits(by_style):
            return self._apart(cells["name"], who[0], f"its colour {colour or style}", by_style)
        said = who[0] if who else by_style or by_folder
        if said is None:
            if colour or style:
                remedy = f"Say what its colour means: --value 'style:{colour or style}=eao:AA'"
                return "style", colour or style, "has no meaning yet, and no actor is named", remedy
            return "name", cells["name"], "names no actor that is known", "Name one, as in 'Gwa - AA'"
        if by_folder and not set(by_folder.holders) <= set(said.holders):
            return self._apart(cells["name"], said, f"its folder {cells['folder']}", by_folder)
        return Meaning(said.holders, said.status or (by_style.status if by_style else ""))

    @staticmethod
    def _apart(name: str, said: Meaning, other: str, otherwise: Meaning) -> Slip:
        problem = f"means {';'.join(said.holders)}, but {other} means {';'.join(otherwise.holders)}"
        return "name", name, problem, "Correct one of the two in the map"
