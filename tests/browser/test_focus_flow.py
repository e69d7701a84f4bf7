"""A talk, a cause and a choice, typed as a person types: kept, drawn, there again, and not shared."""

import pytest
from playwright.sync_api import expect

from tests.browser.typist import Typist, answers, found, more

pytestmark = pytest.mark.browser

TALK = {
    "Month": "2021-05",
    "They agreed that we write this down": True,
    "What it was about": "A ride home, being asked twice",
    "What matters, as it was said": "After six there is no bus & nobody “sees” me.",
    "What would help": "One number to ring.",
}
CAUSE = {
    "Where it lies": "place and community",
    "The numbers": "silent",
    "Care teams": "contradicts",
    "People themselves": "supports",
}
GROUP = "Elders of Mill Hill"
REASON = "They wait longest, and nobody had asked them."


def test_step_five_goes_from_the_keyboard_to_the_choice(typist: Typist) -> None:
    typist.opens("05_focus")
    heard, review, choice = (typist.live(name) for name in ("heard", "review", "choice"))
    expect(heard).to_contain_text("Themes from care teams and people will stand here.")
    talk = typist.adds("conversations", "Elders")
    answers(talk, TALK)
    expect(heard).to_contain_text("One conversation brought two themes.")
    expect(talk.get_by_role("button", name="Share with the other teams")).to_have_count(0)

    answers(typist.adds("possible causes", "The last bus leaves at six"), CAUSE)
    expect(review.locator("tr", has_text="The last bus leaves at six")).to_contain_text("✕ says the opposite")
    expect(typist.live("pillars")).to_contain_text("The last bus leaves at six")

    answers(typist.adds("groups to focus on", GROUP), {"Why they come first": REASON})
    expect(choice).to_contain_text(REASON)

    typist.reloads()
    expect(choice).to_contain_text(REASON)
    card = typist.card("conversations")
    card.get_by_role("button", name="open").click()
    found(card, TALK)
    assert typist.fits_a_phone()
    (kept,) = typist.book.records("conversation")
    assert kept.complete
    assert not typist.book.list("focus")[0].shared


def test_a_rule_for_small_numbers_of_its_own_is_kept_and_said(typist: Typist) -> None:
    typist.opens("09_measure")
    rule = {"Small numbers": "own", "Smallest count others may see": "5"}
    measure = typist.adds("measures", "Elders visited")
    more(measure)
    answers(measure, rule)

    typist.reloads()
    expect(typist.page.get_by_text("Once shared, others see no count of 1 to 4.")).to_be_visible()
    again = typist.reopens("measures", "Elders visited")
    more(again)
    found(again, rule)
