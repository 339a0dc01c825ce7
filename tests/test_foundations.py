"""What holds the project up is in step with itself: dependencies, locks, targets, versions, and what git keeps."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads(PYPROJECT)
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["project"]["optional-dependencies"]["dev"]]

# The names that conda-forge gives to what the rest of the world calls otherwise.
CONDA_NAMES = {"playwright": "playwright-python"}
# What conda users need besides the Python packages.
CONDA_ONLY = {"python", "nodejs", "pip"}
# What conda-forge does not have.
PIP_ONLY = {"icu4py", "myanmartools", "python-myanmar"}
# Import names that differ from the name of the package.
IMPORT_NAMES = {"yaml": "pyyaml", "myanmar": "python-myanmar", "PIL": "pillow", "fontTools": "fonttools"}


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def pins(name: str) -> dict[str, str]:
    """The pinned versions in one requirements file, by canonical name."""
    pinned = [line.split("==") for line in lines(name) if line and not line.startswith(("#", "-r "))]
    return {canonicalize_name(package): version for package, version in pinned}


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "benchmarks/kepler.txt"]
)
def test_a_requirements_file_holds_exact_versions_and_no_address(name: str) -> None:
    for line in lines(name):
        assert re.fullmatch(r"#.*|-r requirements(-dev)?\.txt|[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line), line
        assert "://" not in line


def test_the_runtime_lock_holds_every_runtime_dependency_in_range() -> None:
    pinned = pins("requirements.txt")
    for requirement in RUNTIME:
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_the_dev_lock_adds_every_dev_dependency_in_range_and_repeats_none() -> None:
    assert "-r requirements.txt" in lines("requirements-dev.txt")
    runtime, added = pins("requirements.txt"), pins("requirements-dev.txt")
    for requirement in DEV:
        assert requirement.specifier.contains((runtime | added)[canonicalize_name(requirement.name)]), requirement
    assert not added.keys() & runtime.keys()


def test_the_build_backend_is_pinned_so_that_set_up_downloads_nothing_else() -> None:
    needed = [Requirement(line).name for line in PROJECT["build-system"]["requires"]]
    assert {*needed, "editables"} <= pins("requirements.txt").keys()


@pytest.mark.parametrize("lockfile", ["package-lock.json", "benchmarks/package-lock.json"])
def test_npms_lock_holds_checksums_and_no_address(lockfile: str) -> None:
    lock = json.loads((ROOT / lockfile).read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name
    assert "://" not in json.dumps({name: {**entry, "funding": ""} for name, entry in packages.items()})


def test_npms_lock_is_in_step_with_package_json() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""].get("dependencies") == asked["dependencies"]
    for name, version in asked["dependencies"].items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version


def test_the_conda_environment_is_in_step_with_pyproject() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    *named, by_pip = environment["dependencies"]
    assert {re.split(r"[<>=]", line)[0] for line in by_pip["pip"]} == PIP_ONLY
    conda = {re.split(r"[<>=]", line)[0]: line for line in [*named, *by_pip["pip"]]}
    expected = {CONDA_NAMES.get(r.name, r.name): r for r in [*RUNTIME, *DEV]}
    assert conda.keys() - CONDA_ONLY == expected.keys()
    for name, requirement in expected.items():
        assert conda[name] == f"{name}{requirement.specifier}"
    assert conda["python"] == f"python{PROJECT['project']['requires-python']}"


def test_each_direct_dependency_has_its_reason_behind_it() -> None:
    declared = re.findall(r'^    "([a-z0-9-]+)[<>=~!][^"]*",(.*)$', PYPROJECT, flags=re.MULTILINE)
    assert [name for name, _ in declared] == [r.name for r in [*RUNTIME, *DEV]]
    for name, comment in declared:
        assert re.fullmatch(r" +# .{12,}", comment), f"{name} has no reason"


def test_whatever_the_package_imports_is_a_declared_dependency() -> None:
    allowed = {canonicalize_name(r.name) for r in RUNTIME}
    for path in sorted((ROOT / "mapper").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"mapper"}:
                assert canonicalize_name(IMPORT_NAMES.get(name, name)) in allowed, f"{path.name} imports {name}"


def test_at_most_ten_lint_rules_are_ignored_each_with_its_reason() -> None:
    lint = PROJECT["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]
    assert len(lint["ignore"]) <= 10
    for codes in [lint["ignore"], *lint["per-file-ignores"].values()]:
        for code in codes:
            assert re.search(rf'^    "{code}", +# .{{12,}}$', PYPROJECT, flags=re.MULTILINE), f"{code} has no reason"


def test_types_are_strict_and_warnings_are_errors() -> None:
    assert PROJECT["tool"]["mypy"]["strict"] is True
    assert PROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def test_make_alone_prints_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    printed = subprocess.run(["make", "--silent"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607 - any make will do
    shown = re.findall(r"^  make ([a-z-]+) +\S.{10,}$", printed, flags=re.MULTILINE)
    assert shown == phony.split()
    assert {"map", "test", "lint", "bench", "clean", "help"} <= set(shown)


def test_the_version_to_cite_is_the_version_of_the_package() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"]


def test_the_changelog_begins_with_unreleased_and_keeps_data_apart() -> None:
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (.*)$", log, flags=re.MULTILINE)
    assert releases[0] == "Unreleased"
    assert "### Data" in log.split("\n## ")[1]


def test_the_licences_are_whole_and_named() -> None:
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert "CC BY 4.0" in (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")


def tracked(*patterns: str) -> list[str]:
    """Files that git keeps; a clone is where the project is tested, so a folder that is none fails here."""
    command = ["git", "ls-files", "--", *patterns]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def test_git_keeps_nothing_that_a_run_writes() -> None:
    assert tracked("outputs") == ["outputs/README.md"]
    assert tracked("node_modules", ".venv", "*.egg-info", "*.pyc") == []


def test_git_keeps_no_polygons_that_may_not_be_passed_on() -> None:
    assert tracked("*.shp", "*.gpkg", "*.fgb", "*.kml", "*.kmz", "*.zip", "geodata/*.geojson") == []


def test_each_file_that_a_run_writes_is_explained() -> None:
    page = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
    for name in ("map.html", "control.geojson", "history.geojson", "changes.csv", "summary.csv"):
        assert f"| `{name}` |" in page


def test_source_files_stay_under_300_lines() -> None:
    for name in tracked("*.py", "*.js", "*.css", "*.sh", "Makefile"):
        path = ROOT / name
        if path.is_file():
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, f"{name} is two subjects"
