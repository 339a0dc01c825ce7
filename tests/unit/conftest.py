"""A data package that tests of changes begin with."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import changing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of two places, which no test changes; see ``folder``."""
    place = tmp_path_factory.mktemp("fresh") / "package"
    changing.make_package(place)
    return place


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    """A package to change: a copy of what the module calls fresh."""
    return shutil.copytree(fresh, tmp_path / "package")
