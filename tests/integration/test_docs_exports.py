"""The page on exports says what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from mapper import __main__
from mapper.outputs.exports import formats, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def commands() -> Iterator[list[str]]:
    """Give the commands of the page, as far as their formats are there."""
    (block,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines():
        program, *words = line.partition("#")[0].split()
        assert program == "mapper"
        yield words


@pytest.mark.parametrize("words", [one for one in commands() if len(one) > 1], ids=" ".join)
def test_each_command_of_the_page_runs(words: list[str]) -> None:
    if words[1] not in {one.name for one in formats.FORMATS}:
        words = [words[0], "geojson", *words[2:]]
    done = CliRunner().invoke(__main__.command_line(), [*words, "--dry-run"])
    assert done.exit_code == 0, done.output


def test_the_lines_of_python_print_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (promised,) = re.findall(r"^# (.*)$", block, re.MULTILINE)
    exec(block, {})  # noqa: S102 -- our own page
    assert capsys.readouterr().out.strip() == promised


def test_every_format_and_subject_is_on_the_page() -> None:
    for name in [one.name for one in formats.FORMATS] + list(subjects.SUBJECTS):
        assert f"`{name}`" in PAGE


def test_formats_with_a_choice_of_system_are_those_of_the_page() -> None:
    (told,) = re.findall(r"\| `--crs EPSG:32647` \| another reference system, for (.*?);", PAGE)
    assert re.findall(r"`(\w+)`", told) == [one.name for one in formats.FORMATS if one.any_crs]
