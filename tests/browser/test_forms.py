"""Forms in a real browser: the page's own script against the real desk and the real store.

The page here stands in for the host (JupyterLab, Voila, the app): a model with get, send, on and off.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from pophealth.views import forms
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import MODELS
from pophealth.workspace.store import Workspace
from pophealth.workspace.team_book import TeamBook
from tests.browser.conftest import ended, started

pytestmark = pytest.mark.browser

VIEWS = Path(forms.__file__).parent
ADDRESS = "http://forms.test/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="form.css">
<style>body{margin:0;padding:24px;background:#fbfaf7}main{max-width:1140px}</style></head><body><main></main>
<script type="module">
import widget from "./form.js";
const heard = new Set();
const given = JSON.parse(await window.begin(location.search));
const model = {
  get: (name) => given[name], set() {}, save_changes() {},
  on: (name, hear) => name === "msg:custom" && heard.add(hear), off: (name, hear) => heard.delete(hear),
  send: async (message) => {
    if (window.silent) return;
    const answer = JSON.parse(await window.python(given.number, JSON.stringify(message)));
    if (!window.deaf) for (const hear of heard) hear(answer);
  },
};
widget.render({ model, el: document.querySelector("main") });
window.connection = (detail) => {
  document.documentElement.dataset.connection = detail;
  window.silent = detail === "closed";
  document.dispatchEvent(new CustomEvent("pophealth:connection", { detail }));
};
</script></body></html>"""


class Host:
    """Stands in for the kernel: makes a widget for each page that opens and passes messages on."""

    def __init__(self, browser: Browser, book_of: Callable[[str], TeamBook]) -> None:
        self.browser, self.book_of = browser, book_of
        self.widgets: list[forms.RecordForm | forms.RecordList] = []

    def device(self, **about: object) -> BrowserContext:
        device = self.browser.new_context(**about)
        device.set_default_timeout(8000)
        device.expose_function("begin", self.begin)
        device.expose_function("python", self.python)
        device.route(f"{ADDRESS}**", self.serve)
        return device

    def serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS).split("?")[0]
        style = (VIEWS / "form.css").read_text(encoding="utf-8")
        kinds = {"form.js": ("text/javascript", forms.SCRIPT), "form.css": ("text/css", style)}
        kind, body = kinds.get(name, ("text/html", PAGE))
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    def begin(self, search: str) -> str:
        kind, user = search.removeprefix("?").split("&")
        model = MODELS[kind]
        widget = (forms.RecordList if model.many else forms.RecordForm)(self.book_of(user), model)
        self.widgets.append(widget)
        return json.dumps({"number": len(self.widgets) - 1, "spec": widget.spec, "state": widget.state})

    def python(self, number: int, message: str) -> str:
        return json.dumps(self.widgets[number].reply(json.loads(message)))

    def open(self, device: BrowserContext, kind: str, user: str = "ana") -> Page:
        page = device.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page said: {error}"))
        page.goto(f"{ADDRESS}?{kind}&{user}")
        page.wait_for_selector(".pf-card")
        return page


NOTEBOOK = """from pophealth.views.forms import RecordForm
from pophealth.workspace.records import Charter
from pophealth.workspace.store import Workspace
RecordForm(Workspace.open(user="ana").team("gull-harbor"), Charter)"""


@pytest.fixture
def book_of(tmp_path: Path) -> Callable[[str], TeamBook]:
    workspace = Workspace.create(tmp_path / "community", community="Riverbend")
    workspace.add_team("gull-harbor", "Gull Harbor")
    for user, name, role in (
        ("ana", "Ana Reyes", "member"),
        ("ben", "Ben Cole", "member"),
        ("cora", "Cora Lind", "coach"),
    ):
        workspace.add_person(user, name, role, ["gull-harbor"])
    return lambda user: Workspace.open(tmp_path / "community", user=user).team("gull-harbor")


@pytest.fixture
def host(browser: Browser, book_of: Callable[[str], TeamBook]) -> Iterator[Host]:
    host = Host(browser, book_of)
    yield host
    for device in browser.contexts:
        device.close()


@pytest.fixture
def device(host: Host) -> BrowserContext:
    return host.device()


@pytest.fixture
def served(
    browser: Browser, tmp_path: Path, book_of: Callable[[str], TeamBook]
) -> Iterator[tuple[BrowserContext, str]]:
    """A notebook with one form in the app's own page, and a device that has opened the printed address."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(NOTEBOOK)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "form.ipynb")
    app = started(tmp_path / "community", folder, preheat=False)
    device = browser.new_context()
    device.request.get(app.address, max_redirects=0)
    yield device, app.url("form")
    device.close()
    ended(app)
    if app.process.stdout:
        app.process.stdout.close()


def field(page: Page, label: str):
    return page.locator(f".pf-field:has(:text-is('{label}')) :is(input, select, textarea)").first


def status(page: Page):
    return page.locator(".pf-foot .pf-status")


def kept(page: Page, revision: int = 0) -> None:
    words = f"version {revision}" if revision else "ept at"
    expect(status(page)).to_contain_text(words)


def copies(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).length")


# keeping


def test_typing_is_kept_a_second_after_the_last_key(host, device, book_of):
    page = host.open(device, "aim")
    expect(status(page)).to_contain_text("Nothing written yet")
    field(page, "What will be better").press_sequentially("blood pressure")
    assert copies(page) == 1
    kept(page, 1)
    assert book_of("ana").get("aim").record.what == "blood pressure"
    assert copies(page) == 0


def test_a_choice_is_kept_at_once_and_a_bad_number_gets_its_sentence(host, device, book_of):
    page = host.open(device, "aim")
    page.get_by_text("More, when you need it").click()
    field(page, "Counted in").select_option("number")
    kept(page, 1)
    field(page, "From").fill("most")
    expect(page.get_by_text("“most” is not a number")).to_be_visible()
    expect(field(page, "From")).to_have_attribute("aria-invalid", "true")
    expect(field(page, "From")).to_have_value("most")
    assert book_of("ana").get("aim").record.unread == {"baseline": "most"}


def test_words_typed_just_before_the_tab_is_closed_are_there_again(host, device, book_of):
    page = host.open(device, "aim")
    field(page, "What will be better").fill("sleep through the night")
    page.close()
    page = host.open(device, "aim")
    expect(field(page, "What will be better")).to_have_value("sleep through the night")
    kept(page)
    assert book_of("ana").get("aim").record.what == "sleep through the night"
    assert copies(page) == 0


def test_a_lost_connection_is_said_and_the_words_arrive_later(host, device, book_of):
    page = host.open(device, "aim")
    page.evaluate("connection('closed')")
    field(page, "What will be better").fill("sleep")
    expect(status(page)).to_contain_text("Not connected. Your words are still on this device.")
    page.wait_for_timeout(1300)
    field(page, "Where").fill("Gull Harbor")
    assert book_of("ana").get("aim") is None
    page.evaluate("connection('open')")
    kept(page, 2)
    record = book_of("ana").get("aim").record
    assert (record.what, record.place) == ("sleep", "Gull Harbor")


def test_without_an_answer_it_says_so_after_four_seconds_and_asks_again(host, device, book_of):
    page = host.open(device, "aim")
    page.evaluate("window.deaf = true")
    field(page, "What will be better").fill("sleep")
    expect(status(page)).to_contain_text("Not connected. Your words are still", timeout=7000)
    page.evaluate("window.deaf = false")
    kept(page, 1)
    assert len(book_of("ana").history("aim")) == 1


def test_words_of_a_page_that_died_offline_come_back_when_nobody_else_wrote(host, device, book_of):
    page = host.open(device, "aim")
    page.evaluate("connection('closed')")
    field(page, "What will be better").fill("sleep")
    page.close()
    page = host.open(device, "aim")
    expect(status(page)).to_contain_text("It is back in its place")
    kept(page, 1)
    assert book_of("ana").get("aim").record.what == "sleep"


@pytest.mark.parametrize(("choice", "stands"), [("Put it back", "sleep"), ("Let it go", "calm")])
def test_words_of_a_page_that_died_are_offered_when_somebody_else_wrote(
    host, device, book_of, choice, stands
):
    page = host.open(device, "aim")
    page.evaluate("connection('closed')")
    field(page, "What will be better").fill("sleep")
    page.close()
    book_of("ben").save(MODELS["aim"].draft({"what": "calm"}), based_on=0)
    page = host.open(device, "aim")
    expect(page.get_by_text("You typed this before the connection was lost")).to_be_visible()
    expect(page.locator(".pf-offer blockquote")).to_have_text("sleep")
    expect(field(page, "What will be better")).to_have_value("calm")
    page.get_by_role("button", name=choice).click()
    expect(field(page, "What will be better")).to_have_value(stands)
    expect(page.locator(".pf-offer")).to_have_count(0)
    page.wait_for_timeout(300)
    assert book_of("ana").get("aim").record.what == stands
    assert copies(page) == 0


def test_another_person_on_the_same_device_is_not_shown_the_words(host, device):
    page = host.open(device, "aim")
    page.evaluate("connection('closed')")
    field(page, "What will be better").fill("a private thought")
    page.close()
    page = host.open(device, "aim", "ben")
    page.wait_for_timeout(500)
    assert "private thought" not in page.locator("main").inner_text()
    expect(field(page, "What will be better")).to_have_value("")


def test_a_browser_without_storage_works_all_the_same(host, device, book_of):
    device.add_init_script("Object.defineProperty(window, 'localStorage', {get() {throw new Error('no')}})")
    page = host.open(device, "aim")
    field(page, "What will be better").fill("sleep")
    kept(page, 1)
    page.evaluate("connection('closed')")
    field(page, "What will be better").fill("more sleep")
    expect(status(page)).to_contain_text("Keep this page open")


def test_trouble_with_the_store_is_said_and_the_text_stays(host, device, monkeypatch):
    sentence = "The disk is full. Your words are not kept yet; free some space, then try again."
    page = host.open(device, "aim")
    save = TeamBook.save

    def full(*_args, **_about):
        raise Problem(sentence)

    monkeypatch.setattr(TeamBook, "save", full)
    field(page, "What will be better").fill("sleep")
    expect(status(page)).to_contain_text("The disk is full")
    expect(field(page, "What will be better")).to_have_value("sleep")
    assert copies(page) == 1
    monkeypatch.setattr(TeamBook, "save", save)
    page.get_by_role("button", name="Try again").click()
    kept(page, 1)
    assert copies(page) == 0


# two people


def test_two_tabs_on_two_fields_are_merged(host, device, book_of):
    ana, ben = host.open(device, "charter"), host.open(host.device(), "charter", "ben")
    field(ana, "Our purpose").fill("Sleep well")
    kept(ana, 1)
    field(ben, "Team lead").fill("Ben")
    kept(ben, 2)
    expect(field(ben, "Our purpose")).to_have_value("Sleep well")
    expect(status(ben)).to_contain_text("Brought in from others: “Our purpose”.")
    field(ana, "Whose health").fill("Every family")
    kept(ana, 3)
    expect(field(ana, "Team lead")).to_have_value("Ben")
    record = book_of("ana").get("charter").record
    assert (record.purpose, record.lead, record.population) == ("Sleep well", "Ben", "Every family")


def test_two_tabs_of_one_person_do_not_take_each_others_words(host, device):
    one = host.open(device, "charter")
    field(one, "Our purpose").press_sequentially("Sleep well, every n")
    two = host.open(device, "charter")
    two.wait_for_timeout(500)
    expect(field(two, "Our purpose")).to_have_value("")
    field(one, "Our purpose").press_sequentially("ight")
    kept(one)
    expect(field(one, "Our purpose")).to_have_value("Sleep well, every night")
    expect(one.locator(".pf-conflict")).to_have_count(0)


def conflict(host: Host, device: BrowserContext) -> tuple[Page, Page]:
    ana, ben = host.open(device, "charter"), host.open(host.device(), "charter", "ben")
    field(ana, "Our purpose").fill("Sleep well")
    kept(ana, 1)
    field(ben, "Our purpose").fill("Good sleep for all")
    field(ben, "Whose health").fill("Every family")
    expect(ben.locator(".pf-conflict")).to_be_visible()
    return ana, ben


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("Keep mine", "Good sleep for all"),
        ("Keep theirs", "Sleep well"),
        ("Put both together", "Good sleep for all\nSleep well"),
    ],
)
def test_two_tabs_on_one_field_show_both_and_lose_nothing(host, device, book_of, choice, stands):
    _, ben = conflict(host, device)
    expect(ben.locator(".pf-conflict blockquote")).to_have_text(["Good sleep for all", "Sleep well"])
    expect(ben.locator(".pf-conflict")).to_contain_text("Ana Reyes")
    expect(status(ben)).to_contain_text("Two people changed “Our purpose”")
    assert book_of("ana").get("charter").record.population == "Every family"
    ben.get_by_role("button", name=choice).click()
    if choice == "Put both together":
        ben.get_by_role("button", name="Keep what is in the field").click()
    kept(ben)
    expect(ben.locator(".pf-conflict")).to_have_count(0)
    expect(field(ben, "Our purpose")).to_have_value(stands)
    record = book_of("ana").get("charter").record
    assert (record.purpose, record.population) == (stands, "Every family")
    refused = [entry.record.purpose for entry in book_of("ana").history("charter") if entry.refused]
    assert refused == ["Good sleep for all"]
    assert copies(ben) == 0


def test_a_conflict_left_open_is_offered_again(host, device):
    _, ben = conflict(host, device)
    context = ben.context
    ben.close()
    again = host.open(context, "charter", "ben")
    expect(again.locator(".pf-offer blockquote")).to_have_text("Good sleep for all")
    expect(field(again, "Our purpose")).to_have_value("Sleep well")


def test_a_change_that_arrives_in_a_field_being_typed_in_is_a_conflict_and_never_lost(host, device, book_of):
    page = host.open(device, "charter")
    field(page, "Team lead").fill("Ana")
    page.evaluate("window.deaf = true")
    page.wait_for_timeout(1300)
    field(page, "Our purpose").fill("Good sleep")
    record = book_of("ben").get("charter").record
    book_of("ben").save(record.model_copy(update={"purpose": "Sleep well"}), based_on=1)
    page.evaluate("window.deaf = false")
    expect(page.locator(".pf-conflict blockquote")).to_have_text(["Good sleep", "Sleep well"], timeout=12000)
    assert book_of("ana").get("charter").record.purpose == "Sleep well"


# history and sharing


def test_history_shows_who_changed_what_and_brings_it_back(host, device, book_of):
    page = host.open(device, "charter")
    field(page, "Our purpose").fill("Sleep well")
    kept(page, 1)
    record = book_of("ben").get("charter").record
    book_of("ben").save(record.model_copy(update={"purpose": "Eat well"}), based_on=1)
    page = host.open(device, "charter")
    page.get_by_role("button", name="history").click()
    history = page.get_by_role("region", name="History")
    expect(history.locator("ol > li")).to_have_count(2)
    expect(history.locator("ol > li").first).to_contain_text("Ben Cole")
    expect(history.locator("ol > li").first).to_contain_text("Our purpose: Sleep well → Eat well")
    history.get_by_role("button", name="bring this back").click()
    kept(page, 3)
    assert book_of("ana").get("charter").record.purpose == "Sleep well"


def test_sharing_is_a_button_that_says_what_it_means(host, device, book_of):
    page = host.open(device, "aim")
    expect(page.get_by_role("button", name="Share with the other teams")).to_be_hidden()
    field(page, "What will be better").fill("sleep")
    kept(page, 1)
    page.get_by_role("button", name="Share with the other teams").click()
    expect(page.get_by_text("Shared with the other teams.")).to_be_visible()
    assert book_of("ana").get("aim").shared
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("button", name="Share with the other teams")).to_be_visible()
    assert not book_of("ana").get("aim").shared


def test_who_may_only_read_sees_words_and_no_inputs(host, device, book_of):
    book_of("ana").save(MODELS["aim"].draft({"what": "sleep"}), based_on=0)
    page = host.open(device, "aim", "cora")
    expect(page.get_by_text("Only the team itself can change it.")).to_be_visible()
    expect(page.locator("dd").first).to_have_text("sleep")
    expect(page.locator("input, select, textarea, button")).to_have_count(0)


# lists


def test_a_list_adds_opens_removes_and_brings_back(host, device, book_of):
    page = host.open(device, "member")
    page.get_by_role("button", name="Add a team member").click()
    page.keyboard.type("Rosa")
    page.keyboard.press("Enter")
    expect(page.locator(".pf-title")).to_contain_text("Rosa")
    field(page, "Side").select_option("resident")
    field(page, "Role").fill("neighbor")
    kept(page)
    expect(page.locator(".pf-title")).to_contain_text("neighbor · lives with what we want to change")
    page.get_by_role("button", name="close Rosa").click()
    expect(field(page, "Role")).to_be_hidden()
    page.get_by_role("button", name="remove Rosa").click()
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.locator(".pf-items > li")).to_have_count(0)
    assert book_of("ana").list("member") == []
    page.get_by_text("Removed (1)").click()
    page.get_by_role("button", name="bring it back").click()
    expect(page.locator(".pf-title")).to_contain_text("neighbor")
    assert [record.name for record in book_of("ana").records("member")] == ["Rosa"]


def test_a_long_list_shows_its_newest_lines_and_all_when_asked(host, device, book_of):
    for number in range(10):
        record = MODELS["driver"].draft({"text": f"Idea {number}"}, f"idea-{number}")
        book_of("ana").save(record, based_on=0)
    page = host.open(device, "driver")
    expect(page.locator(".pf-items > li:visible")).to_have_count(6)
    expect(page.get_by_role("button", name="open Idea 9")).to_be_visible()
    page.get_by_role("button", name="Show all 10").click()
    expect(page.locator(".pf-items > li:visible")).to_have_count(10)
    expect(page.get_by_role("button", name="open Idea 0")).to_be_focused()


def test_a_list_gives_back_what_was_typed_before_the_tab_was_closed(host, device, book_of):
    book_of("ana").save(MODELS["driver"].draft({"text": "Calls"}, "calls"), based_on=0)
    page = host.open(device, "driver")
    page.get_by_role("button", name="open Calls").click()
    page.evaluate("connection('closed')")
    page.get_by_text("More, when you need it").click()
    field(page, "Who looks after it").or_(field(page, "Owner")).first.fill("Ana")
    page.close()
    page = host.open(device, "driver")
    expect(field(page, "Owner")).to_have_value("Ana")
    kept(page, 2)
    page.get_by_role("button", name="Add a driver or idea").click()
    page.keyboard.type("Rides to the clinic")
    page.close()
    page = host.open(device, "driver")
    expect(field(page, "What")).to_have_value("Rides to the clinic")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".pf-title").nth(1)).to_contain_text("Rides to the clinic")
    assert copies(page) == 0


# everyone


def test_a_form_can_be_filled_in_with_the_keyboard_alone(host, device, book_of):
    page = host.open(device, "aim")
    press = page.keyboard.press
    for words in ("sleep", "young parents", "Gull Harbor", "40", "60"):
        press("Tab")
        page.keyboard.type(words)
    press("Tab")
    page.keyboard.type("06302021")
    kept(page)
    page.locator("summary").focus()
    press("Enter")
    press("Tab")
    page.keyboard.type("a n")
    expect(field(page, "Counted in")).to_have_value("number")
    expect(status(page)).to_contain_text("✓ Kept at")
    record = book_of("ana").get("aim").record
    assert (record.what, record.target, str(record.by_when)) == ("sleep", 60, "2021-06-30")


def test_statements_can_be_answered_with_the_keyboard_alone(host, device, book_of):
    page = host.open(device, "rating")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("heron")
    page.keyboard.press("Enter")
    expect(field(page, "Your role")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    kept(page)
    page.wait_for_timeout(400)
    answers = book_of("ana").records("rating")[0].answers
    assert answers == {"stewardship-1": 1, "stewardship-2": None}


def test_every_input_has_a_name_and_its_hint(host, device):
    page = host.open(device, "measure")
    page.get_by_role("button", name="Add a measure").click()
    page.keyboard.type("Control")
    page.keyboard.press("Enter")
    expect(field(page, "Source")).to_be_attached()
    nameless = page.evaluate("""[...document.querySelectorAll("input, select, textarea")]
        .filter((input) => !input.labels.length || !document.getElementById(input.id + "-hint"))
        .map((input) => input.name)""")
    assert nameless == []


@pytest.mark.parametrize("kind", ["aim", "charter"])
def test_a_phone_shows_one_column_with_room_for_a_thumb(host, kind):
    page = host.open(host.device(viewport={"width": 390, "height": 844}, has_touch=True), kind)
    page.locator("summary").first.click()
    field(page, "Who answers for it" if kind == "aim" else "Sponsor").fill("Ana")
    kept(page, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate("""[...document.querySelectorAll("input, select, textarea, button, summary")]
        .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())
        .filter(({ height }) => height < 43.5).length""")
    assert small == 0
    lefts = page.evaluate("""new Set([...document.querySelectorAll(".pf-row > .pf-field")]
        .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().left)).size""")
    assert lefts == 1


PAYLOADS = (
    "<script>document.title = 'taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "'><svg onload=document.title='taken'>",
)


def test_hostile_text_stays_text_in_form_history_list_and_conflict(host, device, book_of):
    for number, payload in enumerate(PAYLOADS):
        book_of("ben").save(
            MODELS["member"].draft({"name": payload, "role": payload}, f"m{number}"), based_on=0
        )
    book_of("ben").save(MODELS["charter"].draft({"purpose": PAYLOADS[0], "lead": PAYLOADS[1]}), based_on=0)
    page = host.open(device, "member")
    for number, payload in enumerate(PAYLOADS):
        expect(page.locator(".pf-title strong").nth(number)).to_have_text(payload)
    charter = host.open(device, "charter")
    charter.get_by_role("button", name="history").click()
    expect(charter.locator(".pf-history ins").first).to_have_text(PAYLOADS[0])
    said = book_of("ben").get("charter").record
    book_of("ben").save(said.model_copy(update={"purpose": PAYLOADS[2]}), based_on=1)
    field(charter, "Our purpose").fill(PAYLOADS[1])
    expect(charter.locator(".pf-conflict blockquote")).to_have_text([PAYLOADS[1], PAYLOADS[2]])
    for one in (page, charter):
        assert one.title() == "A form"
        assert one.locator("main :is(script, img, svg)").count() == 0


# the app's own page, with a kernel


CUT = """() => {
    window.Real = window.WebSocket;
    window.kernel = window.pophealth.connection.socket.url;
    window.lead = (where) => {
        window.WebSocket = class extends Real { constructor(_, ...rest) { super(where, ...rest); } };
    };
    lead("ws://127.0.0.1:9/");
    window.pophealth.connection.socket.close();
}"""


def test_in_the_app_a_cut_socket_and_a_closed_tab_lose_nothing(served, book_of):
    device, address = served
    page = device.new_page()
    page.goto(address)
    expect(field(page, "Our purpose")).to_be_visible(timeout=60_000)
    field(page, "Our purpose").fill("Sleep well")
    kept(page, 1)
    page.evaluate(CUT)
    field(page, "Team lead").fill("Ana")
    expect(status(page)).to_contain_text("Not connected. Your words are still on this device.")
    page.wait_for_timeout(1500)
    assert book_of("ana").get("charter").record.lead == ""
    page.evaluate("lead(window.kernel)")
    kept(page, 2)
    assert book_of("ana").get("charter").record.lead == "Ana"
    field(page, "Whose health").fill("Every family")
    page.close()
    page = device.new_page()
    page.goto(address)
    expect(field(page, "Whose health")).to_have_value("Every family", timeout=60_000)
    kept(page, 3)
    record = book_of("ana").get("charter").record
    assert (record.purpose, record.lead, record.population) == ("Sleep well", "Ana", "Every family")
