"""What a release holds besides the tables: its manifest, its checksums, and what changed on the map since the last."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from mapper import control
from mapper.outputs.exports import delimited
from mapper.timeline import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.control import Assessment
    from mapper.difference import Difference
    from mapper.tables import Package
    from mapper.timeline import Timeline

CHANGE_COLUMNS: Final = (
    "pcode",
    "township",
    "state",
    "from",
    "until",
    "kind",
    "before_status",
    "before_holders",
    "before_basis",
    "after_status",
    "after_holders",
    "after_basis",
    "report_ids",
)
"""``kind`` is ``rewritten`` where a day that readers have seen is told anew, and ``new`` after the last they saw."""


def change_rows(found: Iterable[Difference], package: Package, *, seen: dt.date) -> list[dict[str, Any]]:
    """Give what changed on the map as flat rows; ``until`` is the first day after, or nothing where it lasts."""
    names, states = package.townships["name_en"], package.townships["state"]
    return [
        {
            "pcode": one.pcode,
            "township": names[one.pcode],
            "state": states[one.pcode],
            "from": one.begins.isoformat(),
            "until": "" if one.ends is None else one.ends.isoformat(),
            "kind": "new" if one.begins > seen else "rewritten",
            **_columns("before", one.before),
            **_columns("after", one.after),
            "report_ids": ";".join(one.after.report_ids),
        }
        for one in found
    ]


def _columns(when: str, found: Assessment) -> dict[str, str]:
    status, holders, basis, _, _ = shown(found)
    return {f"{when}_status": status, f"{when}_holders": ";".join(holders), f"{when}_basis": basis}


def changelog(rows: Sequence[Mapping[str, Any]], *, version: str, previous: str, known_on: dt.date) -> bytes:
    """Write what changed on the map by township, as Markdown for readers."""
    lines = [f"# {version}", "", f"As known on {known_on}.", ""]
    if not previous:
        lines.append("The first release.")
    elif not rows:
        lines.append(f"Nothing has changed on the map since {previous}.")
    else:
        count = len({row["pcode"] for row in rows})
        lines.append(f"Since {previous} the map tells {count} township{'' if count == 1 else 's'} anew:")
    for (_, state, township), group in groupby(rows, key=lambda row: (row["pcode"], row["state"], row["township"])):
        lines += ["", f"- {_plain(township)} ({_plain(state)})"]
        lines += [f"  - {_line(row)}" for row in group]
    return ("\n".join(lines) + "\n").encode()


def _line(row: Mapping[str, Any]) -> str:
    until = f"until {row['until']}" if row["until"] else "on"
    again = ", told anew" if row["kind"] == "rewritten" else ""
    return f"from {row['from']} {until}{again}: {_said(row, 'before')}, now {_said(row, 'after')}"


def _said(row: Mapping[str, Any], when: str) -> str:
    holders = f" ({row[f'{when}_holders'].replace(';', ', ')})" if row[f"{when}_holders"] else ""
    assumed = ", assumed" if row[f"{when}_basis"] == "assumed" else ""
    return f"{row[f'{when}_status']}{holders}{assumed}"


def _plain(text: object) -> str:
    """Write a name so that Markdown takes nothing of it for its own."""
    return "".join(
        f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|&" else letter for letter in " ".join(str(text).split())
    )


def changes_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write the same as CSV."""
    return delimited.csv_text(rows, CHANGE_COLUMNS).encode()


def manifest(
    package: Package,
    timeline: Timeline,
    contents: Mapping[str, bytes],
    *,
    version: str,
    audience: str,
    previous: Mapping[str, str] | None,
    changed: int,
) -> bytes:
    """Write what a release is, and of which files it consists, as JSON."""
    latest = timeline.slice(timeline.dates[-1]).values()
    found = {
        "name": package.name,
        "title": package.title,
        "version": version,
        "audience": audience,
        "as_known_on": package.known_on.isoformat(),
        "latest_slice": timeline.dates[-1].isoformat(),
        "statuses": {status: sum(one.status == status for one in latest) for status in control.STATUSES},
        "reports": len(package.reports),
        "townships_told_anew": changed,
        "previous": previous,
        "files": [
            {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(contents.items())
        ],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def checksums(contents: Mapping[str, bytes]) -> bytes:
    """Write checksums as ``sha256sum -c`` reads them."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items())
    ).encode()
