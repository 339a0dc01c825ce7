"""Open a data package: ``datapackage.json`` and the CSV tables beside it."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from mapper import control, errors, keys, parted, tables, terms
from mapper.errors import Fault
from mapper.sources import actors, country, displacement, files, large, options, pending, reports

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EMBEDDED: Final = Path(__file__).resolve().parents[2] / "geodata"
"""The data package that comes with the program; its schemas are the standard for every other."""

DESCRIPTOR: Final = "datapackage.json"
UNHELD: Final = ("events",)
"""Tables that are never held in memory as a whole."""

STATEMENTS: Final = ("control_reports", "displacement", "refugees", "movements")
LARGE: Final = 4_000_000
"""Bytes over which a table of statements is not held by those who only add to it."""


def open_package(
    path: Path = EMBEDDED, *, instead: Mapping[str, Path] | None = None, statements: bool = True
) -> tables.Package:
    """Open and check a data package, given its folder or its ``datapackage.json``.

    Every table is checked against the embedded package's Table Schemas, as :mod:`country` suits them to the package's
    own country. ``instead`` are files to read in the place of those that it names: ``{"log.csv": Path(...)}``; without
    it they are those of a change under way. Without ``statements`` large tables of reports and figures are checked row
    by row, and are empty in what is given: that is for those who go through them themselves. Raises
    :class:`errors.DataError` with all faults of all tables.
    """
    folder = path.parent if path.name == DESCRIPTOR else path
    if instead is None:
        return pending.steadily(folder, lambda beside: _open(folder, beside, statements=statements))
    return _open(folder, instead, statements=statements)


def _open(folder: Path, instead: Mapping[str, Path], *, statements: bool) -> tables.Package:
    described = descriptor(folder, instead)
    own = country.declared(described, file=str(folder / DESCRIPTOR))
    schemas = country.suited(standard(), own)
    paths = {item["name"]: item["path"] for item in described["resources"]}
    unheld = {name for name in UNHELD if name in paths}
    if not statements:
        sizes = {name: _size(instead.get(paths[name], folder / paths[name])) for name in STATEMENTS if name in paths}
        unheld |= {name for name, size in sizes.items() if size > LARGE}
    frames, names, faults = _read_tables(folder, described, schemas, instead, unheld)
    if "control_reports" in unheld:  # what speaks about reports is held against them where they are read
        frames["withdrawals"] = frames["withdrawals"].iloc[:0]
    known = keys_of(frames, schemas)
    for name, frame in frames.items():
        faults += tables.check(name, frame, schemas[name], file=names[name], known=known)
    parts = {"events": parted.Parted()}
    for name in sorted(unheld):
        try:
            place = _place(folder, paths[name], instead)
            parts[name], more = large.read(name, place, schemas[name], name=names[name], known=known)
            faults += more
        except errors.DataError as error:
            faults += error.faults
    if faults:
        raise errors.DataError(faults)
    return _package(described, frames, names, own, parts["events"])


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


def standard() -> dict[str, Any]:
    """Give the Table Schemas of all tables that the program knows, by name."""
    return {item["name"]: item["schema"] for item in descriptor(EMBEDDED)["resources"]}


def descriptor(folder: Path, instead: Mapping[str, Path] | None = None) -> dict[str, Any]:
    """Read a package's ``datapackage.json``, with name and path of each resource."""
    file = folder / DESCRIPTOR
    found: Any = files.read_json((instead or {}).get(DESCRIPTOR, file), name=str(file))
    resources = found.get("resources") if isinstance(found, dict) else None
    named = isinstance(resources, list) and all(
        isinstance(item, dict) and isinstance(item.get("name"), str) and isinstance(item.get("path"), str)
        for item in resources
    )
    if not named:
        raise errors.fault(file, "is no Frictionless data package", "Give it 'resources', each with name and path")
    return dict(found)


def _read_tables(
    folder: Path,
    described: Mapping[str, Any],
    schemas: Mapping[str, Any],
    instead: Mapping[str, Path],
    unheld: Collection[str],
) -> tuple[dict[str, pd.DataFrame], dict[str, str], list[Fault]]:
    """Read the resources that the program knows, with their file names and the faults of reading.

    An optional table that the package does not describe is empty, as are those in ``unheld``; one that cannot be read
    is left out, so that nothing is held against it.
    """
    frames: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    file = str(folder / DESCRIPTOR)
    paths = {item["name"]: item["path"] for item in described["resources"]}
    named = [item["name"] for item in described["resources"]]
    faults += [
        Fault(file, 0, "resources", name, "is described twice", "Keep one of the two")
        for name in {name for name in named if named.count(name) > 1}
    ]
    for name in set(named) - schemas.keys():
        near = difflib.get_close_matches(name, schemas.keys() - set(named), 1)
        if near:
            faults.append(Fault(file, 0, "resources", name, "is no table we know", f"Did you mean {near[0]}?"))
    for name, schema in schemas.items():
        if name in paths and name not in unheld:
            try:
                frames[name] = tables.completed(_read_table(folder, paths[name], instead), schema)
            except errors.DataError as error:
                faults += error.faults
        elif name in tables.REQUIRED and name not in unheld:
            faults.append(Fault(file, 0, "resources", name, "is missing", f"Describe the table {name}"))
        else:
            frames[name] = pd.DataFrame(columns=[column["name"] for column in schema["fields"]], dtype=object)
    return frames, {name: str(folder / paths.get(name, DESCRIPTOR)) for name in frames}, faults


def _place(folder: Path, path: str, instead: Mapping[str, Path]) -> Path:
    """Give where a table is to be read, which is in the package's folder."""
    if Path(path).is_absolute() or ".." in Path(path).parts or "://" in path:
        remedy = "Name a file inside the package's folder"
        raise errors.fault(folder / DESCRIPTOR, "leads out of the package", remedy, column="path", value=path)
    return instead.get(path, folder / path)


def _read_table(folder: Path, path: str, instead: Mapping[str, Path]) -> pd.DataFrame:
    header, rows = files.read_text_table(_place(folder, path, instead), name=str(folder / path))
    frame = pd.DataFrame([cells for _, cells in rows], columns=header, dtype=object)
    frame.index = pd.Index([row for row, _ in rows], dtype="int64")
    return frame


def keys_of(frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Any]) -> keys.Keys:
    """Collect the values that the foreign keys of all schemas may take, from the tables that are there."""
    wanted: dict[str, set[tuple[str, ...]]] = {}
    for schema in schemas.values():
        for foreign in schema.get("foreignKeys", []):
            reference = foreign["reference"]
            wanted.setdefault(reference["resource"], set()).add(tuple(reference["fields"]))
    found: keys.Keys = {}
    for name, groups in wanted.items():
        if name in frames:
            found |= keys.of(name, frames[name], schemas[name], groups)
    return found


def _package(
    described: Mapping[str, Any],
    frames: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    own: country.Country,
    events: parted.Parted,
) -> tables.Package:
    known = actors.read_actors(frames["actors"])
    table, faults = reports.withdrawn(frames["control_reports"], frames["withdrawals"], file=names["withdrawals"])
    listed, more = reports.read_reports(table, file=names["control_reports"], actors=known.keys())
    faults += more
    faults += actors.colour_faults(frames["actors"], file=names["actors"])
    faults += displacement.level_faults(
        frames["displacement"], file=names["displacement"], codes=country.codes(own, frames)
    )
    faults += displacement.period_faults(frames["movements"], file=names["movements"])
    if own == country.MYANMAR:
        faults += _nesting_faults(frames["townships"], names["townships"])
    if faults:
        raise errors.DataError(faults)
    return tables.Package(
        name=str(described.get("name", "")),
        title=str(described.get("title", "")),
        version=str(described.get("version", "")),
        date=_created(described),
        licence=_licence(described),
        terms=terms.read(described.get("publish"), file=DESCRIPTOR),
        options=options.declared(described, known, frames["sources"], file=DESCRIPTOR),
        events=events,
        state_aliases=frames["state_aliases"].reset_index(drop=True),
        country=own.name,
        country_code=own.code,
        labels=own.labels,
        townships=_townships(frames),
        towns=_typed(frames["towns"], floats=("lon", "lat")).set_index("town_pcode").sort_index(),
        aliases=frames["aliases"].reset_index(drop=True),
        actors=known,
        sources=_sources(frames["sources"], frames["licences"]),
        reports=listed,
        displacement=displacement.typed_figures(frames["displacement"]),
        bases=frames["bases"].set_index("basis"),
        refugees=displacement.typed_figures(frames["refugees"]),
        movements=displacement.typed_movements(frames["movements"]),
        junta_lists=frames["junta_lists"].set_index("list_id"),
        polls=frames["polls"].set_index("poll_id"),
        aggregates=frames["published_aggregates"].set_index("aggregate_id"),
    )


def _sources(frame: pd.DataFrame, licences: pd.DataFrame) -> dict[str, control.Source]:
    usable = set(licences["licence_id"][licences["public_use"] == "yes"])
    return {
        row.source_id: control.Source(
            source_id=row.source_id,
            title=row.title,
            publisher=row.publisher,
            published=row.published,
            url=row.url,
            affiliation=row.affiliation,
            sensitivity=row.sensitivity,
            licence=row.licence,
            public_use=row.licence in usable,
            form=row.form or "page",
        )
        for row in tables.rows(frame)
    }


def _typed(frame: pd.DataFrame, *, floats: tuple[str, ...]) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].astype("float64") for column in floats})


def _townships(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Join the names of districts and states to the townships; index ``pcode``, ascending."""
    names = {name: frames[name].set_index("pcode")["name_en"] for name in ("districts", "states")}
    typed = _typed(frames["townships"], floats=("lon", "lat"))
    typed = typed.assign(
        district=typed["district_pcode"].map(names["districts"]).astype(object),
        state=typed["state_pcode"].map(names["states"]).astype(object),
        population_2014=pd.to_numeric(typed["population_2014"], errors="coerce").astype("Int64"),
    )
    return typed.set_index("pcode").sort_index()


def _nesting_faults(townships: pd.DataFrame, file: str) -> list[Fault]:
    """Hold each township's code against its state's; it nests there, and not in its district's."""
    return [
        Fault(
            file,
            int(row.Index),
            "state_pcode",
            row.state_pcode,
            f"is not the start of {row.pcode}",
            "Correct one of the two",
        )
        for row in tables.rows(townships)
        if row.pcode[: control.ADMIN1_LENGTH] != row.state_pcode
    ]


def _licence(described: Mapping[str, Any]) -> str:
    given = described.get("licenses", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise errors.fault(
            DESCRIPTOR, "is no list of licences", 'Write [{"name": ...}]', column="licenses", value=given
        )
    return "; ".join(str(item.get("name", "")) for item in given)


def _created(described: Mapping[str, Any]) -> dt.date:
    text = str(described.get("created", ""))[: len("YYYY-MM-DD")]
    if not tables.is_day(text):
        raise errors.fault(DESCRIPTOR, "is not a date", "Write YYYY-MM-DD", column="created", value=text)
    return dt.date.fromisoformat(text)
