"""`mapper boundaries fetch`: the terms first, then a whole file in its place, held against the townships."""

from __future__ import annotations

import hashlib
import re
import shlex
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import typer

import cli
import published
from fetch_command import YES, fetch, names, record
from mapper import pipeline
from mapper.commands import options
from published import BOX, CATALOGUE, PACKAGE, WFS
from troubled import leads, sends, troubled

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "boundaries.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def real(shared_dir: Path) -> published.Polygons:
    """The 330 real townships, simplified so that a test is quick; nothing made of them outlives it."""
    table = gpd.read_file(shared_dir / "boundaries" / "mimu_adm3_v93.zip")
    clean = shapely.coverage_clean(table.geometry.to_numpy())
    shapes = shapely.coverage_simplify(clean, 0.01)
    return published.polygons(
        gpd.GeoDataFrame({"pcode": table["TS_PCODE"], "name": table["TS"]}, geometry=shapes, crs="EPSG:4326")
    )


pytestmark = pytest.mark.usefixtures("at_once")


@pytest.mark.shared
def test_mimus_townships_come_by_code_with_their_terms_recorded(real: published.Polygons, tmp_path: Path) -> None:
    out, body = tmp_path / "towns.geojson", real.mimu()
    with troubled({WFS: sends(body, Content_Type="application/json")}) as server:
        ran = fetch("mimu", server, out, *YES)
        address = server.url + server.asked[0][0]
    assert (ran.code, out.read_bytes()) == (0, body)
    assert ran.out.index("written agreement") < ran.out.index("towns.geojson  ")
    assert "330 features, WGS 84. Townships found: 330 (330 by P-code, in column TS_PCODE)." in ran.out
    assert f"Ready: mapper build --boundaries {out}" in ran.out
    assert names(tmp_path) == ["towns.geojson", "towns.geojson.metadata.json"]
    found = record(out)
    assert found["licence"].startswith("MIMU's terms allow non-profit")
    assert {name: found[name] for name in found if name not in {"licence", "licence_url"}} == {
        "form": "mapper boundaries record 1",
        "source_id": "mimu",
        "title": "MIMU mmr_polbnda_adm3_250k_mimu_1",
        "attribution": "Myanmar Information Management Unit (MIMU)",
        "sha256": hashlib.sha256(body).hexdigest(),
        "size": len(body),
        "address": address,
        "fetched_at": "2026-11-25T10:40:00Z",
        "terms_accepted_by": "A. Tester",
        "owners": ["MIMU"],
        "country": "MMR",
        "level": "ADM3",
        "made_from": "",
        "made_from_sha256": "",
    }


@pytest.mark.shared
def test_geoboundaries_names_are_matched_and_the_codes_are_written_beside(
    real: published.Polygons, tmp_path: Path
) -> None:
    out = tmp_path / "gb.geojson"
    with troubled({}) as server:
        server.acts |= {CATALOGUE: [geo := published.geoboundaries(server.url)], "/file.geojson": [leads("/there")]}
        server.acts["/there"] = [sends(real.geoboundaries())]
        ran = fetch("geoboundaries", server, out, *YES)
        assert geo
        assert server.paths() == [CATALOGUE, "/file.geojson", "/there"]
    assert ran.code == 0
    assert "Townships found: 330 (330 by official name, in column shapeName)." in ran.out
    assert "A map cannot be drawn with gb.geojson as it is: it has no column of township P-codes" in ran.out
    coded = tmp_path / "gb-pcodes.geojson"
    assert f"Ready: mapper build --boundaries {coded}" in ran.out
    written = gpd.read_file(coded)
    truth = {name: code for code, name, _ in real.rows if name not in {"Minhla", "Htantabin"}}
    matched = dict(zip(written["shapeName"], written["pcode"], strict=True))
    assert {name: matched[name] for name in truth} == truth
    assert [row[0] for row in real.rows] == list(written["pcode"])
    own = record(coded)
    assert (own["made_from"], own["made_from_sha256"]) == ("gb.geojson", record(out)["sha256"])
    assert own["attribution"] == "geoBoundaries (www.geoboundaries.org), after A survey"
    shapes = pipeline.load_boundaries(pipeline.open_package(), coded)
    assert (shapes.title, shapes.licence) == ("Boundaries from geoBoundaries gbOpen MMR ADM3 2020", "An open licence")
    assert shapes.attribution == "geoBoundaries (www.geoboundaries.org), after A survey"


def test_of_an_archive_with_all_levels_the_townships_are_taken_out(drawn: published.Polygons, tmp_path: Path) -> None:
    members = {"mmr_admin2.geojson": b"{}", "mmr_admin3.geojson": drawn.collection(adm3_name="name", adm3_pcode="code")}
    with troubled({"/mmr_all.zip": sends(published.packed(members))}) as server:
        server.acts[PACKAGE] = [published.humdata(server.url, "mmr_all.zip", "GeoJSON")]
        ran = fetch("cod-ab", server, tmp_path / "a.zip", *YES)
    assert ran.code == 0
    assert "330 (330 by P-code, in column adm3_pcode)" in ran.out
    assert "holds 2 vector files (mmr_admin2.geojson, mmr_admin3.geojson)" in ran.out
    assert f"Ready: mapper build --boundaries {tmp_path / 'a-pcodes.geojson'}" in ran.out


def test_names_that_match_nothing_are_listed_and_left_to_a_person(drawn: published.Polygons, tmp_path: Path) -> None:
    rows = [(code, {"Gwa": "Gwwa"}.get(name, name), shape) for code, name, shape in drawn.rows]
    body = published.Polygons(tuple(rows)).geoboundaries()
    with troubled({"/file.geojson": sends(body)}) as server:
        server.acts[CATALOGUE] = [published.geoboundaries(server.url)]
        ran = fetch("geoboundaries", server, tmp_path / "gb.geojson", *YES)
    assert ran.code == 0
    assert "'Gwwa': 'Gwwa' is the name of no township" in ran.out
    assert "Put the P-codes that lack into its column pcode" in ran.out
    (gwa,) = [code for code, name, _ in drawn.rows if name == "Gwa"]
    assert f"Missing, 1: {gwa} Gwa." in ran.out
    written = gpd.read_file(tmp_path / "gb-pcodes.geojson")
    assert written.loc[written["shapeName"] == "Gwwa", "pcode"].isna().all()


@pytest.mark.parametrize(("yes", "who"), [(False, ""), (True, "B. Tester")])
def test_at_a_terminal_one_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, yes: bool, who: str) -> None:
    monkeypatch.setattr(options, "asks", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda _question: yes)
    monkeypatch.setattr(typer, "prompt", lambda _question: who)
    state = published.Polygons((("MMR012", "Rakhine", BOX),))
    with troubled({WFS: sends(state.mimu())}) as server:
        ran = fetch("mimu", server, tmp_path / "a.geojson", "--level", "ADM1")
        assert len(server.asked) == yes
    assert ran.code == (0 if yes else 2)
    assert ("The terms were not accepted, and nothing was downloaded." in ran.err) is not yes
    assert (tmp_path / "a.geojson").exists() is yes
    if yes:
        assert record(tmp_path / "a.geojson")["terms_accepted_by"] == "B. Tester"


@pytest.mark.parametrize("line", re.findall(r"^    mapper boundaries (.*)$", PAGE, re.MULTILINE))
def test_a_command_of_the_page_is_one_that_can_be_given(line: str, tmp_path: Path) -> None:
    with troubled({}) as server:
        server.acts[CATALOGUE] = [published.geoboundaries(server.url)]
        server.acts[PACKAGE] = [published.humdata(server.url, "adm3.geojson", "GeoJSON")]
        ran = cli.run("boundaries", *shlex.split(line), "--dry-run", "--from", server.url)
    assert ran.code == 0, ran.err
    assert "Nothing was written." in ran.out
    assert names(tmp_path) == []


def test_a_mirror_may_be_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with troubled({}) as server:
        server.acts[CATALOGUE] = [published.geoboundaries(server.url)]
        monkeypatch.setenv("MAPPER_BOUNDARIES_FROM", server.url)
        ran = cli.run("boundaries", "fetch", "geoboundaries", "--dry-run", "--out", tmp_path / "a.geojson")
        assert server.paths() == [CATALOGUE]
    assert ran.code == 0


def test_a_dry_run_shows_the_terms_and_writes_nothing(tmp_path: Path) -> None:
    with troubled({}) as server:
        server.acts[CATALOGUE] = [published.geoboundaries(server.url)]
        ran = fetch("geoboundaries", server, tmp_path / "a.geojson", "--dry-run")
        assert server.paths() == [CATALOGUE]
    assert ran.code == 0
    assert "  licence      An open licence (https://licence.example/)" in ran.out
    assert "  to be named  geoBoundaries (www.geoboundaries.org), after A survey" in ran.out
    assert f"downloaded from {server.url}/file.geojson to {tmp_path / 'a.geojson'}" in ran.out
    assert names(tmp_path) == []


def test_the_second_address_counts_where_the_first_has_nothing(drawn: published.Polygons, tmp_path: Path) -> None:
    with troubled({"/second": sends(drawn.mimu())}) as server:
        server.acts[CATALOGUE] = [published.geoboundaries(server.url, staticDownloadLink=f"{server.url}/second")]
        ran = fetch("geoboundaries", server, tmp_path / "a.geojson", *YES)
    assert ran.code == 0
    assert record(tmp_path / "a.geojson")["address"] == f"{server.url}/second"


def test_a_file_downloaded_by_hand_is_taken_without_the_network(drawn: published.Polygons, tmp_path: Path) -> None:
    (tmp_path / "Downloaded (1).json").write_bytes(drawn.mimu())
    with troubled({}) as server:
        ran = fetch("mimu", server, tmp_path / "a.geojson", "--file", tmp_path / "Downloaded (1).json", *YES)
        assert server.asked == []
    assert ran.code == 0
    assert record(tmp_path / "a.geojson")["address"] == "Downloaded (1).json"
    ran = fetch("mimu", server, tmp_path / "b.geojson", "--file", tmp_path / "no.json", *YES)
    assert (ran.code, "does not exist" in ran.err) == (2, True)


def test_another_level_is_read_and_not_compared(tmp_path: Path) -> None:
    state = published.Polygons((("MMR012", "Rakhine", BOX),))
    with troubled({WFS: sends(state.mimu())}) as server:
        ran = fetch("mimu", server, tmp_path / "a.geojson", "--level", "adm1", *YES)
        assert "mmr_polbnda_adm1_250k_mimu_1" in server.asked[0][0]
    assert (ran.code, "not compared with townships" in ran.out) == (0, True)
