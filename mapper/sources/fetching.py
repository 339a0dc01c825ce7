"""Downloads a file that its user asked for: whole, or not at all. Nothing that draws a map may import this.

pooch checks the sum and moves the file into place; what is here is handed to it as its downloader, since its own one
starts anew after each cut. A server is told what we are, is given time, and is believed in nothing: neither its
length, nor where it leads on to, nor that it keeps to the part that was asked for.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urljoin, urlsplit

import urllib3

from mapper import errors
from mapper.sources import answers, partial, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TO_CONNECT: Final = 10.0
BETWEEN_PARTS: Final = 30.0
"""Seconds."""

IN_ALL: Final = 7200.0
"""Seconds for one file with all tries, so that a server which gives a byte at a time does not hold us for ever."""

TRIES: Final = 5
UNREACHED: Final = 3
"""Tries where nobody answers at all, which is most often because the user is offline."""

WAITS: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each further try."""

FILE_LIMIT: Final = 500_000_000
ANSWER_LIMIT: Final = 20_000_000
"""Bytes of a file, and of what is read into memory."""

HOPS: Final = 5
PART: Final = 1 << 16
AGENT: Final = "mapper boundaries fetch"


def _silent(_label: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Line:
    """The way to the network: its clocks, whom to tell, and the one address at which plain http is allowed."""

    base: str = ""
    """An address that the user named, as a mirror or on this machine; besides it only https is followed."""
    tell: Callable[[str, int, int], None] = _silent
    """Called with what is being done, the bytes so far, and how many there will be (0: not known)."""
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time


class _Sink(Protocol):
    """Where the bytes go."""

    @property
    def size(self) -> int: ...
    @property
    def validator(self) -> str: ...
    def restart(self, *, validator: str = "") -> None: ...
    def write(self, part: bytes) -> None: ...


class _Memory:
    validator = ""

    def __init__(self) -> None:
        self.content = bytearray()

    @property
    def size(self) -> int:
        return len(self.content)

    def restart(self, *, validator: str = "") -> None:  # noqa: ARG002 -- memory is never taken up again
        self.content.clear()

    def write(self, part: bytes) -> None:
        self.content += part


def ask(url: str, line: Line, *, limit: int = ANSWER_LIMIT) -> bytes:
    """Give what stands at an address, in memory. Raises :class:`mapper.errors.NetworkError`."""
    sink = _Memory()
    _into(sink, url, line, limit)
    return bytes(sink.content)


def fetch(url: str, target: Path, *, beside: Path, line: Line, limit: int = FILE_LIMIT) -> str:
    """Download a file to ``target``, and give its SHA-256.

    What has come so far is kept as ``beside`` with ``.partial`` behind its name, and taken up again by the next run
    if the server still has the same file. Raises :class:`mapper.errors.NetworkError`.
    """
    import pooch  # noqa: PLC0415 -- only a download needs it

    def download(url: str, output_file: str, _pooch: object, **_: object) -> None:
        with partial.kept(beside, url) as sink:
            _into(sink, url, line, limit)
            sink.finish(output_file)

    pooch.get_logger().setLevel("ERROR")
    pooch.retrieve(url, known_hash=None, fname=target.name, path=target.parent, downloader=download)
    return str(pooch.file_hash(str(target)))


def _into(sink: _Sink, url: str, line: Line, limit: int) -> None:
    """Ask until all has come; as long as each try brings more of it, none counts as failed."""
    ends = line.now() + IN_ALL
    tried = most = 0
    while True:
        try:
            _follow(sink, url, line, limit, ends)
        except answers.AgainError as again:
            tried = 1 if sink.size > most else tried + 1
            most = max(most, sink.size)
            if tried >= (TRIES if again.reached else UNREACHED):
                hint = "" if again.reached else " Are you offline, or is it blocked where you are?"
                raise errors.NetworkError(f"{answers.host(url)} {again}, {tried} times: {url}.{hint}") from None
            wait = WAITS[min(tried, len(WAITS)) - 1] if again.wait is None else again.wait
            line.tell(f"{answers.host(url)} {again}; once more in {wait:g} s", sink.size, 0)
            line.sleep(wait)
        else:
            return


def _follow(sink: _Sink, url: str, line: Line, limit: int, ends: float) -> None:
    """Ask, and go where the answer leads on to."""
    at, been = url, [url]
    while True:
        refuse_unsafe(at, line.base)
        with _asked(at, sink) as answer:
            if answer.status not in served.LEADS_ON:
                _take(sink, at, answer, line, limit=limit, ends=ends)
                return
            onward = urljoin(at, answer.headers.get("location", ""))
        if onward in been:
            raise errors.NetworkError(f"{answers.host(url)} leads on in a circle, over {errors.shown(onward)}.")
        if len(been) > HOPS:
            raise errors.NetworkError(
                f"{answers.host(url)} leads on more than {HOPS} times, at last to {errors.shown(onward)}."
            )
        been.append(onward)
        at = onward


def refuse_unsafe(url: str, base: str) -> None:
    """Refuse an address that is neither https nor at the base that the user named: anybody could change what comes."""
    try:
        parts, own = urlsplit(url), urlsplit(base)
        at_base = bool(base) and (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
        fine = bool(parts.hostname) and parts.port != 0 and not any(ord(letter) <= ord(" ") for letter in url)
    except ValueError:
        at_base = fine = False
    if not fine or not (parts.scheme == "https" or (at_base and parts.scheme == "http")):
        raise errors.NetworkError(f"{errors.shown(url)} is not followed: it is no https address.")


@contextmanager
def _asked(url: str, sink: _Sink) -> Iterator[urllib3.BaseHTTPResponse]:
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    if sink.size and sink.validator:
        headers |= {"Range": f"bytes={sink.size}-", "If-Range": sink.validator}
    timeout = urllib3.Timeout(connect=TO_CONNECT, read=BETWEEN_PARTS)
    try:
        with served.pool(url) as pool:
            answer = pool.request(
                "GET", url, headers=headers, redirect=False, retries=False, preload_content=False, timeout=timeout
            )
            try:
                yield answer
            finally:
                answer.close()
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
        raise answers.AgainError(f"gives no answer ({answers.plain(error)})", reached=False) from None
    except urllib3.exceptions.ReadTimeoutError:
        raise answers.AgainError(f"has sent nothing for {BETWEEN_PARTS:g} seconds") from None
    except (urllib3.exceptions.ProtocolError, urllib3.exceptions.SSLError) as error:
        raise answers.AgainError(f"broke off ({answers.plain(error)})") from None
    except urllib3.exceptions.HTTPError as error:
        raise errors.NetworkError(f"{answers.host(url)}: {answers.plain(error)}.") from None


def _take(sink: _Sink, url: str, answer: urllib3.BaseHTTPResponse, line: Line, *, limit: int, ends: float) -> None:
    if answer.status == answers.NO_SUCH_PART and sink.size:
        sink.restart()
        raise answers.AgainError("does not have the rest of what was begun", wait=0)
    answers.refuse(url, answer, line.now())
    total = _begin(sink, answer)
    if total > limit:
        sink.restart()
        raise errors.NetworkError(
            f"{answers.host(url)} would send {total / 1e6:,.0f} MB, more than {limit / 1e6:,g} MB."
        )
    while part := answer.read1(PART):
        if sink.size + len(part) > limit:
            sink.restart()
            raise errors.NetworkError(f"{answers.host(url)} sends more than {limit / 1e6:,g} MB.")
        sink.write(part)
        line.tell(answers.host(url), sink.size, total)
        if line.now() > ends:
            raise errors.NetworkError(f"{answers.host(url)} takes longer than {IN_ALL / 3600:g} hours.")


def _begin(sink: _Sink, answer: urllib3.BaseHTTPResponse) -> int:
    """Make ready for a whole file, or for the rest of one; give the bytes that there will be in all, 0 if not told."""
    mark = answers.validator(answer)
    if answer.status == answers.OK:
        sink.restart(validator=mark)
        return answers.length(answer)
    begins, whole = answers.part(answer)
    if not sink.size or begins != sink.size or mark not in ("", sink.validator):
        sink.restart()
        raise answers.AgainError("sends another part than the one asked for", wait=0)
    return whole
