"""Partners, a strength and a theme, typed as a person types: kept, drawn, there again, and not shared."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.typist import Typist, answers, found

pytestmark = pytest.mark.browser

TENANTS = "Tenants of the mill & the “old” yard"
PARTNER = {
    "Sector": "residents",
    "Affected by what we want to change": True,
    "Influence": "1",
    "Interest": "5",
    "What matters to them": "An elevator that works on the day the shopping is done.",
}
THEME = {
    "Who said it": "Tenants",
    "Where you heard it": "conversation",
    "What matters, as it was said": "I carry the bags up nine floors.",
    "Heard on": "2021-05-03",
}


def test_step_four_goes_from_the_keyboard_to_the_map(typist: Typist) -> None:
    typist.opens("04_matters")
    places, themes, kinds = (typist.live(name) for name in ("map", "themes", "kinds"))
    expect(places).to_contain_text("Your map of partners and groups will stand here.")
    answers(typist.adds("partners and groups", TENANTS), PARTNER)
    expect(places).to_contain_text("This group is affected and comes first, whatever its power.")
    expect(places.get_by_role("img")).to_have_attribute("alt", re.compile("shape it together with them"))

    theme = typist.adds("what matters to people", "A lift that works")
    answers(theme, THEME)
    expect(themes).to_contain_text("nobody has agreed yet that we use it")
    answers(theme, {"They agreed that we use these words": True})
    expect(themes).to_contain_text("One conversation brought one theme.")

    strength = typist.adds("strengths of this place", "The cook on the fourth floor")
    answers(strength, {"Kind of strength": "people"})
    expect(kinds).to_contain_text("One strength of one kind.")

    typist.reloads()
    expect(places).to_contain_text(TENANTS)
    found(typist.reopens("partners and groups", TENANTS), PARTNER)
    assert typist.fits_a_phone()
    (kept,) = typist.book.records("stakeholder")
    assert kept.complete
    assert not any(typist.book.list(kind)[0].shared for kind in ("stakeholder", "theme", "asset"))
