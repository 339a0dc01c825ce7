"""Files of feeds that are broken, or made to harm: one clear message, or a row refused; never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cli
import feed_fuzz
import feeds
from mapper.intake import book, start

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.matching.points import Areas

SHORT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> book.Book:
    place = tmp_path_factory.mktemp("small")
    (place / "places.csv").write_text(feeds.PLACES, encoding="utf-8")
    start.make(place / "own", start.Wishes("Small", places=place / "places.csv"))
    return book.Book(place / "own")


@pytest.fixture(scope="module")
def areas() -> Areas:
    return feed_fuzz.squares()


@pytest.mark.parametrize("name", feed_fuzz.NAMED)
def test_no_changed_row_breaks_an_importer_and_no_wrong_row_is_taken(
    small: book.Book, areas: Areas, tmp_path: Path, name: str
) -> None:
    feed = feed_fuzz.NAMED[name]

    @SHORT
    @given(rows=feed_fuzz.rows_of(feed))
    def check(rows: list[feed_fuzz.Row]) -> None:
        feed_fuzz.hold(feed_fuzz.plans(feed, feed.write(rows), small, tmp_path, areas), feed, rows)

    check()


@pytest.mark.parametrize("name", feed_fuzz.NAMED)
def test_no_changed_byte_breaks_an_importer(small: book.Book, areas: Areas, tmp_path: Path, name: str) -> None:
    feed = feed_fuzz.NAMED[name]

    @SHORT
    @given(edits=feed_fuzz.EDITS)
    def check(edits: list[tuple[int, int, bytes]]) -> None:
        feed_fuzz.hold(feed_fuzz.plans(feed, feed_fuzz.mutated(feed, edits), small, tmp_path, areas), feed)

    check()


@SHORT
@given(raw=st.binary(max_size=200), name=st.sampled_from(sorted(feed_fuzz.NAMED)))
def test_no_bytes_break_an_importer(small: book.Book, areas: Areas, tmp_path: Path, raw: bytes, name: str) -> None:
    feed = feed_fuzz.NAMED[name]
    feed_fuzz.hold(feed_fuzz.plans(feed, raw, small, tmp_path, areas), feed)


DEEP = b'{"result":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (DEEP, "is nested too deeply"),
        (b'{"result": [{"numPresentIdpInd": NaN}]}', "holds NaN, which is not JSON"),
        (b'{"result": [{"a": Infinity}]}', "holds Infinity, which is not JSON"),
        (b'{"result": [{"a": 1, "a": 2}]}', "has the key 'a' twice"),
        (b'{"result": [{"a": ' + b"9" * 5000 + b"}]}", "Exceeds the limit"),
        (b'{"result": [1, 2]}', "is missing"),
        (b'{"result": {"a": 1}}', "holds no list of rows"),
        (b'{"data": []}', "holds no list of rows"),
        (b"[]", "is missing"),
        (b"7", "holds no list of rows"),
        (b'{"result": [', "is not JSON"),
        ('{"result": []}'.encode("utf-16"), "is not UTF-8"),
        (b'{"result": [{"a": "\xff"}]}', "is not UTF-8"),
        (b"", "is empty"),
    ],
)
def test_json_made_to_harm_gets_one_clear_message(small: book.Book, tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "a.json").write_bytes(raw)
    ran = cli.run("import", "dtm", tmp_path / "a.json", "--into", small.folder, *feeds.BY)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") <= 3


def test_halves_of_letters_and_hostile_words_are_refused_or_told_as_text(
    small: book.Book, areas: Areas, tmp_path: Path
) -> None:
    feed = feed_fuzz.NAMED["acled-1"]
    sides = ["\ud800", "\x1b[31mred", "=cmd|x", "<script>alert(1)</script>", "{{ 7*7 }}"]
    rows = [{**feeds.CLASH, "event_id_cnty": f"MMR{n}", "actor1": side} for n, side in enumerate(sides)]
    (plan,) = feed_fuzz.plans(feed, feed.write(rows), small, tmp_path, areas)
    assert [row.outcome for row in plan.rows] == ["new", "refused", "refused", "new", "new"]
    assert plan.rows[0].cells["sides"].startswith("?; ")


def test_a_list_where_a_name_is_due_is_no_name(small: book.Book, areas: Areas, tmp_path: Path) -> None:
    feed = feed_fuzz.NAMED["acled-1"]
    (plan,) = feed_fuzz.plans(feed, feed.write([{**feeds.CLASH, "admin3": ["Gwa"]}]), small, tmp_path, areas)
    assert [(row.outcome, row.cells["pcode"]) for row in plan.rows] == [("new", "")]
    assert 'which is not known as a list: ["Gwa"], Rakhine' in plan.rows[0].reason


def test_an_id_that_comes_twice_is_taken_from_neither_row(small: book.Book, areas: Areas, tmp_path: Path) -> None:
    feed = feed_fuzz.NAMED["acled-0"]
    raw = feed.write([dict(feeds.CLASH), {**feeds.CLASH, "fatalities": "9"}])
    (plan,) = feed_fuzz.plans(feed, raw, small, tmp_path, areas)
    assert [row.outcome for row in plan.rows] == ["refused", "refused"]
    assert "says otherwise than row 3" in plan.rows[0].reason
    assert "says otherwise than row 2" in plan.rows[1].reason


@pytest.mark.parametrize("name", [name for name, feed in feed_fuzz.NAMED.items() if feed.name == "a.csv"])
def test_tables_in_utf_16_are_read_and_those_in_older_codes_are_refused(
    small: book.Book, areas: Areas, tmp_path: Path, name: str
) -> None:
    feed = feed_fuzz.NAMED[name]
    raw = feed.write([dict(feed.base[0])])

    def taken(written: bytes) -> list[dict[str, str]]:
        return [row.cells for plan in feed_fuzz.plans(feed, written, small, tmp_path, areas) for row in plan.rows]

    assert taken(raw.decode("utf-8-sig").encode("utf-16")) == taken(raw) != []
    assert taken(raw + b"\xe9") == []
