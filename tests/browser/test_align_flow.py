"""A promise and an anchor action, typed as a person types: kept, drawn, there again after a reload."""

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

NAME = "Warm rooms for winter"
REASON = "Said at three meetings & “soon” is not a day."


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


def test_step_three_goes_from_the_keyboard_to_the_map(opened: Callable[..., Page], folder: Path) -> None:
    page = opened("03_align", "new-start")
    drawn, decisions = page.locator("[data-live=map]"), page.locator("[data-live=decisions]")
    expect(drawn).to_contain_text("Your promises will stand here, in four portfolios.")
    promise = added(page, "promises and duties", NAME)
    field(promise, "Owner").fill("nobody yet")
    field(promise, "Portfolio").select_option("social")
    field(promise, "Who it is for").fill("People who live alone")
    field(promise, "What we do with it").select_option("join")
    field(promise, "Why").press_sequentially(REASON)
    expect(promise.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))
    expect(drawn).to_contain_text("One promise is a good start.")
    expect(decisions).to_contain_text(REASON)
    expect(page.locator("[data-live=resources]")).to_contain_text(f"Promised, with no owner: “{NAME}”.")

    action = added(page, "anchor actions", "The college lends its hall")
    field(action, "Kind of action").select_option("lend")
    expect(page.locator("[data-live=neighbors]")).to_contain_text("Not yet: hire, buy and invest.")

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.locator("[data-live=decisions]")).to_contain_text(REASON)
    card = card_of(page, "promises and duties")
    card.get_by_role("button", name="open").click()
    expect(field(card, "Why")).to_have_value(REASON)
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    (kept,) = Workspace.open(folder, user="robin").team("new-start").records("priority")
    assert kept.complete
