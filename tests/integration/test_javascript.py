"""The page's scripts, tested without a page: by node's own test runner, with facts that Python hands over."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import checkered
import made
from mapper.outputs import forms, payload, record, style

if TYPE_CHECKING:
    from mapper.control import Assessment, Report
    from mapper.timeline import Change

TESTS = sorted((Path(__file__).resolve().parents[1] / "js").glob("*.test.js"))


def said(found: Assessment, reports: dict[str, Report]) -> dict[str, Any]:
    return {
        "class": style.class_of(found),
        "status": found.status,
        "holders": list(found.holders),
        "confidence": found.confidence,
        "basis": found.basis,
        "rule": found.rule,
        "disputed": found.disputed,
        "stale": found.stale,
        "since": record.day_number(found.since),
        "confirmed": record.day_number(found.last_confirmed),
        "firm": found.firm_status or "",
        "reports": [reports[name].finding for name in found.report_ids],
    }


def differing(change: Change, number: dict[str, int], reports: dict[str, Report]) -> list[Any]:
    findings = sorted(reports[name].finding for name in change.report_ids)
    return [number[change.pcode], change.what, findings]


def more_reports() -> list[Report]:
    """Give townships of which at some dates only the holders differ, or only that reports disagree."""
    holders, disputed = checkered.PCODES[25], checkered.PCODES[26]
    rows = [
        ("2021-04-10", "eao", {"pcode": holders, "holders": ("AA",)}),
        ("2021-09-10", "eao", {"pcode": holders, "holders": ("KIA",)}),
        ("2021-04-11", "contested", {"pcode": disputed}),
        ("2021-08-11", "eao", {"pcode": disputed}),
        ("2021-08-12", "junta", {"pcode": disputed}),
    ]
    return [made.report(day, status, report_id=f"X{day}", finding=f"more {day}", **f) for day, status, f in rows]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the made-up country as the page gets it, and what Python knows of it."""
    package = checkered.package(reports=(*checkered.package().reports, *more_reports()))
    slices = checkered.slices(package)
    pairs = list(itertools.combinations(range(len(slices.dates)), 2))
    between = [slices.between(slices.dates[one], slices.dates[two]) for one, two in pairs]
    assert {change.what for found in between for change in found} == set(payload.CHANGES)
    number = {pcode: i for i, pcode in enumerate(sorted(slices.stretches))}
    by_id = {report.report_id: report for report in package.reports}
    own = [
        sorted((r for r in package.reports if r.pcode == pcode), key=lambda r: (r.speaks_from, r.report_id))
        for pcode in sorted(package.townships.index)
    ]
    data = {
        "payload": payload.payload(slices, checkered.boundaries(), package),
        "silent": list(forms.WHOLE.silent),
        "slices": [[said(one, by_id) for one in found.values()] for _, found in slices.slices()],
        "names": [list(row) for row in package.townships.sort_index()[["name_en", "name_my"]].to_numpy()],
        "reports": [[[record.day_number(r.date), r.finding] for r in found] for found in own],
        "between": [
            [*pair, sorted(differing(change, number, by_id) for change in found)]
            for pair, found in zip(pairs, between, strict=True)
        ],
    }
    path = tmp_path_factory.mktemp("facts") / "facts.json"
    path.write_text(payload.to_json(data), encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["names"][0][0] == "Town 1"
    return path


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    assert found, "node is missing: it comes with npm, which set-up needs as well (on Debian: apt-get install nodejs)"
    return found


def test_there_is_something_to_run() -> None:
    assert len(TESTS) >= 8


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_the_scripts_of_the_page_pass_their_own_tests(path: Path, node: str, facts: Path) -> None:
    environment = {**os.environ, "MAPPER_FACTS": str(facts), "TZ": "America/Los_Angeles"}
    command = [node, "--test", path]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 0\n" not in done.stdout
