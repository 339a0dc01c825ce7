"""What ACLED's events say of territory that changed hands, as reports of control; all values are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from acled import export, take, told
from feeds import CLASH, TAKEN
from taking import rows

if TYPE_CHECKING:
    from pathlib import Path

MILITARY = "holders:Military Forces of Myanmar (2021-)=SAC"
REGAINED = {**CLASH, "event_id_cnty": "MMR1003", "sub_event_type": "Government regains territory"}


@pytest.fixture(scope="session")
def fresh(three: Path) -> Path:
    return three / "own"


def test_a_township_that_changed_hands_becomes_a_report_on_a_part_of_it(own: Path, three: Path) -> None:
    take(own, export(TAKEN), three)
    (report,) = rows(own, "control_reports")
    assert {part: report[part] for part in list(report)[1:17]} == {
        "pcode": "MMR012017",
        "township": "Gwa",
        "date": "2024-12-29",
        "date_precision": "day",
        "status": "eao",
        "holders": "AA",
        "scope": "part",
        "main_town": "",
        "kind": "event",
        "confidence": "medium",
        "place": "Gwa",
        "claimant": "",
        "claimant_side": "",
        "source_id": "acled",
        "finding": "ACLED codes it as Non-state actor overtakes territory",
        "doubt": "",
    }


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "'Military Forces of Myanmar (2021-)' is no actor that is known. Say who it is: --value"),
        ({"actor2": "", "inter2": ""}, "'Military Forces of Myanmar (2021-)' is no actor that is known"),
        ({"inter1": "Rebel group"}, "does not say which of"),
        ({"inter2": "State forces"}, "does not say which of"),
    ],
)
def test_the_army_is_nobody_until_somebody_says_who_it_is(
    own: Path, three: Path, changed: dict[str, str], said: str
) -> None:
    ran = take(own, export({**REGAINED, **changed}), three)
    assert "control_reports: 0 new, 0 same, 0 changed, 1 refused" in ran.out
    assert said in told(ran)


def test_who_an_actor_is_is_said_once_and_kept(own: Path, three: Path) -> None:
    take(own, export(REGAINED), three, "--value", MILITARY)
    take(own, export({**REGAINED, "event_id_cnty": "MMR9", "event_date": "2025-01-05"}), three, name="next.csv")
    assert [(row["date"], row["status"], row["holders"]) for row in rows(own, "control_reports")] == [
        ("2024-12-29", "junta", "SAC"),
        ("2025-01-05", "junta", "SAC"),
    ]


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        ("ULA/AA: United League of Arakan/Arakan Army", "AA"),
        ("Arakan Army", "AA"),
        ("AA: Arakan Army (Myanmar)", "AA"),
        ("KIO/KIA: Kachin Independence Organization/Kachin Independence Army", "KIA"),
        ("AA: Anti-somebody Army", ""),  # an abbreviation is no name
        ("AA: Kachin Independence Army", ""),  # two actors
        ("KNU/KNLA: Karen National Union/Karen National Liberation Army", ""),
        ("Unidentified Armed Group (Myanmar)", ""),
        ("Arakan", ""),
        (": ", ""),
    ],
)
def test_names_of_actors_mean_one_actor_or_none(own: Path, three: Path, name: str, holder: str) -> None:
    take(own, export({**TAKEN, "actor2": name}), three)
    assert [row["holders"] for row in rows(own, "control_reports")] == ([holder] if holder else [])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"inter1": "Rebel group"}, "does not say which of"),
        ({"actor2": "Pyu Saw Htee militias"}, "is PSH in actors.csv, whose kind (militia) does not fit that"),
        ({"sub_event_type": "Non-violent transfer of territory"}, "does not say which of"),
    ],
)
def test_who_gained_must_be_plain(own: Path, three: Path, changed: dict[str, str], said: str) -> None:
    ran = take(own, export({**TAKEN, **changed}), three)
    assert rows(own, "control_reports") == []
    assert said in told(ran)


def test_a_transfer_without_fighting_names_one_actor(own: Path, three: Path) -> None:
    transfer = {
        "sub_event_type": "Non-violent transfer of territory",
        "actor1": "Arakan Army",
        "actor2": "",
        "inter2": "",
    }
    take(own, export({**TAKEN, **transfer, "time_precision": "2"}), three)
    (report,) = rows(own, "control_reports")
    assert (report["status"], report["holders"], report["confidence"]) == ("eao", "AA", "low")
    assert (report["date"], report["doubt"]) == ("2025-01-01", "day approximate")


def test_a_month_speaks_from_its_end(own: Path, three: Path) -> None:
    take(own, export({**TAKEN, "time_precision": "3"}), three)
    (report,) = rows(own, "control_reports")
    assert (report["date"], report["date_precision"], report["confidence"]) == ("2024-12", "month", "low")
