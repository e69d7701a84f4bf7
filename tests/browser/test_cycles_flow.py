"""A test of change, typed as a person types: kept, drawn, there again, and the next cycle made from it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pophealth.delivery.content import content
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.delivery import teams

pytestmark = pytest.mark.browser

NAME = "One bell & one neighbor"
PLAN = {
    "Our question": "If Rosa rings her neighbor’s bell, does he come along?",
    "Our prediction": "He says “yes” at the second ring.",
}
LEARNED = "He had waited for someone to ask."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort with one team that has one driver and one idea, and no test yet."""
    folder = tmp_path_factory.mktemp("cohort")
    book = teams.cohort(folder).team("new-start")
    teams.write(book, "driver", "asked", text="People are asked in person", level="primary")
    teams.write(book, "driver", "bell", text="Ring the bell next door", level="idea", parent="asked")
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the committed notebooks."""
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


def field(card: Locator, label: str) -> Locator:
    return card.locator(f".pf-field:has(:text-is('{label}')) :is(input, textarea, select)").first


def card_of(page: Page) -> Locator:
    return page.locator(".pf-card", has=page.get_by_role("heading", name="Your turn: tests of change"))


def test_a_test_goes_from_the_keyboard_to_its_ramp_and_to_the_next_cycle(
    opened: Callable[..., Page], folder: Path
) -> None:
    page = opened("08_test", "new-start")
    ramps, waiting = page.locator("[data-live=ramps]"), page.locator("[data-live=waiting]")
    expect(ramps).to_contain_text("Your tests will stand here as ramps.")
    card = card_of(page)
    card.get_by_role("button", name="Add a test of change").click()
    card.locator("input").last.press_sequentially(NAME)
    card.get_by_role("button", name="Add", exact=True).click()
    expect(field(card, "How many at first")).to_have_value("1")
    field(card, "Idea it tests").select_option(label="Ring the bell next door")
    field(card, "Starts on").fill("2021-06-21")
    expect(waiting).to_contain_text("Its day has come, and it has no prediction.")
    for label, words in PLAN.items():
        field(card, label).press_sequentially(words)
    expect(card.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))
    expect(ramps.locator("img")).to_have_attribute("alt", re.compile("^One test on one idea so far"))
    expect(waiting).to_contain_text("Under way. Look back on July 19, 2021.")

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    card = card_of(page)
    card.get_by_role("button", name=f"open {NAME}").click()
    for label, words in PLAN.items():
        expect(field(card, label)).to_have_value(words)
    expect(field(card, "Idea it tests")).to_have_value("bell")
    card.locator(".pf-opened summary", has_text="More").first.click()
    field(card, "What we learned").fill(LEARNED)
    field(card, "What now").select_option("adopt")
    expect(page.locator("[data-live=next]")).to_contain_text(f"“{NAME}” was kept with one person.")

    card.get_by_role("button", name=f"next cycle {NAME}").click()
    expect(card.get_by_text(f"{NAME}, cycle 2").first).to_be_visible()
    expect(waiting).to_contain_text("cycle 2. Planned. It has no day yet.")
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = Workspace.open(folder, user="robin").team("new-start").records("test")
    assert first.complete
    assert first.learned == LEARNED
    assert (second.after, second.scale, second.driver, second.prediction) == (first.key, "3", "bell", "")
