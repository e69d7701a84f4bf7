"""Step 7 as a page: three drivers are enough, what was decided stands there, and it is drawn anew."""

import base64
import re
from itertools import count

import pytest

from pophealth.delivery.book_drivers import SHOWN_BY
from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    yield folder
    theme.inline_style(True)


@pytest.fixture
def tell():
    numbers = count(1)

    def tell(form, type_, **message):
        return form.reply({"type": type_, "owner": "page", "sequence": next(numbers), **message})

    return tell


def walk(folder, team):
    return lessons.run("07_drivers", team=team, workspace=folder)


def add(tell, form, **values):
    """Type a new driver as a person does."""
    key = tell(form, "add", name=values["text"])["added"]
    opened = tell(form, "open", key=key)
    return tell(form, "save", key=key, based_on=opened["revision"], values=opened["values"] | values)


def files(markup):
    """The files a page hands out, by name."""
    found = re.findall(r'href="data:[\w/+]+;base64,([^"]+)" download="([^"]+)"', markup)
    return {name: base64.b64decode(data) for data, name in found}


def test_three_main_drivers_are_enough_and_are_drawn_while_they_are_kept(cohort, tell):
    page = walk(cohort, "new-start")
    assert 'class="empty"' in page["book.show_diagram"].value.html
    form = page['book.form("driver")'].value
    assert sum(field["core"] for field in form.spec["fields"]) * 3 <= 6
    for text in ("Someone calls", "The time fits", "It costs nothing"):
        assert add(tell, form, text=text, level="primary")["complete"]
    assert "Three main drivers and no ideas to try" in form.echo["diagram"]
    assert "Three main drivers and no ideas to try" in walk(cohort, "new-start").html
    status = Workspace.open(cohort, user="robin").status_of("new-start")["steps"]
    assert status["drivers"] == "done"


def test_an_idea_is_hung_on_a_driver_by_choosing_it(cohort, tell):
    form = walk(cohort, "gull-harbor")['book.form("driver")'].value
    kept = add(
        tell, form, text="Ask at the soup line", level="idea", parent="readings", group="spanish-speaking"
    )
    offered = {name: dict(pairs) for name, pairs in kept["offered"].items()}
    assert offered["parent"]["readings"] == "Readings happen where people already are"
    assert kept["key"] not in offered["parent"]
    assert offered["cause"]["price"] == "Pills cost more than people can pay at the counter"
    assert offered["asset"]["parish-hall"] == "Parish hall"
    hung = "Ask at the soup line hangs on Readings happen where people already are."
    assert hung in form.echo["diagram"]
    assert "The picture" not in form.echo["downloads"]
    assert "Load the page again" in form.echo["downloads"]
    assert set(form.echo) == set(SHOWN_BY["driver"])
    tell(form, "remove", key=kept["key"], based_on=kept["revision"])
    assert hung not in form.echo["diagram"]


def test_the_page_opens_with_what_was_decided_and_the_aim_is_the_root(cohort):
    page = walk(cohort, "prairie-rose")
    book = page.names["book"]
    decided = page["book.decided"].text
    assert book.aim.sentence in decided
    assert "New patients who speak Portuguese or Spanish" in decided
    assert "City welcome center for newcomers" in decided
    assert "Rule that closes a chart" not in decided
    mermaid = files(page.html)["drivers.mmd"].decode()
    root = mermaid.splitlines()[1]
    read = re.sub(r"#(\d+);", lambda sign: chr(int(sign[1])), root)
    assert read == f'  n0(["{book.aim.sentence}"])'


@pytest.fixture(scope="module")
def harbor(cohort):
    return walk(cohort, "gull-harbor")


def test_the_diagram_can_be_taken_along(harbor):
    handed = files(harbor.html)
    assert set(handed) == {"drivers.svg", "drivers.png", "drivers.mmd", "my-own-plan.png"}
    assert handed["drivers.svg"].startswith(b"<svg")
    assert b"@font-face" in handed["drivers.svg"]
    assert b"Lend cuffs like library books" in handed["drivers.svg"]
    assert handed["drivers.png"].startswith(b"\x89PNG")
    assert handed["my-own-plan.png"].startswith(b"\x89PNG")


def test_measures_and_tests_hang_on_drivers_and_ideas(harbor):
    svg = files(harbor.html)["drivers.svg"].decode()
    words = " ".join(re.findall(r">([^<>]+)</text>", svg))
    assert "Measure: Has a cuff at home" in words
    assert "Two tests, one of them kept" in words
    assert "No measure of its own yet" in words
    assert "Not tried yet" in words


def test_records_say_in_words_which_other_record_they_name(harbor):
    told = harbor['book.record("project")'].text
    assert "Driver or idea Calls in Spanish before the visit" in told
    assert "Promise it serves Shared savings contract, blood pressure goal" in told
    assert "own-language-calls" not in told


def test_whys_projects_and_ways_are_shown_as_they_are_kept(cohort, tell):
    page = walk(cohort, "lowland")
    assert "And why? A lawyer wrote it after a bad year" in page["book.show_causes"].text
    assert "Serves: State immunization goal" in page["book.show_projects"].text
    assert "Talk first about: “Everybody here sees it" in page["book.show_ways"].text
    ways = page['book.form("ways")'].value
    opened = tell(ways, "open")
    answers = opened["values"]["answers"] | {"everyone": 3}
    tell(ways, "save", values=opened["values"] | {"answers": answers}, based_on=opened["revision"])
    assert "Everybody here sees it" not in ways.echo["ways"].split("What we see")[1]


def test_the_exercises_know_the_answers_of_each_team(cohort):
    book = open_workbook("drivers", team="gull-harbor", workspace=str(cohort))
    ideas = book.drivers().query("level == 'idea'")
    first = len(ideas[(ideas["impact"] >= 4) & (ideas["effort"] <= 2)])
    assert book.check("drivers-first", first).plain.startswith("✓ Yes.")
    assert book.check("drivers-first", first + 1).plain.startswith("Not yet.")
    assert book.check("drivers-tried", int((ideas["tests"] > 0).sum())).plain.startswith("✓ Yes.")
    empty = open_workbook("drivers", team="painted-ridge", workspace=str(cohort))
    assert "nothing to check yet" in empty.check("drivers-tried", 0).plain


def test_another_team_sees_what_was_shared_and_nothing_else(cohort):
    seen = Workspace.open(cohort, user="ana")
    drivers = {(entry.team, entry.key) for entry in seen.shared("driver")}
    assert ("lowland", "voice-note") in drivers
    assert "alder-valley" not in {team for team, _ in drivers}
    assert {entry.team for entry in seen.shared("ways")} == {"prairie-rose", "lowland"}
    assert ("northlake", "insulin-fear") in {(entry.team, entry.key) for entry in seen.shared("why")}
