"""A first and a second round, answered with one thumb: half way and back, before and after, no names."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from pophealth.workspace.instrument import example
from pophealth.workspace.records import Rating
from pophealth.workspace.store import Workspace
from tests.browser.typist import Typist, field

pytestmark = pytest.mark.browser

EVERYTHING = [statement.name for statement in example().statements]


@pytest.fixture(scope="module")
def cohort(cohort: Path) -> Path:
    """The sample cohort, with one team of which two people answered in the fall."""
    Workspace.open(cohort).add_person("noor", "Noor", "member", ["new-start"])
    for code in ("oak", "elm"):
        answers: dict[str, int | None] = dict.fromkeys(EVERYTHING, 1)
        rating = Rating(key=code, rater=code, role="nurse", answers=answers, round=date(2020, 10, 1))
        Workspace.open(cohort, user="noor").team("new-start").save(rating, based_on=0)
    return cohort


def part(card: Locator, level: str) -> None:
    """Choose one level for each statement of the part on the screen."""
    for statement in card.locator(".pf-part:not([hidden]) .pf-statement").all():
        statement.get_by_text(level, exact=True).click()


def again(typist: Typist) -> Locator:
    """Load the page anew and open the one rating that is there."""
    typist.reloads()
    return typist.reopens("ratings", "oak")


def test_a_second_round_stands_beside_the_first(typist: Typist, cohort: Path) -> None:
    page = typist.opens("02_standing")
    page.set_viewport_size({"width": 390, "height": 844})
    moved = typist.live("moved")
    expect(moved).to_contain_text("Before and after will stand here.")
    expect(typist.card("ratings").locator(".pf-item")).to_have_count(0)
    card = typist.adds("ratings", "oak")
    field(card, "Your role").fill("school bus driver & “night” nurse")
    expect(card.locator(".pf-told")).to_have_text("0 of 8 parts done.")
    expect(card.locator(".pf-part:not([hidden]) h4")).to_have_text("Part 1 of 8: Leading together")
    part(card, "in most places")
    card.get_by_role("button", name="Next part").click()
    part(card, "cannot say")
    expect(card.locator(".pf-told")).to_have_text("2 of 8 parts done.")
    expect(card.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))

    card = again(typist)
    expect(card.locator(".pf-told")).to_have_text("2 of 8 parts done.")
    expect(card.locator(".pf-part:not([hidden]) h4")).to_have_text("Part 3 of 8: Money that fits")
    part(card, "in most places")
    card.get_by_role("button", name="Part 1, Leading together: 4 of 4 answered").click()
    expect(card.get_by_label("in most places", exact=True).first).to_be_checked()
    expect(card.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))
    rose = re.compile("^Leading together rose most since October 2020: from 33 to 67")
    expect(moved.get_by_role("img")).to_have_attribute("alt", rose)
    expect(moved).to_contain_text(
        "Two answers in October 2020, one in June 2021. One person took part both times."
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    card = again(typist)
    expect(moved.get_by_role("img")).to_have_attribute("alt", rose)
    expect(card).not_to_contain_text("Noor")
    expect(card.get_by_role("button", name="Share with the other teams")).to_have_count(0)
    (mine,) = [
        one for one in Workspace.open(cohort, user="robin").team("new-start").list("rating") if one.author
    ]
    assert mine.body["round"] == "2021-06-01"
    assert len(mine.body["answers"]) == 12
    assert Workspace.open(cohort, user="noor").team("new-start").get("rating", mine.key) is None
