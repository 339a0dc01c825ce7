"""Maps and tagged tables of any content: a row refused or one clear message, and every row that is taken is right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import drawing
from drawing import GWA, MINHLA, feature, geojson, kml, kmz, layer, placemark
from mapper import errors, tables
from mapper.intake import asked, book, importing, kinds_shapes, planner, ready
from mapper.matching import points
from mapper.sources import townships

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapper.intake.plan import Plan

SAYS = {"status": "eao", "holder": "AA", "date": "2024-12-29"}
MARK = placemark("Gwa - AA - 2024/12/29", GWA)


class Small:
    """A package of two townships, and how a file is planned into it."""

    def __init__(self, folder: Path) -> None:
        self.book = book.Book(drawing.package(folder))
        read = townships.read_boundaries(folder / "townships.gpkg", ["MMR012017", "MMR008009"])
        self.given = planner.Given("2026-01-31", points.areas(read), {"sensitivity": "public"})
        self.folder = folder

    def plan(self, kind: Callable[..., ready.Ready], file: Path, **said: Any) -> list[Plan]:  # noqa: ANN401 -- as asked
        """Plan an import, and hold what every row that is taken must be."""
        wish = asked.Asked(file, "2026-01-31", self.folder, {"sensitivity": "public"}, **said)
        planned = importing.plan(kind(wish, self.book, self.given).task, self.book)
        actors = {row["actor_id"] for row in self.book.table("actors").rows}
        for plan in planned:
            for row in plan.rows:
                assert bool(row.faults) == (row.outcome == "refused")
                if row.outcome in ("new", "changed"):
                    self._hold(row.cells, actors)
        return planned

    @staticmethod
    def _hold(cells: dict[str, str], actors: set[str]) -> None:
        assert cells["pcode"] in ("MMR012017", "MMR008009")
        assert tables.is_date(cells["date"])
        assert cells["date"] <= "2026-01-31"
        assert not any(text.startswith(("=", "+", "-", "@")) for text in cells.values())
        assert not any(tables.CONTROL_CHARACTERS.search(text) for text in cells.values())
        if "status" in cells:
            assert cells["status"] in ("junta", "contested", "nug", "eao")
            assert set(cells["holders"].split(";")) <= actors
            assert cells["scope"] in ("township", "town", "part")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return Small(tmp_path_factory.mktemp("small"))


words = st.one_of(
    st.sampled_from(
        ["AA", "SAC", "AA;SAC", "AA/SAC", "KIA+PDF", "eao", "2024-12-29", "3/4/2024", "=1", "", "???", "Gwa"]
    ),
    st.text(max_size=8),
)
edges = st.floats(93.5, 96.5).map(lambda number: round(number, 3))
boxes = st.tuples(edges, edges, st.sampled_from([16.9, 17.0, 17.25, 17.5]), st.sampled_from([17.6, 17.75, 18.0, 18.1]))


def share(box: tuple[float, float, float, float], west: float) -> float:
    """How much of a township one degree square a box covers, on the sphere of an equal-area projection."""
    left, right, south, north = max(box[0], west), min(box[1], west + 1), max(box[2], 17.0), min(box[3], 18.0)

    def high(lat: float) -> float:
        """The authalic height of a latitude on WGS 84."""
        e = math.sqrt(0.00669437999014)
        s = math.sin(math.radians(lat))
        return (1 - e * e) * (s / (1 - e * e * s * s) + math.atanh(e * s) / e)

    return max(0.0, right - left) * max(0.0, high(north) - high(south)) / (high(18) - high(17))


@settings(max_examples=25, deadline=None)
@given(
    drawn=st.lists(st.tuples(boxes, words, words), min_size=1, max_size=3),
    known=st.lists(boxes, min_size=1, max_size=2),
)
def test_no_map_breaks_an_import_and_each_township_has_the_share_that_it_has(
    small: Small, drawn: list[tuple[tuple[float, float, float, float], str, str]], known: list[Any]
) -> None:
    # what is known stands on a day of its own for each box, so that its share can be told by hand
    marks = [feature(_box(box), status="", holder="AA", date=f"2024-01-0{n}") for n, box in enumerate(known, start=1)]
    strange = [feature(_box(box), status="", holder=holder, date=date) for box, holder, date in drawn]
    file = geojson(small.folder / "fuzz.geojson", *marks, *strange)
    (plan,) = small.plan(kinds_shapes.any_shapes, file)
    for number, box in enumerate(known, start=1):
        low, high = sorted(box[:2])
        for pcode, west in (("MMR012017", 94.0), ("MMR008009", 95.0)):
            wanted = share((low, high, box[2], box[3]), west)
            scopes = [
                row.cells["scope"] for row in plan.rows if row.number == number and row.cells.get("pcode") == pcode
            ]
            if wanted > 0.9001:
                assert scopes == ["township"]
            elif 0.0501 < wanted < 0.8999:
                assert scopes == ["part"]
            elif wanted == 0:
                assert scopes == []


def _box(box: tuple[float, float, float, float]) -> shapely.Polygon:
    low, high = sorted(box[:2])
    return shapely.box(low, box[2], high, box[3])


@settings(max_examples=30, deadline=None)
@given(names=st.lists(st.tuples(words, words, words), min_size=1, max_size=4), style=words)
def test_no_name_breaks_a_map_of_my_maps(small: Small, names: list[tuple[str, str, str]], style: str) -> None:
    plain = str.maketrans(dict.fromkeys("<&>\r") | {chr(n): None for n in (*range(32), 0xFFFE, 0xFFFF)})
    clean = [" - ".join(parts).translate(plain) for parts in names]
    marks = [placemark(name, GWA if n % 2 else MINHLA, style=style.translate(plain)) for n, name in enumerate(clean)]
    file = small.folder / "fuzz.kml"
    file.write_bytes(kml(*marks).encode("utf-8", "ignore"))
    (plan,) = small.plan(kinds_shapes.my_maps, file)
    assert {row.number for row in plan.rows} == set(range(1, len(names) + 1))


@settings(max_examples=30, deadline=None)
@given(listed=st.lists(st.lists(words, min_size=5, max_size=5), max_size=4))
def test_no_cell_breaks_a_tagged_table(small: Small, listed: list[list[str]]) -> None:
    tags = ["#adm3+name", "#adm1+name", "#date", "#status+control", "#group+holders"]
    rows = [",".join('"' + cell.replace('"', '""').replace("\0", "") + '"' for cell in cells) for cells in listed]
    file = small.folder / "fuzz.csv"
    file.write_bytes("\n".join([",".join(tags), *rows]).encode("utf-8", "ignore"))
    try:
        small.plan(kinds_shapes.hxl_table, file)
    except errors.MapperError as error:
        assert str(error)  # noqa: PT017 -- what is wrong with the file as a whole is told


SEEDS: dict[str, Callable[..., ready.Ready]] = {
    "seed.geojson": kinds_shapes.any_shapes,
    "seed.gpkg": kinds_shapes.any_shapes,
    "seed.fgb": kinds_shapes.any_shapes,
    "seed.shp": kinds_shapes.any_shapes,
    "seed.kml": kinds_shapes.my_maps,
    "seed.kmz": kinds_shapes.my_maps,
    "seed.csv": kinds_shapes.hxl_table,
}


@pytest.fixture(scope="module")
def seeds(small: Small) -> dict[str, bytes]:
    """An honest file of each format."""
    for name, driver in (("gpkg", "GPKG"), ("fgb", "FlatGeobuf"), ("shp", "ESRI Shapefile"), ("geojson", "GeoJSON")):
        layer(small.folder / f"seed.{name}", [SAYS, SAYS], [GWA, MINHLA], driver=driver)
    (small.folder / "seed.kml").write_text(kml(MARK), encoding="utf-8")
    (small.folder / "seed.kmz").write_bytes(kmz(kml(MARK)))
    (small.folder / "seed.csv").write_text(
        "#adm3+name,#date,#status+control,#group+holders\nGwa,2024-12-29,eao,AA\n", encoding="utf-8"
    )
    return {name: (small.folder / name).read_bytes() for name in SEEDS}


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=20, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4)), max_size=4), cut=st.integers(0, 10**6))
def test_no_changed_byte_breaks_a_reader_and_no_wrong_row_is_taken(
    small: Small, seeds: dict[str, bytes], name: str, changes: list[tuple[int, bytes]], cut: int
) -> None:
    raw = seeds[name]
    for at, change in changes:
        place = at % len(raw)
        raw = raw[:place] + change + raw[place + len(change) :]
    file = small.folder / name
    try:
        file.write_bytes(raw if cut % 3 else raw[: cut % len(raw)])
        small.plan(SEEDS[name], file)
    except errors.MapperError as error:
        assert str(error)  # noqa: PT017 -- what is wrong with the file as a whole is told
    finally:
        file.write_bytes(seeds[name])


@settings(max_examples=40, deadline=None)
@given(raw=st.binary(max_size=400), name=st.sampled_from([*SEEDS, "seed.zip", "seed.xlsx", "seed.ods"]))
def test_no_bytes_break_a_reader(small: Small, raw: bytes, name: str) -> None:
    file = small.folder / f"bytes-{name}"
    file.write_bytes(raw)
    for kind in (kinds_shapes.any_shapes, kinds_shapes.my_maps, kinds_shapes.hxl_table):
        try:
            small.plan(kind, file)
        except errors.MapperError as error:
            assert str(error)  # noqa: PT017 -- what is wrong with the file as a whole is told
