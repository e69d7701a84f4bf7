"""A team's aim, typed as a person types: kept, said in one sentence, there again, reported, shared."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from pophealth.delivery.reports import run_reports
from tests.browser.typist import Typist, answers, found
from tests.delivery import lessons

pytestmark = pytest.mark.browser

AIM = {
    "What will be better": "sleep through the night",
    "For whom": "parents of newborns",
    "Where": "Mill Street & the “Flats”",
    "From": "41",
    "To": "60",
    "By when": "2021-12-31",
}
SENTENCE = (
    "By December 31, 2021, sleep through the night among parents of newborns in Mill Street & the “Flats” "
    "will go from 41% to 60%."
)
PACE = "To get there in 6 months, it has to change by about 3.2 percentage points a month."


def aims_in_the_room(typist: Typist) -> str:
    page = typist.opens("room", "")
    return " ".join(page.locator("main").inner_text().split())


def test_an_aim_goes_from_the_keyboard_to_the_report_and_when_shared_to_the_room(
    typist: Typist, tmp_path: Path
) -> None:
    typist.opens("06_aim")
    told, points = typist.live("aim"), typist.live("points")
    expect(told).to_contain_text("Your aim will stand here in one sentence.")
    expect(points.locator("li", has_text="A number that moves")).to_contain_text("open:")
    answers(typist.card("our aim"), AIM)
    expect(told).to_contain_text(SENTENCE)
    expect(told).to_contain_text(PACE)
    expect(points.locator("li", has_text="A number that moves")).to_contain_text("there:")

    typist.reloads()
    found(typist.card("our aim"), AIM)
    expect(told).to_contain_text(SENTENCE)

    table = run_reports(["new-start"], workspace=typist.folder, steps=["aim"], out=tmp_path, user="robin")
    assert table["status"].tolist() == ["done"]
    report = lessons.words((tmp_path / "new-start.html").read_text(encoding="utf-8"))
    assert SENTENCE in report
    assert PACE in report

    room = aims_in_the_room(typist)
    assert "By December 31, 2021, people asked about their mood" in room
    assert "New Start" not in room.split("On the path")[0]
    assert SENTENCE not in room

    page = typist.opens("06_aim")
    page.get_by_role("button", name="Share with the other teams").click()
    expect(page.get_by_text("Shared with the other teams")).to_be_visible()
    assert f"New Start {SENTENCE}" in aims_in_the_room(typist)
