"""The tables of a package as anybody may have them: the public rows, and of people what a public page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper import publish, withholding
from mapper.outputs import disclosure, flows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapper.tables import Package
    from mapper.timeline import Timeline

Row = dict[str, str]

BY_ID: Final = {"junta_lists": "junta_lists", "polls": "polls", "published_aggregates": "aggregates"}
"""Tables whose rows stay or go as they are, and the package's name for them."""


AS_THEY_ARE: Final = frozenset(
    {"townships", "towns", "state_aliases", "states", "districts", "actors", "licences", "bases"}
)
"""Tables of places and words, which no source stands behind."""


def public_rows(name: str, rows: Sequence[Row], package: Package, timeline: Timeline) -> list[Row]:
    """Give the rows of a table that are public, as they may be told, without words that lead to a person.

    A table that nothing is known of here is not public, nor are events: each is a place finer than a township on a day,
    with deaths counted one by one. ``package`` is what :func:`mapper.publish.public` has left of the package whose
    table it is.
    """
    makers: Mapping[str, Callable[[Sequence[Row], Package, Timeline], list[Row]]] = {
        "control_reports": _reports,
        "withdrawals": _withdrawals,
        "aliases": _aliases,
        "sources": _sources,
        "displacement": _figures,
        "refugees": _refugees,
        "movements": _movements,
    }
    if name in makers:
        found = makers[name](rows, package, timeline)
    elif name in BY_ID:
        kept = set(map(str, getattr(package, BY_ID[name]).index))
        found = [row for row in rows if next(iter(row.values())) in kept]
    else:
        found = list(rows) if name in AS_THEY_ARE else []
    return [_without_personal(row) for row in found]


def _without_personal(row: Row) -> Row:
    """Blank the words that lead to a person; an address of a page is not one."""
    told = {part for part, text in row.items() if part != "url" and withholding.is_personal(text)}
    return {**row, **dict.fromkeys(told, publish.UNSAID)} if told else row


def _reports(rows: Sequence[Row], package: Package, _: Timeline) -> list[Row]:
    known = {report.report_id: report for report in package.reports}
    found = []
    for row in rows:
        report = known.get(row["report_id"])
        if report is None:
            continue
        blank = {name: "" for name in publish.SAID if row.get(name) and not getattr(report, name)}
        blank |= dict.fromkeys(blank.keys() & {"finding", "withdrawn_why", "supersedes_why"}, publish.UNSAID)
        if row.get("supersedes") and row["supersedes"] not in known:
            blank |= {"supersedes": "", "supersedes_why": ""}
        found.append({**row, **blank})
    return found


def _withdrawals(rows: Sequence[Row], package: Package, _: Timeline) -> list[Row]:
    known = {report.report_id: report for report in package.reports}
    return [
        {**row, "why": known[row["report_id"]].withdrawn_why or publish.UNSAID}
        for row in rows
        if row["report_id"] in known
    ]


def _aliases(rows: Sequence[Row], package: Package, _: Timeline) -> list[Row]:
    kept = set(zip(package.aliases["pcode"], package.aliases["alias"], strict=True))
    return [row for row in rows if (row["pcode"], row["alias"]) in kept and row["seen_in"] != publish.BY_HAND]


def _sources(rows: Sequence[Row], package: Package, timeline: Timeline) -> list[Row]:
    """Keep those that a row rests on: a page that only a row of tomorrow names would tell of it."""
    used = {report.source_id for report in package.reports}
    for name in ("displacement", "refugees", *BY_ID.values()):
        frame = getattr(package, name)
        used |= set(frame["source_id"]) if len(frame) else set()
    used |= {row["source_id"] for row in _told_movements(package, timeline)}
    return [row for row in rows if row["source_id"] in used]


def _figures(rows: Sequence[Row], package: Package, _: Timeline) -> list[Row]:
    table = package.townships
    names = {str(code): str(name) for code, name in table["name_en"].items()}
    names |= dict(zip(table["state_pcode"].astype(str), table["state"].astype(str), strict=True))
    kept = {str(row.Index): row for row in package.displacement.itertuples()}
    return [
        {**_counted(row), "place": names.get(row["pcode"], row["pcode"]) if row["pcode"] else row["place"]}
        for row in rows
        if row["figure_id"] in kept and _is_told(row) and (row["pcode"] or kept[row["figure_id"]].place)
    ]


def _refugees(rows: Sequence[Row], package: Package, _: Timeline) -> list[Row]:
    kept = set(map(str, package.refugees.index))
    return [_counted(row) for row in rows if row["figure_id"] in kept and _is_told(row)]


def _movements(rows: Sequence[Row], package: Package, timeline: Timeline) -> list[Row]:
    kept = {row["movement_id"]: row for row in _told_movements(package, timeline)}
    return [
        {
            **_counted(row),
            "origin": "" if row["origin_pcode"] else kept[row["movement_id"]]["origin"],
            "destination": "" if row["destination_pcode"] else kept[row["movement_id"]]["destination"],
        }
        for row in rows
        if row["movement_id"] in kept and _is_told(row)
    ]


def _told_movements(package: Package, timeline: Timeline) -> list[Any]:
    """Give the movements that touch no contested township on any slice."""
    hidden = flows.touching(timeline, package)
    return [
        {
            "movement_id": str(row.Index),
            "source_id": row.source_id,
            "origin": row.origin,
            "destination": row.destination,
        }
        for row in package.movements.itertuples()
        if str(row.Index) not in hidden
    ]


def _is_told(row: Row) -> bool:
    """Leave out what is only said to be below 5: a table has no word for it."""
    return not withholding.is_small(int(row["people"]))


def _counted(row: Row) -> Row:
    """Round people as a page does; a note may say them as they are, so it goes."""
    shown = disclosure.shown(int(row["people"])).people
    exact = row["qualifier"] == "exact" and shown != int(row["people"])
    return {**row, "people": str(shown), "qualifier": "rounded" if exact else row["qualifier"], "note": ""}
