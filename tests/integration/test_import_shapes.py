"""`mapper import shapes`: what polygons and points of any vector file say of townships, and what is refused."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import pytest
import shapely

import cli
import drawing
from drawing import BOTH, GWA, MINHLA, feature, geojson, layer, take, zipped
from taking import content, rows

SAYS = {"status": "eao", "holder": "AA", "date": "2024-12-29", "name": "North"}
REAL = Path(__file__).resolve().parents[3] / "shared" / "boundaries" / "mimu_adm3_v93.zip"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawing.package(tmp_path_factory.mktemp("drawn")).parent


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "made") / "own"


def told(own: Path) -> list[tuple[str, str, str, str]]:
    return [(row["pcode"], row["holders"], row["scope"], row["place"]) for row in rows(own, "control_reports")]


FORMATS = {
    "a.geojson": {"driver": "GeoJSON"},
    "b.geojson": {"driver": "GeoJSON", "crs": "EPSG:32646"},
    "a.gpkg": {"driver": "GPKG"},
    "b.gpkg": {"driver": "GPKG", "crs": "EPSG:3857"},
    "a.fgb": {"driver": "FlatGeobuf", "crs": "EPSG:32647"},
    "a.shp": {"driver": "ESRI Shapefile"},
    "b.shp": {"driver": "ESRI Shapefile", "crs": "EPSG:6933"},
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_as_gdal_writes_it_says_the_same_in_any_system_that_it_states(own: Path, name: str) -> None:
    file = layer(own.parent / name, [SAYS], [GWA], **FORMATS[name])
    ran = take(own, "shapes", file)
    assert ran.code == 0, ran.err
    assert "1 new, 0 same, 0 changed, 0 refused" in ran.out
    (report,) = rows(own, "control_reports")
    assert (report["pcode"], report["status"], report["holders"]) == ("MMR012017", "eao", "AA")
    assert (report["date"], report["scope"], report["kind"]) == ("2024-12-29", "township", "snapshot")
    assert (report["confidence"], report["finding"]) == ("low", "as drawn on a map, over 100% of it")
    (source,) = rows(own, "sources")
    assert (source["affiliation"], source["sensitivity"]) == ("unclassified", "public")


@pytest.mark.parametrize("ending", ["shp", "gpkg", "fgb", "geojson"])
def test_one_layer_in_an_archive_is_read(own: Path, ending: str) -> None:
    driver = {"shp": "ESRI Shapefile", "gpkg": "GPKG", "fgb": "FlatGeobuf", "geojson": "GeoJSON"}[ending]
    layer(own.parent / f"x.{ending}", [SAYS], [GWA], driver=driver)
    take(own, "shapes", zipped(own.parent / "x.zip", *sorted(own.parent.glob("x.*"))))
    assert told(own) == [("MMR012017", "AA", "township", "")]


@pytest.mark.parametrize("ending", ["kml", "kmz"])
def test_kml_is_read_by_its_data_and_its_names(own: Path, ending: str) -> None:
    data = "".join(f'<Data name="{key}"><value>{SAYS[key]}</value></Data>' for key in ("holder", "date"))
    text = drawing.kml(drawing.placemark("North", GWA, more=f"<ExtendedData>{data}</ExtendedData>"))
    file = own.parent / f"a.{ending}"
    file.write_bytes(drawing.kmz(text) if ending == "kmz" else text.encode())
    ran = take(own, "shapes", file)
    assert ran.code == 0, ran.err
    assert told(own) == [("MMR012017", "AA", "township", "")]


def test_a_township_is_covered_as_a_whole_in_part_or_by_an_edge(own: Path) -> None:
    # 94.1 to 95.3: 90% of Gwa and 30% of Minhla; 93 to 94.04: 4% of Gwa, and 4% of the polygon
    mine = [shapely.box(94.09, 17, 95.3, 18), shapely.box(93, 17, 94.04, 18)]
    file = layer(own.parent / "a.gpkg", [SAYS, {**SAYS, "holder": "KIA", "name": "West"}], mine)
    ran = take(own, "shapes", file)
    assert "2 new, 0 same, 0 changed, 1 refused" in ran.out
    assert told(own) == [("MMR008009", "AA", "part", "North drawn as held by AA"), ("MMR012017", "AA", "township", "")]
    assert "covers of no township 5%" in " ".join(ran.out.split())
    assert [row["finding"] for row in rows(own, "control_reports")] == [
        "as drawn on a map, over 30% of it",
        "as drawn on a map, over 91% of it",
    ]


def test_just_under_the_share_is_a_part_and_a_small_polygon_inside_is_one_too(own: Path) -> None:
    mine = [shapely.box(94.11, 17, 95, 18), shapely.box(95.5, 17.5, 95.55, 17.55)]
    take(own, "shapes", layer(own.parent / "a.gpkg", [SAYS, {**SAYS, "holder": "KIA", "name": "Camp"}], mine))
    # what is called a camp is not named; a quarter of a percent is told as what it is
    assert told(own) == [
        ("MMR012017", "AA", "part", "North drawn as held by AA"),
        ("MMR008009", "KIA", "part", "part drawn as held by KIA"),
    ]
    assert rows(own, "control_reports")[1]["finding"] == "as drawn on a map, over less than 1% of it"


def test_polygons_that_say_the_same_are_measured_together(own: Path) -> None:
    halves = [shapely.box(94, 17, 94.5, 18), shapely.box(94.5, 17, 95, 18)]
    ran = take(own, "shapes", layer(own.parent / "a.gpkg", [SAYS, {**SAYS, "name": "South"}], halves))
    assert "1 new, 1 same, 0 changed, 0 refused" in ran.out
    assert told(own) == [("MMR012017", "AA", "township", "")]


def test_polygons_that_contradict_each_other_are_both_refused_and_a_third_is_taken(own: Path) -> None:
    listed = [SAYS, {**SAYS, "status": "junta", "holder": "SAC"}, SAYS]
    ran = take(own, "shapes", layer(own.parent / "a.gpkg", listed, [GWA, GWA, MINHLA]))
    assert "1 new, 0 same, 0 changed, 2 refused" in ran.out
    assert "says otherwise than row" in " ".join(ran.out.split())
    assert told(own) == [("MMR008009", "AA", "township", "")]


def test_polygons_of_one_name_and_two_holders_are_two_parts(own: Path) -> None:
    mine = [shapely.box(94, 17, 94.4, 18), shapely.box(94.4, 17, 95, 18)]
    take(own, "shapes", layer(own.parent / "a.gpkg", [SAYS, {**SAYS, "status": "junta", "holder": "SAC"}], mine))
    assert [row[3] for row in told(own)] == ["North drawn as held by AA", "North drawn as held by SAC"]


def test_a_part_is_not_called_by_the_name_of_another_township(own: Path) -> None:
    take(own, "shapes", layer(own.parent / "a.gpkg", [{**SAYS, "name": "Gwa"}], [shapely.box(94, 17, 95.4, 18)]))
    assert told(own)[0] == ("MMR008009", "AA", "part", "part drawn as held by AA")


WRONG = (
    ({"pcode": "MMR008009"}, GWA, "lies over 100% of Gwa (MMR012017), but the row says MMR008009"),
    ({"township": "Minhla"}, GWA, "MMR012017 is Gwa, which 'Minhla' is not known to be"),
    ({"pcode": "MMR008009"}, shapely.Point(94.6, 17.6), "lies in Gwa (MMR012017), but the row says MMR008009"),
    ({"township": "Minhla"}, shapely.Point(94.6, 17.6), "lies in Gwa (Rakhine), but the row says Minhla"),
    ({"state": "Bago"}, shapely.Point(94.6, 17.6), "lies in Gwa (Rakhine), but the row says Bago"),
    ({"holder": "XYZ"}, GWA, "'XYZ' is no actor that is known"),
    ({"date": "3/4/2024"}, GWA, "is no date, or may be two"),
    ({"date": "2027-01-01"}, GWA, "is after 2026-01-31"),
    ({"holder": "AA;SAC", "status": ""}, GWA, "does not follow from who holds it"),
    ({"name": "=1+1"}, shapely.Point(94.6, 17.6), "begins as a formula does"),
    ({}, shapely.Point(95, 17.5), "lies on the border of two townships"),
    ({}, shapely.Point(97, 17.5), "lies in no township"),
    ({}, shapely.box(97, 17, 98, 18), "lies in no township"),
    ({}, shapely.box(17.2, 94.2, 17.8, 94.8), "has longitude and latitude swapped"),
    ({}, shapely.LineString([(94, 17), (95, 18)]), "is a line, which covers no place"),
    ({}, shapely.MultiPoint([(94.1, 17.1), (94.2, 17.2)]), "is a MultiPoint, which may mean several places"),
    ({}, shapely.GeometryCollection([GWA, shapely.Point(94.1, 17.1)]), "is a GeometryCollection"),
    ({}, shapely.Polygon(), "has no shape"),
    ({}, shapely.Polygon([(94, 17), (94.5, 18), (95, 17), (94, 17.6), (95, 18), (94, 17)]), "its area can be two"),
    ({}, shapely.Polygon([(94, 17), (95, 18), (94, 17)]), "has no area"),
    ({"name": "LIB 345"}, shapely.Point(94.6, 17.6), "is of a military kind"),
    ({"name": "စစ်စခန်း"}, shapely.Point(94.6, 17.6), "is of a military kind"),
)


def test_what_cannot_be_taken_is_refused_with_its_reason_and_nothing_else(own: Path) -> None:
    wrong = [
        feature(shape, **{**SAYS, "pcode": "", "township": "", "state": "", "date": f"2024-01-{day:02}", **said})
        for day, (said, shape, _) in enumerate(WRONG, start=1)
    ]
    file = geojson(own.parent / "a.geojson", *wrong, feature(MINHLA, **SAYS))
    ran = take(own, "shapes", file, "--dry-run", "--plan", str(own.parent / "plan.csv"))
    assert ran.code == 0, ran.err
    with (own.parent / "plan.csv").open(encoding="utf-8", newline="") as plan:
        reasons = {int(row["row"]): row["reason"] for row in csv.DictReader(plan) if row["outcome"] == "refused"}
    assert sorted(reasons) == list(range(1, len(WRONG) + 1))
    for number, (said, shape, why) in enumerate(WRONG, start=1):
        assert why in reasons[number], (said, shape)
    take(own, "shapes", file)
    assert told(own) == [("MMR008009", "AA", "township", "")]


def test_a_shape_that_crosses_itself_where_only_one_area_can_be_meant_is_mended_and_shown(own: Path) -> None:
    # a spike that runs out and back on itself
    spiked = shapely.Polygon([(94, 17), (95, 17), (95, 18), (94.5, 18), (94.5, 18.5), (94.5, 18), (94, 18), (94, 17)])
    ran = take(own, "shapes", geojson(own.parent / "a.geojson", feature(spiked, **SAYS)))
    assert "The shape of row 1 crosses itself: mended" in " ".join(ran.out.split())
    assert told(own) == [("MMR012017", "AA", "township", "")]


def test_a_point_goes_to_its_township_as_a_town_where_it_names_one_and_else_as_a_part(own: Path) -> None:
    point = shapely.Point(94.6, 17.6)
    file = geojson(
        own.parent / "a.geojson",
        feature(point, **{**SAYS, "name": "Gwa"}),
        feature(point, **{**SAYS, "name": "Some village"}),
        feature(shapely.Point(95.5, 17.5, 12), **{**SAYS, "name": "မင်းလှ"}),
    )
    ran = take(own, "shapes", file)
    assert "3 new" in ran.out, ran.out
    found = [(row["pcode"], row["scope"], row["main_town"], row["place"]) for row in rows(own, "control_reports")]
    assert found == [
        ("MMR012017", "town", "yes", "Gwa"),
        ("MMR012017", "part", "", "Some village"),
        ("MMR008009", "part", "", "မင်းလှ"),
    ]
    assert b"94.6" not in b"".join(
        raw for name, raw in content(own).items() if name not in ("townships.csv", "towns.csv")
    )


def test_a_military_point_is_taken_only_when_asked_and_says_no_more_than_its_township(own: Path) -> None:
    file = geojson(own.parent / "a.geojson", feature(shapely.Point(94.6, 17.6), **{**SAYS, "name": "LIB 345 base"}))
    assert "0 new, 0 same, 0 changed, 1 refused" in take(own, "shapes", file).out
    assert "1 new" in take(own, "shapes", file, "--military-points").out
    assert told(own) == [("MMR012017", "AA", "part", "part drawn as held by AA")]
    assert b"LIB 345" not in b"".join(content(own).values())


def test_how_columns_are_read_is_confirmed_kept_and_can_be_said(own: Path) -> None:
    listed = [{"who": "Arakan army", "seen on": "29/12/2024", "colour": "red"}]
    file = layer(own.parent / "a.gpkg", listed, [GWA])
    ran = take(own, "shapes", file, "--map", "date=seen on", "--set", "confidence=medium")
    assert ran.code == 0, ran.err
    assert "Not taken over: colour." in ran.out
    assert "source         │ a map: what it shows proves nothing alone" in ran.out
    next_ = layer(own.parent / "b.gpkg", [{**listed[0], "seen on": "30/12/2024"}], [GWA])
    again = cli.run(
        "import", "shapes", next_, "--into", own, "--boundaries", own.parent / "townships.gpkg", *drawing.SAID
    )
    assert "as confirmed before" in " ".join(again.out.split())
    assert [row["date"] for row in rows(own, "control_reports")] == ["2024-12-29", "2024-12-30"]
    assert {row["confidence"] for row in rows(own, "control_reports")} == {"medium"}


def test_the_same_file_again_changes_nothing_and_undo_takes_it_back(own: Path) -> None:
    before = content(own)
    file = layer(own.parent / "a.gpkg", [SAYS], [BOTH])
    take(own, "shapes", file)
    there = content(own)
    assert "Nothing was changed." in take(own, "shapes", file).out
    assert content(own) == there
    assert "Undone: import shapes" in cli.run("undo", "--into", own, "--by", "tester").out
    after = content(own)
    del after["log.csv"]
    assert after == before


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"driver": "ESRI Shapefile", "name": "a.shp"}, "does not say its coordinate reference system"),
        ({"driver": "GPKG", "name": "a.gpkg"}, "does not say its coordinate reference system"),
        ({"driver": "FlatGeobuf", "name": "a.fgb"}, "does not say its coordinate reference system"),
    ],
)
def test_a_file_that_should_state_its_system_and_does_not_is_refused(own: Path, how: dict[str, str], said: str) -> None:
    with pytest.warns(UserWarning, match="crs"):
        file = layer(own.parent / how["name"], [SAYS], [GWA], driver=how["driver"], crs=None)
    ran = take(own, "shapes", file)
    assert ran.code == 2
    assert said in ran.err
    assert rows(own, "control_reports") == []


def test_without_real_polygons_nothing_is_placed(own: Path) -> None:
    file = layer(own.parent / "a.gpkg", [SAYS], [GWA])
    ran = cli.run("import", "shapes", file, "--into", own, *drawing.SAID, "--yes")
    assert ran.code == 2
    assert "name real polygons of them with --boundaries" in ran.err


def test_one_of_several_layers_must_be_named(own: Path) -> None:
    file = layer(own.parent / "a.gpkg", [SAYS], [GWA], driver="GPKG", layer="one")
    layer(file, [SAYS], [MINHLA], driver="GPKG", layer="two", mode="a")
    assert "holds 2 layers (one, two)" in take(own, "shapes", file).err
    take(own, "shapes", file, "--sheet", "two")
    assert told(own) == [("MMR008009", "AA", "township", "")]


@pytest.mark.shared
def test_real_townships_are_found_under_their_own_polygons_and_under_a_map_of_all(own: Path) -> None:
    real = own.parent / "real"
    assert cli.run("new", real, "--title", "Real", "--at", "2026-01-01").code == 0
    with zipfile.ZipFile(REAL) as packed:
        packed.extractall(own.parent / "shp")
    import geopandas as gpd  # noqa: PLC0415 -- only this test needs it

    frame = gpd.read_file(next((own.parent / "shp").rglob("*.shp")))[["TS_PCODE", "geometry"]]
    frame["holder"], frame["date"] = "SAC", "2024-05-01"
    frame["geometry"] = frame.to_crs("EPSG:32647").simplify(100).to_crs("EPSG:4326")  # as maps for the web are
    frame.to_file(own.parent / "all.gpkg", driver="GPKG")
    ran = cli.run(
        *("import", "shapes", own.parent / "all.gpkg", "--into", real, "--boundaries", REAL, *drawing.SAID, "--yes")
    )
    assert ran.code == 0, ran.err
    found = rows(real, "control_reports")
    assert {row["scope"] for row in found} == {"township"}
    assert {row["pcode"] for row in found} == set(frame["TS_PCODE"])
