"""A web server on this machine that is in trouble, or makes it: slow, cut off, leading on in circles, lying."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Act = Callable[["Handler"], None]


@dataclass
class Server:
    """What each path does, in turn; the last act goes on for ever. ``asked`` are the requests in their order."""

    url: str
    acts: dict[str, list[Act]]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    may_go_on: threading.Event = field(default_factory=threading.Event)
    """What a server that hangs waits for."""

    def paths(self) -> list[str]:
        """Give what was asked for, without the query."""
        return [path.partition("?")[0] for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    world: Server

    def do_GET(self) -> None:
        self.world.asked.append((self.path, dict(self.headers)))
        acts = self.world.acts.get(self.path.partition("?")[0], [status(404)])
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        with suppress(ConnectionError):
            act(self)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def head(self, code: int, headers: Mapping[str, object]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.end_headers()


def sends(
    body: bytes,
    *,
    cut: int | None = None,
    told: int | None = None,
    etag: str = "",
    hangs: bool = False,
    **headers: str,
) -> Act:
    """Send a body: only ``cut`` bytes of it (and then hang, or go), with ``told`` as its length.

    With an ``etag`` a part of it can be asked for; without, such a wish is not heard.
    """

    def act(handler: Handler) -> None:
        begin, code, more = 0, 200, {}
        wish = handler.headers.get("Range", "")
        if etag and wish and handler.headers.get("If-Range") == etag:
            begin, code = int(wish.removeprefix("bytes=").partition("-")[0]), 206
            more = {"Content-Range": f"bytes {begin}-{len(body) - 1}/{len(body)}"}
        length = len(body) - begin if told is None else told
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.head(code, {"Content-Length": length, **more, **({"ETag": etag} if etag else {}), **named})
        handler.wfile.write(body[begin:cut])
        handler.wfile.flush()
        if hangs:
            handler.world.may_go_on.wait(10)

    return act


def leads(to: str, code: int = 302) -> Act:
    """Lead on."""
    return lambda handler: handler.head(code, {"Location": to, "Content-Length": 0})


def status(code: int, **headers: object) -> Act:
    """Answer with nothing but a status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.head(code, {"Content-Length": 0, **named})


@contextmanager
def troubled(acts: Mapping[str, Act | Sequence[Act]]) -> Iterator[Server]:
    """Serve until the block ends, on a port that the system chooses."""
    world = Server("", {path: [found] if callable(found) else list(found) for path, found in acts.items()})

    class Own(Handler):
        pass

    Own.world = world
    with ThreadingHTTPServer(("127.0.0.1", 0), Own) as listening:
        world.url = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield world
        finally:
            world.may_go_on.set()
            listening.shutdown()
            thread.join()
