"""Imports go one way, and only named modules draw, read and write. The reader that checks it is checked first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import layers

ROOT = Path(__file__).resolve().parent.parent


def test_the_package_keeps_its_layers() -> None:
    found = layers.faults(ROOT / "mapper")
    assert not found, "\n".join(found)


def test_every_declared_module_exists() -> None:
    for name in layers.LAYERS:
        path = ROOT / "mapper" / name
        assert path.with_suffix(".py").is_file() or path.is_dir(), f"LAYERS names {name}, which is gone"


def tree(root: Path, **sources: str) -> Path:
    """Write a package of modules given as outputs__slider="import folium"."""
    package = root / "mapper"
    for name, source in sources.items():
        assert layers.parses(source)
        stem = name if name.startswith("__") else name.replace("__", "/")
        path = package / f"{stem}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return package


def test_a_good_package_has_no_fault(tmp_path: Path) -> None:
    package = tree(
        tmp_path,
        __init__="from mapper.pipeline import open_package",
        __main__="from mapper import pipeline\nif __name__ == '__main__':\n    pipeline.open_package()",
        errors="'''Errors.'''\nclass Fault: ...",
        control="from mapper import errors\nORDER = {'junta': 1}",
        sources__files="from pathlib import Path\ndef text(path): return Path(path).read_text() + open(path).read()",
        sources__reports="from mapper.sources import files\ndef load(path): return files.text(path)",
        outputs__folium_map="import folium\nfrom mapper.outputs import style, write",
        outputs__style="from importlib.resources import files\ndef css(): return (files('m') / 'a').read_text()",
        outputs__write="def put(path, text):\n    with open(path, 'x') as file: file.write(text)",
        pipeline="from mapper.sources import reports\nfrom mapper.outputs import folium_map, write\n"
        "if TYPE_CHECKING:\n    import folium\n"
        "def open_package() -> folium.Map: write.write_text('', '')",
    )
    assert layers.faults(package) == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        (
            "outputs__shares",
            "import matplotlib",
            "outputs.shares: imports matplotlib, which only outputs.pictures.* may",
        ),
        ("errors", "from mapper import control", "errors: imports control, from a layer below"),
        ("control", "import mapper.tables", "control: imports tables, from a layer below"),
        ("control", "def late():\n    from mapper import timeline", "control: imports timeline, from a layer below"),
        ("tables", "from mapper import open_package", "tables: imports __init__, from a layer below"),
        ("geo", "from typing import *\nif TYPE_CHECKING:\n    from . import tables", "geo: imports tables, from a"),
        ("outputs__embed", "from mapper.sources import files", "outputs.embed: imports sources.files; outputs and"),
        ("sources__acled", "from ..outputs import style", "sources.acled: imports outputs.style, from a layer below"),
        ("sources__acled", "from mapper import resolve", "sources.acled: imports resolve; sources and resolve never"),
        ("timeline", "from mapper.sources import files", "timeline: imports sources.files; timeline and sources"),
        ("outputs__style", "import mapper.pipeline", "outputs.style: imports pipeline, from a layer below"),
    ],
)
def test_an_import_against_the_flow_is_told(tmp_path: Path, module: str, source: str, fault: str) -> None:
    empty = dict.fromkeys(("control", "tables", "timeline", "resolve", "pipeline", "__init__"), "")
    empty |= {"sources__files": "", "outputs__style": ""}
    found = layers.faults(tree(tmp_path, **(empty | {module: source})))
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    "source",
    [
        "import folium",
        "from folium.plugins import TimeSliderChoropleth",
        "import branca.element as be",
        "def late():\n    from jinja2 import Template",
        "import importlib\ndef late(): return importlib.import_module('folium')",
    ],
)
def test_only_the_map_and_the_slider_may_draw(tmp_path: Path, source: str) -> None:
    assert len(layers.faults(tree(tmp_path, outputs__export=source))) == 1
    assert layers.faults(tree(tmp_path / "slider", outputs__slider=source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "def read(p): return open(p)",
        "def read(p): return p.open()",
        "def read(p): return p.read_text()",
        "def read(p): return [f.read_bytes() for f in p.iterdir()]",
        "from pathlib import Path\ndef read(ps): return map(Path.read_text, ps)",
        "import io\ndef read(p): return io.open(p)",
        "import pandas as pd\ndef read(p): return pd.read_csv(p)",
        "from pandas import read_csv as get\ndef read(p): return get(p)",
        "import geopandas as gpd\ndef read(p): return gpd.read_file(p)",
        "import fiona\ndef read(p): return fiona.open(p)",
        "from zipfile import ZipFile\ndef read(p): return ZipFile(p)",
        "import numpy as np\ndef read(p): return np.load(p)",
        "from urllib.request import urlopen\ndef read(p): return urlopen(p)",
    ],
)
def test_only_files_may_read(tmp_path: Path, source: str) -> None:
    for module in ("sources__reports", "outputs__export", "pipeline"):
        found = layers.faults(tree(tmp_path / module, **{module: source}))
        assert len(found) == 1
        assert "reads a file, which only sources.files may" in found[0]
    assert layers.faults(tree(tmp_path / "files", sources__files=source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "from importlib import resources\ndef js(): return resources.files('m').joinpath('a.js').read_text()",
        "from importlib.resources import files\ndef js(): return (files('m') / 'a.js').read_bytes()",
        "from importlib import resources\ndef js():\n    web = resources.files('m')\n    web.read_text()",
        "def js(web: Traversable): return [f.read_text() for f in web.iterdir()]",
    ],
)
def test_outputs_may_read_what_is_packaged_with_them_and_nobody_else(tmp_path: Path, source: str) -> None:
    assert layers.faults(tree(tmp_path, outputs__payload=source)) == []
    (found,) = layers.faults(tree(tmp_path / "other", pipeline=source))
    assert "reads a packaged file, which only outputs may" in found


@pytest.mark.parametrize("source", ["def put(p): p.write_text('')", "def put(f, p): f.to_file(p)"])
def test_only_write_may_write(tmp_path: Path, source: str) -> None:
    (found,) = layers.faults(tree(tmp_path, outputs__export=source))
    assert "writes a file, which only outputs.write may" in found
    assert layers.faults(tree(tmp_path / "write", outputs__write=source)) == []


def test_write_may_open_but_not_read(tmp_path: Path) -> None:
    (found,) = layers.faults(tree(tmp_path, outputs__write="def put(p): return p.open('x'), p.read_text()"))
    assert found == "outputs.write: line 1: .read_text reads a file, which only sources.files may"


def test_a_cycle_is_told_with_its_way(tmp_path: Path) -> None:
    package = tree(
        tmp_path,
        outputs__a="from mapper.outputs import b",
        outputs__b="def late():\n    from mapper.outputs import c",
        outputs__c="import mapper.outputs.a",
    )
    assert layers.faults(package) == ["cycle: outputs.a -> outputs.b -> outputs.c -> outputs.a"]


@pytest.mark.parametrize("name", ["sources__utils", "outputs__settings", "sources__helpers"])
def test_a_module_without_a_subject_is_told(tmp_path: Path, name: str) -> None:
    (found,) = layers.faults(tree(tmp_path, **{name: ""}))
    assert "a name without a subject" in found


def test_a_module_in_no_layer_is_told(tmp_path: Path) -> None:
    assert layers.faults(tree(tmp_path, weather="")) == [
        "weather: stands in no layer; add it to LAYERS in tests/layers.py"
    ]


@pytest.mark.parametrize(
    "source",
    [
        "for n in range(3): print(n)",
        "print('hello')",
        "N = 0\ndef count():\n    global N\n    N += 1",
        "from importlib import resources\nWORDS = resources.files('m').joinpath('a').read_text()",
    ],
)
def test_work_at_import_time_is_told(tmp_path: Path, source: str) -> None:
    (found,) = layers.faults(tree(tmp_path, outputs__words=source))
    assert found.endswith("at import time")


def test_modules_that_open_archives_and_databases_open_them_in_memory() -> None:
    for name in layers.IN_MEMORY:
        source = (ROOT / "mapper" / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
        opened = re.findall(r"(?:sqlite3\.connect|zipfile\.ZipFile|av\.open)\((.*?)[,)]", source)
        assert opened, f"{name} opens nothing: take it off the list"
        assert set(opened) <= {'":memory:"', "buffer"}, name


@pytest.mark.parametrize(
    "source", ["import urllib3", "import pooch", "def late():\n    import socket", "import requests"]
)
def test_only_two_modules_may_reach_out(tmp_path: Path, source: str) -> None:
    for module in ("sources__files", "outputs__export", "pipeline", "commands__build"):
        (found,) = layers.faults(tree(tmp_path / module, **{module: source}))
        assert "reaches out; only sources.served and sources.fetching may" in found
    assert layers.faults(tree(tmp_path / "own", sources__fetching=source)) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("pipeline", "from mapper.sources import fetching"),
        ("sources__townships", "def late():\n    from mapper.sources import partial"),
        ("intake__kinds", "import mapper.boundaries.obtain"),
        ("commands__build", "from mapper.commands import boundaries"),
    ],
)
def test_a_download_is_led_to_by_one_verb_alone(tmp_path: Path, module: str, source: str) -> None:
    empty = {"sources__fetching": "", "sources__partial": "", "boundaries__obtain": "", "commands__boundaries": ""}
    (found,) = layers.faults(tree(tmp_path, **(empty | {module: source})))
    assert "may: no map goes to the network" in found
    chain = {
        "__main__": "from mapper.commands import boundaries",
        "commands__boundaries": "from mapper.boundaries import obtain",
        "boundaries__obtain": "from mapper.sources import fetching",
        "sources__fetching": "from mapper.sources import partial",
        "sources__partial": "def put(p): p.write_bytes(b'')",
    }
    assert layers.faults(tree(tmp_path / "chain", **chain)) == []
