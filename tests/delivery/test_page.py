"""What stands around a notebook in the app, as plain data."""

from datetime import date

import pytest

from pophealth.delivery.page import community, href, page
from pophealth.workspace.records import Charter
from pophealth.workspace.steps import STEPS
from pophealth.workspace.store import Workspace

TODAY = date(2021, 5, 15)


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.create(tmp_path, community="Riverbend", start=date(2020, 8, 1), made_up=True)
    made.add_team("gull", "Gull <b>Harbor</b>")
    made.add_team("two", "Two Forks")
    made.add_person("ana", "Ana Reyes", "member", ["gull"], title="data lead")
    return made


def test_a_step_page_names_step_team_person_and_neighbours(workspace):
    about = page("measure", workspace, workspace.team("gull"), as_of=TODAY)
    assert about["eyebrow"] == "Step 9 · Make it happen"
    assert about["community"] == "Riverbend · month 10 of 11"
    assert about["team"] == {"slug": "gull", "name": "Gull <b>Harbor</b>"}
    assert about["previous"] == {
        "label": "8 Test changes",
        "href": "/voila/render/08_test.ipynb?team=gull",
    }
    assert about["next"] == {
        "label": "10 Sustain, spread and share",
        "href": "/voila/render/10_sustain.ipynb?team=gull",
    }
    assert [one["current"] for one in about["teams"]] == [True, False]
    assert "Made-up" in about["banner"]


def test_the_rail_shows_status_and_links_only_steps_with_a_notebook(workspace):
    book = workspace.team("gull")
    book.save(Charter(purpose="To thrive"), based_on=0)
    rail = page("start", workspace, book, as_of=TODAY)["rail"]
    steps = {step["number"]: step for phase in rail for step in phase["steps"]}
    assert [phase["phase"] for phase in rail] == ["Build will", "Choose what to work on", "Make it happen"]
    assert (steps[1]["status"], steps[2]["status"]) == ("in progress", "not started")
    assert {number for number, step in steps.items() if step["href"]} == {
        step.number for step in STEPS if step.notebook
    }


def test_wide_pages_have_no_rail_and_faculty_is_marked_private(workspace):
    assert page("room", workspace, None, as_of=TODAY)["rail"] == []
    assert "not for the screen" in page("faculty", workspace, None, as_of=TODAY)["private"]


def test_people_can_be_chosen_only_in_a_demo(workspace, monkeypatch, tmp_path):
    assert page("start", workspace, None, as_of=TODAY)["people"] == []
    monkeypatch.setenv("POPHEALTH_IDENTITY", str(tmp_path / "who.json"))
    names = [one["name"] for one in page("start", workspace, None, as_of=TODAY)["people"]]
    assert "Ana Reyes, data lead" in names


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2020, 8, 1), 1), (date(2021, 6, 30), 11), (date(2019, 1, 1), 1), (date(2030, 1, 1), 11)],
)
def test_the_month_stays_inside_the_community(workspace, day, month):
    assert community(workspace, day) == f"Riverbend · month {month} of 11"


def test_an_address_keeps_the_team_and_escapes_it():
    assert href("START") == "/voila/render/START.ipynb"
    assert href("START", "a&b") == "/voila/render/START.ipynb?team=a%26b"


def test_a_team_can_ask_for_its_report_and_faculty_for_all(workspace):
    book = workspace.team("gull")
    assert page("measure", workspace, book, as_of=TODAY)["report"] == {
        "label": "Make our report",
        "team": "gull",
    }
    assert page("faculty", workspace, None, as_of=TODAY)["report"] == {"label": "Run all reports", "team": ""}
    assert page("room", workspace, None, as_of=TODAY)["report"] is None
    assert page("start", workspace, None, as_of=TODAY)["report"] is None
