"""A purpose, three people and a date, typed as a person types: kept, drawn, there again, done, a file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pophealth.delivery.reports import run_reports
from tests.browser.typist import Typist, answers, field, found, kept
from tests.delivery import lessons

pytestmark = pytest.mark.browser

PURPOSE = "Every parent on Mill Street sleeps & nobody “waits” alone."
CHARTER = {"Our purpose": PURPOSE, "Whose health": "New parents", "Team lead": "Grace"}
PEOPLE = {"Grace": "institution", "Tomás": "connector", "Luz": "resident"}


def test_a_team_gathers_from_the_keyboard(typist: Typist, tmp_path: Path) -> None:
    page = typist.opens("01_gather")
    purpose, people, calendar = (typist.live(name) for name in ("purpose", "people", "calendar"))
    expect(purpose).to_contain_text("Your purpose will stand here")
    answers(typist.card("team charter"), CHARTER)
    expect(purpose).to_contain_text(PURPOSE)
    for name, side in PEOPLE.items():
        answers(typist.adds("team members", name), {"Role": "neighbor", "Side": side})
        expect(people).to_contain_text(name)
        expect(people.locator("li.yes, li", has_text=name)).to_contain_text("there:")
    expect(people.locator("img")).to_have_attribute("alt", re.compile("^Three people, from all three sides"))

    date = typist.adds("dates to move or add", "Call of month 3")
    field(date, "Day").fill("2020-10-08")
    kept(date)
    expect(calendar).to_contain_text("You moved one date.")
    link = calendar.get_by_role("link", name=re.compile("All dates for your own calendar"))
    with page.expect_download() as handed:
        link.click()
    assert handed.value.suggested_filename == "new-start.ics"
    assert b"DTSTART;VALUE=DATE:20201008" in Path(handed.value.path()).read_bytes()

    typist.reloads()
    found(typist.card("team charter"), CHARTER)
    expect(typist.live("people").locator("img")).to_have_count(1)
    assert typist.fits_a_phone()
    assert typist.workspace.status_of("new-start")["steps"]["gather"] == "done"
    assert not any(entry.shared for entry in typist.book.list("member"))
    run_reports(["new-start"], workspace=typist.folder, steps=["gather", "aim"], out=tmp_path, user="robin")
    report = lessons.words((tmp_path / "new-start.html").read_text(encoding="utf-8"))
    assert report.count(PURPOSE) >= 2
    assert "October 8, 2020" in report
