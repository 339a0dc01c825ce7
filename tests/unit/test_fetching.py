"""Downloads from servers that are slow, cut off, lead astray, lie or refuse: the file is whole, or is not there."""

from __future__ import annotations

import hashlib
import socket
from typing import TYPE_CHECKING

import pytest

from mapper import errors
from mapper.sources import answers, fetching
from troubled import leads, sends, status, troubled

if TYPE_CHECKING:
    from pathlib import Path

    from troubled import Act, Handler

BODY = bytes(range(256)) * 2000
"""512 kB, which comes in several parts."""


class Clock:
    """Time that passes only where somebody waits."""

    def __init__(self, base: str) -> None:
        self.waited: list[float] = []
        self.told: list[str] = []
        self.line = fetching.Line(base, self.tell, self.sleep, self.now)

    def tell(self, label: str, _done: int, _total: int) -> None:
        self.told.append(label)

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    def now(self) -> float:
        return 1_800_000_000 + sum(self.waited)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "stage").mkdir()
    return tmp_path


def fetch(url: str, folder: Path, clock: Clock, *, limit: int = 10_000_000) -> str:
    return fetching.fetch(url, folder / "stage" / "a.bin", beside=folder / "a.bin", line=clock.line, limit=limit)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def failing(act: Act, folder: Path, match: str, *, error: type[Exception] = errors.NetworkError) -> Clock:
    """Expect a download to fail, with nothing where the file would be."""
    with troubled({"/a": act}) as server:
        clock = Clock(server.url)
        with pytest.raises(error, match=match):
            fetch(f"{server.url}/a", folder, clock)
    assert "a.bin" not in left(folder)
    return clock


def test_a_file_comes_whole_with_its_checksum_and_nothing_else_is_left(folder: Path) -> None:
    with troubled({"/a": sends(BODY, etag='"1"')}) as server:
        clock = Clock(server.url)
        assert fetch(f"{server.url}/a", folder, clock) == hashlib.sha256(BODY).hexdigest()
        asked = server.asked[0][1]
    assert (folder / "stage" / "a.bin").read_bytes() == BODY
    assert left(folder) == ["a.bin"]
    assert asked["User-Agent"] == "mapper boundaries fetch"
    assert (asked["Accept-Encoding"], clock.waited) == ("identity", [])


def test_what_was_cut_off_goes_on_where_it_ended(folder: Path) -> None:
    with troubled({"/a": [sends(BODY, cut=100_000, etag='"1"'), sends(BODY, etag='"1"')]}) as server:
        clock = Clock(server.url)
        assert fetch(f"{server.url}/a", folder, clock) == hashlib.sha256(BODY).hexdigest()
        again = server.asked[1][1]
    assert (again["Range"], again["If-Range"], clock.waited) == ("bytes=100000-", '"1"', [1.0])


def test_the_next_run_takes_up_what_the_last_has_left(folder: Path) -> None:
    with troubled(
        {"/a": [*[sends(BODY, cut=cut, etag='"1"') for cut in (9, 9, 9, 9, 9)], sends(BODY, etag='"1"')]}
    ) as at:
        with pytest.raises(errors.NetworkError, match=r"broke off .*, 5 times"):
            fetch(f"{at.url}/a", folder, Clock(at.url))
        assert left(folder) == ["a.bin.partial", "a.bin.partial.json"]
        assert (folder / "a.bin.partial").read_bytes() == BODY[:9]
        fetch(f"{at.url}/a", folder, Clock(at.url))
        assert at.asked[-1][1]["Range"] == "bytes=9-"
    assert (folder / "stage" / "a.bin").read_bytes() == BODY
    assert left(folder) == ["a.bin"]


def test_a_file_that_has_changed_in_between_is_begun_anew(folder: Path) -> None:
    new = BODY[::-1]
    with troubled({"/a": [sends(BODY, cut=100_000, etag='"1"'), sends(new, etag='"2"')]}) as server:
        fetch(f"{server.url}/a", folder, Clock(server.url))
    assert (folder / "stage" / "a.bin").read_bytes() == new


def test_without_a_mark_of_its_version_a_file_is_begun_anew(folder: Path) -> None:
    with troubled({"/a": [sends(BODY, cut=100_000), sends(BODY)]}) as server:
        fetch(f"{server.url}/a", folder, Clock(server.url))
        assert "Range" not in server.asked[1][1]
    assert (folder / "stage" / "a.bin").read_bytes() == BODY


def test_another_part_than_the_one_asked_for_is_not_believed(folder: Path) -> None:
    def part(handler: Handler) -> None:
        handler.head(206, {"Content-Range": "bytes 5-9/10", "Content-Length": 5})
        handler.wfile.write(b"wrong")

    with troubled({"/a": [sends(BODY, cut=100, etag='"1"'), part, sends(BODY, etag='"1"')]}) as server:
        fetch(f"{server.url}/a", folder, Clock(server.url))
    assert (folder / "stage" / "a.bin").read_bytes() == BODY
    (folder / "stage" / "a.bin").unlink()
    failing(part, folder, "sends another part")


def test_a_part_that_is_not_there_is_asked_for_anew(folder: Path) -> None:
    with troubled({"/a": [sends(BODY, cut=100, etag='"1"'), status(416), sends(BODY, etag='"1"')]}) as server:
        fetch(f"{server.url}/a", folder, Clock(server.url))
        assert "Range" not in server.asked[2][1]
    assert (folder / "stage" / "a.bin").read_bytes() == BODY


def test_a_length_that_is_too_long_is_found_out(folder: Path) -> None:
    failing(sends(BODY, told=len(BODY) + 1000), folder, r"broke off")
    assert left(folder) == []


def test_a_server_that_is_silent_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "BETWEEN_PARTS", 0.05)
    failing(sends(BODY, cut=1000, hangs=True), folder, r"has sent nothing for 0.05 seconds, 5 times")


def test_a_server_that_gives_a_byte_at_a_time_does_not_hold_us_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "IN_ALL", -1.0)
    failing(sends(BODY), folder, "takes longer than")


def test_it_is_led_on_within_the_same_server(folder: Path) -> None:
    with troubled({"/a": leads("/b"), "/b": leads("c", 307), "/c": sends(BODY)}) as server:
        fetch(f"{server.url}/a", folder, Clock(server.url))
    assert (folder / "stage" / "a.bin").read_bytes() == BODY


@pytest.mark.parametrize(
    ("to", "match"),
    [
        ("/a", "leads on in a circle"),
        ("http://maps.example/a", "'http://maps.example/a' is not followed: it is no https address"),
        ("http://localhost:1/a", "is not followed"),
        ("file:///etc/passwd", "is not followed"),
        ("ftp://maps.example/a", "is not followed"),
        ("https://", "is not followed"),
        ("https://maps.example:0/", "is not followed"),
    ],
)
def test_it_is_not_led_astray(folder: Path, to: str, match: str) -> None:
    assert failing(leads(to), folder, match).waited == []


def test_it_is_not_led_on_for_ever(folder: Path) -> None:
    with troubled({f"/{n}": leads(f"/{n + 1}") for n in range(20)}) as server:
        with pytest.raises(errors.NetworkError, match="leads on more than 5 times"):
            fetch(f"{server.url}/0", folder, Clock(server.url))
        assert len(server.asked) == 6


def test_no_other_plain_http_than_the_one_its_user_named() -> None:
    fetching.refuse_unsafe("https://maps.example/a", "")
    fetching.refuse_unsafe("http://127.0.0.1:8000/a", "http://127.0.0.1:8000")
    for base in ("", "http://127.0.0.1:8001", "https://127.0.0.1:8000"):
        with pytest.raises(errors.NetworkError, match="is not followed"):
            fetching.refuse_unsafe("http://127.0.0.1:8000/a", base)


@pytest.mark.parametrize("code", [401, 403, 451])
def test_one_who_refuses_programs_is_not_deceived(folder: Path, code: int) -> None:
    clock = failing(status(code), folder, "does not pretend to be a browser", error=answers.RefusedError)
    assert clock.waited == []


def test_nothing_there_is_told_at_once(folder: Path) -> None:
    assert failing(status(404), folder, "has nothing at", error=answers.MissingError).waited == []


def test_any_other_answer_is_told(folder: Path) -> None:
    failing(status(418), folder, "answers with HTTP 418")


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ("7", [7.0]),
        ("120", [120.0]),
        ("Fri, 15 Jan 2027 08:00:30 GMT", [30.0]),
        ("Thu, 14 Jan 2027 08:00:30 GMT", [0.0]),
        ("soon", [1.0]),
    ],
)
def test_it_comes_back_when_the_server_says(folder: Path, told: str, waits: list[float]) -> None:
    with troubled({"/a": [status(429, Retry_After=told), sends(BODY)]}) as server:
        clock = Clock(server.url)
        fetch(f"{server.url}/a", folder, clock)
    assert clock.waited == waits


def test_nobody_is_waited_for_longer_than_two_minutes(folder: Path) -> None:
    assert failing(status(429, Retry_After=3600), folder, "asks to come back in 60 minutes").waited == []


def test_what_is_out_of_order_is_tried_again_and_then_works(folder: Path) -> None:
    with troubled({"/a": [status(500), status(502), sends(BODY)]}) as server:
        clock = Clock(server.url)
        fetch(f"{server.url}/a", folder, clock)
    assert clock.waited == [1.0, 2.0]
    assert any("HTTP 500); once more in 1 s" in told for told in clock.told)


def test_what_stays_out_of_order_is_left_after_five_tries(folder: Path) -> None:
    assert failing(status(503), folder, "out of order .*, 5 times").waited == [1.0, 2.0, 4.0, 8.0]


def test_too_much_is_refused_as_soon_as_it_is_said_and_as_it_comes(folder: Path) -> None:
    with troubled({"/told": sends(BODY)}) as server:
        clock = Clock(server.url)
        with pytest.raises(errors.NetworkError, match=r"would send 1 MB, more than 0\.1 MB"):
            fetch(f"{server.url}/told", folder, clock, limit=100_000)

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(BODY)

    with troubled({"/a": endless}) as server, pytest.raises(errors.NetworkError, match=r"sends more than 0\.1 MB"):
        fetch(f"{server.url}/a", folder, Clock(server.url), limit=100_000)
    assert left(folder) == []


def test_a_web_page_or_a_packed_file_is_not_taken(folder: Path) -> None:
    failing(sends(b"<html>", Content_Type="text/html; charset=utf-8"), folder, "sent a web page in place of the file")
    failing(sends(BODY, Content_Encoding="gzip"), folder, "packs its answer")


def test_nobody_there_names_the_host_and_what_was_tried(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    clock = Clock(url)
    with pytest.raises(errors.NetworkError, match=rf"127.0.0.1:{port} gives no answer .*3 times: {url}/a. Are you off"):
        fetch(f"{url}/a", folder, clock)
    assert clock.waited == [1.0, 2.0]


def test_two_processes_do_not_write_into_one_file(folder: Path) -> None:
    def meanwhile(handler: Handler) -> None:
        with pytest.raises(errors.UsageError, match="is being fetched by another process"):
            fetch(f"{server.url}/b", folder, Clock(server.url))
        sends(BODY)(handler)

    with troubled({"/a": meanwhile, "/b": sends(b"other")}) as server:
        fetch(f"{server.url}/a", folder, Clock(server.url))
    assert (folder / "stage" / "a.bin").read_bytes() == BODY
    assert left(folder) == ["a.bin"]


def test_a_record_of_a_part_that_is_broken_or_of_another_file_begins_anew(folder: Path) -> None:
    for about in (b"{", b"[]", b'{"address": "https://else.example", "validator": "x"}', b" " * 20_000):
        (folder / "a.bin.partial").write_bytes(b"old")
        (folder / "a.bin.partial.json").write_bytes(about)
        with troubled({"/a": sends(BODY, etag='"1"')}) as server:
            fetch(f"{server.url}/a", folder, Clock(server.url))
            assert "Range" not in server.asked[0][1]
        assert (folder / "stage" / "a.bin").read_bytes() == BODY
        (folder / "stage" / "a.bin").unlink()
