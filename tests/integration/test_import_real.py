"""The real files of UCDP and UNHCR, every row of them: taken in no finer than they say, and told where they are not."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

import cli
from mapper.sources import sheets, ucdp
from mapper.sources.harvest import Item

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.shared
BY = ("--by", "tester", "--at", "2026-06-30")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("real") / "own"
    assert cli.run("new", place, "--title", "Own map", "--at", "2026-01-01").code == 0
    return place


@pytest.fixture(scope="module")
def ged(shared_dir: Path) -> Path:
    return shared_dir / "samples" / "ucdp_ged_mmr_1989_2023.csv"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_7374_events_are_taken_no_finer_than_they_say_and_once(own: Path, ged: Path, shared_dir: Path) -> None:
    polygons = ("--boundaries", shared_dir / "boundaries" / "mimu_adm3_v93.zip")
    first = cli.run("import", "ucdp", ged, "--into", own, *BY, *polygons)
    assert "7,374 new, 0 same, 0 changed, 0 refused" in first.out, first.err
    events = table(own, "events")
    put = Counter((row["where_precision"], row["level"]) for row in events)
    assert put == {
        ("exact", "township"): 1313,
        ("exact", "area"): 6,
        ("near", "township"): 1328,
        ("near", "area"): 19,
        ("district", "district"): 396,
        ("district", "area"): 63,
        ("state", "state"): 434,
        ("state", "area"): 278,
        ("area", "area"): 3182,
        ("country", "country"): 352,
        ("other", "area"): 3,
    }
    assert {len(row["pcode"]) for row in events if row["level"] == "area"} == {0}
    with ged.open(encoding="utf-8", newline="") as file:
        precision = {f"ucdp-{row['id']}": row["where_prec"] for row in csv.DictReader(file)}
    assert {precision[row["event_id"]] for row in events if row["level"] == "township"} == {"1", "2"}
    doubtful = [row["note"] for row in events if "but the row says" in row["note"]]
    assert len(doubtful) == 20
    assert "its point lies in Kutkai (Shan (North)), but the row says Laukkai town" in doubtful
    again = cli.run("import", "ucdp", ged, "--into", own, *BY, *polygons)
    assert "0 new, 7,374 same, 0 changed, 0 refused" in again.out
    assert cli.run("check", own).code == 0
    assert "3,085,061" not in first.out
    assert cli.run("undo", "--into", own, "--by", "tester").code == 0
    assert not (own / "events.csv").exists()


def test_points_need_real_polygons(own: Path, ged: Path) -> None:
    ran = cli.run("import", "ucdp", ged, "--into", own, *BY)
    assert ran.code == 2
    assert "name real township polygons with --boundaries" in ran.err


def events(raw: bytes, *, country: str = "Myanmar") -> list[Item]:
    """Read the bytes of a file of UCDP, whose every row must be one that can be taken."""
    found = ucdp.harvest(sheets.of_text(raw, "x", header=ucdp.unheaded(raw)), country=country)
    return [item for item in found.items if isinstance(item, Item)]


def test_without_its_header_and_with_tags_of_hxl_the_same_events_are_read(ged: Path) -> None:
    raw = ged.read_bytes()
    whole = events(raw)
    header, _, body = raw.partition(b"\n")
    bare = events(body)
    assert [item.cells for item in bare] == [item.cells for item in whole]
    assert bare[0].row == whole[0].row - 1
    tags = b",".join([b"#event+id", *[b"#meta"] * header.count(b",")])
    tagged = events(b"\n".join([header, tags, body]))
    assert [item.cells for item in tagged] == [item.cells for item in whole]
    assert (
        sum("\n" in row["where_description"] for row in csv.DictReader(raw.decode().splitlines(keepends=True))) == 1363
    )
    assert events(raw, country="Sudan") == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("population_mmr_2010_2025", ["refugees: 1,302 new, 0 same, 0 changed, 16 refused", "displacement: 16 new"]),
        ("demographics_mmr_2018_2025", ["displacement: 82 new, 0 same, 0 changed, 493 refused"]),
        ("flows_mmr_2015_2025", ["movements: 327 new, 0 same, 0 changed, 0 refused"]),
    ],
)
def test_all_rows_of_unhcr_are_taken_or_told(own: Path, shared_dir: Path, name: str, said: list[str]) -> None:
    file = shared_dir / "samples" / f"unhcr_{name}.csv"
    first = cli.run("import", "unhcr", file, "--into", own, *BY)
    assert first.code == 0, first.err
    for line in said:
        assert line in first.out
    assert "Nothing was changed" in cli.run("import", "unhcr", file, "--into", own, *BY).out
    assert cli.run("check", own).code == 0


def test_labels_of_every_year_and_groups_of_places_are_understood(own: Path) -> None:
    rows = [row for row in table(own, "displacement") if row["level"] != "country"]
    sagaing = {row["date"][:4]: row["people"] for row in rows if row["pcode"] == "MMR005"}
    assert sagaing == {"2021": "78326", "2022": "623979", "2023": "1077153", "2024": "1258334", "2025": "1300294"}
    groups = {(row["level"], row["place"]) for row in rows if not row["pcode"]}
    assert groups == {
        ("region_group", "Kayin and Bago (East)"),
        ("township_group", "Buthidaung, Maungdaw, Rathedaung"),
        ("township_group", "Kyaukpyu, Kyauktaw, Myebon, Pauktaw, Sittwe"),
    }


def test_the_embedded_figures_of_states_come_out_of_the_same_file(tmp_path: Path, shared_dir: Path) -> None:
    own = shutil.copytree(ROOT / "geodata", tmp_path / "own")
    file = shared_dir / "samples" / "unhcr_demographics_mmr_2018_2025.csv"
    ran = cli.run("import", "unhcr", file, "--into", own, *BY, "--source", "unhcr-2026-06-2", "--dry-run",
                  "--plan", tmp_path / "plan.csv")  # fmt: skip
    assert ran.code == 0, ran.err
    with (tmp_path / "plan.csv").open(encoding="utf-8", newline="") as stream:
        outcomes = Counter(row["outcome"] for row in csv.DictReader(stream))
    # the three are "Kayin and Bago (East) : Regional grouping - do not use", which the embedded package leaves out
    assert outcomes == {"same": 79, "new": 3, "refused": 493}
