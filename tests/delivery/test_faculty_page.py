"""The page of faculty: signals, gaps with reasons, tests, scores and notes, each for those whom it is for."""

import nbformat
import pytest

from pophealth.delivery.content import content
from pophealth.delivery.exercises import check
from pophealth.delivery.opening import StopPage
from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace.records import Note
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.delivery.test_room_page import AS_OF, as_report
from tests.views.reading_age import grade


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def coach(cohort):
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("POPHEALTH_USER", "lucia")
        return lessons.run("faculty", workspace=cohort, as_of=AS_OF, team="st-brigid")


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def test_signals_count_only_while_they_hold_on_the_measure_named_before(coach):
    signals = coach.names["signals"].set_index("team")
    assert signals.index.tolist() == ["st-brigid", "northlake", "lowland", "two-forks"]
    assert signals["direction"].to_dict() == {
        "st-brigid": "improvement",
        "northlake": "",
        "lowland": "concern",
        "two-forks": "",
    }
    told = coach["book.show_signals"].text
    assert "1 with a signal of improvement that still holds" in told
    assert "1 with a signal of concern" in told


def test_each_gap_has_its_reason(cohort, coach):
    told = coach["book.show_gaps"].text
    workspace = Workspace.open(cohort, user="lucia")
    for slug in ("st-brigid", "northlake", "lowland"):
        focus = workspace.team(slug).records("focus")[0]
        assert focus.group in told
        assert focus.reason in told
    assert "The gap is wider: about 26 points in the last six months." in told
    assert "White improved, Black did not." in told
    assert "Gull Harbor" not in told


def test_tests_show_what_was_predicted_before(coach):
    tests = coach.names["tests"]
    told = coach["book.show_tests"].text
    assert set(tests["team"]) <= {"st-brigid", "northlake", "lowland", "two-forks"}
    assert tests["prediction"].eq("").sum() == 1
    assert "none written" in told
    assert all(words in told for words in tests["prediction"])


def test_scores_stand_beside_each_other_with_both_reasons(coach):
    told = coach["book.show_scores"].text
    assert "3.5 and 2.5, 1.0 apart" in told
    assert "Tests go on, the measure has not moved yet." in told
    assert "Still well above last July." in told


def test_notes_of_a_call_are_asked_agreed_next_and_of_the_chosen_team_only(coach):
    told = coach["book.show_notes"].text
    assert "Asked For the third time I asked for the chart by race." in told
    assert "Agreed The field sits in another system" in told
    assert "Next Owen asks for the extract by March 12." in told
    assert "Two points are not a trend" not in told


def test_a_note_told_in_one_piece_stays_whole():
    old = Note.from_body(
        {"about": "Time", "text": "Carla does this on days off.", "next": "Carla invites Gail."}
    )
    assert (old.complete, old.text) == (True, "Carla does this on days off.")
    assert Note(about="Time", next="Soon").missing == ("What was asked", "What we agreed")


def test_without_a_team_forms_about_one_team_wait(cohort):
    book = open_workbook("faculty", workspace=str(cohort), as_of=AS_OF)
    for kind in ("note", "score"):
        assert isinstance(book.form(kind), Html)
    assert "With which team do you talk next?" in book.show_team().plain
    assert [item["key"] for item in book.form("poll").state["items"]]


@pytest.mark.parametrize(("user", "may"), [("lucia", False), ("imani", True)])
def test_faculty_ask_the_room_and_coaches_read_it(cohort, monkeypatch, user, may):
    monkeypatch.setenv("POPHEALTH_USER", user)
    book = open_workbook("faculty", workspace=str(cohort), as_of=AS_OF)
    for kind in ("poll", "session"):
        assert (book.form(kind).spec["read_only"] == "") is may
        assert not book.form(kind).spec["may_share"]
    if may:
        assert book.form("session").desk.begin("Learning session 2") == {
            "stands_for": "session-2",
            "date": "2020-12-01",
        }


@pytest.mark.parametrize(("user", "team"), [("lucia", "gull-harbor"), ("ana", "gull-harbor"), ("ana", "")])
def test_nobody_looks_at_a_team_that_is_not_hers(cohort, monkeypatch, user, team):
    monkeypatch.setenv("POPHEALTH_USER", user)
    with pytest.raises(StopPage):
        open_workbook("faculty", team=team, workspace=str(cohort), as_of=AS_OF)


def test_a_score_of_faculty_can_be_read_and_not_changed_by_the_team(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "ana")
    items = open_workbook("sustain", team="gull-harbor", workspace=str(cohort)).form("score").state["items"]
    locked = {item["title"].split(" by ")[1].split(",")[0] for item in items if item["locked"]}
    assert locked == {"faculty"}
    assert {item["locked"] for item in items if "by the team" in item["title"]} == {False}


def test_the_page_as_a_report_holds_no_score_and_no_note(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "lucia")
    told = as_report("faculty", cohort, monkeypatch, team="st-brigid")
    assert "The gap is wider" in told
    assert "Seen within seven days of going home" in told
    for private in ("Own score", "coach note", "Owen asks for the extract", "Tests go on, the measure"):
        assert private not in told, private


def test_exercises_and_words_of_the_page(cohort, coach):
    book = coach.names["book"]
    tests, signals = coach.names["tests"], coach.names["signals"]
    share = round(100 * (len(tests) - 1) / len(tests))
    assert check("faculty-predicted", share, book).startswith("✓ Yes.")
    assert check("faculty-calm", 1, book).startswith("✓ Yes."), signals
    assert check("faculty-calm", 4, book).startswith("Not yet.")
    notebook = nbformat.read(content("notebooks") / "faculty.ipynb", as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert grade(" ".join(texts).replace("#", "").replace("*", "")) <= 8
