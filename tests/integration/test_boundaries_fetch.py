"""`mapper boundaries fetch`: terms first, then a whole file in its place with a record, or nothing and what to do."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

import cli
import published
from mapper import pipeline
from mapper.sources import archive, fetching
from published import CATALOGUE, PACKAGE, WFS
from troubled import leads, sends, status, troubled

if TYPE_CHECKING:
    from pathlib import Path

    from cli import Ran
    from troubled import Act, Server

BOX = shapely.to_geojson(shapely.box(92, 18, 94, 21))
YES = ("--accept-terms", "--by", "A. Tester", "--at", "2026-11-25T10:40:00Z")


@pytest.fixture(scope="module")
def real(shared_dir: Path) -> published.Polygons:
    """The 330 real townships, simplified so that a test is quick; nothing made of them outlives it."""
    table = gpd.read_file(shared_dir / "boundaries" / "mimu_adm3_v93.zip")
    clean = shapely.coverage_clean(table.geometry.to_numpy())
    shapes = shapely.coverage_simplify(clean, 0.01)
    return published.polygons(
        gpd.GeoDataFrame({"pcode": table["TS_PCODE"], "name": table["TS"]}, geometry=shapes, crs="EPSG:4326")
    )


@pytest.fixture(scope="module")
def drawn() -> published.Polygons:
    """The schematic townships, which need nothing beside the clone."""
    package = pipeline.check()
    table = pipeline.load_boundaries(package).townships.reset_index()
    table["name"] = [str(package.townships.loc[pcode, "name_en"]) for pcode in table["pcode"]]
    return published.polygons(table)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody."""
    monkeypatch.setattr(fetching, "WAITS", (0.0,))
    monkeypatch.delenv("MAPPER_BY", raising=False)


def fetch(source: str, server: Server, out: Path, *more: object) -> Ran:
    return cli.run("boundaries", "fetch", source, "--from", server.url, "--out", out, *more)


def record(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out.with_name(out.name + ".metadata.json").read_text(encoding="utf-8"))
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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
    (missing,) = re.findall(r"Missing: (\d+) townships \((.*)\)", ran.out)
    assert gwa in missing[1]
    written = gpd.read_file(tmp_path / "gb-pcodes.geojson")
    assert written.loc[written["shapeName"] == "Gwwa", "pcode"].isna().all()


def test_without_a_yes_nothing_is_downloaded(tmp_path: Path) -> None:
    with troubled({WFS: sends(b"{}")}) as server:
        for more in ((), ("--accept-terms",)):
            ran = fetch("mimu", server, tmp_path / "a.geojson", *more)
            assert ran.code == 2
            assert "written agreement" in ran.out
            assert ("--by" if more else "--accept-terms") in ran.err
        assert server.asked == []
    assert names(tmp_path) == []


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


@pytest.mark.parametrize(
    ("act", "match"),
    [
        (sends(b"<!doctype html><title>Log in</title>"), "is a page or a message in place of the file: 'Log in'"),
        (sends(b"<ServiceExceptionReport>no such layer</ServiceExceptionReport>"), "'no such layer'"),
        (sends(b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n"), "only a pointer to the file"),
        (sends(b""), "is empty"),
        (sends(b"Burma"), "is neither GeoJSON nor a GeoPackage nor a zip archive"),
        (sends(b'{"type": "FeatureCollection", "features": [' + b" " * 900, told=400), "ends before its end"),
        (sends(published.packed({"a.geojson": b"{}"}), told=60), "ends before its end"),
        (sends(b'{"type": "FeatureCollection", "features": []}', told=99), "broke off"),
        (sends(b'{"type": "FeatureCollection", "features": []}'), "holds no polygons"),
        (sends(b'{"a": 1}'), "cannot be read as GeoJSON"),
        (status(403), "does not pretend to be a browser"),
        (status(404), "has nothing at"),
        (status(429, Retry_After=9999), "asks to come back in 167 minutes"),
        (status(500), "out of order"),
        (leads(WFS), "in a circle"),
        (leads("http://else.example/"), "is no https address"),
    ],
)
def test_what_is_no_file_of_townships_is_told_and_nothing_is_written(act: Act, match: str, tmp_path: Path) -> None:
    with troubled({WFS: act}) as server:
        ran = fetch("mimu", server, tmp_path / "a.geojson", *YES)
    assert ran.code == 2
    assert match in ran.err
    assert "Traceback" not in ran.err
    assert ".writing" not in ran.err
    assert names(tmp_path) == []
    if "holds no" not in match and "cannot be read" not in match:
        assert "By hand: open https://geonode.themimu.info in a browser" in ran.err


def test_a_bomb_of_an_archive_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.refuse_unsafe, "__kwdefaults__", {"limit": 1_000_000})
    with troubled({WFS: sends(published.packed({"a.geojson": b"0" * 2_000_000}))}) as server:
        ran = fetch("mimu", server, tmp_path / "a.zip", *YES)
    assert (ran.code, names(tmp_path)) == (2, [])
    assert "unpacks to" in ran.err


def test_nobody_there_says_what_to_do_by_hand(tmp_path: Path) -> None:
    with troubled({}) as server:
        pass
    ran = fetch("geoboundaries", server, tmp_path / "a.geojson", *YES)
    assert ran.code == 2
    assert f"{server.url.removeprefix('http://')} gives no answer" in ran.err
    assert f"3 times: {server.url}{CATALOGUE}" in ran.err
    assert "By hand: open https://www.geoboundaries.org/countryDownloads.html in a browser" in ran.err
    assert "mapper build --boundaries FILE" in ran.err
    assert names(tmp_path) == []


def test_the_second_address_counts_where_the_first_has_nothing(drawn: published.Polygons, tmp_path: Path) -> None:
    with troubled({"/second": sends(drawn.mimu())}) as server:
        server.acts[CATALOGUE] = [published.geoboundaries(server.url, staticDownloadLink=f"{server.url}/second")]
        ran = fetch("geoboundaries", server, tmp_path / "a.geojson", *YES)
    assert ran.code == 0
    assert record(tmp_path / "a.geojson")["address"] == f"{server.url}/second"


def test_what_changed_upstream_is_told_and_the_old_is_kept_until_force(tmp_path: Path) -> None:
    out, rows = tmp_path / "a.geojson", (("MMR011", "Mon", BOX), ("MMR012", "Rakhine", BOX))
    first = published.Polygons(rows).mimu("10:40")
    later = published.Polygons(rows).mimu("10:41")
    other = published.Polygons((rows[0], ("MMR012", "Arakan", BOX))).mimu()
    level = ("--level", "ADM1")
    with troubled({WFS: [sends(first), sends(first), sends(later), sends(other)]}) as server:
        assert fetch("mimu", server, out, *YES, *level).code == 0
        for _ in range(2):
            ran = fetch("mimu", server, out, *YES, *level)
            assert (ran.code, "the same as before" in ran.out) == (0, True)
        ran = fetch("mimu", server, out, *YES, *level)
        assert ran.code == 2
        assert "has changed upstream since 2026-11-25T10:40:00Z: 1 of 2 features differ. The old file was" in ran.err
        assert out.read_bytes() == later
        assert fetch("mimu", server, out, *YES, *level, "--force").code == 0
    assert out.read_bytes() == other
    assert record(out)["sha256"] == hashlib.sha256(other).hexdigest()


def test_a_file_that_was_not_fetched_is_not_replaced_and_nobody_is_asked(tmp_path: Path) -> None:
    out = tmp_path / "a.geojson"
    out.write_bytes(b"mine")
    with troubled({WFS: sends(b"{}")}) as server:
        ran = fetch("mimu", server, out, *YES)
        assert server.asked == []
    assert (ran.code, out.read_bytes()) == (2, b"mine")
    assert "is not as mapper boundaries fetch left it" in ran.err
    assert "--force" in ran.err


def test_a_name_that_does_not_fit_the_content_is_refused(drawn: published.Polygons, tmp_path: Path) -> None:
    with troubled({WFS: sends(drawn.mimu())}) as server:
        ran = fetch("mimu", server, tmp_path / "a.zip", *YES)
    assert (ran.code, names(tmp_path)) == (2, [])
    assert f"What came is a .geojson file: name it so, as in --out {tmp_path / 'a.geojson'}" in ran.err


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


def test_ctrl_c_leaves_nothing_in_place_and_the_next_run_goes_on(drawn: published.Polygons, tmp_path: Path) -> None:
    out, body = tmp_path / "a.geojson", drawn.mimu()
    acts = [sends(body, cut=200_000, etag='"1"', hangs=True), sends(body, etag='"1"')]
    with troubled({WFS: acts}) as server:
        command = [
            sys.executable,
            "-m",
            "mapper",
            "boundaries",
            "fetch",
            "mimu",
            "--from",
            server.url,
            "--out",
            out,
            *YES,
        ]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        part = tmp_path / "a.geojson.partial"
        ends = time.monotonic() + 60
        while not (part.exists() and part.stat().st_size == 200_000) and time.monotonic() < ends:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
        assert (running.returncode, b"Stopped." in said, b"Traceback" in said) == (130, True, False)
        assert names(tmp_path) == ["a.geojson.partial", "a.geojson.partial.json"]
        assert fetch("mimu", server, out, *YES).code == 0
        assert server.asked[1][1]["Range"] == "bytes=200000-"
    assert out.read_bytes() == body
    assert names(tmp_path) == ["a.geojson", "a.geojson.metadata.json"]
