"""Step 3: what the page says of promises is what was written, and the lesson gives what the form draws."""

import re
from datetime import date

import pandas as pd
import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace import promises as written
from pophealth.workspace.records import MODELS, Anchor, Priority
from pophealth.workspace.steps import status
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

SHOWN = ("map", "overlap", "resources", "days", "decisions", "neighbors")
RICH = ("gull-harbor", "prairie-rose", "lowland", "two-forks", "new-start")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def walked(cohort):
    return {team: lessons.run("03_align", team=team, workspace=cohort, as_of="2021-06-30") for team in RICH}


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def rows(book, kind="priority"):
    return book.team.records(kind)


@pytest.mark.parametrize("team", RICH)
def test_the_lesson_gives_what_is_drawn_again_after_a_save(walked, team):
    lesson = walked[team]
    book = lesson.names["book"]
    again = book.echoes("priority")() | book.echoes("anchor")()
    for name in SHOWN:
        assert lesson[f"book.show_{name}"].text == lessons.words(again[name].html), name
    assert lesson["book.show_people"].text == lessons.words(again["people"].html)
    found = written.overlapping(book.promises())
    assert lesson.names["overlap"]["name"].tolist() == found["name"].tolist()


def test_every_piece_can_be_kept_for_the_next_visitor(cohort, tmp_path, monkeypatch):
    monkeypatch.setenv("POPHEALTH_KEPT", str(tmp_path))
    first, second = (lessons.run("03_align", team="lowland", workspace=cohort).text for _ in range(2))
    assert first == second
    assert len(list(tmp_path.iterdir())) == 7


def test_portfolios_in_words_are_those_of_the_records(walked):
    lesson = walked["gull-harbor"]
    promises = rows(lesson.names["book"])
    said = lesson["book.show_map"].text
    counted = {word: sum(one.decision == word for one in promises) for word in ("keep", "join", "stop")}
    assert counted == {"keep": 1, "join": 4, "stop": 1}
    assert "Six promises are written down: keep one, join four and stop one." in said
    assert {one.portfolio for one in promises} == {"health", "social", "community"}
    assert "Nothing is promised yet in “Communities of solutions”." in said
    alt = re.search(r'alt="([^"]+)"', lesson["book.show_map"].value.html)[1]
    assert alt.startswith("Three of six promises are in Physical and mental health; one portfolio is empty.")


def test_overlap_needs_the_same_people_whatever_their_capitals_and_leaves_out_what_stops(walked):
    said = walked["lowland"]["book.show_overlap"].text
    assert "Three promises for the same people (Children who turn two in the county)" in said
    assert "Mobile clinic van" not in said
    assert "“Match of lists with the food program”" in said


def test_promised_and_not_resourced_is_said_by_name(walked):
    lesson = walked["gull-harbor"]
    said = lesson["book.show_resources"].text
    going = [one for one in rows(lesson.names["book"]) if one.decision != "stop"]
    assert [one.name for one in going if one.money == "none"] == ["Rides from the docks"]
    assert "Promised, with no owner: “Rides from the docks”." in said
    assert "Promised, with no money: “Rides from the docks”." in said
    assert "magnet" not in said


def test_days_are_counted_from_the_day_you_look(walked, cohort):
    said = walked["lowland"]["book.show_days"].text
    assert "“Match of lists with the food program” was due on June 21, 2021. Was it kept?" in said
    left = (date(2021, 7, 15) - date(2021, 6, 30)).days
    assert f"“State immunization goal” is due on July 15, 2021, in {left} days." in said
    earlier = lessons.run("03_align", team="lowland", workspace=cohort, as_of="2021-06-21")
    assert "“Match of lists with the food program” is due today." in earlier["book.show_days"].text


def test_one_promise_is_enough_and_the_page_says_so_kindly(walked):
    one = {"name": "Plan", "owner": "Ana", "portfolio": "health", "population": "Elders"}
    whole = Priority(**one, decision="join", reason="It pays for both.")
    assert status({"priority": [whole]})["align"] == "done"
    said = walked["two-forks"]["book.show_map"].text
    assert "One promise is a good start. The goal is one list of all promises" in said


@pytest.mark.parametrize("model", [Priority, Anchor])
def test_a_core_is_at_most_six_questions(model):
    assert len([question for question in model.fields() if question.core]) <= 6


def test_a_promise_kept_before_there_were_more_questions_can_still_be_read():
    body = {"name": "Plan", "owner": "Ana", "portfolio": "health", "decision": "keep", "reason": "It works."}
    found = Priority.from_body(body)
    assert (found.name, found.owner, found.reason) == ("Plan", "Ana", "It works.")
    assert found.missing == ("Who it is for",)


@pytest.mark.parametrize("said", ["", "Nobody yet", "no one yet.", " - "])
def test_ways_to_say_that_there_is_no_owner(tmp_path, said):
    book = Workspace.create(tmp_path, community="Here").add_team("one", "One")
    teams.write(book, "priority", "a", name="A", owner=said, decision="keep", money="enough")
    teams.write(book, "priority", "b", name="B", owner="Noor Bodyash", money="enough")
    table = written.promises(book)
    assert table["owner"].tolist() == ["", "Noor Bodyash"]
    assert written.unresourced(table)["name"].tolist() == ["A"]


def test_half_written_promises_are_counted_and_asked_about(tmp_path):
    teams.cohort(tmp_path)
    book = Workspace.open(tmp_path, user="robin").team("new-start")
    teams.write(book, "priority", "a", name="A")
    teams.write(book, "priority", "b", name="B", portfolio="social", decision="keep", fit="not")
    teams.write(book, "anchor", "c", action="Buy bread here")
    lesson = lessons.run("03_align", team="new-start", workspace=tmp_path, as_of="2021-06-30")
    assert "Two promises are written down: keep one." in lesson["book.show_map"].text
    assert "One promise has no portfolio yet." in lesson["book.show_map"].text
    assert "Two promises do not say who they are for." in lesson["book.show_overlap"].text
    assert "if there is money for “A” and “B”." in lesson["book.show_resources"].text
    said = lesson["book.show_decisions"].text
    assert "Not decided yet: “A”." in said
    assert "A reason is still missing for “B”." in said
    assert "not said yet Buy bread here" in lesson["book.show_neighbors"].text
    assert 'class="empty"' in lesson["book.show_days"].value.html


def test_words_are_for_everyone(walked):
    for team in RICH[:3]:
        for name in SHOWN:
            said = re.split(r"What (?:the chart says|we see)\.", walked[team][f"book.show_{name}"].text)[-1]
            said = re.sub(r"“[^”]*”|\([^)]*\)", "it", said)
            assert grade(said) <= 8, (team, name, said)


def test_another_team_sees_only_what_was_shared(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "wei")
    seen = Workspace.open(cohort)
    shared = [entry.record.action for entry in seen.shared("anchor") if entry.team == "gull-harbor"]
    assert shared == ["The east clinic lends its waiting room after seven"]
    assert not [entry for entry in seen.shared("priority") if entry.team == "gull-harbor"]


def test_a_promise_is_drawn_again_once_kept(cohort):
    book = open_workbook("align", team="painted-ridge", workspace=str(cohort))
    form = book.form("priority")
    key = form.reply({"type": "add", "name": "Elder meals", "owner": "a", "sequence": 1})["added"]
    values = {"name": "Elder meals", "portfolio": "social", "decision": "join"}
    save = {"type": "save", "key": key, "values": values, "based_on": 1, "owner": "a", "sequence": 2}
    assert form.reply(save)["type"] == "kept"
    assert "“Elder meals”" in lessons.words(form.echo["decisions"])
    assert set(MODELS) >= {"priority", "anchor"}


@pytest.mark.parametrize("name", ["align-once", "align-next"])
@pytest.mark.parametrize("team", ["gull-harbor", "new-start"])
def test_exercises_answer_kindly(cohort, name, team):
    book = open_workbook("align", team=team, workspace=str(cohort), as_of="2021-06-30")
    for answer in (None, "", "many", [1], float("nan"), pd.NA, pd.DataFrame(), 1e300):
        assert "✓ Yes" not in book.check(name, answer).plain


def test_exercises_know_what_is_right(walked):
    book = walked["gull-harbor"].names["book"]
    promises = rows(book)
    people = [one.population for one in promises]
    days = [(one.deadline - date(2021, 6, 30)).days for one in promises if one.deadline]
    right = {
        "align-once": sum(people.count(one) == 1 for one in people),
        "align-next": min(one for one in days if one >= 0),
    }
    for name, answer in right.items():
        assert "✓ Yes" in book.check(name, answer).plain
        assert "Not yet" in book.check(name, answer + 1).plain
