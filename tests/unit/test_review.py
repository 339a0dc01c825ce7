"""What an editor should look at next: each reason by itself, and the order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import made
from mapper import geo, review
from mapper.timeline import timeline

DAY = dt.date(2024, 6, 1)
ONE, TWO = "MMR012001", "MMR012002"


def items(*reports: Any, neighbours: dict[str, set[str]] | None = None, sources: Any = None) -> list[review.Item]:  # noqa: ANN401 -- made-up reports and sources
    package = made.package(*reports, count=2, **({"sources": sources} if sources else {}))
    line = timeline([ONE, TWO], reports, [DAY], options=package.options)
    return review.review(package, line, DAY, neighbours=neighbours or {})


def of(pcode: str, found: list[review.Item]) -> tuple[str, ...]:
    return next((item.reasons for item in found if item.pcode == pcode), ())


def told(date: str, status: Any, **fields: object) -> Any:  # noqa: ANN401 -- a made-up report
    return made.report(date, status, **{"pcode": ONE, "report_id": f"{date}-{status}", **fields})


TWICE = {"a-source": made.source(), "b-source": made.source(source_id="b-source", publisher="Another paper")}
LISTED = told("2023-12-04", "junta", kind="snapshot")
SEEN = told("2024-02-01", "eao", report_id="seen", source_id="b-source", kind="snapshot")


@pytest.mark.parametrize(
    ("reports", "reasons"),
    [
        ((told("2023-12-01", "eao"), SEEN), ()),
        ((told("2023-12-01", "eao"),), ("single",)),
        ((told("2022-12-01", "eao"),), ("single", "stale")),
        ((), ("assumed",)),
        ((told("2023-12-01", "eao"), SEEN, told("2024-03-01", "junta", claimant_side="junta")), ("claimed", "single")),
        (
            (told("2023-12-01", "eao", source_id="b-source"), told("2023-12-04", "junta", kind="snapshot")),
            ("disputed",),
        ),
        (
            (
                told("2023-12-01", "contested", confidence="high"),
                told("2023-12-02", "contested", source_id="b-source", confidence="high"),
                told("2024-02-01", "junta", confidence="low"),
            ),
            ("otherwise",),
        ),
    ],
)
def test_each_reason_by_itself(reports: tuple[Any, ...], reasons: tuple[str, ...]) -> None:
    assert of(ONE, items(*reports, sources=TWICE)) == reasons


def test_a_change_next_door_is_near_and_one_long_ago_is_not() -> None:
    changed = told("2024-05-01", "eao", pcode=TWO)
    touching = {ONE: {TWO}, TWO: {ONE}}
    assert of(ONE, items(changed, neighbours=touching)) == ("assumed", "near")
    assert of(ONE, items(changed)) == ("assumed",)
    assert of(ONE, items(told("2023-05-01", "eao", pcode=TWO), neighbours=touching)) == ("assumed",)


def test_the_worst_comes_first_and_the_score_is_the_sum_of_its_reasons() -> None:
    reports = told("2023-12-01", "eao"), told("2024-05-01", "eao", pcode=TWO, claimant_side="eao")
    found = items(*reports)
    assert [(item.pcode, item.score) for item in found] == [(TWO, 25 + 15 + 5), (ONE, 15)]
    assert found[0].reports == ("2024-05-01-eao",)
    assert items(*reversed(reports)) == found


def test_the_weightiest_reason_comes_first() -> None:
    assert list(review.POINTS.values()) == sorted(review.POINTS.values(), reverse=True)


def test_townships_touch_where_their_borders_meet() -> None:
    package = made.package(count=3)
    assert geo.neighbours(made.boundaries(package)) == {
        "MMR012001": {"MMR012002"},
        "MMR012002": {"MMR012001", "MMR012003"},
        "MMR012003": {"MMR012002"},
    }
