"""Whatever a team writes can say with whom it was made, can be shared, and tells who wrote what and when."""

import re

import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views.desk import Sheet
from pophealth.views.form_spec import form_spec
from pophealth.workspace.records import MODELS
from pophealth.workspace.samples import sample_workspace
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams

ALONE = {
    kind: model for kind, model in MODELS.items() if model.private or model.anonymous or model.confidential
}
OPEN = {kind: model for kind, model in MODELS.items() if kind not in ALONE}
each_open = pytest.mark.parametrize("model", OPEN.values(), ids=list(OPEN))
each_alone = pytest.mark.parametrize("model", ALONE.values(), ids=list(ALONE))
WITH = "Rosa and four neighbors, paid for the evening"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def book(folder):
    return Workspace.open(folder, user="ana").team("gull-harbor")


@each_open
def test_it_asks_last_with_whom_it_was_made_and_keeps_the_answer(model):
    last = model.fields()[-1]
    assert last.name == "made_with"
    assert re.search(r"\bwith\b", last.label)
    assert re.match("Who ", last.help)
    kept = model.from_body(model.draft({"made_with": WITH}).body())
    assert kept.made_with == WITH
    assert model.from_body({}).made_with == ""


@each_alone
def test_where_one_person_answers_alone_or_in_confidence_nobody_else_is_named(model):
    assert model.alone()
    assert "made_with" not in {field.name for field in model.fields()}
    assert "made_with" not in model.draft({"made_with": WITH}).body()


@each_open
def test_a_member_may_share_it(book, model):
    assert form_spec(Sheet(book, model))["may_share"] or not model.many
    assert book.can("share", model.kind)


@each_alone
def test_nobody_may_share_what_was_said_alone(folder, model):
    for user in ("ana", "robin"):
        assert not form_spec(Sheet(Workspace.open(folder, user=user).team("gull-harbor"), model))["may_share"]


@each_open
def test_a_form_tells_who_wrote_what_and_when(folder, model):
    writer = Workspace.open(folder, user="robin").team("new-start")
    teams.write(writer, model.kind, "one" if model.many else "", made_with=WITH)
    sheet = Sheet(writer, model, "one" if model.many else "")
    (first,) = sheet.answer({"type": "history"})["entries"]
    assert first["who"] == "Robin Hale"
    assert first["at"]
    assert {"label": model.fields()[-1].label, "before": "", "after": WITH} in first["changes"]


def test_a_report_says_who_last_changed_a_record_and_when():
    workbook = open_workbook("aim", team="gull-harbor")
    (entry,) = sample_workspace().team("gull-harbor").list("aim")
    day = f"{entry.saved_at:%B} {entry.saved_at.day}, {entry.saved_at.year}"
    author = sample_workspace().team("gull-harbor").name_of(entry.author)
    assert f"Last changed {author}, {day}" in lessons.words(workbook.record("aim").html)


def test_what_was_said_alone_never_says_who_wrote_it(folder):
    writer = Workspace.open(folder, user="robin").team("new-start")
    teams.write(writer, "conversation", "talk", segment="Elders", themes="a ride", matters="A bus at six")
    workbook = open_workbook("focus", team="new-start", workspace=str(folder))
    told = lessons.words(workbook.record("conversation").html)
    assert "A bus at six" in told
    assert "Last changed" not in told
