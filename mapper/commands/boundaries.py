"""``mapper boundaries``: township polygons from those who publish them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mapper import errors, terminal
from mapper.commands import downloading, options

if TYPE_CHECKING:
    from mapper.boundaries.obtain import Taken
    from mapper.boundaries.publishers import Offer

FROM = "MAPPER_BOUNDARIES_FROM"
SHOWN = 20

boundaries = typer.Typer(
    name="boundaries",
    help="Township polygons from those who publish them. `fetch` is the one command that downloads anything; what it "
    "has fetched is drawn with `mapper build --boundaries FILE`.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@boundaries.callback()
def group() -> None:
    """Keep `fetch` a word of its own, though it is the only one."""


@boundaries.command()
def fetch(
    source: Annotated[
        Literal["geoboundaries", "cod-ab", "mimu"],
        typer.Argument(
            metavar="SOURCE",
            help="geoboundaries (no P-codes: matched by name), cod-ab (OCHA's, on HDX), or mimu (Myanmar alone; use "
            "online needs their written agreement).",
        ),
    ],
    *,
    level: Annotated[str, typer.Option(help="ADM3 are Myanmar's townships; ADM0 the country.")] = "ADM3",
    country: Annotated[str, typer.Option(metavar="CODE", help="Three letters.")] = "MMR",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to put it; default: named after all three, in this folder."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file that you downloaded by hand: nothing is asked of the network."),
    ] = None,
    accept_terms: Annotated[
        bool, typer.Option("--accept-terms", help="You have read the terms, and accept them; else you are asked.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the terms and what would be written; download nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that has changed upstream, or was not fetched.")
    ] = False,
    mirror: Annotated[
        str,
        typer.Option(
            "--from", metavar="URL", help=f"Another address than the publisher's own: a mirror. Default: {FROM}."
        ),
    ] = "",
    data: options.Data = None,
    by: Annotated[
        str, typer.Option(metavar="NAME", help="Who accepts the terms; default: MAPPER_BY, or you are asked.")
    ] = "",
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Day or moment (UTC) that the record says; default: now.")
    ] = None,
) -> None:
    """Fetch polygons: the terms are shown first, and kept with source, date and checksum in FILE.metadata.json.

    What has come is held against the townships. If it has no P-codes they are matched by name, never guessed, and
    FILE-pcodes.geojson is written beside it, which --boundaries takes once each township has its code.
    """
    from mapper import pipeline  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.boundaries import obtain, publishers  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.intake import log  # noqa: PLC0415 -- keeps `mapper --help` fast
    from mapper.sources import fetching  # noqa: PLC0415 -- keeps `mapper --help` fast

    base = mirror or os.environ.get(FROM, "")
    wish = publishers.Wish(source, level.upper(), country.upper(), base)
    place = out or Path(obtain.default_name(wish))
    if not force and not dry_run:
        obtain.refuse_to_replace(place)  # before anything is asked of anybody
    with downloading.shown() as tell:
        line = fetching.Line(base, tell)
        offer = publishers.by_hand(wish) if file else obtain.offered(wish, line)
    terminal.print_lines(_terms(offer))
    if dry_run:
        came = f"taken from {file}" if file else f"downloaded from {offer.addresses[0]}"
        terminal.print_lines([f"Would be {came} to {place}, with {place.name}.metadata.json. Nothing was written."])
        return
    name = _accepted(accept=accept_terms, by=by)
    package = pipeline.check(data)
    with downloading.shown() as tell:
        line = fetching.Line(base, tell)
        moment = log.moment(at)
        taken = obtain.take(
            offer, out, wish=wish, package=package, line=line, by=name, moment=moment, given=file, force=force
        )
    terminal.print_lines([*_came(taken), *_fits(taken)])


def _terms(offer: Offer) -> list[str]:
    """Say what one agrees to."""
    url = f" ({offer.licence_url})" if offer.licence_url else ""
    said = [offer.title, f"  licence      {offer.licence}{url}", f"  to be named  {offer.attribution}"]
    return [*said, *(f"  note         {condition}" for condition in offer.conditions)]


def _accepted(*, accept: bool, by: str) -> str:
    """Give the name of whom accepts the terms. Raises :class:`errors.UsageError` where nobody does."""
    if not accept:
        if not options.asks():
            raise errors.UsageError("Nobody is here to ask: if you accept the terms above, say so with --accept-terms.")
        if not typer.confirm("Do you accept these terms?"):
            raise errors.UsageError("The terms were not accepted, and nothing was downloaded.")
    name = by or os.environ.get("MAPPER_BY", "")
    if not name and options.asks():
        name = typer.prompt("Your name, for the record of who accepted them")
    if not name.strip() or not name.isprintable():
        raise errors.UsageError("The record says who accepted the terms: give your name with --by, or set MAPPER_BY.")
    return name.strip()


def _came(taken: Taken) -> list[str]:
    again = ", the same as before" if taken.same else ""
    return [f"{taken.file}  {taken.origin.size / 1000:,.0f} kB{again}", f"SHA-256 {taken.origin.sha256}"]


def _fits(taken: Taken) -> list[str]:
    """Say whether a map can be drawn with it, and what to do if not."""
    found = taken.fit
    if found is None:
        return ["It was read, and not compared with townships: it is of another level or country than this package's."]
    matched = found.features - len(found.unmatched)
    how = ", ".join(f"{count} by {words}" for words, count in found.how.items()) or "none"
    lines = [
        f"{found.features} features, {found.crs}. Townships found: {matched} ({how}"
        + (f", in column {found.column})." if found.column else ")."),
        *(f"  feature {number}, {errors.shown(said)}: {why}" for number, said, why in found.unmatched[:SHOWN]),
    ]
    if len(found.unmatched) > SHOWN:
        lines.append(f"  and {len(found.unmatched) - SHOWN} more")
    if found.missing:
        more = f" and {len(found.missing) - SHOWN} more" if len(found.missing) > SHOWN else ""
        lines.append(f"Missing, {len(found.missing)}: {', '.join(found.missing[:SHOWN])}{more}.")
    if found.serves:
        return [*lines, f"Ready: mapper build --boundaries {taken.file}"]
    lines.append(f"A map cannot be drawn with {taken.file.name} as it is: it {found.problem}.")
    if taken.matched is None:
        return lines
    lines.append(f"{taken.matched}  the same polygons, with the P-codes that were found")
    if not taken.problem:
        return [*lines, f"Ready: mapper build --boundaries {taken.matched}"]
    if found.complete:
        return [*lines, f"A map cannot be drawn with it either: it {taken.problem}."]
    return [
        *lines,
        "Put the P-codes that lack into its column pcode; or add the spellings to aliases.csv of your package,",
        f"and fetch it again with --data PACKAGE. Then: mapper build --boundaries {taken.matched}",
    ]
