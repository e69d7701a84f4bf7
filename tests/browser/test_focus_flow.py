"""A talk, a cause and a choice, typed as a person types: kept, drawn, there again, and not shared."""

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

TALK = {
    "Month": "2021-05",
    "What it was about": "A ride home, being asked twice",
    "What matters, as it was said": "After six there is no bus & nobody “sees” me.",
    "What would help": "One number to ring.",
}
GROUP = "Elders of Mill Hill"
REASON = "They wait longest, and nobody had asked them."


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


def card_of(page: Page, plural: str) -> Locator:
    return page.locator(".pf-card", has=page.get_by_role("heading", name=f"Your turn: {plural}"))


def added(page: Page, plural: str, name: str) -> Locator:
    """Add one record of a kind under a name, and give the card it opens in."""
    card = card_of(page, plural)
    card.get_by_role("button", name=re.compile("^Add an? ")).click()
    card.locator("input").last.fill(name)
    card.get_by_role("button", name="Add", exact=True).click()
    return card


def field(card: Locator, label: str) -> Locator:
    return card.locator(f".pf-field:has(:text-is('{label}')) :is(input, textarea, select)").first


def test_step_five_goes_from_the_keyboard_to_the_choice(opened: Callable[..., Page], folder: Path) -> None:
    page = opened("05_focus", "new-start")
    heard, review, choice = (page.locator(f"[data-live={name}]") for name in ("heard", "review", "choice"))
    expect(heard).to_contain_text("Themes from care teams and people will stand here.")
    talk = added(page, "conversations", "Elders")
    for label, words in TALK.items():
        field(talk, label).fill(words)
    field(talk, "They agreed that we write this down").check()
    expect(heard).to_contain_text("One conversation brought two themes.")
    expect(talk.get_by_role("button", name="Share with the other teams")).to_have_count(0)

    cause = added(page, "possible causes", "The last bus leaves at six")
    field(cause, "Where it lies").select_option("place and community")
    for source, says in (
        ("The numbers", "silent"),
        ("Care teams", "contradicts"),
        ("People themselves", "supports"),
    ):
        field(cause, source).select_option(says)
    expect(review.locator("tr", has_text="The last bus leaves at six")).to_contain_text("✕ says the opposite")
    expect(page.locator("[data-live=pillars]")).to_contain_text("The last bus leaves at six")

    focus = added(page, "groups to focus on", GROUP)
    field(focus, "Why they come first").press_sequentially(REASON)
    expect(focus.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))
    expect(choice).to_contain_text(REASON)

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.locator("[data-live=choice]")).to_contain_text(REASON)
    card = card_of(page, "conversations")
    card.get_by_role("button", name="open").click()
    for label, words in TALK.items():
        expect(field(card, label)).to_have_value(words)
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    book = Workspace.open(folder, user="robin").team("new-start")
    (kept,) = book.records("conversation")
    assert kept.complete
    assert not book.list("focus")[0].shared


def test_a_rule_for_small_numbers_of_its_own_is_kept_and_said(opened: Callable[..., Page]) -> None:
    page = opened("09_measure", "new-start")
    card = added(page, "measures", "Elders visited")
    card.locator("summary", has_text="More, when you need it").first.click()
    field(card, "Small numbers").select_option("own")
    field(card, "Smallest count others may see").press_sequentially("5")
    expect(card.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.get_by_text("Once shared, others see no count of 1 to 4.")).to_be_visible()
    card = card_of(page, "measures")
    card.get_by_role("button", name="open").click()
    expect(field(card, "Smallest count others may see")).to_have_value("5")
