"""Step 6 as a page: the core stays six answers, ballots are counted as they come, nobody is named."""

import re
from functools import cache
from itertools import count

import pytest

from pophealth.views import theme
from pophealth.workspace.records_choosing import CRITERIA, statement
from pophealth.workspace.samples import folder as sample_folder
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    yield folder
    theme.inline_style(True)


@pytest.fixture(scope="module")
def tell():
    numbers = count(1)

    def tell(form, type_, **message):
        return form.reply({"type": type_, "owner": "page", "sequence": next(numbers), **message})

    return tell


def walk(folder, team):
    return lessons.run("06_aim", team=team, workspace=folder)


@pytest.fixture(scope="module")
def page(cohort):
    """The page of a team that has written nothing yet; what is typed into it stays."""
    return walk(cohort, "new-start")


@pytest.fixture(scope="module")
def sample(cohort):
    """A sample team's page; each runs once."""
    return cache(lambda team: walk(cohort, team))


def save(tell, form, values, key=""):
    opened = tell(form, "open", key=key)
    return tell(form, "save", key=key, based_on=opened["revision"], values=opened["values"] | values)


def vote(tell, form, code, **values):
    key = tell(form, "add", name=code)["added"]
    return save(tell, form, {"view": "staff", **values}, key)


def test_only_the_aim_is_core_and_it_comes_first(cohort, page):
    forms = page.forms
    kinds = [form.desk.model.kind for form in forms]
    assert kinds == ["aim", "shortlist", "outcome", "criteria", "ballot", "decision"]
    assert sum(field["core"] for field in forms[0].spec["fields"]) == 6
    status = Workspace.open(cohort, user="robin").status_of("new-start")["steps"]
    assert status["aim"] == "not started"


def test_a_ballot_grows_with_the_list_and_two_are_counted_as_they_are_kept(page, tell):
    ballot, outcome = (page[f'book.form("{kind}")'].value for kind in ("ballot", "outcome"))
    sections = {field["name"]: field.get("sections") for field in ballot.spec["fields"]}
    assert sections["scores"] == sections["dots"] == sections["stops"] == []
    for name in ("Sleep", "Rides"):
        tell(outcome, "add", name=name)
    assert "Two things to choose from" in outcome.echo["list"]
    first = vote(tell, ballot, "oak", scores={statement("size", "own-sleep"): 5})
    asked = first["offered"]["scores"]
    assert [section["title"] for section in asked] == [*CRITERIA.values()]
    assert asked[0]["statements"] == [["size.own-sleep", "Sleep"], ["size.own-rides", "Rides"]]
    assert "One ballot so far" in ballot.echo["places"]
    whole = {
        statement(name, item): mark
        for name in CRITERIA
        for item, mark in (("own-sleep", 4), ("own-rides", 2))
    }
    vote(tell, ballot, "elm", scores=whole, dots={"own-sleep": 3})
    assert "Two ballots were counted." in ballot.echo["places"]
    assert "“Sleep” comes first" in ballot.echo["places"]


def test_the_history_of_a_ballot_says_what_was_scored_in_words(page, tell):
    ballot = page['book.form("ballot")'].value
    key = ballot.state["items"][0]["key"]
    save(tell, ballot, {"stops": {"own-rides": 2}}, key)
    told = str(tell(ballot, "history", key=key)["entries"])
    assert "Rides it costs too much" in told
    assert "own-rides" not in re.sub(r"'values': \{.*?\}, 'changes'", "", told)


def test_answers_to_what_left_the_list_are_kept(cohort, page, tell):
    ballot, outcome = (page[f'book.form("{kind}")'].value for kind in ("ballot", "outcome"))
    rides = next(item for item in outcome.state["items"] if item["title"] == "Rides")
    tell(outcome, "remove", key=rides["key"], based_on=rides["revision"])
    elm = next(item["key"] for item in ballot.state["items"] if item["title"] == "elm")
    opened = tell(ballot, "open", key=elm)
    assert "Rides" not in str(opened["offered"])
    assert opened["values"]["scores"]["size.own-rides"] == 2
    places = walk(cohort, "new-start")["book.show_places"].text
    assert "Two ballots were counted." in places
    assert "Rides" not in places


def test_the_sample_teams_disagree_and_it_is_said(sample):
    lesson = sample("lowland")
    assert "Residents and staff differ most on “One list”" in lesson["book.show_sides"].value.html
    assert "Residents put “The letter scolds” first, staff “One list”." in lesson["book.show_sides"].text
    assert "Hanlon stops “A day of pay” for now: 5 of 7 say it is not ours to do." in lesson.text
    assert "Who did not agree The practices: a friendlier letter" in lesson["book.show_decisions"].text
    assert "What we chose The letter scolds" in lesson["book.decided"].text
    assert "One ballot so far." in sample("alder-valley")["book.show_places"].text
    few = sample("northlake")
    assert "Four ballots were counted." in few.text
    assert "It takes three ballots from each side" in few["book.show_sides"].text


def test_the_page_shows_the_count_that_the_lesson_makes(sample):
    lesson = sample("gull-harbor")
    book = lesson.names["book"]
    assert (
        lesson["book.show_places"].value.html == theme.live("places", book.echoes("ballot")()["places"]).html
    )
    methods, hanlon = book.counted()
    assert methods.equals(lesson.names["methods"])
    assert hanlon.equals(lesson.names["hanlon"])
    safe = int((methods["on_top"] == methods["methods"]).sum())
    assert book.check("aim-safe", safe).plain.startswith("✓ Yes")
    assert book.check("aim-safe", safe + 1).plain.startswith("Not yet")


def test_links_lead_back_to_where_a_thing_was_found(sample, monkeypatch):
    book = sample("gull-harbor").names["book"]
    assert "<a " not in book.show_list().html
    monkeypatch.setattr(book, "surface", "app")
    shown = book.show_list().html
    assert 'href="/voila/render/05_focus.ipynb?team=gull-harbor"' in shown
    assert 'href="/voila/render/02_standing.ipynb?team=gull-harbor"' in shown
    assert shown.count("<a ") == 5


def test_what_to_expect_is_a_range_and_never_a_line(sample):
    said = sample("northlake")["book.show_outlook"].text
    assert re.search(r"If nothing changes, expect about \d+% \(\d+% to \d+% in a month\)\.", said)
    assert "There is a signal since" in sample("gull-harbor")["book.show_outlook"].text


def test_no_page_and_no_report_of_it_names_a_ballot(sample):
    shown = sample("gull-harbor").text
    assert "Eight ballots were counted." in shown
    assert "Two residents: a call in Spanish about a pill I cannot pay is only a kinder no." in shown
    codes = re.findall(r'"ballot": "(\w+)"', (sample_folder() / "choosing.json").read_text(encoding="utf-8"))
    assert len(codes) == 29
    assert not [code for code in codes if re.search(rf"\b{code}\b", shown)]


def test_another_team_sees_what_was_decided_when_shared_and_no_ballot(cohort):
    workspace = Workspace.open(cohort, user="bia")
    kinds = {entry.kind for kind in ("ballot", "decision", "shortlist") for entry in workspace.shared(kind)}
    assert kinds == {"decision"}
