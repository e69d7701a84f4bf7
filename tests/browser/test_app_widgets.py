"""Widgets in the page: forms at once, the full library when needed, a line that comes back by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import App, Watch, until

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def step(visit: Opened) -> Page:
    """One visit to a page with a form."""
    return visit("step")


@pytest.fixture(scope="module")
def widgets(visit: Opened) -> Page:
    """One visit to a page with widgets of all sorts."""
    return visit("widgets")


def test_a_form_talks_with_python_both_ways(step: Page) -> None:
    page = step
    expect(page.locator(".aim")).to_have_value("first")
    expect(page.locator(".size")).to_have_text("size 5")
    page.locator(".aim").fill("more people with control")
    expect(page.locator(".kept")).to_have_text("kept more people with control")
    page.get_by_role("button", name="More").click()
    expect(page.locator(".count")).to_have_text("count 2")


def test_every_other_widget_works_too(widgets: Page) -> None:
    page = widgets
    page.get_by_label("Name").fill("Ana")
    expect(page.get_by_text("hello Ana")).to_be_visible()
    page.get_by_role("tab", name="Second").click()
    expect(page.get_by_text("before")).to_be_visible()
    page.get_by_role("button", name="Press").click()
    expect(page.locator(".deep")).to_have_text("deep")
    page.get_by_role("button", name="Press").click()
    expect(page.locator(".deep")).to_have_count(2)
    page.get_by_role("button", name="Grow").click()
    expect(page.get_by_text("a new child")).to_be_visible()


def test_numbers_links_and_interact_work(widgets: Page) -> None:
    page = widgets
    page.get_by_label("one").fill("41")
    page.get_by_label("one").press("Enter")
    expect(page.get_by_label("two")).to_have_value("41")
    page.get_by_label("x", exact=True).fill("8")
    page.get_by_label("x", exact=True).press("Enter")
    expect(page.get_by_text("double 16")).to_be_visible()


def test_a_file_reaches_python_whole(widgets: Page) -> None:
    page = widgets
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload").click()
    chooser.value.set_files(
        {"name": "counts.csv", "mimeType": "text/csv", "buffer": b"measure,period\n" * 1000}
    )
    expect(page.get_by_text("15000 bytes, first me")).to_be_visible()


def test_a_form_inside_a_box_works(widgets: Page) -> None:
    page = widgets
    page.locator(".aim").fill("in a box")
    expect(page.locator(".kept")).to_have_text("kept in a box")
    page.get_by_role("button", name="More").click()
    expect(page.locator(".count")).to_have_text("count 2")


def test_a_line_that_drops_comes_back_and_brings_what_waited(step: Page) -> None:
    page = step
    page.evaluate("""() => {
        window.told = [];
        document.addEventListener("pophealth:connection", (event) => window.told.push(event.detail));
        window.pophealth.connection.socket.close();
    }""")
    page.wait_for_selector("html[data-connection=closed]", state="attached")
    page.locator(".aim").fill("typed while away")
    page.wait_for_selector("html[data-connection=open]", state="attached")
    expect(page.locator(".kept")).to_have_text("kept typed while away")
    assert page.evaluate("window.told") == ["closed", "open"]


def test_what_python_says_while_the_line_is_down_is_heard_later(step: Page) -> None:
    page = step
    page.evaluate("""async () => {
        const { socket } = window.pophealth.connection;
        document.querySelector(".cell.form button").click();
        while (socket.bufferedAmount) await new Promise((go) => setTimeout(go));
        socket.close();
    }""")
    expect(page.locator(".count")).to_have_text("count 4")


def test_two_tabs_have_a_kernel_each(opened: Opened, context: BrowserContext, server: App) -> None:
    first = opened("step")
    second = context.new_page()
    second.goto(server.url("step"))
    second.locator(".aim").fill("in the second")
    expect(second.locator(".kept")).to_have_text("kept in the second")
    expect(first.locator(".aim")).to_have_value("first")
    first.locator(".aim").fill("in the first")
    expect(first.locator(".kept")).to_have_text("kept in the first")


def test_a_kernel_ends_when_its_page_is_left(opened: Opened, server: App, watch: Watch) -> None:
    watch.expected = ("404",)
    page = opened("set_up_fails")
    kernel = page.evaluate("window.pophealth.kernel")
    asked = f"{server.root}/api/kernels/{kernel}"
    assert page.request.get(asked).status == 200
    page.goto(f"{server.root}/nowhere")
    until(lambda: page.request.get(asked).status == 404)


def test_a_page_whose_kernel_has_ended_says_so(opened: Opened, watch: Watch) -> None:
    watch.expected = ("404", "WebSocket")
    page = opened("set_up_fails")
    page.evaluate("""() => {
        const { base, kernel, connection } = window.pophealth;
        const value = document.cookie.match(/_xsrf=([^;]*)/)[1];
        return fetch(`${base}voila/api/shutdown/${kernel}`,
                     { method: "POST", headers: { "X-XSRFToken": value } });
    }""")
    page.wait_for_timeout(2500)
    page.evaluate("window.pophealth.connection.socket.close()")
    expect(page.locator(".ended")).to_be_visible()
    expect(page.locator(".ended")).to_contain_text("Reload the page")
