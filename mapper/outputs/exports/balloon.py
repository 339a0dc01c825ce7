"""What Google Earth shows of a row or of a whole export when it is clicked: small HTML in the language chosen.

Text of the data is never markup here: every bit is escaped, and a link is one with http or https or none at all.
"""

from __future__ import annotations

import datetime as dt
import html
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import bidi, figures, record, style
from mapper.outputs.exports import kml_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.outputs.exports.layer import About
    from mapper.outputs.words import Words

OUTLINES: Final = (
    (kml_styles.STALE, "&#9645;", "change.now_stale"),
    (kml_styles.DISPUTED, "&#9645;&#9645;", "legend.disputed"),
)
"""Styles that differ by their outline: the end of their name, a sign for the legend, and the words beside it."""

ONE_DAY: Final = dt.timedelta(days=1)


def text(value: str) -> str:
    """Escape a text for HTML, and for Google Earth, which fills in ``$[name]``.

    >>> text("<b> & $[name]")
    '&lt;b&gt; &amp; &#36;[name]'
    """
    return html.escape(bidi.closed(value)).replace("$[", "&#36;[")


class Balloons:
    """Balloons of one export."""

    def __init__(self, about: About, words: Words) -> None:
        """Keep what all rows share."""
        self.about, self.words = about, words
        self.cited = {one.url: one for one in about.sources if one.url}

    def name(self, row: Mapping[str, Any]) -> str:
        """Name a row as lists have it, in plain text."""
        if "people" in row:
            return f"{row['name']}: {self._people(row)}"
        if "from_status" in row:
            before, after = (self.words.words[f"status.{row[side]}"] for side in ("from_status", "to_status"))
            return f"{row['name']}: {self.words.say('changes.to', before=before, after=after)}"
        return f"{row['name']}: {row['label']}"

    def days(self, row: Mapping[str, Any], *, begins: str, ends: str) -> str:
        """Say when a row holds, in plain text; a stretch that nothing known ends goes on to the export's day."""
        if ends:
            last = row[ends] - ONE_DAY if row[ends] else self.about.as_of
            return self.words.say("card.strip", **{"from": self._day(row[begins]), "to": self._day(last)})
        return self._day(row["date"], row.get("date_precision"))

    def row(self, row: Mapping[str, Any], *, begins: str = "", ends: str = "") -> str:
        """Give the balloon of a row."""
        place = [row["name"], *([row["state"]] if row.get("state") else [])]
        lines = [f"<h3>{text(', '.join(place))}</h3>", f"<p><b>{text(self._headline(row))}</b></p>"]
        lines += [f"<p>{text(self.days(row, begins=begins, ends=ends))}</p>"]
        lines += [f"<p>{text(self.words.words[f'card.{key}'])}: {text(said)}</p>" for key, said in self._facts(row)]
        lines += [f"<p>{text(said)}</p>" for said in self._sentences(row)]
        links = list(self._links(row))
        if links:
            lines += [f"<p>{text(self.words.words['card.says_who'])}:</p>", f"<ul>{''.join(links)}</ul>"]
        code = f" ({row['pcode']})" if row.get("pcode") else ""
        lines += [f"<p><small>{text(self.about.title + code)}</small></p>"]
        return "\n".join(lines)

    def _headline(self, row: Mapping[str, Any]) -> str:
        return self.name(row)[len(row["name"]) + len(": ") :]

    def _people(self, row: Mapping[str, Any]) -> str:
        return self.words.say(f"people.{row['people_are']}", n=self.words.number(row["people"]))

    def _day(self, day: dt.date, precision: str | None = None) -> str:
        return self.words.date(day, precision=precision if precision in figures.PRECISIONS else "day")

    def _facts(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Give the words of the page's card and what stands behind them."""
        holders = row.get("holders", row.get("to_holders", ()))
        contested = row.get("status", row.get("to_status")) == "contested"
        if holders:
            yield ("parties" if contested else "held_by"), ", ".join(self._named(holders))
        if row.get("since"):
            yield "since", self.words.say(f"since.{row['since_precision'] or 'day'}", date=self._day(row["since"]))
        if row.get("basis") == "assumed" and "people" not in row:
            yield "sure", self.words.words["sure.assumed"]
        elif row.get("confidence"):
            yield "sure", self.words.words[f"sure.{row['confidence']}"]
        if row.get("rule"):
            yield "why", self.words.words[f"rule.{row['rule']}"]

    def _sentences(self, row: Mapping[str, Any]) -> Iterator[str]:
        if row.get("disputed"):
            yield self.words.words["sure.disputed"]
        if row.get("last_confirmed"):
            key = "sure.stale" if row["stale"] else "sure.confirmed"
            yield self.words.say(key, date=self._day(row["last_confirmed"]))
        if row.get("contested_until"):
            yield self.words.say("sure.contested_until", date=self._day(row["contested_until"]))
        if row.get("main_town_only"):
            yield self.words.words["sure.main_town"]
        if row.get("firm_status"):
            status = self.words.words[f"status.{row['firm_status']}"]
            names = ", ".join(self._named(row["firm_holders"]))
            yield self.words.say("card.firm", status=f"{status} ({names})" if names else status)
        if "people" in row:
            yield f"{self.words.words.get('measure.' + row['measure'], row['measure'])}; {row['basis_name']}"
            yield self.words.words["people.note"]
        if "scope" in row:
            yield from self._report(row)

    def _report(self, row: Mapping[str, Any]) -> Iterator[str]:
        yield row["finding"]
        scope = row["scope"] if row["scope"] != "part" or row["place"] else "part_unnamed"
        yield self.words.say(f"scope.{scope}", place=row["place"] or "")
        yield self.words.words[f"kind.{row['kind']}"]
        if row["claimant"]:
            side = row["claimant_side"]
            key = "report.claim" if side else "report.claim_unknown"
            yield self.words.say(key, claimant=row["claimant"], side=self.words.words[f"side.{side}"] if side else "")
        if row["withdrawn"]:
            yield self.words.words["report.withdrawn"]

    def _named(self, holders: Iterable[str]) -> list[str]:
        names = self.about.actors
        return [f"{names[one]} ({one})" if names.get(one, one) != one else one for one in holders]

    def _links(self, row: Mapping[str, Any]) -> Iterator[str]:
        if "source_id" in row:
            yield self._link(row["url"], row["publisher"], row["published"])
        for url in row.get("report_urls", ()):
            found = self.cited.get(url)
            yield self._link(url, found.publisher if found else url, found.published if found else "")

    def _link(self, url: str, publisher: str, published: str) -> str:
        said = text(", ".join(part for part in (publisher, published) if part))
        safe = record.safe_url(url)
        return f'<li><a href="{html.escape(safe)}">{said}</a></li>' if safe else f"<li>{said}</li>"


def document(about: About, words: Words, styles: Sequence[str]) -> str:
    """Give what is shown of the whole export: title, legend, dates, licence, sources' number and caveats."""
    say = words.say
    package = about.attribution[0].removesuffix(f", version {about.version}")
    lines = [
        say("foot.as_of", date=words.date(about.as_of)),
        say("foot.known", date=words.date(about.as_known_on)),
        say("foot.data", title=package, version=about.version, licence=about.licence),
    ]
    if about.boundaries:
        lines += [say("foot.boundaries", attribution=about.boundaries_attribution, licence=about.boundaries_licence)]
    if about.schematic and words.lang != "en":  # the caveats say so in English
        lines += [words.words["foot.schematic"]]
    paragraphs = [*lines, words.words["foot.disclaimer"], *about.caveats, *about.choices]
    body = "\n".join(f"<p>{text(line)}</p>" for line in paragraphs)
    return f"<h3>{text(about.title)}</h3>\n{_legend(words, styles)}\n{body}"


def _legend(words: Words, styles: Sequence[str]) -> str:
    """Give a table of what is drawn: the fills of our map, and the outlines that stand for its other marks."""
    palette = style.palette()
    used = {kml_styles.class_of(name) for name in styles}
    rows = [
        _legend_row(palette["fills"][name], "/ / /" * name.startswith("contested."), palette["hatch"], legend)
        for name in style.CLASSES
        if name in used
        for legend in [words.words[f"legend.{name.partition('.')[2]}.{name.partition('.')[0]}"]]
    ]
    for suffix, mark, key in OUTLINES:
        if any(name.endswith(suffix) for name in styles):
            rows.append(_legend_row("#FFFFFF", mark, palette["marks"]["stale"], words.words[key]))
    if kml_styles.PEOPLE in used:
        rows.append(_legend_row(palette["displacement"]["fill"], "", "", words.words["people.title"]))
    return f'<table cellpadding="4">{"".join(rows)}</table>'


def _legend_row(fill: str, mark: str, colour: str, said: str) -> str:
    shown = f'<font color="{colour}"><b>{mark}</b></font>' if mark else "&#160;" * 6
    return f'<tr><td bgcolor="{fill}">{shown}</td><td>{text(said)}</td></tr>'
