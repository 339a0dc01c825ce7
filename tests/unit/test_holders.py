"""By holder: whose colours a township is drawn in, and what the page gets to do so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

import made
from mapper import control, timeline
from mapper.outputs import holders, payload, record, shares, style

if TYPE_CHECKING:
    from mapper.tables import Package
    from mapper.timeline import Timeline

KINDS = {"SAC": "junta", "SNA": "militia", "NUG": "nug", "PDF": "pdf", "YDF": "pdf", "IEC": "other"}
FAMILIES = {"AA": "3BHA", "TNLA": "3BHA", "KNDF": "KNPP", "KNPLF": "KNPP", "IEC": "KNPP", "PDF": "NUG", "KPDF": "KIA"}
COLOURS = {
    "3BHA": "#101010",
    "AA": "#202020",
    "TNLA": "#303030",
    "KIA": "#404040",
    "KNPP": "#505050",
    "KNDF": "#606060",
}
NAMES = ("3BHA", "AA", "ABC", "IEC", "KIA", "KNDF", "KNPLF", "KNPP", "KPDF", "NUG", "PDF", "SAC", "SNA", "TNLA", "YDF")
ACTORS = {
    name: control.Actor(
        name,
        f"{name} in full",
        "",
        KINDS.get(name, "eao"),
        family=FAMILIES.get(name, ""),
        colour=COLOURS.get(name, ""),
        colour_dark=COLOURS.get(name, "").replace("0", "1"),
    )
    for name in NAMES
}


@pytest.mark.parametrize(
    ("plain", "named", "expected"),
    [
        ("eao.reported", "AA", "AA"),
        ("eao.reported", "AA;TNLA", "3BHA"),  # one family: who leads it, though it is not named
        ("eao.reported", "KNDF;KNPLF;KNPP", "KNPP"),
        ("eao.reported", "KIA;KPDF", "KIA"),
        ("eao.reported", "KIA;PDF", "KIA+nug.reported"),  # two families: stripes, the organisation first
        ("nug.reported", "KIA;PDF", "KIA+nug.reported"),
        ("eao.reported", "AA;KIA", "AA+KIA"),
        ("eao.reported", "AA;KIA;PDF", "AA+KIA"),  # a third is left to the card
        ("eao.reported", "ABC;KIA", "KIA+eao.reported"),  # who has a colour stands first
        ("eao.reported", "ABC", "eao.reported"),  # nobody has a colour: as by status
        ("eao.reported", "KNPLF", "eao.reported"),  # alone and without a colour: not another's
        ("eao.reported", "", "eao.reported"),
        ("eao.reported", "gone", "eao.reported"),
        ("nug.reported", "PDF", "nug.reported"),
        ("nug.reported", "PDF;YDF", "nug.reported"),
        ("eao.reported", "AA;SNA", "AA+junta.reported"),
        ("junta.reported", "AA;SAC", "junta.reported"),
        ("contested.reported", "AA;SAC", "contested.reported"),
        ("eao.assumed", "AA", "eao.assumed"),
        ("unknown.reported", "", "unknown.reported"),
    ],
)
def test_a_township_has_the_look_of_its_holders(plain: str, named: str, expected: str) -> None:
    assert holders.look(plain, tuple(named.split(";")) if named else (), ACTORS) == expected


def test_the_order_in_which_holders_are_named_makes_no_difference() -> None:
    assert holders.look("eao.reported", ("PDF", "KIA", "AA"), ACTORS) == "AA+KIA"
    assert holders.look("eao.reported", ("TNLA", "AA"), ACTORS) == "3BHA"


@pytest.fixture(scope="module")
def country() -> Package:
    """Four townships: the AA and TNLA's; the KIA's, then with PDFs; the PDFs'; one with a late report alone."""
    reports = [
        made.report("2024-01-05", "eao", pcode="MMR012001", report_id="R1", holders=("AA", "TNLA")),
        made.report("2024-01-05", "eao", pcode="MMR012002", report_id="R2", holders=("KIA",)),
        made.report("2024-02-10", "eao", pcode="MMR012002", report_id="R3", holders=("KIA", "PDF")),
        made.report("2024-02-10", "nug", pcode="MMR012003", report_id="R4", holders=("PDF",)),
        made.report("2024-06-10", "eao", pcode="MMR012004", report_id="R5", holders=("KNDF",)),
    ]
    return made.package(*reports, actors=ACTORS)


@pytest.fixture(scope="module")
def slices(country: Package) -> Timeline:
    dates = (dt.date(2023, 12, 31), dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31))
    return timeline.timeline(country.townships.index, country.reports, dates, options=country.options)


@pytest.fixture(scope="module")
def data(country: Package, slices: Timeline) -> dict[str, Any]:
    return payload.payload(slices, made.boundaries(country), country)


def test_looks_are_numbered_behind_the_classes_and_those_of_reports_alone_are_known(data: dict[str, Any]) -> None:
    assert data["held"]["names"] == ["3BHA", "KIA", "KIA+nug.reported", "KNDF"]
    number = {"3BHA": 8, "KIA": 9, "KIA+nug.reported": 10, "KNDF": 11}
    ids = [row[0] for row in data["actors"]]
    named = {tuple(ids[int(i)] for i in key[1:].split(";")): place for key, place in data["held"]["looks"].items()}
    assert named == {
        ("AA", "TNLA"): number["3BHA"],
        ("KIA",): number["KIA"],
        ("KIA", "PDF"): number["KIA+nug.reported"],
        ("KNDF",): number["KNDF"],
    }
    assert {key[0] for key in data["held"]["looks"]} == {str(style.CLASSES.index("eao.reported"))}
    assert "3BHA" in ids, "the name of who leads a family is there, though nobody reported it"


def test_the_legend_has_what_occurs_in_a_slice_family_by_family(data: dict[str, Any]) -> None:
    junta, nug = style.CLASSES.index("junta.assumed"), style.CLASSES.index("nug.reported")
    assert data["held"]["groups"] == [[junta], [8], [9, 10], [nug]]


def test_a_look_that_stands_for_several_says_for_whom(data: dict[str, Any]) -> None:
    assert data["held"]["sets"] == {"8": "AA + TNLA", "10": "KIA + PDF"}


def test_palettes_have_a_fill_for_each_look_and_the_second_colour_of_stripes(data: dict[str, Any]) -> None:
    by_day, by_night = data["palette"], data["night"]["palette"]
    assert by_day["fills"]["3BHA"] == "#101010"
    assert by_night["fills"]["3BHA"] == "#111111"
    assert by_day["stripes"] == {"KIA+nug.reported": by_day["fills"]["nug.reported"]}
    assert by_night["stripes"] == {"KIA+nug.reported": by_night["fills"]["nug.reported"]}
    assert "3BHA" in data["dark"], "marks on a dark fill are light"


def test_shares_add_up_in_the_order_of_the_legend(country: Package, slices: Timeline, data: dict[str, Any]) -> None:
    rows = [[1000, 0, 0, 0, 0], [500, 250, 250, 0, 0], [250, 250, 0, 250, 250], [250, 250, 0, 250, 250]]
    order = ["junta.assumed", "3BHA", "KIA", "KIA+nug.reported", "nug.reported"]
    found = shares.shares(
        slices,
        made.boundaries(country),
        country,
        classes=order,
        class_of=lambda one: holders.look_of(one, actors=country.actors),
    )
    assert found["townships"] == rows
    assert data["held"]["shares"]["townships"] == shares.packed(rows)
    assert shares.packed([[3, 0], [5, 0], [4, 41]]) == "TSPQQ|"


def test_a_package_without_colours_has_no_map_by_holder(slices: Timeline) -> None:
    report = made.report("2024-01-05", "eao", pcode="MMR012001")
    plain = made.package(report, actors={name: control.Actor(name, name, "", "eao") for name in NAMES})
    found = payload.payload(slices, made.boundaries(plain), plain)
    assert found["held"]["names"] == []
    assert found["palette"]["stripes"] == {}
    assert list(found["palette"]["fills"]) == list(style.CLASSES)


def test_nothing_after_the_last_slice_is_told_but_by_a_report(country: Package, slices: Timeline) -> None:
    held = holders.looks(slices, country, record.known_reports(country, dt.date(2023, 1, 1)))
    assert "KNDF" not in held.values()
