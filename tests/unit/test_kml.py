"""KML and KMZ: what Google Earth opens, plays and says, and what a GIS finds in it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import fastkml
import fiona
import geopandas as gpd
import pyogrio
import pytest
import shapely
from lxml import etree

import checkered
import layered
import made
from mapper import control
from mapper.outputs import style
from mapper.outputs.exports import balloon, hatching, kml, kml_styles, kmz

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.outputs.exports.layer import About, Layer

KML = {"k": "http://www.opengis.net/kml/2.2", "gx": "http://www.google.com/kml/ext/2.2"}
SUBJECTS = ("slice", "history", "changes", "reports")
HOSTILE = "]]></description><script>window.hacked=1</script>$[name]<img src=x onerror=alert(1)>&amp;\x07"


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The OGC's schema of KML 2.2 with Google's words beside it, as fastkml carries them."""
    return etree.XMLSchema(etree.parse(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"))


@pytest.fixture(scope="module")
def history() -> tuple[Layer, About]:
    (layer,), about = layered.checkered_layers("history")
    return layer, about


@pytest.fixture(scope="module")
def root(history: tuple[Layer, About]) -> etree._Element:
    layer, about = history
    return etree.fromstring(kml.document([layer], about))


def texts(root: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in root.xpath(path, namespaces=KML)]


def placemarks(root: etree._Element) -> Iterator[tuple[str, str, str, str]]:
    """P-code, begin, end and style of each row's placemark."""
    for mark in root.xpath("//k:Placemark[k:ExtendedData]", namespaces=KML):
        (pcode,) = texts(mark, ".//k:SimpleData[@name='pcode']")
        yield (
            pcode,
            mark.findtext("k:TimeSpan/k:begin", "", KML),
            mark.findtext("k:TimeSpan/k:end", "", KML),
            mark.findtext("k:styleUrl", "", KML),
        )


@pytest.mark.parametrize("lang", ["en", "my"])
def test_it_keeps_to_the_schema_of_the_ogc(schema: etree.XMLSchema, lang: str) -> None:
    layers, about = layered.checkered_layers(*SUBJECTS, lang=lang)
    for layer in [[one] for one in layers] + [layers]:
        schema.assertValid(etree.fromstring(kml.document(layer, about)))


def test_figures_of_people_keep_to_the_schema_too(schema: etree.XMLSchema) -> None:
    layers, about = layered.embedded("displacement")
    (content,) = kml.write(layers, about, stem="x").values()
    schema.assertValid(etree.fromstring(content, etree.XMLParser(huge_tree=True)))
    assert b"Fewer" not in content
    assert "displaced" in content.decode()


def test_a_stretch_lasts_from_its_first_second_to_its_last(root: etree._Element) -> None:
    spans = [mark[1:3] for mark in placemarks(root) if mark[0] == checkered.PCODES[0]]
    assert spans == [
        ("2021-01-31T00:00:00Z", "2021-01-31T23:59:59Z"),  # before the baseline nothing is known
        ("2021-02-01T00:00:00Z", "2021-02-09T23:59:59Z"),  # assumed
        ("2021-02-10T00:00:00Z", "2021-05-02T23:59:59Z"),  # the AA's, as reported of that day
        ("2021-05-03T00:00:00Z", "2022-05-03T23:59:59Z"),  # the junta's again
        ("2022-05-04T00:00:00Z", ""),  # and a year later confirmed no more
    ]


def test_at_any_moment_each_township_is_shown_once(root: etree._Element) -> None:
    for moment in ("2021-02-09T23:59:59Z", "2021-02-10T00:00:00Z", "2022-06-30T12:00:00Z", "2024-06-30T12:00:00Z"):
        shown = [pcode for pcode, begin, end, _ in placemarks(root) if begin <= moment <= (end or "9")]
        assert sorted(shown) == sorted(checkered.PCODES)


def test_a_slice_has_no_time_and_a_report_of_a_month_has_that_month() -> None:
    (found,), about = layered.checkered_layers("slice")
    assert b"<TimeSpan>" not in kml.document([found], about)
    assert b"<TimeStamp>" not in kml.document([found], about)
    package = made.package(made.report("2024-02", "eao", pcode="MMR012001"))
    line = checkered.slices(package)
    (found,), about = layered.layers_of(package, made.boundaries(package), line, "reports")
    root = etree.fromstring(kml.document([found], about))
    assert texts(root, "//k:Placemark/k:TimeStamp/k:when") == ["2024-02"]


def test_it_opens_at_the_last_day(root: etree._Element) -> None:
    assert texts(root, "//k:LookAt/gx:TimeStamp/k:when") == ["2024-06-30T12:00:00Z"]


def test_fills_are_those_of_our_map_and_what_is_assumed_is_pale(root: etree._Element) -> None:
    fills = {
        one.get("id"): one.findtext("k:PolyStyle/k:color", "", KML) for one in root.xpath("//k:Style", namespaces=KML)
    }
    assert fills["junta.reported"] == "d92a2f9e"  # #9E2F2A, as KML turns it round
    assert fills["junta.assumed"] == "d9d8e0f6"  # #F6E0D8
    assert fills["contested.reported"] == "d94bc1f3"  # #F3C14B
    for name, fill in style.palette()["fills"].items():
        assert kml_styles.look(name).fill == kml_styles.colour(fill, 0xD9)
    assert {mark[3].removeprefix("#") for mark in placemarks(root)} <= fills.keys()


def test_what_is_contested_stale_or_disputed_is_told_without_colour(root: etree._Element) -> None:
    plain, contested = kml_styles.look("eao.reported"), kml_styles.look("contested.reported")
    stale, disputed = kml_styles.look("eao.reported.stale"), kml_styles.look("contested.reported.disputed")
    assert len({plain.width, contested.width, stale.width, disputed.width}) == 4
    hatched = root.xpath("//k:Placemark[k:styleUrl='#hatching']", namespaces=KML)
    drawn = [mark for mark in placemarks(root) if mark[3].startswith("#contested")]
    assert len(hatched) == len(drawn) > 0
    assert all(mark.find(".//k:LineString", KML) is not None for mark in hatched)
    assert all(": Contested" in name for name in texts(root, "//k:Placemark[k:styleUrl='#hatching']/k:name"))


@pytest.mark.parametrize("width", [4.0, 0.5, 0.02])
def test_hatching_crosses_a_shape_of_any_size_and_stays_within(width: float) -> None:
    shape = shapely.box(96, 20, 96 + width, 20 + width).difference(shapely.box(96, 20, 96 + width / 3, 20 + width / 3))
    lines = hatching.lines(shape)
    assert 3 <= len(lines.geoms) <= 60
    assert shape.buffer(1e-9).covers(lines)


def test_there_is_a_folder_for_each_state(root: etree._Element) -> None:
    folders = {
        folder.findtext("k:name", "", KML): folder for folder in root.xpath("//k:Folder/k:Folder", namespaces=KML)
    }
    assert list(folders) == ["South", "North", "Contested / / /"]
    for name, code in (("South", "MMR012"), ("North", "MMR013")):
        assert set(texts(folders[name], ".//k:SimpleData[@name='state_pcode']")) == {code}


def test_of_several_layers_only_the_first_is_switched_on() -> None:
    layers, about = layered.checkered_layers("slice", "history")
    root = etree.fromstring(kml.document(layers, about))
    one, two = root.xpath("/k:kml/k:Document/k:Folder", namespaces=KML)
    assert one.xpath(".//k:visibility", namespaces=KML) == []
    assert set(texts(two, ".//k:visibility")) == {"0"}
    assert len(texts(two, ".//k:visibility")) == len(two.xpath(".//k:Folder|.//k:Placemark", namespaces=KML)) + 1


def test_the_document_says_what_it_is_from_when_and_under_which_licence(root: etree._Element) -> None:
    (told,) = texts(root, "/k:kml/k:Document/k:description")
    for words in (
        "Junta, assumed, not reported",
        "/ / /",
        "As of 30 June 2024.",
        "CC-BY-4.0",
        "Schematic boundaries",
        "do not imply endorsement",
        "never use it to plan movement",
    ):
        assert words in told
    data = {one.get("name"): one.findtext("k:value", "", KML) for one in root.xpath("//k:Data", namespaces=KML)}
    assert (data["as_of"], data["as_known_on"], data["version"]) == ("2024-06-30", "2026-01-01", "1.0")
    assert data["sources"] == "a-source A paper 2024-06-01 https://paper.example/page facts-cited"


def test_columns_carry_their_meaning_and_type(root: etree._Element) -> None:
    fields = {one.get("name"): one for one in root.xpath("//k:SimpleField", namespaces=KML)}
    assert fields["pcode"].get("type") == "string"
    assert fields["disputed"].get("type") == "bool"
    assert fields["pcode"].findtext("k:displayName", "", KML).startswith("P-code of the township")


def test_a_balloon_says_who_since_when_how_sure_and_by_whose_word(history: tuple[Layer, About]) -> None:
    layer, about = history
    said = balloon.Balloons(about, layered.english())
    row = next(row for row in layer.rows() if row["holders"] == ("AA", "KIA"))
    found = said.row(row, begins=layer.begins, ends=layer.ends)
    for words in (
        "Ethnic armed organisation",
        "Held by: AA in full (AA), KIA in full (KIA)",
        "Since: 20 August 2021",
        "How sure: medium confidence",
        "From 20 August 2021 to",
        'Says who:</p>\n<ul><li><a href="https://paper.example/page">A paper, 2024-06-01</a></li></ul>',
        row["pcode"],
    ):
        assert words in found


def test_an_assumption_is_said_to_be_one(history: tuple[Layer, About]) -> None:
    layer, about = history
    row = next(row for row in layer.rows() if row["basis"] == "assumed")
    found = balloon.Balloons(about, layered.english()).row(row, begins=layer.begins, ends=layer.ends)
    assert "How sure: assumed" in found
    assert "Says who" not in found


def test_text_of_the_data_is_never_markup() -> None:
    reports = [
        made.report(
            "2024-02-20",
            status,
            pcode=f"MMR01200{number}",
            report_id=f"R{number}",
            place=HOSTILE,
            finding=HOSTILE,
            claimant=HOSTILE,
            claimant_side="eao",
            scope="part",
        )
        for number, status in enumerate(control.REPORT_STATUSES, start=1)
    ]
    package = made.package(
        *reports,
        title=HOSTILE,
        licence=HOSTILE,
        sources={"a-source": made.source(publisher=HOSTILE, url="javascript:alert(1)")},
        actors={"AA": control.Actor("AA", HOSTILE, "", "eao")},
    )
    package.townships["name_en"] = HOSTILE
    package.townships["state"] = HOSTILE
    layers, about = layered.layers_of(package, made.boundaries(package), checkered.slices(package), *SUBJECTS)
    content = kml.document(layers, about)
    root = etree.fromstring(content)
    assert b"CDATA" not in content
    for told in texts(root, "//k:description"):
        body = etree.HTML(told)
        assert body.xpath("//script|//img") == []
        assert {link.get("href") for link in body.xpath("//a")} <= {None}
        assert "$[" not in told
        assert "window.hacked" in "".join(body.itertext())
    assert any(name.startswith("]]></description><script>") for name in texts(root, "//k:Placemark/k:name"))


def test_neighbours_share_their_borders(history: tuple[Layer, About], tmp_path: Path) -> None:
    layer, about = history
    path = tmp_path / "history.kml"
    path.write_bytes(kml.document([layer], about))
    found = gpd.GeoDataFrame(
        [row for name in ("South", "North") for row in pyogrio.read_dataframe(path, layer=name).to_dict("records")],
        crs="EPSG:4326",
    )
    now = found[found["valid_to"].isna()].set_index("pcode")
    assert len(now) == 30
    assert shapely.coverage_is_valid(now.geometry.to_numpy())
    assert now.geometry[checkered.PCODES[7]].equals(checkered.square(7))


def test_two_gdals_read_it(history: tuple[Layer, About], tmp_path: Path) -> None:
    layer, about = history
    path = tmp_path / "history.kml"
    path.write_bytes(kml.document([layer], about))
    found = pyogrio.read_dataframe(path, layer="South")
    row = found[found["id2"] == f"{checkered.PCODES[0]}_2021-02-10"].iloc[0]
    assert (row["pcode"], row["status"], row["stale"]) == (checkered.PCODES[0], "eao", False)
    assert row["begin"].date() == dt.date(2021, 2, 10)
    with fiona.open(path, layer="South", allow_unsupported_drivers=True) as rows:
        assert len(rows) == len(found)


def test_a_kmz_is_the_same_document_packed_without_a_clock(history: tuple[Layer, About]) -> None:
    layer, about = history
    (content,) = kmz.write([layer], about, stem="x").values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (entry,) = archive.infolist()
        assert (entry.filename, entry.date_time) == ("doc.kml", (1980, 1, 1, 0, 0, 0))
        assert archive.read(entry) == kml.document([layer], about)
    assert len(content) < len(kml.document([layer], about)) / 5


def test_coordinates_have_at_most_six_decimals() -> None:
    layers, about = layered.embedded("slice")
    (content,) = kml.write(layers, about, stem="x").values()
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    numbers = " ".join(texts(root, "//k:coordinates")).replace(",", " ").split()
    assert len(numbers) > 10_000
    assert all(re.fullmatch(r"\d{1,3}\.\d{1,6}", number) for number in numbers)
