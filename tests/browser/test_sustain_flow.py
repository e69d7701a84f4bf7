"""A story and what makes it last, typed as a person types: kept, drawn, there again, on one printed sheet."""

import pytest
from playwright.sync_api import expect

from tests.browser.typist import Typist, answers, found

pytestmark = pytest.mark.browser

STORY = {
    "In one line": "We ring first & “listen”",
    "What we learned": "Nobody had forgotten. The bus left too early.",
    "What comes next": "Ask the driver to wait five minutes.",
}
UPKEEP = {"Which point it serves": "backup", "By when": "2021-01-31"}


def test_step_ten_goes_from_the_keyboard_to_the_page_on_the_wall(typist: Typist) -> None:
    page = typist.opens("10_sustain")
    answers(typist.card("our story so far"), STORY)
    expect(typist.live("headline")).to_contain_text(STORY["In one line"])
    expect(typist.live("ending")).to_contain_text(STORY["What comes next"])

    answers(typist.adds("things that make it last", "Two people know the driver"), UPKEEP)
    overdue = "Overdue since January 31, 2021: Two people know the driver."
    expect(typist.live("lasting")).to_contain_text(overdue)

    typist.reloads()
    found(typist.card("our story so far"), STORY)
    expect(page.locator(".board")).to_contain_text(STORY["What we learned"])
    assert typist.fits_a_phone()
    assert typist.book.records("storyboard")[0].complete
    assert not typist.book.list("upkeep")[0].shared
