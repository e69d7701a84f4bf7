"""What people write stays text: on every page of the app, in reports, and in what Lab shows."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pophealth.delivery.content import content
from pophealth.delivery.reports import run_reports
from tests import hostile
from tests.browser.conftest import App, Watch, ended, opened_on, started, visitor
from tests.delivery import lessons

pytestmark = pytest.mark.browser

STEPS = lessons.STEPS
WITHOUT = re.compile(r"base64,[A-Za-z0-9+/=]+|data:[^\"']+|[0-9a-f-]{12,}|(?<=127\.0\.0\.1:)\d+")
"""Pictures, names of widgets and kernels, and the port: random letters may hold any number."""

MADE = """() => {
    const open = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
        [one, ...(one.shadowRoot ? open(one.shadowRoot) : [])]);
    const ours = (one) => [...one.attributes].some((about) =>
        about.name.startsWith("on") || about.name === "data-canary"
        || /^\\s*javascript:/i.test(about.value) || about.name === "srcdoc"
        || (["src", "href", "action", "data", "background"].includes(about.name)
            && /canary/.test(about.value)));
    return open(document).filter((one) => ours(one) || /canary/i.test(one.localName))
        .map((one) => one.outerHTML.slice(0, 200));
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a hostile text in every place a person can write."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.build(folder)
    (folder / "identity.json").write_text(json.dumps({"user": "owner"}))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the committed notebooks."""
    app = started(folder, content("notebooks"), preheat=False)
    yield app
    ended(app)


@pytest.fixture(scope="module")
def show(browser: Browser, server: App) -> Iterator[Callable[[str, str], Page]]:
    """Opens a page of the app; dialogs, other hosts and errors in the console fail at the end."""
    with visitor(browser, server, Watch(server.root)) as context:
        yield lambda name, team=hostile.TEAM: opened_on(context.new_page(), server, name, team)


def harmless(page: Page) -> None:
    """Move over everything, open what is folded, and find nothing that a payload made."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("""() => document.querySelectorAll("*").forEach((one) => {
        for (const kind of ["mouseover", "focus"]) one.dispatchEvent(new Event(kind)); })""")
    assert page.evaluate(MADE) == []
    assert "1337" not in WITHOUT.sub("", page.content())


def test_there_are_sixty_payloads_and_each_is_somewhere(folder: Path) -> None:
    assert len(set(hostile.PAYLOADS)) >= 60
    data = b"".join(path.read_bytes() for path in sorted(folder.glob("workspace.sqlite*")))
    shown = [json.dumps(text, ensure_ascii=False)[1:-1].encode() for text in hostile.PAYLOADS]
    ascii_only = [json.dumps(text)[1:-1].encode() for text in hostile.PAYLOADS]
    plain = [text.encode() for text in hostile.PAYLOADS]
    missing = [
        text
        for text, *forms in zip(hostile.PAYLOADS, shown, ascii_only, plain, strict=True)
        if not any(form in data for form in forms)
    ]
    assert missing == []


@pytest.mark.parametrize("name", STEPS)
def test_a_page_of_the_app_shows_text_as_text(show: Callable[..., Page], name: str) -> None:
    page = show(name)
    for entry in page.locator(".pf-items > li").all():
        entry.locator("button[aria-expanded=false]").first.click()
        entry.locator(".pf-opened").wait_for()
    for past in page.get_by_role("button", name="history").all():
        if past.is_visible():
            past.click()
            page.locator(".pf-history:visible").first.wait_for()
    harmless(page)
    assert "data-canary" in page.locator("body").inner_text()
    page.close()


@pytest.mark.parametrize("name", ["room", "faculty"])
def test_a_wide_page_shows_text_as_text(show: Callable[..., Page], name: str) -> None:
    page = show(name, "")
    harmless(page)
    assert "data-canary" in page.locator("body").inner_text()
    page.close()


def test_a_page_that_stops_shows_text_as_text(show: Callable[..., Page], server: App) -> None:
    page = show("START").context.new_page()
    for wish in ("nobody", hostile.PAYLOADS[12]):
        page.goto(server.url("09_measure", wish))
        page.wait_for_selector("html[data-complete]", state="attached")
        assert page.locator(".cell").count() == 0
        harmless(page)
    page.close()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """A page without any policy of its own, so that nothing but escaping stands in the way."""
    context = browser.new_context()
    watch = Watch("file://")
    context.on("page", watch.add)
    yield context.new_page()
    context.close()
    assert [each for each in watch.wrong if not each.startswith("asked another host: file:")] == []


def test_the_watch_sees_what_an_unescaped_text_does(browser: Browser) -> None:
    watch = Watch("file://")
    page = browser.new_page()
    watch.add(page)
    page.set_content("".join(hostile.PAYLOADS[10:13]))
    page.wait_for_function(
        "document.images.length === 3 && [...document.images].every((one) => one.complete)"
    )
    assert len(page.evaluate(MADE)) == 3
    assert any("dialog 1" in each for each in watch.wrong)
    assert any(hostile.HOST in each for each in watch.wrong)
    page.close()


def test_reports_and_their_index_show_text_as_text(folder: Path, tmp_path: Path, bare: Page) -> None:
    table = run_reports(workspace=folder, out=tmp_path)
    assert set(table["status"]) == {"done"}
    for file in sorted(tmp_path.glob("*.html")):
        bare.goto(file.as_uri())
        harmless(bare)
        assert "data-canary" in bare.locator("body").inner_text(), file.name


def test_what_lab_shows_is_text_as_text(folder: Path, tmp_path: Path, bare: Page) -> None:
    for name in (*STEPS, "room", "faculty"):
        team = hostile.TEAM if name in STEPS else ""
        lesson = lessons.run(name, team=team, workspace=folder)
        shown = [cell.value._repr_html_() for cell in lesson.cells if "form" not in cell.tags and cell.value]
        file = tmp_path / f"{name}.html"
        file.write_text(f"<!doctype html><meta charset=utf-8><body>{''.join(shown)}", encoding="utf-8")
        bare.goto(file.as_uri())
        harmless(bare)
        assert "data-canary" in bare.locator("body").inner_text(), name
