"""What we write, others read back to the same assessments, whatever the reports say."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import layered
import made
import read_back
from mapper import control, timeline
from mapper.outputs.exports import csv_tables, hxl, kml, kmz, pmtiles, xlsx

if TYPE_CHECKING:
    from mapper.outputs.exports.layer import About, Layer
    from mapper.tables import Package

FIRST, LAST = dt.date(2021, 1, 31), dt.date(2022, 12, 31)
DATES = timeline.slice_dates(FIRST, LAST, every="quarter")
TRAPS = [
    "=1+1",
    "'=1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "00123",
    "1-2",
    "<r><t>x</t></r>",
    "_x0041_",
    "a\x07b",
    "]]><b>",
    "$[name]",
    "one\r\ntwo",
    " x ",
]
names = st.sampled_from(TRAPS) | st.text(max_size=12)
texts = names | st.just("\ud800")  # which a report may hold, and a table of pandas may not
holders = st.lists(st.sampled_from(["AA", "KIA", "SAC", "PDF"]), min_size=1, max_size=3, unique=True)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """Draw four townships with up to nine reports, every text drawn freely."""
    plain = made.package()
    scopes = st.sampled_from(control.SCOPES)
    reports = [
        made.report(
            draw(st.dates(FIRST, LAST)).isoformat()[: draw(st.sampled_from([7, 10]))],
            draw(st.sampled_from(control.REPORT_STATUSES)),
            report_id=f"R{number}",
            pcode=draw(st.sampled_from(list(plain.townships.index))),
            holders=tuple(sorted(draw(holders))),
            scope=draw(scopes),
            place=draw(texts),
            finding=draw(texts),
            claimant=draw(texts),
            confidence=draw(st.sampled_from(["low", "medium", "high"])),
        )
        for number in range(draw(st.integers(1, 9)))
    ]
    named = plain.townships.assign(name_en=[draw(names) or "x" for _ in plain.townships.index], district=draw(names))
    source = made.source(publisher=draw(texts))
    return dataclasses.replace(plain, reports=tuple(reports), townships=named, sources={"a-source": source})


def layers_of(package: Package, *subjects: str) -> tuple[list[Layer], About]:
    line = timeline.timeline(package.townships.index, package.reports, DATES, options=package.options)
    return layered.layers_of(package, made.boundaries(package), line, *subjects)


FORMATS = {
    "csv": (csv_tables.write, read_back.from_csv),
    "hxl": (hxl.write, read_back.from_hxl),
    "xlsx": (xlsx.write, read_back.from_xlsx),
    "kml": (kml.write, read_back.from_kml),
    "kmz": (kmz.write, read_back.from_kmz),
    "pmtiles": (pmtiles.write, read_back.from_pmtiles),
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25)
@given(package=packages())
def test_whatever_the_reports_say_is_read_back(name: str, package: Package) -> None:
    write, read = FORMATS[name]
    layers, about = layers_of(package, "slice", "history", "changes", "reports")
    found = read(write(layers, about, stem="x"), layers)
    assert found == [read_back.expected(layer) for layer in layers]


@functools.cache
def embedded(name: str) -> tuple[list[Layer], list[read_back.Rows]]:
    write, read = FORMATS[name]
    layers, about = layered.embedded("history")
    return layers, read(write(layers, about, stem="x"), layers)


@pytest.mark.parametrize("name", FORMATS)
def test_the_embedded_history_is_read_back(name: str) -> None:
    layers, found = embedded(name)
    assert found == [read_back.expected(layer) for layer in layers]


@pytest.mark.parametrize("name", FORMATS)
def test_a_slice_can_be_looked_up_in_the_history_that_was_read_back(name: str) -> None:
    on = dt.date(2024, 12, 31)
    _, (rows,) = embedded(name)
    shown = {
        row["pcode"]: row for row in rows if row["valid_from"] <= on and not (row["valid_to"] or dt.date.max) <= on
    }
    assert len(shown) == 330
    gwa = shown["MMR012017"]
    assert (gwa["status"], gwa["holders"], gwa["basis"]) == ("eao", ("AA",), "reported")
