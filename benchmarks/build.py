"""Take the time and memory of a build, each in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RUNS: Final = 3

BUILD: Final = """
import json, resource, sys, time
start = time.perf_counter()
from mapper import pipeline
import pandera.pandas
imported = time.perf_counter()
pipeline.build(boundaries=sys.argv[1] or None, out=sys.argv[2])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"import_s": imported - start, "build_s": time.perf_counter() - imported, "peak_mb": peak}))
"""
IMPORT: Final = (
    "import json, time; t = time.perf_counter(); import mapper; print(json.dumps({'s': time.perf_counter() - t}))"
)


def measure(boundaries: str, out: Path) -> dict[str, float]:
    """Build a few times: seconds of imports, seconds after them, peak memory in MB; medians."""
    return _medians(BUILD, boundaries, str(out))


def import_mapper() -> float:
    """Give the seconds of ``import mapper`` alone."""
    return _medians(IMPORT)["s"]


def _medians(code: str, *arguments: str) -> dict[str, float]:
    runs = []
    for _ in range(RUNS):
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}
