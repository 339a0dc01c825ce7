"""Whether a file of polygons serves: by P-code, by name within the state, and never by guessing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from mapper import errors, pipeline
from mapper.boundaries import fit
from mapper.sources import files

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.tables import Package


@pytest.fixture(scope="module")
def package() -> Package:
    return pipeline.check()


def around(package: Package, pcode: str, size: float = 0.02) -> shapely.Polygon:
    """A small square around the main town of a township."""
    lon, lat = package.townships.loc[pcode, ["lon", "lat"]]
    return shapely.box(lon - size, lat - size, lon + size, lat + size)


def write(path: Path, *features: tuple[dict[str, Any], shapely.Geometry | None]) -> Path:
    listed = [
        {"type": "Feature", "properties": properties, "geometry": shape and json.loads(shapely.to_geojson(shape))}
        for properties, shape in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), encoding="utf-8")
    return path


def named(package: Package, name: str) -> dict[str, str]:
    """P-codes of the townships of a name, by state."""
    table = package.townships
    return {str(state): str(pcode) for pcode, state in table.loc[table["name_en"] == name, "state"].items()}


def test_two_townships_of_one_name_are_told_apart_by_the_state_they_lie_in(package: Package, tmp_path: Path) -> None:
    twins = named(package, "Minhla")
    assert sorted(twins) == ["Bago (West)", "Magway"]
    order = sorted(twins.values(), reverse=True)
    path = write(tmp_path / "a.geojson", *(({"shapeName": "Minhla"}, around(package, pcode)) for pcode in order))
    found = fit.fit(path, package)
    assert found.pcodes == tuple(order)
    assert (found.column, dict(found.how), found.unmatched) == ("shapeName", {"official name": 2}, ())
    assert len(found.missing) == 328
    assert "MMR012017 Gwa" in found.missing
    assert "has no column of township P-codes" in found.problem


def test_a_name_of_two_townships_without_a_town_inside_means_neither(package: Package, tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", ({"shapeName": "Minhla"}, shapely.box(92.5, 9.5, 92.6, 9.6)))
    found = fit.fit(path, package)
    assert found.pcodes == ("",)
    ((_, _, why),) = found.unmatched
    assert why.startswith("'Minhla' is the name of several townships (alike: Minhla, ")


def test_what_is_only_alike_is_listed_and_not_taken(package: Package, tmp_path: Path) -> None:
    (gwa,) = named(package, "Gwa").values()
    path = write(tmp_path / "a.geojson", ({"shapeName": "Gwwa"}, around(package, gwa)), ({}, around(package, gwa)))
    found = fit.fit(path, package)
    assert [(number, said) for number, said, _ in found.unmatched] == [(1, "Gwwa"), (2, "")]
    assert found.unmatched[0][2].startswith(f"'Gwwa' is the name of no township (alike: Gwa, {gwa}")


def test_a_name_in_another_state_is_not_taken(package: Package, tmp_path: Path) -> None:
    (gwa,) = named(package, "Gwa").values()
    path = write(
        tmp_path / "a.geojson",
        ({"ADM3_EN": "Gwa", "ADM1_EN": "Rakhine"}, around(package, gwa)),
        ({"ADM3_EN": "Gwa", "ADM1_EN": "Chin"}, around(package, gwa)),
    )
    found = fit.fit(path, package)
    assert found.pcodes == (gwa, "")
    assert found.unmatched == ((2, "Gwa", f"'Gwa' is in Rakhine, not in Chin (alike: Gwa, {gwa})"),)


def test_a_township_that_two_polygons_match_is_given_to_neither(package: Package, tmp_path: Path) -> None:
    (gwa,) = named(package, "Gwa").values()
    path = write(tmp_path / "a.geojson", *[({"shapeName": "Gwa"}, around(package, gwa))] * 2)
    found = fit.fit(path, package)
    assert found.pcodes == ("", "")
    assert [why for _, _, why in found.unmatched] == [f"2 features match {gwa}"] * 2


def test_codes_go_before_names_and_an_unknown_one_is_listed(package: Package, tmp_path: Path) -> None:
    (gwa,) = named(package, "Gwa").values()
    path = write(
        tmp_path / "a.geojson",
        ({"name": "Minhla", "adm3_pcode": gwa}, around(package, gwa)),
        ({"name": "Gwa", "adm3_pcode": "MMR999999"}, shapely.box(96, 20, 97, 21)),
    )
    found = fit.fit(path, package)
    assert (found.column, found.pcodes, dict(found.how)) == ("adm3_pcode", (gwa, ""), {"P-code": 1})
    assert found.unmatched == ((2, "MMR999999", "its P-code is that of no township"),)


def test_polygons_without_codes_and_names_are_all_listed(package: Package, tmp_path: Path) -> None:
    found = fit.fit(write(tmp_path / "a.geojson", ({"id": 1}, shapely.box(96, 20, 97, 21))), package)
    assert (found.column, found.unmatched) == ("", ((1, "", "it has no name"),))


def test_points_are_no_boundaries(package: Package, tmp_path: Path) -> None:
    with pytest.raises(errors.DataError, match="holds no polygons"):
        fit.fit(write(tmp_path / "a.geojson", ({"shapeName": "Gwa"}, shapely.Point(96, 20)), ({}, None)), package)


def test_the_codes_are_added_and_all_else_is_kept(package: Package, tmp_path: Path) -> None:
    (gwa,) = named(package, "Gwa").values()
    square = around(package, gwa)
    path = write(
        tmp_path / "a.geojson",
        ({"shapeName": "Gwa", "pcode": "own", "n": 1.5}, square),
        ({"shapeName": "</script>", "pcode": None, "n": None}, None),
    )
    (tmp_path / "b.geojson").write_bytes(fit.with_codes(fit.fit(path, package)))
    first, second = files.read_layer(tmp_path / "b.geojson").features
    assert first.properties == {"mapper_pcode": gwa, "shapeName": "Gwa", "pcode": "own", "n": 1.5}
    assert first.geometry is not None
    assert first.geometry.equals(square)
    assert second.properties["shapeName"] == "</script>"
    assert second.properties["mapper_pcode"] is None
