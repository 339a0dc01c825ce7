"""PMTiles and the tiles in them: read by the reference reader, by Tilezen's decoder and by GDAL."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import mapbox_vector_tile
import numpy as np
import pyogrio
import pytest
import shapely
from pmtiles import reader as pmtiles_reader
from pmtiles import tile as pmtiles_tile

import checkered
import layered
from mapper.outputs.exports import pmtiles, tiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mapper.outputs.exports.layer import About, Layer

Decoded = dict[tuple[int, int, int], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def history() -> tuple[Layer, About]:
    (layer,), about = layered.checkered_layers("history")
    return layer, about


@pytest.fixture(scope="module")
def archive(history: tuple[Layer, About]) -> bytes:
    layer, about = history
    (content,) = pmtiles.write([layer], about, stem="history").values()
    return content


@pytest.fixture(scope="module")
def decoded(archive: bytes) -> Decoded:
    """Give the features of each tile, with their coordinates as the tile has them: rows run down."""
    options = {"y_coord_down": True}
    return {
        place: mapbox_vector_tile.decode(gzip.decompress(packed), default_options=options)["history"]["features"]
        for place, packed in pmtiles_reader.all_tiles(pmtiles_reader.MemorySource(archive))
    }


def now(features: list[dict[str, Any]], day: int = 20240630) -> dict[str, shapely.Geometry]:
    """What a style's filter shows on a day, by P-code."""
    return {
        one["properties"]["pcode"]: shapely.geometry.shape(one["geometry"])
        for one in features
        if one["properties"]["valid_from_number"] <= day < one["properties"]["valid_to_number"]
    }


def test_the_archive_says_where_it_lies_and_what_it_is(archive: bytes) -> None:
    reader = pmtiles_reader.Reader(pmtiles_reader.MemorySource(archive))
    header, metadata = reader.header(), reader.metadata()
    assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (3, 9, True)
    assert (header["tile_type"], header["tile_compression"]) == (
        pmtiles_tile.TileType.MVT,
        pmtiles_tile.Compression.GZIP,
    )
    assert [header[f"{name}_e7"] for name in ("min_lon", "min_lat", "max_lon", "max_lat")] == [
        940_000_000,
        180_000_000,
        970_000_000,
        205_000_000,
    ]
    assert metadata["name"].startswith("Who held which township, 2021-01-31 to 2024-06-30")
    assert metadata["attribution"] == "A made-up country, version 1.0 | made up"
    assert metadata["metadata"]["licence"] == "CC-BY-4.0"
    assert metadata["metadata"]["as_known_on"] == "2026-01-01"
    assert len(metadata["metadata"]["caveats"]) == 4
    assert metadata["metadata"]["sources"][0]["url"] == "https://paper.example/page"
    (layer,) = metadata["vector_layers"]
    assert (layer["id"], layer["minzoom"], layer["maxzoom"]) == ("history", 3, 9)
    fields = layer["fields"]
    kinds = ("pcode", "disputed", "area_km2", "valid_from", "valid_from_number")
    assert [fields[name] for name in kinds] == ["String", "Boolean", "Number", "String", "Number"]


def test_attribution_is_html_so_what_is_text_in_it_is_escaped() -> None:
    (layer,), about = layered.checkered_layers("slice", title="<script>alert(1)</script>")
    (content,) = pmtiles.write([layer], about, stem="x").values()
    metadata = pmtiles_reader.Reader(pmtiles_reader.MemorySource(content)).metadata()
    assert metadata["attribution"].startswith("&lt;script&gt;alert(1)&lt;/script&gt;, version 1.0")


def test_days_are_text_and_numbers_to_compare(decoded: Decoded) -> None:
    (features,) = [found for place, found in decoded.items() if place[0] == 3]
    first = [one["properties"] for one in features if one["properties"]["pcode"] == checkered.PCODES[0]]
    assert [(one["valid_from"], one["valid_from_number"], one["valid_to_number"]) for one in first] == [
        ("2021-01-31", 20210131, 20210201),
        ("2021-02-01", 20210201, 20210210),
        ("2021-02-10", 20210210, 20210503),
        ("2021-05-03", 20210503, 20220504),
        ("2022-05-04", 20220504, 99991231),
    ]
    assert "valid_to" not in first[-1]
    assert (first[2]["status"], first[2]["holders"], first[2]["stale"]) == ("eao", "AA", False)


def test_a_filter_by_day_shows_each_township_once(decoded: Decoded) -> None:
    (features,) = [found for place, found in decoded.items() if place[0] == 3]
    for day in (20210131, 20210201, 20220504, 20240630):
        shown = [
            one["properties"]["pcode"]
            for one in features
            if one["properties"]["valid_from_number"] <= day < one["properties"]["valid_to_number"]
        ]
        assert sorted(shown) == sorted(checkered.PCODES)


def test_every_zoom_covers_the_country(decoded: Decoded) -> None:
    for zoom in range(3, 10):
        covered = sum(
            shapely.area(shapely.intersection(shape, shapely.box(0, 0, tiles.EXTENT, tiles.EXTENT)))
            for (z, _, _), features in decoded.items()
            if z == zoom
            for shape in now(features).values()
        )
        west, south = tiles_of(94, 18, zoom)
        east, north = tiles_of(97, 20.5, zoom)
        assert covered == pytest.approx((east - west) * (south - north), rel=0.02 if zoom < 5 else 0.005)


def tiles_of(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """Column and row on the grid of a zoom, after the usual formula of slippy maps."""
    lines = 2**zoom * tiles.EXTENT
    return (lon + 180) / 360 * lines, (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * lines


def test_neighbours_share_their_borders_in_each_tile(decoded: Decoded) -> None:
    for features in decoded.values():
        assert shapely.coverage_is_valid(np.array(list(now(features).values()), dtype=object))


def assert_shares_borders(layers: list[Layer], about: About) -> None:
    """Hold that in each tile polygons are valid, and both sides of a border have the same points."""
    (content,) = pmtiles.write(layers, about, stem="x").values()
    for place, packed in pmtiles_reader.all_tiles(pmtiles_reader.MemorySource(content)):
        found = mapbox_vector_tile.decode(gzip.decompress(packed), default_options={"y_coord_down": True})
        shapes = np.array([shapely.geometry.shape(one["geometry"]) for one in found["slice"]["features"]])
        assert shapely.is_valid(shapes).all(), place
        assert shapely.coverage_is_valid(shapes), place


def test_the_embedded_townships_share_their_borders_in_each_tile() -> None:
    assert_shares_borders(*layered.embedded("slice"))


@pytest.mark.shared
def test_real_townships_share_their_borders_in_each_tile(shared_dir: Path) -> None:
    assert_shares_borders(*layered.embedded("slice", boundaries=shared_dir / "boundaries" / "mimu_adm3_v93.zip"))


def test_exterior_rings_run_as_the_specification_says(decoded: Decoded) -> None:
    for features in decoded.values():
        for shape in now(features).values():
            for part in shapely.get_parts(shape):
                # rows run down, so what is anticlockwise by number is clockwise on the screen
                assert part.exterior.is_ccw


def test_gdal_reads_it(archive: bytes, tmp_path: Path) -> None:
    path = tmp_path / "history.pmtiles"
    path.write_bytes(archive)
    found = pyogrio.read_dataframe(path, layer="history")
    assert set(found["pcode"]) == set(checkered.PCODES)
    assert found["valid_from_number"].min() == 20210131
    west, south, east, north = found.to_crs("EPSG:4326").total_bounds
    assert (west, south, east, north) == pytest.approx((94, 18, 97, 20.5), abs=0.01)


def test_several_layers_stand_in_one_tile() -> None:
    layers, about = layered.checkered_layers("slice", "changes")
    (content,) = pmtiles.write(layers, about, stem="x").values()
    (_, packed), *_ = pmtiles_reader.all_tiles(pmtiles_reader.MemorySource(content))
    assert list(mapbox_vector_tile.decode(gzip.decompress(packed))) == ["slice", "changes"]


@pytest.mark.parametrize("far", [0, 1])
def test_a_path_is_what_the_specification_makes_of_it(far: int) -> None:
    # the example of a polygon in the specification, 4.3.5.4, moved by ``far``
    triangle = shapely.Polygon([(3 + far, 6), (8 + far, 12), (20 + far, 34)])
    assert tiles.path(triangle) == [9, 6 + 2 * far, 12, 18, 10, 12, 24, 44, 15]


def test_points_that_fall_together_are_one() -> None:
    ring = [(0, 0), (0, 0), (4, 0), (4, 0), (4, 4), (0, 0), (0, 0)]
    assert tiles.path(shapely.Polygon(ring)) == [9, 0, 0, 18, 8, 0, 0, 8, 15]


def test_shapes_that_overlap_are_each_simplified_by_itself() -> None:
    one, two = shapely.box(95, 20, 96, 21), shapely.box(95.5, 20, 96.5, 21)
    pieces: Mapping[int, shapely.Geometry] = dict(tiles.cut([one, two], range(3, 4)))[3, 6, 3]
    assert [round(shape.area) for shape in pieces.values()] == [91 * 97, 91 * 97]


def test_layers_of_the_same_shapes_are_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cuts: list[int] = []
    cut = tiles.cut

    def counted(shapes: Sequence[shapely.Geometry], zooms: range) -> Iterator[Any]:
        cuts.append(len(shapes))
        return cut(shapes, zooms)

    monkeypatch.setattr(tiles, "cut", counted)
    layers, about = layered.checkered_layers("slice", "history")
    (together,) = pmtiles.write(layers, about, stem="x").values()
    assert cuts == [len(checkered.PCODES)]
    (alone,) = pmtiles.write(layers[1:], about, stem="x").values()
    found, single = (dict(pmtiles_reader.all_tiles(pmtiles_reader.MemorySource(one))) for one in (together, alone))
    assert all(gzip.decompress(found[place]).endswith(gzip.decompress(single[place])) for place in single)
