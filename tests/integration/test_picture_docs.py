"""What the page on pictures shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mapper.__main__ import command_line
from mapper.outputs.pictures import sizes

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "pictures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", re.findall(r"^    mapper (picture .*)$", PAGE, re.MULTILINE))
def test_a_command_of_the_page_is_one_that_can_be_given(line: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(command_line(), [*shlex.split(line), "--dry-run", "--out", str(tmp_path)])
    assert run.exit_code == 0, run.output
    assert f"Would write {tmp_path}" in run.output


def test_the_sizes_of_the_page_are_those_there_are() -> None:
    assert dict(re.findall(r"^\| `([\w-]+)` \| ([^|]*pixels) \|", PAGE, re.MULTILINE)) == {
        name: size.says for name, size in sizes.SIZES.items()
    }


def test_the_lines_of_python_print_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (promised,) = re.findall(r"^# (.*)$", block, re.MULTILINE)
    exec(block, {})  # noqa: S102 -- our own page
    assert capsys.readouterr().out.strip() == promised
