"""What the page is given: safe in any text it may stand in, and the same as the timeline says."""

from __future__ import annotations

import dataclasses
import itertools
import json
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import checkered
import made
import written
from mapper import errors
from mapper.outputs import codec, payload, record, style

if TYPE_CHECKING:
    from mapper.control import Assessment

TEXTS = [*checkered.HOSTILE[:5], "{{{{%", "<!--", "a\\b\"c'd&amp;", "\ud800", "\x00\r\n", "မြန်မာ"]


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    package = checkered.package()
    return payload.payload(checkered.slices(package), checkered.boundaries(), package)


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back_and_stands_in_html_and_in_a_template_unharmed(text: str) -> None:
    written = payload.to_json({"text": [text], text: 1})
    assert json.loads(written) == {"text": [text], text: 1}
    assert not set("<>&\u2028\u2029\ud800") & set(written)
    assert jinja2.Template(written).render() == written


def test_the_whole_payload_is_unharmed_by_a_template(data: dict[str, Any]) -> None:
    written = payload.to_json(data)
    assert jinja2.Template(written).render() == written


def test_every_township_has_its_assessment_at_every_slice(data: dict[str, Any]) -> None:
    package = checkered.package()
    slices = checkered.slices(package)
    first = list(itertools.accumulate(written.read(data["history"]["count"], written.digit), initial=0))
    for date, found in slices.slices():
        for i, assessment in enumerate(found.values()):
            before = [n for n in range(first[i], first[i + 1]) if _days(data)[n] <= record.day_number(date)]
            assert _looked_up(data, before[-1]) == _said(assessment)


def test_no_township_has_a_history_after_the_last_slice() -> None:
    package = checkered.package()
    slices = checkered.slices(package)
    slices = dataclasses.replace(slices, dates=slices.dates[:7])
    last = slices.dates[-1]
    assert any(parts[-1].valid_from > last for parts in slices.stretches.values()), "something comes later"
    data = payload.payload(slices, checkered.boundaries(), package)
    assert max(_days(data)) <= record.day_number(last)


def _confirmed(data: dict[str, Any]) -> list[int]:
    """Give the days of last confirmation; each is written from the day on which the last of its reports speaks."""
    reports, stretches = data["reports"], written.read(data["history"]["count"], written.digit)
    first = list(itertools.accumulate(reports["count"], initial=0))
    owner = [township for township, count in enumerate(stretches) for _ in range(count)]
    days = written.ascending(reports["day"])
    assert "1" not in reports["month"], "all made-up reports know their day"
    return [
        step + max((days[first[owner[i]] + n] for n in numbers), default=0)
        for i, (step, numbers) in enumerate(
            zip(
                written.read(data["assessments"]["confirmed"], written.step),
                written.behind(data["assessments"]["reports"], stretches),
                strict=True,
            )
        )
    ]


def _days(data: dict[str, Any]) -> list[int]:
    """Give the first day of each stretch; each is written from the day of its last confirmation."""
    steps = written.read(data["history"]["day"], written.step)
    return [step + day for step, day in zip(steps, _confirmed(data), strict=True)]


def _since(data: dict[str, Any]) -> list[int]:
    """Give since when each assessment holds; 0 is as the one before, else 1 + the days before its first day."""
    since: list[int] = []
    for step, day in zip(written.read(data["assessments"]["since"], written.step), _days(data), strict=True):
        since.append(day + 1 - step if step else since[-1])
    return since


def _looked_up(data: dict[str, Any], number: int) -> tuple[str, ...]:
    found, lists = data["assessments"], data["lists"]
    holders = [data["actors"][int(i)][0] for i in written.divided(found["holders"])[number].split(";") if i]
    return (
        lists["classes"][int(found["class"][number])],
        ";".join(holders),
        lists["rules"][int(found["rule"][number])],
        lists["since"][int(found["since_how"][number])],
        found["stale"][number] + found["disputed"][number] + found["main_town"][number],
        str(_since(data)[number]),
        str(_confirmed(data)[number]),
    )


def _said(one: Assessment) -> tuple[str, ...]:
    return (
        style.class_of(one),
        ";".join(one.holders),
        one.rule,
        one.since_precision,
        "".join(str(int(flag)) for flag in (one.stale, one.disputed, one.main_town_only)),
        str(record.day_number(one.since)),
        str(record.day_number(one.last_confirmed)),
    )


def test_the_counts_of_each_slice_are_of_all_townships(data: dict[str, Any]) -> None:
    columns = np.reshape(written.read(data["counts"], written.step), (len(style.CLASSES), len(data["dates"])))
    assert set(np.cumsum(columns, axis=1).sum(axis=0)) == {30}


def test_a_time_of_publishing_is_told_from_the_first_report_and_what_is_none_as_it_is() -> None:
    first = made.report("2024-05-30", "eao", pcode="MMR012001")
    year = made.report("2024-05-31", "eao", pcode="MMR012001", source_id="year")
    package = made.package(first, made.report("2024-06-03", "junta", pcode="MMR012001"))
    (source,) = package.sources.values()
    used = record.Numbered()
    told = {"a-source": "2024-06-01", "month": "2024-05", "none": "", "uncited": "1970-01-09", "odd": "2024-02-31"}
    sources = {name: dataclasses.replace(source, source_id=name, published=day) for name, day in told.items()}
    told["year"] = "2023"
    sources["year"] = dataclasses.replace(source, source_id="year", published="2023")
    for name in told:
        used(name)
    package = dataclasses.replace(package, sources=sources, reports=(*package.reports, year))
    columns = record.source_columns(package, used, record.known_reports(package, None))
    assert columns["published"] == codec.steps([2, 12 * 54 + 4, 0, 8, 0, -12 - 4])
    assert columns["parts"] == "320301"
    assert columns["vague"] == {"4": "2024-02-31"}


@given(st.lists(st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=6)))
def test_the_reports_behind_assessments_come_back(townships: list[list[list[int]]]) -> None:
    townships = [[sorted(refs) if len(refs) % 2 else refs for refs in found] for found in townships]
    counts = [len(found) for found in townships]
    flat = [refs for found in townships for refs in found]
    text = codec.digits(record.behind(flat, counts))
    assert written.behind(text, counts) == flat


def test_reports_behind_an_assessment_are_written_from_those_behind_the_one_before() -> None:
    refs = [[], [0], [0, 1, 2], [2, 3], [3, 9], [0]]
    assert list(record.behind(refs, [5, 1])) == [1, 3, 5, 1 + 2 + 16, 4, 3, 9, 3]


def test_a_report_recorded_after_the_date_of_knowledge_is_not_in_the_page() -> None:
    package = checkered.package()
    late = dataclasses.replace(package.reports[0], report_id="late", finding="not yet known", recorded_on=made.RECORDED)
    early = dataclasses.replace(late, report_id="early", finding="known", recorded_on=late.date)
    package = dataclasses.replace(package, reports=(late, early))
    slices = dataclasses.replace(checkered.slices(package), as_known_on=late.date)
    written = payload.to_json(payload.payload(slices, checkered.boundaries(), package))
    assert '"known"' in written
    assert "not yet known" not in written


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "", "http:", "ftp://h/x", "http://["]
)
def test_only_links_to_the_web_are_links(url: str) -> None:
    assert record.safe_url(url) == ""


def test_exact_counts_of_people_stay_out_of_the_page() -> None:
    figure = {
        "date": made.RECORDED.replace(year=2022),
        "date_precision": "day",
        "people": 173_456,
        "qualifier": "exact",
        "measure": "idps",
        "basis": "total",
        "source_id": "a-source",
        "note": "",
        "level": "township",
        "pcode": checkered.PCODES[0],
        "place": "Town 1",
    }
    table = pd.DataFrame([figure, {**figure, "people": 3, "pcode": checkered.PCODES[1]}], index=["D1", "D2"])
    package = checkered.package(displacement=table)
    data = payload.payload(checkered.slices(package), checkered.boundaries(), package)
    figures = data["people"]["inside"]["figures"]
    assert figures["people"] == [173_500, 5]
    assert [data["lists"]["said"][int(digit)] for digit in figures["said"]] == ["exact", "few"]
    assert "173456" not in payload.to_json(data)


def test_a_language_that_the_page_does_not_speak_is_refused() -> None:
    package = checkered.package()
    with pytest.raises(errors.UsageError, match="'xx'; choose one of en, my"):
        payload.payload(checkered.slices(package), checkered.boundaries(), package, lang="xx")
