"""`mapper new`: a package that is sound from the first moment, on Myanmar or elsewhere, and never over another one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SUDAN = """code,name,state_code,state,lon,lat
SD01001,Khartoum,SD01,Khartoum State,32.53,15.6
SD02001,El Fasher,SD02,North Darfur,25.35,13.63
"""


def test_a_new_package_on_myanmar_passes_check_and_builds(tmp_path: Path) -> None:
    made = cli.run(
        "new", tmp_path / "own", "--title", "Our map", "--baseline", "junta:SAC:2021-02-01", "--at", "2026-01-31"
    )
    assert made.code == 0, made.err
    assert "made, and sound" in made.out
    checked = cli.run("check", tmp_path / "own")
    assert checked.out.startswith("Our map, version 2026.01.31: no faults.")
    assert "0 reports on 0 of 330 townships, 0 sources" in checked.out
    built = cli.run("build", tmp_path / "own", "--out", tmp_path / "out")
    assert built.code == 0, built.err
    assert "330 townships, 330 of them assumed, not reported" in built.out


def test_without_a_baseline_nothing_is_assumed(tmp_path: Path) -> None:
    cli.run("new", tmp_path / "own", "--title", "Our map")
    found = cli.run("why", "MMR012017", "--data", tmp_path / "own")
    assert "status      Unknown" in found.out


def test_a_folder_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    assert cli.run("new", tmp_path / "own", "--title", "Our map").code == 0  # an empty one is taken
    before = {path.name: path.read_bytes() for path in (tmp_path / "own").iterdir()}
    again = cli.run("new", tmp_path / "own", "--title", "Another")
    assert again.code == 2
    assert "is there already, and is not overwritten" in again.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "own").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_another_country_has_its_own_codes_places_actors_and_labels(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(SUDAN, encoding="utf-8")
    (tmp_path / "actors.csv").write_text(
        "id,name,kind\nSAF,Sudanese Armed Forces,junta\nRSF,Rapid Support Forces,eao\n"
    )
    made = cli.run(
        *("new", tmp_path / "own", "--title", "Sudan", "--country", "SDN", "--country-name", "Sudan"),
        *("--places", tmp_path / "places.csv", "--actors", tmp_path / "actors.csv"),
        *("--label", "junta=Army", "--label", "eao=Rapid Support Forces", "--baseline", "junta:SAF:2023-04-15"),
    )
    assert made.code == 0, made.err
    assert cli.run("check", tmp_path / "own").code == 0
    found = cli.run("why", "El Fasher", "--data", tmp_path / "own", "--on", "2023-05-31")
    assert "El Fasher (SD02001), North Darfur" in found.out
    assert "status      Army: SAF (Sudanese Armed Forces)" in found.out
    described = json.loads((tmp_path / "own" / "datapackage.json").read_text(encoding="utf-8"))
    assert described["control"]["country"] == {"code": "SDN", "name": "Sudan", "box": [24.9, 13.1, 33.0, 16.1]}
    built = cli.run("build", tmp_path / "own", "--out", tmp_path / "out")
    assert built.code == 2
    assert "The map of Sudan cannot be drawn yet" in built.err


def test_places_come_from_polygons_too(tmp_path: Path) -> None:
    shapes = gpd.GeoDataFrame(
        {"adm3_pcode": ["X1", "X2"], "adm3_name": ["One", "Two"], "adm1_name": ["North", "North"]},
        geometry=[shapely.box(30, 10, 31, 11), shapely.box(31, 10, 32, 11)],
        crs="EPSG:4326",
    )
    (tmp_path / "places.geojson").write_text(shapes.to_json(), encoding="utf-8")
    made = cli.run("new", tmp_path / "own", "--title", "X", "--country", "XXX", "--places", tmp_path / "places.geojson")
    assert made.code == 0, made.err
    rows = (tmp_path / "own" / "townships.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["X1,One,,North,North,30.5000,10.5000,,", "X2,Two,,North,North,31.5000,10.5000,,"]
    assert cli.run("check", tmp_path / "own").code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("32.53", "325.3"), "row 2, column 'lon': '325.3' is no longitude. Write degrees"),
        (lambda text: text.replace("SD01001,", ","), "row 2, column 'code': is empty. Fill it in"),
        (lambda text: text.replace("lat\n", "north\n"), "row 1, column 'lat': is missing. Add the column"),
        (lambda text: text.replace("SD02001", "SD01001"), "'SD01001' occurs more than once"),
        (lambda text: text.partition("\n")[0] + "\n", "has no places"),
    ],
)
def test_places_that_cannot_be_right_are_named(tmp_path: Path, change: Callable[[str], str], said: str) -> None:
    (tmp_path / "places.csv").write_text(change(SUDAN), encoding="utf-8")
    made = cli.run("new", tmp_path / "own", "--title", "X", "--country", "SDN", "--places", tmp_path / "places.csv")
    assert made.code == 2
    assert said in made.err
    assert not (tmp_path / "own").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["places.csv"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--country", "SDN"), "Nothing is known of the places of SDN"),
        (("--label", "rebels=Them"), "'rebels' is no status to label"),
        (("--baseline", "junta:NOBODY:2021-02-01"), "'junta:NOBODY:2021-02-01' is no baseline"),
        (("--baseline", "contested::2021-02-01"), "is no baseline"),
        (("--title", " "), "A package needs a title"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    made = cli.run("new", tmp_path / "own", "--title", "X", *given)
    assert made.code == 2
    assert said in made.err
    assert not (tmp_path / "own").exists()
