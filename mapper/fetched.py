"""What a server gave, or what stands in a folder to be served: one file, as it arrived."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fetched:
    """One file as it arrived."""

    asked: str
    """The address or path that was asked for."""
    url: str = ""
    """Where it came from in the end; empty for a local file."""
    status: int = 0
    """Of HTTP; 0 where there was no answer, and for a local file."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case, in the order of the answer; a name may come more than once."""
    body: bytes = b""
    """Unpacked."""
    sent: int = 0
    """Bytes of the body as they came over the line."""
    hops: tuple[str, ...] = field(default=())
    """The addresses that led on to another, in their order."""
    problem: str = ""
    """Why there is no body; empty where there is one."""

    def header(self, name: str) -> str:
        """Give the values of a header, joined by commas as HTTP has it; empty where it is missing."""
        return ", ".join(value for found, value in self.headers if found == name)

    def every(self, name: str) -> list[str]:
        """Give the values of a header one by one."""
        return [value for found, value in self.headers if found == name]
