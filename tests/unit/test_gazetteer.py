"""Names to find a place by, as the page gets them: what is in, what is left out, and where towns lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import made
import written
from mapper.outputs import arcs, codec, gazetteer

FRAME = arcs.Frame(
    west=float(arcs.mercator(np.array([[90.0, 0.0]]))[0, 0]),
    north=float(arcs.mercator(np.array([[0.0, 25.0]]))[0, 1]),
    cell=135.0,
)


def towns(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    """Make a table of towns: township, English and Burmese name, longitude and latitude."""
    frame = pd.DataFrame(rows, columns=["pcode", "name_en", "name_my", "lon", "lat"])
    return frame.set_index(pd.Index([f"{row[0]}{701 + i}" for i, row in enumerate(rows)], name="town_pcode"))


def found(**tables: pd.DataFrame) -> dict[str, Any]:
    package = made.package(**tables)
    return gazetteer.gazetteer(package, FRAME, [100, 200, 300, 400, 500, 600, 700, 800])


def test_an_alias_stands_with_its_township_and_one_that_is_the_name_does_not() -> None:
    rows = [("MMR012001", "Taung"), ("MMR012001", "TOWN-1"), ("MMR012003", "Third"), ("MMR012003", "Third Town")]
    aliases = pd.DataFrame(rows, columns=["pcode", "alias"]).assign(seen_in="a list", machine_matched="yes")
    given = found(aliases=aliases)["aliases"]
    assert given["name"] == ["Taung", "Third", "Third Town"]
    assert written.read(given["count"], written.digit) == [1, 0, 2, 0]


def test_a_town_that_has_its_townships_name_is_left_out_and_its_own_burmese_name_is_kept() -> None:
    given = found(
        towns=towns(
            ("MMR012001", "Town 1 Town", "မြို့ 1", 93.0, 20.0),
            ("MMR012001", "Other Town", "အခြား", 93.1, 20.0),
            ("MMR012002", "Same Town", "မြို့ 2", 94.1, 20.0),
            ("MMR999999", "Nowhere Town", "မရှိ", 94.1, 20.0),
        )
    )["towns"]
    assert given["en"] == ["Other", "Same"]
    assert [written.letters(name, codec.BURMESE) for name in given["my"]] == ["အခြား", ""]
    assert written.read(given["count"], written.digit) == [1, 1, 0, 0]


def test_a_towns_point_lies_within_a_cell_of_where_it_is() -> None:
    given = found(towns=towns(("MMR012002", "Other Town", "", 94.4, 20.3)))["towns"]
    step = np.array(written.read(given["point"], written.step)) * 8
    true = (arcs.mercator(np.array([[94.4, 20.3]]))[0] - (FRAME.west, FRAME.north)) * (1, -1) / FRAME.cell
    assert np.abs(np.array([300, 400]) + step - true).max() <= 4.5
    seats = np.array(written.read(given["seat"]["point"], written.step)).reshape(-1, 2)
    assert len(seats) == 4


@pytest.mark.parametrize(
    ("name", "lon", "state", "rank"),
    [("Sittwe City", 93.0, "Sittwe", "0"), ("Rakhine Town", 93.0, "Rakhine (North)", "0"),
     ("Sittwe Town", 93.0, "Rakhine", "1"), ("Seat Town", 93.0, "Rakhine", "2"), ("Sittwe Town", 93.5, "Rakhine", "3")],
)  # fmt: skip
def test_a_town_ranks_by_what_it_gives_its_name_to(name: str, lon: float, state: str, rank: str) -> None:
    townships = made.package().townships.assign(state=state)
    given = found(townships=townships, towns=towns(("MMR012001", name, "", lon, 20.0)))["towns"]
    assert given["rank"] == rank
    assert given["seat"]["rank"] == "2222"
