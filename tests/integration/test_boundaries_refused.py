"""`mapper boundaries fetch` where something goes wrong: nothing is put in place, and it says what to do."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import published
from fetch_command import YES, fetch, names, record
from mapper.sources import archive
from published import BOX, CATALOGUE, WFS
from troubled import leads, sends, status, troubled

if TYPE_CHECKING:
    from pathlib import Path

    from troubled import Act


pytestmark = pytest.mark.usefixtures("at_once")


def test_without_a_yes_nothing_is_downloaded(tmp_path: Path) -> None:
    with troubled({WFS: sends(b"{}")}) as server:
        for more in ((), ("--accept-terms",)):
            ran = fetch("mimu", server, tmp_path / "a.geojson", *more)
            assert ran.code == 2
            assert "written agreement" in ran.out
            assert ("--by" if more else "--accept-terms") in ran.err
        assert server.asked == []
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
