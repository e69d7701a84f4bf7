"""Step 1: what its picture and words say is what the team wrote; teams of one and nine, forms, dates."""

import base64
import json
import re
from itertools import pairwise

import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace.samples import folder as samples
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

SIDES = ("institution", "connector", "resident")
STEP = "01_gather"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """The sample cohort, an empty team, a team of one and a team of nine."""
    folder = tmp_path_factory.mktemp("cohort")
    workspace = teams.cohort(folder)
    one, nine = workspace.add_team("just-me", "Just Me"), workspace.add_team("all-nine", "All Nine")
    teams.write(one, "member", "ana", name="Ana", role="nurse", side="institution")
    for number in range(9):
        about = {"name": f"Person {number}", "role": "neighbor " * 9, "side": SIDES[number % 2]}
        teams.write(nine, "member", f"p-{number}", will=True, **about)
    return folder


@pytest.fixture(scope="module")
def harbor(cohort):
    return lessons.run(STEP, team="gull-harbor", workspace=cohort)


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def story():
    return json.loads((samples() / "04-gull-harbor.json").read_text(encoding="utf-8"))["entries"]


def test_who_is_here_and_what_they_bring_is_what_is_written(harbor):
    people = [entry["body"] for entry in story() if entry["kind"] == "member"]
    said = harbor["book.show_team"].text
    for side in SIDES:
        names = [one["name"] for one in people if one["side"] == side]
        assert f"{', '.join(names)}." in said
    assert (
        "Seven people are in the team: three work in care, two link people here and two live with it." in said
    )
    assert 'alt="Seven people, from all three sides.' in harbor["book.show_team"].value.html
    counts = [sum(gift in one for one in people) for gift in ("will", "ability", "resources")]
    assert counts == [5, 3, 2]
    assert "five bring will, three bring ability and two bring resources" in harbor["book.show_gifts"].text


def test_purpose_and_agreements_are_the_newest_ones(harbor):
    newest = [entry["body"] for entry in story() if entry["kind"] == "charter"][-1]
    assert newest["purpose"] in harbor["book.show_purpose"].text
    assert newest["made_with"] in harbor["book.show_purpose"].text
    assert all(newest[name] in harbor["book.show_agreements"].text for name in ("meet", "decide", "fair"))


def test_the_purpose_goes_on_to_step_six(cohort, harbor):
    purpose = harbor.names["book"].charter.purpose
    assert purpose in lessons.run("06_aim", team="gull-harbor", workspace=cohort)["book.decided"].text


def test_skills_say_what_hangs_on_one_person_and_what_is_new(harbor):
    said = harbor["book.show_skills"].text
    assert "Together you have done six of these eight things." in said
    assert "splitting a number by group: known to one person each." in said
    assert "To learn together: drawing a driver diagram (step 7) and helping another place" in said
    assert not re.search(r"\b(score|grade|best|weak)", said)


def test_a_team_of_one_is_told_who_is_missing_and_why(cohort):
    said = lessons.run(STEP, team="just-me", workspace=cohort)
    assert "One person is in the team: one works in care." in said["book.show_team"].text
    assert said["book.show_team"].text.count("○ open:") == 2
    assert "you may solve the wrong thing" in said["book.show_team"].text
    assert "Nobody has ticked yet" in said["book.show_gifts"].text


def test_a_team_of_nine_is_whole_and_its_empty_side_is_named(cohort):
    said = lessons.run(STEP, team="all-nine", workspace=cohort)
    shown = said["book.show_team"].text
    assert "Nine people are in the team: five work in care and four link people here." in shown
    assert all(f"Person {number}" in shown for number in range(9))
    assert "○ open: Lives with what we want to change." in shown
    assert "Look for ability and resources first." in said["book.show_gifts"].text


def test_what_a_team_said_when_it_joined_stands_where_the_purpose_will_be(cohort):
    book = open_workbook("gather", team="new-start", workspace=str(cohort))
    form = book.form("interest")
    values = {"hope": "Sleep for new parents", "question": "May we bring babies?"}
    form.reply({"type": "save", "owner": "a", "sequence": 1, "values": values, "based_on": 0})
    told = lessons.words(form.echo["purpose"])
    assert "What you said when you joined What you hope for Sleep for new parents" in told
    assert "May we bring babies?" in told
    assert "Your purpose will stand here" in told
    charter = book.form("charter")
    given = {"purpose": "Every parent sleeps"}
    charter.reply({"type": "save", "owner": "a", "sequence": 1, "values": given, "based_on": 0})
    assert lessons.words(charter.echo["purpose"]) == "Our purpose. Every parent sleeps."
    assert "agreements" in charter.echo


def test_a_date_begins_with_what_the_plan_says_and_moves_the_calendar(cohort):
    book = open_workbook("gather", team="just-me", workspace=str(cohort))
    before = book.calendar().set_index("key")["date"]
    form = book.form("event")
    added = form.reply({"type": "add", "owner": "a", "sequence": 1, "name": "call of MONTH 3"})["added"]
    kept = book.team.get("event", added).record
    assert (kept.name, kept.stands_for, kept.date) == ("Call of month 3", "call-3", before["call-3"].date())
    values = {"name": kept.name, "stands_for": "call-3", "date": "2020-10-08"}
    form.reply({"type": "save", "owner": "a", "sequence": 2, "key": added, "values": values, "based_on": 1})
    assert "October 8, 2020" in lessons.words(form.echo["calendar"])
    assert "You moved one date." in lessons.words(form.echo["calendar"])
    assert form.reply({"type": "add", "owner": "a", "sequence": 3, "name": "Picnic"})["type"] == "list"
    assert len(book.calendar()) == len(before)


def test_a_first_day_of_its_own_moves_all_dates_and_an_odd_year_none(cohort):
    book = open_workbook("gather", team="all-nine", workspace=str(cohort))
    community = book.calendar()["date"].tolist()
    form = book.form("calendar")
    values = {"start": "9999-12-31"}
    form.reply({"type": "save", "owner": "a", "sequence": 1, "values": values, "based_on": 0})
    assert book.calendar()["date"].tolist() == community
    values = {"start": "2021-01-12"}
    form.reply({"type": "save", "owner": "a", "sequence": 2, "values": values, "based_on": 1})
    assert f"{book.calendar()['date'].min():%Y-%m-%d}" == "2021-01-12"


def test_the_file_of_dates_is_the_calendar_on_the_page(harbor):
    piece = harbor["book.show_calendar"].value.html
    coded = re.search(r'href="data:text/calendar;base64,([^"]+)" download="gull-harbor.ics"', piece)
    text = base64.b64decode(coded[1]).decode()
    table = harbor.names["calendar"]
    assert text.count("BEGIN:VEVENT") == len(table)
    assert "DTSTART;VALUE=DATE:20201013" in text
    assert "You moved two dates and added one date." in harbor["book.show_calendar"].text


def test_a_report_shows_the_dates_and_offers_no_file(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_SURFACE", "report")
    said = lessons.run(STEP, team="gull-harbor", workspace=cohort)["book.show_calendar"].text
    assert "October 13, 2020" in said
    assert ".ics" not in said


def test_a_workspace_without_a_first_day_says_what_to_do(tmp_path):
    Workspace.create(tmp_path).add_team("new", "New")
    said = lessons.run(STEP, team="new", workspace=tmp_path, as_of="2021-01-01")
    assert "Write the first day of the first learning session above." in said["book.show_calendar"].text


@pytest.mark.parametrize("team", ["gull-harbor", "just-me", "all-nine", "alder-valley"])
def test_all_that_the_page_computes_is_easy_to_read(cohort, team):
    lesson = lessons.run(STEP, team=team, workspace=cohort)
    for line in ("book.show_team", "book.show_gifts", "book.show_skills", "book.show_calendar"):
        boxes = re.findall(r'<p class="say">(.*?)</p>', lesson[line].value.html)
        assert all(grade(lessons.words(box)) <= 8 for box in boxes), (line, boxes)


def test_exercises_are_right_for_who_counts_and_kind_to_who_does_not(cohort):
    book = open_workbook("gather", team="gull-harbor", workspace=str(cohort))
    people, calendar = book.members(), book.calendar()
    share = round(100 * (people["side"] == "resident").sum() / len(people))
    assert "✓ Yes" in book.check("gather-residents", share).plain
    days = sorted(calendar.loc[calendar["sort"].isin(["session", "call", "webinar", "harvest"]), "date"])
    stretch = max((after - before).days for before, after in pairwise(days))
    assert "✓ Yes" in book.check("gather-stretch", stretch).plain
    assert "Not yet." in book.check("gather-stretch", stretch + 1).plain
    empty = open_workbook("gather", team="new-start", workspace=str(cohort))
    assert "nothing to check yet" in empty.check("gather-residents", 3).plain
