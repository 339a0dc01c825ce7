"""The made-up country of villages that the page is measured with: sound, and the same every time."""

from __future__ import annotations

import pytest
import shapely

from benchmarks import large
from mapper import control, geo


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "POLYGONS", 400)


def test_its_polygons_are_a_valid_coverage_one_for_each_township() -> None:
    found, package = large.boundaries().townships, large.package()
    assert geo.is_coverage(found.geometry)
    assert list(found.index) == list(package.townships.index) == sorted(set(found.index))
    assert len(found) == 400
    assert not found.geometry.is_empty.any()
    assert package.townships["state_pcode"].nunique() == 18


def test_its_borders_wind_as_borders_do() -> None:
    corners = shapely.get_num_coordinates(large.boundaries().townships.geometry.to_numpy())
    assert 12 <= corners.mean() <= 30


def test_it_is_the_same_every_time() -> None:
    one, other = large.boundaries(), large.boundaries()
    assert shapely.equals_identical(one.townships.geometry.to_numpy(), other.townships.geometry.to_numpy()).all()
    assert large.package().reports == large.package().reports


def test_it_has_sixty_slices_and_a_few_changes_for_each_township() -> None:
    package = large.package()
    timeline = large.timeline(package)
    assert len(timeline.dates) == 60
    statuses = {found.status for found in timeline.slice(timeline.dates[-1]).values()}
    assert set(control.REPORT_STATUSES) <= statuses
    assert 1 <= len(timeline.changes()) / 400 <= 6
