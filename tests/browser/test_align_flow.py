"""A promise and an anchor action, typed as a person types: kept, drawn, there again after a reload."""

import pytest
from playwright.sync_api import expect

from tests.browser.typist import Typist, answers, found

pytestmark = pytest.mark.browser

NAME = "Warm rooms for winter"
REASON = "Said at three meetings & “soon” is not a day."
PROMISE = {
    "Owner": "nobody yet",
    "Portfolio": "social",
    "Who it is for": "People who live alone",
    "What we do with it": "join",
    "Why": REASON,
}


def test_step_three_goes_from_the_keyboard_to_the_map(typist: Typist) -> None:
    typist.opens("03_align")
    drawn, decisions = typist.live("map"), typist.live("decisions")
    expect(drawn).to_contain_text("Your promises will stand here, in four portfolios.")
    answers(typist.adds("promises and duties", NAME), PROMISE)
    expect(drawn).to_contain_text("One promise is a good start.")
    expect(decisions).to_contain_text(REASON)
    expect(typist.live("resources")).to_contain_text(f"Promised, with no owner: “{NAME}”.")

    answers(typist.adds("anchor actions", "The college lends its hall"), {"Kind of action": "lend"})
    expect(typist.live("neighbors")).to_contain_text("Not yet: hire, buy and invest.")

    typist.reloads()
    expect(decisions).to_contain_text(REASON)
    found(typist.reopens("promises and duties", NAME), PROMISE)
    assert typist.fits_a_phone()
    (kept,) = typist.book.records("priority")
    assert kept.complete
