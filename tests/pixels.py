"""Colours read from the page's canvas of fills, where townships lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PATCHES = """(points) => {
  const canvas = document.querySelector(".mc-fills");
  const ctx = canvas.getContext("2d");
  const corner = canvas.getBoundingClientRect();
  const map = Object.values(window).find((one) => one instanceof L.Map);
  const stage = map.getContainer().getBoundingClientRect();
  const scale = canvas.width / corner.width;
  return points.map(([lat, lon, reach]) => {
    const at = map.latLngToContainerPoint([lat, lon]);
    const x = Math.floor((at.x + stage.left - corner.left) * scale);
    const y = Math.floor((at.y + stage.top - corner.top) * scale);
    return Array.from(ctx.getImageData(x - reach, y - reach, 2 * reach + 1, 2 * reach + 1).data);
  });
}"""

COPIED = """const copied = (canvas) => {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const ctx = copy.getContext("2d");
  ctx.drawImage(canvas, 0, 0);
  return ctx;
};"""

ZOOM = """([lat, lon]) => {
  Object.values(window).find((one) => one instanceof L.Map).setView([lat, lon], 11, {animate: false});
}"""


def reading(script: str) -> str:
    """Let a function of the page read any canvas: ``copied(canvas)`` is a context of what the canvas shows."""
    return f"(given) => {{ {COPIED} return ({script})(given); }}"


def looks_like(pixels: list[int], fills: Mapping[str, str], overlays: Mapping[str, str]) -> set[str]:
    """The looks whose fill, or a mixture of its fill and its pattern, every one of the pixels has."""
    seen = {tuple(pixels[i : i + 3]) for i in range(0, len(pixels), 4)}
    if any(pixels[i] != 255 for i in range(3, len(pixels), 4)):
        return {"nothing, or an edge"}
    return {
        name
        for name, fill in fills.items()
        if all(is_mixture(one, rgb(fill), rgb(overlays.get(name, fill))) for one in seen)
    }


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def is_mixture(colour: tuple[int, ...], one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Whether a colour lies on the way from one colour to another, to a rounding error in each channel."""
    span = [b - a for a, b in zip(one, two, strict=True)]
    along = sum((c - a) * s for c, a, s in zip(colour, one, span, strict=True))
    part = min(1.0, max(0.0, along / (sum(s * s for s in span) or 1)))
    return all(abs(c - a - part * s) <= 3 for c, a, s in zip(colour, one, span, strict=True))
