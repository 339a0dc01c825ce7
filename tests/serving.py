"""A web server on this machine that gives what a test tells it to, each answer with headers of its own."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@dataclass
class Answer:
    """What one path is answered with; a header of ``None`` is not sent."""

    body: bytes = b""
    headers: Mapping[str, str | None] = field(default_factory=dict)
    status: int = 200


@dataclass
class Server:
    """Answers by path, ``/embed.html``; may be changed while it runs. ``asked`` are the requests in their order."""

    url: str
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def well(name: str, body: bytes, **other: str | None) -> Answer:
    """Give an answer as a good server sends it; ``other`` headers with ``_`` for ``-``, ``None`` to leave one out."""
    headers: dict[str, str | None] = {
        "Content-Type": KINDS.get(name.rpartition(".")[2], "text/plain; charset=utf-8"),
        "Content-Encoding": "gzip",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "public, max-age=300, must-revalidate",
    }
    headers |= {key.replace("_", "-"): value for key, value in other.items()}
    packed = headers["Content-Encoding"] == "gzip"
    return Answer(gzip.compress(body, mtime=0) if packed else body, headers)


@contextmanager
def serving(answers: Mapping[str, Answer], *, host: str = "127.0.0.1") -> Iterator[Server]:
    """Serve until the block ends, on a port that the system chooses."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, dict(self.headers)))
            found = server.answers.get(self.path.partition("?")[0], Answer(b"nothing here", {}, 404))
            self.send_response(found.status)
            for name, value in found.headers.items():
                if value is not None:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server = Server(f"http://{host}:{listening.server_address[1]}/", dict(answers))
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
