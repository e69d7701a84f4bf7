"""Counts brought from a browser: told what is wrong, mended, kept, and there on the chart."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pophealth.delivery.content import content
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.delivery import teams

pytestmark = pytest.mark.browser

HEADER = "measure,period,numerator,denominator,note\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort; the new team has written down what it counts."""
    folder = tmp_path_factory.mktemp("cohort")
    book = teams.cohort(folder).team("new-start")
    teams.write(book, "measure", "visits", name="Visits kept", chart="p", better="higher", lead="yes")
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the committed notebooks."""
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


def choose(card: Locator, text: str) -> None:
    file = {"name": "<b>counts.csv", "mimeType": "text/csv", "buffer": text.encode()}
    card.locator("input[type=file]").set_input_files(file)


def test_a_file_is_told_mended_kept_and_drawn(opened: Callable[..., Page], folder: Path) -> None:
    page = opened("09_measure", "new-start")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="A sheet for your next counts (CSV)").click()
    months = [line.split(",")[1] for line in sheet.value.path().read_text("utf-8-sig").splitlines()[1:]]
    assert len(months) == 12

    card = page.locator(".pf-card", has=page.get_by_role("heading", name="Your turn: bring your counts"))
    choose(card, HEADER + f"visits,{months[0]},9,4,<img src=x onerror=alert(1)>\n")
    expect(card).to_contain_text("One thing to mend in <b>counts.csv first. Nothing is kept yet.")
    expect(card.get_by_role("row")).to_contain_text(["What is wrong", "9 is more than the 4"])
    expect(card.get_by_role("button", name="Bring them in")).to_be_hidden()

    choose(card, HEADER + "".join(f"visits,{month},{30 + at},60,\n" for at, month in enumerate(months)))
    expect(card).to_contain_text("can be read: 12 rows about one measure")
    assert Workspace.open(folder, user="robin").team("new-start").counts("visits").empty
    card.get_by_role("button", name="Bring them in").click()
    expect(card).to_contain_text("Kept: 12 rows from <b>counts.csv.")
    card.get_by_role("button", name="Show them on the charts").click()
    expect(page.locator("figure img[alt*='Visits kept']").first).to_be_visible()
    assert len(Workspace.open(folder, user="robin").team("new-start").counts("visits")) == 12
