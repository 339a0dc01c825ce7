"""Files of feeds, and how a package reads them: those of ACLED, HDX, IOM, IDMC and UNHCR, and lists by township."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.intake import importing, mappings
from mapper.intake.change import MAPPINGS
from mapper.intake.ready import Ready, by_mapping
from mapper.matching import names
from mapper.sources import acled, dtm, envelopes, files, hapi, idmc, idmc_updates, lists, odp, rounds, sheets
from mapper.sources import package as packages
from mapper.sources.table import TableMapping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.intake.asked import Asked
    from mapper.intake.book import Book
    from mapper.intake.planner import Given
    from mapper.matching.points import Areas
    from mapper.sources.harvest import Harvest, Place


def _acled(asked: Asked, book: Book, given: Given) -> Ready:
    if given.areas is None:
        raise errors.UsageError(
            "ACLED gives points: name real township polygons with --boundaries. A row is put into a township only "
            "where its name and its point agree."
        )
    _refuse_wishes(asked, fixed=(), values=("holders",))
    sheet = _acled_sheet(asked)
    before = mappings.kept(book, sheet.header, "events")
    said = {**(before.values.get("holders", {}) if before else {}), **_said(asked, "holders")}
    mapping = TableMapping("events", {}, values={"holders": said} if said else {})

    def read(book: Book) -> Sequence[Harvest]:
        _have(book, "licences", "licence_id", acled.SOURCE["licence"])
        words = mappings.vocabulary(book, "control_reports")
        return acled.harvest(sheet, country=book.country.name, words=words, said=said)

    task = importing.Task(
        "import acled",
        str(asked.file),
        read,
        given,
        mapping=asdict(mapping) if said else {},
        beside=lambda book: {MAPPINGS: mappings.keep(book, sheet.header, mapping)} if said else {},
    )
    shown = [{"ours": "holders", "from": f"{errors.shown(name)} means {ours}"} for name, ours in said.items()]
    return Ready(task, shown)


def _acled_sheet(asked: Asked) -> sheets.Sheet:
    """Read the file; of a workbook first the sheets of HDX's monthly counts, which are refused."""
    if asked.file.suffix.lower() in sheets.WORKBOOKS and asked.sheet is None:
        for name in acled.AGGREGATED_SHEETS:
            try:
                found = sheets.read(asked.file, sheet=name)
            except errors.DataError:
                continue
            acled.refuse_aggregated(found)
    return envelopes.read(asked.file, keys=acled.KEYS, sheet=asked.sheet)


def _hapi(asked: Asked, book: Book, given: Given) -> Ready:
    choice = _choice(asked)
    sheet = envelopes.read(asked.file, keys=hapi.KEYS, sheet=asked.sheet)
    codes = {code: name for name, code in _countries(book).values()} | {book.country.code: book.country.name}

    def read(book: Book) -> Sequence[Harvest]:
        found = hapi.harvest(sheet, country=book.country.code, levels=_levels(book), choice=choice, names=codes)
        return _with_basis(book, found)

    return Ready(importing.Task("import hapi", str(asked.file), read, given))


def _dtm(asked: Asked, _: Book, given: Given) -> Ready:
    choice = _choice(asked)
    sheet = envelopes.read(asked.file, keys=dtm.KEYS, sheet=asked.sheet)

    def read(book: Book) -> Sequence[Harvest]:
        return _with_basis(book, dtm.harvest(sheet, country=book.country.code, levels=_levels(book), choice=choice))

    return Ready(importing.Task("import dtm", str(asked.file), read, given))


def _idmc(asked: Asked, _: Book, given: Given) -> Ready:
    _refuse_wishes(asked, fixed=(), values=())
    workbook = asked.file.suffix.lower() in sheets.WORKBOOKS
    name = asked.sheet or (idmc.SHEET if workbook else None)
    sheet = envelopes.read(asked.file, keys=idmc.KEYS, sheet=name)

    def read(book: Book) -> Sequence[Harvest]:
        _have(book, "licences", "licence_id", idmc_updates.SOURCE["licence"])
        _have(book, "bases", "basis", "total_idmc")
        at = None if given.areas is None else _state_at(given.areas, names.Gazetteer(book.package))
        return idmc.harvest(sheet, country=book.country.code, name=book.country.name, state_at=at)

    return Ready(importing.Task("import idmc", str(asked.file), read, given))


def _state_at(areas: Areas, gazetteer: names.Gazetteer) -> Callable[[float, float], idmc_updates.State | None]:
    import numpy as np  # noqa: PLC0415 -- only a point needs it

    def found(lon: float, lat: float) -> idmc_updates.State | None:
        pcode = areas.pcode(int(areas.locate(np.array([lon]), np.array([lat]))[0]))
        state = gazetteer.state_of.get(pcode, "")
        return (state, gazetteer.state_names[state]) if state else None

    return found


def _odp(asked: Asked, book: Book, given: Given) -> Ready:
    _refuse_wishes(asked, fixed=("basis", "measure", "qualifier", "country"), values=("country",))
    said = dict(asked.fixed)
    bases = [row["basis"] for row in book.table("bases").rows]
    for part, known in (("basis", ", ".join(bases)), ("measure", "refugees, refugees_and_asylum_seekers, idps ...")):
        if part not in said:
            raise errors.UsageError(
                f"UNHCR's portal does not say what it counts: say it with --set {part}=..., such as {known}."
            )
    meaning = odp.Meaning(said["measure"], said["basis"], said.get("qualifier", "exact"), said.get("country", ""))
    codes = {key: code for key, (_, code) in _countries(book).items()}
    codes |= {name.casefold(): code for name, code in _said(asked, "country").items()}
    sheet = envelopes.read(asked.file, keys=odp.KEYS, sheet=asked.sheet)

    def read(book: Book) -> Sequence[Harvest]:
        return odp.harvest(sheet, meaning, country=book.country.code, name=book.country.name, codes=codes)

    return Ready(importing.Task("import odp", str(asked.file), read, given, mapping=said))


def _lists(asked: Asked, book: Book, given: Given) -> Ready:
    sheet = envelopes.read(asked.file, sheet=asked.sheet)
    for part, _column in (*asked.maps, *asked.fixed):
        if part in lists.NEVER:
            raise errors.UsageError(f"{errors.shown(part)} is never taken from a list: it would keep what a site is.")
    guessed = mappings.guess(sheet, "figures")
    mapping, confirmed = mappings.settled(book, sheet, guessed, asked)
    mapping = replace(
        mapping, columns={ours: name for ours, name in mapping.columns.items() if ours not in lists.NEVER}
    )
    mappings.refuse_incomplete(mapping, sheet)

    def read(book: Book) -> Harvest:
        gazetteer = names.Gazetteer(book.package)

        def township(place: Place) -> str:
            return gazetteer.match(code=place.code, name=place.name, state=place.state).pcode

        return lists.harvest(sheet, mapping, mappings.vocabulary(book, mapping.table), township=township)

    return by_mapping("import lists", asked, given, mapping, read, header=sheet.header, confirmed=confirmed)


def _said(asked: Asked, part: str) -> dict[str, str]:
    """Give what words of the file mean, of one column: ``{"Military Forces of Myanmar (2021-)": "SAC"}``."""
    begun = f"{part}:"
    return {both.removeprefix(begun).strip(): ours for both, ours in asked.values if both.startswith(begun)}


def _choice(asked: Asked) -> rounds.Choice:
    _refuse_wishes(asked, fixed=("operation", "assessment"), values=())
    said = dict(asked.fixed)
    return rounds.Choice(said.get("operation", ""), said.get("assessment", ""))


def _refuse_wishes(asked: Asked, *, fixed: tuple[str, ...], values: tuple[str, ...]) -> None:
    """Refuse what has no meaning for a file whose columns are known: it would be passed over in silence."""
    if asked.maps:
        raise errors.UsageError("The columns of this kind of file are known: leave --map out.")
    for part, _ in asked.fixed:
        if part not in fixed:
            listed = f"use {', '.join(fixed)}" if fixed else "leave --set out"
            raise errors.UsageError(f"{errors.shown(part)} cannot be set for this kind of file: {listed}")
    for both, _ in asked.values:
        if both.partition(":")[0] not in values:
            listed = f"use {', '.join(values)}" if values else "leave --value out"
            raise errors.UsageError(f"{errors.shown(both)} cannot be said of this kind of file: {listed}")


def _levels(book: Book) -> dict[str, str]:
    """Give the kinds of the package's places by code: what one country calls level 2 is a township to another."""
    places = book.package.townships
    return {
        **dict.fromkeys(map(str, places["district_pcode"]), "district"),
        **dict.fromkeys(map(str, places["state_pcode"]), "state"),  # where no districts are known, a state is its one
        **dict.fromkeys(map(str, places.index), "township"),
    }


def _countries(book: Book) -> dict[str, tuple[str, str]]:
    """Give the countries of asylum that are known, here or in the embedded package: plain name to name and code."""
    embedded = files.read_text_table(packages.EMBEDDED / "refugees.csv")[1]
    listed = [*(cells for _, cells in embedded), *book.table("refugees").rows]
    return {row["country"].casefold(): (row["country"], row["country_iso3"]) for row in listed if row["country_iso3"]}


def _with_basis(book: Book, found: Sequence[Harvest]) -> Sequence[Harvest]:
    table = book.table("bases")
    used = any(one.table == "displacement" and one.items for one in found)
    if used and dtm.BASIS["basis"] not in {row["basis"] for row in (*table.rows, *table.added)}:
        table.add(dtm.BASIS)
    return found


def _have(book: Book, name: str, key: str, value: str) -> None:
    """Add a row of the embedded package to a package that is older than it, such as the licence of ACLED."""
    table = book.table(name)
    if value not in {row[key] for row in (*table.rows, *table.added)}:
        listed = files.read_text_table(packages.EMBEDDED / f"{name}.csv")[1]
        table.add(next(cells for _, cells in listed if cells[key] == value))


FEEDS: Final[dict[str, Callable[[Asked, Book, Given], Ready]]] = {
    "acled": _acled,
    "hapi": _hapi,
    "dtm": _dtm,
    "idmc": _idmc,
    "odp": _odp,
    "lists": _lists,
}
