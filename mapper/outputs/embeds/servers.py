"""Lines for the usual servers, which let every site show the map and nothing more."""

from __future__ import annotations

from importlib import resources
from typing import Final

NAMES: Final = ("nginx", "apache", "caddy", "headers")
ANYWHERE: Final = "/maps/"


def lines(path: str = ANYWHERE) -> str:
    """Give the lines for each server, for a folder at ``path`` on it, which begins and ends with a slash."""
    folder = resources.files("mapper.outputs.embeds").joinpath("web", "servers")
    texts = [folder.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in NAMES]
    return "\n".join(text.replace("{path}", path) for text in texts)
