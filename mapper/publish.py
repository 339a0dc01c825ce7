"""What may leave the house: a public output is made from public rows alone, before anything is resolved.

Each rule leaves rows out as if they had never been there, so that not even a status gives them away; what was left
out is counted in ``withheld``, for the editor, and no output says how much it was.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from mapper import errors, records, tables, terms, withholding
from mapper.terms import Withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mapper.control import Report, Source
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.terms import Audience

FIGURES: Final[dict[str, str]] = {"displacement": "date", "refugees": "date", "movements": "date_to"}
"""Tables of people, and the column that says from when each row counts."""

SAID: Final[tuple[str, ...]] = ("finding", "place", "claimant", "withdrawn_why", "supersedes_why")
"""Free texts of a report that outputs show."""

TOLD: Final[tuple[str, ...]] = ("townships", "junta_lists", "polls", "aggregates")
"""Other tables with words of the package's own."""

WORDS: Final[tuple[str, ...]] = ("place", "origin", "destination", "note", "doubt", "claim")
"""Columns of free words."""

BY_HAND: Final = "matched by hand"
"""What is said of a spelling that a person has matched (``seen_in``), whichever file it is from."""

UNSAID: Final = "(withheld)"
"""Stands for a text that a table must have."""


def public(package: Package, *, known_on: dt.date | None = None) -> Package:
    """Give the package without what may not be public, and with what was left out by rule in ``withheld``.

    In turn: rows whose source is restricted, internal, not licensed for public use or somebody's who has not agreed;
    what is younger than the package's delay, counted from ``known_on`` (``None``: from the day up to which it knows);
    displaced people at a place finer than a township; figures from which a count of 1 to 4 could be worked out; and
    texts that lead to a person.
    """
    counts: Counter[tuple[str, str]] = Counter()
    package = _standing(package)
    package = _from_public_sources(package, counts)
    by_hand = package.aliases["seen_in"] == BY_HAND
    counts["spelling", "aliases"] += int(by_hand.sum())
    package = replace(package, aliases=package.aliases[~by_hand])
    package = _delayed(package, min(known_on or package.known_on, package.known_on), counts)
    package = _coarse(package, counts)
    package = _without_personal(package, counts)
    told = tuple(sorted(Withheld(rule, table, count) for (rule, table), count in counts.items() if count))
    rows: Counter[str] = Counter()
    for one in told:
        if one.rule not in {"personal", "few", "correction"}:
            rows[one.table] += one.count
    return replace(package, withheld=dict(sorted(rows.items())), withheld_by_rule=told)


def for_audience(package: Package, audience: Audience, *, known_on: dt.date | None = None) -> Package:
    """Give the package as an audience may see it."""
    if audience == "internal":
        return replace(_standing(package), audience="internal")
    return public(package, known_on=known_on)


def _standing(package: Package) -> Package:
    """Leave out figures that a later record of their own source tells otherwise."""
    told: dict[str, Any] = {name: records.standing(name, frame) for name, frame in _frames(package, FIGURES).items()}
    return replace(package, **told)


def refuse_shapes(boundaries: Boundaries, package: Package) -> None:
    """Refuse to draw a public map with shapes of an owner whose agreement the package does not have.

    Raises :class:`errors.UsageError`.
    """
    mimu = terms.of_mimu(boundaries.title, boundaries.licence, boundaries.attribution)
    if mimu and not package.internal and "MIMU" not in package.terms.agreements:
        raise errors.UsageError(
            "These boundaries are MIMU's, who ask for an agreement before they are published. If you have it, say so "
            'in datapackage.json: "publish": {"agreements": ["MIMU"]}. For your own eyes: --audience internal. Without '
            "--boundaries the map is drawn with schematic ones."
        )


def as_known(package: Package, known_on: dt.date | None) -> Package:
    """Give the package as it was on a day (``None``: as it is): later records gone, and what they say of earlier ones.

    Figures of people have a day of recording, too, where the package gives one.
    """
    if known_on is None:
        return package
    known: dict[str, Any] = {
        name: frame[frame["recorded_on"].astype(str) <= known_on.isoformat()]
        for name, frame in _frames(package, FIGURES).items()
        if "recorded_on" in frame
    }
    return replace(package, reports=records.as_known(package.reports, known_on), **known)


def _frames(package: Package, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    return {name: getattr(package, name) for name in names}


def _from_public_sources(package: Package, counts: Counter[tuple[str, str]]) -> Package:
    barred = {name: rule for name, source in package.sources.items() if (rule := _bar(source, package.terms))}
    frames = _frames(
        package,
        (
            part.name
            for part in fields(package)
            if isinstance(getattr(package, part.name), pd.DataFrame) and "source_id" in getattr(package, part.name)
        ),
    )
    for name, frame in frames.items():
        counts.update((barred[source], name) for source in frame["source_id"] if source in barred)
    counts.update((barred[one.source_id], "control_reports") for one in package.reports if one.source_id in barred)
    counts.update({(barred[name], "events"): n for name, n in package.events.by_source.items() if name in barred})
    hidden = {one.supersedes for one in package.reports if one.source_id in barred}
    standing = [one for one in package.reports if one.report_id in hidden and one.source_id not in barred]
    counts["correction", "control_reports"] += len(standing)
    kept: dict[str, Any] = {name: frame[~frame["source_id"].isin(barred)] for name, frame in frames.items()}
    return replace(
        package,
        sources={name: source for name, source in package.sources.items() if name not in barred},
        reports=records.corrected(report for report in package.reports if report.source_id not in barred),
        events=package.events.of(package.sources.keys() - barred.keys()),
        **kept,
    )


def _bar(source: Source, own: terms.Terms) -> str:
    """Give the rule that keeps a source from the public, or ""."""
    if source.sensitivity != "public":
        return "sensitivity"
    if terms.of_acled(source):
        return "" if "ACLED" in own.agreements else "agreement"
    return "" if source.public_use else "licence"


def _delayed(package: Package, known_on: dt.date, counts: Counter[tuple[str, str]]) -> Package:
    """Leave out what is younger than the delay; a month's figure or report counts from its last day on."""
    if not package.terms.delay_days:
        return package
    until = known_on - dt.timedelta(days=package.terms.delay_days)
    kept: dict[str, Any] = {}
    for name, column in FIGURES.items():
        frame: pd.DataFrame = getattr(package, name)
        kept[name] = _where(frame, (_speaks_from(row, column) <= until for row in tables.rows(frame)))
        counts["delay", name] += len(frame) - len(kept[name])
    reports = [report for report in package.reports if report.speaks_from <= until]
    counts["delay", "control_reports"] += len(package.reports) - len(reports)
    for name in ("junta_lists", "polls", "aggregates"):
        frame = getattr(package, name)
        if "date" in frame:
            kept[name] = _where(frame, (_last_day(str(day)) <= until.isoformat() for day in frame["date"]))
            counts["delay", name] += len(frame) - len(kept[name])
    return replace(package, reports=records.corrected(reports), until=until, **kept)


def _where(frame: pd.DataFrame, keep: Iterable[bool]) -> pd.DataFrame:
    return frame[pd.Series(list(keep), index=frame.index, dtype=bool)]


def _speaks_from(row: Any, column: str) -> dt.date:  # noqa: ANN401 -- a pandas row has no static type
    day: dt.date = row.date_to if column == "date_to" else withholding.speaks_from(row)
    return day


def _last_day(text: str) -> str:
    """Give a day as text, as late as a day, a month or a year can mean; months compare as if all had 31 days."""
    return text + "-12-31"[len(text) - len("2024") :] if len(text) < len("2024-05-20") else text


def _coarse(package: Package, counts: Counter[tuple[str, str]]) -> Package:
    """Leave out places finer than a township, and then what would tell a small count."""
    finer: Mapping[str, Callable[[pd.DataFrame], set[str]]] = {
        "displacement": withholding.finer_figures,
        "movements": withholding.finer_movements,
    }
    known = withholding.places(package)
    telling: Mapping[str, Callable[[pd.DataFrame], set[str]]] = {
        "displacement": lambda table: withholding.telling_figures(table, known),
        "refugees": lambda table: withholding.telling_refugees(table, known),
        "movements": lambda table: withholding.telling_movements(table, known),
    }
    kept: dict[str, Any] = {name: frame for name, frame in _frames(package, FIGURES).items() if len(frame)}
    for rule, finds in (("place", finer), ("total", telling)):
        for name in kept.keys() & finds.keys():
            out = finds[name](kept[name])
            kept[name] = kept[name][~kept[name].index.isin(out)]
            counts[rule, name] += len(out)
    totals = withholding.telling_totals(package.aggregates, package.displacement, package.refugees)
    counts["total", "aggregates"] += len(totals)
    for name, frame in kept.items():
        counts["few", name] += sum(withholding.is_small(int(people)) for people in frame["people"])
    kept["aggregates"] = package.aggregates[~package.aggregates.index.isin(totals)]
    return replace(package, **kept)


def _without_personal(package: Package, counts: Counter[tuple[str, str]]) -> Package:
    """Blank texts that lead to a person."""
    sources = {}
    for name, source in package.sources.items():
        told = [UNSAID if withholding.is_personal(text) else text for text in (source.publisher, source.title)]
        counts["personal", "sources"] += told.count(UNSAID)
        sources[name] = replace(source, publisher=told[0], title=told[1])
    reports = []
    for report in package.reports:
        blank = {name: "" for name in SAID if withholding.is_personal(getattr(report, name))}
        counts["personal", "control_reports"] += len(blank)
        reports.append(_blanked(report, blank) if blank else report)
    kept: dict[str, Any] = {}
    for name, frame in _frames(package, [*FIGURES, *TOLD]).items():
        texts = [column for column in WORDS if column in frame and len(frame)]
        found = {column: frame[column].astype(str).map(withholding.is_personal) for column in texts}
        counts["personal", name] += sum(int(hits.sum()) for hits in found.values())
        kept[name] = frame.assign(**{column: frame[column].mask(hits, "") for column, hits in found.items()})
    return replace(package, sources=sources, reports=tuple(reports), **kept)


def _blanked(report: Report, blank: Mapping[str, Any]) -> Report:
    return replace(report, **blank)
