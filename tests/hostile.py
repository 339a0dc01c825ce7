"""The made-up country with a hostile text in every field that is free text: a new field gets one by itself.

Each text begins with a mark that names its field, so that a test can tell which of them a page holds and shows.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

import checkered
from mapper import control

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.geo import Boundaries
    from mapper.tables import Package

TEXTS = (
    "{{ 7*7 }} {% raw %} {# gone #}",
    "</script><script>window.hacked = 1</script><img src=x onerror=window.hacked=2>",
    "<!-- <script> ]]> --> &lt;b&gt;",
    "`${window.hacked = 3}` \\\"'\\u003cb\\u003e",
    "line\u2028paragraph\u2029end\r\nnext\ttab",
    "\u202eright to left \u2067isolate\u2069\u2069",
    "nought\x00bell\x07escape\x1b",
    "lone \ud800 surrogate \udfff",
    "constructor __proto__ $& $1 {name} {date}",
    "x" * 100_000,
    "မြ" * 20_000,
)

BAD_URLS = (
    "javascript:window.hacked=4",
    "JaVaScRiPt:window.hacked=5",
    "java\nscript:window.hacked=6",
    "\x01javascript:window.hacked=7",
    " data:text/html,<script>parent.hacked=8</script>",
    "vbscript:x",
    "//host.example/x",
    "\\\\host.example\\x",
    "https:host.example",
    "ht\ttps://host.example/x",
    "https://host.example/\x00x",
    "https://host.example/a b",
    "http://[::1",
    "blob:https://host.example/1",
    "file:///etc/passwd",
    "",
)

CLOSED = {
    control.Report: {"pcode", "precision", "status", "scope", "kind", "confidence", "claimant_side", "source_id"}
    | {"supersedes", "superseded_by", "supersedes_why"},  # what was wrong: see tests/browser/test_corrections.py
    control.Source: {"source_id", "published", "url", "sensitivity", "form"},
    control.Actor: {"actor_id", "kind", "family", "colour", "colour_dark"},
    "towns": {"pcode", "lon", "lat"},
    "aliases": {"pcode"},
    "junta_lists": {"list", "date", "pcode", "source_id"},
    "townships": {"pcode", "district_pcode", "state_pcode", "lon", "lat", "population_2014"},
}
"""What is no free text: ids, members of a list that is checked on opening, numbers, dates, and addresses."""


def mark(field: str) -> str:
    return f"⟦{field}⟧"


class Marked:
    """Texts one after the other, each with the mark of its field."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, field: str) -> str:
        self.number += 1
        return mark(field) + TEXTS[self.number % len(TEXTS)]

    def record(self, item: Any) -> Any:  # noqa: ANN401 -- any of the records, given back as one of the kind
        """Fill each free text of a record; a tuple of ids stays."""
        closed = CLOSED[type(item)]
        names = [
            f.name for f in dataclasses.fields(item) if f.name not in closed and type(getattr(item, f.name)) is str
        ]
        return dataclasses.replace(item, **{name: self(f"{type(item).__name__}.{name}") for name in names})

    def table(self, name: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Fill each free text of a table."""
        columns = [column for column in frame.columns if column not in CLOSED[name]]
        return frame.assign(**{column: [self(f"{name}.{column}") for _ in frame.index] for column in columns})


def package() -> Package:
    """Give the hostile country, in columns that keep lone surrogates, which those of pyarrow refuse."""
    with pd.option_context("mode.string_storage", "python"):
        return _package()


def _package() -> Package:
    """Give the country; it has figures of displaced people on each level, and links of every bad kind."""
    text = Marked()
    plain = checkered.package()
    sources = {
        f"s{i}": text.record(
            control.Source(f"s{i}", "", "", "soon" if i % 2 else "2024-06", url, "", "public", "", public_use=True)
        )
        for i, url in enumerate(BAD_URLS)
    }
    reports = [
        dataclasses.replace(
            text.record(report),
            source_id=f"s{i % len(sources)}",
            claimant_side=control.CLAIMANT_SIDES[0] if i % 2 else "",
            scope=("township", "town", "part")[i % 3],
            main_town=i % 3 == 1,
            withdrawn_on=dt.date(2026, 1, 1) if i == 4 else None,
        )
        for i, report in enumerate(plain.reports)
    ]
    townships = text.table("townships", plain.townships)
    first = townships.groupby("state_pcode")["state"].transform("first")
    return dataclasses.replace(
        plain,
        **{name: text(f"Package.{name}") for name in ("name", "title", "version", "licence")},
        townships=townships.assign(state=first),
        towns=text.table("towns", plain.towns),
        aliases=text.table("aliases", pd.DataFrame({"pcode": checkered.PCODES[:11]}).assign(alias="", seen_in="")),
        junta_lists=text.table("junta_lists", _list()),
        sources=sources,
        reports=tuple(reports),
        actors={name: text.record(actor) for name, actor in checkered.coloured(plain).actors.items()},
        displacement=_figures(text, [("region_group", ""), ("state", "MMR012"), ("township", checkered.PCODES[0])]),
        refugees=_figures(text, [("country", "")]),
        movements=_movements(text),
        bases=pd.DataFrame(
            {"name_en": [text("bases.name_en")], "kind": "stock", "note": text("bases.note")},
            index=pd.Index(["total"], name="basis"),
        ),
    )


def _list() -> pd.DataFrame:
    rows = {"list": "martial_law_2025", "date": "2022-01-01", "pcode": checkered.PCODES[:2], "source_id": "s0"}
    return pd.DataFrame(rows).assign(township="")


def _figures(text: Marked, places: list[tuple[str, str]]) -> pd.DataFrame:
    rows: list[Mapping[str, object]] = [
        {
            "date": dt.date(2023, 1, 31),
            "date_precision": "day",
            "level": level,
            "pcode": pcode,
            "place": text("displacement.place"),
            "country": text("refugees.country"),
            "country_iso3": "THA",
            "people": 12_000,
            "qualifier": "exact",
            "measure": "idps",
            "basis": "total",
            "source_id": "s0",
            "note": text("displacement.note"),
        }
        for level, pcode in places
    ]
    return pd.DataFrame(rows, index=pd.Index([f"f{i}" for i in range(len(rows))], name="figure_id"))


def _movements(text: Marked) -> pd.DataFrame:
    """Make two movements: the words for places that have a code are not told."""
    rows = [
        {
            "date_from": dt.date(2022, 12, 1),
            "date_to": dt.date(2023, 1, 31),
            "origin": text("movements.origin_beside_code" if code else "movements.origin"),
            "origin_pcode": code,
            "destination": text("movements.destination_beside_code" if code else "movements.destination"),
            "destination_pcode": code and "THA",
            "people": 12_000,
            "qualifier": "exact",
            "movement_type": "displacement",
            "measure": "",
            "source_id": "s0",
            "note": text("movements.note"),
        }
        for code in ("", "MMR012")
    ]
    return pd.DataFrame(rows, index=pd.Index(["M1", "M2"], name="movement_id"))


def boundaries() -> Boundaries:
    text = Marked()
    names = ("title", "licence", "attribution")
    return dataclasses.replace(checkered.boundaries(), **{name: text(f"Boundaries.{name}") for name in names})
