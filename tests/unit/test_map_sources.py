"""A map as a source is marked as one, where the table of sources has a column for it: a rule rests on that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import drawing
from drawing import GWA, feature, geojson, kml, placemark
from mapper.intake import asked, book, importing, kinds_shapes, planner, ready
from mapper.matching import points
from mapper.sources import townships

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAYS = {"status": "eao", "holder": "AA", "date": "2024-12-29"}


def _map(folder: Path) -> Path:
    return geojson(folder / "a.geojson", feature(GWA, **SAYS))


def _pages_on_a_map(folder: Path) -> Path:
    return geojson(folder / "a.geojson", feature(GWA, **SAYS, url="https://paper.example/1"))


def _my_map(folder: Path) -> Path:
    (folder / "a.kml").write_text(kml(placemark("Gwa - AA - 2024/12/29", GWA)), encoding="utf-8")
    return folder / "a.kml"


def _slice(folder: Path) -> Path:
    text = "#adm3+code,#date,#status+control,#group+holders,#status+rule\nMMR012017,2024-12-29,eao,AA,x\n"
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return folder / "a.csv"


def _reports(folder: Path) -> Path:
    text = "#adm3+code,#date,#status+control,#group+holders,#meta+source\nMMR012017,2024-12-29,eao,AA,A Paper\n"
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return folder / "a.csv"


@pytest.mark.parametrize(
    ("kind", "make", "form"),
    [
        (kinds_shapes.any_shapes, _map, "map"),
        (kinds_shapes.any_shapes, _pages_on_a_map, "map"),
        (kinds_shapes.my_maps, _my_map, "map"),
        (kinds_shapes.hxl_table, _slice, "map"),
        (kinds_shapes.hxl_table, _reports, ""),
    ],
)
def test_what_rests_on_a_map_says_so(
    tmp_path: Path, kind: Callable[..., ready.Ready], make: Callable[[Path], Path], form: str
) -> None:
    own = book.Book(drawing.package(tmp_path))
    fields = own.schemas["sources"]["fields"]
    if "form" not in [column["name"] for column in fields]:
        fields.append({"name": "form", "type": "string", "constraints": {"enum": ["page", "map"]}})
    read = townships.read_boundaries(tmp_path / "townships.gpkg", ["MMR012017", "MMR008009"])
    given = planner.Given("2026-01-31", points.areas(read), {"sensitivity": "public"})
    wish = asked.Asked(make(tmp_path), "2026-01-31", tmp_path, {"sensitivity": "public"})
    (plan,) = importing.plan(kind(wish, own, given).task, own)
    assert plan.counts["new"] == 1
    importing.apply(plan, own, planner.untold)
    (source,) = own.table("sources").added
    assert source.get("form", "") == form
    assert source["url"] == ""
