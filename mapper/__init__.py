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
    "ControlTimeline",
    "build",
    "control_geojson",
    "control_map",
    "export",
    "film",
    "find_township",
    "load_boundaries",
    "make_timeline",
    "open_package",
    "picture",
    "stats",
]

_AT: Final = {
    "ControlTimeline": "mapper.outputs.slider",
    "control_map": "mapper.outputs.folium_map",
    "export": "mapper.exporting",
    "film": "mapper.outputs.pictures.draw",
    "picture": "mapper.outputs.pictures.draw",
}
"""Where a name is found that is not in the pipeline."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- any of the names above
    """Load the heavy libraries only when one of the names is asked for."""
    if name in __all__:
        return getattr(importlib.import_module(_AT.get(name, "mapper.pipeline")), name)
    raise AttributeError(f"module 'mapper' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the functions though they are not loaded yet."""
    return sorted({*globals(), *__all__})
