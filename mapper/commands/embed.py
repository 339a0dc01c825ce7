"""``mapper embed``: everything that a newsroom pastes into an article, and what would break there."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from mapper import errors, terminal
from mapper.commands import options  # noqa: TC001 -- typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.embedding import Checked, Embed


def embed(
    package: options.Package = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the files go, such as outputs/embed; what is there is replaced."),
    ] = None,
    url: Annotated[
        str,
        typer.Option(
            metavar="https://...",
            help="Public address under which DIR will stand. Without it the forms name the files alone, and there is "
            "no oEmbed, no form for AMP and no picture in links.",
        ),
    ] = "",
    lang: options.Lang = "en",
    picture: Annotated[
        Path | None,
        typer.Option(metavar="PNG", help="Picture for links to the page; 1200 by 630 pixels suits most sites."),
    ] = None,
    boundaries: options.Polygons = None,
    start: options.Start = None,
    end: options.End = None,
    every: options.Slices = "month",
    as_known_on: options.KnownOn = None,
    audience: options.Audience = "public",
    no_cache: options.NoCache = False,
    dry_run: options.DryRun = False,
    check: Annotated[
        str | None,
        typer.Option(
            metavar="URL|DIR",
            help="Write nothing; say what would break where the map is embedded from this address, or served from this "
            "folder. Asks that address and no other, but for what it leads on to. Ends with 1 where something breaks.",
        ),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option(
            metavar="URL|FILE", help="With --check: a page that the map would be embedded in, whose rules are read."
        ),
    ] = None,
) -> None:
    """Write a page, a lean page for frames, and the forms and words to paste into an article.

    To begin with: mapper embed --out outputs/embed, then open outputs/embed/snippet.html. Once the folder is on a
    server: mapper embed --check https://... says whether a frame will show it.
    """
    from mapper import embedding  # noqa: PLC0415 -- keeps `mapper --help` fast

    if check is not None:
        if out is not None:
            raise errors.UsageError("--check looks and --out writes: give one of them")
        with terminal.progress(len(embedding.CHECKED)) as tell:
            seen = embedding.check(check, host=host, tell=tell)
        terminal.print_lines(_found(seen))
        raise typer.Exit(1 if seen.broken else 0)
    if host is not None:
        raise errors.UsageError("--host is a page to hold a checked address against: give --check as well")
    if out is None:
        raise errors.UsageError("say where the files go, as in --out outputs/embed; or what to look at, with --check")
    drawn = None if picture is None else embedding.read_picture(picture)
    with terminal.progress(embedding.STEPS) as tell:
        done = embedding.embed(
            package,
            out=out,
            url=url,
            picture=drawn,
            boundaries=boundaries,
            start=start,
            end=end,
            every=every,
            known_on=as_known_on,
            audience=audience,
            lang=lang,
            cached=not no_cache,
            dry=dry_run,
            tell=tell,
        )
    terminal.print_lines(_told(done))


def _told(done: Embed) -> Iterator[str]:
    """Say what was written, and what to do with it."""
    for file in done.files:
        verb = ("would replace" if file.replaces else "would write") if done.dry else ""
        yield (
            f"{verb:<14}{file.path}  {file.size / 1000:,.0f} kB" if verb else f"{file.path}  {file.size / 1000:,.0f} kB"
        )
    for path in done.left:
        yield f"{path} is of an earlier run; this one, without --url or --picture, makes none. Remove it."
    if done.dry:
        yield "Nothing was written."
        return
    folder = done.files[0].path.parent
    yield f"Open {folder / 'snippet.html'} to see the forms and copy one."
    if not done.url:
        yield "Without --url https://... the forms name the files alone; there is no oEmbed, and no form for AMP."
    else:
        yield f"When the folder stands at {done.url}: mapper embed --check {done.url}"


def _found(seen: Checked) -> Iterator[str]:
    """Say what was found, the worst first, and the lines that mend what a server can mend."""
    yield from map(str, seen.findings)
    warnings = sum(finding.level == "warning" for finding in seen.findings)
    broken = (
        f"{seen.broken} {'thing breaks' if seen.broken == 1 else 'things break'} the map"
        if seen.broken
        else "Nothing breaks"
    )
    yield f"{broken}; {warnings} warning{'' if warnings == 1 else 's'}."
    if seen.lines:
        yield f"\nLines for the usual servers, to paste:\n\n{seen.lines}"
