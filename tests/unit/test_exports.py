"""Layers of exports: what their rows hold, what a choice leaves of them, and what an export says of itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import shapely

import exported
import made
from mapper import errors, geo
from mapper.outputs.exports import choice, columns, make

if TYPE_CHECKING:
    from mapper import control
    from mapper.outputs.exports.layer import Column, Layer

TAKEN = made.report("2024-02-20", "eao", pcode="MMR012002", report_id="R1")
FOUGHT = made.report("2024-05-03", "contested", pcode="MMR012003", report_id="R2", scope="part", place="the port")
LAYERS = {
    "slice": columns.SLICE,
    "history": columns.HISTORY,
    "changes": columns.CHANGES,
    "reports": columns.REPORTS,
    "displacement": columns.DISPLACEMENT,
    "refugees": columns.REFUGEES,
}


def layer(
    subject: str,
    *reports: control.Report,
    chosen: choice.Choice = exported.WHOLE,
    on: dt.date = exported.LAST,
    known_on: dt.date | None = None,
) -> Layer:
    found = exported.export("geojson", subject, made.package(*reports), chosen=chosen, on=on, known_on=known_on)
    return found.layers[0]


def rows(
    subject: str,
    *reports: control.Report,
    chosen: choice.Choice = exported.WHOLE,
    on: dt.date = exported.LAST,
    known_on: dt.date | None = None,
) -> dict[str, dict[str, Any]]:
    found = layer(subject, *reports, chosen=chosen, on=on, known_on=known_on)
    return {row[found.key]: row for row in found.rows()}


@pytest.mark.parametrize("declared", LAYERS.values(), ids=LAYERS)
def test_each_column_has_a_meaning_a_short_name_and_a_tag(declared: tuple[Column, ...]) -> None:
    names = [column.name for column in declared]
    assert len(set(names)) == len(names)
    assert len({column.short for column in declared}) == len(declared)
    assert len({column.hxl for column in declared}) == len(declared)
    for column in declared:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,9}", column.short)
        assert re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", column.hxl)
        assert column.title.endswith(".")
        assert column.kind in {"text", "integer", "number", "day", "truth", "list"}


def test_a_slice_says_who_holds_each_township_and_by_which_reports() -> None:
    found = rows("slice", TAKEN, FOUGHT)
    assert list(found) == ["MMR012001", "MMR012002", "MMR012003", "MMR012004"]
    taken = found["MMR012002"]
    assert (taken["status"], taken["holders"], taken["since"]) == ("eao", ("AA",), dt.date(2024, 2, 20))
    assert (taken["map_class"], taken["label"]) == ("eao.reported", "Ethnic armed organisation")
    assert (taken["report_ids"], taken["report_urls"]) == (("R1",), ("https://paper.example/page",))
    assumed = found["MMR012001"]
    assert (assumed["map_class"], assumed["label"]) == ("junta.assumed", "Junta, assumed, not reported")
    assert found["MMR012003"]["status"] == "contested"


def test_a_slice_can_be_of_any_day() -> None:
    before, on = (rows("slice", TAKEN, on=dt.date(2024, 2, day)) for day in (19, 20))
    assert before["MMR012002"]["status"] == "junta"
    assert on["MMR012002"]["status"] == "eao"
    assert on["MMR012002"]["date"] == dt.date(2024, 2, 20)


def test_a_history_has_a_row_for_each_stretch_with_its_first_day_and_the_first_day_after() -> None:
    found = layer("history", TAKEN)
    assert (found.key, found.begins, found.ends) == ("id", "valid_from", "valid_to")
    of_taken = [row for row in found.rows() if row["pcode"] == "MMR012002"]
    assert [(row["id"], row["valid_from"], row["valid_to"], row["status"]) for row in of_taken] == [
        ("MMR012002_2024-01-31", dt.date(2024, 1, 31), dt.date(2024, 2, 20), "junta"),
        ("MMR012002_2024-02-20", dt.date(2024, 2, 20), None, "eao"),
    ]


def test_changes_say_what_differs_and_which_reports_made_it() -> None:
    found = rows("changes", TAKEN, FOUGHT)
    assert list(found) == ["MMR012002_2024-02-29", "MMR012003_2024-05-31"]
    change = found["MMR012002_2024-02-29"]
    assert (change["from_status"], change["to_status"], change["to_holders"]) == ("junta", "eao", ("AA",))
    assert (change["what"], change["previous_date"]) == ("status", dt.date(2024, 1, 31))
    assert (change["map_class"], change["report_ids"]) == ("eao.reported", ("R1",))


def test_reports_say_what_each_source_said_and_nothing_of_our_own_doubts() -> None:
    found = rows("reports", TAKEN, FOUGHT)
    assert (found["R1"]["place"], found["R2"]["place"]) == ("", "the port")
    assert found["R1"]["publisher"] == "A paper"
    assert not {"doubt", "withdrawn_why", "title"} & set(found["R1"])


def test_what_was_recorded_or_withdrawn_later_is_not_known_yet() -> None:
    early = made.report("2024-03-01", "eao", report_id="R3", pcode="MMR012001", recorded_on=dt.date(2024, 6, 1))
    late = made.report("2024-03-02", "nug", report_id="R4", pcode="MMR012001", recorded_on=dt.date(2024, 8, 1))
    gone = made.report(
        "2024-03-01",
        "eao",
        report_id="R5",
        pcode="MMR012002",
        recorded_on=dt.date(2024, 6, 1),
        withdrawn_on=dt.date(2024, 9, 1),
    )
    known = rows("reports", early, late, gone, known_on=dt.date(2024, 7, 1))
    assert {name: row["withdrawn"] for name, row in known.items()} == {"R3": False, "R5": False}
    now = rows("reports", early, late, gone)
    assert {name: row["withdrawn"] for name, row in now.items()} == {"R3": False, "R4": False, "R5": True}


def figure(name: str, people: int, **fields: object) -> dict[str, Any]:
    values = {
        "date": dt.date(2024, 5, 1),
        "date_precision": "day",
        "level": "township",
        "pcode": "MMR012001",
        "place": "a monastery",
        "people": people,
        "qualifier": "exact",
        "measure": "idps",
        "basis": "total",
        "source_id": "a-source",
        "note": f"exactly {people}",
    }
    return {"figure_id": name, **values, **fields}


def displaced(*figures: dict[str, Any], chosen: choice.Choice = exported.WHOLE) -> list[Layer]:
    package = made.package(displacement=pd.DataFrame(figures).set_index("figure_id"))
    return list(exported.export("geojson", "displacement", package, chosen=chosen).layers)


def test_counts_of_people_are_rounded_and_small_ones_withheld_as_on_the_page() -> None:
    (found,) = displaced(figure("D1", 3), figure("D2", 77), figure("D3", 1234), figure("D4", 0))
    told = {row["figure_id"]: (row["people"], row["people_are"]) for row in found.rows()}
    assert told == {"D1": (5, "few"), "D2": (75, "about"), "D3": (1200, "about"), "D4": (0, "exact")}
    assert "1234" not in str(list(found.rows()))


def test_a_place_of_displaced_people_is_never_finer_than_its_code() -> None:
    (found,) = displaced(figure("D1", 500), figure("D2", 900, level="region_group", pcode="", place="the north"))
    told = {row["figure_id"]: row["name"] for row in found.rows()}
    assert told == {"D1": "Town 1", "D2": "the north"}
    assert [shape is None for shape in found.table.geometry] == [False, True]


def test_a_figure_of_a_month_counts_from_its_last_day_on() -> None:
    day = dt.date(2024, 12, 1)
    (found,) = displaced(figure("D1", 500, date=day, date_precision="month"), figure("D2", 600, date=day))
    assert {row["figure_id"]: row["speaks_from"].day for row in found.rows()} == {"D1": 31, "D2": 1}


def test_names_and_labels_speak_the_language_chosen() -> None:
    found = rows("slice", TAKEN, chosen=choice.Choice(lang="my"))["MMR012002"]
    assert (found["name"], found["name_en"], found["state"]) == ("မြို့ 2", "Town 2", "ရခိုင်")
    assert found["label"] != "Ethnic armed organisation"


def test_only_townships_that_change_are_left_where_that_is_chosen() -> None:
    assert list(rows("slice", TAKEN, FOUGHT, chosen=choice.Choice(changed=True))) == ["MMR012002", "MMR012003"]


def test_only_rows_that_name_a_chosen_actor_are_left() -> None:
    assert list(rows("slice", TAKEN, FOUGHT, chosen=choice.Choice(holders=("AA",)))) == ["MMR012002", "MMR012003"]
    with pytest.raises(errors.UsageError, match="nothing is left to export"):
        rows("slice", TAKEN, chosen=choice.Choice(holders=("KIA",)))


def test_only_rows_of_a_chosen_state_are_left() -> None:
    assert len(rows("slice", chosen=choice.Choice(states=("MMR012",)))) == 4
    with pytest.raises(errors.UsageError, match="nothing is left to export"):
        rows("slice", chosen=choice.Choice(states=("MMR001",)))


def test_actors_and_states_are_found_by_any_case_and_unknown_ones_are_told_with_the_nearest() -> None:
    package = made.package(TAKEN)
    assert choice.find_holders(package, ["aa"]) == ("AA",)
    assert choice.find_states(package, ["rakhine", "mmr012"]) == ("MMR012", "MMR012")
    with pytest.raises(errors.UsageError, match=r"'Rakine' is no state of this package\. Give one such as Rakhine"):
        choice.find_states(package, ["Rakine"])


def test_a_clip_cuts_shapes_and_leaves_out_what_lies_outside() -> None:
    box = choice.Choice(clip=shapely.box(93.5, 19, 95, 20.5), clip_said="a box")
    found = layer("slice", chosen=box)
    assert list(found.table["pcode"]) == ["MMR012001", "MMR012002"]
    assert [shape.bounds for shape in found.table.geometry] == [(93.5, 20, 94, 20.5), (94, 20, 95, 20.5)]
    assert [row["area_km2"] for row in found.rows()] == [11_000.0, 11_000.0]
    with pytest.raises(errors.UsageError, match="no township lies within a box"):
        layer("slice", chosen=choice.Choice(clip=shapely.box(0, 0, 1, 1), clip_said="a box"))


def test_coordinates_are_in_the_chosen_system_easting_first() -> None:
    package = made.package()
    found = exported.export("gpkg", "slice", package, chosen=choice.Choice(crs="EPSG:32647", precision=0))
    (first, *_) = found.layers[0].table.geometry
    west, south, east, north = first.bounds
    # 5 and 6 degrees west of the zone's meridian, some 104 km each, whose easting is 500 km
    assert -135_000 < west < east < -15_000
    assert 2_210_000 < south < north < 2_340_000
    assert (shapely.get_coordinates(first) % 1 == 0).all()


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ({"crs": "EPSG:99999999"}, "no reference system that PROJ knows"),
        ({"crs": "EPSG:5773"}, "give one with two axes"),
        ({"precision": 16}, "decimals from 0 to 15"),
        ({"simplify_m": -1.0}, "metres from 0"),
        ({"lang": "xx"}, "does not speak 'xx'"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_with_its_remedy(chosen: dict[str, Any], problem: str) -> None:
    with pytest.raises(errors.UsageError, match=problem):
        exported.export("gpkg", "slice", made.package(), chosen=choice.Choice(**chosen))


def test_holders_do_not_choose_among_figures_that_name_none() -> None:
    with pytest.raises(errors.UsageError, match="figures of displacement name no holder"):
        displaced(figure("D1", 500), chosen=choice.Choice(holders=("AA",)))


def test_simplified_borders_are_still_shared() -> None:
    wavy = shapely.LineString([(94 + (0.002 if i % 2 else 0), 20 + i / 100) for i in range(101)])
    west, east = shapely.get_parts(shapely.ops.split(shapely.box(93, 20, 95, 21), wavy))
    package = made.package(count=2)
    shapes = made.boundaries(package)
    shapes.townships.geometry = [west, east] if west.centroid.x < east.centroid.x else [east, west]
    boundaries = geo.Boundaries(
        shapes.townships, shapes.neighbours, schematic=True, title="", licence="", attribution=""
    )
    found = exported.export(
        "gpkg", "slice", package, chosen=choice.Choice(simplify_m=1000, precision=4), boundaries=boundaries
    )
    table = found.layers[0].table
    assert shapely.get_num_coordinates(table.geometry.to_numpy()).sum() < 40
    assert geo.is_coverage(table.geometry)
    assert "Borders simplified by 1000 m" in " ".join(found.about.choices)


def test_an_export_says_what_it_is_from_when_and_by_whose_word() -> None:
    about = exported.export("geojson", "slice", made.package(TAKEN)).about
    assert about.title == "Who holds which township, 2024-12-31 (A made-up country)"
    assert (about.version, about.licence) == ("1.0", "CC-BY-4.0")
    assert (about.as_of, about.as_known_on) == (dt.date(2024, 12, 31), made.RECORDED)
    assert [(one.source_id, one.publisher, one.url) for one in about.sources] == [
        ("a-source", "A paper", "https://paper.example/page")
    ]
    assert about.assumption == "junta from 2021-02-01"
    assert about.schematic
    assert any("Schematic boundaries" in line for line in about.caveats)


def test_only_sources_that_rows_rest_on_are_cited() -> None:
    other = made.source(source_id="other", publisher="Another")
    package = made.package(TAKEN, sources={"a-source": made.source(), "other": other})
    assert [one.source_id for one in exported.export("geojson", "slice", package).about.sources] == ["a-source"]


def test_files_are_named_by_what_they_are_and_of_which_days() -> None:
    resolved = exported.line(made.package())
    on = dt.date(2024, 5, 3)
    assert make.stem_of("slice", resolved, on) == "slice-2024-05-03"
    assert make.stem_of("history", resolved, on) == "history-2024-01-31--2024-12-31"
    assert make.stem_of("all", resolved, exported.LAST) == "all-2024-12-31"
