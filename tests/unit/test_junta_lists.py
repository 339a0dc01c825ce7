"""The junta's own list of martial law: shown from its day on, as far as its source allows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import made
import written
from mapper import publish
from mapper.outputs import junta_lists, record

if TYPE_CHECKING:
    from mapper.tables import Package

DAY = dt.date(2025, 7, 31)


@pytest.fixture
def listed() -> Package:
    rows = [
        ("martial_law_2025", "2025-07-31", "MMR012003", "Town 3", "a-source"),
        ("martial_law_2025", "2025-07-31", "MMR012001", "Town 1", "a-source"),
        ("no_poll_2020", "2020-10-16", "MMR012002", "Town 2", "a-source"),
    ]
    return made.package(junta_lists=pd.DataFrame(rows, columns=["list", "date", "pcode", "township", "source_id"]))


def test_the_townships_of_that_list_alone_with_its_day_and_source(listed: Package) -> None:
    source = record.Numbered()
    source("another")
    found = junta_lists.martial_law(listed, source=source, known_on=None)
    assert found["day"] == (DAY - dt.date(1970, 1, 1)).days
    assert written.ascending(found["townships"]) == [0, 2]
    assert list(source.items)[found["source"]] == "a-source"


@pytest.mark.parametrize(("known_on", "is_there"), [(DAY - dt.timedelta(days=1), False), (DAY, True)])
def test_as_known_before_its_day_there_is_no_list(listed: Package, known_on: dt.date, *, is_there: bool) -> None:
    assert bool(junta_lists.martial_law(listed, source=record.Numbered(), known_on=known_on)) is is_there


def test_without_such_a_list_there_is_nothing_and_no_source_is_named() -> None:
    source = record.Numbered()
    assert junta_lists.martial_law(made.package(), source=source, known_on=None) == {}
    assert source.items == {}


@pytest.mark.parametrize("fields", [{"sensitivity": "restricted"}, {"public_use": False}], ids=str)
def test_a_list_whose_source_may_not_be_published_is_not_in_a_public_output(
    listed: Package, fields: dict[str, object]
) -> None:
    closed = dataclasses.replace(listed, sources={"a-source": made.source(**fields)})
    assert junta_lists.martial_law(publish.public(closed), source=record.Numbered(), known_on=None) == {}
