"""A new team walks the ten steps, types the core of each and no more, and finds all of it in its report."""

import re
import shlex
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from pophealth.delivery.cli import app as pophealth
from pophealth.workspace.steps import BY_SLUG, STEPS
from tests.browser.conftest import App, Watch, ended, opened_on, started, visitor
from tests.browser.typist import Answers, Typist, answers, field
from tests.delivery import lessons

pytestmark = pytest.mark.browser

README = Path(__file__).parents[2] / "README.md"
TODAY = date.today()
IN_A_YEAR = TODAY + timedelta(days=365)
PURPOSE = "Nobody on Quarry Lane goes without a warm meal."
CHARTER = {"Our purpose": PURPOSE, "Whose health": "People over 70 on Quarry Lane", "Team lead": "Imani"}
PEOPLE = {
    "Imani": {"Role": "nurse", "Side": "institution"},
    "Bo": {"Role": "runs the food shelf", "Side": "connector"},
    "Mrs. Okoro": {"Role": "neighbor", "Side": "resident"},
}
RATERS = {"heron": ("nurse", 2), "maple": ("food shelf", 1), "slate": ("neighbor", 0)}
PROMISE = "Meals on Fridays"
PROMISED = {
    "Owner": "The kitchen",
    "Portfolio": "social",
    "Who it is for": "People over 70",
    "What we do with it": "join",
    "Why": "It already knocks on forty doors.",
}
PARTNERS = {
    "Neighbors over 70": {
        "Sector": "residents",
        "Affected by what we want to change": True,
        "Influence": "2",
        "Interest": "5",
        "What matters to them": "A meal that is still warm, and a face with it.",
    },
    "Food shelf": {
        "Sector": "voluntary",
        "Affected by what we want to change": True,
        "Influence": "4",
        "Interest": "5",
        "What matters to them": "That nothing is thrown away on Monday.",
    },
    "Ward council": {
        "Sector": "council",
        "Influence": "5",
        "Interest": "2",
        "What matters to them": "A plan that lasts longer than one winter.",
    },
}
FELT = [str(about["What matters to them"]) for about in PARTNERS.values() if len(about) == 5]
GROUP = "Those who live alone above the quarry"
FOCUS = {"Why they come first": "The van turns round below their stairs."}
AIM = {
    "What will be better": "a warm meal each day",
    "For whom": "people over 70 who live alone",
    "Where": "Quarry Lane",
    "From": "52",
    "To": "75",
    "By when": f"{IN_A_YEAR}",
}
SENTENCE = (
    f"By {IN_A_YEAR:%B} {IN_A_YEAR.day}, {IN_A_YEAR.year}, a warm meal each day among people over 70 "
    "who live alone in Quarry Lane will go from 52% to 75%."
)
DRIVERS = ("Food stays warm to the door", "Somebody climbs the stairs", "People may ask without shame")
TEST = "One flask, one flight of stairs"
CYCLE = {
    "Idea it tests": DRIVERS[1],
    "Starts on": "2025-02-03",
    "Our question": "Will a flask reach the fourth floor warm?",
    "Our prediction": "It is warm on four days of five.",
}
MEASURE = "Warm meals"
COUNTED = {
    "Who or what is counted (numerator)": "People who had a warm meal that day.",
    "Out of whom or what (denominator)": "People asked at the door.",
    "Which way is better": "higher",
    "Family": "outcome",
}
COUNTS = "measure,period,numerator,denominator,stratifier,stratum,note\n" + "".join(
    f"warm-meals,{year}-{month:02},{48 + (7 * month + year) % 9},100,,,\n"
    for year, month in [(2024, month) for month in range(1, 13)] + [(2025, month) for month in range(1, 5)]
)
STORY = {
    "In one line": "A flask climbs stairs that a van cannot.",
    "What we learned": "The stairs were the wall, not the money.",
    "What comes next": "Three flasks and two more climbers.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace with one new team, made as README tells."""
    folder = tmp_path_factory.mktemp("new") / "ours"
    for command in told("init", "team add"):
        ran(command, folder)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[App]:
    """The app on the notebooks that lie beside the new workspace."""
    app = started(folder, folder / "notebooks", preheat=False)
    yield app
    ended(app)


@pytest.fixture
def clinic(browser: Browser, server: App, folder: Path) -> Iterator[Typist]:
    """Somebody of the new team."""
    with visitor(browser, server, Watch(server.root)) as context:
        page = context.new_page()
        opened = lambda notebook, team: opened_on(page, server, notebook, team)  # noqa: E731
        yield Typist(opened, folder, user="owner", team="clinic")


def told(*beginnings: str) -> list[str]:
    """The commands that README tells a new team to give, those that begin so."""
    commands = re.findall(r"`\.venv/bin/pophealth ([^`]+)`", README.read_text(encoding="utf-8"))
    return [next(one for one in commands if one.startswith(f"{beginning} ")) for beginning in beginnings]


def ran(command: str, folder: Path) -> str:
    """Give a command as README writes it, in the folder it is meant for."""
    places = {"ours": str(folder), "counts.csv": str(folder / "counts.csv")}
    given = [places.get(word, word) for word in shlex.split(command)]
    done = CliRunner().invoke(pophealth, given)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_new_team_walks_all_ten_steps_with_the_core_alone(clinic: Typist, tmp_path: Path) -> None:
    gather(clinic)
    see_where_we_stand(clinic)
    align(clinic)
    learn_what_matters(clinic)
    choose_whom(clinic)
    set_the_aim(clinic)
    map_drivers(clinic)
    try_a_change(clinic)
    measure(clinic)
    tell_the_story(clinic)
    look_at_start(clinic)
    read_the_report(clinic, tmp_path)


def opens(clinic: Typist, slug: str, *decided: tuple[str, str]) -> None:
    """Open a step, and find at its head what was decided before, each with a link to its step."""
    clinic.opens(BY_SLUG[slug].notebook or "")
    head = clinic.page.locator(".decided")
    for earlier, words in decided:
        step = BY_SLUG[earlier]
        row = head.locator("tr", has_text=words).first
        link = row.get_by_role("link", name=f"Step {step.number}", exact=True)
        expect(link).to_have_attribute("href", f"/voila/render/{step.notebook}.ipynb?team=clinic")


def done(clinic: Typist, slug: str) -> None:
    """The step is done, and no step before it has come undone."""
    status = clinic.workspace.status_of("clinic")["steps"]
    assert [status[step.slug] for step in STEPS[: BY_SLUG[slug].number]] == ["done"] * BY_SLUG[slug].number


def gather(clinic: Typist) -> None:
    opens(clinic, "gather")
    answers(clinic.card("team charter"), CHARTER)
    expect(clinic.live("purpose")).to_contain_text(PURPOSE)
    for name, about in PEOPLE.items():
        answers(clinic.adds("team members", name), about)
    done(clinic, "gather")


def see_where_we_stand(clinic: Typist) -> None:
    opens(clinic, "standing", ("gather", PURPOSE))
    for code, (role, level) in RATERS.items():
        form = clinic.adds("ratings", code)
        for number, part in enumerate(form.locator(".pf-part").all()):
            if number:
                form.get_by_role("button", name="Next part").click()
            for statement in part.locator(".pf-statement").all():
                statement.get_by_role("radio").nth(level).check()
        answers(form, {"Your role": role})
    done(clinic, "standing")


def align(clinic: Typist) -> None:
    opens(clinic, "align", ("gather", PURPOSE))
    answers(clinic.adds("promises and duties", PROMISE), PROMISED)
    expect(clinic.live("decisions")).to_contain_text(PROMISED["Why"])
    done(clinic, "align")


def learn_what_matters(clinic: Typist) -> None:
    opens(clinic, "matters", ("gather", PURPOSE), ("align", PROMISE))
    for name, about in PARTNERS.items():
        answers(clinic.adds("partners and groups", name), about)
    expect(clinic.live("map").get_by_role("img")).to_have_count(1)
    done(clinic, "matters")


def choose_whom(clinic: Typist) -> None:
    opens(clinic, "focus", ("gather", PURPOSE), ("matters", "A meal that is still warm"))
    answers(clinic.adds("groups to focus on", GROUP), FOCUS)
    expect(clinic.live("choice")).to_contain_text(FOCUS["Why they come first"])
    done(clinic, "focus")


def set_the_aim(clinic: Typist) -> None:
    opens(clinic, "aim", ("gather", PURPOSE), ("focus", GROUP))
    found = clinic.card("what we choose from")
    for step in ("step 2", "step 3", "step 4", "step 5"):
        expect(found).to_contain_text(f"({step})")
    for words in (PROMISE, *FELT, GROUP):
        expect(found.locator(".pf-statement", has_text=words)).to_have_count(1)
    answers(clinic.card("our aim"), AIM)
    expect(clinic.live("aim")).to_contain_text(SENTENCE)
    done(clinic, "aim")


def map_drivers(clinic: Typist) -> None:
    opens(clinic, "drivers", ("aim", SENTENCE), ("focus", GROUP), ("align", PROMISE))
    for text in DRIVERS:
        answers(clinic.adds("drivers and ideas", text), {"Level": "primary"})
    diagram = clinic.live("diagram").get_by_role("img")
    expect(diagram).to_have_attribute("alt", re.compile(f"{DRIVERS[0]} moves the aim"))
    done(clinic, "drivers")


def try_a_change(clinic: Typist) -> None:
    opens(clinic, "test", ("aim", SENTENCE), ("focus", GROUP))
    form = clinic.adds("tests of change", TEST)
    offered = field(form, "Idea it tests").locator("option").all_inner_texts()
    assert set(offered) > set(DRIVERS)
    answers(form, CYCLE)
    expect(clinic.live("ramps").get_by_role("img")).to_have_attribute("alt", re.compile("^One test"))
    done(clinic, "test")


def measure(clinic: Typist) -> None:
    opens(clinic, "measure", ("aim", SENTENCE), ("focus", GROUP), ("test", TEST))
    answers(clinic.adds("measures", MEASURE), COUNTED)
    (clinic.folder / "counts.csv").write_text(COUNTS, encoding="utf-8")
    for command in told("check", "import"):
        ran(command, clinic.folder)
    clinic.reloads()
    chart = clinic.page.get_by_role("img", name=re.compile(f"^Line chart of {MEASURE}"))
    expect(chart.first).to_be_visible()
    expect(clinic.page.locator("main")).to_contain_text(TEST)
    done(clinic, "measure")


def tell_the_story(clinic: Typist) -> None:
    opens(clinic, "sustain", ("aim", SENTENCE), ("focus", GROUP), ("measure", MEASURE))
    answers(clinic.card("our story so far"), STORY)
    expect(clinic.live("headline")).to_contain_text(STORY["In one line"])
    expect(clinic.page.locator(".board figure img").first).to_be_visible()
    done(clinic, "sustain")


def look_at_start(clinic: Typist) -> None:
    """Every step of the path is done, in words that can be read aloud."""
    page = clinic.opens("START")
    path = page.locator(".parts li")
    expect(path).to_have_count(len(STEPS))
    expect(path.locator("small")).to_have_text(["✓ done"] * len(STEPS))


def read_the_report(clinic: Typist, folder: Path) -> None:
    ran(f"report clinic --workspace ours -o {folder}", clinic.folder)
    report = lessons.words((folder / "clinic.html").read_text(encoding="utf-8"))
    assert [words for words in typed() if words not in report] == []


def typed() -> list[str]:
    """Everything the team wrote in its own words, and its aim in one sentence."""
    partners = [words for about in PARTNERS.values() for words in written(about)]
    members = [words for about in PEOPLE.values() for words in written(about)]
    named = [*PEOPLE, PROMISE, *PARTNERS, GROUP, *DRIVERS, TEST, MEASURE]
    forms = (CHARTER, PROMISED, FOCUS, CYCLE, COUNTED, STORY)
    return [*named, SENTENCE, *members, *partners, *(words for form in forms for words in written(form))]


def written(form: Answers) -> list[str]:
    """The answers that are somebody's own words: they begin like a sentence or hold more than one word."""
    return [str(words) for words in form.values() if " " in str(words)]
