"""The country that a package is about: its codes and where it lies, which the tables are held against.

The embedded package's schemas are the standard. A package on another country declares it in ``datapackage.json`` under
``control``: ``"country": {"code": "SDN", "name": "Sudan", "box": [21.8, 8.6, 38.7, 22.3]}``; P-codes then have any form
of letters and digits, and places lie in the box. ``"labels"`` are a package's own words for the statuses.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mapper import control, errors

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

OPTIONS: Final[tuple[str, ...]] = ("country", "labels")

CODE: Final = r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}"
"""A P-code of any country."""

LABEL_LENGTH: Final = 60
BOX_SIDES: Final = 4
FARTHEST: Final = {"lon": 180.0, "lat": 90.0}


@dataclass(frozen=True)
class Country:
    """A country: ISO 3166-1 alpha-3 code, name, and west, south, east, north in degrees (EPSG:4326)."""

    code: str
    name: str
    box: tuple[float, float, float, float]
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)


MYANMAR: Final = Country("MMR", "Myanmar", (92.0, 9.0, 102.0, 29.0))


def declared(described: Mapping[str, Any], *, file: str) -> Country:
    """Read the country that a descriptor declares; Myanmar where it declares none."""
    options = described.get("control")
    given = options if isinstance(options, dict) else {}
    labels = _labels(given.get("labels", {}), file)
    found = given.get("country")
    if found is None:
        return Country(MYANMAR.code, MYANMAR.name, MYANMAR.box, labels)
    code, name, box = (found.get(part) if isinstance(found, dict) else None for part in ("code", "name", "box"))
    if not (isinstance(code, str) and re.fullmatch(r"[A-Z]{3}", code) and isinstance(name, str) and name.strip()):
        remedy = 'Write {"code": three capital letters, "name": ..., "box": [west, south, east, north]}'
        raise errors.fault(file, "is not a country", remedy, column="country", value=found)
    around = _box(box)
    if around is None:
        remedy = "Write [west, south, east, north] in degrees"
        raise errors.fault(file, "is not a box", remedy, column="country", value=box)
    if code == MYANMAR.code:
        return Country(MYANMAR.code, MYANMAR.name, MYANMAR.box, labels)
    return Country(code, name.strip(), around, labels)


def _box(given: object) -> tuple[float, float, float, float] | None:
    numbers = [n for n in given if isinstance(n, int | float)] if isinstance(given, list) else []
    if len(numbers) != BOX_SIDES:
        return None
    west, south, east, north = map(float, numbers)
    lon, lat = FARTHEST["lon"], FARTHEST["lat"]
    return (west, south, east, north) if -lon <= west < east <= lon and -lat <= south < north <= lat else None


def _labels(given: object, file: str) -> dict[str, str]:
    if not isinstance(given, dict):
        raise errors.fault(file, "are no labels", 'Write {"junta": "Government"}', column="labels", value=given)
    for status, label in given.items():
        if status not in control.STATUSES:
            remedy = f"Use {', '.join(control.STATUSES)}"
            raise errors.fault(file, "is no status", remedy, column="labels", value=status)
        if not isinstance(label, str) or not 0 < len(label.strip()) <= LABEL_LENGTH or not label.isprintable():
            remedy = f"Write a few words, {LABEL_LENGTH} letters at most"
            raise errors.fault(file, f"is no label of {status}", remedy, column="labels", value=label)
    return {status: label.strip() for status, label in given.items()}


def suited(schemas: Mapping[str, Any], own: Country) -> dict[str, Any]:
    """Give the schemas as they hold for a country; the standard itself for Myanmar."""
    if own == MYANMAR:
        return dict(schemas)
    changed: dict[str, Any] = copy.deepcopy(dict(schemas))
    west, south, east, north = own.box
    sides = {"lon": (west, east), "lat": (south, north)}
    for name, schema in changed.items():
        for column in schema["fields"]:
            rules = column.setdefault("constraints", {})
            if column["name"] in sides:
                rules["minimum"], rules["maximum"] = sides[column["name"]]
            if "MMR" in str(rules.get("pattern", "")):
                several = rules["pattern"].endswith(")*")
                rules["pattern"] = rf"{CODE}(;{CODE})*" if several else CODE
            if (name, column["name"]) == ("townships", "name_my"):
                rules.pop("required", None)
    return changed


def codes(own: Country, frames: Mapping[str, pd.DataFrame]) -> dict[str, Collection[str]]:
    """Give the codes of each level of places that has any."""
    return {
        "country": {own.code},
        "state": set(frames["states"]["pcode"]),
        "district": set(frames["districts"]["pcode"]),
        "township": set(frames["townships"]["pcode"]),
    }
