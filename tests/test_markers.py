"""A test that cannot run says so: skipped and counted locally, failed in CI. Held on a copy of conftest.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

TESTS = """
import pytest

@pytest.mark.shared
def test_polygons(shared_dir):
    assert shared_dir.name == "shared"

@pytest.mark.browser
def test_page(chromium):
    assert chromium.exists()

@pytest.mark.browser
def test_second_page(chromium):
    assert chromium.exists()

def test_plain():
    pass
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Make a clone without ../shared that holds four tests."""
    root = tmp_path / "main"
    (root / "tests").mkdir(parents=True)
    (root / "tools").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", root / "tests")
    shutil.copy(ROOT / "tools" / "chromium.sh", root / "tools")
    (root / "tests" / "test_needs.py").write_text(TESTS, encoding="utf-8")
    (root / "pytest.ini").write_text("[pytest]\nmarkers =\n  shared\n  browser\n", encoding="utf-8")
    return root


def run(root: Path, *, ci: str, chromium: str) -> tuple[int, str]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no"]
    ran = subprocess.run(
        command, cwd=root, env=environ | {"CI": ci, "CHROMIUM": chromium}, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout


@pytest.mark.parametrize("ci", ["", "0", "false"])
def test_locally_what_is_missing_is_skipped_counted_and_explained(clone: Path, ci: str) -> None:
    code, out = run(clone, ci=ci, chromium="/nonexistent")
    assert code == 0
    assert "1 passed, 3 skipped" in out
    assert "1 test could not run: there is no ../shared beside this clone" in out
    assert "2 tests could not run: no Chromium was found" in out


@pytest.mark.parametrize("ci", ["true", "1"])
def test_in_ci_what_is_missing_fails(clone: Path, ci: str) -> None:
    code, out = run(clone, ci=ci, chromium="/nonexistent")
    assert code == 1
    assert "1 passed, 3 errors" in out
    assert "could not run: there is no ../shared beside this clone" in out


def test_what_is_there_is_used(clone: Path) -> None:
    (clone.parent / "shared").mkdir()
    # any program that answers --version will do: the path is found, not the browser judged
    code, out = run(clone, ci="true", chromium=sys.executable)
    assert code == 0
    assert "4 passed" in out
    assert "could not run" not in out


def test_a_fixture_without_its_marker_fails_and_names_the_marker(clone: Path) -> None:
    (clone / "tests" / "test_needs.py").write_text("def test_page(chromium): pass\n", encoding="utf-8")
    code, out = run(clone, ci="", chromium="/nonexistent")
    assert code == 1
    assert "not marked `browser`" in out
