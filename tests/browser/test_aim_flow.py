"""A team's aim, typed as a person types: kept, said in one sentence, there again, reported, shared."""

import json
import re
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

TYPED = {
    "What will be better": "sleep through the night",
    "For whom": "parents of newborns",
    "Where": "Mill Street & the “Flats”",
    "From": "41",
    "To": "60",
}
DAY = ("By when", "2021-12-31")
SENTENCE = (
    "By December 31, 2021, sleep through the night among parents of newborns in Mill Street & the “Flats” "
    "will go from 41% to 60%."
)
PACE = "To get there in 6 months, it has to change by about 3.2 percentage points a month."


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


def field(page: Page, label: str):
    return page.locator(f".pf-field:has(:text-is('{label}')) :is(input, textarea)").first


def aims_in_the_room(opened: Opened) -> str:
    page = opened("room", "")
    return " ".join(page.locator("main").inner_text().split())


def test_an_aim_goes_from_the_keyboard_to_the_report_and_when_shared_to_the_room(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    page = opened("06_aim", "new-start")
    told = page.locator("[data-live=aim]")
    points = page.locator("[data-live=points]")
    expect(told).to_contain_text("Your aim will stand here in one sentence.")
    expect(points.locator("li", has_text="A number that moves")).to_contain_text("open:")
    for label, words in TYPED.items():
        field(page, label).press_sequentially(words)
    field(page, DAY[0]).fill(DAY[1])
    status = page.locator(".pf-foot .pf-status")
    expect(status).to_contain_text(re.compile("[Kk]ept at"))
    expect(told).to_contain_text(SENTENCE)
    expect(told).to_contain_text(PACE)
    expect(points.locator("li", has_text="A number that moves")).to_contain_text("there:")

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    for label, words in {**TYPED, DAY[0]: DAY[1]}.items():
        expect(field(page, label)).to_have_value(words)
    expect(page.locator("[data-live=aim]")).to_contain_text(SENTENCE)

    table = run_reports(["new-start"], workspace=folder, steps=["aim"], out=tmp_path, user="robin")
    assert table["status"].tolist() == ["done"]
    report = lessons.words((tmp_path / "new-start.html").read_text(encoding="utf-8"))
    assert SENTENCE in report
    assert PACE in report

    room = aims_in_the_room(opened)
    assert "By December 31, 2021, people asked about their mood" in room
    assert "New Start" not in room.split("On the path")[0]
    assert SENTENCE not in room

    page = opened("06_aim", "new-start")
    page.get_by_role("button", name="Share with the other teams").click()
    expect(page.get_by_text("Shared with the other teams")).to_be_visible()
    assert f"New Start {SENTENCE}" in aims_in_the_room(opened)
