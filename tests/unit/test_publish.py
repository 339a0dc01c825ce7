"""What may leave the house, rule by rule, and what is counted for the editor."""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import product
from typing import Any

import pandas as pd
import pytest

import checkered
import made
from mapper import errors, pipeline, publish, terms, withholding
from mapper.outputs import disclosure, flows
from mapper.terms import Terms, Withheld
from rows_of_people import figures


def public(**fields: Any) -> Any:  # noqa: ANN401 -- any field of a package, and the package
    return publish.public(checkered.package(**fields))


def by_rule(package: Any) -> set[Withheld]:  # noqa: ANN401 -- a package
    return set(package.withheld_by_rule)


# Sources.


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"sensitivity": "restricted"}, "sensitivity"),
        ({"sensitivity": "internal"}, "sensitivity"),
        ({"public_use": False}, "licence"),
        ({"publisher": "ACLED"}, "agreement"),
        ({"url": "https://acleddata.com/data/"}, "agreement"),
    ],
)
def test_rows_of_a_source_that_may_not_be_public_are_left_out_and_counted(fields: dict[str, object], rule: str) -> None:
    plain = checkered.package()
    secret = made.source(source_id="secret", **fields)
    told = (made.report("2024-05-20", "eao", pcode=checkered.PCODES[29], source_id="secret", report_id="S"),)
    package = dataclasses.replace(plain, sources={**plain.sources, "secret": secret}, reports=plain.reports + told)
    found = publish.public(package)
    assert found.reports == plain.reports
    assert found.sources == plain.sources
    assert by_rule(found) == {Withheld(rule, "control_reports", 1)}
    everything = publish.for_audience(package, "internal")
    assert (everything.reports, everything.sources) == (package.reports, package.sources)
    assert everything.internal


def test_acled_rows_are_public_where_the_package_says_that_acled_agrees() -> None:
    plain = checkered.package(sources={"a-source": made.source(publisher="ACLED")})
    assert publish.public(plain).reports == ()
    agreed = dataclasses.replace(plain, terms=Terms(agreements=frozenset({"ACLED"})))
    assert publish.public(agreed).reports == plain.reports


def test_a_restricted_correction_corrects_nothing_in_public() -> None:
    old = made.report("2024-05-20", "eao", report_id="R1", pcode="MMR012001")
    new = made.report(
        "2024-05-20",
        "junta",
        report_id="R2",
        pcode="MMR012001",
        source_id="secret",
        supersedes="R1",
        supersedes_why="x",
    )
    sources = {"a-source": made.source(), "secret": made.source(source_id="secret", sensitivity="internal")}
    found = publish.public(made.package(dataclasses.replace(old, superseded_on=new.recorded_on), new, sources=sources))
    assert found.reports == (old,)


def test_an_editor_is_told_of_a_public_report_that_a_hidden_record_corrects() -> None:
    old = made.report("2024-05-20", "eao", report_id="R1", pcode="MMR012001")
    new = made.report("2024-05-20", "junta", report_id="R2", pcode="MMR012001", source_id="secret", supersedes="R1")
    sources = {"a-source": made.source(), "secret": made.source(source_id="secret", sensitivity="internal")}
    found = publish.public(made.package(old, new, sources=sources))
    assert Withheld("correction", "control_reports", 1) in by_rule(found)
    assert found.withheld == {"control_reports": 1}, "the hidden one alone is left out"


def test_a_spelling_that_was_matched_by_hand_is_in_no_public_output() -> None:
    plain = checkered.package()
    row = {"pcode": checkered.PCODES[0], "alias": "Secret", "seen_in": publish.BY_HAND, "machine_matched": "no"}
    aliases = pd.concat([plain.aliases, pd.DataFrame([row])], ignore_index=True)
    found = publish.public(dataclasses.replace(plain, aliases=aliases))
    assert "Secret" not in set(found.aliases["alias"])
    assert Withheld("spelling", "aliases", 1) in by_rule(found)


def test_mimus_shapes_need_the_agreement() -> None:
    package = checkered.package()
    shapes = dataclasses.replace(checkered.boundaries(), attribution="Myanmar Information Management Unit (MIMU)")
    with pytest.raises(errors.UsageError, match="MIMU's, who ask for an agreement"):
        publish.refuse_shapes(shapes, package)
    publish.refuse_shapes(shapes, dataclasses.replace(package, audience="internal"))
    publish.refuse_shapes(checkered.boundaries(), package)
    agreed = dataclasses.replace(package, terms=Terms(agreements=frozenset({"MIMU"})))
    publish.refuse_shapes(shapes, agreed)


# Delay.


def test_what_is_younger_than_the_delay_is_not_public_and_no_slice_lies_after_it() -> None:
    package = made.package(
        made.report("2025-11-30", "eao", report_id="R1", pcode="MMR012001"),
        made.report("2025-12-15", "junta", report_id="R2", pcode="MMR012001"),
        made.report("2025-12", "junta", report_id="R3", pcode="MMR012001"),
        terms=Terms(delay_days=30),
        displacement=figures(("MMR012001", 5_000), ("MMR012002", 6_000), date=dt.date(2025, 12, 3)),
    )
    found = publish.public(package)  # it knows until 2026-01-01, so speaks until 2025-12-02
    assert [report.report_id for report in found.reports] == ["R1"]
    assert found.until == dt.date(2025, 12, 2)
    assert by_rule(found) == {Withheld("delay", "control_reports", 2), Withheld("delay", "displacement", 2)}
    assert pipeline.make_timeline(found).dates[-1] == dt.date(2025, 11, 30)
    with pytest.raises(errors.UsageError, match="publishes nothing after 2025-12-02"):
        pipeline.make_timeline(found, end=dt.date(2025, 12, 31))
    earlier = publish.public(package, known_on=dt.date(2025, 12, 20))
    assert earlier.until == dt.date(2025, 11, 20)


# Small counts, and what would tell them.


def test_a_total_from_which_a_small_count_could_be_worked_out_is_left_out() -> None:
    found = public(displacement=figures(("MMR012001", 2), ("MMR012002", 5), ("MMR012", 7), ("MMR013", 40), ("MMR", 47)))
    assert list(found.displacement["people"]) == [2, 5, 40]
    assert by_rule(found) == {Withheld("total", "displacement", 2), Withheld("few", "displacement", 1)}


def test_another_basis_or_measure_of_the_same_place_could_tell_it_too_and_so_could_a_group() -> None:
    table = figures(("MMR012001", 3), ("MMR012001", 103), ("South", 210), ("MMR012002", 100))
    found = public(displacement=table.assign(basis=["before", "total", "total", "total"]))
    assert list(found.displacement["people"]) == [3, 100]


def test_a_figure_of_another_day_tells_nothing() -> None:
    table = figures(("MMR012001", 3), ("MMR012", 103))
    days = [dt.date(2024, 5, 1), dt.date(2024, 6, 1)]
    assert list(public(displacement=table.assign(date=days)).displacement["people"]) == [3, 103]
    months = table.assign(date=days[0], date_precision=["month", "day"])
    assert len(public(displacement=months).displacement) == 2


def test_refugees_of_one_country_by_measure_and_all_together() -> None:
    table = figures(("", 3), ("", 10), ("", 13), ("", 900), ("", 913)).assign(
        country="x",
        country_iso3=["THA", "THA", "THA", "IND", ""],
        measure=["refugees", "asylum_seekers", "refugees_and_asylum_seekers", "refugees", "refugees"],
    )
    assert list(public(refugees=table).refugees["people"]) == [3, 900]


def test_movements_that_include_a_small_one_are_left_out() -> None:
    found = public(movements=checkered.movements())
    assert list(found.movements["people"]) == [40_000, 9_000, 2_000, 3, 5_000]
    small = checkered.movements().assign(people=[40_000, 4, 2_000, 30, 5_000])
    assert list(public(movements=small).movements["people"]) == [4, 30, 5_000]


def test_a_figure_of_a_district_goes_where_a_township_of_it_has_a_small_one_and_only_there() -> None:
    """Codes of districts do not begin like those of their townships: which lies in which is in the package."""
    table = figures(("MMR012001", 3), ("MMR012D001", 40), ("MMR012D002", 60), ("MMR012002", 7))
    assert list(public(displacement=table).displacement["people"]) == [3, 60, 7]


def view(table: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Give what a reader of the public output knows of figures."""
    kept = table.drop(index=list(withholding.telling_figures(table, withholding.places(made.package()))))
    shown = [(row.pcode, disclosure.shown(int(row.people))) for row in kept.itertuples()]
    return tuple((code, "<5" if one.few else str(one.people)) for code, one in shown)


def test_whoever_knows_every_rule_and_total_learns_no_more_of_a_small_count_than_that_it_is_small() -> None:
    """Go through all worlds of three places with up to eight people each, and their totals: nothing is narrowed."""
    codes = ["MMR012001", "MMR012002", "MMR013013", "MMR012", "MMR013", "MMR"]
    table = figures(*((code, 0) for code in codes))
    seen: dict[tuple[tuple[str, str], ...], dict[str, set[int]]] = {}
    for one, two, three in product(range(9), repeat=3):
        people = [one, two, three, one + two, three, one + two + three]
        known = seen.setdefault(view(table.assign(people=people)), {})
        for code, count in zip(codes, people, strict=True):
            known.setdefault(code, set()).add(count)
    small = [possible[code] for told, possible in seen.items() for code, shown in told if shown == "<5"]
    assert len(small) == 49
    assert {tuple(sorted(one)) for one in small} == {(1, 2, 3, 4)}


# Arrows.


def test_arrows_that_touch_contested_land_are_counted_for_the_editor() -> None:
    contested = made.report("2023-05-01", "contested", pcode=checkered.PCODES[0], report_id="C")
    package = dataclasses.replace(checkered.package(movements=checkered.movements()), reports=(contested,))
    assert flows.withheld(checkered.slices(package), package) == (Withheld("contested", "movements", 1),)


# Terms.


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ([], "is not an object"),
        ({"delay": 3}, "'delay' is no option"),
        ({"delay_days": -1}, "'-1' is no sensible number"),
        ({"delay_days": True}, "'True' is no sensible number"),
        ({"agreements": ["OCHA"]}, "is no list of owners"),
    ],
)
def test_terms_that_make_no_sense_are_told(declared: object, said: str) -> None:
    with pytest.raises(errors.DataError, match=said.replace("'", ".")):
        terms.read(declared, file="datapackage.json")


def test_each_rule_has_words() -> None:
    assert terms.read(None, file="") == Terms()
    assert set(terms.RULES) >= {"sensitivity", "licence", "agreement", "delay", "place", "total", "few", "personal"}
