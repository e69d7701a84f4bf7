"""Reports on paper, for a team of one and of nine: nothing torn apart, and the story on one sheet."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pophealth.delivery.reports import run_reports
from tests.delivery import teams

pytestmark = pytest.mark.browser

LETTER = {"width": 740, "height": 979}
"""What fits on a sheet of US Letter within the margins a browser leaves, in pixels of CSS."""

NAMES = ("Ada", "Bo", "Cleo", "Dov", "Eda", "Finn", "Gita", "Hugo", "Ines")
SIDES = ("resident", "institution", "connector")
WHOLE = ".fig, .record, .say, .empty, .checks li"


ALONE = """(one) => {
    for (; one !== document.body; one = one.parentElement)
        for (const other of one.parentElement.children) if (other !== one) other.style.display = "none";
}"""


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of a team of one, a team of nine and a team that has come far."""
    folder, out = tmp_path_factory.mktemp("cohort"), tmp_path_factory.mktemp("reports")
    workspace = teams.cohort(folder)
    for slug, many in (("one", 1), ("nine", 9)):
        workspace.add_team(slug, f"Team of {slug}")
        for place, name in enumerate(NAMES[:many]):
            about = {"name": name, "role": "neighbor", "side": SIDES[place % 3], "will": True}
            teams.write(workspace.team(slug), "member", name.lower(), **about)
    done = run_reports(
        ["one", "nine", "gull-harbor"], workspace=folder, steps=["gather", "sustain"], out=out, user="robin"
    )
    assert set(done["status"]) == {"done"}
    return out


@pytest.fixture
def paper(browser: Browser, reports: Path):
    """Opens a report as it is printed."""
    page = browser.new_page(viewport=LETTER)
    page.emulate_media(media="print")

    def opened(team: str) -> Page:
        page.goto((reports / f"{team}.html").as_uri())
        return page

    yield opened
    page.close()


@pytest.mark.parametrize("team", ["one", "nine", "gull-harbor"])
def test_nothing_is_torn_apart_or_stands_out_at_the_side(paper, team):
    page = paper(team)
    assert page.evaluate("document.documentElement.scrollWidth") <= LETTER["width"]
    torn = "(all, where) => all.filter((one) => getComputedStyle(one).breakInside !== 'avoid').length"
    assert page.locator(WHOLE).count() > 10
    assert page.locator(WHOLE).evaluate_all(torn) == 0
    heads = "(all) => all.filter((one) => getComputedStyle(one).breakAfter !== 'avoid').length"
    assert page.locator("h2").evaluate_all(heads) == 0


@pytest.mark.parametrize("team", ["one", "nine", "gull-harbor"])
def test_the_story_has_one_sheet_of_its_own(paper, team):
    page = paper(team)
    (board,) = page.locator(".board").all()
    assert board.evaluate("(one) => getComputedStyle(one).breakBefore") == "page"
    assert board.evaluate("(one) => getComputedStyle(one).breakAfter") == "page"
    board.evaluate(ALONE)
    assert [sheets(page.pdf(format=paper_size)) for paper_size in ("Letter", "A4")] == [1, 1]


def test_a_team_of_one_and_of_nine_is_told_in_words(paper):
    alone = " ".join(paper("one").locator("body").inner_text().split())
    assert "One person is in the team" in alone
    assert "Without someone from inside, nothing changes in care itself" in alone
    assert paper("nine").get_by_alt_text("Nine people, from all three sides").count() == 1
    assert sheets(paper("nine").pdf(format="Letter")) > sheets(paper("one").pdf(format="Letter")) > 5
