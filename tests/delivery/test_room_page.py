"""The room: stories, ideas, sessions, and what was asked there; only what was shared, on every surface."""

import json
import re

import nbformat
import pytest

from pophealth.delivery.content import content
from pophealth.delivery.engine import NOT_RUN
from pophealth.delivery.exercises import check
from pophealth.delivery.workbook import open_workbook
from pophealth.stats import spc
from pophealth.views import theme
from pophealth.workspace import polls
from pophealth.workspace.records import Poll
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

AS_OF = "2021-06-30"
HIDDEN = ("Own score", "Faculty", "needs a hand", "Last coach note", "evening calls stay, whatever happens")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("POPHEALTH_KEPT", str(tmp_path_factory.mktemp("kept")))
        yield folder


@pytest.fixture(scope="module")
def room(cohort):
    return lessons.run("room", workspace=cohort, as_of=AS_OF)


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def shared(folder, kind):
    return Workspace.open(folder, user="robin").shared(kind)


def as_report(stem, folder, monkeypatch, **about):
    monkeypatch.setenv("POPHEALTH_SURFACE", "report")
    lesson = lessons.run(stem, workspace=folder, as_of=AS_OF, **about)
    return " ".join(cell.text for cell in lesson.cells if not NOT_RUN & cell.tags)


def test_each_shared_story_can_be_opened_and_holds_what_the_team_shared(cohort, room):
    told = room["book.show_stories"]
    boards = [entry.record for entry in shared(cohort, "storyboard")]
    assert told.value.html.count("<details class=") == len(boards) >= 5
    for board in boards:
        assert board.headline in told.text
        assert board.learned in told.text
    aims = {entry.team: entry.record.sentence for entry in shared(cohort, "aim")}
    for entry in shared(cohort, "storyboard"):
        assert aims[entry.team] in told.text
    assert "44 changes" not in told.text
    assert "What they tried" in told.text


def test_a_story_that_is_taken_back_leaves_the_room(cohort, tmp_path):
    Workspace.open(cohort, user="robin").snapshot_to(tmp_path)
    book = Workspace.open(tmp_path, user="robin").team("lowland")
    book.share("storyboard", shared=False, based_on=book.get("storyboard").revision)
    opened = open_workbook("room", workspace=str(tmp_path), as_of=AS_OF)
    assert "We lost the van" not in opened.show_stories().html
    assert "Say the price first" in opened.show_stories().html


def test_no_score_and_no_worry_also_for_faculty(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    lesson = lessons.run("room", workspace=cohort, as_of=AS_OF)
    assert not [word for word in HIDDEN if word in lesson.text]
    for reason in (record.reason for slug in ("northlake", "lowland") for record in scores(cohort, slug)):
        assert reason not in lesson.text


def scores(folder, slug):
    return Workspace.open(folder, user="robin").team(slug).records("score")


def test_a_series_that_gets_worse_has_no_name_unless_its_team_shares_it(cohort, tmp_path):
    Workspace.open(cohort, user="robin").snapshot_to(tmp_path)
    book = Workspace.open(tmp_path, user="robin").team("lowland")
    before = open_workbook("room", workspace=str(tmp_path), as_of=AS_OF)
    assert "Lowland Partners" in set(before.shared_points()["team"])
    for kind in ("storyboard", "exchange", "driver", "aim", "measure", "test", "adjustment"):
        for entry in book.list(kind):
            if entry.shared:
                book.share(kind, entry.key, shared=False, based_on=entry.revision)
    lesson = lessons.run("room", workspace=tmp_path, as_of=AS_OF)
    assert "Lowland Partners" not in set(lesson.names["shared"]["team"])
    others = [
        cell for cell in lesson.cells if not cell.line.startswith(("book.show_paths", "book.show_past"))
    ]
    assert not [cell.line for cell in others if "Lowland" in cell.text]
    assert "signal of concern since" not in lesson.text


def test_ideas_are_those_that_were_shared(cohort, room):
    ideas = room.names["ideas"]
    expected = [entry for entry in shared(cohort, "driver") if entry.record.level == "idea"]
    assert len(ideas) == len(expected) > 10
    assert set(ideas["text"]) == {entry.record.text for entry in expected}
    assert all(text in room["book.show_ideas"].text for text in ideas["text"])


def test_the_next_session_has_its_plan_and_links_to_its_notebooks(cohort, room, monkeypatch):
    told = room["book.show_session"].text
    assert "Half a year on" in told
    assert "Tuesday, December 7, 2021" in told
    assert "9 Measure over time" in told
    monkeypatch.setenv("POPHEALTH_SURFACE", "app")
    app = open_workbook("room", workspace=str(cohort), as_of=AS_OF).show_session().html
    assert '<a href="/voila/render/09_measure.ipynb">9 Measure over time</a>' in app


def test_without_a_plan_the_day_comes_from_the_calendar(cohort):
    early = open_workbook("room", workspace=str(cohort), as_of="2021-05-20")
    names = ("session",)
    book = polls.everyone(Workspace.open(cohort, user="robin"))
    assert {entry.kind for entry in book.list("session")} == set(names)
    assert "Half a year on" in early.show_session().html
    entry = book.get("session", "half-a-year-on")
    removed = book.delete("session", entry.key, based_on=entry.revision)
    assert "Closing harvest is on Tuesday, June 1, 2021." in early.show_session().plain
    book.save(entry.record, based_on=removed.entry.revision)


def test_earlier_sessions_show_minutes_and_counted_answers(room):
    told = room["book.show_past"].text
    assert "In your own chart, what has the gap done since last fall? (31 answers)" in told
    assert re.search(r"We have not looked yet 14\b", told)
    assert "Ring three people who missed, and just listen" in told
    assert "Nearly half of the room had not split the chart." in told


def test_answers_in_the_room_are_shown_as_text(cohort, tmp_path):
    Workspace.open(cohort, user="robin").snapshot_to(tmp_path)
    workspace = Workspace.open(tmp_path, user="robin")
    book = polls.everyone(workspace)
    book.save(Poll(key="say", text="<b>Say</b>", state="open"), based_on=0)
    polls.answer(workspace, "say", "<img src=x onerror=alert(1)>", device="one phone of the room")
    opened = open_workbook("room", workspace=str(tmp_path), as_of=AS_OF)
    seen = opened.questions().state["polls"][-1]
    assert (seen["text"], seen["words"], seen["answered"]) == (
        "<b>Say</b>",
        ["<img src=x onerror=alert(1)>"],
        1,
    )
    book.save(Poll(key="say", text="<b>Say</b>", state="closed"), based_on=1)
    assert "<img" not in opened.show_past().html
    assert "&lt;img src=x onerror=alert(1)&gt;" in opened.show_past().html


def test_the_widgets_carry_no_more_than_the_page(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "ana")
    opened = open_workbook("room", workspace=str(cohort), as_of=AS_OF)
    shelf = opened.shelf()
    assert shelf.spec["banks"] == [["gull-harbor", "Gull Harbor ACO", ""]]
    allowed = {entry.record.text for entry in shared(cohort, "driver")}
    shown = {idea["text"] for team in shelf.state["teams"] for idea in team["ideas"]}
    assert shown <= allowed
    assert "made_with" not in json.dumps(shelf.state)
    answer = shelf.reply({"type": "take", "team": "lowland", "key": "voice-note", "into": "gull-harbor"})
    held = {idea["key"]: idea["held"] for team in answer["teams"] for idea in team["ideas"]}
    assert held["voice-note"] == ["gull-harbor"]
    refused = shelf.reply({"type": "take", "team": "lowland", "key": "voice-note", "into": "northlake"})
    assert refused["type"] == "problem"
    book = Workspace.open(cohort, user="ana").team("gull-harbor")
    (copy,) = [entry for entry in book.list("driver") if entry.key.startswith("from-")]
    assert "Lowland Partners" in copy.record.told
    book.delete("driver", copy.key, based_on=copy.revision)


def test_the_room_as_a_report_holds_what_was_shared_and_nothing_else(cohort, monkeypatch):
    told = as_report("room", cohort, monkeypatch)
    assert "Say the price first" in told
    assert "31 answers" in told
    assert not [word for word in HIDDEN if word in told]


def test_exercises_know_the_answer_and_stay_kind(cohort):
    opened = open_workbook("room", workspace=str(cohort), as_of=AS_OF)
    guesses = [
        one
        for one in shared(cohort, "driver")
        if one.record.level == "idea" and one.record.evidence == "hunch"
    ]
    for name, right in (("room-above", above(opened)), ("room-ideas", len(guesses))):
        assert check(name, right, opened).startswith("✓ Yes.")
        assert check(name, right + 1, opened).startswith("Not yet.")


def above(opened):
    points = opened.shared_points()
    last = 0
    for _, rows in points.groupby("team"):
        wall = spc.limits(rows, chart="p", phase="phase", baseline="baseline", exclude="excluded")
        known = wall.dropna(subset=["value"]).iloc[-1]
        last += bool(known["value"] > known["centre"])
    return last


def test_the_page_reads_easily(room):
    notebook = nbformat.read(content("notebooks") / "room.ipynb", as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert grade(" ".join(re.sub(r"[#*`]", "", text) for text in texts)) <= 8


def test_an_empty_community_sees_what_will_stand_here(tmp_path):
    workspace = Workspace.create(tmp_path, community="Riverbend")
    workspace.add_team("first", "First")
    told = lessons.run("room", workspace=tmp_path, as_of=AS_OF).text
    for words in (
        "Stories that teams share",
        "Ideas that teams share",
        "The plan of the next learning session",
    ):
        assert words in told
