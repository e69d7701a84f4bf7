"""Every step opens with what earlier steps decided: word for word, and in the app with a link."""

import re

import nbformat
import pytest

from pophealth.delivery.content import content
from pophealth.delivery.page import href
from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace.steps import STEPS
from tests.delivery import lessons, teams

LATER = [step for step in STEPS if step.number > 1]


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    workspace = teams.cohort(folder)
    workspace.add_team("empty-yet", "Empty Yet")
    book = workspace.team("new-start")
    teams.write(book, "charter", purpose="No one eats <i>alone</i>", population="Quarry Lane", lead="Bo")
    teams.write(book, "agreed", well="We listen", not_yet="We never call back", next="Ring back by noon")
    teams.write(
        book, "priority", "meals", name="Meals", owner="Kitchen", decision="join", reason="It is there"
    )
    teams.write(book, "stakeholder", "up", name="Upstairs", affected=True, matters="A face at the door")
    teams.write(book, "stakeholder", "far", name="Ward council", affected=False, matters="A plan")
    teams.write(book, "focus", "alone", group="Those above the quarry", reason="The van turns below")
    teams.write(book, "aim", what="a warm meal", population="neighbors", place="Quarry Lane")
    teams.write(book, "driver", "stairs", text="Climb the stairs", level="idea")
    teams.write(book, "test", "flask", name="One flask", driver="stairs", start="2021-05-03")
    teams.write(book, "measure", "warm", name="Warm meals")
    yield folder
    theme.inline_style(True)


AIM = "a warm meal among neighbors in Quarry Lane"
EXPECTED = {
    "standing": [(1, "No one eats <i>alone</i>"), (1, "Quarry Lane")],
    "align": [(1, "No one eats <i>alone</i>"), (2, "Ring back by noon")],
    "matters": [
        (1, "No one eats <i>alone</i>"),
        (2, "We never call back"),
        (3, "To join with: Meals Kitchen"),
    ],
    "focus": [(1, "No one eats <i>alone</i>"), (2, "We never call back"), (4, "A face at the door")],
    "aim": [(1, "No one eats <i>alone</i>"), (5, "Group: Those above the quarry The van turns below")],
    "drivers": [(3, "Promise: Meals Kitchen. It is there"), (5, "The van turns below"), (6, AIM)],
    "test": [(5, "The van turns below"), (6, AIM)],
    "measure": [(5, "The van turns below"), (6, AIM), (8, "One flask")],
    "sustain": [(5, "The van turns below"), (6, AIM), (9, "Warm meals")],
}


def head(cohort, step, *, team="new-start", surface="report"):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POPHEALTH_SURFACE", surface)
        return open_workbook(step.slug, team=team, workspace=str(cohort)).decided().html


@pytest.mark.parametrize("step", LATER, ids=lambda step: step.slug)
def test_it_says_what_was_decided_and_in_which_step(cohort, step):
    markup = head(cohort, step)
    rows = [lessons.words(row) for row in re.findall(r"<tr>.*?</tr>", markup)]
    for number, words in EXPECTED[step.slug]:
        assert any(words in row and row.endswith(f"Step {number}") for row in rows), words
    assert "<i>alone" not in markup
    assert "Ward council" not in lessons.words(markup)
    assert "<a " not in markup


@pytest.mark.parametrize("step", LATER, ids=lambda step: step.slug)
def test_in_the_app_each_line_links_to_its_step_and_keeps_the_team(cohort, step):
    found = set(re.findall(r'<a href="([^"]+)">(Step \d+)</a>', head(cohort, step, surface="app")))
    earlier = {STEPS[number - 1] for number, _ in EXPECTED[step.slug]}
    assert found == {(href(one.notebook, "new-start"), f"Step {one.number}") for one in earlier}


@pytest.mark.parametrize("step", LATER, ids=lambda step: step.slug)
def test_before_anything_is_decided_it_says_what_will_stand_there(cohort, step):
    markup = head(cohort, step, team="empty-yet")
    assert 'class="empty"' in markup
    assert "will stand here" in markup


@pytest.mark.parametrize("step", LATER, ids=lambda step: step.slug)
def test_it_stands_before_everything_that_is_asked(step):
    cells = nbformat.read(content("notebooks") / f"{step.notebook}.ipynb", as_version=4).cells
    lines = [cell.source for cell in cells if cell.cell_type == "code"]
    forms = [place for place, line in enumerate(lines) if line.startswith("book.form(")]
    assert lines.index("book.decided()") < forms[0]
    assert not set(next(cell for cell in cells if cell.source == "book.decided()").metadata.get("tags", ()))
