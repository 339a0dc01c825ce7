"""What the source of one module does, by its syntax alone: what it imports, reads, writes and does at import time."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Calls that open a file, by the full name of the function.
OPENERS: Final = frozenset(
    {
        *("open", "io.open", "os.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open", "tarfile.open"),
        *("zipfile.ZipFile", "zipfile.Path", "tarfile.TarFile", "sqlite3.connect", "linecache.getlines"),
        *("urllib.request.urlopen", "urllib.request.urlretrieve", "requests.get", "pooch.retrieve"),
        *("urllib3.PoolManager", "urllib3.ProxyManager", "urllib3.request", "http.client.HTTPSConnection"),
        *("numpy.load", "numpy.loadtxt", "numpy.genfromtxt", "numpy.fromfile", "numpy.memmap"),
        *("fiona.open", "fiona.Collection", "fiona.listlayers", "fiona.listdir", "geopandas.GeoDataFrame.from_file"),
    }
)
# Libraries whose every read_... function opens a file.
READING_LIBRARIES: Final = frozenset({"pandas", "geopandas", "pyogrio"})
# Methods that open a file, whatever the object.
READ_METHODS: Final = frozenset({"read_text", "read_bytes"})
WRITE_METHODS: Final = frozenset({"write_text", "write_bytes", "to_file"})
RESOURCES: Final = frozenset({"importlib.resources.files", "importlib.resources.as_file"})

# (line, what was called), as in (12, "pandas.read_csv")
Site = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts on one module; names of our own modules are without the package, such as ``outputs.write``."""

    inner: frozenset[str]
    outer: frozenset[str]  # top-level names of the foreign packages that it loads
    reads: tuple[Site, ...]
    reads_resource: tuple[Site, ...]
    writes: tuple[Site, ...]
    at_import: tuple[Site, ...]


def modules(package: Path) -> dict[str, Path]:
    """Every module of the package folder by its name; a subpackage's ``__init__`` goes by the subpackage's name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if len(parts) > 1 and parts[-1] == "__init__":
            parts = parts[:-1]
        found[".".join(parts)] = path
    return found


def read(path: Path, package: Path) -> Facts:
    """Parse one module of the package folder; raises SyntaxError where it is not Python."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    own = set(modules(package))
    inner: set[str] = set()
    outer: set[str] = set()
    for target, loads in _imports(tree, path, package):
        top, _, rest = target.partition(".")
        if top == package.name:
            inner.add(_longest(rest, own))
        elif loads:
            outer.add(top)
    names = _origins(tree)
    reads, resource = _reads(tree, names, package.name)
    return Facts(
        inner=frozenset(inner - {_longest(".".join(path.relative_to(package).with_suffix("").parts), own)}),
        outer=frozenset(outer),
        reads=tuple(reads),
        reads_resource=tuple(resource),
        writes=tuple(_writes(tree, names, package.name)),
        at_import=tuple(_at_import(tree)),
    )


def _imports(tree: ast.Module, path: Path, package: Path) -> Iterator[tuple[str, bool]]:
    """Full dotted names, also of imports inside functions and by import_module, and whether each loads anything.

    Under TYPE_CHECKING it does not: a module may name a type in its signature without touching the library.
    """
    here = [package.name, *path.relative_to(package).parts[:-1]]
    guards = [n for n in tree.body if isinstance(n, ast.If) and _dotted(n.test).endswith("TYPE_CHECKING")]
    typing_only = {id(node) for guard in guards for statement in guard.body for node in ast.walk(statement)}
    for node in ast.walk(tree):
        loads = id(node) not in typing_only
        if isinstance(node, ast.Import):
            yield from ((alias.name, loads) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{stem}.{alias.name}", loads) for alias in node.names)
        elif isinstance(node, ast.Call) and _dotted(node.func).endswith(("import_module", "__import__")):
            yield from ((str(arg.value), True) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def _longest(name: str, own: set[str]) -> str:
    """The module that a dotted name is in; what is in none is in the package's own ``__init__``."""
    while name and name not in own:
        name = name.rpartition(".")[0]
    return name or "__init__"


def _dotted(node: ast.expr) -> str:
    """Give ``a.b.c`` for such an expression, "" for one that does not start with a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        stem = _dotted(node.value)
        return f"{stem}.{node.attr}" if stem else ""
    return ""


def _origins(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: ``pd`` for pandas, ``ZipFile`` for zipfile.ZipFile."""
    origins = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            origins.update({a.asname: a.name for a in node.names if a.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            origins.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return origins


def _full(node: ast.expr, names: dict[str, str]) -> str:
    first, dot, rest = _dotted(node).partition(".")
    return names.get(first, first) + dot + rest


def _reads(tree: ast.Module, names: dict[str, str], package: str) -> tuple[list[Site], list[Site]]:
    """Where files are opened, and where packaged files are (importlib.resources), each as (line, what)."""
    held = _packaged(tree, names)
    reads: list[Site] = []
    packaged: list[Site] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _opens(_full(node.func, names)):
            reads.append((node.lineno, _full(node.func, names)))
            continue
        # `p.open` without a call may be anything; `Path.read_text` may be handed to map()
        if isinstance(node, ast.Call) and _attr(node.func) == "open":
            method: ast.AST = node.func
        elif _attr(node) in READ_METHODS:
            method = node
        else:
            continue
        if isinstance(method, ast.Attribute) and not _is_ours(_full(method, names), package):
            found = packaged if _is_packaged(method.value, names, held) else reads
            found.append((method.lineno, f".{method.attr}"))
    return reads, packaged


def _opens(full: str) -> bool:
    return full in OPENERS or (full.partition(".")[0] in READING_LIBRARIES and ".read_" in full)


def _is_ours(full: str, package: str) -> bool:
    """Tell a function of our own, such as files.read_text, and the one open() that opens no file."""
    return full.startswith(f"{package}.") or full == "webbrowser.open"


def _attr(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ""


def _packaged(tree: ast.Module, names: dict[str, str]) -> set[str]:
    """Names that hold a packaged file: bound from importlib.resources, or declared a Traversable."""
    held: set[str] = set()
    before = -1
    while len(held) != before:
        before = len(held)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _is_packaged(node.value, names, held):
                held.update(target.id for target in node.targets if isinstance(target, ast.Name))
            elif isinstance(node, ast.arg | ast.FunctionDef):
                declared = node.annotation if isinstance(node, ast.arg) else node.returns
                if declared is not None and "Traversable" in ast.unparse(declared):
                    held.add(node.arg if isinstance(node, ast.arg) else node.name)
            elif isinstance(node, ast.For | ast.comprehension) and _is_packaged(node.iter, names, held):
                held.update(n.id for n in ast.walk(node.target) if isinstance(n, ast.Name))
            elif isinstance(node, ast.withitem) and _is_packaged(node.context_expr, names, held):
                held.update(n.id for n in ast.walk(node.optional_vars or ast.Pass()) if isinstance(n, ast.Name))
    return held


def _is_packaged(node: ast.expr, names: dict[str, str], held: set[str]) -> bool:
    """Tell whether the object at the left end of an expression comes from importlib.resources."""
    while True:
        if isinstance(node, ast.Call):
            if _full(node.func, names) in RESOURCES:
                return True
            node = node.func
        elif isinstance(node, ast.Attribute):
            node = node.value
        elif isinstance(node, ast.BinOp):
            node = node.left
        else:
            return isinstance(node, ast.Name) and node.id in held


def _writes(tree: ast.Module, names: dict[str, str], package: str) -> Iterator[Site]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WRITE_METHODS and not _is_ours(_full(node, names), package):
            yield node.lineno, f".{node.attr}"


def _at_import(tree: ast.Module) -> Iterator[Site]:
    """Work at module level, and the global statement: a module declares, its functions act."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield node.lineno, "a global variable that functions change, made"
    for node in tree.body:
        if isinstance(node, ast.For | ast.While | ast.With | ast.Try):
            yield node.lineno, f"a {type(node).__name__.lower()} statement runs"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield node.lineno, f"{_dotted(node.value.func) or 'a call'}() runs"
        elif isinstance(node, ast.Assign | ast.AnnAssign) and any(_attr(n) in READ_METHODS for n in ast.walk(node)):
            yield node.lineno, "a file is read"
