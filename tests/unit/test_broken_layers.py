"""Vector files that end other programs: a database that is broken, and text that GDAL quotes half a letter of."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from drawing import GWA, MINHLA, feature, geojson, layer
from mapper import errors
from mapper.sources import files

ROOT = Path(__file__).resolve().parents[2]
READ = """
import sys
from pathlib import Path
from mapper import errors
from mapper.sources import files
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        files.read_layer(path)
    except errors.DataError:
        pass
print("read")
"""


def changed(raw: bytes, seed: int) -> bytes:
    """Change some bytes, half of them among the first, where a database says what is in it."""
    chance = random.Random(seed)  # noqa: S311 -- the same bytes each time
    made = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        made[chance.choice([chance.randrange(len(made)), chance.randrange(8192)])] = chance.randrange(256)
    return bytes(made)


def test_no_broken_geopackage_ends_the_program(tmp_path: Path) -> None:
    raw = layer(tmp_path / "seed.gpkg", [{"a": "b"}, {"a": "c"}], [GWA, MINHLA], driver="GPKG").read_bytes()
    place = tmp_path / "broken"
    place.mkdir()
    for seed in range(150):
        (place / f"{seed:03}.gpkg").write_bytes(changed(raw, seed))
    ran = subprocess.run([sys.executable, "-c", READ, place], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "read\n", "")


def test_a_sound_geopackage_is_read_and_nothing_is_written_beside_it(tmp_path: Path) -> None:
    file = layer(tmp_path / "a#b?c%d.gpkg", [{"a": "b"}], [GWA], driver="GPKG")
    before = file.read_bytes()
    assert len(files.read_layer(file).features) == 1
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("text", ['{"type": "FeatureCollection", "features": [\xe9]}', "\xe9"])
def test_a_geojson_in_other_letters_is_told_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.geojson").write_bytes(text.encode("latin-1"))
    with pytest.raises(errors.DataError, match=r"is not UTF-8\. Save the file as UTF-8"):
        files.read_layer(tmp_path / "a.geojson")


def test_a_geojson_that_gdal_quotes_half_a_letter_of_is_told_without_a_traceback(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = geojson(tmp_path / "a.geojson", feature(GWA, name="x"))
    whole = file.read_text(encoding="utf-8")
    for cut in range(60, 100):
        file.write_text(whole[:cut].rstrip('"') + "မြန်မာ" * 10 + '"' + whole[cut:], encoding="utf-8")
        try:
            files.read_layer(file)
        except errors.DataError:
            continue
    assert capfd.readouterr().err == ""
