"""The embedded data package: valid by its own schema, complete, and careful with what it does not know."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import frictionless
import pytest

ROOT = Path(__file__).resolve().parents[2]
GEODATA = ROOT / "geodata"

ROWS = {
    "actors": 44,
    "aliases": 192,
    "bases": 18,
    "control_reports": 1180,
    "events": 0,  # for those that a user brings
    "displacement": 288,  # 263 by state and 25 by township
    "districts": 80,
    "junta_lists": 78,
    "licences": 5,
    "movements": 66,
    "polls": 109,
    "published_aggregates": 50,
    "refugees": 198,  # 114 rows of facts; 84 of them give refugees and asylum seekers
    "state_aliases": 5,
    "sources": 750,  # 731, and 19 pages that only the junta's lists and the aggregates name
    "states": 18,
    "towns": 508,
    "townships": 330,
    "withdrawals": 0,  # nothing was taken back yet
}
KEYS = {"aliases": ("pcode", "alias"), "state_aliases": ("pcode", "alias")}
ADMIN1_LENGTH = len("MMR012")

Table = list[dict[str, str]]


def read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def table(name: str) -> Table:
    return read(GEODATA / f"{name}.csv")


def column(name: str, column: str) -> list[str]:
    return [row[column] for row in table(name)]


def descriptor() -> dict[str, object]:
    loaded: dict[str, object] = json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))
    return loaded


def test_frictionless_finds_no_error_foreign_keys_included() -> None:
    report = frictionless.Package(str(GEODATA / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("control_reports.csv", "R0001,MMR001001,Myitkyina", "R0001,MMR001001,Waingmaw", "foreign-key"),
        ("control_reports.csv", "R0002,", "R0001,", "primary-key"),
        ("control_reports.csv", "2023-01-09", "2023-13-09", "constraint-error"),
        ("refugees.csv", ",unhcr-2026-06,", ",unhcr-2062-06,", "foreign-key"),
        ("displacement.csv", ",country,MMR,", ",country,MRM,", "constraint-error"),
    ],
)
def test_the_schema_catches_a_wrong_cell(tmp_path: Path, file: str, old: str, new: str, error: str) -> None:
    for path in GEODATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert [name for (name,) in report.flatten(["type"])] == [error]


def test_every_table_is_described_and_every_described_table_is_there() -> None:
    described = {str(resource["path"]) for resource in descriptor()["resources"]}  # type: ignore[attr-defined]
    assert described == {path.name for path in GEODATA.glob("*.csv")} == {f"{name}.csv" for name in ROWS}


def test_the_package_declares_what_it_assumes() -> None:
    assert descriptor()["control"] == {
        "baseline": {"status": "junta", "holders": ["SAC"], "from": "2021-02-01", "basis": "assumed"},
        "window_days": 7,
        "stale_months": 12,
    }


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_each_table_has_the_rows_counted_by_hand(name: str, count: int) -> None:
    assert len(table(name)) == count


@pytest.mark.parametrize("name", ROWS)
def test_files_are_plain_utf8_with_unix_lines_and_sorted_unique_keys(name: str) -> None:
    raw = (GEODATA / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = table(name)
    key = KEYS.get(name, (raw.decode().partition(",")[0],))
    keys = [tuple(row[part] for part in key) for row in rows]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", ROWS)
def test_cells_are_trimmed_composed_and_run_no_formula(name: str) -> None:
    invisible = re.compile("[\u00a0\u200b-\u200f\u2028\u2029\ufeff\t\n\r]")
    for row in table(name):
        for field, cell in row.items():
            assert cell == cell.strip(), (name, field, cell)
            assert cell == unicodedata.normalize("NFC", cell), (name, field, cell)
            assert not invisible.search(cell), (name, field, cell)
            assert not cell.startswith(("=", "+", "-", "@")), (name, field, cell)


def test_a_township_nests_in_its_state_by_code_and_so_does_its_district() -> None:
    for row in table("townships"):
        assert row["pcode"][:ADMIN1_LENGTH] == row["state_pcode"] == row["district_pcode"][:ADMIN1_LENGTH]


def test_two_names_stand_for_two_townships_each() -> None:
    names = Counter(column("townships", "name_en"))
    assert {name for name, count in names.items() if count > 1} == {"Htantabin", "Minhla"}
    where = {(row["name_en"], row["pcode"]) for row in table("townships") if names[row["name_en"]] > 1}
    assert where == {
        ("Htantabin", "MMR007014"),
        ("Htantabin", "MMR013006"),
        ("Minhla", "MMR008009"),
        ("Minhla", "MMR009013"),
    }


def test_137_townships_have_no_report() -> None:
    silent = set(column("townships", "pcode")) - set(column("control_reports", "pcode"))
    assert len(silent) == 137
    states = Counter(pcode[:ADMIN1_LENGTH] for pcode in silent)
    assert (states["MMR013"], states["MMR018"]) == (45, 8)  # all of Yangon and of Nay Pyi Taw


def test_every_holder_and_member_is_an_actor() -> None:
    known = set(column("actors", "actor_id"))
    for name, field in (("control_reports", "holders"), ("actors", "members")):
        for cell in column(name, field):
            actors = cell.split(";") if cell else []
            assert set(actors) <= known, cell
            assert len(actors) == len(set(actors)), cell


def test_only_the_umbrellas_that_the_sources_name_have_members() -> None:
    members = {row["actor_id"]: row["members"] for row in table("actors") if row["members"]}
    assert members == {"3BHA": "AA;MNDAA;TNLA", "KNU": "KNLA"}


def test_families_are_the_alliances_and_fronts_of_the_table_itself() -> None:
    families: dict[str, set[str]] = {}
    for row in table("actors"):
        if row["family"]:
            families.setdefault(row["family"], set()).add(row["actor_id"])
    assert families == {
        "3BHA": {"AA", "MNDAA", "TNLA"},
        "CNF": {"CB", "CDF"},
        "KIA": {"ABSDF", "KPDF"},
        "KNPP": {"IEC", "KNDF", "KNPLF"},
        "KNU": {"KNDO", "KNLA"},
        "NUG": {"MDY-PDF", "PDF", "PDT"},
        "SAC": {row["actor_id"] for row in table("actors") if row["kind"] == "militia"},
        "UWSA": {"NDAA"},
    }


def test_a_burmese_name_is_a_name_only_and_says_how_it_is_known() -> None:
    for row in table("actors"):
        assert re.fullmatch("[\u1000-\u109f]*", row["name_my"]), row
        assert bool(row["name_my"]) == bool(row["name_my_status"]), row


def test_date_precision_fits_the_date() -> None:
    length = {"day": 10, "month": 7, "year": 4, "": 0}
    for name, field, precision in (
        ("control_reports", "date", "date_precision"),
        ("sources", "published", "published_precision"),
        ("published_aggregates", "date", "date_precision"),
    ):
        for row in table(name):
            assert len(row[field]) == length[row[precision]], row


def test_the_main_town_is_decided_for_each_report_on_a_town_and_for_no_other() -> None:
    counted = Counter((row["scope"], row["main_town"]) for row in table("control_reports"))
    assert counted == {("township", ""): 341, ("part", ""): 379, ("town", "yes"): 345, ("town", "no"): 115}


@pytest.mark.parametrize(
    ("report", "place", "main_town"),
    [
        ("R1039", "Namkham", "yes"),  # Namhkan
        ("R1089", "Thipaw", "yes"),  # Hsipaw
        ("R1011", "Panghsang", "yes"),  # Pangsang
        ("R1129", "Hopang, Panlong", "yes"),
        ("R0925", "Pekon, Mobye", "yes"),
        ("R0930", "Moebye", "no"),  # in Pekon township, another town than Pekon
        ("R1134", "Panlong", "no"),
        ("R0496", "Khampat", "no"),
        ("R0006", "LIB 58, Waingmaw", "no"),
        ("R0054", "MOC-3, Mogaung", "no"),
        ("R0319", "Thantlang police station", "no"),
        ("R0637", "Mandalay city", "yes"),
    ],
)
def test_main_town_is_told_from_other_towns_and_from_pieces_of_it(report: str, place: str, main_town: str) -> None:
    row = next(row for row in table("control_reports") if row["report_id"] == report)
    assert (row["place"], row["main_town"]) == (place, main_town)


def test_a_piece_of_the_main_town_is_never_taken_for_the_whole() -> None:
    pieces = {row["report_id"] for row in table("control_reports") if "part of the main town" in row["doubt"]}
    assert pieces == {"R0006", "R0054", "R0128", "R0142", "R0319", "R0536", "R0548"}
    assert {row["main_town"] for row in table("control_reports") if row["report_id"] in pieces} == {"no"}


def test_a_finding_that_speaks_of_inferring_has_its_doubt_in_the_column() -> None:
    for row in table("control_reports"):
        if re.search(r"inferred|approximate|undated|township assignment", row["finding"]):
            assert row["doubt"], row["report_id"]


def test_places_that_fit_no_state_have_no_code_to_be_drawn_at() -> None:
    length = {"country": 3, "state": 6, "township": 9, "region_group": 0, "township_group": 0}
    known = {"MMR", ""} | set(column("states", "pcode")) | set(column("townships", "pcode"))
    for row in table("displacement"):
        assert len(row["pcode"]) == length[row["level"]], row
        assert row["pcode"] in known, row


def test_no_figure_counts_one_to_four_people() -> None:
    for name in ("displacement", "refugees", "movements"):
        assert not {"1", "2", "3", "4"} & set(column(name, "people")), name


def test_every_basis_is_used_and_none_is_shared_by_displaced_people_and_refugees() -> None:
    displaced, refugees = set(column("displacement", "basis")), set(column("refugees", "basis"))
    assert not displaced & refugees
    assert displaced | refugees == set(column("bases", "basis"))


def test_only_the_eight_figures_of_idmc_may_not_be_made_public() -> None:
    closed = {row["licence_id"] for row in table("licences") if row["public_use"] == "no"}
    sources = {row["source_id"] for row in table("sources") if row["licence"] in closed}
    assert sources == {"idmc-via-unhcr-package-2026-06"}
    rows = [row["basis"] for row in table("displacement") if row["source_id"] in sources]
    assert rows == ["total_idmc"] * 8
    assert not sources & set(column("control_reports", "source_id"))


def test_the_readme_gives_the_counts_that_the_tables_have() -> None:
    readme = (GEODATA / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| (`[a-z_.`, ]+`) \| ([\d, ]+) \|", readme, flags=re.MULTILINE)
    said = [
        (name, count)
        for files, counts in lines
        for name, count in zip(re.findall(r"`([a-z_]+)\.csv`", files), counts.replace(",", "").split(), strict=True)
    ]
    assert {name: int(count) for name, count in said} == ROWS
    doubtful = sum(bool(doubt) for doubt in column("control_reports", "doubt"))
    assert f"{doubtful} reports carry a doubt" in readme


def test_every_source_is_used() -> None:
    used: set[str] = set()
    for name in ROWS:
        used |= {row["source_id"] for row in table(name) if name != "sources" and "source_id" in row}
    assert used == set(column("sources", "source_id"))
