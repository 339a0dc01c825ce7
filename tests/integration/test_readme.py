"""What the front page shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import folium

import mapper
from mapper import control, pipeline

if TYPE_CHECKING:
    import pytest

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_lines_of_python_print_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (promised,) = re.findall(r"^# (.*)$", block, re.MULTILINE)
    exec(block, {})  # noqa: S102 -- our own front page
    assert capsys.readouterr().out.strip() == promised


def test_the_map_is_a_folium_map_that_shows_itself_in_a_notebook() -> None:
    package = mapper.open_package()
    drawn = mapper.control_map(mapper.make_timeline(package), mapper.load_boundaries(package), package)
    assert isinstance(drawn, folium.Map)
    assert "srcdoc" in drawn._repr_html_()


def test_the_latest_slice_on_the_front_page_is_the_one_that_a_run_prints() -> None:
    package = pipeline.open_package()
    timeline = pipeline.make_timeline(package)
    found = timeline.slice(timeline.dates[-1]).values()
    lines = dict(re.findall(r"^      (\S.*?)\s{2,}(\d+) townships", README, re.MULTILINE))
    counts = {name: sum(one.status == status for one in found) for status, name in control.STATUS_LABELS.items()}
    assert {name: int(count) for name, count in lines.items()} == {
        name: count for name, count in counts.items() if count
    }
