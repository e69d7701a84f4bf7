"""Step 2: what its pieces say is what was answered; two rounds; other statements; who sees what."""

import json
import re
from typing import Any

import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace import instrument
from pophealth.workspace.instrument import example
from pophealth.workspace.records import MODELS, Rating, Reading
from pophealth.workspace.samples import folder as samples
from pophealth.workspace.steps import BY_SLUG
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

EVERYTHING = [statement.name for statement in example().statements]
PRIVATE = ("heron", "ledger", "gannet")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def harbor(cohort):
    return lessons.run("02_standing", team="gull-harbor", workspace=cohort)


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def book_of(cohort, slug="new-start", step="standing") -> Any:
    return open_workbook(step, team=slug, workspace=str(cohort))


def rated(cohort, *levels, slug="new-start", month="2021-05"):
    book = Workspace.open(cohort, user="robin").team(slug)
    for number, level in enumerate(levels):
        values = {"rater": f"code {number}", "role": f"role {number}", "round": month}
        values |= {"comment": f"Why {number}?", "answers": dict.fromkeys(EVERYTHING, level)}
        book.save(Rating.draft(values, f"{month}-{number}"), based_on=0)


def second_round():
    found = json.loads((samples() / "standing.json").read_text(encoding="utf-8"))["gull-harbor"]
    return [one["body"] for one in found if one["kind"] == "rating"]


def test_a_second_round_is_told_as_it_was_written(harbor):
    first = json.loads((samples() / "04-gull-harbor.json").read_text(encoding="utf-8"))["entries"]
    before = {one["key"] for one in first if one["kind"] == "rating"}
    now = second_round()
    both = len(before & {one["rater"] for one in now})
    said = harbor["book.show_moved"].text
    assert f"Six answers in September 2020, {'six' if len(now) == 6 else ''} in May 2021." in said
    assert f"{ {4: 'Four'}[both] } people took part both times." in said
    assert (
        'alt="People who live it rose and Money that fits fell since' in harbor["book.show_moved"].value.html
    )
    assert harbor.names["scores"]["round"].nunique() == 2
    assert f"{len(now)} people answered." in harbor["book.show_standing"].text


def test_no_code_of_a_person_stands_on_the_page_or_in_step_ten(harbor, cohort):
    ten = lessons.run("10_sustain", team="gull-harbor", workspace=cohort)
    assert "took part both times" in ten["book.show_moved"].text
    for lesson in (harbor, ten):
        assert not [code for code in PRIVATE if re.search(rf"\b{code}\b", lesson.text)]


def test_comments_stand_apart_and_never_in_a_report(harbor):
    comments = [one["comment"] for one in second_round() if "comment" in one]
    assert all(words in harbor["book.show_comments"].text for words in comments)
    assert "intro" in harbor["book.show_comments"].tags
    assert not any(
        words in cell.text for words in comments for cell in harbor.cells if "intro" not in cell.tags
    )


def test_agreed_readings_name_their_section(harbor):
    said = harbor["book.show_readings"].text
    assert (
        said.index("Fairness")
        < said.index("After that it changes nothing.")
        < said.index("People who live it")
    )


def test_an_empty_team_is_told_what_will_stand_there(cohort):
    lesson = lessons.run("02_standing", team="new-start", workspace=cohort)
    for line in ("standing", "differences", "balance", "next_steps", "readings", "moved"):
        assert "will" in lesson[f"book.show_{line}"].text, line
    assert "nothing to check yet" in book_of(cohort).check("standing-twice", 1).plain


def test_one_person_and_nine_look_right(cohort):
    rated(cohort, 1, month="2021-05")
    book = book_of(cohort)
    one = book.show_standing(book.section_scores()).plain
    assert "One answer so far: ask at least two more people" in one
    assert "1 person answered." in one
    assert "It takes two people" in book.show_differences(book.statement_levels()).plain
    assert "It takes three people" in book.show_comments().plain
    rated(cohort, *range(4), *range(4), 2, month="2021-06")
    book = book_of(cohort)
    newest = book.section_scores()[lambda rows: rows["round"].eq(rows["round"].max())]
    nine = book.show_standing(newest).plain
    assert "9 people answered." in nine
    assert "You see 8 of 8 sections differently" in nine
    assert "role 0, role 1" in nine
    assert "Why 8?" in book.show_comments().plain


def test_a_form_begins_in_the_round_that_is_open_and_draws_the_page_again(cohort):
    form = book_of(cohort, "painted-ridge").form("rating")
    answer = form.reply({"type": "add", "owner": "a", "sequence": 1, "name": "fern"})
    assert [item["title"] for item in answer["items"]] == ["fern"]
    opened = form.reply({"type": "open", "owner": "a", "sequence": 2, "key": answer["added"]})
    assert opened["values"]["round"] == "2021-06"
    assert {"answers", "differences", "steps", "balance", "moved"} <= set(form.echo)
    ten = book_of(cohort, "painted-ridge", "sustain").form("rating")
    ten.reply({"type": "add", "owner": "a", "sequence": 1, "name": "moss"})
    assert set(ten.echo) == {"moved"}


def test_other_teams_and_faculty_see_nothing_of_it(cohort):
    book = Workspace.open(cohort, user="imani").team("gull-harbor")
    assert book.list("rating") == []
    faculty = book_of(cohort, "gull-harbor")
    faculty.team = book
    assert faculty.section_scores().empty
    assert "Only the team and its coach" in faculty.show_standing(faculty.section_scores()).plain
    assert "Only the team and its coach" in faculty.show_moved(faculty.section_scores()).plain
    assert MODELS["rating"].private


def test_statements_from_a_file_are_asked_and_never_mixed(cohort, tmp_path):
    home = tmp_path / "home"
    Workspace.open(cohort, user="robin").snapshot_to(home)
    content = json.loads(instrument.example_file().read_text(encoding="utf-8")) | {
        "name": "other",
        "title": "Theirs",
    }
    content["sections"][0] |= {"title": "Steering", "slug": "steering"}
    (tmp_path / "theirs.json").write_text(json.dumps(content))
    instrument.put(tmp_path / "theirs.json", home)
    book = book_of(home, "gull-harbor")
    assert "Theirs" in book.show_statements().plain
    assert "12 answers are to other statements" in book.show_statements().plain
    assert book.section_scores().empty
    assert "will stand here" in book.show_standing(book.section_scores()).plain
    form = book.form("rating")
    (grid,) = [field for field in form.spec["fields"] if field["input"] == "grid"]
    assert grid["sections"][0]["title"] == "Steering"
    assert grid["sections"][0]["statements"][0][0] == "other-1/stewardship-1"
    offered = book.form("reading").reply({"type": "add", "owner": "a", "sequence": 1, "name": "x"})
    state = book.form("reading").reply({"type": "open", "owner": "a", "sequence": 2, "key": offered["added"]})
    assert ["steering", "Steering"] in state["offered"]["section"]


def test_what_the_page_says_is_easy_to_read(harbor):
    moved = re.findall(r"What the chart says\.(.*?)Statement", harbor["book.show_moved"].text)
    said = [harbor[f"book.show_{line}"].text for line in ("balance", "next_steps")]
    assert grade(" ".join([*said, *moved])) <= 8


def test_the_core_is_few_fields_and_the_step_is_done_with_three_ratings():
    asked = [field.name for field in Rating.fields() if field.core]
    assert asked == ["rater", "role", "answers"]
    assert [need.kind for need in BY_SLUG["standing"].needs] == ["rating"]
    assert not Reading().complete
