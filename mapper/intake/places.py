"""The places of a new package: from a table with a row for each, or from a file of polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from mapper import errors, tables
from mapper.errors import Fault
from mapper.intake import columns
from mapper.sources import files, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mapper.intake.book import Cells


def read(path: Path, *, code: str, name: str, prefix: bool) -> dict[str, list[Cells]]:
    """Give the rows of the tables townships, districts and states, by table.

    A place needs a code, a name and a point; ``code`` and ``name`` are the country's, and stand for a state where the
    file tells of none. With ``prefix`` a state's code that is not given is the start of the place's, as in Myanmar.
    Raises :class:`mapper.errors.DataError` with every fault.
    """
    shown = str(path)
    listed = _of_table(path) if path.suffix.lower() in sheets.ENDINGS else _of_polygons(path)
    faults = [fault for number, row in listed for fault in _faults(number, row, shown)]
    if not listed:
        raise errors.fault(shown, "has no places", "Add a row for each")
    if faults:
        raise errors.DataError(faults)
    townships: list[Cells] = []
    districts: dict[str, Cells] = {}
    states: dict[str, Cells] = {}
    for _, row in listed:
        state = row.get("state_code") or row.get("state") or (row["code"][:6] if prefix else code)
        state_name = row.get("state") or (name if state == code else state)
        district = row.get("district_code") or row.get("district") or state
        states.setdefault(state, {"pcode": state, "name_en": state_name})
        district_name = row.get("district") or state_name
        districts.setdefault(district, {"pcode": district, "name_en": district_name, "state_pcode": state})
        townships.append(
            {
                "pcode": row["code"],
                "name_en": row["name"],
                "name_my": row.get("name_local", ""),
                "district_pcode": district,
                "state_pcode": state,
                "lon": row["lon"],
                "lat": row["lat"],
                "population_2014": row.get("population", ""),
                "doubt": "",
            }
        )
    return {"townships": townships, "districts": list(districts.values()), "states": list(states.values())}


def _of_table(path: Path) -> list[tuple[int, Cells]]:
    sheet = sheets.read(path)
    if sheet.faults:
        raise errors.DataError(sheet.faults)
    found = _parts(sheet.header, sheet.name, points=True)
    return [(number, {part: cells[column].strip() for part, column in found.items()}) for number, cells in sheet.rows]


def _of_polygons(path: Path) -> list[tuple[int, Cells]]:
    """Take a place's point from inside its polygon."""
    layer = files.read_layer(path)
    found = _parts(layer.columns, str(path), points=False)
    listed: list[tuple[int, Cells]] = []
    for feature in layer.features:
        row = {part: _text(feature.properties.get(column)) for part, column in found.items()}
        if feature.geometry is None or feature.geometry.is_empty:
            problem = feature.problem or "has no geometry"
            raise errors.fault(path, problem, "Draw its polygon", row=feature.number, value=row["name"])
        point = shapely.point_on_surface(feature.geometry)
        listed.append((feature.number, {**row, "lon": f"{point.x:.4f}", "lat": f"{point.y:.4f}"}))
    return listed


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _parts(header: Sequence[str], shown: str, *, points: bool) -> Mapping[str, str]:
    found = columns.guess(header, columns.PLACES)
    needed = ("code", "name", *(("lon", "lat") if points else ()))
    missing = [part for part in needed if part not in found]
    if missing:
        raise errors.DataError(
            Fault(shown, 1, part, "", "is missing", f"Add the column, or name it so; there are {', '.join(header)}")
            for part in missing
        )
    return found


def _faults(number: int, row: Cells, shown: str) -> Iterator[Fault]:
    """Check what the tables' own checks would only tell of the package that is made, not of this file."""
    for part in ("code", "name"):
        if not row[part]:
            yield Fault(shown, number, part, "", "is empty", "Fill it in")
    for part, most in (("lon", 180), ("lat", 90)):
        if not tables.NUMBER.fullmatch(row[part]) or abs(float(row[part])) > most:
            remedy = f"Write degrees from {-most} to {most}, such as 96.19"
            yield Fault(
                shown, number, part, row[part], "is no longitude" if part == "lon" else "is no latitude", remedy
            )
    if row.get("population") and not tables.INTEGER.fullmatch(row["population"]):
        yield Fault(shown, number, "population", row["population"], "is not a whole number", "Write digits alone")
