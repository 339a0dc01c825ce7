"""A page that a browser test looks at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.outputs import style

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from mapper.timeline import Timeline


def choose(page: Page, text: str) -> None:
    """Look for a place by name or P-code, and take the best hit."""
    field = page.locator(".mc-find input")
    field.fill(text)
    field.press("Enter")


@dataclass
class Seen:
    """A page, and what it did that it should not have done."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go_to(self, index: int) -> None:
        """Move the slider to a slice, as a reader does."""
        self.page.locator("input[type=range]").fill(str(index))
        self.rest()

    def rest(self) -> None:
        """Let what waits until the slider rests happen now."""
        self.page.evaluate("Object.values(MapperControl.apps).forEach((app) => app.rest())")

    def colour_by(self, choice: str) -> None:
        """Choose "Status" or "Armed organisation", as a reader does."""
        self.page.get_by_role("radio", name=choice).click()

    @staticmethod
    def counts(slices: Timeline, index: int) -> Counter[str]:
        """Count the townships of a slice by class."""
        return Counter(style.class_of(found) for found in slices.slice(slices.dates[index]).values())
