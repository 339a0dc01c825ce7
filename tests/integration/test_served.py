"""Getting a page to look at it: within limits, and every way of not answering is told."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from mapper.sources import served
from serving import serving, well

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def speaking(*parts: bytes) -> Iterator[str]:
    """Answer one request with raw bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                for part in parts:
                    try:
                        connection.sendall(part)
                    except OSError:
                        return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/embed.html"
        thread.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ((b"what\r\n\r\n",), "gives no answer"),
        ((HEAD + b"Content-Encoding: gzip\r\n\r\nplain",), "says that it is packed with gzip, and is not"),
        ((HEAD + b"Content-Encoding: br\r\n\r\nxx",), "is packed as 'br'"),
        ((HEAD + b"Content-Length: 100\r\n\r\nshort",), "gives no answer"),
        ((), "gives no answer"),
    ],
    ids=["no-http", "no-gzip", "brotli", "short", "nothing"],
)
def test_an_answer_that_is_none_is_told(parts: tuple[bytes, ...], problem: str) -> None:
    with speaking(*parts) as url:
        assert problem in served.fetch(url).problem


def test_no_more_is_taken_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "LIMIT", 20_000)
    bomb = well("embed.html", b"0" * 5_000_000)
    assert len(bomb.body) < 20_000
    with serving({"/bomb": bomb, "/long": well("a.html", b"0" * 20_001, Content_Encoding=None)}) as server:
        assert "when unpacked" in served.fetch(server.url + "bomb").problem
        assert "is larger than" in served.fetch(server.url + "long").problem


def test_a_server_that_takes_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "IN_ALL", -1.0)
    with serving({"/": well("a.html", b"slow")}) as server:
        assert "takes longer than" in served.fetch(server.url).problem


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert "gives no answer" in served.fetch(f"http://127.0.0.1:{port}/").problem
