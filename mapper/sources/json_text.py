"""From the bytes of a JSON file to its value, or to one fault that says where it is none."""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mapper import errors

if TYPE_CHECKING:
    from collections.abc import Iterator


def parse(raw: bytes, shown: str) -> Any:  # noqa: ANN401 -- JSON is any value
    """Parse JSON in UTF-8, of which messages speak as ``shown``; a key that comes twice in one object is a fault."""
    try:
        with _no_collection():
            return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 (byte {error.start + 1} of the file)"
        raise errors.fault(shown, problem, "Save the file as UTF-8", row=line) from None
    except json.JSONDecodeError as error:
        problem = f"is not JSON ({error.msg}, character {error.colno} of the line)"
        raise errors.fault(shown, problem, "Correct it there", row=error.lineno) from None
    except RecursionError:
        raise errors.fault(shown, "is nested too deeply", "Use a file with fewer levels") from None
    except ValueError as error:
        raise errors.fault(shown, str(error), "Correct it") from None


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: walking the half-read tree again and again doubles the time of a large file."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"has the key {errors.shown(next(k for k in keys if keys.count(k) > 1))} twice in one object")
    return found


def _no_constant(constant: str) -> None:
    raise ValueError(f"holds {constant}, which is not JSON")
