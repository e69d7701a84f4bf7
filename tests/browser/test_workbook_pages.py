"""The real notebooks in the real app: every page, for three kinds of team, on a desk and on a phone."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pophealth.delivery.content import content
from tests.browser.conftest import App, Watch, ended, opened_on, started, visitor
from tests.delivery import teams, vienna
from tests.delivery.test_vienna import FIRST, MARK, ROWS, THEN, in_order

pytestmark = pytest.mark.browser

STEPS = {
    "START": "Start here",
    "02_standing": "See where we stand",
    "05_focus": "Choose whom to focus on",
    "06_aim": "Choose outcomes and set the aim",
    "09_measure": "Measure over time",
    "10_sustain": "Sustain, spread and share",
}
NAMES = {"gull-harbor": "Gull Harbor ACO", "new-start": "New Start", "first-clinic": "First Clinic"}
WIDE = {"room": "What we have tried, and what we learned", "faculty": "Who needs a hand this month"}
VISITS = [(step, team) for step in STEPS for team in NAMES] + [(page, "") for page in WIDE]
WIDTHS = (1440, 390)
LOOK = """() => ({
    headings: document.querySelectorAll("h1").length,
    silent: [...document.images].filter((one) => !one.alt.trim()).length,
    broken: [...document.images].filter((one) => one.complete && !one.naturalWidth).length,
    nameless: [...document.querySelectorAll("input, select, textarea")].filter((one) =>
        one.type !== "hidden" && !one.labels?.length && !one.ariaLabel && !one.getAttribute("aria-labelledby")
    ).map((one) => one.outerHTML),
    mute: [...document.querySelectorAll("button, a[href], summary")].filter((one) =>
        !one.textContent.trim() && !one.ariaLabel && !one.title).map((one) => one.outerHTML),
    twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, place, all) =>
        all.indexOf(id) !== place),
})"""
FAULTLESS = {"headings": 1, "silent": 0, "broken": 0, "nameless": [], "mute": [], "twice": []}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app on the committed notebooks, for the steward of a cohort with an empty team and Vienna's."""
    folder = tmp_path_factory.mktemp("cohort")
    vienna.join(teams.cohort(folder), folder)
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


@pytest.fixture(scope="module")
def seen(browser: Browser, server: App) -> Iterator[Callable[[str, str], Page]]:
    """Open each page once for all tests of this module; what any page does wrong fails at the end."""
    with visitor(browser, server, Watch(server.root)) as context:
        yield cache(lambda step, team: opened_on(context.new_page(), server, step, team))


@pytest.fixture
def step(seen: Callable[[str, str], Page]) -> Callable[[str, str], Page]:
    def at_a_desk(name: str, team: str = "gull-harbor") -> Page:
        page = seen(name, team)
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        return page

    return at_a_desk


@pytest.mark.parametrize(("name", "team"), VISITS)
def test_a_page_is_whole_on_a_desk_and_on_a_phone(step: Callable[..., Page], name: str, team: str) -> None:
    page = step(name, team)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(LOOK) == FAULTLESS
    assert page.locator(".wrong").count() == 0
    expect(page.locator(".ended")).to_be_hidden()
    words = page.locator("main").inner_text()
    assert not re.search(r"Traceback|Error\b|\b(nan|NaN|NaT|None|undefined|null)\b|0x[0-9a-f]{6}", words)


@pytest.mark.parametrize(("name", "team"), VISITS)
def test_a_page_says_where_one_is(step: Callable[..., Page], name: str, team: str) -> None:
    page = step(name, team)
    expect(page.get_by_role("banner")).to_contain_text("Riverbend Action Community · month 11 of 11")
    expect(page.get_by_text("Made-up data, to try things out. No real person")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text("Robin Hale")
    heading = page.get_by_role("heading", level=1)
    rail = page.get_by_role("navigation", name="Ten steps")
    if name in WIDE:
        expect(heading).to_have_text(WIDE[name])
        assert rail.count() == 0
        return
    expect(heading).to_have_text(re.compile(f"{STEPS[name]}$"))
    expect(page).to_have_title(re.compile(f"{STEPS[name]}.*{NAMES[team]}"))
    expect(rail.locator("li")).to_have_count(11)
    for link in rail.get_by_role("link").all():
        assert str(link.get_attribute("href")).endswith(f"?team={team}")
    marked = rail.locator("[aria-current=page]")
    expect(marked).to_contain_text("Start here" if name == "START" else STEPS[name])
    assert rail.locator("li", has_text="3 Align our priorities").get_by_role("link").count() == 0


def test_the_wide_pages_keep_to_their_audience(step: Callable[..., Page]) -> None:
    expect(step("faculty", "").locator("header")).to_contain_text(
        "Faculty and coaches only · not for the screen"
    )
    room = step("room", "")
    expect(room.get_by_role("button", name="Full screen")).to_be_visible()
    assert "Faculty" not in room.locator("header").inner_text()
    assert room.locator("main").get_by_text("Own score").count() == 0


def test_vienna_says_first_that_the_early_months_were_not_steady(step: Callable[..., Page]) -> None:
    words = " ".join(step("09_measure", "first-clinic").locator("main").inner_text().split())
    assert in_order(words, *ROWS, "Your lead measure", FIRST, THEN, MARK)
    assert "22 of the 22 later months lie below the old middle line." in words


def test_an_empty_team_sees_what_will_stand_here(step: Callable[..., Page]) -> None:
    page = step("09_measure", "new-start")
    expect(page.get_by_text("Your chart will stand here.")).to_be_visible()
    expect(step("06_aim", "new-start").get_by_text("Your aim will stand here")).to_be_visible()
    expect(step("START", "new-start").get_by_text("You have not begun yet.")).to_be_visible()


def test_previous_and_next_keep_the_team(browser: Browser, server: App) -> None:
    with visitor(browser, server, Watch(server.root)) as context:
        page = opened_on(context.new_page(), server, "06_aim", "new-start")
        page.locator(".foot [rel=next]").click()
        expect(page).to_have_url(server.url("09_measure", "new-start"))
        expect(page).to_have_title(re.compile("Measure over time.*New Start"))
        page.locator(".foot [rel=prev]").click()
        expect(page).to_have_url(server.url("06_aim", "new-start"))
        expect(page).to_have_title(re.compile("New Start"))
        page.locator(".menu summary", has_text="New Start").click()
        page.get_by_role("navigation", name="Teams").get_by_role("link", name="Two Forks Network").click()
        expect(page).to_have_url(server.url("06_aim", "two-forks"))
        expect(page).to_have_title(re.compile("set the aim.*Two Forks Network"))
        page.wait_for_selector("html[data-complete]", state="attached")


@pytest.mark.parametrize("team", ["../x", "no-such-team"])
def test_an_unknown_team_gets_one_sentence_and_no_cell(
    step: Callable[..., Page], server: App, team: str
) -> None:
    page = step("START", "gull-harbor").context.new_page()
    page.goto(server.url("09_measure", team))
    page.wait_for_selector("html[data-complete]", state="attached")
    sentences = page.locator("main > p").all_inner_texts()
    assert len(sentences) == 2
    assert sentences[0].startswith("There is no ")
    assert sentences[0].endswith(".")
    assert sentences[1] == "Back to the start"
    assert page.locator(".cell, [data-widget], main img, .rail").count() == 0
    choice = page.get_by_role("navigation", name="Choose a team")
    expect(choice.get_by_role("link", name="Gull Harbor ACO")).to_have_attribute(
        "href", "/voila/render/09_measure.ipynb?team=gull-harbor"
    )
    page.close()


def test_a_member_is_kept_out_of_the_faculty_page_and_of_other_teams(browser: Browser, server: App) -> None:
    server.identity.write_text(json.dumps({"user": "ana"}))
    try:
        with visitor(browser, server, Watch(server.root)) as context:
            page = context.new_page()
            for address, sentence in (
                (server.url("faculty", ""), "This page is for faculty and coaches. Yours is Start here."),
                (
                    server.url("09_measure", "prairie-rose"),
                    "There is no team “prairie-rose” that you can open",
                ),
            ):
                page.goto(address)
                page.wait_for_selector("html[data-complete]", state="attached")
                expect(page.locator("main > p").first).to_contain_text(sentence)
                assert page.locator(".cell").count() == 0
                assert "Prairie Rose" not in page.content().replace("prairie-rose", "")
    finally:
        server.identity.write_text(json.dumps({"user": "robin"}))


def test_a_button_hands_over_the_report_of_the_team(browser: Browser, server: App) -> None:
    with browser.new_context(accept_downloads=True) as context:
        page = context.new_page()
        page.goto(server.address)
        page.goto(f"{server.root}/voila/render/06_aim.ipynb?team=gull-harbor")
        with page.expect_download(timeout=60_000) as handed:
            page.get_by_role("button", name="Make our report").click()
        assert handed.value.suggested_filename == "gull-harbor.html"
        report = Path(handed.value.path()).read_text(encoding="utf-8")
    assert "<h1>Gull Harbor ACO</h1>" in report
