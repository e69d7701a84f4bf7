"""A purpose, three people and a date, typed as a person types: kept, drawn, there again, done, a file."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pophealth.delivery.content import content
from pophealth.delivery.reports import run_reports
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.delivery import lessons, teams

pytestmark = pytest.mark.browser

PURPOSE = "Every parent on Mill Street sleeps & nobody “waits” alone."
PEOPLE = {"Grace": "institution", "Tomás": "connector", "Luz": "resident"}


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


def card_of(page: Page, heading: str) -> Locator:
    return page.locator(".pf-card", has=page.get_by_role("heading", name=f"Your turn: {heading}"))


def added(page: Page, plural: str, name: str) -> Locator:
    card = card_of(page, plural)
    card.get_by_role("button", name=re.compile("^Add an? ")).click()
    card.locator("input").last.fill(name)
    card.get_by_role("button", name="Add", exact=True).click()
    return card


def field(card: Locator, label: str) -> Locator:
    return card.locator(f".pf-field:visible:has(:text-is('{label}')) :is(input, textarea, select)").first


def test_a_team_gathers_from_the_keyboard(opened: Callable[..., Page], folder: Path, tmp_path: Path) -> None:
    page = opened("01_gather", "new-start")
    purpose, people, calendar = (
        page.locator(f"[data-live={name}]") for name in ("purpose", "people", "calendar")
    )
    expect(purpose).to_contain_text("Your purpose will stand here")
    charter = card_of(page, "team charter")
    field(charter, "Our purpose").press_sequentially(PURPOSE)
    field(charter, "Whose health").fill("New parents")
    field(charter, "Team lead").fill("Grace")
    expect(purpose).to_contain_text(PURPOSE)
    for name, side in PEOPLE.items():
        card = added(page, "team members", name)
        field(card, "Role").fill("neighbor")
        field(card, "Side").select_option(side)
        expect(people).to_contain_text(name)
        expect(people.locator("li.yes, li", has_text=name)).to_contain_text("there:")
        card.get_by_role("button", name="close").click()
    expect(people.locator("img")).to_have_attribute("alt", re.compile("^Three people, from all three sides"))

    date = added(page, "dates to move or add", "Call of month 3")
    field(date, "Day").fill("2020-10-08")
    expect(calendar).to_contain_text("You moved one date.")
    link = calendar.get_by_role("link", name=re.compile("All dates for your own calendar"))
    with page.expect_download() as handed:
        link.click()
    assert handed.value.suggested_filename == "new-start.ics"
    assert b"DTSTART;VALUE=DATE:20201008" in Path(handed.value.path()).read_bytes()

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(field(card_of(page, "team charter"), "Our purpose")).to_have_value(PURPOSE)
    expect(page.locator("[data-live=people] img")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    workspace = Workspace.open(folder, user="robin")
    assert workspace.status_of("new-start")["steps"]["gather"] == "done"
    assert not any(entry.shared for entry in workspace.team("new-start").list("member"))
    run_reports(["new-start"], workspace=folder, steps=["gather", "aim"], out=tmp_path, user="robin")
    report = lessons.words((tmp_path / "new-start.html").read_text(encoding="utf-8"))
    assert report.count(PURPOSE) >= 2
    assert "October 8, 2020" in report
