"""What was recorded of fetched polygons reaches the map, and a map is drawn without ever opening a socket."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import grid
from mapper import errors, pipeline
from mapper.sources import ingredients, origin, townships

if TYPE_CHECKING:
    from pathlib import Path

RECORD = origin.Origin(
    source_id="geoboundaries",
    title="geoBoundaries gbOpen MMR ADM3 2020",
    licence="An open licence",
    attribution="geoBoundaries, after A survey",
    sha256="",
    size=1,
    address="https://maps.example/a.geojson",
    fetched_at="2026-11-25T10:40:00Z",
    terms_accepted_by="A. Tester",
)

# folium imports urllib3, which on import finds out by a socket bound to ::1 whether the system knows IPv6: no name is
# looked up, nothing is connected and nothing is sent. Anything else that has to do with sockets ends the program.
WITHOUT_NETWORK = """
import sys
def refuse(event, arguments):
    probe = event == "socket.__new__" or (event == "socket.bind" and arguments[1] == ("::1", 0))
    if event.startswith("socket.") and not probe:
        raise SystemExit(f"reached out: {event} {arguments}")
sys.addaudithook(refuse)
from mapper import __main__
try:
    __main__.main()
except SystemExit as stopped:
    if stopped.code:
        raise
loaded = sorted({"pooch", "mapper.sources.fetching", "mapper.boundaries.obtain"} & sys.modules.keys())
print("loaded:", loaded)
"""


def recorded(path: Path, **other: Any) -> Path:  # noqa: ANN401 -- any field of a record
    """Put a record beside a file, which it speaks of."""
    mine = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), **other}
    origin.beside(path).write_bytes(origin.as_json(dataclasses.replace(RECORD, **mine)))
    return path


def squares(folder: Path, column: str = "ADM3_PCODE") -> Path:
    return grid.write(folder / "towns.geojson", grid.squares(), driver="GeoJSON", column=column)


def test_title_licence_and_attribution_are_those_of_the_record(tmp_path: Path) -> None:
    found = townships.read_boundaries(recorded(squares(tmp_path)), grid.PCODES)
    assert found.title == "Boundaries from geoBoundaries gbOpen MMR ADM3 2020"
    assert (found.licence, found.attribution) == ("An open licence", "geoBoundaries, after A survey")
    assert found.notes == ()


def test_without_a_record_the_owner_is_unrecorded(tmp_path: Path) -> None:
    found = townships.read_boundaries(squares(tmp_path), grid.PCODES)
    assert found.licence == "as its owner states; not recorded"
    assert found.attribution == "from towns.geojson; owner unrecorded"


def test_a_record_says_nothing_of_a_file_that_has_changed(tmp_path: Path) -> None:
    path = recorded(squares(tmp_path))
    path.write_bytes(path.read_bytes() + b"\n")
    found = townships.read_boundaries(path, grid.PCODES)
    assert found.attribution == "from towns.geojson; owner unrecorded"
    assert found.notes == (
        "towns.geojson has changed since it was fetched: its recorded source and licence are not used.",
    )


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"form": "else"}'])
def test_a_record_of_something_else_is_told_and_not_used(tmp_path: Path, content: bytes) -> None:
    path = squares(tmp_path)
    origin.beside(path).write_bytes(content)
    found = townships.read_boundaries(path, grid.PCODES)
    assert found.attribution == "from towns.geojson; owner unrecorded"
    assert found.notes == ("towns.geojson.metadata.json is no record of mapper boundaries, and was not used.",)


@pytest.mark.parametrize("name", ["licence", "sha256", "size", "owners"])
def test_a_broken_record_is_a_fault(tmp_path: Path, name: str) -> None:
    path = recorded(squares(tmp_path))
    said = json.loads(origin.beside(path).read_bytes())
    origin.beside(path).write_text(json.dumps({**said, name: None}), encoding="utf-8")
    with pytest.raises(errors.DataError, match=f"column '{name}': is missing or no such value"):
        townships.read_boundaries(path, grid.PCODES)


@pytest.mark.parametrize("owners", [("MIMU",), ()])
def test_mimus_shapes_are_said_to_be_mimus_whoever_passed_them_on(tmp_path: Path, owners: tuple[str, ...]) -> None:
    path = squares(tmp_path, column="TS_PCODE")
    said = json.loads(path.read_text(encoding="utf-8"))
    for feature in said["features"]:
        feature["properties"]["PCode_V"] = "9.3"
    path.write_text(json.dumps(said), encoding="utf-8")
    found = townships.read_boundaries(recorded(path, owners=owners), grid.PCODES)
    assert found.attribution == "geoBoundaries, after A survey; MIMU"
    assert ("ask for a written agreement with MIMU" in found.licence) is (owners == ())


def test_what_a_record_says_is_one_line_of_plain_text(tmp_path: Path) -> None:
    path = recorded(squares(tmp_path), attribution="a\n\x1b\u202eb" + "x" * 1000, owners=["MI\nMU"])
    found = origin.read(path)
    assert found is not None
    assert (found.attribution[:4], len(found.attribution), found.owners) == ("a bx", 400, ("MI MU",))


def test_prepared_boundaries_are_made_anew_when_their_record_changes(tmp_path: Path) -> None:
    path = squares(tmp_path)
    before = ingredients.of_file(path, grid.PCODES)
    after = ingredients.of_file(recorded(path), grid.PCODES)
    assert before is not None
    assert after is not None
    assert before != after != ingredients.of_file(recorded(path, licence="Another"), grid.PCODES)


@pytest.mark.parametrize("named", [False, True])
def test_a_map_is_drawn_without_opening_a_socket_and_says_whose_its_boundaries_are(
    tmp_path: Path, *, named: bool
) -> None:
    package = pipeline.open_package()
    path = tmp_path / "towns.geojson"
    if named:
        shapes = pipeline.load_boundaries(package).townships.reset_index()
        path.write_text(shapes[["pcode", "geometry"]].to_json(), encoding="utf-8")
        recorded(path, attribution="A survey <b> {{ 7*7 }}")
    more = ["--boundaries", str(path)] if named else []
    command = [
        sys.executable,
        "-c",
        WITHOUT_NETWORK,
        "build",
        "--every",
        "quarter",
        "--out",
        str(tmp_path / "out"),
        *more,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "loaded: []"
    metadata = json.loads((tmp_path / "out" / "control.geojson").read_bytes())["metadata"]
    expected = "A survey <b> {{ 7*7 }}" if named else "Natural Earth"
    assert metadata["boundaries_attribution"].startswith(expected)
    page = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert ("A survey" in page) is named
    assert "A survey <b>" not in page
    assert "A survey \\u003cb\\u003e 49" not in page
