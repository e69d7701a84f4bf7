"""Step 8: what it says is what the tests on record say; the next cycle, other viewers, exercises."""

import re
from datetime import date

import pandas as pd
import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

TODAY = date(2021, 6, 30)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def harbor(cohort):
    return lessons.run("08_test", team="gull-harbor", workspace=cohort)


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def on_record(cohort, team):
    return Workspace.open(cohort, user="robin").team(team).records("test")


def test_the_page_counts_the_tests_that_are_on_record(cohort, harbor):
    tests = [test for test in on_record(cohort, "gull-harbor") if test.start <= TODAY and test.predicted]
    said = harbor["book.show_ramps"].text
    ideas = {test.driver for test in tests}
    assert len(tests) == 8
    assert len(ideas) == 5
    assert "Eight tests on five ideas" in harbor["book.show_ramps"].value.html
    kept = sum(test.decision == "adopt" for test in on_record(cohort, "gull-harbor"))
    assert kept == 4
    assert "Looking back, you chose to keep four and to change four." in said
    for test in on_record(cohort, "gull-harbor"):
        assert test.name in said


def test_aim_group_and_ideas_are_carried_over_and_not_typed_again(cohort, harbor):
    book = Workspace.open(cohort, user="robin").team("gull-harbor")
    told = harbor["book.decided"].text
    assert book.records("aim")[0].sentence in told
    assert book.records("focus")[0].group in told
    ideas = [one.text for one in book.records("driver") if one.level == "idea"]
    assert all(idea in told for idea in ideas)


def test_what_was_learned_this_month_is_there_and_nothing_older(cohort, harbor):
    told = harbor["book.show_learned"].text
    for test in on_record(cohort, "gull-harbor"):
        recent = test.end is not None and (TODAY - test.end).days <= 31
        assert (bool(test.learned) and test.learned in told) is recent, test.key
    quiet = lessons.run("08_test", team="alder-valley", workspace=cohort)["book.show_learned"].text
    assert quiet.startswith("Nothing was looked back on in the last month. The last was “Registration clerk")


def test_overdue_tests_are_said_with_their_day(cohort):
    said = lessons.run("08_test", team="lowland", workspace=cohort)["book.show_waiting"].text
    assert said == (
        "○ open: Nurse with a cooler at the pantry. "
        "Look back on it: the day for that was June 14, 2021, 16 days ago."
    )


def test_a_test_without_a_prediction_is_told_apart(cohort):
    two_forks = lessons.run("08_test", team="two-forks", workspace=cohort)
    assert "One test had no prediction and does not count as begun" in two_forks["book.show_ramps"].text
    assert "no prediction nobody can tell" in two_forks["book.show_predictions"].text
    assert "Four tests on two ideas" in two_forks["book.show_ramps"].value.html


def test_no_page_ranks_ideas_or_teams(cohort):
    for team in ("gull-harbor", "northlake"):
        said = lessons.run("08_test", team=team, workspace=cohort)["book.show_audit"].text.lower()
        assert not re.search(r"\b(score|rank|best|worst|of five)\b|\d/\d", said)


@pytest.mark.parametrize("team", ["gull-harbor", "northlake", "new-start"])
def test_what_is_computed_is_easy_to_read(cohort, team):
    lesson = lessons.run("08_test", team=team, workspace=cohort)
    pieces = ("book.show_ramps", "book.show_predictions", "book.show_audit", "book.show_next")
    own = [re.findall(r'<p class="say">(.*?)</p>', lesson[name].value.html, flags=re.S) for name in pieces]
    text = " ".join(lessons.words(said) for piece in own for said in piece)
    assert text
    assert grade(text) <= 8


def test_a_test_begins_with_one_person_and_the_idea_it_is_called_after(cohort):
    form = open_workbook("test", team="gull-harbor", workspace=str(cohort)).form("test")
    name = "a short call script written with luz"
    added = form.reply({"type": "add", "name": name, "owner": "a", "sequence": 1})["added"]
    begun = form.desk.book.get("test", added).record
    assert (begun.scale, begun.driver, begun.name) == ("1", "call-script", name)
    form.reply({"type": "remove", "key": added, "based_on": 1, "owner": "a", "sequence": 2})


def test_the_next_cycle_is_made_from_this_one_and_drawn_at_once(tmp_path):
    book = teams.cohort(tmp_path).team("new-start")
    teams.write(book, "driver", "call", text="A call", level="idea")
    plan = {"name": "One call", "driver": "call", "question": "Does she come?", "prediction": "Yes."}
    study = {"decision": "adopt", "learned": "It works.", "held": "as predicted"}
    teams.write(book, "test", "one-call", **plan, **study, start="2021-06-01", end="2021-06-02", scale="1")
    form = open_workbook("test", team="new-start", workspace=str(tmp_path)).form("test")
    assert form.spec["follow"] == "next cycle"
    answer = form.reply({"type": "follow", "key": "one-call", "owner": "a", "sequence": 1})
    assert answer["added"] == "one-call-cycle-2"
    again = book.get("test", "one-call-cycle-2").record
    assert (again.scale, again.after, again.question, again.prediction) == (
        "3",
        "one-call",
        "Does she come?",
        "",
    )
    assert again.start is None
    assert set(form.echo) == {"ramps", "waiting", "predictions", "learned", "next", "audit"}
    assert "One call, cycle 2. Planned. It has no day yet." in lessons.words(form.echo["waiting"])
    gone = form.reply({"type": "follow", "key": "no-such-test", "owner": "a", "sequence": 2})
    assert gone["type"] == "problem"


def test_only_lists_with_a_next_one_offer_it(cohort):
    book = open_workbook("focus", team="new-start", workspace=str(cohort))
    form = book.form("focus")
    assert form.spec["follow"] == ""
    assert form.reply({"type": "follow", "key": "x", "owner": "a", "sequence": 1})["type"] == "problem"


def test_another_team_and_faculty_see_only_what_is_shared(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    lesson = lessons.run("08_test", team="prairie-rose", workspace=cohort)
    shown = lesson.names["tests"]["key"].tolist()
    steward = Workspace.open(cohort, user="robin").team("prairie-rose")
    shared = {entry.key for entry in steward.list("test") if entry.shared}
    assert set(shown) == shared
    assert "shared-desk" not in shown


@pytest.mark.parametrize("name", ["test-again", "test-days"])
@pytest.mark.parametrize("team", ["gull-harbor", "painted-ridge"])
def test_exercises_answer_kindly(cohort, name, team):
    book = open_workbook("test", team=team, workspace=str(cohort))
    for answer in (None, "", "many", [1], float("nan"), pd.NA, pd.DataFrame(), 1e300):
        assert book.check(name, answer).plain
        assert "✓ Yes" not in book.check(name, answer).plain


def test_exercises_know_what_is_right(cohort, harbor):
    tests = harbor.names["tests"]
    book = open_workbook("test", team="gull-harbor", workspace=str(cohort))
    assert "✓ Yes" in book.check("test-again", int(tests["cycle"].eq(2).sum())).plain
    assert "✓ Yes" in book.check("test-days", (tests["end"] - tests["start"]).dt.days.median()).plain


def test_the_report_has_every_decision_and_no_form(cohort, monkeypatch, harbor):
    monkeypatch.setenv("POPHEALTH_SURFACE", "report")
    told = lessons.run("08_test", team="gull-harbor", workspace=cohort)['book.record("test")'].text
    for test in on_record(cohort, "gull-harbor"):
        assert test.prediction in told
        assert test.learned in told
    assert "Lend cuffs like library books" in told
    assert "cuff-library" not in told
