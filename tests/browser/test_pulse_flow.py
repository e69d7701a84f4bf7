"""Five taps by one person and five by another: kept, counted, and too few to be shown."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pophealth.delivery.content import content
from pophealth.workspace.records_pulse import DOMAINS
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.delivery import teams

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort with one new team of two people."""
    folder = tmp_path_factory.mktemp("cohort")
    workspace = teams.cohort(folder)
    for user, name in (("ida", "Ida Moss"), ("jo", "Jo Pike")):
        workspace.add_person(user, name, "member", ["new-start"])
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the committed notebooks, as one of the two opens it."""
    at_the_screen(folder, "ida")
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


def at_the_screen(folder: Path, user: str) -> None:
    (folder / "identity.json").write_text(json.dumps({"user": user}))


def tapped(page: Page, code: str, level: int) -> None:
    """Take a code and tap five times."""
    card = page.locator(".pf-card", has=page.get_by_role("button", name="Add a pulse"))
    card.get_by_role("button", name="Add a pulse").click()
    page.get_by_label("Your code").last.fill(code)
    page.get_by_role("button", name="Add", exact=True).click()
    statements = page.locator(".pf-grid .pf-statement")
    expect(statements).to_have_count(len(DOMAINS))
    for statement in statements.all():
        statement.locator("input").nth(level - 1).check()


def test_two_people_tap_five_times_each_and_fewer_than_three_are_not_shown(
    opened: Callable[..., Page], folder: Path
) -> None:
    page = opened("START", "new-start")
    said = page.locator("[data-live=pulse]")
    expect(said).to_contain_text("nobody has answered")
    tapped(page, "maple", 4)
    expect(said).to_contain_text("one has answered. Fewer than three answers are never shown.")

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(said).to_contain_text("one has answered")
    page.get_by_role("button", name="open maple, June 2021").click()
    for statement in page.locator(".pf-grid .pf-statement").all():
        expect(statement.locator("input").nth(3)).to_be_checked()

    at_the_screen(folder, "jo")
    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.get_by_text("maple")).to_have_count(0)
    tapped(page, "willow", 2)
    expect(said).to_contain_text("two have answered. Fewer than three answers are never shown.")
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    answers = [
        Workspace.open(folder, user=user).team("new-start").records("pulse")
        for user in ("ida", "jo", "robin")
    ]
    assert [len(found) for found in answers] == [1, 1, 0]
    assert answers[0][0].taps == dict.fromkeys(DOMAINS, 4)
