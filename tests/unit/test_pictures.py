"""Pictures: what they show and how, in what sizes, and what they say of themselves."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import shapely
from PIL import Image

import checkered
import drawn
import hostile
from mapper import errors, timeline
from mapper.outputs import style
from mapper.outputs.pictures import draw, marks, outlines, sizes

ROOT = Path(__file__).resolve().parents[2]
ON = dt.date(2022, 3, 31)


def image(made: object, **how: object) -> Image.Image:
    return Image.open(io.BytesIO(made.to_bytes("png", **how)))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("size", "pixels"),
    [("article", (1200, 1500)), ("square", (1080, 1080)), ("story", (1080, 1920)), ("print-a4", (2480, 3508))],
)
def test_a_size_has_the_pixels_that_its_help_says(size: str, pixels: tuple[int, int]) -> None:
    assert image(drawn.picture("chart", size=size)).size == pixels
    assert f"{pixels[0]} x {pixels[1]} pixels" in sizes.named(size).says


def test_dpi_makes_a_picture_larger_and_nothing_else() -> None:
    made = drawn.picture("chart", size="square")
    coarse, fine = image(made, dpi=96), image(made, dpi=384)
    assert (coarse.size, fine.size) == ((540, 540), (2160, 2160))
    assert round(fine.info["dpi"][0]) == 384
    near = np.asarray(fine.convert("L").resize((540, 540), Image.Resampling.BOX), dtype=int)
    assert np.abs(near - np.asarray(coarse.convert("L"), dtype=int)).mean() < 3


@pytest.mark.parametrize("dpi", [0, -5, 35, 100_000])
def test_a_resolution_that_cannot_be_is_refused(dpi: int) -> None:
    with pytest.raises(errors.UsageError, match="dpi is not between 36 and"):
        drawn.picture("chart").to_bytes("png", dpi=dpi)


def test_an_unknown_size_kind_or_measure_is_refused_with_what_there_is() -> None:
    with pytest.raises(errors.UsageError, match=r"no size of a picture; choose one of article \(1200 x 1500 pixels\)"):
        drawn.picture("map", size="poster")
    with pytest.raises(errors.UsageError, match="choose one of map, sheet, pair, chart, displacement"):
        drawn.picture("globe")  # type: ignore[arg-type]
    with pytest.raises(errors.UsageError, match="choose one of townships, area, people"):
        drawn.picture("chart", measure="bridges")


def test_a_day_after_the_last_slice_or_a_pair_turned_round_is_refused() -> None:
    with pytest.raises(errors.UsageError, match="after the last slice, 2024-06-30"):
        drawn.picture("map", on=dt.date(2030, 1, 1))
    with pytest.raises(errors.UsageError, match="turn them round"):
        drawn.picture("pair", before=dt.date(2023, 1, 1), on=dt.date(2022, 1, 1))
    with pytest.raises(errors.UsageError, match="2 to 24 dates, and here are 1"):
        drawn.picture("sheet", dates=[ON])


def fills(root: object) -> dict[str, str]:
    """Read the fill of each township, by P-code."""
    found = {}
    for group in root.iter(f"{drawn.SVG}g"):  # type: ignore[attr-defined]
        name = group.get("id", "")
        if name in checkered.PCODES:
            (path,) = group.iter(f"{drawn.SVG}path")
            found[name] = dict(part.split(": ") for part in path.get("style").split("; "))["fill"].upper()
    return found


@pytest.mark.parametrize("night", [False, True])
def test_each_township_has_the_colour_of_its_class_and_its_code_as_id(night: bool) -> None:  # noqa: FBT001
    line, _, _ = drawn.small()
    wanted = {pcode: style.palette(night=night)["fills"][style.class_of(one)] for pcode, one in line.slice(ON).items()}
    found = fills(drawn.tree(drawn.picture("map", on=ON, night=night)))
    assert len(set(wanted.values())) >= 4
    assert found == {pcode: colour.upper() for pcode, colour in wanted.items()}


def test_the_legend_has_every_class_that_is_drawn_with_its_count() -> None:
    line, _, _ = drawn.small()
    said = drawn.texts(drawn.tree(drawn.picture("map", on=ON)))
    counts = [one.status for one in line.slice(ON).values()]
    assert "Contested" in said
    assert said[said.index("Contested") + 1] == str(counts.count("contested"))
    assert "Unknown (no report)" not in said


def test_a_map_says_its_date_sources_licence_scale_and_that_borders_are_schematic() -> None:
    made = drawn.picture("map", on=ON)
    said = " ".join(drawn.texts(drawn.tree(made)))
    for text in ("On 31 March 2022", "As of 31 March 2022.", "As known on", "CC-BY-4.0", "made up", "CC0", " km"):
        assert text in said
    assert "Schematic boundaries: township borders are drawn around towns, not surveyed." in said
    assert "From 30 reports by 1 publishers." in said


def test_hatching_rises_to_the_right_stays_inside_and_has_even_distances() -> None:
    shape = shapely.Point(50, 50).buffer(30)
    vertices = marks.hatch(shape, 6).vertices.reshape(-1, 2, 2)
    steps = vertices[:, 1] - vertices[:, 0]
    assert np.allclose(steps[:, 0], -steps[:, 1], atol=0.03)
    assert shapely.covers(shape.buffer(0.02), shapely.multilinestrings(list(vertices)))
    sums = np.unique(np.round(vertices.sum(axis=2).mean(axis=1), 1))
    assert np.allclose(np.diff(sums), 6 * np.sqrt(2), atol=0.2)


def test_dots_and_the_stale_rim_lie_inside() -> None:
    shape = shapely.box(10, 10, 60, 40)
    dots = marks.dots(shape, 7)
    assert len(dots.vertices) / 9 == 7 * 4
    width, lines = marks.rim(shape, 30, fine=1.0)
    assert width == 1.1
    assert all(shapely.contains(shape, line) for line in lines)
    assert len(marks.rim(shapely.box(0, 0, 4, 4), 4, fine=1.0)[1]) == 0


def test_borders_are_told_apart_by_what_they_part() -> None:
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(2, 0, 3, 1)], dtype=object)
    found = outlines.borders(shapes, [7, 7, 8])
    lengths = {kind: sum(shapely.length(lines)) for kind, lines in found.items()}
    assert lengths == {"township": 1, "state": 1, "country": 8}


def test_a_contested_township_is_hatched_and_a_stale_one_dashed_in_the_picture() -> None:
    root = drawn.tree(drawn.picture("map", on=dt.date(2023, 9, 30)))
    strokes = [path.get("style") for path in root.iter(f"{drawn.SVG}path")]
    hatch = style.palette()["hatch"].lower()
    assert any(f"stroke: {hatch}" in text for text in strokes)
    assert sum("stroke-dasharray" in text for text in strokes) >= 2  # on the map, and in the legend


def test_what_changed_is_outlined_in_both_maps_of_a_pair_and_named_in_its_description() -> None:
    line, _, package = drawn.small()
    before = dt.date(2022, 1, 1)
    changed = [change.pcode for change in line.between(before, ON) if change.what != "stale"]
    assert changed
    made = drawn.picture("pair", before=before, on=ON)
    assert f"{len(changed)} townships differ" in made.about.description
    for pcode in changed:
        assert package.townships["name_en"][pcode] in made.about.description
    said = drawn.texts(drawn.tree(made))
    assert [said.count(day) for day in ("1 January 2022", "31 March 2022")] == [1, 1]
    assert "Differs between the two dates" in said


def test_a_sheet_has_a_map_for_the_end_of_each_year_and_the_latest_slice() -> None:
    said = drawn.texts(drawn.tree(drawn.picture("sheet")))
    years = ["31 December 2021", "31 December 2022", "31 December 2023", "30 June 2024"]
    assert [text for text in said if text in years] == years


def test_a_chart_has_the_shares_of_its_last_slice_in_its_legend() -> None:
    line, _, _ = drawn.small()
    last = [style.class_of(one) for one in line.slice(line.dates[-1]).values()]
    said = drawn.texts(drawn.tree(drawn.picture("chart")))
    share = f"{1000 * last.count('eao.reported') / len(last) / 10:.1f}".removesuffix(".0") + "%"
    assert said[said.index("Ethnic armed organisation") + 1] == share
    assert {"2022", "2023", "0%", "100%"} <= set(said)


@pytest.mark.parametrize("kind", draw.KINDS)
def test_a_png_says_what_it_shows_from_when_and_whose(kind: draw.Kind) -> None:
    parts = drawn.embedded()
    made = drawn.picture(kind, parts)
    info = image(made).info
    assert info["Title"] == made.about.title
    assert info["As of"] == "2026-02-28"
    assert info["As known on"] == parts[2].known_on.isoformat()
    assert info["Copyright"] == "CC-BY-4.0"
    assert "Territorial control in Myanmar" in info["Source"]
    assert len(info["Description"]) > 60


def test_an_svg_has_title_and_description_for_who_cannot_see_it_and_its_text_is_text() -> None:
    made = drawn.picture("map", on=ON, lang="my")
    root = drawn.tree(made)
    assert root.get("role") == "img"
    named = {node.get("id"): node.text for node in root.iter() if node.tag in {f"{drawn.SVG}title", f"{drawn.SVG}desc"}}
    assert [named[name] for name in root.get("aria-labelledby", "").split()] == [
        made.about.title,
        made.about.description,
    ]
    assert drawn.texts(root) == [one.text for one in made.paper.written]
    assert "Noto Sans Myanmar" in made.to_bytes("svg").decode()
    assert "mapper Noto" not in made.to_bytes("svg").decode()


def test_an_svg_asks_no_one_for_anything() -> None:
    root = drawn.tree(drawn.picture("map", on=ON))
    addresses = [value for node in root.iter() for name, value in node.attrib.items() if name.endswith(("href", "src"))]
    assert all(value.startswith("#") for value in addresses)
    styles = "".join(node.text or "" for node in root.iter(f"{drawn.SVG}style"))
    assert styles.count("url(") == styles.count("url(data:font/woff;base64,") > 0


def test_a_pdf_has_its_fonts_in_it_its_words_as_text_and_says_what_it_is() -> None:
    made = drawn.picture("map", drawn.embedded(), lang="en")
    document = pypdfium2.PdfDocument(made.to_bytes("pdf"))
    said = document[0].get_textpage().get_text_range()
    assert "ethnic armed organisations held" in said
    assert "Nay Pyi Taw" in said
    letters = [one for one in document[0].get_objects() if one.type == pdfium.FPDF_PAGEOBJ_TEXT]
    fonts = [pdfium.FPDFTextObj_GetFont(one) for one in letters]
    assert len(fonts) > 20
    assert all(pdfium.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)
    about = document.get_metadata_dict()
    assert about["Title"] == made.about.title
    assert about["Subject"] == made.about.description
    assert "as of 2026-02-28" in about["Keywords"]
    assert about["CreationDate"] == about["ModDate"] == ""


def test_a_pdf_looks_as_the_png_does_in_burmese_too() -> None:
    made = drawn.picture("chart", size="square", lang="my")
    page = pypdfium2.PdfDocument(made.to_bytes("pdf"))[0]
    seen = np.asarray(page.render(scale=96 / 72).to_pil().convert("L").resize((540, 540)), dtype=int)
    plain = np.asarray(image(made, dpi=96).convert("L"), dtype=int)
    assert np.abs(seen - plain).mean() < 6


@pytest.mark.parametrize("kind", draw.KINDS)
def test_hostile_texts_come_out_as_text_in_every_kind(kind: draw.Kind) -> None:
    package = hostile.package()
    line = timeline.timeline(
        package.townships.index, package.reports, checkered.slices(package).dates, options=package.options
    )
    made = drawn.picture(kind, (line, hostile.boundaries(), package))
    root = drawn.tree(made)
    said = " ".join(drawn.texts(root)).replace(" ", "")
    for field in ("Package.title", "Boundaries.attribution"):
        assert hostile.mark(field)[1:-1].replace(" ", "") in said
    assert {node.tag.removeprefix(drawn.SVG) for node in root.iter()}.isdisjoint(
        {"script", "image", "foreignObject", "a"}
    )
    info = image(made).info
    assert "Package.title" in info["Source"]
    pypdfium2.PdfDocument(made.to_bytes("pdf"))


def test_formulas_are_never_read_names_with_dollars_stay_as_they_are() -> None:
    line, boundaries, package = drawn.small()
    odd = r"A $x_1$ \frac{1}{2} $\alpha$"
    named = checkered.package(townships=package.townships.assign(state=odd))
    said = drawn.texts(drawn.tree(drawn.picture("map", (line, boundaries, named), on=ON)))
    assert odd in said


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_input_gives_the_same_bytes_in_another_process_at_another_time(form: str, tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = ['tests']; import drawn\n"
        f"made = [drawn.picture(kind, lang='my').to_bytes('{form}') for kind in ('map', 'pair', 'chart')]\n"
        "print(hashlib.sha256(b''.join(made)).hexdigest())"
    )
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: path\npath.sketch: 3, 100, 2\n")
    runs = [
        {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1000000000", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(tmp_path), "TZ": "Asia/Yangon", "LC_ALL": "C"},
    ]
    keep = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    found = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**keep, **run}, capture_output=True, text=True, check=True
        ).stdout
        for run in runs
    ]
    assert found[0] == found[1]


def test_the_standard_set_has_its_files_and_leaves_out_what_there_is_nothing_for() -> None:
    line, boundaries, package = drawn.small()
    found = draw.standard(line, boundaries, package)
    assert list(found) == [name for name in draw.STANDARD if name != "displacement.png"]
    assert found["map.svg"].startswith(b"<?xml")
    one = timeline.timeline(package.townships.index, package.reports, [ON], options=package.options)
    assert list(draw.standard(one, boundaries, package)) == ["map.png", "map.svg", "pair.png", "chart.png"]
