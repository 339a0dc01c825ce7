"""Data packages and boundaries that tests of several verbs begin with."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import cli
import feeds
import published
from mapper.sources import fetching

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new package on Myanmar, which no test changes; see ``own``."""
    place = tmp_path_factory.mktemp("fresh") / "own"
    assert cli.run("new", place, "--title", "Own map", "--at", "2026-01-01").code == 0
    return place


@pytest.fixture
def own(fresh: Path, tmp_path: Path) -> Path:
    """A package to change: a copy of what the module calls fresh."""
    return shutil.copytree(fresh, tmp_path / "own")


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package of three townships, and their polygons, as files of feeds are taken in with."""
    return feeds.package(tmp_path_factory.mktemp("three"))


@pytest.fixture(scope="module")
def drawn() -> published.Polygons:
    """The schematic townships, which need nothing beside the clone."""
    return published.schematic()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no server, and know no user."""
    monkeypatch.setattr(fetching, "WAITS", (0.0,))
    monkeypatch.delenv("MAPPER_BY", raising=False)
