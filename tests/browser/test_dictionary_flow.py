"""A measure counted in another way, typed as a person types: the old way stays, and the chart is marked."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from pophealth.delivery.content import content
from pophealth.workspace import definitions
from pophealth.workspace.store import Workspace
from tests.browser.conftest import App, ended, started
from tests.delivery import teams

pytestmark = pytest.mark.browser

OLD, NEW = "People spoken to on the phone", "People spoken to & people who <b>texted</b> back"
CORE = {"denominator": "People due", "better": "higher", "family": "process", "chart": "p"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort with one team that has counted calls for a year and a half."""
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    book = Workspace.open(folder, user="robin", clock=lambda: yesterday).team("new-start")
    teams.write(book, "measure", "calls", name="Calls", numerator=OLD, lead=True, **CORE)
    months = pd.date_range("2019-12-01", "2021-05-01", freq="MS")
    teams.counted(book, "calls", [(f"{month:%Y-%m}", 40 + month.month % 5, 90) for month in months])
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the committed notebooks."""
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


def field(card: Locator, label: str) -> Locator:
    return card.locator(f".pf-field:has(:text-is('{label}')) :is(input, textarea, select)").first


def test_another_way_of_counting_goes_from_the_keyboard_to_the_chart(
    opened: Callable[..., Page], folder: Path
) -> None:
    page = opened("09_measure", "new-start")
    told = page.locator("[data-live=dictionary]")
    expect(told).to_contain_text("from the first count")
    card = page.locator(".pf-card", has=page.get_by_role("heading", name="Your turn: measures"))
    card.get_by_role("button", name="open").click()
    card.locator(".pf-opened:visible summary", has_text="More, when you need it").click()
    field(card, "Who or what is counted (numerator)").fill(NEW)
    field(card, "Counted this way since").fill("2021-02")
    expect(card.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))
    expect(told).to_contain_text("since February 2021")
    expect(told).to_contain_text(f"before February 2021{OLD}")
    assert "<b>" not in told.inner_html()

    page.reload()
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    expect(page.locator("[data-live=dictionary]")).to_contain_text(NEW)
    expect(page.locator(".key", has_text="Counted differently from February 2021").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    book = Workspace.open(folder, user="robin").team("new-start")
    assert definitions.table(book)["numerator"].tolist() == [NEW, OLD]
