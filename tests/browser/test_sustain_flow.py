"""A story and what makes it last, typed as a person types: kept, drawn, there again, on one printed sheet."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pophealth.delivery.content import content
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.browser.test_focus_flow import added, field
from tests.delivery import teams

pytestmark = pytest.mark.browser

STORY = {
    "In one line": "We ring first & “listen”",
    "What we learned": "Nobody had forgotten. The bus left too early.",
    "What comes next": "Ask the driver to wait five minutes.",
}


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


def test_step_ten_goes_from_the_keyboard_to_the_page_on_the_wall(
    opened: Callable[..., Page], folder: Path
) -> None:
    page = opened("10_sustain", "new-start")
    story = page.locator(".pf-card", has=page.get_by_label("In one line"))
    for label, words in STORY.items():
        field(story, label).fill(words)
    expect(page.locator("[data-live=headline]")).to_contain_text(STORY["In one line"])
    expect(page.locator("[data-live=ending]")).to_contain_text(STORY["What comes next"])

    upkeep = added(page, "things that make it last", "Two people know the driver")
    field(upkeep, "Which point it serves").select_option("backup")
    field(upkeep, "By when").fill("2021-01-31")
    lasting = page.locator("[data-live=lasting]")
    expect(lasting).to_contain_text("Overdue since January 31, 2021: Two people know the driver.")
    expect(upkeep.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    for label, words in STORY.items():
        expect(field(story, label)).to_have_value(words)
    expect(page.locator(".board")).to_contain_text(STORY["What we learned"])
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    book = Workspace.open(folder, user="robin").team("new-start")
    assert book.records("storyboard")[0].complete
    assert not book.list("upkeep")[0].shared
