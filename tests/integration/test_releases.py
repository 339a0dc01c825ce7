"""Releases and the gate before them: whole or not at all, append-only, and public ones without anything withheld."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapper import errors, gate, pipeline, releasing
from mapper.outputs import write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "geodata", tmp_path / "package"))


def answer(folder: Path, *, on: dt.date = DAY) -> None:
    found = gate.look(folder)
    gate.record(found, dict.fromkeys(found.missing, "thought about"), by="An editor", on=on)


def edit(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8", newline="")


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_gate_asks_until_each_question_is_answered_of_this_state(folder: Path) -> None:
    assert gate.look(folder).missing == ["harm", "public", "together", "people", "delay", "takedown"]
    gate.record(gate.look(folder), {"harm": "nobody,\nas far as we see"}, by="An editor", on=DAY)
    found = gate.look(folder)
    assert found.missing == ["public", "together", "people", "delay", "takedown"]
    assert found.standing["harm"].answer == "nobody, as far as we see"
    answer(folder)
    assert gate.look(folder).missing == []
    edit(folder / "sources.csv", lambda text: text.replace("AFP (mirror)", "AFP", 1))
    assert len(gate.look(folder).missing) == 6
    assert len(gate.look(folder).answers) == 6, "earlier answers stay on record"
    with pytest.raises(errors.UsageError, match="somebody who gave it"):
        gate.record(gate.look(folder), {"harm": "x"}, by=" ", on=DAY)
    with pytest.raises(errors.UsageError, match="'harms' is no question"):
        gate.record(gate.look(folder), {"harms": "x"}, by="An editor", on=DAY)


def test_a_release_is_a_package_with_checksums_that_hold(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.UsageError, match="Nobody has answered, of this state of the package: harm, public"):
        releasing.make("1.0", folder, out=tmp_path / "releases")
    answer(folder)
    made = releasing.make("1.0", folder, out=tmp_path / "releases")
    assert pipeline.check(made.folder).version == "1.0"
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=made.folder, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["previous"] is None
    assert manifest["statuses"] == {"junta": 233, "contested": 53, "nug": 2, "eao": 42, "unknown": 0}
    assert {one["path"] for one in manifest["files"]} == {
        path.name for path in made.folder.iterdir() if path.name not in {"manifest.json", "SHA256SUMS"}
    }
    for one in manifest["files"]:
        assert hashlib.sha256((made.folder / one["path"]).read_bytes()).hexdigest() == one["sha256"]
    assert "The first release." in (made.folder / "CHANGES.md").read_text(encoding="utf-8")


def test_a_public_release_holds_nothing_that_is_withheld(folder: Path, tmp_path: Path) -> None:
    rows = (folder / "sources.csv").read_text(encoding="utf-8").split("\n")
    rows = [row.replace(",public,", ",internal,") if row.startswith("narinjara-2024-11,") else row for row in rows]
    (folder / "sources.csv").write_text("\n".join(rows), encoding="utf-8", newline="")
    edit(folder / "control_reports.csv", lambda text: text.replace("called junta-controlled", "ring 09 791 234 567", 1))
    figures = table(folder / "displacement.csv")
    small = next(row for row in figures if row["level"] == "township")
    edit(
        folder / "displacement.csv",
        lambda text: "\n".join(
            line.replace(f",{small['people']},", ",3,", 1) if line.startswith(small["figure_id"] + ",") else line
            for line in text.split("\n")
        ),
    )
    answer(folder)
    made = releasing.make("1.0", folder, out=tmp_path / "releases")
    everything = b"".join(path.read_bytes() for path in made.folder.iterdir())
    assert b"narinjara-2024-11," not in everything
    assert b"09 791 234 567" not in everything
    assert b"thought about" not in everything, "answers are for editors"
    told = {row["figure_id"]: row for row in table(made.folder / "displacement.csv")}
    assert small["figure_id"] not in told
    assert all(int(row["people"]) == 0 or int(row["people"]) >= 5 for row in told.values())
    same_day = [row for row in figures if row["date"] == small["date"] and row["level"] in {"country", "region_group"}]
    assert not {row["figure_id"] for row in same_day} & told.keys()
    assert {row["note"] for row in told.values()} == {""}
    assert not any(row["basis"] == "total_idmc" for row in told.values())
    moves = table(made.folder / "movements.csv")
    assert len(moves) == 66 - 24
    assert not any(row["origin"] and row["origin_pcode"] for row in moves)
    names = ("control_reports", "displacement", "movements")
    used = {row["source_id"] for name in names for row in table(made.folder / f"{name}.csv")}
    assert used <= {row["source_id"] for row in table(made.folder / "sources.csv")}


def test_a_public_release_holds_no_event_and_all_places_and_words(folder: Path, tmp_path: Path) -> None:
    event = (
        "ucdp-1,2024-05-01,2024-05-01,day,township,MMR012001,exact,A hamlet,state-based,A;B,1,2,3,narinjara-2024-11,\n"
    )
    edit(folder / "events.csv", lambda text: text + event)
    answer(folder)
    made = releasing.make("1.0", folder, out=tmp_path / "releases")
    assert table(made.folder / "events.csv") == []
    assert b"A hamlet" not in b"".join(path.read_bytes() for path in made.folder.iterdir())
    for name in (
        "townships",
        "towns",
        "states",
        "districts",
        "aliases",
        "state_aliases",
        "actors",
        "licences",
        "bases",
    ):
        assert (made.folder / f"{name}.csv").read_bytes() == (folder / f"{name}.csv").read_bytes(), name


def test_an_internal_release_holds_everything_and_says_so(folder: Path, tmp_path: Path) -> None:
    made = releasing.make("1.0", folder, out=tmp_path / "releases", audience="internal")
    assert (made.folder / "displacement.csv").read_bytes() == (folder / "displacement.csv").read_bytes()
    assert json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["audience"] == "internal"


NEW = (
    "R9001,MMR012014,Ann,2024-12-20,day,eao,AA,town,yes,event,high,Ann,residents,resident,"
    "narinjara-2024-11,residents see the AA in the town,,2026-12-01,,,,\n"
)


def test_the_next_release_says_by_township_what_is_told_anew(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "releases"
    first = releasing.make("1.0", folder, out=out, audience="internal")
    edit(folder / "control_reports.csv", lambda text: text + NEW)
    planned = releasing.make("1.1", folder, out=out, audience="internal", dry_run=True)
    assert not planned.folder.exists()
    made = releasing.make("1.1", folder, out=out, audience="internal")
    assert made.rows == planned.rows
    assert {row["township"] for row in made.rows} == {"Ann"}
    anew = made.rows[0]
    assert (anew["from"], anew["kind"]) == ("2024-12-20", "rewritten")
    assert (anew["before_status"], anew["after_status"], anew["after_holders"]) == ("contested", "eao", "AA")
    text = (made.folder / "CHANGES.md").read_text(encoding="utf-8")
    assert "Since 1.0 the map tells 1 township anew:" in text
    assert "- Ann (Rakhine)\n  - from 2024-12-20 until" in text
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((first.folder / "manifest.json").read_bytes()).hexdigest()
    assert manifest["previous"] == {"version": "1.0", "manifest_sha256": digest}
    with pytest.raises(errors.OutputError, match="is there already"):
        releasing.make("1.1", folder, out=out, audience="internal")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda text: text.replace("2023-01-09,day,junta,SAC", "2023-01-09,day,eao,KIA", 1),
            "'eao' of R0001 was 'junta' in release 1.0. Put it back, and add a record that supersedes it",
        ),
        (
            lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("R0002,")),
            "'R0002' is gone since release 1.0. Put it back, and take it back with a row in withdrawals.csv",
        ),
    ],
)
def test_a_released_row_is_never_edited_or_deleted(
    folder: Path, tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    releasing.make("1.0", folder, out=tmp_path / "releases", audience="internal")
    edit(folder / "control_reports.csv", change)
    with pytest.raises(errors.DataError) as found:
        releasing.make("1.1", folder, out=tmp_path / "releases", audience="internal")
    assert said in str(found.value)
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["1.0"]


def test_a_package_with_faults_is_not_frozen(folder: Path, tmp_path: Path) -> None:
    edit(folder / "control_reports.csv", lambda text: text.replace(",high,", ",sure,", 1))
    with pytest.raises(errors.DataError, match="'sure' is not a word of this column"):
        releasing.make("1.0", folder, out=tmp_path / "releases", audience="internal")
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("name", ["../1.0", "", "a/b", ".hidden", "1..0", "x" * 65, "1.0\n"])
def test_a_name_that_leads_elsewhere_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.UsageError, match="is no name for a release"):
        releasing.make(name, folder, out=tmp_path / "releases", audience="internal")


@pytest.mark.parametrize("step", [1, 5, 12, 22])
def test_nothing_is_half_written_whenever_the_disk_gives_out(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    written = 0
    really = write.write_bytes

    def failing(path: Path, content: bytes) -> None:
        nonlocal written
        written += 1
        if written == step:
            raise OSError(28, "No space left on device")
        really(path, content)

    monkeypatch.setattr(write, "write_bytes", failing)
    with pytest.raises(errors.OutputError, match="No space left on device"):
        releasing.make("1.0", folder, out=tmp_path / "releases", audience="internal")
    assert list((tmp_path / "releases").iterdir()) == []


def test_two_releases_that_follow_the_same_one_are_told(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        releasing.make("1.0", folder, out=tmp_path / name, audience="internal")
        edit(
            folder / "control_reports.csv",
            lambda text: text + (NEW.replace("R9001", "R9002") if "R9001" in text else NEW),
        )
    shutil.copytree(tmp_path / "b" / "1.0", tmp_path / "a" / "other")
    with pytest.raises(errors.DataError, match="has no one latest release"):
        releasing.make("1.1", folder, out=tmp_path / "a", audience="internal")
