"""`mapper import mymaps`: who holds what by name, colour and folder, and what is not believed."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

import cli
import drawing
from drawing import GWA, MINHLA, kml, kmz, placemark, take
from mapper.intake import mappings
from mapper.intake.book import Book
from mapper.sources import kml as kml_files
from mapper.sources import mymaps, shapes
from taking import content, rows

RED = "poly-A52714-1200-77"
BLUE = "poly-0288D1-1200-77"
TOWN = shapely.Point(94.6, 17.6)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawing.package(tmp_path_factory.mktemp("drawn")).parent


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "made") / "own"


def read(own: Path, *marks: str, values: dict[str, dict[str, str]] | None = None, **how: str) -> shapes.Drawn:
    mapping = mymaps.guess()
    mapping = replace(mapping, fixed={**mapping.fixed, "date": "2024-01-01"}, values=values or {})
    drawn = shapes.of_document(kml_files.parse(kml(*marks, **how).encode(), "a.kml"), "a.kml")
    return mymaps.told(drawn, mapping, mappings.vocabulary(Book(own), "control_reports"))


STYLES = {"style": {"A52714": "eao:AA", "0288D1": "SAC"}}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Mrauk-U - AA", ("AA", "", "", "Mrauk-U", "")),
        ("PDF - Sagaing, North", ("PDF", "", "", "Sagaing, North", "")),
        ("MNDAA - 2024/07/15 - geoconfirmed", ("MNDAA", "", "2024/07/15", "", "")),
        ("AA/SAC - 2024/08/14 - Kyeintali", ("AA;SAC", "contested", "2024/08/14", "Kyeintali", "")),
        ("KIA 2024/06/12", ("KIA", "", "2024/06/12", "", "")),
        ("KIA 2024-06-12", ("KIA", "", "2024-06-12", "", "")),
        ("KIA\u00a0-\u00a02024-06-12", ("KIA", "", "2024-06-12", "", "")),
        ("KIA+PDF - Katha", ("KIA;PDF", "", "", "Katha", "")),
        ("AA(?) - Gwa", ("AA", "", "", "Gwa", "low")),
        ("AA ??? - Gwa", ("AA", "", "", "Gwa", "low")),
        ("Arakan Army - Gwa (unconfirmed)", ("AA", "", "", "Gwa ( )", "low")),
        ("Gwa – AA", ("AA", "", "", "Gwa", "")),  # noqa: RUF001 -- as a map has it
        ("Gwa | contested | AA", ("AA", "contested", "", "Gwa", "")),
        ("KNU/KNLA Peace Council - Myawaddy", ("KNU-KNLA-PC", "", "", "Myawaddy", "")),
    ],
)
def test_a_name_says_who_when_where_and_how_surely(own: Path, name: str, told: tuple[str, ...]) -> None:
    found = read(own, placemark(name.replace("&", "&amp;"), GWA), folder="")
    assert found.sheet.faults == ()
    ((_, cells),) = found.sheet.rows
    assert tuple(cells[column] for column in mymaps.TOLD[:5]) == told


@pytest.mark.parametrize(
    ("name", "style", "folder", "said"),
    [
        ("???", RED, "", "says itself that it is not known"),
        ("???  - 2024/07/15", "", "", "says itself that it is not known"),
        ("Gwa - XYZ", "", "", "names no actor that is known"),
        ("AA/XYZ - Gwa", "", "", "'XYZ' is no actor that is known"),
        ("AA/KIA - Gwa", "", "", "may be a contest or joint"),
        ("AA - SAC", "", "", "names two holders apart"),
        ("AA - 2024/07/15 - 2024/07/16", "", "", "has two dates"),
        ("Gwa - SAC", RED, "", "means SAC, but its colour A52714 means AA"),
        ("Gwa", RED, "SAC", "means AA, but its folder SAC means SAC"),
        ("Gwa - AA", "", "Maps / KIA", "means AA, but its folder Maps / KIA means KIA"),
        ("Gwa", "poly-123456-1-1", "", "'123456' has no meaning yet, and no actor is named"),
    ],
)
def test_a_placemark_that_says_nothing_or_two_things_is_refused(
    own: Path, name: str, style: str, folder: str, said: str
) -> None:
    text = placemark(name, GWA, style=style)
    for part in reversed(folder.split(" / ") if folder else []):
        text = f"<Folder><name>{part}</name>{text}</Folder>"
    found = read(own, text, values=STYLES, folder="")
    assert found.sheet.rows == []
    assert said in str(found.sheet.faults[0])


def test_colour_and_folder_say_who_where_the_name_does_not(own: Path) -> None:
    found = read(
        own,
        placemark("Gwa", GWA, style=RED),
        placemark("West", GWA, style="icon-1899-0288D1-nodesc"),
        f"<Folder><name>Arakan Army</name>{placemark('East 2024-05-01', GWA)}</Folder>",
        f"<Folder><name>2024/05/02</name>{placemark('AA', GWA)}</Folder>",
        placemark("AA/SAC - Gwa", GWA, style=RED),
        values=STYLES,
    )
    told = [(cells[mymaps.WHO], cells[mymaps.WHAT], cells[mymaps.DAY]) for _, cells in found.sheet.rows]
    assert told == [
        ("AA", "eao", ""),
        ("SAC", "", ""),
        ("AA", "", "2024-05-01"),
        ("AA", "", "2024/05/02"),
        ("AA;SAC", "contested", ""),
    ]


def test_a_colour_is_that_of_the_style_where_its_id_does_not_say(own: Path) -> None:
    own_style = "<Style><PolyStyle><color>ff1427a5</color></PolyStyle></Style>"
    found = read(own, placemark("Gwa", GWA, more=own_style), values=STYLES)
    assert [cells[mymaps.WHO] for _, cells in found.sheet.rows] == ["AA"]


def test_a_map_is_taken_in_once_it_is_said_what_its_colours_mean_and_that_is_kept(own: Path) -> None:
    words = "https://a.example/1<br>https://b.example/2&nbsp;<br>"
    file = own.parent / "a.kml"
    file.write_text(kml(placemark("Gwa - 2024/12/29", GWA, style=RED, words=words)), encoding="utf-8")
    asked = take(own, "mymaps", file, "--dry-run", "--plan", str(own.parent / "plan.csv"))
    assert "'A52714' has no meaning yet" in (own.parent / "plan.csv").read_text(encoding="utf-8")
    assert asked.code == 0
    ran = take(own, "mymaps", file, "--value", "style:A52714=eao:AA")
    assert ran.code == 0, ran.err
    assert "style          │ 'A52714' means eao:AA" in ran.out
    (report,) = rows(own, "control_reports")
    said = ("pcode", "date", "status", "holders", "scope", "kind", "confidence", "finding")
    assert [report[part] for part in said] == [
        *("MMR012017", "2024-12-29", "eao", "AA", "township", "snapshot", "low"),
        "as drawn on a map, over 100% of it",
    ]
    (source,) = rows(own, "sources")
    assert (source["title"], source["url"], source["affiliation"]) == ("Who holds what", "", "unclassified")
    assert b"a.example" not in content(own)["control_reports.csv"]
    file.write_text(kml(placemark("Gwa - 2025/01/30", GWA, style=RED)), encoding="utf-8")
    again = cli.run(
        "import", "mymaps", file, "--into", own, "--boundaries", own.parent / "townships.gpkg", *drawing.SAID
    )
    assert "as confirmed before" in " ".join(again.out.split())
    assert [row["date"] for row in rows(own, "control_reports")] == ["2024-12-29", "2025-01-30"]
    assert len(rows(own, "sources")) == 1


def test_polygons_are_taken_and_of_points_those_that_name_a_town_and_military_ones_when_asked(own: Path) -> None:
    file = own.parent / "a.kmz"
    marks = (
        placemark("Minhla - SAC - 2024/08/14", MINHLA),
        placemark("Gwa - AA - 2024/08/14", TOWN),
        placemark("Some bend - AA - 2024/08/14", TOWN),
        placemark("LIB 345 - SAC - 2024/08/14", TOWN),
        placemark("AA - IDP camp - 2024/08/14", TOWN),
        placemark(
            "Road - AA - 2024/08/14",
            "<LineString><coordinates>94.1,17.1 94.2,17.2</coordinates></LineString>",
        ),
    )
    file.write_bytes(kmz(kml(*marks)))
    take(own, "mymaps", file, "--dry-run", "--plan", str(own.parent / "plan.csv"))
    with (own.parent / "plan.csv").open(encoding="utf-8", newline="") as plan:
        told = {row["row"]: (row["outcome"], row["reason"]) for row in csv.DictReader(plan)}
    assert [told[row][0] for row in "123456"] == ["new", "new", "refused", "refused", "refused", "refused"]
    assert "names no town known in Gwa" in told["3"][1]
    assert "--military-points" in told["4"][1]
    assert "--military-points" in told["5"][1]
    assert "is a line" in told["6"][1]
    ran = take(own, "mymaps", file, "--military-points")
    assert "4 new, 0 same, 0 changed, 2 refused" in ran.out
    found = [(row["pcode"], row["holders"], row["scope"], row["place"]) for row in rows(own, "control_reports")]
    assert found == [
        ("MMR008009", "SAC", "township", ""),
        ("MMR012017", "AA", "town", "Gwa"),
        ("MMR012017", "SAC", "part", "part drawn as held by SAC"),
        ("MMR012017", "AA", "part", "part drawn as held by AA"),
    ]
    held = b"".join(raw for name, raw in content(own).items() if name in ("control_reports.csv", "sources.csv"))
    assert not [word for word in (b"LIB", b"345", b"camp", b"94.6", b"17.6") if word in held]


def test_a_map_without_dates_needs_one_said(own: Path) -> None:
    file = own.parent / "a.kml"
    file.write_text(kml(placemark("Gwa - AA", GWA)), encoding="utf-8")
    ran = take(own, "mymaps", file)
    assert "0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert "--set date=" in " ".join(ran.out.split())
    assert "1 new" in take(own, "mymaps", file, "--set", "date=2024-12-31").out


def test_the_same_map_again_changes_nothing_and_undo_takes_it_back(own: Path) -> None:
    before = content(own)
    file = own.parent / "a.kml"
    file.write_text(kml(placemark("Gwa - AA - 2024/12/29", GWA), placemark("Gwa - AA - 2024/12/30", TOWN)))
    assert "2 new" in take(own, "mymaps", file).out
    there = content(own)
    assert "Nothing was changed." in take(own, "mymaps", file).out
    assert content(own) == there
    assert "Undone: import mymaps" in cli.run("undo", "--into", own, "--by", "tester").out
    after = content(own)
    del after["log.csv"]
    assert after == before


@pytest.mark.parametrize("value", ["style:A52714=XYZ", "style:A52714=song:AA", "holders:PDFs=eao:"])
def test_a_meaning_that_is_none_is_told(own: Path, value: str) -> None:
    file = own.parent / "a.kml"
    file.write_text(kml(placemark("Gwa", GWA, style=RED)), encoding="utf-8")
    ran = take(own, "mymaps", file, "--value", value)
    assert ran.code == 2
    assert "is no meaning for" in ran.err


def test_a_name_can_be_given_a_meaning(own: Path) -> None:
    found = read(
        own,
        placemark("Rebels - Gwa", GWA),
        placemark("KIA/PDF - Gwa", GWA),
        placemark("AA/ULA - Gwa", GWA),
        values={"holders": {"Rebels": "AA", "KIA/PDF": "contested:KIA;PDF", "ULA": "AA"}},
    )
    assert [(cells[mymaps.WHO], cells[mymaps.WHAT]) for _, cells in found.sheet.rows] == [
        ("AA", ""),
        ("KIA;PDF", "contested"),
        ("AA", ""),
    ]


def test_a_link_to_a_map_is_told_what_to_do_instead_and_nothing_is_fetched(own: Path) -> None:
    link = "<NetworkLink><Link><href>https://www.google.com/maps/d/kml?mid=x</href></Link></NetworkLink>"
    file = own.parent / "a.kml"
    file.write_text(kml(link), encoding="utf-8")
    ran = take(own, "mymaps", file)
    assert ran.code == 2
    assert "is only a link to a map (NetworkLink), and nothing is fetched. Download the map itself" in ran.err
    file.write_text(kml(link, placemark("Gwa - AA - 2024/12/29", GWA)), encoding="utf-8")
    assert "1 links to other maps, which are not followed" in " ".join(take(own, "mymaps", file).out.split())


def test_another_format_is_told_what_my_maps_gives(own: Path) -> None:
    ran = take(own, "mymaps", drawing.layer(own.parent / "a.gpkg", [{"a": "b"}], [GWA]))
    assert ran.code == 2
    assert "Google My Maps gives KML or KMZ" in ran.err


def test_the_command_of_the_page_on_own_data_works(own: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "own-data.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^ {4}mapper (import mymaps .*)$", page, re.MULTILINE)
    (own.parent / "map.kmz").write_bytes(kmz(kml(placemark("Gwa", GWA, style=RED), placemark("Resistance", MINHLA))))
    named = {"map.kmz": str(own.parent / "map.kmz"), "townships.gpkg": str(own.parent / "townships.gpkg")}
    words = [named.get(word, word) for word in shlex.split(line)]
    ran = cli.run(*words, "--plan", own.parent / "plan.csv", "--into", own, *drawing.SAID)
    assert ran.code == 0, ran.err
    assert "2 new, 0 same, 0 changed, 0 refused" in ran.out
