"""Tables and JSON come in whole, or are refused with file, row, problem and remedy; nothing is guessed."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from mapper import errors
from mapper.sources import files

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, content: bytes | str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def faults(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(errors.DataError) as caught:
        files.read_text_table(path)
    assert all(fault.file == str(path) and fault.remedy for fault in caught.value.faults)
    return [(fault.row, fault.problem) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "content",
    ["a,b\n1,ရမ်းဗြဲ\n", "\ufeffa,b\n1,ရမ်းဗြဲ\n", "a,b\r\n1,ရမ်းဗြဲ\r\n", "a,b\n1,ရမ်းဗြဲ", 'a,b\n\n"1","ရမ်းဗြဲ"\n\n'],
    ids=["plain", "byte-order mark", "CRLF", "no last line end", "blank lines and quotes"],
)
def test_a_good_table_reads_the_same_however_it_was_saved(tmp_path: Path, content: str) -> None:
    header, rows = files.read_text_table(put(tmp_path, content))
    assert header == ["a", "b"]
    assert [cells for _, cells in rows] == [{"a": "1", "b": "ရမ်းဗြဲ"}]


def test_a_row_is_counted_as_an_editor_counts_also_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    _, rows = files.read_text_table(put(tmp_path, 'a,b\n1,"two\nlines, and ""quotes"""\n2,x\n'))
    assert rows == [(2, {"a": "1", "b": 'two\nlines, and "quotes"'}), (4, {"a": "2", "b": "x"})]


def test_latin_1_is_refused_with_line_and_byte_and_the_other_faults_are_told_too(tmp_path: Path) -> None:
    path = put(tmp_path, b"a,b\n1,caf\xe9\n2\n3,na\xefve\n")
    assert faults(path) == [
        (2, "is not UTF-8 (byte 6 of the line, 10 of the file)"),
        (3, "has too few cells: 1, where the header has 2"),
        (4, "is not UTF-8 (byte 5 of the line, 18 of the file)"),
    ]
    with pytest.raises(errors.DataError, match=r"row 2: '0xE9' is not UTF-8 .*\. Save the file as UTF-8\."):
        files.read_text_table(path)


@pytest.mark.parametrize(
    ("content", "row", "problem"),
    [
        (b"", 0, "is empty"),
        (b"\n\n", 0, "is empty"),
        ("a,b\n1,2\n".encode("utf-16"), 0, "is in UTF-16, not UTF-8"),
        (b"a,b\n1,\x00\n", 2, "holds a NUL byte"),
        (b"a,b,a\n1,2,3\n", 1, "is a column that comes twice"),
        (b"a,,c\n1,2,3\n", 1, "has no name for column 2"),
        (b"a;b\n1;2\n", 1, "has no commas"),
        (b"a,b\n1,2,3\n", 2, "has too many cells: 3, where the header has 2"),
        (b'a,b\n1,2\n3,"x\n4,5\n', 3, "opens a quote that is never closed"),
        (b'a,b\n1,"x"y\n', 2, "is not CSV (',' expected after '\"')"),
        (b"a,b\r1,2\r", 1, "ends its lines with CR alone"),
    ],
)
def test_what_is_no_table_is_told_with_its_row(tmp_path: Path, content: bytes, row: int, problem: str) -> None:
    assert faults(put(tmp_path, content)) == [(row, problem)]


def test_a_cell_longer_than_any_of_ours_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(put(tmp_path, "a,b\n1,2\n3," + "x" * 131_073 + "\n"))
    assert fault == (3, "has a cell of over 131,072 characters")


def test_a_limit_that_another_library_raised_stays_raised_and_ours_holds(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        (fault,) = faults(put(tmp_path, "a,b\n1," + "x" * 131_073 + "\n"))
        assert fault == (2, "has a cell of over 131,072 characters")
        assert csv.field_size_limit() == 10_000_000
    finally:
        csv.field_size_limit(before)


def test_a_cell_of_200_mb_is_refused_after_a_megabyte(tmp_path: Path) -> None:
    path = put(tmp_path, b"a,b\n1,")
    with path.open("r+b") as file:
        file.truncate(200_000_000)  # zeros without taking room on the disk
    assert faults(path) == [(2, "starts a record of over 1,000,000 bytes")]


def test_a_cell_of_many_lines_is_refused_at_the_same_length(tmp_path: Path) -> None:
    (fault,) = faults(put(tmp_path, 'a,b\n1,"' + "line\n" * 300_000))
    assert fault[0] == 2
    assert "has a cell of over" in fault[1]


def test_a_table_of_over_256_mb_is_not_opened(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b\n")
    with path.open("r+b") as file:
        file.truncate(257_000_000)
    assert faults(path) == [(0, "is 257 MB, more than 256 MB")]


def test_a_file_of_something_else_stops_after_500_faults(tmp_path: Path) -> None:
    assert len(faults(put(tmp_path, b"a,b\n" + b"\xff\n" * 5000))) == 500


def test_a_folder_where_a_file_is_due_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path) == [(0, "is a folder where a file is due")]


def test_a_missing_file_is_told_with_names_like_it(tmp_path: Path) -> None:
    put(tmp_path, "a\n", "townships.csv")
    with pytest.raises(errors.DataError, match=r"does not exist\. Did you mean townships\.csv\."):
        files.read_text_table(tmp_path / "township.csv")
    assert faults(tmp_path / "no" / "such.csv") == [(0, "does not exist")]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a\n1\n")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)  # a superuser may read everything, so chmod would not do
    assert faults(path) == [(0, "may not be read by you")]


def test_a_device_is_not_read(tmp_path: Path) -> None:
    link = tmp_path / "zero.csv"
    link.symlink_to("/dev/zero")
    assert faults(link) == [(0, "is not a plain file")]


def test_messages_call_a_table_by_the_name_given(tmp_path: Path) -> None:
    with pytest.raises(errors.DataError, match=r"^reports: is empty"):
        files.read_text_table(put(tmp_path, ""), name="reports")


def test_json_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    assert files.read_json(put(tmp_path, '\ufeff{"a": [1, "ရ"]}')) == {"a": [1, "ရ"]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": 1,\n "b": }', r"row 2: is not JSON \(Expecting value, character 7 of the line\)"),
        (b"", r"row 1: is not JSON"),
        (b'{"a": {"b": 1, "b": 2}}', r"has the key 'b' twice in one object"),
        (b'{"a": NaN}', r"holds NaN, which is not JSON"),
        (b'{\n"a": "\xe9"}', r"row 2: is not UTF-8 \(byte 9 of the file\). Save the file as UTF-8"),
        (b"[" * 200_000, r"is nested too deeply"),
        (b"1" * 5000, r"[Ll]imit"),
    ],
)
def test_what_is_no_json_is_told_with_its_line(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(errors.DataError, match=message):
        files.read_json(put(tmp_path, content, "t.json"))
