"""What a test may need from its surroundings, and what happens where that is missing.

A test marked `shared` needs the real polygons and files beside the clone, one marked `browser` a Chromium. Where these
are missing the test is skipped with the reason and the run ends with a line that counts them; where the variable CI is
set it fails, since a check that never ran must not look like one that passed.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from mapper.geo import Boundaries
    from mapper.tables import Package

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOT_RUN = "could not run: "

# Deadlines measure the machine; a fixed seed in CI makes a red run repeatable.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)


def in_ci() -> bool:
    return os.environ.get("CI", "").strip().lower() not in {"", "0", "false", "no"}


settings.load_profile("ci" if in_ci() else "local")


def find_chromium() -> Path | None:
    """Ask the script that also installs one, so that both know the same names."""
    script = ROOT / "tools" / "chromium.sh"
    found = subprocess.run([script, "find"], capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) if found.returncode == 0 else None


_CACHE = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
_MISSING = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_MISSING] = {}
    config.stash[_CACHE] = tempfile.TemporaryDirectory(prefix="mapper-tests-")
    # for this process and those it starts: a test never touches what its user keeps
    os.environ["MAPPER_CACHE"] = config.stash[_CACHE].name


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_CACHE].cleanup()


def missing(config: pytest.Config, marker: str) -> str:
    """Why tests with this marker cannot run here, or "" if they can; looked up once per run."""
    known = config.stash[_MISSING]
    if marker not in known:
        if marker == "shared":
            known[marker] = "" if SHARED.is_dir() else "there is no ../shared beside this clone"
        else:
            known[marker] = "" if find_chromium() else "no Chromium was found; `make chromium` says how to get one"
    return known[marker]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in ("shared", "browser"):
        if item.get_closest_marker(marker) is None:
            continue
        reason = missing(item.config, marker)
        if reason and in_ci():
            pytest.fail(NOT_RUN + reason, pytrace=False)
        if reason:
            pytest.skip(NOT_RUN + reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple) and NOT_RUN in report.longrepr[2]:
            reasons[report.longrepr[2].partition(NOT_RUN)[2]] += 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} {'test' if count == 1 else 'tests'} {NOT_RUN}{reason}", yellow=True)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Give the folder of real polygons and files; for tests marked `shared`."""
    if not SHARED.is_dir():
        pytest.fail("this test uses shared_dir but is not marked `shared`", pytrace=False)
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the path of a Chromium that starts; for tests marked `browser`."""
    found = find_chromium()
    if found is None:
        pytest.fail("this test uses chromium but is not marked `browser`", pytrace=False)
    return found


@pytest.fixture(scope="session")
def real(shared_dir: Path) -> tuple[Package, Boundaries]:
    """Give the embedded package with the real polygons; for tests marked `shared`."""
    from mapper import pipeline  # noqa: PLC0415 -- slow to import, and few tests need it

    package = pipeline.open_package()
    own_eyes = pipeline.open_package(audience="internal")  # the shapes are MIMU's
    return package, pipeline.load_boundaries(own_eyes, shared_dir / "boundaries" / "mimu_adm3_v93.zip")
