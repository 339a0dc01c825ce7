"""Which column of a stranger's table is what: guessed by its name, never by its position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.matching import spelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "pcode", "p-code", "adm3_pcode", "ts_pcode", "admin3pcode", "adm2_pcode", "township_pcode", "id"),
    "name": ("name", "name_en", "adm3_name", "adm3_en", "ts", "township", "adm2_name", "adm2_en", "shapename"),
    "name_local": ("name_local", "name_my", "adm3_name1", "adm3_my", "adm3_mmr", "ts_mmr", "local name"),
    "district_code": ("district_code", "district_pcode", "dt_pcode"),
    "district": ("district", "dt"),
    "state_code": ("state_code", "state_pcode", "adm1_pcode", "st_pcode", "sr_pcode", "admin1pcode"),
    "state": ("state", "adm1_name", "adm1_en", "st", "province", "region", "state_region", "governorate"),
    "lon": ("lon", "longitude", "lng", "long", "x", "center_lon"),
    "lat": ("lat", "latitude", "y", "center_lat"),
    "population": ("population", "population_2014", "pop", "people"),
}
"""What describes a place, with the names that its column may have, likeliest first."""

ACTORS: Final[Mapping[str, tuple[str, ...]]] = {
    "actor_id": ("actor_id", "id", "abbreviation", "short", "code"),
    "name_en": ("name_en", "name", "actor"),
    "name_my": ("name_my", "name_local"),
    "kind": ("kind", "type"),
}


def guess(header: Sequence[str], names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Give for each part the column whose name says that it holds it; each column once.

    >>> guess(["TS_PCODE", "TS", "ST"], PLACES)
    {'code': 'TS_PCODE', 'name': 'TS', 'state': 'ST'}
    """
    plain = {column: spelling.plain(column) for column in header}
    found: dict[str, str] = {}
    for part, known in names.items():
        for name in known:
            there = [column for column in header if plain[column] == spelling.plain(name)]
            if there and there[0] not in found.values():
                found[part] = there[0]
                break
    return found
