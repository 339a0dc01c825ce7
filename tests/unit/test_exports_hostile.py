"""Every free text hostile at once: each of these formats is still whole to its reader, and holds it as text."""

from __future__ import annotations

import functools
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastkml
import pytest
from lxml import etree

import checkered
import hostile
import layered
import read_back
from mapper.outputs.exports import csv_tables, hxl, kml, pmtiles, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.outputs.exports.layer import About, Layer


@functools.cache
def everything() -> tuple[list[Layer], About]:
    package = hostile.package()
    line = checkered.slices(package)
    return layered.layers_of(package, checkered.boundaries(), line, "slice", "history", "reports", "displacement")


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (csv_tables.write, read_back.from_csv),
        (hxl.write, read_back.from_hxl),
        (kml.write, read_back.from_kml),
        (pmtiles.write, read_back.from_pmtiles),
    ],
    ids=["csv", "hxl", "kml", "pmtiles"],
)
def test_reports_are_read_back_to_the_letter(write: Callable[..., Any], read: Callable[..., Any]) -> None:
    layers, about = everything()
    reports = [layer for layer in layers if layer.name == "reports"]
    (found,) = read(write(reports, about, stem="x"), reports)
    assert len(found) == 30
    # ids are hostile too and not each another, so nothing puts placemarks, which stand by state, in order
    assert sorted(found, key=repr) == sorted(read_back.expected(reports[0]), key=repr)


def test_a_workbook_holds_them_up_to_the_room_of_a_cell() -> None:
    layers, about = everything()
    reports = [layer for layer in layers if layer.name == "reports"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (found,) = read_back.from_xlsx(xlsx.write(reports, about, stem="x"), reports)
    whole = read_back.expected(reports[0])
    for row, expected in zip(found, whole, strict=True):
        for name, value in expected.items():
            fits = not isinstance(value, str) or len(value) <= xlsx.LONGEST
            assert row[name] == (value if fits else value[: xlsx.LONGEST - len(xlsx.CUT)] + xlsx.CUT), name


def test_kml_keeps_to_its_schema_and_its_balloons_have_no_markup_of_others() -> None:
    layers, about = everything()
    (content,) = kml.write(layers, about, stem="x").values()
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    path = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"
    etree.XMLSchema(etree.parse(path)).assertValid(root)
    told = root.xpath("//k:description/text()", namespaces=read_back.KML)
    assert len(told) > 100
    for text in told:
        body = etree.HTML(text, etree.HTMLParser(huge_tree=True))
        assert {element.tag for element in body.iter()} <= {
            *("html", "body", "h3", "p", "b", "small", "ul", "li", "a", "table", "tr", "td", "font")
        }
        assert all(link.get("href").startswith(("http://", "https://")) for link in body.iter("a"))
