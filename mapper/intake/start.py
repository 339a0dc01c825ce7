"""A new data package: empty of reports, sound from the first moment, on Myanmar or on any other country."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from mapper import control, errors, tables
from mapper.intake import book, columns, disk, places
from mapper.sources import country, files, sheets
from mapper.sources import package as packages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COPIED: Final = ("townships", "districts", "states", "towns", "aliases")
"""Places of the embedded package, which a package on Myanmar begins with."""

EMPTY: Final = ("withdrawals", "displacement", "refugees")
"""Tables that a package begins with though nothing needs them yet."""

MARGIN: Final = 0.5
"""Degrees around the places of another country that its box has to spare."""

README: Final = """# {title}

A data package of mapper: who is reported to hold which place, when, and who says so.

    mapper import table FILE    # take in a table of reports; it shows a plan first
    mapper add                  # write down one report
    mapper check                # what is wrong
    mapper build                # draw the map
    mapper undo                 # take the last change back

`control_reports.csv` has a row for each statement by one source, `sources.csv` one for each source. A report that is
taken back gets a row in `withdrawals.csv`, and stays.
`log.csv` says what was changed, when and by whom.
"""


@dataclass(frozen=True)
class Wishes:
    """What a new package is to be."""

    title: str
    code: str = country.MYANMAR.code
    """ISO 3166-1 alpha-3."""
    name: str = ""
    """Of the country; Myanmar's is known."""
    places: Path | None = None
    """A table or a file of polygons; for Myanmar the embedded places, unless given."""
    actors: Path | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    baseline: str = ""
    """``STATUS:HOLDERS:DATE``, or empty for none."""
    licence: str = "CC-BY-4.0"
    day: dt.date = field(default_factory=dt.date.today)


def on(wishes: Wishes, day: dt.date) -> Wishes:
    """Give the same wishes for another day than today."""
    return replace(wishes, day=day)


def make(place: Path, wishes: Wishes) -> None:
    """Make the folder of a new package; refuses one that is there.

    Raises :class:`errors.UsageError` for wishes that make no sense, :class:`errors.DataError` with every fault of the
    files they name, and :class:`errors.OutputError`.
    """
    contents = _contents(wishes)
    disk.create(place, contents, check=packages.open_package)


def _contents(wishes: Wishes) -> dict[str, bytes]:
    standard = packages.standard()
    listed = _places(wishes)
    listed |= {"actors": _actors(wishes), "licences": _embedded("licences"), "bases": _embedded("bases")}
    own = _country(wishes, listed["townships"])
    options = _options(wishes, own, {row["actor_id"] for row in listed["actors"]})
    schemas = country.suited(standard, own)
    kept = [name for name in standard if name in listed or name in tables.REQUIRED or name in EMPTY]
    contents = {
        f"{name}.csv": book.text_of([c["name"] for c in schemas[name]["fields"]], listed.get(name, [])).encode()
        for name in kept
    }
    described = {
        "name": _slug(wishes.title),
        "title": wishes.title,
        "version": f"{wishes.day:%Y.%m.%d}",
        "created": f"{wishes.day}T00:00:00Z",
        "licenses": [{"name": wishes.licence}],
        "control": options,
        "resources": [book.resource(name, f"{name}.csv", schemas[name]) for name in kept],
    }
    return {
        **contents,
        packages.DESCRIPTOR: book.as_json(described),
        "README.md": README.format(title=wishes.title).encode(),
    }


def _slug(title: str) -> str:
    """Give a name for a Frictionless package: lower-case letters, digits, hyphens."""
    words = re.findall(r"[a-z0-9]+", title.casefold())
    return "-".join(words) or "data-package"


def _embedded(name: str) -> list[book.Cells]:
    return [cells for _, cells in files.read_text_table(packages.EMBEDDED / f"{name}.csv")[1]]


def _places(wishes: Wishes) -> dict[str, list[book.Cells]]:
    if not wishes.title.strip():
        raise errors.UsageError("A package needs a title: --title 'Who holds what in ...'")
    if wishes.places is not None:
        code = wishes.code
        return places.read(wishes.places, code=code, name=wishes.name or code, prefix=code == country.MYANMAR.code)
    if wishes.code != country.MYANMAR.code:
        raise errors.UsageError(
            f"Nothing is known of the places of {wishes.code}. Name a table or a file of polygons with --places: one "
            "row for each, with columns such as code, name, state_code, state, lon, lat."
        )
    return {name: _embedded(name) for name in COPIED}


def _actors(wishes: Wishes) -> list[book.Cells]:
    if wishes.actors is None:
        return _embedded("actors") if wishes.code == country.MYANMAR.code else []
    sheet = sheets.read(wishes.actors)
    found = columns.guess(sheet.header, columns.ACTORS)
    faults = list(sheet.faults)
    faults += [
        errors.Fault(sheet.name, 1, part, "", "is missing", "Add the column; actors need actor_id, name_en, kind")
        for part in ("actor_id", "name_en", "kind")
        if part not in found
    ]
    if faults:
        raise errors.DataError(faults)
    blank = dict.fromkeys((column["name"] for column in packages.standard()["actors"]["fields"]), "")
    return [{**blank, **{part: cells[column] for part, column in found.items()}} for _, cells in sheet.rows]


def _country(wishes: Wishes, townships: list[book.Cells]) -> country.Country:
    if wishes.code == country.MYANMAR.code:
        return country.MYANMAR
    if not re.fullmatch("[A-Z]{3}", wishes.code):
        raise errors.UsageError(
            f"{errors.shown(wishes.code)} is no country code: write three capital letters, such as SDN"
        )
    lons, lats = ([float(row[side]) for row in townships] for side in ("lon", "lat"))
    box = (
        max(-180.0, round(min(lons) - MARGIN, 1)),
        max(-90.0, round(min(lats) - MARGIN, 1)),
        min(180.0, round(max(lons) + MARGIN, 1)),
        min(90.0, round(max(lats) + MARGIN, 1)),
    )
    return country.Country(wishes.code, wishes.name or wishes.code, box)


def _options(wishes: Wishes, own: country.Country, actors: set[str]) -> dict[str, Any]:
    """Give the descriptor's own part for this program; whoever reads it checks it again."""
    options: dict[str, Any] = {}
    if own != country.MYANMAR:
        options["country"] = {"code": own.code, "name": own.name, "box": list(own.box)}
    for status in wishes.labels:
        if status not in control.STATUSES:
            raise errors.UsageError(f"{errors.shown(status)} is no status to label: use {', '.join(control.STATUSES)}")
    if wishes.labels:
        options["labels"] = dict(wishes.labels)
    if wishes.baseline:
        status, _, rest = wishes.baseline.partition(":")
        holders, _, day = rest.partition(":")
        named = [holder for holder in holders.split(";") if holder]
        if status not in control.FIRM or not tables.is_day(day) or not set(named) <= actors:
            raise errors.UsageError(
                f"{errors.shown(wishes.baseline)} is no baseline: write STATUS:HOLDERS:DATE, such as "
                f"junta:SAC:2021-02-01, with a status of {', '.join(sorted(control.FIRM))} and holders from the actors"
            )
        options["baseline"] = {"status": status, "holders": named, "from": day, "basis": "assumed"}
    return options
