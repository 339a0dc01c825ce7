"""What is made for internal eyes says so on its face, whatever it is; what is made for the public does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mapper import embedding, exporting, pipeline
from mapper.outputs import corrections, words

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.terms import Audience

SAID = words.load("en").words["foot.internal"]
AUDIENCES: list[tuple[Audience, bool]] = [("internal", True), ("public", False)]


@pytest.mark.parametrize(("audience", "says"), AUDIENCES)
def test_each_page_of_a_build_says_whom_it_is_for(tmp_path: Path, audience: Audience, *, says: bool) -> None:
    pipeline.build(out=tmp_path, audience=audience)
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert page.count(SAID) == 2 * says, "once for who has no script, once for the script to show"
    caveats = json.loads((tmp_path / "control.geojson").read_bytes())["metadata"]["caveats"]
    assert (SAID in caveats) is says


@pytest.mark.parametrize(("audience", "says"), AUDIENCES)
def test_an_export_and_its_sidecar_say_it(tmp_path: Path, audience: Audience, *, says: bool) -> None:
    exporting.export("csv", out=tmp_path, audience=audience)
    told = next(tmp_path.glob("*.metadata.json")).read_text(encoding="utf-8")
    assert (SAID in told) is says


@pytest.mark.parametrize(("audience", "says"), AUDIENCES)
def test_captions_and_pages_of_an_embed_say_it(tmp_path: Path, audience: Audience, *, says: bool) -> None:
    embedding.embed(out=tmp_path, audience=audience)
    telling = [file.name for file in tmp_path.iterdir() if file.suffix in {".html", ".txt"}]
    assert {"embed.html", "index.html"} <= set(telling)
    pages = {name: SAID in (tmp_path / name).read_text(encoding="utf-8") for name in ("embed.html", "index.html")}
    assert pages == dict.fromkeys(pages, says)


@pytest.mark.parametrize(("audience", "says"), AUDIENCES)
def test_a_page_of_corrections_says_it(audience: Audience, *, says: bool) -> None:
    package = pipeline.open_package(audience=audience)
    assert (SAID.encode() in corrections.to_html([], package, known_on=package.known_on)) is says
