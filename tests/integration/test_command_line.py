"""The command line as a user meets it: what it prints, what it writes, how it fails."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.outputs.pictures import draw

ROOT = Path(__file__).resolve().parents[2]
FILES = ["changes.csv", "control.geojson", "history.geojson", "map.html", "summary.csv"]


def mapper(
    *arguments: str | Path, env: dict[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, as a user does; `env` stands alone, but for where tests keep things."""
    command = [sys.executable, "-m", "mapper", *map(str, arguments)]
    given = None if env is None else {"MAPPER_CACHE": os.environ["MAPPER_CACHE"], **env}
    return subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, check=False, timeout=120, **options
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = tmp_path_factory.mktemp("built")
    return mapper("build", "--out", out), out


def test_build_writes_its_five_files_and_nothing_else(built: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    run, out = built
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in out.iterdir()) == FILES


def test_build_ends_with_the_latest_slice_what_is_assumed_and_where_the_files_are(
    built: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    run, out = built
    assert "Control on 2026-02-28, from 1180 reports:" in run.stdout
    assert "of them assumed, not reported" in run.stdout
    for name in FILES:
        assert str(out / name) in run.stdout


def test_build_prints_plain_lines_where_there_is_no_terminal(
    built: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    run, _ = built
    assert run.stderr.splitlines()[0] == "reading the data package"
    assert "\x1b" not in run.stdout + run.stderr


def test_a_build_without_cache_keeps_nothing_and_gives_the_same_bytes(
    built: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    _, out = built
    run = mapper("build", "--no-cache", "--out", tmp_path / "out", env={"MAPPER_CACHE": str(tmp_path / "kept")})
    assert run.returncode == 0, run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (out / name).read_bytes(), name


def test_the_help_says_where_boundaries_are_kept() -> None:
    said = " ".join(mapper("build", "--help", env={"COLUMNS": "200"}).stdout.split())
    assert "~/.cache/mapper" in said
    assert "MAPPER_CACHE" in said


def test_two_builds_of_the_same_input_give_the_same_bytes(
    built: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    _, out = built
    again = mapper("build", "--out", tmp_path, env={"PYTHONHASHSEED": "7", "TZ": "Asia/Yangon", "LC_ALL": "C"})
    assert again.returncode == 0, again.stderr
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes(), name


def test_the_history_has_61_slices_in_the_sums(built: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, out = built
    rows = list(csv.DictReader(io.StringIO((out / "summary.csv").read_text(encoding="utf-8"))))
    dates = sorted({row["date"] for row in rows})
    assert (len(dates), dates[0], dates[-1]) == (61, "2021-02-28", "2026-02-28")
    for date in dates:
        assert sum(int(row["townships"]) for row in rows if row["date"] == date and row["by"] == "status") == 330


def test_before_anything_was_recorded_nothing_was_known(tmp_path: Path) -> None:
    run = mapper("build", "--as-known-on", "2026-11-22", "--end", "2022-02-28", "--every", "quarter", "--out", tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Junta                      330 townships, 330 of them assumed, not reported" in run.stdout
    collection = json.loads((tmp_path / "control.geojson").read_text(encoding="utf-8"))
    assert collection["metadata"]["as_known_on"] == "2026-11-22"


def test_why_names_the_rule_and_every_report() -> None:
    run = mapper("why", "MMR012017", "--on", "2025-01-31")
    assert run.returncode == 0, run.stderr
    assert "Gwa (MMR012017), Rakhine, on 2025-01-31" in run.stdout
    assert "Ethnic armed organisation: AA (Arakan Army)" in run.stdout
    assert "rule        " in run.stdout
    assert "+ R0" in run.stdout
    assert "https://" in run.stdout


def test_why_takes_a_name_and_asks_where_there_are_two() -> None:
    assert "Gwa (MMR012017)" in mapper("why", "gwa").stdout
    run = mapper("why", "Minhla")
    assert run.returncode == 2
    assert "is the name of several townships: MMR008" in run.stderr


def test_why_refuses_a_township_that_does_not_exist() -> None:
    run = mapper("why", "MMR999999")
    assert (run.returncode, run.stdout) == (2, "")
    assert "is no township of this package" in run.stderr


def test_stats_prints_a_table_csv_or_json() -> None:
    assert "Control on 2026-02-28" in mapper("stats").stdout
    rows = list(csv.DictReader(io.StringIO(mapper("stats", "--on", "2025-11-07", "--format", "csv").stdout)))
    assert sum(int(row["townships"]) for row in rows if row["by"] == "status") == 330
    assert {row["date"] for row in rows} == {"2025-11-07"}
    assert json.loads(mapper("stats", "--format", "json").stdout)[0]["by"] == "status"


def test_stats_holds_ours_beside_theirs() -> None:
    run = mapper("stats", "--against", "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(run.stdout))}
    assert len(rows) == 50
    named = rows["A43"]
    assert (named["publisher"], named["unit"], named["theirs"]) == ("The Irrawaddy", "townships", "14")
    assert float(named["ours"]) - 14 == float(named["difference"])
    assert rows["A13"]["ours"] == "", "towns are not townships"


def test_diff_lists_what_differs_between_two_dates() -> None:
    run = mapper("diff", "2024-12-28", "2024-12-29", "--format", "json")
    assert run.returncode == 0, run.stderr
    changes = {row["township"]: row for row in json.loads(run.stdout)}
    assert (changes["Gwa"]["to_status"], changes["Gwa"]["to_holders"]) == ("eao", "AA")


def test_diff_refuses_dates_the_wrong_way_round() -> None:
    run = mapper("diff", "2025-01-31", "2024-01-31")
    assert run.returncode == 2
    assert "turn them round" in run.stderr


@pytest.mark.parametrize("text", ["2024-13-01", "soon", "31/01/2025", "", "9999-12-31", "2025-01"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    run = mapper("why", "MMR012017", "--on", text)
    assert run.returncode == 2
    assert "is not a date; write YYYY-MM-DD" in " ".join(run.stderr.replace("│", " ").split())


def test_check_says_that_the_embedded_package_is_sound() -> None:
    run = mapper("check")
    assert run.returncode == 0, run.stderr
    assert "no faults" in run.stdout
    assert "1180 reports on 193 of 330 townships" in run.stdout


def test_a_bare_call_and_every_command_explain_themselves() -> None:
    assert "build" in mapper("--help").stdout
    for command in ("build", "check", "why", "stats", "diff"):
        assert mapper(command, "--help").returncode == 0


def test_stats_refuses_options_that_contradict_each_other() -> None:
    run = mapper("stats", "--all", "--on", "2025-01-31")
    assert run.returncode == 2
    assert "give one of them" in run.stderr


def test_what_was_known_on_a_day_ends_with_it(tmp_path: Path) -> None:
    run = mapper("build", "--as-known-on", "2023-01-01", "--out", tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Control on 2023-01-31, from 0 reports:" in run.stdout


def test_a_terminal_that_takes_no_more_is_told_in_a_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "mapper", "stats", "--format", "csv"]
        run = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120
        )
    assert run.returncode != 0
    assert "Traceback" not in run.stderr


def test_a_name_longer_than_the_system_takes_is_told() -> None:
    run = mapper("build", "--boundaries", "x" * 400 + ".shp")
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def _filled(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(f"what stood in {name}", encoding="utf-8")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _now(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_disk_that_fills_up_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = _filled(out)

    def no_file_over_100_kb() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    run = mapper("build", "--out", out, preexec_fn=no_file_over_100_kb)
    assert run.returncode == 2
    assert "nothing could be written there" in run.stderr
    assert "Traceback" not in run.stderr
    assert _now(out) == before


def test_ctrl_c_half_way_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = _filled(out)
    command = [sys.executable, "-m", "mapper", "build", "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        while "drawing the map" not in run.stderr.readline():
            assert run.poll() is None, "it ended before it drew"
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Stopped. Nothing is half written" in said
    assert "Traceback" not in said
    assert _now(out) == before


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    run = mapper("build", "--out", file)
    assert run.returncode == 2
    assert "nothing could be written there" in run.stderr
    assert file.read_text(encoding="utf-8") == "mine"


def test_an_output_that_is_a_folder_is_refused_before_anything_moves(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _filled(out)
    (out / "summary.csv").unlink()
    (out / "summary.csv").mkdir()
    run = mapper("build", "--out", out)
    assert run.returncode == 2
    assert "summary.csv is a folder" in run.stderr
    assert (out / "changes.csv").read_text(encoding="utf-8") == "what stood in changes.csv"
    assert sorted(path.name for path in out.iterdir()) == FILES


def test_with_all_it_also_writes_an_embed_and_pictures(tmp_path: Path) -> None:
    run = mapper("build", "--all", "--every", "quarter", "--start", "2024-06-30", "--out", tmp_path)
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FILES, "embed", "pictures"])
    assert {"index.html", "embed.html", "snippet.html"} <= {path.name for path in (tmp_path / "embed").iterdir()}
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == set(draw.STANDARD)
    assert f"{tmp_path / 'pictures' / 'animation.mp4'}  " in run.stdout
