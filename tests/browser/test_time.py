"""Time: every way to go to another date, and play."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.timeline import Timeline
    from seen import Seen

OVER = """() => { const app = Object.values(MapperControl.apps)[0];
  const date = document.querySelector(".mc-date");
  return app.data.dates.map((_, slice) => {
    app.set({ slice });
    const range = document.createRange();
    range.selectNodeContents(date);
    const [text, room] = [range, document.querySelector(".mc-time")].map((one) => one.getBoundingClientRect());
    const when = document.querySelector(".mc-when").getBoundingClientRect();
    if (!text.width) throw new Error("no date is to be seen");
    return Math.max(when.left - text.left, text.right - when.right, text.bottom - room.bottom);
  }); }"""
"""How many pixels each date reaches over the room beside the slider."""

pytestmark = pytest.mark.browser
LAST = 14
"""Number of the latest slice of the made-up country, whose slices are quarters."""
SLICE = "document.querySelector('input[type=range]').value"


def changed(slices: Timeline) -> list[int]:
    dates = {change.date for change in slices.changes() if change.what != "stale"}
    return [i for i, date in enumerate(slices.dates) if date in dates]


def test_each_slice_where_something_changed_bears_a_mark(
    html: str, slices: Timeline, look: Callable[..., Seen]
) -> None:
    path = look(html).page.locator(".mc-marks-of-change path").get_attribute("d")
    assert [int(part.split(" ")[0]) for part in path.split("M")[1:]] == changed(slices)


def test_the_button_goes_to_the_next_change_and_rests_after_the_last(
    html: str, slices: Timeline, look: Callable[..., Seen]
) -> None:
    seen = look(html)
    button = seen.page.get_by_role("button", name="Next change")
    seen.go_to(0)
    for index in changed(slices):
        button.click()
        assert seen.page.evaluate(SLICE) == str(index)
    assert button.is_disabled()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2022-03-31", "31 March 2022"), ("2022-05-12", "31 March 2022"), ("2021-01-31", "31 January 2021")],
)
def test_a_date_in_the_box_goes_to_the_slice_at_or_before_it(
    html: str, look: Callable[..., Seen], typed: str, shown: str
) -> None:
    page = look(html).page
    page.get_by_label("Go to a date").fill(typed)
    assert page.locator(".mc-date").text_content() == shown


def test_play_has_three_speeds_and_stops_where_the_map_is_touched(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = seen.page
    speed = page.locator(".mc-speed")
    said = []
    for _ in range(4):
        said.append(speed.text_content())
        speed.click()
    assert [text[0] for text in said] == ["1", "2", "½", "1"]
    seen.go_to(2)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"{SLICE} === '4'")
    box = page.locator(".mc-stage").bounding_box()
    page.mouse.click(box["x"] + 200, box["y"] + 20)
    assert page.get_by_role("button", name="Play").is_visible()


def test_a_reader_who_wants_little_motion_gets_slow_steps_at_every_speed(html: str, look: Callable[..., Seen]) -> None:
    seen = look(html)
    page = seen.page
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    seen.go_to(2)
    page.locator(".mc-speed").click()
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1000)  # its clock goes on by itself as well
    assert page.evaluate(SLICE) == "2"
    page.clock.run_for(700)
    assert page.evaluate(SLICE) == "3"


@pytest.mark.parametrize(("width", "fragment"), [(1280, ""), (320, "&controls=minimal"), (1280, "&controls=minimal")])
@pytest.mark.parametrize("lang", ["my", "th", "en"])
def test_each_date_has_room_beside_the_slider(
    html: str, look: Callable[..., Seen], width: int, fragment: str, lang: str
) -> None:
    page = look(html, width=width).page
    page.evaluate("(fragment) => { location.hash = fragment; }", f"l={lang}{fragment}")
    page.wait_for_selector(f".mc:lang({lang})")
    over = page.evaluate(OVER)
    assert len(over) == LAST + 1
    assert max(over) <= 1
