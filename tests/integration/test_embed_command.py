"""``mapper embed`` as a user meets it: what it writes and prints, how it fails, and what it never loses."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper import embedding, errors, pipeline
from mapper.outputs import write
from mapper.outputs.embeds import kit, linked
from serving import serving, well

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")


def mapper(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = tmp_path_factory.mktemp("made") / "embed"
    return mapper("embed", "--out", out, "--url", "https://maps.example/myanmar"), out


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_writes_the_files_and_says_what_to_do_next(made: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    run, out = made
    assert run.returncode == 0, run.stderr
    names = sorted(path.name for path in out.iterdir())
    assert {"index.html", "embed.html", "snippet.html", "oembed.json", "caption.my.txt"} <= set(names)
    for name in names:
        assert f"{out / name}  " in run.stdout
    assert f"Open {out}/snippet.html" in run.stdout
    assert "mapper embed --check https://maps.example/myanmar/" in run.stdout
    assert run.stderr.splitlines()[0] == "reading the data package"
    assert "On 28 February 2026, " in (out / "caption.en.txt").read_text(encoding="utf-8")


def test_the_page_for_a_frame_is_small(made: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, out = made
    assert len(gzip.compress((out / "embed.html").read_bytes(), 9, mtime=0)) <= 110_000


def test_a_second_run_writes_the_same_bytes(
    made: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    _, out = made
    again = mapper("embed", "--out", tmp_path, "--url", "https://maps.example/myanmar/")
    assert again.returncode == 0
    assert content(tmp_path) == content(out)


def test_a_dry_run_writes_nothing_and_says_what_it_would_replace(
    made: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    _, out = made
    before = content(out)
    run = mapper("embed", "--out", out, "--dry-run", "--lang", "my")
    assert run.returncode == 0
    assert f"would replace {out}/index.html" in run.stdout
    assert f"{out}/oembed.json is of an earlier run" in run.stdout
    assert run.stdout.splitlines()[-1] == "Nothing was written."
    assert content(out) == before
    fresh = mapper("embed", "--out", tmp_path / "new", "--dry-run")
    assert f"would write   {tmp_path}/new/index.html" in fresh.stdout
    assert not (tmp_path / "new").exists()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the made-up country in place of the embedded package."""
    package = checkered.package()
    monkeypatch.setattr(pipeline, "open_known", lambda *_, **__: package)
    monkeypatch.setattr(pipeline, "load_boundaries", lambda *_, **__: checkered.boundaries())


@pytest.mark.usefixtures("small")
def test_a_failure_loses_nothing_that_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    whole: Callable[[Path, bytes], None] = write.write_bytes
    written: list[str] = []

    def full(path: Path, data: bytes) -> None:
        written.append(path.name)
        if len(written) > 5:
            raise OSError(28, "No space left on device")
        whole(path, data)

    monkeypatch.setattr(write, "write_bytes", full)
    with pytest.raises(errors.OutputError, match="No space left on device"):
        embedding.embed(out=tmp_path)
    assert content(tmp_path) == {"index.html": b"old", "notes.txt": b"mine"}
    monkeypatch.setattr(write, "write_bytes", whole)
    done = embedding.embed(out=tmp_path)
    assert [file.path.name for file in done.files if file.replaces] == ["index.html"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.usefixtures("small")
def test_it_tells_each_step_that_the_bar_counts(tmp_path: Path) -> None:
    told: list[str] = []
    embedding.embed(out=tmp_path, tell=told.append)
    assert len(told) == embedding.STEPS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("embed",), "say where the files go, as in --out outputs/embed"),
        (("embed", "--out", "x", "--check", "y"), "--check looks and --out writes"),
        (("embed", "--out", "x", "--host", "y"), "give --check as well"),
        (("embed", "--out", "x", "--url", "http://maps.example/"), "serve the folder by https"),
        (("embed", "--out", "x", "--picture", "none.png"), "none.png: is not there. Name a PNG"),
        (("embed", "--out", "x", "--picture", "README.md"), "the picture is not a PNG"),
        (("embed", "--out", "x", "--lang", "xx"), "choose one of en, my, th, id, ms"),
        (("embed", "--check", "no/such"), "neither a folder nor an address"),
        (("embed", "--check", "ftp://maps.example"), "only http and https"),
    ],
)
def test_bad_input_is_one_message_and_ends_with_2(arguments: tuple[str, ...], message: str) -> None:
    run = mapper(*arguments)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert not (ROOT / "x").exists()


def test_a_check_ends_with_1_where_something_breaks_and_0_otherwise(
    made: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, out = made
    answers = {f"/{name}": well(name, (out / name).read_bytes()) for name in embedding.CHECKED}
    with serving(answers) as server:
        good = mapper("embed", "--check", server.url)
        assert good.returncode == 0, good.stdout
        assert "Nothing breaks; " in good.stdout
        assert "frame-ancestors *" not in good.stdout
        server.answers["/embed.html"] = well("embed.html", (out / "embed.html").read_bytes(), X_Frame_Options="DENY")
        bad = mapper("embed", "--check", server.url)
        assert bad.returncode == 1
        assert bad.stdout.startswith("breaks: embed.html: X-Frame-Options is DENY: no other site may show the page")
        assert "1 thing breaks the map; " in bad.stdout
        assert 'add_header Content-Security-Policy "frame-ancestors *";' in bad.stdout
    folder = mapper("embed", "--check", out)
    assert folder.returncode == 0
    assert "a folder sends no headers" in folder.stdout


def test_the_page_in_the_docs_names_each_file_and_option_that_there_is() -> None:
    package = checkered.package()
    picture = linked.Poster(b"", 1200, 630)
    names = kit.files(
        checkered.slices(package),
        checkered.boundaries(),
        package,
        lang="en",
        url="https://maps.example/",
        picture=picture,
    )
    for name in names:
        general = re.sub(r"\.(en|my|th|id|ms)\.txt", ".<lang>.txt", name)
        assert f"`{general}`" in DOCS, name
    for option in re.findall(r"`mapper embed ([^`]*)`", DOCS):
        for flag in re.findall(r"--[a-z-]+", option):
            assert flag in mapper("embed", "--help").stdout


def test_the_attributes_of_the_element_are_those_in_the_docs() -> None:
    from mapper.outputs.embeds import pages  # noqa: PLC0415 -- beside its one use

    (given,) = re.findall(r"const ATTRIBUTES = \{ (.*?) \};", pages.asset("control-map.js"))
    for name in re.findall(r"(\w+): \"", given):
        assert f"`{name}`" in DOCS, name
