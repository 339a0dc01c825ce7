"""Trust on the command line and in packages from before its columns came."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapper import __main__ as command_line
from mapper import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def mapper(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run the command line; give what it prints, and its error after that."""

    def run(*arguments: str | Path, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["mapper", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        captured = capsys.readouterr()
        assert (stopped.value.code or 0) == code, captured.err
        return captured.out + captured.err

    return run


def test_why_says_what_the_sourcing_rule_does_and_what_would_be_without_it(mapper: Callable[..., str]) -> None:
    found = mapper("why", "MMR012014", "--on", "2025-01-31")
    assert "rule        claim: a party claims it for itself" in found
    assert "without that rule: Ethnic armed organisation: AA, reported" in found
    without = mapper("why", "MMR012014", "--on", "2025-01-31", "--sourcing", "all")
    assert "status      Ethnic armed organisation: AA" in without
    assert "with that rule: Contested: AA, SAC, reported" in without


def test_diff_and_stats_can_do_without_the_rule(mapper: Callable[..., str]) -> None:
    strict = json.loads(mapper("stats", "--format", "json"))
    every = json.loads(mapper("stats", "--format", "json", "--sourcing", "all"))

    def townships(rows: list[dict[str, object]], key: str) -> object:
        return next(row["townships"] for row in rows if (row["by"], row["key"]) == ("status", key))

    assert (townships(strict, "eao"), townships(every, "eao")) == (42, 43)
    days = ("diff", "2024-12-19", "2024-12-21", "--format", "json")
    ann = {rule: json.loads(mapper(*days, "--sourcing", rule)) for rule in ("strict", "all")}
    assert "Ann" not in {row["township"] for row in ann["strict"]}
    assert "Ann" in {row["township"] for row in ann["all"]}


def test_a_package_without_the_optional_columns_loads(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "geodata", tmp_path / "package")
    for name, columns in {
        "sources": ["form"],
        "control_reports": ["supersedes", "supersedes_why"],
        "displacement": ["recorded_on"],
        "refugees": ["recorded_on"],
        "movements": ["recorded_on"],
    }.items():
        without(folder / f"{name}.csv", columns)
    assert pipeline.open_package(folder).sources["afp-mirror-2024-12"].form == "page"


def without(file: Path, columns: list[str]) -> None:
    """Leave columns out of a table, as in a package from before they came."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [{key: value for key, value in row.items() if key not in columns} for row in csv.DictReader(stream)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
