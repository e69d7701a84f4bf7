"""What a visitor sees: header, rail, content as it comes, clear pages when something is wrong."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def step(visit: Opened) -> Page:
    """One visit to a step, looked at by several tests."""
    return visit("step")


def test_a_step_has_header_rail_and_content_and_no_code(step: Page) -> None:
    expect(step).to_have_title("Step 9 · Measure over time · Gull Harbor")
    expect(step.get_by_role("heading", level=1)).to_have_text("Measure over time")
    expect(step.get_by_role("banner")).to_contain_text("Riverbend · month 10 of 11")
    rail = step.get_by_role("navigation", name="Ten steps")
    expect(rail.get_by_role("link", name="1 Step number 1 , done")).to_be_visible()
    expect(rail.locator("[aria-current=page]")).to_contain_text("9 Step number 9")
    assert rail.get_by_role("link", name="10 Step").count() == 0
    expect(step.locator(".chips li")).to_have_count(2)
    expect(step.get_by_role("link", name="← 8 Test changes")).to_have_attribute("rel", "prev")
    expect(step.get_by_text("What surprised you?")).to_be_visible()
    text = step.content()
    assert "only for the record" not in text
    assert "only to exercise" not in text
    assert "parse_qs" not in text


def test_a_page_asks_only_its_own_server_and_little_of_it(step: Page) -> None:
    asked = step.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert len([url for url in asked if not url.startswith(("data:", "blob:"))]) <= 8
    assert not any("library" in url for url in asked)


def test_the_keyboard_reaches_the_content_first(step: Page) -> None:
    step.keyboard.press("Tab")
    expect(step.locator(".skip")).to_be_focused()
    step.keyboard.press("Enter")
    assert step.evaluate("document.activeElement.id") == "content"
    assert step.evaluate("document.documentElement.lang") == "en"


def test_print_leaves_out_what_is_for_the_screen(step: Page) -> None:
    step.emulate_media(media="print")
    for gone in (".side", ".foot", "[data-widget]", ".skip"):
        expect(step.locator(gone).first).to_be_hidden()
    expect(step.get_by_role("heading", level=1)).to_be_visible()
    step.emulate_media(media="screen")


def test_a_phone_folds_the_rail_and_never_scrolls_sideways(step: Page) -> None:
    step.set_viewport_size({"width": 390, "height": 800})
    rail = step.get_by_role("navigation", name="Ten steps")
    expect(rail).to_be_hidden()
    step.locator("summary", has_text="Steps").click()
    expect(rail).to_be_visible()
    assert step.evaluate("document.documentElement.scrollWidth") <= 390
    step.set_viewport_size({"width": 1440, "height": 800})
    expect(rail).to_be_visible()


def test_a_page_opened_on_a_phone_starts_folded(page: Page, opened: Opened) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    opened("room")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".rail").count() == 0
    page.set_viewport_size({"width": 1440, "height": 800})
    expect(page.get_by_role("heading", level=2)).to_have_text("Asks and offers")
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()


def test_a_part_for_later_stays_as_the_visitor_left_it(opened: Opened) -> None:
    page = opened("step")
    part, heading = page.get_by_text("Twelve lines."), page.get_by_text("More, when you need it: by month")
    expect(part).to_be_visible()
    page.reload()
    expect(part).to_be_visible()
    heading.click()
    expect(part).to_be_hidden()
    page.reload()
    expect(heading).to_be_visible()
    expect(part).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(part).to_be_visible()


def test_texts_of_people_stay_text_and_links_stay_here(opened: Opened) -> None:
    page = opened("step", "prairie")
    page.locator(".menu summary").first.click()
    expect(page.get_by_role("navigation", name="Teams")).to_contain_text("<img src=x onerror=alert(1)> & co")
    assert page.locator("header img").count() == 0
    expect(page.get_by_role("link", name="10 Sustain →")).to_have_attribute("href", "#")


def test_an_unknown_team_gets_one_sentence_and_a_choice(opened: Opened) -> None:
    page = opened("step", "../x")
    expect(page.get_by_text("Which team is this about? Choose one from the list.")).to_be_visible()
    assert page.locator("[data-widget], .chips, .rail").count() == 0
    assert "a secret of the machine" not in page.content()
    choice = page.get_by_role("navigation", name="Choose a team").get_by_role("link", name="Gull Harbor")
    expect(choice).to_have_attribute("href", "/voila/render/step.ipynb?team=gull-harbor")


def test_a_page_whose_set_up_fails_says_so(opened: Opened) -> None:
    page = opened("set_up_fails")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page could not be opened")
    expect(page.get_by_role("link", name="Back to the start")).to_be_visible()
    assert "secret" not in page.content()
    assert "RuntimeError" not in page.content()


def test_a_cell_that_fails_leaves_the_rest_of_the_page(opened: Opened) -> None:
    page = opened("cell_fails")
    expect(page.get_by_role("heading", name="Before")).to_be_visible()
    expect(page.locator(".cell [role=alert]")).to_contain_text("could not be made")
    assert "ZeroDivisionError" not in page.content()
    assert "secret" not in page.content()


def test_a_choice_of_person_is_kept(opened: Opened, server: App) -> None:
    page = opened("START")
    page.locator(".menu summary", has_text="Ana, data lead").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Kim, <b>coach</b>").click()
    assert server.identity.read_text() == '{"user": "kim"}'
