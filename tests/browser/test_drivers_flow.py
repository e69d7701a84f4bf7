"""A driver diagram, typed as a person types: hung by choosing, drawn at once, there again, reported."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pophealth.delivery.content import content
from pophealth.delivery.reports import run_reports
from tests.browser.conftest import App, ended, started
from tests.delivery import lessons, teams

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]

MAIN = ("Someone calls in our language", "The hour fits the shift", "We know what it <b>costs</b>")
IDEA = "Ring after supper"
ALT = f"{IDEA} hangs on {MAIN[0]}."


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


def add(page: Page, text: str, level: str) -> None:
    """Add one driver or idea through the list, and choose its level."""
    card = page.get_by_role("region", name="Your turn: drivers and ideas")
    card.get_by_role("button", name="Add a driver or idea").click()
    card.locator(".pf-adding [data-field=text] input").press_sequentially(text)
    card.get_by_role("button", name="Add", exact=True).click()
    opened = card.locator(".pf-opened:visible")
    expect(opened.locator("[data-field=text] input")).to_have_value(text)
    opened.locator("[data-field=level] select").select_option(level)
    expect(opened.locator(".pf-status").first).to_contain_text("Kept")


def test_a_driver_diagram_goes_from_the_keyboard_to_the_report(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    page = opened("07_drivers", "new-start")
    diagram, checks = page.locator("[data-live=diagram]"), page.locator("[data-live=checks]")
    expect(diagram).to_contain_text("Your driver diagram will stand here")
    for text in MAIN:
        add(page, text, "primary")
    expect(diagram.locator("img")).to_have_attribute(
        "alt", f"Three main drivers and no ideas to try. {_moves()}"
    )
    add(page, IDEA, "idea")
    expect(checks).to_contain_text(f"Hang it on a driver: {IDEA}.")

    form = page.locator(".pf-opened:visible")
    form.locator("summary", has_text="More, when you need it").click()
    hangs = form.locator("[data-field=parent] select")
    assert hangs.locator("option").all_inner_texts() == ["Choose …", *MAIN]
    hangs.select_option(label=MAIN[0])
    expect(diagram.locator("img")).to_have_attribute("alt", f"{_title()} {_moves(ALT)}")
    expect(checks).not_to_contain_text("Hang it on a driver")
    expect(page.locator("[data-live=ideas]")).to_contain_text(IDEA)

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(diagram.locator("img")).to_have_attribute("alt", f"{_title()} {_moves(ALT)}")
    page.get_by_role("button", name=f"open {IDEA}").click()
    form = page.locator(".pf-opened:visible")
    form.locator("summary", has_text="More, when you need it").click()
    expect(form.locator("[data-field=parent] select")).to_have_value("someone-calls-in-our-language")

    table = run_reports(["new-start"], workspace=folder, steps=["drivers"], out=tmp_path, user="robin")
    assert table["status"].tolist() == ["done"]
    report = lessons.words((tmp_path / "new-start.html").read_text(encoding="utf-8"))
    assert "Hangs on Someone calls in our language" in report
    assert "We know what it <b>costs</b>" in report


def _title() -> str:
    return "Three main drivers and one idea to try."


def _moves(after_first: str = "") -> str:
    first, *rest = (f"{text} moves the aim." for text in MAIN)
    return " ".join(filter(None, [first, after_first, *rest]))
