"""Displaced people in a picture: the figures of the page, as rounded and withheld as there."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pandas as pd
import pytest

import checkered
import drawn
import written
from mapper import errors, publish
from mapper.outputs import figures, record, words

LAST = dt.date(2026, 2, 28)


def with_figures(*people: int, source: str = "a-source") -> drawn.Parts:
    line, boundaries, _ = drawn.small()
    rows = [
        {
            "date": dt.date(2023, 1, 31),
            "date_precision": "day",
            "level": "township",
            "place": "",
            "note": "",
            "people": count,
            "qualifier": "exact",
            "measure": "idps",
            "basis": "total",
            "source_id": source,
            "pcode": checkered.PCODES[7 * i],
        }
        for i, count in enumerate(people)
    ]
    table = pd.DataFrame(rows, index=pd.Index([f"D{i}" for i in range(len(rows))], name="figure_id"))
    return line, boundaries, checkered.package(displacement=table)


@pytest.mark.parametrize("beyond", [False, True])
def test_the_figures_are_those_of_the_page(beyond: bool) -> None:  # noqa: FBT001
    _, _, package = drawn.embedded()
    side = figures.abroad if beyond else figures.inside
    page = side(package, [LAST], [words.load("en")], source=lambda _: 0)
    found = figures.standing(package, LAST, beyond=beyond)
    assert list(found) == [basis["id"] for basis in page["bases"]]
    rows = [row for basis in found.values() for row in basis]
    assert [[row.level, row.place, row.measure] for row in rows] == [p[:3] for b in page["bases"] for p in b["places"]]
    assert [row.people for row in rows] == page["figures"]["people"]
    assert [str(figures.SAID.index(row.said)) for row in rows] == list(page["figures"]["said"])
    assert [record.day_number(row.date) for row in rows] == written.ascending(page["figures"]["day"])


def test_a_small_count_is_only_said_to_be_small_and_a_large_one_is_rounded() -> None:
    made = drawn.picture("displacement", with_figures(3, 1_234))
    said = " ".join([*drawn.texts(drawn.tree(made)), made.about.description])
    assert "fewer than 5" in said
    assert "1,200" in said
    assert not re.search(r"\b3\b(?! people)", said.replace("31", ""))
    assert "1,234" not in said


def test_a_figure_that_is_not_for_the_public_is_not_drawn() -> None:
    line, boundaries, package = with_figures(5_000)
    secret = dataclasses.replace(package.sources["a-source"], sensitivity="restricted")
    package = dataclasses.replace(package, sources={**package.sources, "a-source": secret})
    with pytest.raises(errors.UsageError, match="the package has none up to that day"):
        drawn.picture("displacement", (line, boundaries, publish.public(package)))


def test_circles_go_by_area_and_old_ones_are_dashed() -> None:
    root = drawn.tree(drawn.picture("displacement", with_figures(40_000, 10_000)))
    paths = [path for path in root.iter(f"{drawn.SVG}path") if "stroke-dasharray" in path.get("style", "")]
    widths = []
    for path in paths:
        x = [float(part) for part in re.findall(r"[-\d.]+", path.get("d", ""))[::2]]
        widths.append(max(x) - min(x))
    largest, second = widths[:2]
    assert largest / second == pytest.approx(2, rel=0.02)


def test_an_unknown_basis_is_refused_with_those_there_are() -> None:
    with pytest.raises(errors.UsageError, match="no basis of displacement figures on 2024-06-30; choose one of total"):
        drawn.picture("displacement", with_figures(100), basis="camps")


def test_each_figure_is_told_in_the_description_with_its_place() -> None:
    made = drawn.picture("displacement", drawn.embedded(), basis="total")
    for row in figures.standing(drawn.embedded()[2], LAST)["total"]:
        assert f"{row.people:,}" in made.about.description
    assert "Sagaing: 1,300,300" in made.about.description
    assert "Bangladesh: 1,178,000 refugees" in made.about.description
