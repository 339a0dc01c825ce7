"""Words that lead to a person or to a place finer than a township are in no public output."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest

import checkered
import made
from mapper import pipeline, publish, withholding
from mapper.terms import Withheld
from rows_of_people import figures


def public(**fields: Any) -> Any:  # noqa: ANN401 -- any field of a package, and the package
    return publish.public(checkered.package(**fields))


def by_rule(package: Any) -> set[Withheld]:  # noqa: ANN401 -- a package
    return set(package.withheld_by_rule)


def test_displaced_people_at_a_camp_are_left_out() -> None:
    found = public(
        displacement=figures(
            ("Wai Chyai camp", 800), ("Sin Tet IDP settlement", 90), ("South-East", 9_000), ("MMR012001", 70)
        )
    )
    assert list(found.displacement["people"]) == [9_000, 70]
    assert by_rule(found) == {Withheld("place", "displacement", 2)}
    moved = checkered.movements()
    moved.loc["M2", "destination"], moved.loc["M2", "destination_pcode"] = "a school in Pruso", ""
    assert "M2" not in public(movements=moved).movements.index


@pytest.mark.parametrize(
    "text",
    [
        "said reporter@paper.example",
        "ring +95 9 791 234 567",
        "ring 09-791234567",
        "at 20.12345, 93.54321",
        "at 46Q GH 1234 5678",
        "ring 959791234567",
        "၀၉၇၉၁၂၃၄၅၆၇ ကို ခေါ်ပါ",
        "told by @kozaw_pdf",
        "see t.me/kozaw",
        "holder of 12/OUKAMA(N)123456",
        "၁၂/ဥကမ(နိုင်)၁၂၃၄၅၆",
        "at 20°07'24\"N 93°34'04\"E",
    ],
)
def test_a_text_that_leads_to_a_person_or_a_point_is_blank(text: str) -> None:
    package = made.package(made.report("2024-05-20", "eao", pcode="MMR012001", finding=text, claimant="AA"))
    found = publish.public(package)
    assert (found.reports[0].finding, found.reports[0].claimant) == ("", "AA")
    assert by_rule(found) == {Withheld("personal", "control_reports", 1)}
    assert found.withheld == {}


def test_a_publisher_and_words_of_other_tables_are_looked_at_too() -> None:
    calls = "Ko Zaw +95 9 791 234 567"
    plain = checkered.package()
    townships = plain.townships.assign(doubt=[calls, *[""] * (len(plain.townships) - 1)])
    sources = {"a-source": made.source(publisher=calls, title="A title")}
    found = publish.public(dataclasses.replace(plain, sources=sources, townships=townships))
    assert (found.sources["a-source"].publisher, found.sources["a-source"].title) == ("(withheld)", "A title")
    assert set(found.townships["doubt"]) == {""}
    assert by_rule(found) == {Withheld("personal", "sources", 1), Withheld("personal", "townships", 1)}


def test_a_published_total_goes_where_it_may_include_a_small_count_of_its_day() -> None:
    columns = {"publisher": "P", "measure": "idps", "value_high": "", "source_id": "a-source", "note": ""}
    totals = pd.DataFrame(
        [
            {"date": "2024-05-01", "value_low": "1237", "unit": "persons", **columns},
            {"date": "2024", "value_low": "2000", "unit": "persons", **columns},
            {"date": "2023", "value_low": "3000", "unit": "persons", **columns},
            {"date": "2023", "value_low": "3", "unit": "persons", **columns},
            {"date": "2024-05-01", "value_low": "14", "unit": "townships", **columns},
        ],
        index=pd.Index(["A1", "A2", "A3", "A4", "A5"], name="aggregate_id"),
    )
    found = public(displacement=figures(("MMR012001", 3), ("MMR012002", 1234)), aggregates=totals)
    assert list(found.aggregates.index) == ["A3", "A5"]
    assert Withheld("total", "aggregates", 3) in by_rule(found)


@pytest.mark.parametrize(
    "text",
    ["taken on 2024-05-20", "09-02-2024 to 12-02-2024", "about 1,200 of 15,000", "17 of 330 townships", "2.5 km"],
)
def test_dates_and_counts_are_nothing_personal(text: str) -> None:
    assert not withholding.is_personal(text)


def test_nothing_of_the_embedded_package_is_taken_for_personal_or_a_camp() -> None:
    rules = {one.rule for one in pipeline.open_package().withheld_by_rule}
    assert rules == {"licence"}
