"""Choosing together on a phone: a list, two ballots, and a result that counts two, also after a reload."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from pophealth.delivery.content import content
from tests.browser.conftest import App, ended, started
from tests.delivery import teams

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]
THINGS = ("Nights without pain", "A ride to the clinic")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app on the committed notebooks, with one team that has written nothing yet."""
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


def card(page: Page, heading: str) -> Locator:
    return page.locator(".pf-card").filter(has=page.get_by_role("heading", name=f"Your turn: {heading}"))


def add(form: Locator, what: str, name: str) -> None:
    form.get_by_role("button", name=f"Add {what}").click()
    form.locator(".pf-adding input").fill(name)
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form.locator(".pf-title strong", has_text=name)).to_be_visible()


def mark(form: Locator, field: str, thing: str, words: str, *, section: int = 0) -> None:
    rows = form.locator(f"[data-field={field}] .pf-statement", has_text=thing)
    rows.nth(section).get_by_label(words, exact=True).check()


def ballot(page: Page, code: str) -> Locator:
    """The one ballot that is open, once it is the one with this code."""
    form = card(page, "ballots").locator(".pf-opened:not([hidden])")
    expect(form.get_by_label("Your code")).to_have_value(code)
    return form


def cast(page: Page, code: str, points: tuple[str, str]) -> None:
    add(card(page, "ballots"), "a ballot", code)
    form = ballot(page, code)
    form.get_by_label("From where you see it").select_option("resident")
    for thing, given in zip(THINGS, points, strict=True):
        for section in range(5):
            mark(form, "scores", thing, given, section=section)
        form.get_by_label(thing, exact=True).select_option(label="nothing stops us")
    mark(form, "dots", THINGS[0], "3")
    expect(form.locator(".pf-status")).to_contain_text(re.compile("[Kk]ept (at|on)"))
    card(page, "ballots").get_by_role("button", name=f"close {code}").click()


def test_two_people_choose_and_the_result_counts_two(opened: Opened) -> None:
    page = opened("06_aim", "new-start")
    page.set_viewport_size({"width": 390, "height": 844})
    for thing in THINGS:
        add(card(page, "outcomes of our own"), "an outcome of our own", thing)
    expect(page.locator("[data-live=list]")).to_contain_text("Two things to choose from")

    cast(page, "oak", ("5", "2"))
    expect(page.locator("[data-live=places]")).to_contain_text("One ballot so far")
    cast(page, "elm", ("4", "4"))
    places = page.locator("[data-live=places]")
    expect(places).to_contain_text("Two ballots were counted")
    expect(places).to_contain_text(f"“{THINGS[0]}”")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.locator("[data-live=places]")).to_contain_text("Two ballots were counted")
    card(page, "ballots").get_by_role("button", name="open elm").click()
    form = ballot(page, "elm")
    expect(form.get_by_label("From where you see it")).to_have_value("resident")
    expect(form.locator("[data-field=scores] input:checked")).to_have_count(10)
    assert {box.input_value() for box in form.locator("[data-field=scores] input:checked").all()} == {"4"}
    expect(form.locator("[data-field=dots] input:checked")).to_have_value("3")
    expect(form.get_by_label(THINGS[1], exact=True)).to_have_value("0")

    mark(form, "dots", THINGS[1], "1")
    expect(form.get_by_text("You gave 4 dots. Everyone has 3, so take some back.")).to_be_visible()
