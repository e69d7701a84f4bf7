"""Partners, a strength and a theme, typed as a person types: kept, drawn, there again, and not shared."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pophealth.delivery.content import content
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.browser.test_focus_flow import added, card_of, field
from tests.delivery import teams

pytestmark = pytest.mark.browser

TENANTS = "Tenants of the mill & the “old” yard"
WISH = "An elevator that works on the day the shopping is done."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort with one team that has written nothing yet."""
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the committed notebooks."""
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


def test_step_four_goes_from_the_keyboard_to_the_map(opened: Callable[..., Page], folder: Path) -> None:
    page = opened("04_matters", "new-start")
    places, themes, kinds = (page.locator(f"[data-live={name}]") for name in ("map", "themes", "kinds"))
    expect(places).to_contain_text("Your map of partners and groups will stand here.")
    partner = added(page, "partners and groups", TENANTS)
    field(partner, "Sector").select_option("residents")
    field(partner, "Affected by what we want to change").check()
    field(partner, "Influence").fill("1")
    field(partner, "Interest").fill("5")
    field(partner, "What matters to them").press_sequentially(WISH)
    expect(partner.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))
    expect(places).to_contain_text("This group is affected and comes first, whatever its power.")
    expect(places.get_by_role("img")).to_have_attribute("alt", re.compile("shape it together with them"))

    theme = added(page, "what matters to people", "A lift that works")
    field(theme, "Who said it").fill("Tenants")
    field(theme, "Where you heard it").select_option("conversation")
    field(theme, "What matters, as it was said").fill("I carry the bags up nine floors.")
    field(theme, "Heard on").fill("2021-05-03")
    expect(themes).to_contain_text("nobody has agreed yet that we use it")
    field(theme, "They agreed that we use these words").check()
    expect(themes).to_contain_text("One conversation brought one theme.")

    strength = added(page, "strengths of this place", "The cook on the fourth floor")
    field(strength, "Kind of strength").select_option("people")
    expect(kinds).to_contain_text("One strength of one kind.")

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.locator("[data-live=map]")).to_contain_text(TENANTS)
    card = card_of(page, "partners and groups")
    card.get_by_role("button", name="open").click()
    expect(field(card, "What matters to them")).to_have_value(WISH)
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    book = Workspace.open(folder, user="robin").team("new-start")
    (kept,) = book.records("stakeholder")
    assert kept.complete
    assert not any(book.list(kind)[0].shared for kind in ("stakeholder", "theme", "asset"))
