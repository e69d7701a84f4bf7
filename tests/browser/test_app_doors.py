"""Who may come in, what is given out, and how it ends."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import App, ended, started, until

pytestmark = pytest.mark.browser

DATA = (
    "team.csv",
    "workspace.sqlite",
    "step.ipynb",
    "voila.py",
    "../workspace.sqlite",
    "..%2fworkspace.sqlite",
)
PLACES = (
    "voila/files",
    "files",
    "voila/render",
    "voila/static",
    "static",
    "voila/templates/pophealth/static",
)
PROBES = [
    f"{place}/{name}" for place in PLACES for name in DATA if place != "voila/render" or ".ipynb" not in name
]
PROBES += [
    "voila/templates/pophealth/static/../index.html.j2",
    "voila/templates/pophealth/static/..%2findex.html.j2",
    "voila/templates/lab/static/voila.js", "voila/labextensions/x", "static/etc/passwd", "lab", "tree",
    "api/contents", "api/contents/team.csv", "voila/api/contents", "api/kernels", "api/sessions",
]  # fmt: skip


def test_forty_addresses_of_data_give_nothing(context: BrowserContext, server: App) -> None:
    assert len(PROBES) >= 40
    answers = {
        probe: context.request.get(f"{server.root}/{probe}", max_redirects=0).status for probe in PROBES
    }
    assert {probe: status for probe, status in answers.items() if status in range(200, 400)} == {}


def test_a_stranger_is_told_how_to_come_in(browser: Browser, server: App) -> None:
    stranger = browser.new_context()
    page = stranger.new_page()
    answer = page.goto(server.url("step"))
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("This workbook is private")).to_be_visible()
    assert (
        page.request.get(f"{server.root}/?token=wrong", max_redirects=0)
        .headers["location"]
        .startswith("/login")
    )
    assert page.request.post(f"{server.root}/pophealth/person", form={"user": "kim"}).status == 403
    stranger.close()


def test_a_real_example_opens_as_a_page_and_a_name_that_is_none_does_not(page: Page, server: App) -> None:
    answer = page.goto(f"{server.root}/pophealth/case/esther")
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("What is best for Esther?")
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    assert page.get_by_role("link", name="Back to the start").count() == 1
    for name in ("nobody", "..%2f..%2fpyproject", "esther.md"):
        assert page.request.get(f"{server.root}/pophealth/case/{name}").status == 404


def test_a_strangers_socket_is_refused(page: Page, browser: Browser, server: App) -> None:
    page.goto(server.url("set_up_fails"))
    page.wait_for_selector("html[data-complete]", state="attached")
    kernel = page.evaluate("window.pophealth.kernel")
    stranger = browser.new_context().new_page()
    stranger.goto(f"{server.root}/login")
    code = stranger.evaluate(
        """(address) => new Promise((done) => {
            const socket = new WebSocket(address);
            socket.onopen = () => done("open");
            socket.onclose = () => done("closed");
        })""",
        f"{server.root.replace('http', 'ws')}/api/kernels/{kernel}/channels",
    )
    assert code == "closed"
    stranger.context.close()


def test_no_code_can_be_run_over_the_socket(page: Page, server: App) -> None:
    page.goto(server.url("step"))
    page.wait_for_selector("html[data-complete][data-connection=open]", state="attached")
    asked = {"code": "form.count = 99", "silent": False, "store_history": False, "user_expressions": {}}
    page.evaluate("(asked) => window.pophealth.connection.send('execute_request', asked)", asked)
    page.get_by_role("button", name="More").click()
    expect(page.locator(".count")).to_have_text("count 2")
    assert "token" not in page.url


def test_every_answer_carries_the_headers(context: BrowserContext, server: App) -> None:
    style = "voila/templates/pophealth/static/style.css"
    for path in ("voila/render/START.ipynb", style, "login", "nowhere", "?token=wrong"):
        headers = context.request.get(f"{server.root}/{path}", max_redirects=0).headers
        assert "default-src 'self'" in headers["content-security-policy"], path
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert re.search(r"script-src [^;]*'unsafe-inline'", headers["content-security-policy"]) is None
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "server" not in headers


def test_another_host_name_is_refused(context: BrowserContext, server: App) -> None:
    answer = context.request.get(f"{server.root}/login", headers={"Host": "workbook.example"})
    assert answer.status == 403


def test_the_person_is_changed_only_from_the_page_itself(context: BrowserContext, server: App) -> None:
    address = f"{server.root}/pophealth/person"
    assert context.request.post(address, form={"user": "kim"}).status == 403
    context.request.get(server.url("set_up_fails"))
    cookie = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "_xsrf")
    assert context.request.post(address, form={"user": "../kim", "_xsrf": cookie}).status == 400
    assert context.request.post(address, form={"user": "ben", "_xsrf": cookie}).status == 204
    assert json.loads(server.identity.read_text()) == {"user": "ben"}
    assert [path.name for path in server.identity.parent.iterdir()] == ["identity.json"]


def test_template_and_theme_cannot_be_chosen_in_the_address(page: Page, server: App) -> None:
    page.goto(server.url("room") + "&template=lab&theme=dark")
    expect(page.get_by_role("link", name="pophealth workbook")).to_be_visible()


def test_start_is_where_the_address_leads(context: BrowserContext, server: App) -> None:
    for path in ("", "/voila/tree", "/voila/tree/sub", "/voila"):
        answer = context.request.get(server.root + path, max_redirects=0)
        assert answer.headers["location"] == "/voila/render/START.ipynb", path


@pytest.mark.parametrize("moment", ["while it warms up", "when it is ready"])
def test_the_end_leaves_no_kernel_behind(tmp_path: Path, small: Path, moment: str) -> None:
    app = started(tmp_path, small, preheat=True)
    until(lambda: len(app.kernels()) >= (1 if moment == "while it warms up" else 3), seconds=60)
    processes = app.started()
    ended(app)
    assert app.process.returncode == 0
    until(lambda: not any(Path(f"/proc/{process}").exists() for process in processes), seconds=5)


def test_a_kernel_kept_ready_serves_the_visitor_who_comes(
    tmp_path: Path, small: Path, browser: Browser
) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "step.ipynb").write_bytes((small / "step.ipynb").read_bytes())
    app = started(tmp_path, folder, preheat=True)
    try:
        context = browser.new_context()
        context.request.get(app.address, max_redirects=0)
        page = context.new_page()
        for team in ("gull-harbor", "prairie"):
            until(lambda: len(app.kernels()) == 1, seconds=60)
            time.sleep(3)
            page.goto(app.url("step", team))
            page.locator(".aim").fill(f"an aim of {team}")
            expect(page.locator(".kept")).to_have_text(f"kept an aim of {team}")
            page.goto("about:blank")
        context.close()
    finally:
        ended(app)
