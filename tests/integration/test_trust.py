"""Trust on the command line and in packages from before its columns came."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import exported
import made
from mapper import __main__ as command_line
from mapper import pipeline, records

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


@pytest.mark.parametrize(("known_on", "superseded_by"), [("2024-06-30", ""), ("2024-07-01", "R2")])
def test_an_export_says_which_record_corrects_a_report_from_the_day_of_that_record(
    known_on: str, superseded_by: str
) -> None:
    old = made.report("2024-03-20", "eao", report_id="R1", pcode="MMR012002", recorded_on=dt.date(2024, 6, 1))
    new = made.report(
        "2024-03-20", "junta", report_id="R2", pcode="MMR012002", recorded_on=dt.date(2024, 7, 1), supersedes="R1"
    )
    package = made.package(*records.corrected([old, new]))
    found = exported.export("csv", "reports", package, known_on=dt.date.fromisoformat(known_on))
    told = {row["report_id"]: row["superseded_by"] for row in found.layers[0].rows()}
    assert told["R1"] == superseded_by


@pytest.mark.parametrize(("side", "status", "claimed"), [("eao", "contested", True), ("", "eao", False)])
def test_an_export_says_which_contests_are_a_partys_claim(side: str, status: str, *, claimed: bool) -> None:
    report = made.report("2024-03-20", "eao", report_id="R1", pcode="MMR012002", claimant_side=side)
    found = exported.export("csv", "slice", made.package(report), on=exported.LAST)
    row = next(row for row in found.layers[0].rows() if row["pcode"] == "MMR012002")
    assert (row["status"], row["claimed"]) == (status, claimed)


def test_the_built_geojson_names_the_rule_that_it_was_made_by(tmp_path: Path) -> None:
    pipeline.build(out=tmp_path, sourcing="all")
    told = json.loads((tmp_path / "control.geojson").read_bytes())
    assert told["metadata"]["sourcing"] == "all"
    assert not any(feature["properties"]["claimed"] for feature in told["features"])
