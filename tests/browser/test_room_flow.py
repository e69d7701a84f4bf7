"""A learning session: faculty ask, a phone answers, the big screen counts; an idea goes to one's own bank."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pophealth.delivery.content import content
from pophealth.workspace import polls
from pophealth.workspace.records import Poll
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, Watch, ended, opened_on, started, visitor
from tests.delivery import teams

pytestmark = pytest.mark.browser

SOON = 5_000
HOSTILE = "<img src=x onerror=alert(1)> & “time”"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort, looked at by a member of Gull Harbor."""
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


@pytest.fixture
def somebody(browser: Browser, server: App) -> Iterator[Callable[..., Page]]:
    """Opens a page on a device of its own."""
    devices = []

    def arrive(notebook: str, *, width: int = 1440, user: str = "robin") -> Page:
        server.identity.write_text(json.dumps({"user": user}))
        device = visitor(browser, server, Watch(server.root))
        page = device.__enter__().new_page()
        devices.append(device)
        page.set_viewport_size({"width": width, "height": 900})
        return opened_on(page, server, notebook, "")

    yield arrive
    for device in reversed(devices):
        device.__exit__(None, None, None)


def ask(folder: Path, key: str, state: str, text: str, choices: str = "") -> None:
    """Write a question as faculty do, or open or close it."""
    book = polls.everyone(Workspace.open(folder, user="imani"))
    before = book.get("poll", key)
    poll = Poll(key=key, text=text, state=state, choices=choices)
    book.save(poll, based_on=before.revision if before else 0)


def asked(page: Page, text: str):
    return page.locator(".rq-card", has_text=text)


def test_a_vote_and_short_answers_reach_every_screen(somebody: Callable[..., Page], folder: Path) -> None:
    screen, phone = somebody("room", width=1920), somebody("room", width=390, user="ana")
    expect(screen.get_by_text("No question is open.")).to_be_visible()
    ask(folder, "slow", "open", "What slows you down?", "Time\nMoney")
    for page in (screen, phone):
        expect(asked(page, "What slows you down?").locator(".rq-count")).to_have_text(
            "0 answers", timeout=SOON
        )

    vote = asked(phone, "What slows you down?")
    vote.get_by_role("button", name="Time: 0 answers").click()
    expect(asked(screen, "What slows you down?").locator(".rq-count")).to_have_text("1 answer", timeout=SOON)
    expect(asked(screen, "What slows you down?").get_by_role("button", name="Time: 1 answer")).to_be_visible()
    expect(vote.get_by_text("Your answer is in.")).to_be_visible()

    vote.get_by_role("button", name="Money: 0 answers").click()
    expect(asked(screen, "What slows you down?").get_by_role("button", name="Money: 1 answer")).to_be_visible(
        timeout=SOON
    )
    expect(asked(screen, "What slows you down?").locator(".rq-count")).to_have_text("1 answer")

    phone.reload()
    phone.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    mine = asked(phone, "What slows you down?").get_by_role("button", name="Money: 1 answer")
    expect(mine).to_have_attribute("aria-pressed", "true")
    assert "Ana" not in screen.locator(".rq").inner_text()

    ask(folder, "slow", "closed", "What slows you down?", "Time\nMoney")
    expect(asked(screen, "What slows you down?").locator(".rq-count")).to_have_text(
        "1 answer · closed", timeout=SOON
    )
    expect(asked(phone, "What slows you down?").get_by_role("button", name="Money: 1 answer")).to_be_disabled(
        timeout=SOON
    )

    ask(folder, "try", "open", "What will you try?")
    words = asked(phone, "What will you try?")
    words.get_by_label("Your answer, in a few words").fill(HOSTILE)
    words.get_by_role("button", name="Send").click()
    expect(asked(screen, "What will you try?").locator(".rq-wall li")).to_have_text([HOSTILE], timeout=SOON)
    assert screen.evaluate("document.documentElement.scrollWidth") <= 1920
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_idea_is_copied_into_ones_own_bank(somebody: Callable[..., Page], folder: Path) -> None:
    page = somebody("room", user="ana")
    shelf = page.locator(".is")
    idea = shelf.locator("details", has_text="Lowland Partners").locator("li").first
    text = idea.locator(".is-idea").evaluate("node => node.firstChild.textContent")
    assert shelf.locator("details", has_text="Gull Harbor").get_by_role("button").count() == 0
    idea.get_by_role("button", name=f"Use this: {text}").click()
    expect(shelf.get_by_role("status")).to_contain_text(f"“{text}” now stands in the bank of Gull Harbor ACO")
    shelf.get_by_role("link", name="step 7").click()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.locator("main")).to_contain_text(text)
    found = [
        one
        for one in Workspace.open(folder, user="ana").team("gull-harbor").records("driver")
        if one.text == text
    ]
    assert [one.source for one in found] == ["another team"]
