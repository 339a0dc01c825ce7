"""Trust on the command line and in packages from before its columns came."""

from __future__ import annotations

import csv
import dataclasses
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
from mapper import pipeline, records, review, terms

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


def test_the_gate_and_the_release_behind_it(mapper: Callable[..., str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "geodata", tmp_path / "package"))
    out = ("--out", tmp_path / "releases")
    refused = mapper("release", "1.0", folder, *out, code=2)
    assert "Nobody has answered, of this state of the package: harm" in refused
    said = mapper("check", "--publish", folder, "--answer", "harm=nobody", "--by", "An editor", code=2)
    assert "Not ready to be published: public, together, people, delay, takedown" in said
    rest = [
        part for name in ("public", "together", "people", "delay", "takedown") for part in ("--answer", f"{name}=so")
    ]
    assert "nobody" in mapper("check", "--publish", folder, *rest, "--by", "An editor", "--on", "2026-12-01")
    rows = json.loads(mapper("check", "--publish", folder, "--format", "json"))
    assert [(row["rule"], row["count"]) for row in rows if row["kind"] == "withheld"] == [
        ("licence", 8),
        ("contested", 24),
    ]
    assert [row["by"] for row in rows if row["kind"] == "question"] == ["An editor"] * 6
    assert "the first release, 0 townships told anew" in mapper("release", "1.0", folder, *out)
    assert "Nothing." in mapper("release", "1.1", folder, *out, "--dry-run")
    assert "--answer belongs to --publish" in mapper("check", folder, "--answer", "harm=x", code=2)


def test_the_log_lists_what_was_taken_back_and_writes_it_for_readers(
    mapper: Callable[..., str], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ROOT / "geodata", tmp_path / "package"))
    with (folder / "withdrawals.csv").open("a", encoding="utf-8") as stream:
        stream.write("R0001,2026-11-30,counted from the wrong page\n")
    (row,) = json.loads(mapper("log", folder, "--format", "json"))
    assert (row["day"], row["what"], row["report_id"]) == ("2026-11-30", "withdrawn", "R0001")
    assert json.loads(mapper("log", folder, "--format", "json", "--as-known-on", "2026-11-29")) == []
    assert len(json.loads(mapper("log", folder, "--format", "json", "--recorded", "--township", "MMR012014"))) == 9
    mapper("log", folder, "--out", tmp_path / "readers")
    names = ["corrections.csv", "corrections.html", "corrections.json"]
    assert sorted(path.name for path in (tmp_path / "readers").iterdir()) == names
    assert "counted from the wrong page" in (tmp_path / "readers" / "corrections.html").read_text(encoding="utf-8")


def test_a_public_map_with_mimus_shapes_is_refused_without_the_agreement(
    mapper: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pipeline.check()
    shapes = pipeline.load_boundaries(package)
    theirs = dataclasses.replace(shapes, attribution="Myanmar Information Management Unit (MIMU)")
    monkeypatch.setattr(pipeline, "_prepared", lambda *_, **__: (theirs, None))
    assert "MIMU's, who ask for an agreement" in mapper("build", "--out", tmp_path / "out", code=2)
    assert not (tmp_path / "out").exists()
    assert "Control on" in mapper("build", "--out", tmp_path / "out", "--audience", "internal")


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


def test_each_command_of_the_page_on_trust_is_one_that_there_is(mapper: Callable[..., str]) -> None:
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    told = [line.split("#")[0].split() for line in page.splitlines() if line.startswith("      mapper ")]
    assert len(told) >= 10
    for _, verb, *rest in told:
        helped = mapper(verb, "--help")
        for option in (word for word in rest if word.startswith("--")):
            assert option in helped, (verb, option)
    assert all(f"| `{reason}` | {points} |" in page for reason, points in review.POINTS.items())
    assert all(f"| `{rule}` |" in page for rule in terms.RULES)
