"""The forms for partner answers and carbon, filled in by a person on a wide and on a narrow screen."""

import pytest
from playwright.sync_api import expect

from pophealth.workspace.records_partners import SIDES_OF_TRUST
from tests.browser.test_forms import book_of, field, host, kept

pytestmark = pytest.mark.browser
__all__ = ["book_of", "host"]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_partner_answers_alone_and_nobody_else_sees_it(host, book_of, width):
    page = host.open(host.device(viewport={"width": width, "height": 900}), "trust")
    page.get_by_role("button", name="Add a partner answer").click()
    page.locator(".pf-card input").last.fill("oak")
    page.get_by_role("button", name="Add", exact=True).click()
    field(page, "Month").fill("2021-05")
    for grid in page.locator(".pf-grid").all():
        for statement in grid.locator(".pf-statement").all():
            expect(statement.locator("input")).to_have_count(8)
            statement.locator("input").nth(5).check()
    kept(page)
    (answer,) = book_of("ana").records("trust")
    assert answer.matters == answer.happens == dict.fromkeys(SIDES_OF_TRUST, 6)
    assert answer.complete
    assert book_of("ben").records("trust") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("button", name="Share with the other teams")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "first", "typed"),
    [
        (
            "activity",
            "visit by car",
            {"Month": "2021-05", "How much": "300", "Counted in": "km", "People met": "20"},
        ),
        (
            "factor",
            "visit by car",
            {
                "Kilograms of CO2e for one": "0.2",
                "For one": "km",
                "Source": "a source",
                "Counts from the year": "2020",
            },
        ),
    ],
)
def test_work_and_factors_can_be_written_down(host, book_of, kind, first, typed):
    page = host.open(host.device(viewport={"width": 390, "height": 900}), kind)
    page.locator(".pf-card button", has_text="Add").first.click()
    page.locator(".pf-card input").last.fill(first)
    page.get_by_role("button", name="Add", exact=True).click()
    for label, value in typed.items():
        if not field(page, label).is_visible():
            page.locator(".pf-card summary").first.click()
        field(page, label).fill(value)
    kept(page)
    page.wait_for_timeout(1500)
    (record,) = book_of("ana").records(kind)
    assert record.complete
    assert record.activity == first
