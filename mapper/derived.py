"""What is made of shapes alone, and kept with them: it takes long to make, and several outputs ask for it.

A shape never changes in place, so the same objects under the same keys are the same shapes.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry


class Derived:
    """The parts made so far, by name, and the shapes that they were made of."""

    def __init__(
        self, keys: Sequence[object], shapes: Sequence[BaseGeometry], parts: Mapping[str, bytes] | None = None
    ) -> None:
        """Begin with the parts that are known already."""
        self._keys, self._shapes = list(keys), list(shapes)
        self.parts: dict[str, bytes] = dict(parts or {})

    def is_of(self, keys: Sequence[object], shapes: Sequence[BaseGeometry]) -> bool:
        """Tell whether these are still the shapes."""
        return list(keys) == self._keys and all(map(operator.is_, self._shapes, shapes))

    def once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Give the part of that name, made where it is not known yet."""
        found = self.parts.get(name)
        if found is None:
            found = self.parts[name] = make()
        return found
