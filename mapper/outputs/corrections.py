"""What was recorded, corrected and taken back: rows for programs, and a page of text for readers."""

from __future__ import annotations

import html
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from mapper import records
from mapper.outputs import bidi, policy
from mapper.outputs import words as languages
from mapper.outputs.exports import delimited

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from mapper.control import Report
    from mapper.outputs.words import Words
    from mapper.records import Entry
    from mapper.tables import Package

COLUMNS: Final = ("day", "what", "report_id", "pcode", "township", "state", "said", "by", "now", "why")

STYLE: Final = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,"Noto Sans","Noto Sans Myanmar","Noto Sans Thai",sans-serif}
body{max-width:42rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
:lang(my){line-height:1.8}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
ul{list-style:none;padding:0;margin:0}
li{border-top:1px solid;padding:.75rem 0}
p{margin:.25rem 0}
.kind{font-weight:600}
"""


def rows(entries: Iterable[Entry], package: Package) -> list[dict[str, Any]]:
    """Give entries of the log as flat rows with the columns ``COLUMNS``."""
    names, states = package.townships["name_en"], package.townships["state"]
    return [
        {
            "day": entry.day.isoformat(),
            "what": entry.what,
            "report_id": entry.report.report_id,
            "pcode": entry.report.pcode,
            "township": names[entry.report.pcode],
            "state": states[entry.report.pcode],
            "said": _said(entry.report),
            "by": "" if entry.by is None else entry.by.report_id,
            "now": "" if entry.by is None else _said(entry.by),
            "why": entry.why,
        }
        for entry in entries
    ]


def by_day(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Count what happened on each day."""
    found: list[dict[str, Any]] = []
    for day, group in groupby(entries, key=lambda entry: entry.day):
        whats = [entry.what for entry in group]
        found.append({"day": day.isoformat(), **{what: whats.count(what) for what in records.WHATS}})
    return found


def taken_back(entries: Iterable[Entry]) -> list[Entry]:
    """Give what readers should know of: corrections and withdrawals, the newest day first."""
    told = [entry for entry in entries if entry.what != "recorded"]
    return [entry for _, day in groupby(reversed(told), key=lambda entry: entry.day) for entry in reversed([*day])]


def _said(report: Report) -> str:
    holders = f" ({', '.join(report.holders)})" if report.holders else ""
    return f"{report.status}{holders}, {report.scope}, {_date(report)}"


def _date(report: Report) -> str:
    return report.date.strftime("%Y-%m") if report.precision == "month" else report.date.isoformat()


def to_csv(entries: Sequence[Entry], package: Package) -> bytes:
    """Write corrections and withdrawals as CSV in UTF-8."""
    return delimited.csv_text(rows(taken_back(entries), package), COLUMNS).encode()


def to_json(entries: Sequence[Entry], package: Package, *, known_on: dt.date) -> bytes:
    """Write corrections and withdrawals as JSON in UTF-8, with the package that they are of."""
    found = {
        "title": package.title,
        "version": package.version,
        "as_known_on": known_on.isoformat(),
        "reports": len(package.reports),
        "corrections": rows(taken_back(entries), package),
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def to_html(entries: Sequence[Entry], package: Package, *, known_on: dt.date, lang: str = "en") -> bytes:
    """Write corrections and withdrawals as one page of text: no script, no link, no picture, nothing from elsewhere."""
    words = languages.load(lang)
    told = taken_back(entries)
    counts = {what: words.number(sum(entry.what == what for entry in told)) for what in ("corrected", "withdrawn")}
    title = words.words["corrections.title"]
    count = words.say("corrections.count", reports=words.number(len(package.reports)), **counts)
    days = "".join(
        f"<h2>{_text(words.date(day))}</h2>\n<ul>\n{''.join(_item(entry, package, words) for entry in group)}</ul>\n"
        for day, group in groupby(told, key=lambda entry: entry.day)
    )
    data = words.say("foot.data", title=package.title, version=package.version, licence=package.licence)
    body = (
        f"<main>\n<h1>{_text(title)}</h1>\n<p>{_text(words.words['corrections.lead'])}</p>\n<p>{_text(count)}</p>\n"
        + (days or f"<p>{_text(words.words['corrections.none'])}</p>\n")
        + f"</main>\n<footer>\n<p>{_text(words.say('foot.known', date=words.date(known_on)))}</p>\n"
        + f"<p>{_text(data)}</p>\n"
        + (f"<p>{_text(words.words['foot.internal'])}</p>\n" if package.internal else "")
        + (f"<p>{_text(words.words['foot.my_names'])}</p>\n" if words.machine_translated else "")
        + "</footer>\n"
    )
    page = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n{policy.FIRST}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
    return policy.with_policy(page).encode("utf-8", "replace")


def _item(entry: Entry, package: Package, words: Words) -> str:
    now = "" if entry.by is None else words.say("corrections.now", said=_sentence(entry.by, package, words))
    lines = [_sentence(entry.report, package, words), now, words.say("corrections.why", why=entry.why)]
    kind = _text(words.words[f"corrections.{entry.what}"])
    return (
        f'<li>\n<p class="kind">{kind}</p>\n' + "".join(f"<p>{_text(line)}</p>\n" for line in lines if line) + "</li>\n"
    )


def _sentence(report: Report, package: Package, words: Words) -> str:
    place = package.townships.loc[report.pcode]
    status = words.words[f"status.{report.status}"]
    return words.say(
        "corrections.said",
        report=report.report_id,
        township=str(place["name_en"]),
        state=str(place["state"]),
        date=words.date(report.date, precision=report.precision),
        status=f"{status} ({', '.join(report.holders)})" if report.holders else status,
        publisher=package.sources[report.source_id].publisher,
    )


def _text(text: str) -> str:
    return html.escape(bidi.closed(text))
