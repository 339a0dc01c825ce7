"""Areas, coverages and schematic townships, on shapes small enough to check by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from mapper import geo

COUNTRY = shapely.box(96, 20, 98, 21)


def series(*shapes: shapely.Geometry) -> gpd.GeoSeries:
    return gpd.GeoSeries(list(shapes), index=[f"MMR00100{n}" for n in range(1, len(shapes) + 1)], crs=geo.WGS84)


def square_degrees(shapes: gpd.GeoSeries) -> np.ndarray:
    return shapely.area(shapes.to_numpy())


def points(**places: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(places, orient="index", columns=["lon", "lat"]).rename_axis("pcode")


def towns(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["pcode", "lon", "lat"])


def test_areas_are_those_of_the_ellipsoid() -> None:
    # One degree by one degree, 20 to 21 N, along the parallels of WGS 84: by geodesics between points 100 m apart
    # (pyproj.Geod) 11,548.38 km2.
    shapes = series(shapely.box(96, 20, 97, 21))
    areas = geo.areas_km2(shapes)
    assert areas.name == "area_km2"
    assert areas.index.equals(shapes.index)
    assert areas["MMR001001"] == pytest.approx(11548.38, abs=0.01)


def test_squares_that_share_all_their_corners_are_a_coverage() -> None:
    assert geo.is_coverage(series(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)))


@pytest.mark.parametrize(
    "other",
    [shapely.box(0.9, 0, 2, 1), shapely.box(1, -0.5, 2, 1.5), shapely.Polygon([(1, 0), (2, 1), (2, 0), (1, 1)])],
    ids=["overlaps", "has a corner in the border", "crosses itself"],
)
def test_what_is_no_coverage_is_seen_and_cleaned(other: shapely.Polygon) -> None:
    shapes = series(shapely.box(0, 0, 1, 1), other)
    assert not geo.is_coverage(shapes)
    cleaned = geo.clean_coverage(shapes)
    assert geo.is_coverage(cleaned)
    assert cleaned.index.equals(shapes.index)
    assert cleaned.crs == shapes.crs
    assert not geo.is_coverage(shapes), "the argument itself was edited"


def test_a_border_that_does_not_match_is_found_and_a_shape_by_itself_is_not_blamed() -> None:
    shapes = series(shapely.box(0, 0, 1, 1), shapely.box(1, -0.5, 2, 1.5), shapely.box(5, 5, 6, 6))
    assert geo.unmatched(shapes).tolist() == [True, False, False] or geo.unmatched(shapes).tolist() == [
        True,
        True,
        False,
    ]


def test_an_overlap_goes_to_one_side_and_a_gap_stays() -> None:
    cleaned = geo.clean_coverage(series(shapely.box(0, 0, 1.1, 1), shapely.box(1, 0, 2, 1), shapely.box(3, 0, 4, 1)))
    assert square_degrees(cleaned).sum() == pytest.approx(3)
    assert cleaned.iloc[2].equals(shapely.box(3, 0, 4, 1))


def test_a_bow_tie_becomes_its_two_triangles() -> None:
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    mended = geo.make_valid(series(bow, shapely.box(5, 0, 6, 1)))
    assert mended.is_valid.all()
    assert square_degrees(mended).tolist() == pytest.approx([0.5, 1])


def test_polygons_are_kept_out_of_collections_and_lines_go() -> None:
    square, line = shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (9, 9)])
    inner = shapely.GeometryCollection([line, shapely.MultiPolygon([square, shapely.box(2, 0, 3, 1)])])
    kept = geo.polygons_only(np.array([inner, line, square], dtype=object))
    assert [shape.geom_type for shape in kept] == ["MultiPolygon", "MultiPolygon", "Polygon"]
    assert [shape.area for shape in kept] == [2, 0, 1]


def test_simplifying_keeps_borders_shared_and_drops_corners_within_the_tolerance() -> None:
    border = [(97, 20), (97.001, 20.25), (96.999, 20.5), (97.001, 20.75), (97, 21)]
    left = shapely.Polygon([(96, 20), *border, (96, 21)])
    right = shapely.Polygon([(98, 20), *border, (98, 21)])
    shapes = series(left, right)
    simple = geo.simplify_coverage(shapes, 5000)
    assert geo.is_coverage(simple)
    assert simple.crs == shapes.crs
    # the kinks of 200 m are gone from both sides: two squares of four corners, the first told again at the end
    assert shapely.get_num_coordinates(simple.to_numpy()).tolist() == [5, 5]


def test_each_township_is_the_land_nearest_to_its_towns() -> None:
    known = points(MMR001001=(96.5, 20.5), MMR001002=(97.5, 20.5))
    shapes, notes = geo.schematic_townships(towns(("MMR001002", 97.5, 20.5), ("MMR001001", 96.5, 20.5)), known, COUNTRY)
    assert shapes.index.tolist() == ["MMR001001", "MMR001002"]
    assert shapes.index.name == "pcode"
    assert shapes["MMR001001"].equals(shapely.box(96, 20, 97, 21))
    assert shapes["MMR001002"].equals(shapely.box(97, 20, 98, 21))
    assert notes == ()


def test_the_towns_of_one_township_share_one_shape() -> None:
    known = points(MMR001001=(96.5, 20.5), MMR001002=(97.75, 20.5))
    places = towns(("MMR001001", 96.25, 20.5), ("MMR001001", 97.25, 20.5), ("MMR001002", 97.75, 20.5))
    shapes, _ = geo.schematic_townships(places, known, COUNTRY)
    assert shapes["MMR001001"].equals(shapely.box(96, 20, 97.5, 21))


def test_a_township_without_a_town_grows_from_its_own_point_and_that_is_told() -> None:
    known = points(MMR001001=(96.5, 20.5), MMR001002=(97.5, 20.5))
    shapes, notes = geo.schematic_townships(towns(("MMR001001", 96.5, 20.5)), known, COUNTRY)
    assert shapes["MMR001002"].equals(shapely.box(97, 20, 98, 21))
    assert notes == ("No town is known in MMR001002: the township's own point stands in.",)


def test_townships_that_share_a_point_each_get_land_and_that_is_told() -> None:
    known = points(MMR001001=(97, 20.5), MMR001002=(97, 20.5), MMR001003=(97, 20.5))
    places = towns(*((code, 97.0, 20.5) for code in known.index))
    shapes, notes = geo.schematic_townships(places, known, COUNTRY)
    assert (square_degrees(shapes) > 0).all()
    assert square_degrees(shapes).sum() == pytest.approx(2)
    assert geo.is_coverage(shapes)
    assert notes == ("MMR001001, MMR001002, MMR001003 share a point: moved apart by 0.005 degrees.",)


def test_330_townships_on_one_point_each_get_land() -> None:
    known = points(**{f"MMR{number:06d}": (97.0, 20.5) for number in range(330)})
    shapes, _ = geo.schematic_townships(towns(), known, COUNTRY)
    assert len(shapes) == 330
    assert (square_degrees(shapes) > 0).all()
    assert geo.is_coverage(shapes)


def test_a_township_out_at_sea_is_a_spot_at_its_town_and_that_is_told() -> None:
    known = points(MMR001001=(97, 20.5), MMR001002=(90, 10))
    shapes, notes = geo.schematic_townships(towns(), known, COUNTRY)
    assert shapes["MMR001001"].equals(COUNTRY)
    assert shapes["MMR001002"].contains(shapely.Point(90, 10))
    assert shapes["MMR001002"].area < 0.0001
    assert notes[-1] == "No land of the country lies nearest to MMR001002: drawn as a spot at its town."


def test_the_order_of_rows_never_matters() -> None:
    rng = np.random.default_rng(7)
    known = points(**{f"MMR{n:06d}": tuple(xy) for n, xy in enumerate(rng.uniform((96, 20), (98, 21), (40, 2)))})
    places = known.reset_index()
    first, _ = geo.schematic_townships(places, known, COUNTRY)
    again, _ = geo.schematic_townships(
        places.sample(frac=1, random_state=1), known.sample(frac=1, random_state=2), COUNTRY
    )
    assert first.to_wkb().tolist() == again.to_wkb().tolist()


def test_long_lists_are_cut_and_counted() -> None:
    assert geo.listed(range(12)) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"
