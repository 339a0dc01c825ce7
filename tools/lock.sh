#!/usr/bin/env bash
# Writes requirements.txt and requirements-dev.txt: the versions a fresh environment gets from pyproject.toml.
# Run it on the oldest Python that is supported, then run the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${PYTHON:-python3}" -m venv "$scratch/venv"
python="$scratch/venv/bin/python"

"$python" - "$scratch/runtime" >"$scratch/names" <<'PY'
import pathlib, sys, tomllib
data = tomllib.loads(pathlib.Path("pyproject.toml").read_text(encoding="utf-8"))
# editables is what hatchling asks for when it installs a folder in place
runtime = [*data["project"]["dependencies"], *data["build-system"]["requires"], "editables"]
pathlib.Path(sys.argv[1]).write_text("\n".join(runtime) + "\n", encoding="utf-8")
print("\n".join(data["project"]["optional-dependencies"]["dev"]))
PY

"$python" -m pip install --quiet -r "$scratch/runtime"
"$python" -m pip list --format=freeze --exclude pip --exclude setuptools >"$scratch/runtime.lock"
"$python" -m pip install --quiet -c "$scratch/runtime.lock" -r "$scratch/names"
"$python" -m pip list --format=freeze --exclude pip --exclude setuptools >"$scratch/all.lock"

{
    echo "# What make map installs. Written by tools/lock.sh from pyproject.toml; do not edit by hand."
    cat "$scratch/runtime.lock"
} >requirements.txt
{
    echo "# What make test and make lint add. Written by tools/lock.sh from pyproject.toml; do not edit by hand."
    echo "-r requirements.txt"
    grep -vxFf "$scratch/runtime.lock" "$scratch/all.lock"
} >requirements-dev.txt
