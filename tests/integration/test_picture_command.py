"""``mapper picture`` as its user meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


def picture(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper", "picture", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=180)


def test_a_map_is_written_in_each_format_under_a_name_that_says_what_it_is(tmp_path: Path) -> None:
    run = picture(
        "map",
        "--on",
        "2025-01-31",
        "--lang",
        "my",
        "--dark",
        "--dpi",
        "96",
        "--format",
        "png,svg,pdf",
        "--out",
        tmp_path,
    )
    assert run.returncode == 0, run.stderr
    names = [f"map-2025-01-31-my-dark.{form}" for form in ("pdf", "png", "svg")]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    with Image.open(tmp_path / names[1]) as image:
        assert image.size == (600, 750)
    assert (tmp_path / names[0]).read_bytes().startswith(b"%PDF")
    assert all(str(tmp_path / name) in run.stdout for name in names)
    assert "၂၀၂၅ ခုနှစ် ဇန်နဝါရီ ၃၁ ရက်" in run.stdout
    assert run.stderr.splitlines()[0] == "preparing township boundaries"


def test_an_animation_comes_with_its_poster_and_keeps_to_its_bytes(tmp_path: Path) -> None:
    run = picture(
        "animation",
        "--start",
        "2025-08-31",
        "--dpi",
        "72",
        "--format",
        "mp4,webp,gif",
        "--max-bytes",
        "400000",
        "--out",
        tmp_path,
    )
    assert run.returncode == 0, run.stderr
    files = {path.suffix: path.stat().st_size for path in tmp_path.iterdir()}
    assert files.keys() == {".mp4", ".webp", ".gif", ".png"}
    assert max(files[form] for form in (".mp4", ".webp", ".gif")) <= 400_000
    assert "drawing 2025" in run.stderr


def test_a_dry_run_says_what_would_be_written_and_replaced_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pair-2023-12-31-2024-12-31-en-story.png").write_text("old")
    arguments = ("pair", "--on", "2024-12-31", "--before", "2023-12-31", "--size", "story", "--format", "png,pdf")
    run = picture(*arguments, "--dry-run", "--out", tmp_path)
    assert run.returncode == 0
    first, second = run.stdout.splitlines()
    assert first.endswith("pair-2023-12-31-2024-12-31-en-story.png, which is there and would be replaced.")
    assert second.endswith("pair-2023-12-31-2024-12-31-en-story.pdf.")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["map", "--format", "gif"], "'gif' is no format of a still picture; choose from png, svg, pdf"),
        (["animation", "--format", "svg"], "'svg' is no format of an animation; choose from mp4, webp, gif"),
        (["chart", "--on", "2024-01-31"], "--on names one day; chart goes from --start to --end"),
        (["map", "--on", "2024-01-31", "--on", "2025-01-31"], "--on is given 2 times; only a sheet shows several days"),
        (["map", "--before", "2024-01-31"], "--before is the earlier day of a pair; map has none"),
        (["map", "--max-bytes", "5"], "--max-bytes is how many bytes an animation may have"),
        (["pair", "--on", "2024-01-31", "--before", "2025-01-31"], "turn them round"),
        (["displacement", "--basis", "camps"], "no basis of displacement figures"),
        (["map", "--lang", "fr"], "choose one of en, my, th, id, ms"),
        (["map", "--dpi", "7"], "7 dpi is not between 36 and"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_leaves_nothing(arguments: list[str], problem: str, tmp_path: Path) -> None:
    run = picture(*arguments, "--out", tmp_path / "new")
    assert run.returncode == 2
    assert problem in run.stderr
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.glob("**/*.*"))


def test_the_help_states_sizes_and_formats_and_keeps_its_examples_whole() -> None:
    said = picture("--help").stdout
    flat = " ".join(said.split())
    assert (
        "article is 1200 x 1500 pixels, square 1080 x 1080, story 1080 x 1920, print-a4 210 x 297 mm at 300 dpi" in flat
    )
    assert "    mapper picture chart --by people --dark\n" in said
    assert "mp4 (H.264)" in flat
