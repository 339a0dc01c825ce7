"""The way of a file of polygons from its publisher to its place, with a record of where it is from beside it."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper import errors
from mapper.boundaries import fit, publishers
from mapper.outputs import write
from mapper.sources import answers, fetching, files, origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.boundaries.fit import Fit
    from mapper.boundaries.publishers import Offer, Wish
    from mapper.sources.fetching import Line
    from mapper.sources.origin import Origin
    from mapper.tables import Package

POINTER: Final = b"version https://git-lfs.github.com/spec/"
STARTS: Final[dict[bytes, str]] = {b"PK\x03\x04": ".zip", b"SQLite format 3\0": ".gpkg", b"{": ".geojson"}
"""How a file of each ending begins."""

LOOKED_AT: Final = 1 << 12
MATCHED: Final = "-pcodes.geojson"
"""Behind the name of the file that is made where the fetched one has no P-codes."""


@dataclass(frozen=True)
class Taken:
    """What has come."""

    file: Path
    origin: Origin
    fit: Fit | None
    """``None`` where there is nothing to hold it against: another level, or another country than the package's."""
    matched: Path | None
    """The file with P-codes that was made of it, where that was needed."""
    problem: str
    """Why no map can be drawn with that either; "" if one can."""
    same: bool
    """Whether it is what had been fetched before."""


def offered(wish: Wish, line: Line) -> Offer:
    """Ask the publisher what it has, and on what terms; nothing is downloaded yet.

    Raises :class:`mapper.errors.NetworkError`, which says what to do by hand.
    """
    address = publishers.catalogue(wish)
    with _by_hand(wish):
        return publishers.offer(wish, fetching.ask(address, line) if address else b"")


def refuse_to_replace(out: Path) -> None:
    """Refuse to fetch over what was not fetched, or has changed since. Raises :class:`mapper.errors.UsageError`."""
    for file in (out, _matched(out)):
        if file.exists() and origin.of(file)[0] is None:
            raise errors.UsageError(
                f"{file} is there, and is not as mapper boundaries fetch left it. Name another place with --out, or "
                "replace it with --force."
            )


def take(
    offer: Offer,
    out: Path | None,
    *,
    wish: Wish,
    package: Package,
    line: Line,
    by: str,
    moment: str,
    given: Path | None = None,
    force: bool = False,
) -> Taken:
    """Download what is offered, look at it, and put it in its place with its record: all of it, or nothing.

    ``out`` is by default named by publisher, country and level, in the current folder. ``given`` is a file that was
    downloaded by hand, and is taken instead. ``by`` has accepted the terms, and ``moment`` is now. ``force`` replaces
    what has changed upstream, or is not ours. Raises :class:`mapper.errors.MapperError`.
    """
    place = out or Path(default_name(wish))
    if not force:
        refuse_to_replace(place)
    with _by_hand(wish), write.staged(place.parent) as stage, _named(stage):
        raw = stage / f"{place.name}.part"
        address = _got(offer, raw, place, line, given)
        ending = _ending(raw, place)
        if out is None:
            place = place.with_suffix(ending)
            if not force:
                refuse_to_replace(place)
        elif place.suffix.lower() not in {ending, ".json" if ending == ".geojson" else ending}:
            raise errors.UsageError(
                f"What came is a {ending} file: name it so, as in --out {place.with_suffix(ending)}"
            )
        file = raw.rename(stage / place.name)
        line.tell("comparing it with the townships", 0, 0)
        within = publishers.level_pattern(wish.level)
        found = _looked_at(file, wish, package, within)
        same = _same_as_before(place, file, within, force=force)
        record = _record(offer, wish, file, address=address, by=by, moment=moment)
        write.write_bytes(origin.beside(file), origin.as_json(record))
        matched, problem = None, ""
        if found is not None and not found.serves and any(found.pcodes):
            matched, problem = _matched(place), _with_codes(found, stage, place, record, package)
    return Taken(place, record, found, matched, problem, same)


def default_name(wish: Wish) -> str:
    """Give the name of the file where none is wished for; its ending follows what comes."""
    return f"{wish.source_id}-{wish.country.lower()}-{wish.level.lower()}.geojson"


@contextmanager
def _by_hand(wish: Wish) -> Iterator[None]:
    """Say with each failure of the network what can be done without it."""
    try:
        yield
    except errors.NetworkError as error:
        raise errors.NetworkError(
            f"{error}\nNothing was changed. By hand: open {wish.page} in a browser and download {wish.level} of "
            f"{wish.country} (GeoJSON, or a Shapefile in a zip). Then `mapper boundaries fetch {wish.source_id} --file "
            "FILE` looks at it and keeps its terms; if it has P-codes, `mapper build --boundaries FILE` takes it, too."
        ) from None


@contextmanager
def _named(stage: Path) -> Iterator[None]:
    """Name files in messages by their own names: the folder that they are written in first is gone by then."""
    try:
        yield
    except errors.DataError as error:
        short = [replace(one, file=one.file.replace(f"{stage}/", "").removesuffix(".part")) for one in error.faults]
        raise errors.DataError(short) from None


def _got(offer: Offer, raw: Path, place: Path, line: Line, given: Path | None) -> str:
    """Get the file into ``raw``; gives where it came from."""
    if given is not None:
        files.ends(given, 1)  # says what is wrong with it
        shutil.copyfile(given, raw)
        return given.name
    for number, address in enumerate(offer.addresses, start=1):
        try:
            fetching.fetch(address, raw, beside=place, line=line)
        except answers.MissingError:
            if number == len(offer.addresses):
                raise
        else:
            return address
    raise errors.NetworkError(f"{offer.title}: no address of a file is known.")


def _ending(raw: Path, place: Path) -> str:
    """Tell by how it begins and ends what a file is, and that it is whole; else say what came in its place."""
    first, last = files.ends(raw, LOOKED_AT)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    ending = next((ending for mark, ending in STARTS.items() if start.startswith(mark)), "")
    if start.startswith(POINTER):
        what = "is only a pointer to the file, which is kept elsewhere (Git LFS)"
    elif start.startswith(b"<"):
        text = origin.text(re.sub(rb"<[^>]*>", b" ", start).decode("utf-8", errors="replace"))[:120]
        what = f"is a page or a message in place of the file: {errors.shown(text)}"
    elif not ending:
        what = "is empty" if not start else "is neither GeoJSON nor a GeoPackage nor a zip archive (with a Shapefile)"
    elif (ending == ".geojson" and not last.rstrip().endswith(b"}")) or (
        ending == ".zip" and b"PK\x05\x06" not in last
    ):
        what = "ends before its end, though the server took it for whole"
    else:
        return ending
    raise errors.NetworkError(f"What came for {place.name} {what}.")


def _looked_at(file: Path, wish: Wish, package: Package, within: str) -> Fit | None:
    """Open it with the reader that a map uses; what that cannot read is not put in place."""
    comparable = wish.level == "ADM3" and all(str(code).startswith(wish.country) for code in package.townships.index)
    if comparable:
        return fit.fit(file, package, within=within)
    files.read_layer(file, within=within)
    return None


def _same_as_before(place: Path, file: Path, within: str, *, force: bool) -> bool:
    """Whether a file is the one that was fetched before; raises :class:`errors.UsageError` if it has changed."""
    before = origin.of(place)[0] if place.exists() else None
    if before is None:
        return False
    if before.sha256 == files.sha256(file):
        return True
    old, new = (files.read_layer(one, within=within).features for one in (place, file))
    if old == new:  # a server may write the time of day into what it gives
        return True
    if not force:
        changed = sum(one != other for one, other in zip(old, new, strict=False)) + abs(len(old) - len(new))
        raise errors.UsageError(
            f"{place} has changed upstream since {before.fetched_at}: {changed} of {len(new)} features differ. The old "
            "file was kept. Take the new one with --force, or keep both with another --out."
        )
    return False


def _record(offer: Offer, wish: Wish, file: Path, *, address: str, by: str, moment: str) -> Origin:
    return origin.Origin(
        source_id=offer.source_id,
        title=offer.title,
        licence=offer.licence,
        attribution=offer.attribution,
        sha256=files.sha256(file),
        size=file.stat().st_size,
        address=address,
        fetched_at=moment,
        terms_accepted_by=by,
        owners=offer.owners,
        licence_url=offer.licence_url,
        country=wish.country,
        level=wish.level,
    )


def _matched(out: Path) -> Path:
    return out.with_name(out.stem + MATCHED)


def _with_codes(found: Fit, stage: Path, place: Path, record: Origin, package: Package) -> str:
    """Write the file that the townships' P-codes are added to; give why it does not serve, "" if it does."""
    file = stage / _matched(place).name
    write.write_bytes(file, fit.with_codes(found))
    own = replace(record, made_from=place.name, made_from_sha256=record.sha256)
    own = replace(own, sha256=files.sha256(file), size=file.stat().st_size)
    write.write_bytes(origin.beside(file), origin.as_json(own))
    return fit.problem(file, package)
