"""``mapper release``: freeze a package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mapper import editors, terminal
from mapper.commands import options  # noqa: TC001 -- typer reads it at run time


def release(
    version: Annotated[str, typer.Argument(help="Name of the release, such as 2026.12.1.")],
    package: options.Package = None,
    *,
    audience: options.Audience = "public",
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder of releases: the last one there is the one before this.")
    ] = Path("releases"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
) -> None:
    """Freeze a package as a release: tables, checksums, and what changed on the map since the last one."""
    from mapper import releasing  # noqa: PLC0415 -- keeps `mapper --help` fast

    with terminal.progress(releasing.STEPS) as tell:
        made = releasing.make(version, package, out=out, audience=audience, dry_run=dry_run, tell=tell)
    editors.print_release(made, dry_run=dry_run)
