"""Time-sliced maps of territorial control, first for Myanmar: who holds which township, when, says who, how sure.

>>> import mapper
>>> package = mapper.open_package()
>>> timeline = mapper.make_timeline(package)
>>> timeline.at("MMR012017", timeline.dates[-1]).status
'eao'
"""

from __future__ import annotations

import importlib
from typing import Any, Final

__all__ = [
    "build",
    "control_geojson",
    "control_map",
    "find_township",
    "load_boundaries",
    "make_timeline",
    "open_package",
    "stats",
]

_IN_PIPELINE: Final = frozenset(__all__)


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- any of the functions above
    """Load the heavy libraries only when one of the functions is asked for."""
    if name in _IN_PIPELINE:
        return getattr(importlib.import_module("mapper.pipeline"), name)
    raise AttributeError(f"module 'mapper' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the functions though they are not loaded yet."""
    return sorted({*globals(), *__all__})
