"""For any package whatever: nothing withheld is in, or can be told from, any byte of the public outputs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import made
from mapper import control, publish, records, terms, timeline, withholding
from mapper.outputs import corrections, folium_map, summary
from mapper.outputs.exports import built
from rows_of_people import figures, movements

if TYPE_CHECKING:
    import pandas as pd

    from mapper.tables import Package

Reports = tuple[control.Report, ...]
Told = tuple["pd.DataFrame", "pd.DataFrame"]

PCODES = ["MMR012001", "MMR012002", "MMR012003"]
FIRST, LAST = dt.date(2024, 1, 31), dt.date(2024, 6, 30)
TOKEN = "Zq7Withheld"  # noqa: S105 -- no password, but what must not be found
OPEN = {"a-source": made.source()}
BARRED = {
    "restricted": made.source(
        source_id="restricted", sensitivity="restricted", publisher=TOKEN, url=f"https://{TOKEN}.example"
    ),
    "internal": made.source(source_id="internal", sensitivity="internal", publisher=TOKEN),
    "licence": made.source(source_id="licence", public_use=False, publisher=TOKEN),
    "acled": made.source(source_id="acled", publisher=f"ACLED {TOKEN}"),
}
DELAY = 60
days = st.dates(dt.date(2024, 1, 1), dt.date(2024, 6, 30))
young = st.dates(dt.date(2024, 11, 3), dt.date(2024, 12, 31))
"""Packages below know until 2025-01-01 and publish with a delay of 60 days: until 2024-11-02."""

people = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 12, 99, 250, 4_000])


@st.composite
def reports(draw: st.DrawFn, *, secret: bool) -> tuple[control.Report, ...]:
    found = []
    for number in range(draw(st.integers(1 if secret else 0, 4))):
        too_young = secret and draw(st.booleans())
        name = f"{'S' if secret else 'R'}{number}"
        date = draw(young if too_young else days)
        found.append(
            made.report(
                date.isoformat(),
                draw(st.sampled_from(control.REPORT_STATUSES)),
                report_id=f"{TOKEN}{name}" if secret else name,
                pcode=draw(st.sampled_from(PCODES)),
                source_id=draw(st.sampled_from(sorted(BARRED))) if secret and not too_young else "a-source",
                finding=TOKEN if secret else "seen",
                claimant=TOKEN if secret else "",
                claimant_side=draw(st.sampled_from(["", "eao"])),
                recorded_on=dt.date(2024, 12, 31),
                supersedes="R0" if secret and draw(st.booleans()) and number == 0 else "",
                supersedes_why=TOKEN,
            )
        )
    return tuple(found)


@st.composite
def tables(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = ["MMR012001", "MMR012002", "MMR012", "MMR"]
    rows = [(code, draw(people)) for code in codes if draw(st.booleans())]
    ends = [(one, two, draw(people)) for one in codes[:3] for two in ("THA", "MMR012003") if draw(st.booleans())]
    return figures(*rows), movements(*ends)


def package(seen: Reports, secret: Reports, told: Told) -> Package:
    return made.package(
        *records.corrected([*seen, *secret]),
        count=3,
        date=dt.date(2025, 1, 1),
        sources={**OPEN, **(BARRED if secret else {})},
        terms=terms.Terms(delay_days=DELAY),
        displacement=told[0],
        movements=told[1],
    )


def written(given_package: Package) -> list[bytes]:
    """Make every public output of a package."""
    opened = publish.public(given_package)
    dates = timeline.slice_dates(FIRST, LAST, every="month")
    line = timeline.timeline(PCODES, opened.reports, dates, options=opened.options)
    shapes = made.boundaries(opened)
    sums = summary.summary(line, area_km2=dict.fromkeys(PCODES, 1.0), population=dict.fromkeys(PCODES, 1))
    log = records.log(opened.reports)
    return [
        folium_map.to_html(folium_map.control_map(line, shapes, opened)).encode(),
        built.control_geojson(line, shapes, opened, on=LAST),
        built.history_geojson(line, shapes, opened),
        built.changes_csv(line, opened).encode(),
        built.summary_csv(sums).encode(),
        corrections.to_html(log, opened, known_on=opened.known_on),
        corrections.to_json(log, opened, known_on=opened.known_on),
        corrections.to_csv(log, opened),
    ]


SLOW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(seen=reports(secret=False), secret=reports(secret=True), told=tables())
def test_the_outputs_are_those_of_a_package_that_never_had_the_rows(seen: Reports, secret: Reports, told: Told) -> None:
    full = package(seen, secret, told)
    outputs = written(full)
    assert not any(TOKEN.encode() in content for content in outputs)
    assert outputs == written(package(seen, (), told))


@SLOW
@given(told=tables(), data=st.data())
def test_any_other_small_count_and_any_other_withheld_total_give_the_same_bytes(
    told: Told, data: st.DataObject
) -> None:
    finds = (withholding.telling_figures, withholding.telling_movements)
    known = withholding.places(package((), (), told))
    other = []
    for table, find in zip(told, finds, strict=True):
        out = find(table, known)
        changed = [
            data.draw(st.integers(1, 4))
            if withholding.is_small(count)
            else data.draw(st.integers(5, 10_000))
            if name in out
            else count
            for name, count in table["people"].items()
        ]
        other.append(table.assign(people=changed))
    assert written(package((), (), told)) == written(package((), (), (other[0], other[1])))


@given(told=tables())
def test_no_figure_that_is_left_includes_a_small_one_of_its_day(told: Told) -> None:
    full = package((), (), told).displacement
    small = {name: row.pcode for name, row in full.iterrows() if 0 < row.people < 5}
    for name, row in publish.public(package((), (), told)).displacement.iterrows():
        within = [code for other, code in small.items() if other != name]
        assert not any(row.pcode == "MMR" or code.startswith(row.pcode) for code in within)
