"""Names and points become townships where they can mean one, and are a person's to decide where they cannot."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import made
from mapper.matching import names, points, spelling
from mapper.sources import package as packages
from mapper.sources import townships

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.tables import Package


@pytest.fixture(scope="module")
def package() -> Package:
    return packages.open_package()


@pytest.fixture(scope="module")
def known(package: Package) -> names.Gazetteer:
    return names.Gazetteer(package)


@pytest.mark.parametrize(
    ("asked", "pcode", "how"),
    [
        (("MMR012017", "", ""), "MMR012017", "code"),
        (("mmr012017", "Gwa", "Rakhine State"), "MMR012017", "code"),
        (("", "Hpa-an Township", "Kayin"), "MMR003001", "name"),
        (("", "HPA AN", ""), "MMR003001", "name"),
        (("", "Hpa-an", "Karen State"), "MMR003001", "name"),
        (("", "Minhla", "Magway  region"), "MMR009013", "name"),
        (("", "Minhla", "Bago"), "MMR008009", "name"),
        (("", "Minhla", "Bago (West)"), "MMR008009", "name"),
        (("", "Htantabin", "Yangon"), "MMR013006", "name"),
        (("", "Htantabin", "Bago-East"), "MMR007014", "name"),
        (("", "mmr012017", "Rakhine"), "MMR012017", "code"),  # a code where a name is due
        (("", "Bago", ""), "", "none"),  # a township and a region
        (("", "Bago", "Bago"), "MMR007001", "name"),
        (("", "Muse", "Shan-North"), "MMR015009", "name"),
        (("", "Muse", "Northern Shan State"), "MMR015009", "name"),
        (("", "Muse", "Shan"), "MMR015009", "name"),
        (("", "Moulmein", ""), "MMR011001", "alias"),  # confirmed by a person
        (("", "Tavoy", "Tanintharyi Region"), "MMR006001", "alias"),
        (("", "မြစ်ကြီးနား", ""), "MMR001001", "burmese"),
        (("", "မြစ်ကြီးနား မြို့နယ်", "Kachin"), "MMR001001", "burmese"),
        (("", "ျမစ္ႀကီးနား", "Kachin"), "MMR001001", "zawgyi"),
        (("", "လွ်ဳိင္လင္", ""), "", "none"),
    ],
)
def test_a_place_is_matched_exactly_and_says_how(
    known: names.Gazetteer, asked: tuple[str, str, str], pcode: str, how: str
) -> None:
    code, name, state = asked
    found = known.match(code=code, name=name, state=state)
    assert (found.pcode, found.how) == (pcode, how)


@pytest.mark.parametrize(
    ("asked", "reason", "candidates"),
    [
        (("", "Minhla", ""), "'Minhla' is the name of several townships", ["MMR008009", "MMR009013"]),
        (("", "Htantabin", ""), "'Htantabin' is the name of several townships", ["MMR007014", "MMR013006"]),
        (("", "Minhla", "Shan"), "'Minhla' is in Bago (West), Magway, not in Shan", ["MMR008009", "MMR009013"]),
        (("", "Mergui", "Tanintharyi"), "'Mergui' is the name of several townships", ["MMR006005", "MMR006006"]),
        (("", "Tavoy", ""), "'Tavoy' is an alias that nobody has confirmed; name the state as well", ["MMR006001"]),
        (("", "Monyin", ""), "'Monyin' is an alias that nobody has confirmed", ["MMR008013"]),
        (("", "Myitkyinar", "Kachin"), "'Myitkyinar' is the name of no township", ["MMR001001"]),
        (("", "Sinbo", ""), "'Sinbo' is the name of no township", ["MMR001001"]),
        (("", "Gwa", "Atlantis"), "the state 'Atlantis' is not known", ["MMR012017"]),
        (("MMR999999", "Gwa", ""), "'MMR999999' is the P-code of no township", ["MMR012017"]),
        (("MMR012017", "Minhla", ""), "MMR012017 is Gwa, which 'Minhla' is not known to be", ["MMR012017"]),
        (("MMR012017", "Thandwe", ""), "MMR012017 is Gwa, but 'Thandwe' is MMR012015", ["MMR012015", "MMR012017"]),
        (("MMR012017", "", "Kachin"), "MMR012017 is in Rakhine, not in Kachin", ["MMR012017"]),
        (("MMR009013", "Minhla", "Bago"), "MMR009013 is in Magway, not in Bago", ["MMR009013"]),
        (("", "", ""), "no place is named", []),
        (("", "  ", "Kachin"), "no place is named", []),
    ],
)
def test_what_may_mean_another_place_is_not_matched_and_says_why(
    known: names.Gazetteer, asked: tuple[str, str, str], reason: str, candidates: list[str]
) -> None:
    code, name, state = asked
    found = known.match(code=code, name=name, state=state)
    assert found.pcode == ""
    assert found.reason.startswith(reason)
    assert [one.pcode for one in found.candidates[: len(candidates)]] == candidates


def test_a_candidate_says_what_is_alike_and_how_much(known: names.Gazetteer) -> None:
    first = known.match(name="Myitkyinar", state="Kachin").candidates[0]
    assert str(first) == "Myitkyina (Kachin), MMR001001: Myitkyina, 95 of 100"
    town = known.match(name="Sinbo").candidates[0]
    assert town.because == "Sinbo Town is a town in it"


def test_every_official_name_is_matched_in_both_scripts_and_none_wrongly(
    known: names.Gazetteer, package: Package
) -> None:
    for pcode, name_en, name_my in package.townships[["name_en", "name_my"]].itertuples():
        assert known.match(name=name_en, state=pcode[:6]).pcode == pcode
        assert known.match(name=name_my, state=pcode[:6]).pcode == pcode


def test_of_the_aliases_190_are_matched_with_their_state_and_none_wrongly(
    known: names.Gazetteer, package: Package
) -> None:
    how: Counter[str] = Counter()
    for pcode, alias in zip(package.aliases["pcode"], package.aliases["alias"], strict=True):
        found = known.match(name=alias, state=pcode[:6])
        assert found.pcode in ("", pcode)
        how[found.how] += 1
    assert how == {"alias": 158, "name": 32, "none": 2}  # the two are Mergui, which both Myeik and Kyunsu are called


@given(st.text(max_size=30), st.text(max_size=12))
def test_no_text_breaks_the_matching(known: names.Gazetteer, name: str, state: str) -> None:
    found = known.match(name=name, state=state)
    assert bool(found.pcode) == (found.how != "none")
    assert bool(found.reason) == (not found.pcode)


@given(st.sampled_from(["Minhla", "Htantabin", "MINHLA", "htantabin"]), st.text(alphabet=" -.,'()", max_size=4))
def test_no_spelling_of_a_name_that_two_bear_is_one_of_them(known: names.Gazetteer, name: str, around: str) -> None:
    found = known.match(name=around + name + around)
    assert found.pcode == ""
    assert len(found.candidates) == 2


def test_marks_on_a_letter_may_be_typed_in_any_order() -> None:
    assert spelling.burmese_key("လှုိင်") == spelling.burmese_key("လှိုင်")
    assert spelling.burmese_key("မင်းလှ") != spelling.burmese_key("မင်းလ")


@pytest.fixture(scope="module")
def squares() -> points.Areas:
    return points.of(["A", "B"], np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], dtype=object))


def test_a_point_is_in_one_polygon_on_a_border_or_outside(squares: points.Areas) -> None:
    lon = np.array([0.5, 1.5, 1.0, 3.0, 0.0, np.nan])
    lat = np.array([0.5, 0.5, 0.5, 0.5, 0.0, 0.5])
    found = squares.locate(lon, lat)
    assert found.tolist() == [0, 1, points.BORDER, points.OUTSIDE, 0, points.OUTSIDE]
    assert [squares.pcode(number) for number in found] == ["A", "B", "", "", "A", ""]


def test_points_are_never_placed_by_schematic_boundaries() -> None:
    with pytest.raises(ValueError, match="schematic"):
        points.areas(made.boundaries(made.package()))


@pytest.mark.shared
def test_a_hundred_thousand_points_in_real_townships_agree_with_sjoin(shared_dir: Path, package: Package) -> None:
    real = townships.read_boundaries(shared_dir / "boundaries" / "mimu_adm3_v93.zip", list(package.townships.index))
    random = np.random.default_rng(7)
    west, south, east, north = real.townships.total_bounds
    lon, lat = random.uniform(west, east, 100_000), random.uniform(south, north, 100_000)
    prepared = points.areas(real)
    ours = [prepared.pcode(number) for number in prepared.locate(lon, lat)]
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    theirs = gpd.sjoin(table, real.townships, predicate="intersects", how="left")
    assert theirs["pcode"].fillna("").tolist() == ours
