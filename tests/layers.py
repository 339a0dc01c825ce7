"""The layers of the package, and a reader of its sources that lists every breach of them.

A module may import from its own layer and from the layers above it in this list, never from below. A new module goes
in here first: one that stands nowhere is a fault.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import module_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from module_facts import Facts

LAYERS: Final[dict[str, int]] = {
    "errors": 0,
    "derived": 0,
    "fetched": 0,
    "control": 1,
    "geo": 1,
    "kept": 2,
    "questions": 2,
    "keys": 2,
    "parted": 2,
    "records": 2,
    "terms": 2,
    "tables": 2,
    "matching": 3,
    "sources": 3,
    "rules": 3,
    "sourcing": 3,
    "state": 3,
    "course": 3,
    "resolve": 3,
    "timeline": 3,
    "rivals": 3,
    "review": 3,
    "difference": 3,
    "publish": 3,
    "withholding": 3,
    "outputs": 4,
    "pipeline": 5,
    "releasing": 5,
    "rivalry": 5,
    "gate": 5,
    "intake": 5,
    "boundaries": 5,
    "exporting": 6,
    "embedding": 6,
    "terminal": 7,
    "editors": 7,
    "__init__": 7,
    "commands": 8,
    "__main__": 9,
}

# What comes in, what is made of it and what goes out meet in the pipeline, and where a package is frozen or asked
# whether it may go out: releasing and gate stand beside it.
_BETWEEN: Final = frozenset(
    {"rules", "sourcing", "state", "course", "resolve", "timeline", "publish", "withholding"}
    | {"difference", "review", "rivals"}
)
APART: Final[dict[str, frozenset[str]]] = {
    "sources": _BETWEEN | {"outputs"},
    "outputs": frozenset({"sources"}),
    **dict.fromkeys(_BETWEEN, frozenset({"sources"})),
}

DRAWS: Final = frozenset({"folium", "branca", "jinja2"})
MAY_DRAW: Final = frozenset({"outputs.folium_map", "outputs.slider"})
PAINTS: Final = frozenset({"matplotlib", "PIL", "av", "fontTools", "icu4py"})
MAY_PAINT: Final = "outputs.pictures."
MAY_READ: Final = frozenset({"sources.files"})
# Libraries that reach out, and who may use them: to look at an address, or to download what was asked for.
REACHES_OUT: Final = frozenset({"urllib3", "requests", "pooch", "socket", "ssl", "http", "ftplib", "httpx", "aiohttp"})
# Gets what stands at an address or in a folder, to be looked at; into an output goes at most a picture, as it is.
MAY_LOOK: Final = frozenset({"sources.served"})
# Download a file that its user asked for, and keep the part that has come so far until it is whole.
MAY_FETCH: Final = frozenset({"sources.fetching", "sources.partial"})
# Who may lead to them: a chain from the one verb that downloads, so that nothing that draws a map can.
FETCH: Final[dict[str, frozenset[str]]] = {
    "sources.partial": frozenset({"sources.fetching"}),
    "sources.fetching": frozenset({"boundaries.obtain", "commands.boundaries"}),
    "boundaries.obtain": frozenset({"commands.boundaries"}),
    "commands.boundaries": frozenset({"__main__"}),
}
MAY_WRITE: Final = frozenset({"outputs.write"})
# Results go out through outputs.write; a package's own tables are changed here alone, with a journal and a lock.
CHANGES_PACKAGES: Final = frozenset({"intake.disk"})
# They are handed the bytes of a workbook or a KMZ, which are archives, and open what is in them.
UNPACKS: Final = frozenset({"sources.sheets", "sources.sheets_ods", "sources.kml"})
# A GeoPackage is a database: it is asked whether it is sound, read only, before GDAL is let in.
ASKS_DATABASES: Final = frozenset({"sources.geopackage"})
# They open zip archives, databases and films of bytes in memory, and no file; a test holds that.
IN_MEMORY: Final = frozenset({"outputs.exports.packed", "outputs.exports.gpkg_tables", "outputs.pictures.moving"})
# What an import of millions of rows cannot hold in memory they keep in files without a name, which go with the process.
NAMELESS: Final = frozenset({"intake.known", "intake.ledger", "intake.spool"})
NO_SUBJECT: Final = frozenset({"utils", "util", "helpers", "common", "misc", "settings", "config", "globals"})


def faults(package: Path) -> list[str]:
    """Every breach in the package folder, as "module: what is wrong", sorted; empty where all is well."""
    modules = {name: module_facts.read(path, package) for name, path in module_facts.modules(package).items()}
    found = [f"{name}: {fault}" for name, facts in modules.items() for fault in _module_faults(name, facts)]
    found += [f"cycle: {' -> '.join(cycle)}" for cycle in _cycles({name: m.inner for name, m in modules.items()})]
    return sorted(found)


def _module_faults(name: str, facts: Facts) -> Iterator[str]:
    yield from _import_faults(name, facts)
    for outer in sorted(facts.outer & PAINTS):
        if not name.startswith(MAY_PAINT):
            yield f"imports {outer}, which only {MAY_PAINT}* may"
    if name.rpartition(".")[2] in NO_SUBJECT:
        yield "a name without a subject; say what it is about"
    for outer in sorted(facts.outer & REACHES_OUT):
        if name not in MAY_LOOK | {"sources.fetching"}:
            yield f"imports {outer}, which reaches out; only {', '.join(sorted(MAY_LOOK))} and sources.fetching may"
    for outer in sorted(facts.outer & DRAWS):
        if name not in MAY_DRAW:
            yield f"imports {outer}, which only {' and '.join(sorted(MAY_DRAW))} may"
    yield from _site_faults(name, facts)


def _site_faults(name: str, facts: Facts) -> Iterator[str]:
    unpacks = name in UNPACKS
    for line, what in () if name in CHANGES_PACKAGES else facts.reads:
        if name in NAMELESS | ASKS_DATABASES and what == "sqlite3.connect":
            continue
        if unpacks and (what == "zipfile.ZipFile" or what.endswith(".open")):
            continue
        if name not in MAY_READ | MAY_LOOK | MAY_FETCH | IN_MEMORY and not (
            name in MAY_WRITE and what.endswith("open")
        ):
            yield f"line {line}: {what} reads a file, which only {', '.join(sorted(MAY_READ))} may"
    for line, what in facts.reads_resource:
        if not name.startswith("outputs."):
            yield f"line {line}: {what} reads a packaged file, which only outputs may"
    for line, what in facts.writes:
        if name not in MAY_WRITE | CHANGES_PACKAGES | {"sources.partial"}:
            yield f"line {line}: {what} writes a file, which only {', '.join(sorted(MAY_WRITE))} may"
    for line, what in facts.at_import:
        yield f"line {line}: {what} at import time"


def _import_faults(name: str, facts: Facts) -> Iterator[str]:
    here = name.partition(".")[0]
    if here not in LAYERS:
        yield "stands in no layer; add it to LAYERS in tests/layers.py"
        return
    for target in sorted(facts.inner):
        there = target.partition(".")[0]
        if there not in LAYERS:
            continue  # told once, by the module itself
        if LAYERS[there] > LAYERS[here]:
            yield f"imports {target}, from a layer below"
        elif there in APART.get(here, ()):
            yield f"imports {target}; {here} and {there} never see each other"
        elif target in FETCH and name not in FETCH[target]:
            yield f"imports {target}, which only {' and '.join(sorted(FETCH[target]))} may: no map goes to the network"


def _cycles(graph: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Each cycle that a walk in order of names closes, beginning and ending with the same module."""
    done: set[str] = set()
    found: list[list[str]] = []

    def walk(name: str, trail: list[str]) -> None:
        if name in trail:
            found.append([*trail[trail.index(name) :], name])
            return
        if name in done:
            return
        for target in sorted(graph.get(name, ())):
            walk(target, [*trail, name])
        done.add(name)

    for name in sorted(graph):
        walk(name, [])
    return found


def parses(source: str) -> bool:
    """Tell whether a snippet is Python, so that a test of this reader is not green by a slip of its own."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
