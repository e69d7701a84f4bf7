"""A test of change, typed as a person types: kept, drawn, there again, and the next cycle made from it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.typist import Typist, answers, found, more
from tests.delivery import teams

pytestmark = pytest.mark.browser

NAME = "One bell & one neighbor"
IDEA = {"Idea it tests": "Ring the bell next door", "Starts on": "2021-06-21"}
PLAN = {
    "Our question": "If Rosa rings her neighbor’s bell, does he come along?",
    "Our prediction": "He says “yes” at the second ring.",
}
LEARNED = "He had waited for someone to ask."


def test_a_test_goes_from_the_keyboard_to_its_ramp_and_to_the_next_cycle(typist: Typist) -> None:
    teams.write(typist.book, "driver", "asked", text="People are asked in person", level="primary")
    teams.write(typist.book, "driver", "bell", text="Ring the bell next door", level="idea", parent="asked")
    page = typist.opens("08_test")
    ramps, waiting = typist.live("ramps"), typist.live("waiting")
    expect(ramps).to_contain_text("Your tests will stand here as ramps.")
    form = typist.adds("tests of change", NAME)
    found(form, {"How many at first": "1"})
    answers(form, IDEA)
    expect(waiting).to_contain_text("Its day has come, and it has no prediction.")
    answers(form, PLAN)
    expect(ramps.locator("img")).to_have_attribute("alt", re.compile("^One test on one idea so far"))
    expect(waiting).to_contain_text("Under way. Look back on July 19, 2021.")

    typist.reloads()
    form = typist.reopens("tests of change", NAME)
    found(form, PLAN | {"Idea it tests": "bell"})
    more(form)
    answers(form, {"What we learned": LEARNED, "What now": "adopt"})
    expect(typist.live("next")).to_contain_text(f"“{NAME}” was kept with one person.")

    card = typist.card("tests of change")
    card.get_by_role("button", name=f"next cycle {NAME}").click()
    expect(card.get_by_text(f"{NAME}, cycle 2").first).to_be_visible()
    expect(waiting).to_contain_text("cycle 2. Planned. It has no day yet.")
    assert typist.fits_a_phone()
    assert page.locator(".wrong").count() == 0
    first, second = typist.book.records("test")
    assert first.complete
    assert first.learned == LEARNED
    assert (second.after, second.scale, second.driver, second.prediction) == (first.key, "3", "bell", "")
