"""Who publishes polygons of townships, on what terms, and at which address; what their catalogues say is read here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from mapper import errors
from mapper.sources import origin, townships

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Final = ("ADM0", "ADM1", "ADM2", "ADM3", "ADM4")
UNSTATED: Final = "not stated by the publisher"

BASES: Final[Mapping[str, str]] = {
    "geoboundaries": "https://www.geoboundaries.org",
    "cod-ab": "https://data.humdata.org",
    "mimu": "https://geonode.themimu.info",
}
"""The publishers, and where they answer."""

PAGES: Final[Mapping[str, str]] = {
    "geoboundaries": "https://www.geoboundaries.org/countryDownloads.html",
    "cod-ab": "https://data.humdata.org/dataset/cod-ab-{country}",
    "mimu": "https://geonode.themimu.info",
}
"""Where a person finds the same with a browser."""

COD_AB: Final = "common operational dataset (COD-AB), by way of HDX (data.humdata.org)"
GEOBOUNDARIES: Final = "geoBoundaries (www.geoboundaries.org)"

MIMU_LAYERS: Final[Mapping[str, str]] = {
    "ADM1": "geonode:mmr_polbnda_adm1_250k_mimu_1",
    "ADM2": "geonode:mmr_polbnda_adm2_250k_mimu",
    "ADM3": "geonode:mmr_polbnda_adm3_250k_mimu_1",
}

RAW: Final = re.compile(r"https://github\.com/([^/]+/[^/]+)/raw/(.+)")
MEDIA: Final = "https://media.githubusercontent.com/media/"

FORMATS: Final[Mapping[str, str]] = {"geojson": "GeoJSON", "shp": "SHP", "geopackage": "GPKG", "gpkg": "GPKG"}
"""What HDX calls the formats that are read, by a part of it in small letters, the best first."""

NEEDS_MIMU: Final = (
    "MIMU asks for a written agreement before its boundaries are used online. Without it: for your own eyes, not for "
    "a public map."
)


@dataclass(frozen=True)
class Wish:
    """What is asked for."""

    source_id: str
    level: str = "ADM3"
    country: str = "MMR"
    base: str = ""
    """Another address than the publisher's own: a mirror."""

    def __post_init__(self) -> None:
        """Refuse what no publisher has. Raises :class:`mapper.errors.UsageError`."""
        if self.source_id not in BASES:
            raise errors.UsageError(f"{errors.shown(self.source_id)} is no publisher; use {', '.join(BASES)}.")
        if self.level not in LEVELS:
            raise errors.UsageError(f"{errors.shown(self.level)} is no level; use {', '.join(LEVELS)}.")
        if not re.fullmatch("[A-Z]{3}", self.country):
            raise errors.UsageError(f"{errors.shown(self.country)} is no country; write three letters, such as MMR.")
        if self.source_id == "mimu" and (self.country != "MMR" or self.level not in MIMU_LAYERS):
            raise errors.UsageError(f"MIMU publishes {', '.join(MIMU_LAYERS)} of Myanmar (MMR) alone.")

    @property
    def root(self) -> str:
        """The address that everything begins at, without a stroke at its end."""
        return (self.base or BASES[self.source_id]).rstrip("/")

    @property
    def page(self) -> str:
        """Where a person finds it."""
        return PAGES[self.source_id].format(country=self.country.lower())


@dataclass(frozen=True)
class Offer:
    """What a publisher has, and on what terms."""

    source_id: str
    title: str
    addresses: tuple[str, ...]
    """Where the file is; the next one counts where there is nothing at the one before."""
    licence: str
    licence_url: str
    attribution: str
    owners: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


def catalogue(wish: Wish) -> str:
    """Give the address at which the publisher says what it has; "" for MIMU, whose service has nothing to ask."""
    if wish.source_id == "geoboundaries":
        return f"{wish.root}/api/current/gbOpen/{wish.country}/{wish.level}/"
    if wish.source_id == "cod-ab":
        return f"{wish.root}/api/3/action/package_show?id=cod-ab-{wish.country.lower()}"
    return ""


def offer(wish: Wish, raw: bytes) -> Offer:
    """Read what the publisher says it has (``raw`` is what stands at :func:`catalogue`).

    Raises :class:`mapper.errors.NetworkError` where that is not what it should be.
    """
    if wish.source_id == "mimu":
        return _mimu(wish)
    said = _json(wish, raw)
    return _with_owners(_geoboundaries(wish, said) if wish.source_id == "geoboundaries" else _cod_ab(wish, said))


def by_hand(wish: Wish) -> Offer:
    """Give the terms of a file that was downloaded with a browser, as far as they are known without asking."""
    if wish.source_id == "mimu":
        return _mimu(wish)
    geoboundaries = wish.source_id == "geoboundaries"
    return Offer(
        source_id=wish.source_id,
        title=f"{'geoBoundaries' if geoboundaries else 'COD-AB'} {wish.country} {wish.level}",
        addresses=(),
        licence="as its page states; not recorded",
        licence_url=wish.page,
        attribution=GEOBOUNDARIES if geoboundaries else COD_AB,
        conditions=("Read the licence, and whom to name, on its page: they were not asked for.",),
    )


def media(address: str) -> str:
    """Give the address of a large file that GitHub keeps apart (LFS); other addresses as they are.

    >>> media("https://github.com/owner/name/raw/9469f09/a/b.geojson")
    'https://media.githubusercontent.com/media/owner/name/9469f09/a/b.geojson'
    """
    found = RAW.fullmatch(address)
    return f"{MEDIA}{found[1]}/{found[2]}" if found else address


def _json(wish: Wish, raw: bytes) -> Any:  # noqa: ANN401 -- JSON is any value
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        start = origin.text(raw[:200].decode("utf-8", errors="replace"))
        problem = f"answers with something else than JSON: {errors.shown(start)}"
        raise errors.NetworkError(f"{urlsplit(wish.root).netloc} {problem}.") from None


def _strange(wish: Wish, what: str) -> errors.NetworkError:
    return errors.NetworkError(f"{catalogue(wish)} {what}.")


def _geoboundaries(wish: Wish, said: object) -> Offer:
    listed = said if isinstance(said, list) else [said]
    fitting = [
        one
        for one in listed
        if isinstance(one, dict)
        and (str(one.get("boundaryISO", "")), str(one.get("boundaryType", ""))) == (wish.country, wish.level)
    ]
    if not fitting:
        raise _strange(wish, f"does not tell of {wish.level} of {wish.country}")
    found = fitting[0]
    links = [_address(found, name) for name in ("gjDownloadURL", "staticDownloadLink", "downloadURL")]
    addresses = [address for link in links if link for address in (media(link), link)]
    if not addresses:
        raise _strange(wish, "names no address of a file")
    sources = [_text(found, name) for name in ("boundarySource", "boundarySource-1", "boundarySource-2")]
    by = "; ".join(dict.fromkeys(source for source in sources if source))
    year = _text(found, "boundaryYearRepresented")
    return Offer(
        source_id="geoboundaries",
        title=" ".join(filter(None, ("geoBoundaries gbOpen", wish.country, wish.level, year))),
        addresses=tuple(dict.fromkeys(addresses)),
        licence=_text(found, "boundaryLicense") or _text(found, "licenseDetail") or UNSTATED,
        licence_url=_text(found, "licenseSource"),
        attribution=origin.text(GEOBOUNDARIES + (f", after {by}" if by else "")),
    )


def _cod_ab(wish: Wish, said: Any) -> Offer:  # noqa: ANN401 -- JSON is any value
    found = said.get("result") if isinstance(said, dict) else None
    listed = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(listed, list):
        raise _strange(wish, "does not describe a dataset")
    best = _resource(wish, [one for one in listed if isinstance(one, dict)])
    group = found.get("organization")
    publisher = _text(group, "title") if isinstance(group, dict) else ""
    by = "; ".join(filter(None, (_text(found, "dataset_source"), publisher)))
    return Offer(
        source_id="cod-ab",
        title=_text(found, "title") or f"COD-AB {wish.country}",
        addresses=(_address(best, "download_url") or _address(best, "url"),),
        licence=_text(found, "license_title") or _text(found, "license_id") or UNSTATED,
        licence_url=_text(found, "license_url"),
        attribution=origin.text(
            f"{by or UNSTATED}; common operational dataset (COD-AB), by way of HDX (data.humdata.org)"
        ),
        conditions=tuple(filter(None, (_text(found, "caveats"),))),
    )


def _resource(wish: Wish, listed: list[dict[str, Any]]) -> dict[str, Any]:
    """Choose the file of the wanted level; else one that holds all levels; in the best of the formats that are read."""
    ranks = list(FORMATS)
    readable: list[tuple[int, int, dict[str, Any]]] = []
    for one in listed:
        kind = _text(one, "format").lower()
        name = f"{_text(one, 'name')} {urlsplit(_text(one, 'download_url') or _text(one, 'url')).path}"
        rank = next((number for number, part in enumerate(ranks) if part in kind), None)
        if rank is None or not name.strip():
            continue
        if re.search(level_pattern(wish.level), name):
            readable.append((0, rank, one))
        elif not re.search(level_pattern(r"ADM\d"), name):
            readable.append((1, rank, one))
    if not readable:
        held = ", ".join(sorted({_text(one, "format") for one in listed})) or "nothing"
        raise _strange(wish, f"has no file of {wish.level} in a format that is read (but {held})")
    return min(readable, key=lambda one: one[:2])[2]


def level_pattern(level: str) -> str:
    """Give the regular expression by which a file's name says its level: ``mmr_admin3.shp``, ``adm3``."""
    return rf"(?i)adm(?:in)?[-_ ]?{level.removeprefix('ADM')}(?![0-9])"


def _mimu(wish: Wish) -> Offer:
    query = {
        "service": "WFS", "version": "1.0.0", "request": "GetFeature", "typeName": MIMU_LAYERS[wish.level],
        "outputFormat": "application/json", "srsName": "EPSG:4326",
    }  # fmt: skip
    return Offer(
        source_id="mimu",
        title=f"MIMU {MIMU_LAYERS[wish.level].removeprefix('geonode:')}",
        addresses=(f"{wish.root}/geoserver/wfs?{urlencode(query, quote_via=quote, safe=':/')}",),
        licence=townships.MIMU_TERMS,
        licence_url="",
        attribution="Myanmar Information Management Unit (MIMU)",
        owners=("MIMU",),
        conditions=(NEEDS_MIMU,),
    )


def _with_owners(found: Offer) -> Offer:
    """Mark as MIMU's what others pass on from it, whatever licence they put on it: whether that holds a person says."""
    told = " ".join((found.title, found.licence, found.attribution, *found.conditions)).casefold()
    if "mimu" not in told and "myanmar information management unit" not in told:
        return found
    named = found.attribution if "MIMU" in found.attribution else f"{found.attribution}; from MIMU"
    return Offer(
        found.source_id, found.title, found.addresses, found.licence, found.licence_url, named,
        owners=("MIMU",), conditions=(*found.conditions, NEEDS_MIMU),
    )  # fmt: skip


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name)
    return origin.text(value) if isinstance(value, str | int) else ""


def _address(of: Mapping[str, Any], name: str) -> str:
    """Give an address as it is, whose letters and length are judged where it is asked for."""
    value = of.get(name)
    return value.strip() if isinstance(value, str) else ""
