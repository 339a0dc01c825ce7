"""Take the time and memory of a build, each in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RUNS: Final = 5

BUILD: Final = """
import json, resource, sys, time
start = time.perf_counter()
from mapper import pipeline
imported, worked = time.perf_counter(), time.process_time()
pipeline.build(boundaries=sys.argv[1] or None, out=sys.argv[2], audience="internal", cached=sys.argv[3] == "cached")
print(json.dumps({
    "import_s": imported - start,
    "build_s": time.perf_counter() - imported,
    "build_processor_s": time.process_time() - worked,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""
IMPORT: Final = (
    "import json, time; t = time.perf_counter(); import mapper; print(json.dumps({'s': time.perf_counter() - t}))"
)


def measure(boundaries: str, out: Path) -> dict[str, float]:
    """Build a few times: seconds of imports, seconds after them, peak memory in MB; medians.

    First with boundaries prepared anew, then with those that a run before has kept; both into and out of ``out``.
    """
    anew = _medians(BUILD, boundaries, str(out), "anew", cache=out / "kept")
    _run(BUILD, boundaries, str(out), "cached", cache=out / "kept")
    again = _medians(BUILD, boundaries, str(out), "cached", cache=out / "kept")
    return anew | {f"cached_{name}": again[name] for name in ("build_s", "build_processor_s")}


def import_mapper() -> float:
    """Give the seconds of ``import mapper`` alone."""
    return _medians(IMPORT)["s"]


def _medians(code: str, *arguments: str, cache: Path | None = None) -> dict[str, float]:
    runs = [_run(code, *arguments, cache=cache) for _ in range(RUNS)]
    return {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}


def _run(code: str, *arguments: str, cache: Path | None) -> dict[str, float]:
    """Run code in a process of its own, whose last line is its result; it keeps things only in ``cache``."""
    environment = {**os.environ, "MAPPER_CACHE": str(cache)} if cache else None
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
