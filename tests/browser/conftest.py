"""A browser, a running app, and pages that fail on anything a visitor should never see."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from pophealth.delivery.content import content
from tests.browser import small_notebooks
from tests.browser.find_browser import NONE, find_browser
from tests.browser.typist import THERE, Typist
from tests.delivery import teams

expect.set_options(timeout=30_000)
START = """
import sys
from pophealth.delivery.app import serve
workspace, notebooks, identity, preheat = sys.argv[1:]
serve(workspace, notebooks, identity_file=identity, preheat=preheat == "preheat")
"""
PATIENCE = 90
MOTHER = b"pophealth.delivery.kernel_mother"


class App(NamedTuple):
    """A running app: where it is, its process, its files."""

    address: str
    process: subprocess.Popen[str]
    identity: Path

    @property
    def root(self) -> str:
        return self.address.split("?")[0].rstrip("/")

    def url(self, notebook: str, team: str = "gull-harbor") -> str:
        return f"{self.root}/voila/render/{notebook}.ipynb?team={team}"

    def started(self) -> list[int]:
        """Every process that the app has started, and that these have started in turn."""
        found = [self.process.pid]
        for process in found:
            found.extend(children(process))
        return found[1:]

    def kernels(self) -> list[int]:
        """The processes that wait for a visitor or work for one."""
        mothers = {process for process in children(self.process.pid) if copies_kernels(process)}
        return [process for process in self.started() if process not in mothers]


def children(parent: int) -> list[int]:
    """The processes whose parent this is."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def copies_kernels(process: int) -> bool:
    """Tell whether kernels are made from this process."""
    with contextlib.suppress(OSError):
        return MOTHER in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def started(workspace: Path, notebooks: Path, *, preheat: bool) -> App:
    """Start the app in a process of its own and wait for the address it prints."""
    identity = workspace / "identity.json"
    command = [sys.executable, "-c", START, str(workspace), str(notebooks), str(identity)]
    process = subprocess.Popen(
        [*command, "preheat" if preheat else "cold"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Open the workbook at http://127.0.0.1:"), line
    return App(line.split()[-1], process, identity)


def ended(app: App) -> None:
    """End the app as an operator would; kill it if it does not listen."""
    app.process.send_signal(signal.SIGTERM)
    try:
        app.process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(app.process.pid, signal.SIGKILL)
        app.process.wait()
    if app.process.stdout:
        app.process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    assert path, NONE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small notebooks that need no workspace."""
    return small_notebooks.write(tmp_path_factory.mktemp("notebooks"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, small: Path) -> Iterator[App]:
    """The app on the small notebooks, without kernels kept ready: every page starts its own."""
    app = started(tmp_path_factory.mktemp("workspace"), small, preheat=False)
    yield app
    ended(app)


class Watch:
    """What a page did that no page should do."""

    def __init__(self, root: str) -> None:
        self.host = urlsplit(root).netloc
        self.wrong: list[str] = []
        self.requests: list[str] = []
        self.expected: tuple[str, ...] = ()

    def add(self, page: Page) -> None:
        page.on("request", lambda request: self.request(request.url))
        page.on("websocket", lambda socket: self.request(socket.url))
        page.on("console", self.said)
        page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))
        page.on("dialog", lambda dialog: (self.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def request(self, url: str) -> None:
        self.requests.append(url)
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.wrong.append(f"asked another host: {url}")

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.expected):
            self.wrong.append(f"console: {message.text} {message.location.get('url', '')}")


@contextlib.contextmanager
def visitor(browser: Browser, app: App, watch: Watch) -> Iterator[BrowserContext]:
    """Somebody who has opened the printed address; what her pages do wrong fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    context.on("page", watch.add)
    answer = context.request.get(app.address, max_redirects=0)
    assert answer.status == 302
    yield context
    context.close()
    assert watch.wrong == []


def opened_on(page: Page, app: App, notebook: str, team: str) -> Page:
    """Open a notebook, wait until it is there and connected, and open every part that is for later."""
    page.goto(app.url(notebook, team))
    page.wait_for_selector(THERE, state="attached")
    page.evaluate("for (const part of document.querySelectorAll('details.more')) part.open = true")
    return page


@pytest.fixture(scope="module")
def visit(browser: Browser, server: App) -> Iterator[Callable[..., Page]]:
    """Opens a notebook for several tests of a module."""
    with visitor(browser, server, Watch(server.root)) as context:
        yield lambda notebook, team="gull-harbor": opened_on(context.new_page(), server, notebook, team)


@pytest.fixture
def watch(server: App) -> Watch:
    return Watch(server.root)


@pytest.fixture
def context(browser: Browser, server: App, watch: Watch) -> Iterator[BrowserContext]:
    with visitor(browser, server, watch) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def opened(page: Page, server: App) -> Callable[..., Page]:
    """Opens a notebook for one test."""
    return lambda notebook, team="gull-harbor": opened_on(page, server, notebook, team)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cohort, opened by its steward, with one team that has written nothing yet."""
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    (folder / "identity.json").write_text(json.dumps({"user": "robin"}))
    return folder


@pytest.fixture(scope="module")
def workbook(cohort: Path) -> Iterator[App]:
    """The app on the committed notebooks."""
    app = started(cohort, content("notebooks"), preheat=False)
    yield app
    ended(app)


@pytest.fixture
def typist(browser: Browser, workbook: App, cohort: Path) -> Iterator[Typist]:
    """Somebody who writes for the team that has written nothing yet."""
    with visitor(browser, workbook, Watch(workbook.root)) as context:
        page = context.new_page()
        yield Typist(
            lambda notebook, team: opened_on(page, workbook, notebook, team),
            cohort,
            user="robin",
            team=teams.EMPTY[0],
        )


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is true, or fail."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.2)
